"""A board report counts exactly the clusters that it states, each year by the board of that year."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.changes import EditionChange, ItemChange, WordingStatus
from surveys.schema import LEVELS, UNABLE, Questionnaire

from app.domain.reports.board import board_figures
from app.domain.reports.movement_cohort import moving
from app.domain.reports.snapshot import ClusterSubmission, EarlierCycle, Snapshot
from app.domain.statistics.distribution import Distribution
from tests.support.board_figures import BOARDS, OUTCOME, SHORT, asked, snapshots

CODES = [*LEVELS, UNABLE]


def level(found) -> str:
    return found.answers[OUTCOME]["level"]


def counted(returns) -> Distribution:
    levels = [level(each) for each in returns if each.answers is not None]
    return Distribution(*(sum(1 for each in levels if each == code) for code in CODES))


def figures_of(taken: Snapshot, code: str, inside: bool):
    return board_figures(taken, asked(taken), code, inside=inside)


@settings(max_examples=20)
@given(snapshots(years=3), st.sampled_from("ABCDEFG"), st.booleans())
def test_every_figure_equals_a_recount(taken, code, inside):
    figures = figures_of(taken, code, inside)
    boards = {board.code for board in figures.boards}
    own = [each for each in taken.returns if each.board in boards]
    [outcome] = figures.outcomes
    assert outcome.own == counted(own)
    assert outcome.wales in (None, counted(taken.returns))
    assert figures.submitted == len([each for each in own if each.answers is not None])
    of_board = [each for each in taken.returns if each.board == code]
    assert figures.response.clusters == len(of_board)
    assert figures.response.submitted == len([each for each in of_board if each.answers is not None])
    closing = figures.questions[0].own
    for option in closing.options:
        chosen = [each for each in own if each.answers and option.code in each.answers["CLOSING-1"]["chosen"]]
        assert option.chosen == len(chosen)
    for year, returns in zip(figures.years, (taken.returns, *(e.returns for e in taken.earlier)), strict=True):
        then = {board.code for board in year.boards}
        assert year.distributions == ({OUTCOME: counted(r for r in returns if r.board in then)} if then else {})


@settings(max_examples=25)
@given(snapshots(), st.sampled_from("ABCDEFG"), st.booleans())
def test_movement_is_of_those_who_submitted_both_times(taken, code, inside):
    moved = figures_of(taken, code, inside).movement
    before = {each.cluster: each for each in taken.earlier[0].returns if each.answers is not None}
    boards = {board.code for board in moved.boards}
    both = [(before[r.cluster], r) for r in taken.returns if r.answers is not None and r.cluster in before]
    compared = {now.cluster for _then, now in moving(taken).compared}  # the others are left out at random
    own = [
        (then, now)
        for then, now in both
        if now.board in boards and (then.board == code if inside else now.cluster in compared)
    ]
    levels = [(LEVELS.index(level(a)), LEVELS.index(level(b))) for a, b in own if UNABLE not in (level(a), level(b))]
    steps = [now - then for then, now in levels]
    [outcome] = moved.outcomes
    assert moved.compared == outcome.own.both == len(own)
    assert moved.both == len([now for _then, now in both if now.board in boards])
    assert outcome.own.compared == len(steps)
    assert outcome.own.up == len([step for step in steps if step > 0])
    assert outcome.own.down == len([step for step in steps if step < 0])
    assert outcome.wales is None or outcome.wales.both == len(compared) == moved.wales[0]
    assert moved.wales is None or moved.wales[0] + moved.left_out == len(both)
    assert {name.en for name in moved.moved_here} == {n.cluster for t, n in both if n.board == code != t.board}


@settings(max_examples=15)
@given(snapshots(years=3), st.sampled_from("ABCDEFG"))
def test_only_the_edition_for_officers_names_clusters_and_only_those_of_the_board(taken, code):
    inside, outside = figures_of(taken, code, inside=True), figures_of(taken, code, inside=False)
    mine = [each for each in taken.returns if each.board == code]
    assert [each.code for each in inside.clusters] == [each.cluster for each in mine]
    for row, found in zip(inside.clusters, mine, strict=True):
        assert row.levels == (None if found.answers is None else {OUTCOME: level(found)})
    passages = [(said.cluster, said.option, said.text) for said in inside.questions[0].passages]
    assert passages == [
        (each.cluster, option, each.answers["CLOSING-1"]["details"][option])
        for each in mine
        if each.answers is not None
        for option in each.answers["CLOSING-1"]["chosen"]
        if each.answers["CLOSING-1"]["details"][option]
    ]
    assert outside.clusters == outside.movement.clusters == ()
    assert all(asked_for.passages == () for asked_for in outside.questions)


@settings(max_examples=15)
@given(snapshots())
def test_officers_are_not_told_what_a_cluster_said_under_another_board(taken):
    before = {each.cluster: each.board for each in taken.earlier[0].returns}
    for board in taken.boards:
        for row in figures_of(taken, board.code, inside=True).movement.clusters:
            assert row.answered is None or before[row.code] == board.code


def test_what_was_reworded_is_not_compared_and_said_to_be_so():
    returned = (ClusterSubmission("a", "A", {OUTCOME: {"level": "mature"}}),)
    pcmw, *others = SHORT
    declared = EditionChange("pcmw", "before", pcmw.edition, {OUTCOME: ItemChange(WordingStatus.REWORDED, (OUTCOME,))})
    earlier = tuple(EarlierCycle(year, returned) for year in (2025, 2024))
    taken = Snapshot(2026, "", 5, BOARDS, returned, earlier=earlier, changes=(declared,))
    before = Questionnaire((replace(pcmw, edition="before"), *others))
    found = board_figures(taken, {2026: SHORT, 2025: before, 2024: before}, "A", inside=True)
    assert found.movement.outcomes == ()
    assert [(each.outcome.code, each.change.wording) for each in found.movement.changed] == [(OUTCOME, "reworded")]
    assert [sorted(year.distributions) for year in found.years] == [[OUTCOME], [], []]
