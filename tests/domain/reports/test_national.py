"""The national summary counts only submitted answers."""

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.loader import current_questionnaire
from surveys.schema import LEVELS, UNABLE, BilingualText

from app.domain.reports.national import summarise
from app.domain.reports.snapshot import BoardName, ClusterSubmission, Snapshot, read_snapshot
from app.domain.statistics.distribution import Distribution

QUESTIONNAIRE = current_questionnaire()
OUTCOME = QUESTIONNAIRE.outcomes[0].code
BOARDS = tuple(BoardName(code, BilingualText(code, code), BilingualText(code, code)) for code in "ABC")
BARRIERS = [option.code for option in QUESTIONNAIRE.items["FACTORS-1"].options]

answers = st.fixed_dictionaries(
    {},
    optional={
        OUTCOME: st.fixed_dictionaries({"level": st.sampled_from([*LEVELS, UNABLE, ""])}),
        "FACTORS-1": st.fixed_dictionaries({"chosen": st.lists(st.sampled_from(BARRIERS), unique=True)}),
        "FACTORS-2": st.fixed_dictionaries({"ranked": st.lists(st.sampled_from(BARRIERS), unique=True, max_size=3)}),
    },
)
returns = st.lists(st.tuples(st.sampled_from("ABC"), st.none() | answers), max_size=25)


def snapshot_of(given_returns, minimum: int = 5) -> Snapshot:
    listed = tuple(
        ClusterSubmission(f"cluster-{n}", board, content) for n, (board, content) in enumerate(given_returns)
    )
    return Snapshot(2026, QUESTIONNAIRE.content_hash, minimum, BOARDS, listed)


@settings(max_examples=60)
@given(returns)
def test_every_count_equals_a_recount(given_returns):
    figures = summarise(snapshot_of(given_returns), QUESTIONNAIRE)
    submitted = [content for _board, content in given_returns if content is not None]
    levels = [content.get(OUTCOME, {}).get("level", "") for content in submitted]
    distribution = figures.outcomes[0].distribution
    assert [distribution.counts[level] for level in LEVELS] == [levels.count(level) for level in LEVELS]
    assert distribution.unable == levels.count(UNABLE)
    assert (figures.wales.submitted, figures.wales.clusters) == (len(submitted), len(given_returns))
    assert sum(each.submitted for each in figures.response) == figures.wales.submitted
    for option in figures.counts["FACTORS-1"].options:
        chosen = [content for content in submitted if option.code in content.get("FACTORS-1", {}).get("chosen", [])]
        assert option.chosen == len(chosen)
        assert option.first <= option.chosen


@settings(max_examples=60)
@given(returns, st.integers(2, 6))
def test_a_group_of_boards_counts_all_its_clusters_and_never_fewer_than_the_minimum(given_returns, minimum):
    figures = summarise(snapshot_of(given_returns, minimum), QUESTIONNAIRE)
    for group in figures.groups:
        codes = {board.code for board in group.boards}
        submitted = [content for each, content in given_returns if each in codes and content is not None]
        levels = [content.get(OUTCOME, {}).get("level", "") for content in submitted]
        assert group.submitted == len(submitted) >= minimum
        assert group.distributions[OUTCOME] == Distribution(*(levels.count(level) for level in (*LEVELS, UNABLE)))


def test_what_was_taken_back_after_it_was_ranked_does_not_count_as_ranked():
    taken_back = {"FACTORS-1": {"chosen": ["engagement"]}, "FACTORS-2": {"ranked": ["funding", "engagement"]}}
    first = {
        option.code: option.first
        for option in summarise(snapshot_of([("A", taken_back)]), QUESTIONNAIRE).counts["FACTORS-1"].options
    }
    assert (first["funding"], first["engagement"]) == (0, 1)


@given(returns)
def test_the_hash_tells_one_snapshot_from_another(given_returns):
    snapshot = snapshot_of(given_returns)
    assert snapshot.hash == snapshot_of(list(given_returns)).hash
    assert snapshot.hash != snapshot_of([*given_returns, ("A", {OUTCOME: {"level": "mature"}})]).hash
    assert snapshot.hash != snapshot_of(given_returns, minimum=6).hash
    assert read_snapshot(snapshot.content) == snapshot
