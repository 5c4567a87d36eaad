"""The data of clusters and boards: every code has its name, all formats agree, file names are unique."""

from collections import Counter
from pathlib import Path

import pytest

from surveys.schema import LANGUAGES

from reports import kinds
from reports.data.data_row import CellState
from reports.export.columns import COLUMNS, lines
from reports.export.file_names import file_name

from app import create_app
from app.domain.reports.report_key import ReportKey
from app.services.cycle.queries import find_cycle
from app.services.reports.builders.cluster import build_cluster_report
from app.services.reports.catalogue import build_report
from app.services.reports.queries import find_publication, report_input_of
from app.services.reports.snapshots import draft_report_input
from tests.support.application import settings
from tests.support.fonts_in_pdf import assert_faces_agree
from tests.support.report_clusters import OWN, QUESTIONNAIRE, SPLIT, material
from tests.support.report_cycles_by_board import board_report
from tests.support.report_cycles_by_board import cycles as board_cycles

BOARD = "7A1"
OTHER_WORDING = (7, 1001)
"""Seeds of invented cycles with a review, a reply, a changed wording and unusual characters."""

NAMELESS = {"value"}
"""Columns that need no name beside them: they hold a figure or a text."""


@pytest.fixture(scope="module")
def published(demo_database: Path):
    """Return the input of the published reports of the demonstration."""
    with create_app(settings(demo_database.parent)).app_context():
        return report_input_of(find_publication(2024, 1))


@pytest.fixture(scope="module")
def drafted(demo_database: Path):
    """Return the input of the draft reports of the same cycle."""
    with create_app(settings(demo_database.parent)).app_context():
        return draft_report_input(find_cycle(2024), minimum_group=5)


@pytest.fixture(scope="module")
def cluster(published) -> str:
    """Return the code of a cluster that agreed to be compared and was reviewed."""
    reviewed = {each.code for each in published.snapshot.reviews if each.findings is not None}
    return next(each.cluster for each in published.snapshot.returns if each.compares and each.cluster in reviewed)


def assert_named(report) -> None:
    """Assert that every code has a name in both languages, that rows are unique and that all formats agree."""
    rows = list(kinds.rows(report))
    told = Counter((row.year, row.table, row.place, row.item, row.category, row.measure) for row in rows)
    assert told.most_common(1)[0][1] == 1
    assert all((row.value is None) == (row.state is not CellState.SHOWN) for row in rows)
    for language in LANGUAGES:
        for line in (dict(zip(COLUMNS, each, strict=True)) for each in lines(report, language)):
            labelled = [column.removesuffix("_label") for column in COLUMNS if column.endswith("_label")]
            assert all(line[f"{code}_label"] or not line[code] for code in labelled if code not in NAMELESS)
        assert_faces_agree(report, language)


def test_the_data_of_a_published_cluster_report_have_its_band_and_its_review(published, cluster):
    report = build_report(published, ReportKey("cluster", cluster))
    assert_named(report)
    found = list(kinds.rows(report))
    assert {"cluster_levels", "standing", "own_words", "answers", "review_levels"} <= {row.table for row in found}
    assert any(row.measure == "band_lower" and row.state is CellState.SHOWN for row in found)
    [reviewer] = [line for line in lines(report, "cy") if "reviewer" in line]
    name = report.peer.reviewer.name.cy
    assert reviewer[COLUMNS.index("value_label")].startswith(name)
    assert file_name(report, "cy", "csv") == f"cluster-{cluster}-2024-cy.csv"


def test_the_data_of_a_draft_tell_nothing_of_the_band(drafted, cluster):
    report = build_report(drafted, ReportKey("cluster", cluster))
    assert_named(report)
    assert {row.measure for row in kinds.rows(report) if row.table == "standing"} == {"agreed_to_be_compared"}


@pytest.mark.parametrize("seed", OTHER_WORDING)
def test_an_earlier_year_is_named_in_the_words_of_that_year(seed):
    report = build_cluster_report(material(seed, others=3, agrees=True), OWN, compared=True)
    assert_named(report)
    levels = {row.category: row for row in kinds.rows(report) if (row.item, row.year) == ("PCMW-13", 2024)}
    assert levels[SPLIT].state is CellState.NOT_COMPARABLE
    [then] = [line for line in lines(report, "cy") if line[3] == 2024 and "PCMW-13" in line and "level" in line]
    assert then[COLUMNS.index("category_label")] == QUESTIONNAIRE.items[SPLIT].title.cy
    bands = [row for row in kinds.rows(report) if row.measure in {"band_lower", "band_upper", "standing"}]
    assert len(bands) == 3 * len(QUESTIONNAIRE.outcomes), "a band that is withheld is told to be withheld"
    assert {row.state for row in bands} == {CellState.HIDDEN}


def test_both_editions_of_a_board_have_all_their_names_and_files_of_their_own(published):
    editions = [build_report(published, ReportKey(kind, BOARD)) for kind in ("board", "board-inside")]
    for report in editions:
        assert_named(report)
    for language in LANGUAGES:
        assert [file_name(report, language, "csv") for report in editions] == [
            f"board-7A1-2024-{language}.csv",
            f"board-7A1-inside-2024-{language}.csv",
        ]


@pytest.mark.parametrize("shares", [(0.9, 0.8), (0.3, 0.9), (0, 1)])
def test_a_board_has_all_its_names_over_the_years_and_where_few_submitted(shares):
    for inside in (False, True):
        assert_named(board_report(board_cycles(11, shares), BOARD, inside=inside))
