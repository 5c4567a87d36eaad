"""Every count of the national report equals a second computation by plain SQL."""

import sqlite3

import pytest

from surveys.schema import LEVELS, UNABLE

from reports.layout.translator import Translator

from app.domain.statistics.distribution import Distribution
from tests.support.pdf_reading import text_of_pages

STANDING = """
    SELECT c.code AS cluster, r.board_code AS board, a.item, a.content
    FROM reflections r JOIN clusters c ON c.id = r.cluster_id
    JOIN submissions s ON s.reflection_id = r.id AND s.reopened_at IS NULL
    JOIN answers a ON a.reflection_id = r.id AND a.version = json_extract(s.versions, '$."' || a.item || '"')
    WHERE r.cycle_year = 2024
"""


@pytest.fixture
def sql(demo_database):
    connection = sqlite3.connect(demo_database)
    yield lambda query, *values: connection.execute(query, values).fetchall()
    connection.close()


def levels_by_sql(sql, code: str, board: str | None = None) -> dict[str, int]:
    where = "AND board = ?" if board else ""
    rows = sql(
        f"SELECT json_extract(content, '$.level'), count(*) FROM ({STANDING}) WHERE item = ? {where} GROUP BY 1",
        *([code, board] if board else [code]),
    )
    return dict(rows)


def chosen_by_sql(sql, code: str) -> dict[str, int]:
    return dict(
        sql(
            f"SELECT j.value, count(*) FROM ({STANDING}) x, json_each(x.content, '$.chosen') j"
            " WHERE x.item = ? GROUP BY 1",
            code,
        )
    )


def test_the_response_of_each_board(sql, report):
    submitted = dict(sql(f"SELECT board, count(DISTINCT cluster) FROM ({STANDING}) GROUP BY board"))
    clusters = dict(sql("SELECT board_code, count(*) FROM reflections WHERE cycle_year = 2024 GROUP BY 1"))
    for each in report.figures.response:
        assert (each.submitted, each.clusters) == (submitted.get(each.board.code, 0), clusters[each.board.code])
    assert (report.figures.wales.submitted, report.figures.wales.clusters) == (46, 60)


def test_the_distribution_of_each_outcome(sql, report):
    for each in report.figures.outcomes:
        counted = levels_by_sql(sql, each.outcome.code)
        figures = each.distribution
        assert (figures.foundation, figures.developing, figures.mature) == tuple(
            counted.get(level, 0) for level in LEVELS
        )
        assert figures.unable == counted.get(UNABLE, 0)
        assert figures.given + figures.unable == 46


def test_the_levels_of_each_group_of_boards(sql, report):
    for group in report.figures.groups:
        for code, distribution in group.distributions.items():
            counted = [levels_by_sql(sql, code, board.code) for board in group.boards]
            assert distribution == Distribution(*(sum(c.get(k, 0) for c in counted) for k in (*LEVELS, UNABLE)))
    assert sum(group.submitted for group in report.figures.groups) == 46
    assert sorted(board.code for group in report.figures.groups for board in group.boards) == sorted(
        board.code for board in report.boards
    )


def test_the_counts_of_every_option(sql, report):
    for code, counts in report.figures.counts.items():
        chosen = chosen_by_sql(sql, code)
        assert {option.code: option.chosen for option in counts.options if option.chosen} == chosen
    ranked_first = dict(
        sql(
            f"SELECT json_extract(content, '$.ranked[0]'), count(*) FROM ({STANDING})"
            " WHERE item = 'FACTORS-2' GROUP BY 1"
        )
    )
    assert {o.code: o.first for o in report.figures.counts["FACTORS-1"].options if o.first} == {
        k: v for k, v in ranked_first.items() if k
    }


def test_the_demonstration_follows_the_published_headlines(report):
    for each in report.figures.outcomes:
        assert each.distribution.mature < each.distribution.given / 2
    assert report.figures.counts["FACTORS-1"].by_frequency[0].code == "funding"


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_count_stands_in_the_pdf(sql, report, pdfs, language):
    speech = Translator(language)
    text = " ".join(" ".join(text_of_pages(pdfs[language])).split())
    for position, outcome in enumerate(report.questionnaire.outcomes):
        number = position + 1 if position < 13 else position - 12
        counted = levels_by_sql(sql, outcome.code)
        given = [counted.get(level, 0) for level in LEVELS]
        row = [f"{number}. {speech.local(outcome.title)}", *given, sum(given), counted.get(UNABLE, 0)]
        assert " ".join(str(part) for part in row) in text
    for question in (item for item in report.questionnaire.items.values() if getattr(item, "options", ())):
        for option, times in chosen_by_sql(sql, question.code).items():
            assert f"{speech.local(question.option(option).label)} {times}" in text
    assert "46" in text
    assert report.imprint.snapshot_hash[:12] in text
