"""Strategies for random cycles of a few boards on a short questionnaire; some clusters change their board.

The boards are not in the order of their codes, and an earlier version of each cycle has merged some.
"""

from dataclasses import replace

from hypothesis import strategies as st

from surveys.loader import current_questionnaire
from surveys.schema import LEVELS, UNABLE, BilingualText, Questionnaire

from app.domain.reports.snapshot import BoardName, ClusterSubmission, EarlierCycle, Snapshot

WHOLE = current_questionnaire()
OUTCOME = WHOLE.outcomes[0].code
SHORT = Questionnaire(
    tuple(
        replace(survey, outcomes=survey.outcomes[:1], questions=tuple(q for q in survey.questions if q.code in asked))
        for survey in WHOLE
        for asked in [("CLOSING-1", "FACTORS-1")]
        if survey.slug in ("pcmw", "closing", "system_factors")
    )
)
OPTIONS = [option.code for option in WHOLE.items["CLOSING-1"].options]
BOARDS = tuple(BoardName(code, BilingualText(code, code), BilingualText(code, code)) for code in "ADGBFCE")

answers = st.builds(
    lambda level, chosen, said: {
        OUTCOME: {"level": level},
        "CLOSING-1": {"chosen": chosen, "details": dict.fromkeys(chosen, said)},
    },
    st.sampled_from([*LEVELS, UNABLE]),
    st.lists(st.sampled_from(OPTIONS), unique=True, max_size=3),
    st.sampled_from(["", "Wedi'i ddweud"]),
)


@st.composite
def snapshots(draw, years: int = 2, boards: str = "ABCDEFG", largest: int = 7) -> Snapshot:
    """Draw cycles of the same clusters: most submit each year, and few change their board."""
    sizes = {board: draw(st.integers(0, largest)) for board in boards}
    clusters = [f"{board}{number}" for board, size in sizes.items() for number in range(size)]
    minimum = draw(st.integers(2, 6))
    returns, together = [], []
    belongs = {cluster: cluster[0] for cluster in clusters}
    for _year in range(years):
        silent = draw(st.integers(0, 3))
        submits = {cluster: silent == 0 or draw(st.integers(0, 3)) >= silent for cluster in clusters}
        if clusters and draw(st.booleans()):
            belongs = belongs | {draw(st.sampled_from(clusters)): draw(st.sampled_from(boards))}
        together.append(tuple(sorted(draw(st.sets(st.sampled_from(boards), max_size=3)))))
        returns.append(
            tuple(
                ClusterSubmission(
                    cluster,
                    belongs[cluster],
                    draw(answers) if submits[cluster] else None,
                    BilingualText(cluster, cluster),
                )
                for cluster in clusters
            )
        )
    before = zip(returns[1:], together[1:], strict=True)
    earlier = tuple(EarlierCycle(2025 - number, *each) for number, each in enumerate(before))
    known = tuple(board for board in BOARDS if board.code in boards)
    return Snapshot(2026, SHORT.content_hash, minimum, known, returns[0], earlier=earlier, together=together[0])


def asked(taken: Snapshot) -> dict[int, Questionnaire]:
    """Return year -> the questionnaire, the same every year."""
    return dict.fromkeys((taken.year, *(each.year for each in taken.earlier)), SHORT)
