"""Invented peer reviews: one with every special case of a report, and the seven of a cycle."""

from datetime import date

from surveys.loader import current_questionnaire
from surveys.schema import LEVELS, UNABLE, BilingualText

from reports.layout.provenance import Provenance
from reports.national.report import NationalReport
from reports.peer_review.report import PeerFinding, PeerReport, ReviewParty

from app.domain.peer_review.agreement import LevelPair
from app.domain.reports.national import summarise
from app.domain.reports.peer_review import peer_part
from app.domain.reports.snapshot import (
    BoardName,
    ClusterSubmission,
    OwnText,
    PeerText,
    ReportedFinding,
    ReviewReply,
    ReviewResult,
    Snapshot,
)
from app.domain.reports.trends import over_years
from app.domain.survey.levels import Level

QUESTIONNAIRE = current_questionnaire()
LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" + "hir" * 30
"""A word longer than a line without a hyphenation point."""

LONG_TEXT = f"{LONG_WORD} " + "Cytunwyd yn y cyfarfod. " * 500
"""A text of 2,000 words, over several pages."""

LONGEST = BilingualText("Central & South Denbighshire", "Canol a De Sir Ddinbych")
OTHER = BilingualText("Bridgend West", "Gorllewin Pen-y-bont ar Ogwr")
BETSI = BilingualText("Betsi Cadwaladr University Health Board", "Bwrdd Iechyd Prifysgol Betsi Cadwaladr")
CWM_TAF = BilingualText("Cwm Taf Morgannwg University Health Board", "Bwrdd Iechyd Prifysgol Cwm Taf Morgannwg")

LEVELS_GIVEN = (
    (("foundation", "developing"), ("mature", "mature"), ("developing", UNABLE)),
    (("developing", "developing"), ("developing", "foundation"), ("foundation", "foundation")),
    (("mature", "foundation"), ("developing", "developing"), ("foundation", "foundation")),
    ((UNABLE, UNABLE), ("developing", "mature"), ("mature", "mature")),
    (("foundation", "foundation"), ("mature", "developing"), ("developing", "developing")),
    (("developing", "foundation"), ("foundation", "foundation"), ("mature", "developing")),
    (("mature", "mature"), ("developing", "developing"), ("foundation", "mature")),
)
"""For each review of a cycle: own level and peers' level on two PCMW outcomes and one ACD outcome."""


def review_report(**changed) -> PeerReport:
    """Return a report with levels two up, one down and not comparable; both languages, markup, a blank answer."""
    findings = (
        _finding("PCMW-01", Level.FOUNDATION, Level.MATURE, evidence="Dim <b>marcio</b> & dim 50%.\n\nAil baragraff."),
        _finding(
            "PCMW-11", Level.MATURE, Level.DEVELOPING, evidence=f"{LONG_WORD} " + "Cytunwyd yn y cyfarfod. " * 500
        ),
        _finding("ACD-3", Level.DEVELOPING, None, evidence="", reply=False),
    )
    given = {
        "imprint": Provenance(2026, synthetic=True, snapshot_hash="0123456789abcdef" * 4, app_version="0.1.0"),
        "code": "central-and-south-denbighshire",
        "reviewed": ReviewParty(LONGEST, BETSI, "central-and-south-denbighshire"),
        "reviewer": ReviewParty(OTHER, CWM_TAF, "bridgend-west"),
        "met_on": date(2026, 9, 14),
        "returned_on": date(2026, 9, 30),
        "replied_on": date(2026, 10, 12),
        "findings": findings,
    }
    return PeerReport(**(given | changed))


def _finding(code: str, own: Level | None, peer: Level | None, evidence: str, *, reply: bool = True) -> PeerFinding:
    return PeerFinding(
        QUESTIONNAIRE.items[code],
        QUESTIONNAIRE.survey_of(code),
        LevelPair("review", code, own, peer),
        OwnText(evidence, "Cwrdd bob mis.", "cy"),
        PeerText("The notes of the meetings show it.", "One list of what each practice offers.", "Ask users.", "en"),
        ReviewReply("We will try it in the autumn.", "en", shares=True) if reply else None,
    )


def reviews_of_a_cycle(returned: int = 7) -> tuple[ReviewResult, ...]:
    """Return seven reviews, the first `returned` of them returned; each shares good practice on its ACD outcome."""
    codes = [outcome.code for outcome in QUESTIONNAIRE.outcomes]
    return tuple(
        ReviewResult(
            f"review-{number}",
            OTHER,
            LONGEST,
            tuple(
                ReportedFinding(
                    code, *pair, shared="Un rhestr i bawb." if code.startswith("ACD") else "", language="cy"
                )
                for code, pair in zip((codes[number], codes[7 + number % 6], codes[13 + number]), levels, strict=True)
            )
            if number < returned
            else None,
            is_replied=number % 2 == 0,
            reviewer_code="bridgend-west",
        )
        for number, levels in enumerate(LEVELS_GIVEN)
    )


def national_report(reviews: tuple[ReviewResult, ...]) -> NationalReport:
    """Return a national report of few clusters with these reviews."""
    board = BoardName("7A1", BETSI, BETSI)
    answers = {outcome.code: {"level": LEVELS[0]} for outcome in QUESTIONNAIRE.outcomes}
    returns = tuple(ClusterSubmission(f"cluster-{number}", board.code, answers) for number in range(3))
    snapshot = Snapshot(2026, QUESTIONNAIRE.content_hash, 5, (board,), returns, reviews)
    return NationalReport(
        imprint=Provenance(2026, synthetic=True, snapshot_hash=snapshot.hash, app_version="0.1.0"),
        figures=summarise(snapshot, QUESTIONNAIRE),
        questionnaire=QUESTIONNAIRE,
        boards=snapshot.boards,
        minimum_group=snapshot.minimum_group,
        over_years=over_years(snapshot, {2026: QUESTIONNAIRE}),
        peer=peer_part(snapshot, QUESTIONNAIRE),
    )
