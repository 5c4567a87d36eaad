"""Strategies for random snapshots: boards of all sizes, two or three cycles, clusters that do not always submit."""

from hypothesis import strategies as st

from surveys.loader import current_questionnaire
from surveys.schema import LEVELS, UNABLE, BilingualText

from app.domain.reports.snapshot import BoardName, ClusterSubmission, EarlierCycle, Snapshot

QUESTIONNAIRE = current_questionnaire()
CODES = tuple(outcome.code for outcome in QUESTIONNAIRE.outcomes)
BOARDS = tuple(
    BoardName(code, BilingualText(f"Board {code}", f"Bwrdd {code}"), BilingualText(code, code))
    for code in ("7A1", "7A2", "7A3")
)


def answers(draw, codes=CODES):
    """Draw a submission: a level or "unable" for each outcome."""
    return {code: {"level": draw(st.sampled_from((*LEVELS, UNABLE)))} for code in codes}


@st.composite
def snapshots(draw, years: int = 2, most: int = 9, outcomes: int = 3) -> Snapshot:
    """Draw a cycle with earlier ones; after the first few outcomes every cluster chooses Developing."""
    minimum = draw(st.integers(2, 5))
    sizes = [draw(st.integers(0, most)) for _board in BOARDS]
    clusters = [
        (f"{board.code}-{n}", board.code) for board, size in zip(BOARDS, sizes, strict=True) for n in range(size)
    ]
    cycles = [_returns(draw, clusters, outcomes) for _year in range(years)]
    return Snapshot(
        year=2026,
        wording=QUESTIONNAIRE.content_hash,
        minimum_group=minimum,
        boards=BOARDS,
        returns=cycles[0],
        earlier=tuple(EarlierCycle(2026 - back, returns) for back, returns in enumerate(cycles[1:], start=1)),
        synthetic=True,
    )


def _returns(draw, clusters, outcomes: int) -> tuple[ClusterSubmission, ...]:
    silent = draw(st.sets(st.sampled_from(range(len(clusters))))) if clusters else set()
    rest = {code: {"level": "developing"} for code in CODES[outcomes:]}
    return tuple(
        ClusterSubmission(
            code,
            board,
            None if position in silent else answers(draw, CODES[:outcomes]) | rest,
            name=BilingualText(f"Cluster {code}", f"Clwstwr {code}"),
        )
        for position, (code, board) in enumerate(clusters)
    )


def questionnaires(snapshot: Snapshot) -> dict:
    """Return year -> the questionnaire, the same for every year of a snapshot."""
    return dict.fromkeys((snapshot.year, *(each.year for each in snapshot.earlier)), QUESTIONNAIRE)
