"""If an edition changes the code of a question, reports do not change, and their data has only the new code."""

import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from surveys.loader import DEFINITIONS, current_questionnaire, load_questionnaire
from surveys.schema import LANGUAGES, BilingualText, Questionnaire

from reports import kinds
from reports.data.data_row import DataRow
from reports.layout.provenance import Provenance
from reports.page import ReportPage, page

from app.domain.reports.discussion_questions import DiscussionTopic
from app.domain.reports.snapshot import ClusterSubmission, EarlierCycle, Snapshot
from app.domain.themes.theme_counts import ApprovedQuote, CodedTheme
from app.services.reports.builders.board import build_board_report
from app.services.reports.builders.cluster import build_cluster_report
from app.services.reports.builders.national import build_national_report
from app.services.reports.snapshots import ReportInput
from tests.support.report_clusters import BOARDS, LONGEST, OWN, answers, languages

NEW = "RENAMED-99"
QUESTIONNAIRE = current_questionnaire()
WRITTEN = (("FACTORS-1", "detail:funding"), ("FACTORS-4", "detail:leadership"), ("CLOSING-2", "text"))


def submission(chance: random.Random, number: int) -> ClusterSubmission:
    given = answers(chance, QUESTIONNAIRE)
    if not number:  # the discussion questions are about its barriers
        given |= {outcome.code: {"level": "mature"} for outcome in QUESTIONNAIRE.outcomes}
        given["FACTORS-1"] = {"chosen": ["engagement", "funding"], "details": {"funding": "Little."}}
        given["FACTORS-2"] = {"ranked": ["funding"]}
    given["PCMW-01"] |= {"present": {"count": 3, "groups": ["optometry"]}}
    code = f"cluster-{number}" if number else OWN
    return ClusterSubmission(code, BOARDS[number % 3].code, given, LONGEST, languages(chance, QUESTIONNAIRE))


CHANCE = random.Random(1)
RETURNS = tuple(submission(CHANCE, number) for number in range(18))
BEFORE = EarlierCycle(2025, tuple(replace(each, answers=answers(CHANCE, QUESTIONNAIRE)) for each in RETURNS[1:]))
THEMES = tuple(
    CodedTheme(item, field, BilingualText("Time", "Amser"), 1, (OWN,), 9, 9, (ApprovedQuote("Little.", "en"),))
    for item, field in WRITTEN
)
SNAPSHOT = Snapshot(2026, "", 5, BOARDS, RETURNS, earlier=(BEFORE,), themes=THEMES, synthetic=True)


def renamed(taken: Snapshot, code: str) -> Snapshot:
    """Return the input for the same cycle, in which a question had another code when clusters answered it."""

    def by_new(found):
        return {NEW if each == code else each: value for each, value in found.items()}

    return replace(
        taken,
        returns=tuple(
            replace(each, answers=by_new(each.answers), languages=by_new(each.languages)) for each in taken.returns
        ),
        themes=tuple(replace(each, item=NEW) if each.item == code else each for each in taken.themes),
    )


def reports(taken: Snapshot, asked: Questionnaire) -> Iterator:
    questionnaires = {2026: asked, 2025: QUESTIONNAIRE}
    given = ReportInput(taken, questionnaires, Provenance(2026, synthetic=True, snapshot_hash="", app_version="0.1.0"))
    yield build_national_report(given)
    yield build_board_report(given, BOARDS[0].code, inside=True)
    yield build_board_report(given, BOARDS[0].code, inside=False)
    yield from (build_cluster_report(given, code, compared=True) for code in (OWN, "cluster-1"))


def shown(taken: Snapshot, asked: Questionnaire, code: str = NEW) -> list[ReportPage]:
    """Return the page of every report, with its anchors, which are not visible, renamed to the former code."""
    pages = (page(report, language) for report in reports(taken, asked) for language in LANGUAGES)
    return [replace(each, body=each.body.replace(f' id="{NEW}"', f' id="{code}"')) for each in pages]


def data(taken: Snapshot, asked: Questionnaire, code: str = NEW) -> list[DataRow]:
    """Return the data rows of every report, with the former code."""
    rows = (row for report in reports(taken, asked) for row in kinds.rows(report))
    return [
        replace(row, item=row.item.replace(NEW, code), category=row.category.replace(f"{NEW}.", f"{code}."))
        for row in rows
    ]


@cache
def before() -> tuple[list[ReportPage], list[DataRow]]:
    return shown(SNAPSHOT, QUESTIONNAIRE), data(SNAPSHOT, QUESTIONNAIRE)


def test_the_reports_have_what_depends_on_questions():
    _national, board, _public, own, _other = reports(SNAPSHOT, QUESTIONNAIRE)
    assert [len(each.passages) > 0 for each in board.figures.questions] == [True, True, True]
    assert own.talks[0].topic is DiscussionTopic.BARRIER
    assert "Optometry" in shown(SNAPSHOT, QUESTIONNAIRE)[6].body


@pytest.mark.parametrize("code", [question.code for survey in QUESTIONNAIRE for question in survey.questions])
def test_another_code_of_a_question_changes_no_report(tmp_path: Path, code: str):
    folder = shutil.copytree(DEFINITIONS, tmp_path / "definitions")
    for file in folder.glob("*.yaml"):
        file.write_text(re.sub(rf"\b{code}\b", NEW, file.read_text("utf-8")), "utf-8")
    asked, taken = load_questionnaire(folder), renamed(SNAPSHOT, code)
    assert NEW in asked.items
    assert code not in asked.items
    assert (shown(taken, asked, code), data(taken, asked, code)) == before()
