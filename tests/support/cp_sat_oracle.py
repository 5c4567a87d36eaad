"""A model of the allocation in CP-SAT, written from the documented rules, to ask whether there is a better one."""

from collections import Counter
from itertools import permutations
from math import ceil, floor

from ortools.sat.python import cp_model

from tests.support import brute_force_allocation as plainly


def is_possible(problem):
    return Model(problem).solved() is not None


def faults(problem, found):
    """Return what is wrong with an allocation by the independent evaluator."""
    codes = plainly.codes(problem)
    by_code = {review.reviewed: review for review in found.reviews}
    pairing = tuple(codes.index(by_code[code].reviewer) for code in codes)
    deal = tuple(by_code[code].outcomes for code in codes)
    of_outcomes = plainly.outcome_repeats(problem, deal, plainly.last_looked_at(problem))
    of_pairs = plainly.pair_repeats(problem, pairing, plainly.last_met(problem))
    repeats = tuple(map(sum, zip(of_pairs, of_outcomes, strict=True)))
    left, score = plainly.pairs_left(problem, pairing), found.score
    rounds = plainly.rounds_for_outcomes(problem, deal, plainly.outcomes_waiting(problem))
    right = {
        "everybody": sorted(pairing) == list(range(len(codes))),
        "pairing": plainly.pairing_is_allowed(problem, pairing),
        "ring": plainly.rings(pairing) == 1,
        "places": all(places_are_right(one, deal) for one in problem.sets),
        "benefits": score.benefits == plainly.benefits(problem, pairing, deal),
        "repeats": score.repeats == repeats,
        "rounds for outcomes": score.rounds_left[1] == rounds,
        "rounds for pairs": can_meet(left, score.rounds_left[0]),
    }
    return [what for what, is_right in right.items() if not is_right]


def places_are_right(one, deal):
    times = Counter(outcome for share in deal for outcome in share)
    average = one.places(len(deal)) / len(one.outcomes)
    even = all(floor(average) <= times[outcome] <= ceil(average) for outcome in one.outcomes)
    return even and all(len(set(share) & set(one.outcomes)) == one.each for share in deal)


def can_meet(left, rounds, boards=7):
    """Return whether so many single rings can cover all these pairs."""
    if left and most_pairs(left) > rounds:
        return False  # in a ring each board reviews once and is reviewed once
    model = cp_model.CpModel()
    taken = [{arc: model.new_bool_var("") for arc in permutations(range(boards), 2)} for _ in range(rounds)]
    for ring in taken:
        model.add_circuit([(*arc, used) for arc, used in ring.items()])
    for arc in left:
        model.add_bool_or([ring[arc] for ring in taken])
    return solve(model) is not None


def better_than(problem, found):
    """Return the first part of the score that can be better with the earlier parts equal, or None."""
    score = found.score
    keeps, broken = promises(problem, score)
    if broken:
        return broken
    for part, reached in enumerate(score.repeats):
        if reached and repeats_less(problem, (*score.repeats[:part], reached - 1), keeps):
            return f"repeats, {part}"
    if keeps[0] is None and pairs_can_end_sooner(problem, score):
        return "rounds for pairs"
    return later_part(problem, score)


def later_part(problem, score):
    """Return the same for the later parts: the rounds left for outcomes, and the benefits."""
    if score.rounds_left[1] > plainly.rounds_for_outcomes(problem, ((),) * 7, plainly.outcomes_waiting(problem)) - 1:
        model = kept_to(problem, score.repeats)
        model.leave_no_more_rounds(score.rounds_left[1] - 1)
        if model.solved() is not None:
            return "rounds for outcomes"
    model = kept_to(problem, score.repeats)
    model.leave_no_more_rounds(score.rounds_left[1])
    model.demand_fairer(score.benefits)
    while (pairing := model.solved()) is not None:
        # Checked last, because it is slow: whether the rotation period of pairs could still end in time.
        if can_meet(plainly.pairs_left(problem, pairing), score.rounds_left[0]):
            return "benefits"
        model.forbid(pairing)
    return None


def promises(problem, score):
    """Return the limits that the allocation keeps (None: broken), and the name of one broken needlessly."""
    before = plainly.pairs_left(problem, ())
    needed = most_pairs(before)
    while not can_meet(before, needed):
        needed += 1
    most = plainly.promised(problem, needed)
    both = list(zip(most, score.rounds_left, strict=True))
    keeps = [limit if left <= limit < plainly.NOT_PROMISED else None for limit, left in both]
    lost = [left > limit for limit, left in both]
    pairings = plainly.allowed_pairings(problem) if lost[0] else ()
    if any(can_meet(plainly.pairs_left(problem, pairing), most[0]) for pairing in pairings):
        return keeps, "promise of pairs"
    model = Model(problem)
    model.leave_no_more_rounds(most[1])
    if lost[1] and model.solved() is not None:
        return keeps, "promise of outcomes"
    assert score.lost == sum(lost)
    return keeps, None


def repeats_less(problem, most, keeps):
    """Return whether there is an allocation with at most these repeats that keeps the same limits."""
    model = kept_to(problem, most)
    if keeps[1] is not None:
        model.leave_no_more_rounds(keeps[1])
    while (pairing := model.solved()) is not None:
        if keeps[0] is None or can_meet(plainly.pairs_left(problem, pairing), keeps[0]):
            return True
        model.forbid(pairing)
    return False


def kept_to(problem, most):
    model = Model(problem)
    model.repeat_no_more_than(most)
    return model


def most_pairs(left):
    return max(max(Counter(side).values()) for side in zip(*left, strict=True))


def pairs_can_end_sooner(problem, score):
    met = plainly.last_met(problem)
    pairings = plainly.allowed_pairings(problem)
    fewest = plainly.with_least(pairings, lambda pairing: plainly.pair_repeats(problem, pairing, met))
    return any(can_meet(plainly.pairs_left(problem, pairing), score.rounds_left[0] - 1) for pairing in fewest)


def solve(model):
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 0  # three times as fast for yes-or-no questions
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE), solver.status_name()
    return None if status == cp_model.INFEASIBLE else solver


class Model:
    """Seven nominees of seven boards, no extra places: the hard rules as constraints."""

    def __init__(self, problem):
        self.problem, self.model = problem, cp_model.CpModel()
        self.size, self.outcomes = len(problem.nominees), problem.outcomes
        self.pair = {arc: self.model.new_bool_var("") for arc in permutations(range(self.size), 2)}
        self.look = {
            (*arc, outcome): self.model.new_bool_var("") for arc in self.pair for outcome in range(len(self.outcomes))
        }
        self.model.add_circuit([(*arc, used) for arc, used in self.pair.items()])
        self._outcomes()
        self._forbidden()

    def _outcomes(self):
        first = 0
        for one in self.problem.sets:
            positions = range(first, first + len(one.outcomes))
            first += len(one.outcomes)
            for arc, used in self.pair.items():
                self.model.add(sum(self.look[(*arc, at)] for at in positions) == one.each * used)
            places = one.places(self.size) / len(one.outcomes)
            for at in positions:
                looks = sum(self.look[(*arc, at)] for arc in self.pair)
                self.model.add_linear_constraint(looks, floor(places), ceil(places))

    def _forbidden(self):
        codes = plainly.codes(self.problem)
        for (one, other), used in self.pair.items():
            pair = codes[one], codes[other]
            if pair in self.problem.conflicts or pair[::-1] in self.problem.conflicts:
                self.model.add(used == 0)
        for fixed in self.problem.fixed:
            reviewed = codes.index(fixed.reviewed)
            if fixed.reviewer:
                self.model.add(self.pair[codes.index(fixed.reviewer), reviewed] == 1)
            for outcome in fixed.outcomes:
                self.model.add(self.looked_at(reviewed, self.outcomes.index(outcome)) == 1)

    def looked_at(self, reviewed, outcome):
        return sum(self.look[one, reviewed, outcome] for one in range(self.size) if one != reviewed)

    def repeat_no_more_than(self, most):
        last, year = plainly.last_looked_at(self.problem), self.problem.year
        ages = {cell: year - seen for cell, seen in last.items() if seen is not None}
        repeats = [
            (ages[other, self.outcomes[outcome]], used)
            for (_, other, outcome), used in self.look.items()
            if ages.get((other, self.outcomes[outcome]), self.problem.memory + 1) <= self.problem.memory
        ]
        met = {pair: year - when for pair, when in plainly.last_met(self.problem).items() if when is not None}
        repeats += [
            (met[pair], used)
            for pair, used in self.pair.items()
            if met.get(pair, self.problem.memory + 1) <= self.problem.memory
        ]
        for part, limit in enumerate(most):
            self.model.add(sum(used for age, used in repeats if part in (0, age)) <= limit)

    def leave_no_more_rounds(self, rounds):
        """Require at most so many rounds left for outcomes, by the counts of docs/decisions/0011-rotation.md."""
        for one, rows in zip(self.problem.sets, plainly.outcomes_waiting(self.problem), strict=True):
            places, visits = one.places(self.size), []
            least, most = floor(places / len(one.outcomes)), ceil(places / len(one.outcomes))
            for reviewed, row in enumerate(rows):
                served = sum(self.looked_at(reviewed, self.outcomes.index(outcome)) for outcome in row)
                self.model.add(len(row) - served <= one.each * rounds)
            for outcome in one.outcomes:
                waiting = [at for at, row in enumerate(rows) if outcome in row]
                left = len(waiting) - sum(self.looked_at(at, self.outcomes.index(outcome)) for at in waiting)
                visits.append(self.model.new_int_var(least * rounds, most * rounds, ""))
                self.model.add(visits[-1] >= left)
            self.model.add(sum(visits) <= places * rounds)

    def demand_fairer(self, reached):
        """Require a fairer distribution: more reviews above some level, and no fewer above each lower one."""
        nominees, ways = self.problem.nominees, []
        benefit = [
            sum(
                plainly.benefit(self.problem, nominees[one], nominees[at], self.outcomes[outcome]) * used
                for (one, other, outcome), used in self.look.items()
                if other == at
            )
            for at in range(self.size)
        ]
        for level in sorted({step for number in reached for step in (number, number + 1)}):
            there = [self.model.new_bool_var("") for _ in benefit]
            for one, is_there in zip(benefit, there, strict=True):
                self.model.add(one >= level).only_enforce_if(is_there)
            already = sum(number >= level for number in reached)
            way = self.model.new_bool_var("")
            self.model.add(sum(there) >= already + 1).only_enforce_if(way)
            self.model.add(sum(there) >= already).only_enforce_if([one.negated() for one in (way, *ways)])
            ways.append(way)
        self.model.add_exactly_one(ways)

    def forbid(self, pairing):
        self.model.add_bool_or([self.pair[one, other].negated() for other, one in enumerate(pairing)])

    def solved(self):
        """Return the pairing of a solution, None if there is none."""
        solver = solve(self.model)
        if solver is None:
            return None
        reviewer = {other: one for (one, other), used in self.pair.items() if solver.value(used)}
        return tuple(reviewer[at] for at in range(self.size))
