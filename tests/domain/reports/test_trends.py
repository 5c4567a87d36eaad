"""Trends compare cycles only if the wording is the same, and reveal nothing about few clusters."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from surveys.changes import EditionChange, ItemChange, WordingStatus

from app.domain.disclosure.differencing import Set, given_away
from app.domain.reports.movement_cohort import beside, moving, published_sets, tells_of_few
from app.domain.reports.published_cells import remembered
from app.domain.reports.trends import over_years
from tests.support.snapshots import CODES, QUESTIONNAIRE, questionnaires, snapshots

OUTCOME = CODES[0]
slow = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def levels(returns, code=OUTCOME):
    return {each.cluster: each.answers[code]["level"] for each in returns if each.answers is not None}


@slow
@given(snapshots())
def test_who_moved_equals_a_recount_over_those_who_are_compared(snapshot):
    found = over_years(snapshot, questionnaires(snapshot)).moved
    before, now = levels(snapshot.earlier[0].returns), levels(snapshot.returns)
    both = before.keys() & now.keys()
    assert (found.before, found.now, found.both) == (len(before), len(now), len(both))
    compared = {each.cluster for _then, each in moving(snapshot).compared}
    assert compared <= both
    if found.is_shown:
        assert found.compared == len(compared) >= snapshot.minimum_group
        for (earlier, later), count in found.outcomes[OUTCOME].table.items():
            assert count == sum((before[each], now[each]) == (earlier, later) for each in compared)


@slow
@given(snapshots(years=3))
def test_the_levels_of_each_year_equal_a_recount(snapshot):
    found = over_years(snapshot, questionnaires(snapshot))
    assert [each.year for each in found.years] == [2025, 2024]
    for year, cycle in zip(found.years, snapshot.earlier, strict=True):
        given_then = list(levels(cycle.returns).values())
        assert (year.submitted, year.clusters) == (len(given_then), len(cycle.returns))
        if year.distributions:
            counted = year.distributions[OUTCOME]
            assert counted.counts == {level: given_then.count(level) for level in counted.counts}


@slow
@given(snapshots(years=3))
def test_no_sum_or_difference_of_what_is_published_tells_of_few(snapshot):
    """Try what a reader could: combine all sets of all published figures of one year."""
    for published in published_sets(snapshot).values():
        if published:
            assert given_away(published, snapshot.minimum_group) is None


def test_where_one_cluster_joined_some_are_left_out_by_lot_whatever_they_answered():
    everyone = [f"7A{board}-{n}" for board in (1, 2, 3) for n in range(9)]
    snapshot = snapshots_of(everyone)
    silent = tuple(replace(each, answers=None) if each.cluster == "7A1-0" else each for each in snapshot.returns)
    joined = replace(snapshot, earlier=(replace(earlier_of(snapshot), returns=silent),))
    found = moving(joined)
    assert len(found.both) == 26
    assert 0 < found.left_out <= 26 // 3
    assert found.groups
    other = {code: {"level": "foundation"} for code in CODES}
    changed = replace(joined, returns=tuple(replace(each, answers=other) for each in joined.returns))
    assert [now.cluster for _then, now in moving(changed).compared] == [now.cluster for _then, now in found.compared]


@slow
@given(snapshots(years=1), snapshots(years=1))
def test_a_second_version_tells_of_nobody_that_did_not_agree(first, second):
    second = replace(second, boards=first.boards, minimum_group=first.minimum_group)
    earlier, own = published_sets(first), published_sets(second)
    second = replace(second, disclosed=remembered([earlier], besides=own))
    if not tells_of_few(second, agreed=()):
        everything = earlier.get(2026, frozenset()) | own.get(2026, frozenset())
        assert given_away(everything, second.minimum_group) is None


def test_one_cluster_that_submits_after_publication_is_told_by_the_difference():
    clusters = [f"7A1-{n}" for n in range(6)] + [f"7A2-{n}" for n in range(6)]
    late = snapshots_of(clusters)
    early = replace(late, returns=tuple(replace(r, answers=None) if r.cluster == "7A1-0" else r for r in late.returns))
    after = replace(late, disclosed=remembered([published_sets(early)], besides=published_sets(late)))
    assert not tells_of_few(early, agreed=())
    assert tells_of_few(after, agreed=())
    joined = after.of_cluster("7A1-0").counted
    assert not tells_of_few(after, agreed=[joined])
    again = replace(late, returns=tuple(replace(r, answers={}) if r.cluster == "7A1-0" else r for r in late.returns))
    third = beside(again, [published_sets(early), published_sets(late)])
    assert tells_of_few(third, agreed=[joined])  # it agreed to reveal that answer, not later ones


def test_the_same_answers_are_remembered_as_nothing_new():
    snapshot = snapshots_of([f"7A1-{n}" for n in range(6)] + [f"7A2-{n}" for n in range(6)])
    assert remembered([published_sets(snapshot)], besides=published_sets(snapshot)) == ()
    assert remembered([{2026: frozenset({Set("a")})}], besides={})[0].sets == (("a",),)


def snapshots_of(clusters):
    from surveys.schema import BilingualText

    from app.domain.reports.snapshot import ClusterSubmission, Snapshot
    from tests.support.snapshots import BOARDS

    returns = tuple(
        ClusterSubmission(code, code[:3], {c: {"level": "mature"} for c in CODES}, name=BilingualText(code, code))
        for code in clusters
    )
    return Snapshot(2026, QUESTIONNAIRE.content_hash, 5, BOARDS, returns)


def test_what_was_reworded_has_no_levels_before_and_no_movement():
    snapshot = snapshots_of([f"7A1-{n}" for n in range(6)] + [f"7A2-{n}" for n in range(6)])
    snapshot = replace(snapshot, earlier=(earlier_of(snapshot),))
    later = type(QUESTIONNAIRE)(tuple(replace(s, edition="2027") for s in QUESTIONNAIRE))
    said = EditionChange("pcmw", "2026.1", "2027", {OUTCOME: ItemChange(WordingStatus.REWORDED, (OUTCOME,))})
    found = over_years(replace(snapshot, changes=(said,)), {2025: QUESTIONNAIRE, 2026: later})
    assert OUTCOME not in found.years[0].distributions
    assert OUTCOME not in found.moved.outcomes
    assert found.change[OUTCOME].wording is WordingStatus.REWORDED
    assert CODES[1] in found.moved.outcomes


def earlier_of(snapshot):
    from app.domain.reports.snapshot import EarlierCycle

    return EarlierCycle(2025, snapshot.returns)
