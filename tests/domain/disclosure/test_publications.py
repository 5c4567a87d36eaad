"""The public board reports together with the national figures reveal nothing about few clusters.

What is published is read from the reports themselves. Two searches look for a disclosure: `app.domain.disclosure` in
the sets of clusters, and linear and integer programs in the figures, independently of the rules of the product.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import Phase, given, settings
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from surveys.schema import LEVELS, UNABLE, BilingualText

from app.domain.disclosure.differencing import is_safe
from app.domain.disclosure.threshold import merge_small_groups
from app.domain.reports.board import board_figures
from app.domain.reports.board_groups import snapshot_as_of
from app.domain.reports.movement_cohort import beside, moving, published_sets
from app.domain.reports.national import board_groups
from app.domain.reports.snapshot import ClusterSubmission, EarlierCycle, Snapshot
from app.domain.reports.trends import over_years
from app.domain.statistics.movement import step
from tests.support.board_figures import BOARDS, OUTCOME, SHORT, asked, snapshots

CODES = (*LEVELS, UNABLE)
PAIRS = list(product(CODES, CODES))

Sets = set[frozenset[str]]


def submitted(returns: Iterable[ClusterSubmission], boards: Iterable[str]) -> frozenset[str]:
    return frozenset(each.cluster for each in returns if each.board in set(boards) and each.answers is not None)


def compared(taken: Snapshot, boards: Iterable[str]) -> frozenset[str]:
    """Return the compared clusters of these boards; an attacker is assumed to know who was left out at random."""
    return submitted(taken.returns, boards) & {now.cluster for _then, now in moving(taken).compared}


def reports(taken: Snapshot) -> list:
    return [board_figures(taken, asked(taken), board.code, inside=False) for board in taken.boards]


def codes(boards) -> list[str]:
    return [board.code for board in boards]


def level_sets(taken: Snapshot, found) -> Sets:
    """Return the sets of clusters whose levels of this cycle are published, by board and nationally."""
    sets = {submitted(taken.returns, codes(each.boards)) for each in found}
    if board_groups(taken, SHORT):
        sets.add(frozenset().union(*(submitted(taken.returns, [each.board]) for each in taken.returns)))
    return sets - {frozenset()}


def movement_sets(taken: Snapshot, found) -> Sets:
    """Return the sets of clusters whose movement is published, including Wales beside a board."""
    sets = {compared(taken, codes(each.movement.boards)) for each in found}
    if any(each.movement.wales for each in found):
        sets.add(compared(taken, codes(taken.boards)))
    return sets - {frozenset()}


def shown(taken: Snapshot) -> Mapping[int, Sets]:
    """Return year -> the sets of clusters whose answers the reports count, for levels of every year and movement."""
    found, cycles = reports(taken), {each.year: each for each in (taken, *taken.earlier)}
    sets: dict[int, Sets] = {year: set() for year in cycles}
    for year in (year for each in found for year in each.years):
        sets[year.year].add(submitted(cycles[year.year].returns, codes(year.boards)))
    for year in over_years(taken, asked(taken)).years:
        if year.distributions:
            sets[year.year].add(submitted(cycles[year.year].returns, codes(taken.boards)))
    sets[taken.year] |= level_sets(taken, found)
    for each in (taken, *taken.earlier[:1]) if taken.earlier else ():
        sets[each.year] |= movement_sets(taken, found)
    return {year: each - {frozenset()} for year, each in sets.items()}


def declared(taken: Snapshot) -> Mapping[int, Sets]:
    """Return year -> the sets of clusters that are stored as counted."""
    return {
        year: {frozenset(each.partition("@")[0] for each in members) for members in sets}
        for year, sets in published_sets(taken).items()
    }


def known(returns: Iterable[ClusterSubmission]) -> list[frozenset[str]]:
    """Return for each board the set of submitted clusters whose answers its officers know."""
    returned = list(returns)
    return [submitted(returned, [board.code]) for board in BOARDS]


@settings(max_examples=20, phases=(Phase.generate,))
@given(snapshots(years=3, boards="ABCDEF"))
def test_what_reports_show_of_any_year_is_remembered_and_no_small_set_follows_from_all_of_them(taken):
    cycles = [snapshot_as_of(each, taken) for each in (taken, *taken.earlier)]
    published, history = [], []
    for at, cycle in reversed(list(enumerate(cycles))):  # oldest first, each after the earlier publications
        published.insert(0, beside(replace(cycle, earlier=taken.earlier[at:]), history))
        history.append(published_sets(published[0]))
    read = [shown(cycle) for cycle in published]
    for cycle, sets_by_year in zip(published, read, strict=True):
        remembered = declared(cycle)
        assert all(sets <= remembered[year] for year, sets in sets_by_year.items())
    for cycle in published:
        sets = set().union(*(each.get(cycle.year, set()) for each in read))
        assert is_safe(sets, taken.minimum_group, known(cycle.returns))
    for number, cycle in enumerate(published[:2]):
        sets = movement_sets(cycle, reports(cycle))
        now, before = known(published[number].returns), known(published[number + 1].returns)
        assert is_safe(sets, taken.minimum_group, [one & other for one, other in zip(now, before, strict=True)])


def atoms(taken: Snapshot) -> Mapping[tuple, list[str]]:
    """Group the clusters that no publication distinguishes: (board now, before, submitted now, before) -> clusters."""
    before = {each.cluster: each for each in taken.earlier[0].returns}
    found: dict[tuple, list[str]] = {}
    for now in taken.returns:
        then = before[now.cluster]
        kind = (now.board, then.board, now.answers is not None, then.answers is not None)
        if kind[2] or kind[3]:
            found.setdefault(kind, []).append(now.cluster)
    return found


class Readers:
    """All equations that a reader can derive, with a variable for each group of `atoms` and pair of codes."""

    def __init__(self, taken: Snapshot, groups_moved: Iterable[Iterable[str]]) -> None:
        self.taken, self.kinds = taken, atoms(taken)
        self.variables = [(kind, pair) for kind in self.kinds for pair in PAIRS]
        self.rows = [[float(kind == each) for each, _pair in self.variables] for kind in self.kinds]
        self.told = [float(len(clusters)) for clusters in self.kinds.values()]
        before = snapshot_as_of(taken.earlier[0], taken)
        of_now, of_before = board_groups(taken, SHORT), board_groups(before, SHORT)
        for group, at in (*((each, 1) for each in of_now), *((each, 0) for each in of_before)):
            for code in CODES:
                self.add(
                    lambda kind, pair, group=group, at=at, code=code: (
                        kind[1 - at] in codes(group.boards) and kind[3 - at] and pair[at] == code
                    )
                )
        for group in groups_moved:
            for way in ("up", "same", "down"):
                self.add(
                    lambda kind, pair, group=group, way=way: (
                        kind[0] in group and kind[2] and kind[3] and step(*pair) == way
                    )
                )

    def read_tables(self, groups_moved: Iterable[Iterable[str]]) -> None:
        """Add more than is published: the table of levels then and now for these groups."""
        for group, wanted in product(groups_moved, PAIRS):
            self.add(
                lambda kind, pair, group=group, wanted=wanted: (
                    kind[0] in group and kind[2] and kind[3] and pair == wanted
                )
            )

    def truth(self) -> np.ndarray:
        before = {each.cluster: each for each in self.taken.earlier[0].returns}
        now = {each.cluster: each for each in self.taken.returns}
        pairs = {
            name: tuple(
                found[name].answers[OUTCOME]["level"] if found[name].answers is not None else CODES[0]
                for found in (before, now)
            )
            for name in now
        }
        return np.array([sum(pairs[name] == pair for name in self.kinds[kind]) for kind, pair in self.variables], float)

    def add(self, counts) -> None:
        row = [float(bool(counts(kind, pair))) for kind, pair in self.variables]
        self.rows.append(row)
        self.told.append(float(np.dot(row, self.truth())))

    def asks(self, kind: tuple, at: int, code: str) -> np.ndarray:
        return np.array([float(each == kind and pair[at] == code) for each, pair in self.variables])

    def range(self, wanted: np.ndarray) -> tuple[float, float]:
        """Return the least and the greatest value that it can have, in whole clusters."""
        found = [
            milp(sign * wanted, constraints=LinearConstraint(np.array(self.rows), self.told, self.told),
                 integrality=np.ones(len(wanted)), bounds=Bounds(0, np.inf)).fun
            for sign in (1, -1)
        ]  # fmt: skip
        return round(found[0]), round(-found[1])

    def follows(self, wanted: np.ndarray) -> bool:
        """Return whether the equations determine it, whatever the answers are."""
        solved = linprog(wanted, A_eq=np.array(self.rows), b_eq=self.told, bounds=(None, None))
        return solved.status == 0


def shown_movement(taken: Snapshot) -> list[list[str]]:
    return [list(group) for group in {tuple(codes(each.movement.boards)) for each in reports(taken)} if group]


@settings(max_examples=10)
@given(snapshots(boards="ABCD", largest=5))
def test_no_equation_fixes_the_answers_of_few_clusters(taken):
    readers = Readers(taken, shown_movement(taken))
    readers.read_tables(shown_movement(taken))
    for kind, clusters in readers.kinds.items():
        for at in (0, 1):
            if len(clusters) < taken.minimum_group and kind[3 - at]:
                assert not readers.follows(readers.asks(kind, at, CODES[0]))


@settings(max_examples=10)
@given(snapshots(boards="ABCD", largest=5))
def test_the_levels_of_a_board_that_is_not_shown_alone_stay_open(taken):
    before = replace(taken, earlier=(replace(taken.earlier[0], returns=_silent(taken)),))
    readers = Readers(before, [])  # levels of one year only: nobody had submitted before
    for group in board_groups(taken, SHORT):
        for board, code in product(codes(group.boards) if len(group.boards) > 1 else (), CODES):
            sizes = {each: len(submitted(taken.returns, [each])) for each in codes(group.boards)}
            total = group.distributions[OUTCOME].counts.get(code, group.distributions[OUTCOME].unable)
            wanted = sum(readers.asks(kind, 1, code) for kind in readers.kinds if kind[0] == board)
            least, most = readers.range(wanted)
            forced = total in (0, sum(sizes.values()))
            assert (least == most) == forced, (board, code)


def _silent(taken: Snapshot) -> tuple[ClusterSubmission, ...]:
    return tuple(replace(each, answers=None) for each in taken.returns)


def test_grouping_by_the_number_of_movers_alone_would_give_away_who_joined():
    """Movement needs its own rule: if five did not move, the level of the sixth, who is new, can be worked out."""
    stayed = [
        ClusterSubmission(f"A{n}", "A", {OUTCOME: {"level": "developing"}}, BilingualText("", "")) for n in range(5)
    ]
    joined = ClusterSubmission("A5", "A", {OUTCOME: {"level": "mature"}}, BilingualText("", ""))
    then = (*stayed, replace(joined, answers=None))
    taken = Snapshot(2026, "", 5, BOARDS[:1], (*stayed, joined), earlier=(EarlierCycle(2025, then),))
    assert merge_small_groups({"A": 5}, 5) == (("A",),)
    careless = Readers(taken, [["A"]])
    new = next(kind for kind in careless.kinds if not kind[3])
    assert careless.range(careless.asks(new, 1, "mature")) == (1, 1)
    assert moving(taken).groups == ()
    assert reports(taken)[0].movement.boards == ()


@settings(max_examples=20)
@given(snapshots())
def test_where_every_cluster_answers_every_year_movement_needs_no_more_than_the_rule_of_the_levels(taken):
    steady = [each for each in taken.returns if each.answers is not None]
    then = tuple(steady)
    still = replace(taken, returns=then, together=(), earlier=(EarlierCycle(2025, then),))
    sizes = {board.code: len(submitted(then, [board.code])) for board in taken.boards}
    groups = moving(still).groups
    assert {frozenset(group) for group in groups} == {
        frozenset(g) for g in merge_small_groups(sizes, taken.minimum_group)
    }
