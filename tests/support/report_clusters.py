"""Invented cycles for cluster reports: three years, a changed wording, unusual characters, few clusters."""

import random
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from surveys.changes import EditionChange, ItemChange, WordingStatus
from surveys.schema import LEVELS, UNABLE, BilingualText, Kind, Questionnaire

from reports.layout.provenance import Provenance

from app.domain.reports.snapshot import (
    BoardName,
    ClusterSubmission,
    EarlierCycle,
    OwnText,
    PeerText,
    ReportedFinding,
    ReviewReply,
    ReviewResult,
    Snapshot,
)
from app.services.reports.snapshots import ReportInput
from tests.support.report_reviews import BETSI, CWM_TAF, LONGEST, OTHER, QUESTIONNAIRE

OWN = "central-and-south-denbighshire"
REVIEWER = "bridgend-west"
SPLIT = "PCMW-12"
"""The outcome from which PCMW-13 was split after 2024."""

WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" + "hir" * 30
AWKWARD = (
    "Dim <b>marcio</b> & dim 50%.\n\nAil baragraff.",
    f"{WORD} yma",
    "\u200fשלום עולם\u200e and back again",
    "ka\u200dra a si\u200cna; Ŵŷ gŵyl",
    '=HYPERLINK("http://example.wales")',
    "Agree at the next meeting who leads.",
    "<script>alert(1)</script>{{ 7*7 }}",
)
LONG = "Cytunwyd yn y cyfarfod. " * 400
"""A text of about 2,000 words, over several pages."""

SURVEYS = tuple(
    replace(
        survey,
        edition="2024.1",
        outcomes=tuple(
            replace(each, statement=BilingualText(f"{each.statement.en} Once.", f"{each.statement.cy} Gynt."))
            if each.code == "PCMW-01"
            else each
            for each in survey.outcomes
            if each.code not in {"PCMW-13", "ACD-7"}
        ),
    )
    for survey in QUESTIONNAIRE
)
IN_2024 = Questionnaire(SURVEYS)
QUESTIONNAIRES = {2026: QUESTIONNAIRE, 2025: QUESTIONNAIRE, 2024: IN_2024}
CHANGES = (EditionChange("pcmw", "2024.1", "2026.1", {"PCMW-13": ItemChange(WordingStatus.SPLIT, (SPLIT,))}),)
BOARDS = (BoardName("7A1", BETSI, BETSI), BoardName("7A5", CWM_TAF, CWM_TAF), BoardName("7A7", OTHER, OTHER))


seeds = st.integers(0, 10**9)
"""Seeds of cycles of all sizes; a failing test shows the seed, because a cycle would be too long."""


def material(seed: int, others: int | None = None, *, agrees: bool | None = None) -> ReportInput:
    """Return the input of reports for a seed; every other seed has a returned review, every third has no reply."""
    chance = random.Random(seed)
    others = chance.randint(0, 30) if others is None else others
    agrees = chance.random() < 0.8 if agrees is None else agrees
    own = ClusterSubmission(
        OWN, "7A1", answers(chance, QUESTIONNAIRE), LONGEST, languages(chance, QUESTIONNAIRE), compares=agrees
    )
    rest = tuple(
        ClusterSubmission(
            f"cluster-{n}", BOARDS[n % 3].code, answers(chance, QUESTIONNAIRE), compares=chance.random() < 0.8
        )
        for n in range(others)
    )
    snapshot = Snapshot(
        year=2026,
        wording=QUESTIONNAIRE.content_hash,
        minimum_group=5,
        boards=BOARDS,
        returns=(own, *rest),
        reviews=(review(chance, is_replied=seed % 3 > 0),) if seed % 2 else (),
        earlier=(earlier(chance, 2025, silent=seed % 5 == 0), earlier(chance, 2024, silent=seed % 10 == 0)),
        changes=CHANGES,
        synthetic=True,
    )
    return ReportInput(
        snapshot, QUESTIONNAIRES, Provenance(2026, synthetic=True, snapshot_hash=snapshot.hash, app_version="0.1.0")
    )


def earlier(chance: random.Random, year: int, *, silent: bool) -> EarlierCycle:
    asked = QUESTIONNAIRES[year]
    given = None if silent else answers(chance, asked)
    return EarlierCycle(year, (ClusterSubmission(OWN, "7A1", given, LONGEST, languages(chance, asked)),))


def languages(chance: random.Random, asked: Questionnaire) -> dict[str, str]:
    return {code: chance.choice(("en", "cy")) for code in asked.items}


def words(chance: random.Random) -> str:
    """Return a unique text or, sometimes, an empty one."""
    return "" if chance.random() < 0.2 else f"{chance.choice(AWKWARD)} {chance.randrange(10**6)}"


def answers(chance: random.Random, asked: Questionnaire) -> dict[str, dict]:
    """Return answers to almost every item."""
    given: dict[str, dict] = {}
    for item in asked.items.values():
        if item.kind is Kind.OUTCOME:
            given[item.code] = {
                "level": chance.choice((*LEVELS, *LEVELS, UNABLE)),
                "why": words(chance),
                "evidence": words(chance),
                "next_step": words(chance),
                "present": {"count": chance.randint(1, 30), "groups": ["dentistry"]} if chance.random() < 0.5 else None,
            }
        elif item.kind is Kind.RANKING:
            chosen = given[item.of]["chosen"]
            given[item.code] = {"ranked": chance.sample(chosen, min(len(chosen), item.most))}
        elif item.kind in (Kind.CHOICE, Kind.CHOICES):
            some = chance.sample([option.code for option in item.options], 1 if item.kind is Kind.CHOICE else 2)
            given[item.code] = {"chosen": some, "details": {code: words(chance) for code in some}}
        elif item.kind is Kind.NUMBER:
            given[item.code] = {"number": chance.randint(1, 500)}
        elif chance.random() < 0.8:
            given[item.code] = {"text": words(chance)}
    return given


def review(chance: random.Random, *, is_replied: bool) -> ReviewResult:
    """Return a returned review of the cluster."""
    findings = tuple(
        ReportedFinding(
            code,
            own=chance.choice((*LEVELS, UNABLE)),
            peer=chance.choice((*LEVELS, UNABLE)),
            own_words=OwnText("As it was read.", "As it was read.", "en"),
            peer_words=PeerText(f"Heard {code}", words(chance), f"Suggested {code}", "cy"),
            reply=ReviewReply(f"Replied {code}", "en", shares=chance.choice((True, False, None)))
            if is_replied
            else None,
        )
        for code in ("PCMW-02", "PCMW-09", "ACD-3")
    )
    days = {"met_on": date(2026, 9, 14), "returned_on": date(2026, 9, 30)}
    replied_on = date(2026, 10, 12) if is_replied else None
    return ReviewResult(
        OWN, OTHER, LONGEST, findings, is_replied, CWM_TAF, BETSI, **days, replied_on=replied_on, reviewer_code=REVIEWER
    )
