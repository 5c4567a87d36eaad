"""Invented cycles of every size, with unusual characters, and their national report."""

from dataclasses import replace

from hypothesis import strategies as st

from surveys.loader import current_questionnaire
from surveys.schema import LEVELS, UNABLE, BilingualText, Questionnaire, Survey

from reports.layout.provenance import Provenance

from app.domain.reports.snapshot import (
    BoardName,
    ClusterSubmission,
    EarlierCycle,
    ReportedFinding,
    ReviewResult,
    Snapshot,
)
from app.domain.text import normalise_text
from app.services.reports.builders.national import build_national_report
from app.services.reports.snapshots import ReportInput

QUESTIONS = {"ABOUT-3", "CLOSING-3", "FACTORS-1", "FACTORS-2"}


def _shortened(survey: Survey) -> Survey:
    asked = tuple(question for question in survey.questions if question.code in QUESTIONS)
    return replace(survey, outcomes=survey.outcomes[:2], questions=asked)


QUESTIONNAIRE = Questionnaire(tuple(map(_shortened, current_questionnaire())))
"""A short questionnaire that is counted quickly: two outcomes of each survey and four of the questions."""

CODES = [outcome.code for outcome in QUESTIONNAIRE.outcomes]
SETS = {"pcmw": CODES[:2], "acd": CODES[2:]}
OPTIONS = {
    code: [each.code for each in QUESTIONNAIRE.items[code].options] for code in ("FACTORS-1", "CLOSING-3", "ABOUT-3")
}
BOARDS = tuple(
    BoardName(code, BilingualText(f"Board {code}", f"Bwrdd {code}"), BilingualText(code, code))
    for code in ("7A1", "7A2", "7A7")
)

AWKWARD = (
    *(
        "=1+1",
        " =1+1",
        '\u200b=HYPERLINK("x")',
        "\u2066@SUM(1)",
        "+1",
        "-1",
        "@x",
        "'",
        "'=1",
        "''",
        "\uff1d1",
        "\u3164=1",
    ),
    *(
        '"quoted", and; commas',
        "two\nlines",
        "<b>&amp;</b>",
        "_x0041_",
        "ŵŷ Ŵ",
        "שלום \u202eabc\u202c",
        "\U0001f469\u200d\U0001f467",
    ),
    *("1/2", "007", "TRUE", "12e5", "%(x)s", "\u00a0- x", "\ufffe", "a\u2028b"),
)
words = (st.sampled_from(AWKWARD) | st.text(max_size=30)).map(normalise_text)

answers = st.fixed_dictionaries(
    {code: st.fixed_dictionaries({"level": st.sampled_from([*LEVELS, *LEVELS, UNABLE, ""])}) for code in CODES},
    optional={
        "ABOUT-3": st.sampled_from(OPTIONS["ABOUT-3"]).map(lambda code: {"chosen": [code]}),
        "CLOSING-3": st.sampled_from(OPTIONS["CLOSING-3"]).map(lambda code: {"chosen": [code]}),
        "FACTORS-1": st.lists(st.sampled_from(OPTIONS["FACTORS-1"]), unique=True).map(lambda codes: {"chosen": codes}),
        "FACTORS-2": st.lists(st.sampled_from(OPTIONS["FACTORS-1"]), unique=True, max_size=3).map(
            lambda codes: {"ranked": codes}
        ),
    },
)
levels = st.sampled_from([*LEVELS, UNABLE])
findings = st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True).flatmap(
    lambda codes: st.tuples(
        *(st.builds(ReportedFinding, st.just(c), levels, levels, words, st.just("cy")) for c in codes)
    )
)
reviews = st.lists(st.tuples(st.none() | findings, st.booleans()), max_size=9)
returns = st.integers(0, 24).flatmap(
    lambda size: st.lists(st.tuples(st.sampled_from(BOARDS), st.none() | answers), min_size=size, max_size=size)
)


def _snapshot(listed, reviewed, minimum: int, before) -> Snapshot:
    """Return a snapshot; `before`: the answers of earlier cycles, by the position of the cluster."""
    return Snapshot(
        2026,
        QUESTIONNAIRE.content_hash,
        minimum,
        BOARDS,
        tuple(ClusterSubmission(f"cluster-{n}", board.code, content) for n, (board, content) in enumerate(listed)),
        tuple(
            ReviewResult(
                f"c-{n}",
                BilingualText("By", "Gan"),
                BilingualText(f"C {n}", f"Y {n}"),
                found,
                said,
                reviewer_code=f"by-{n}",
            )
            for n, (found, said) in enumerate(reviewed)
        ),
        earlier=tuple(
            EarlierCycle(
                2026 - back,
                tuple(
                    ClusterSubmission(f"cluster-{n}", board.code, said.get(n))
                    for n, (board, _content) in enumerate(listed)
                ),
            )
            for back, said in enumerate(before, start=1)
        ),
    )


answered_before = st.dictionaries(st.integers(0, 23), answers, max_size=24)
cycles = st.builds(_snapshot, returns, reviews, st.integers(2, 6), st.lists(answered_before, max_size=2))


def report_of(snapshot: Snapshot, questionnaire: Questionnaire = QUESTIONNAIRE):
    """Return the national report of a snapshot."""
    imprint = Provenance(snapshot.year, synthetic=True, snapshot_hash=snapshot.hash, app_version="0.1.0")
    years = (snapshot.year, *(each.year for each in snapshot.earlier))
    return build_national_report(ReportInput(snapshot, dict.fromkeys(years, questionnaire), imprint))
