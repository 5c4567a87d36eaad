"""The best allocation by trying every one; shares only the values with the solver."""

from collections import Counter
from functools import cache
from hashlib import sha256
from itertools import combinations, permutations, product
from math import ceil, floor


def best_by_brute_force(problem):
    """Return (score, allocation as {reviewed: (reviewer, outcomes)}), or None."""
    pairings, deals = allowed_pairings(problem), allowed_deals(problem)
    if not pairings or not deals:
        return None
    met, last, waiting = last_met(problem), last_looked_at(problem), outcomes_waiting(problem)
    if counts_rounds(problem):
        most = promised(problem, rounds_for_pairs(problem, ()))
        pairings = with_least(pairings, lambda pairing: rounds_for_pairs(problem, pairing) > most[0])
        deals = with_least(deals, lambda deal: rounds_for_outcomes(problem, deal, waiting) > most[1])
    pairings = with_least(pairings, lambda pairing: pair_repeats(problem, pairing, met))
    deals = with_least(deals, lambda deal: outcome_repeats(problem, deal, last))
    if counts_rounds(problem):
        pairings = with_least(pairings, lambda pairing: rounds_for_pairs(problem, pairing))
        deals = with_least(deals, lambda deal: rounds_for_outcomes(problem, deal, waiting))
    worth = {
        (reviewer, at, share): sum(benefit(problem, problem.nominees[reviewer], reviewed, outcome) for outcome in share)
        for at, reviewed in enumerate(problem.nominees)
        for share in {deal[at] for deal in deals}
        for reviewer in range(len(problem.nominees))
    }
    fair = {
        (pairing, deal): sorted(worth[pairing[at], at, share] for at, share in enumerate(deal))
        for pairing in pairings
        for deal in deals
    }
    fairest = max(fair.values())
    pairing, deal = max((one for one in fair if fair[one] == fairest), key=lambda one: lots(problem, *one))
    named = {code: (codes(problem)[pairing[at]], deal[at]) for at, code in enumerate(codes(problem))}
    return reached(problem, pairing, deal), named


def with_least(every, cost):
    costs = {one: cost(one) for one in every}
    least = min(costs.values())
    return [one for one in every if costs[one] == least]


def reached(problem, pairing, deal):
    """Return the score of an allocation, most important part first; in each number more is better."""
    of_outcomes = outcome_repeats(problem, deal, last_looked_at(problem))
    of_pairs = pair_repeats(problem, pairing, last_met(problem))
    worse = [sum(both) for both in zip(of_pairs, of_outcomes, strict=True)]
    lost = 0
    if counts_rounds(problem):
        left = rounds_for_pairs(problem, pairing), rounds_for_outcomes(problem, deal, outcomes_waiting(problem))
        most = promised(problem, rounds_for_pairs(problem, ()))
        lost = sum(one > limit for one, limit in zip(left, most, strict=True))
        worse += left
    fair = benefits(problem, pairing, deal)
    return (-lost, *(-number for number in worse), *fair, sum(fair))


WHOLE_LAP_OF_PAIRS = {3: 2, 4: 4, 5: 4, 6: 6, 7: 6}
NOT_PROMISED = 10_000


def promised(problem, rounds_for_pairs_before):
    """Return the most rounds left after this one, for pairs and for outcomes, with which each period stays on time."""
    past = [each for each in problem.history if each.year < problem.year]
    boards = [one.board for one in problem.nominees]
    done = rounds_done([(one.year, (one.reviewer_board, one.reviewed_board)) for one in past], permutations(boards, 2))
    in_time = done + rounds_for_pairs_before <= WHOLE_LAP_OF_PAIRS[len(boards)]
    of_pairs = rounds_for_pairs_before - 1 if in_time else NOT_PROMISED
    done = max(
        rounds_done([(o.year, x) for o in past if o.reviewed_board == board for x in o.outcomes], one.outcomes)
        for one in problem.sets
        for board in boards
    )
    nothing = ((),) * len(boards)
    before = rounds_for_outcomes(problem, nothing, outcomes_waiting(problem))
    whole = rounds_for_outcomes(problem, nothing, [[set(one.outcomes)] * len(boards) for one in problem.sets])
    return of_pairs, before - 1 if done + before <= whole else NOT_PROMISED


def rounds_done(had, every):
    """Return the number of years in the present rotation period in which something of `every` was covered."""
    every = set(every)
    by_year = {}
    for year, one in had:
        if one in every:
            by_year.setdefault(year, set()).add(one)
    years = sorted(by_year)
    laps = min(sum(one in by_year[year] for year in years) for one in every)
    ended = (
        begun
        for begun in range(len(years) + 1)
        if all(sum(one in by_year[year] for year in years[:begun]) >= laps for one in every)
    )
    return len(years) - next(ended)


def codes(problem):
    return [one.code for one in problem.nominees]


def allowed_pairings(problem):
    """Return the allowed pairings: tuples with the position of the reviewer of each nominee."""
    size = len(problem.nominees)
    found = [pairing for pairing in permutations(range(size)) if pairing_is_allowed(problem, pairing)]
    fewest = min((rings(pairing) for pairing in found), default=0)
    return [pairing for pairing in found if rings(pairing) == fewest]


def pairing_is_allowed(problem, pairing):
    names = codes(problem)
    for reviewed, reviewer in enumerate(pairing):
        if problem.nominees[reviewed].board == problem.nominees[reviewer].board:
            return False
        if len(pairing) > 2 and pairing[reviewer] == reviewed:
            return False
        pair = names[reviewer], names[reviewed]
        if pair in problem.conflicts or pair[::-1] in problem.conflicts:
            return False
        if any(one.reviewed == pair[1] and one.reviewer not in (None, pair[0]) for one in problem.fixed):
            return False
    return True


def rings(pairing):
    return len({frozenset(ring_from(pairing, at)) for at in range(len(pairing))})


def ring_from(pairing, at):
    ring = [at]
    while pairing[ring[-1]] != at:
        ring.append(pairing[ring[-1]])
    return ring


def allowed_deals(problem):
    """Return the allowed assignments: tuples with the outcomes of each nominee, in the order of the sets."""
    size = len(problem.nominees)
    by_set = [list(deals_of(one, size)) for one in problem.sets]
    places = sum(one.places(size) for one in problem.sets)
    found = []
    for parts in product(*by_set):
        deal = tuple(sum((part[at] for part in parts), ()) for at in range(size))
        even = all(floor(places / size) <= len(share) <= ceil(places / size) for share in deal)
        fixed = all(
            set(one.outcomes) <= set(share)
            for one in problem.fixed
            for code, share in zip(codes(problem), deal, strict=True)
            if one.reviewed == code
        )
        if even and fixed:
            found.append(deal)
    return found


def deals_of(one, size):
    places = one.places(size)
    if places < len(one.outcomes):
        return
    least, most = floor(places / len(one.outcomes)), ceil(places / len(one.outcomes))
    shares = [
        share
        for number in range(floor(places / size), ceil(places / size) + 1)
        for share in combinations(one.outcomes, number)
    ]
    begun = [((), Counter())]
    for _ in range(size):
        begun = [
            ((*deal, share), count + Counter(share))
            for deal, count in begun
            for share in shares
            if all(count[outcome] < most for outcome in share)
        ]
    for deal, count in begun:
        if count.total() == places and all(count[outcome] >= least for outcome in one.outcomes):
            yield deal


def benefits(problem, pairing, deal):
    return tuple(
        sorted(
            sum(benefit(problem, problem.nominees[pairing[at]], reviewed, outcome) for outcome in deal[at])
            for at, reviewed in enumerate(problem.nominees)
        )
    )


def benefit(problem, reviewer, reviewed, outcome):
    value = problem.weights.wish if outcome in reviewed.wishes else 0
    high, low = reviewer.levels.get(outcome), reviewed.levels.get(outcome)
    if high is not None and low is not None and high > low:
        value += problem.weights.step * (high - low)
    return value


def one_each(problem):
    return len({one.board for one in problem.nominees}) == len(problem.nominees)


def counts_rounds(problem):
    return one_each(problem) and 3 <= len(problem.nominees) <= 7


def ages_to_counts(problem, years):
    """Return the number of repeats within memory, then by age; `years`: of the last time, or None."""
    ages = [problem.year - year for year in years if year is not None]
    ages = [age for age in ages if age <= problem.memory]
    return (len(ages), *(ages.count(age) for age in range(1, problem.memory + 1)))


def pair_repeats(problem, pairing, met):
    return ages_to_counts(problem, (met[reviewer, reviewed] for reviewed, reviewer in enumerate(pairing)))


def last_met(problem):
    """Return the year in which each nominee, by position, last reviewed each other one."""
    met, by_board = {}, one_each(problem)
    for at, reviewer in enumerate(problem.nominees):
        for other, reviewed in enumerate(problem.nominees):
            years = [
                past.year
                for past in problem.history
                if past.year < problem.year
                and (
                    (past.reviewer_board, past.reviewed_board) == (reviewer.board, reviewed.board)
                    if by_board
                    else (past.reviewer, past.reviewed) == (reviewer.code, reviewed.code)
                )
            ]
            met[at, other] = max(years, default=None)
    return met


def outcome_repeats(problem, deal, last):
    return ages_to_counts(problem, (last[at, outcome] for at, share in enumerate(deal) for outcome in share))


def last_looked_at(problem):
    """Return the year in which each nominee, by position, was last reviewed on each outcome."""
    last, by_board = {}, one_each(problem)
    for at, reviewed in enumerate(problem.nominees):
        for outcome in problem.outcomes:
            years = [
                past.year
                for past in problem.history
                if past.year < problem.year
                and outcome in past.outcomes
                and (past.reviewed_board == reviewed.board if by_board else past.reviewed == reviewed.code)
            ]
            last[at, outcome] = max(years, default=None)
    return last


def rounds_for_pairs(problem, pairing):
    """Return the number of further single rings until all pairs of this rotation period have met."""
    return rings_through(pairs_left(problem, pairing), len(problem.nominees))


def pairs_left(problem, pairing):
    """Return the pairs of boards that have still to meet in this rotation period after a pairing."""
    boards = [one.board for one in problem.nominees]
    times = Counter((past.reviewer_board, past.reviewed_board) for past in problem.history if past.year < problem.year)
    every = list(permutations(range(len(boards)), 2))
    least = min(times[boards[one], boards[other]] for one, other in every)
    left = frozenset((one, other) for one, other in every if times[boards[one], boards[other]] == least)
    return left - {(reviewer, reviewed) for reviewed, reviewer in enumerate(pairing)}


@cache
def rings_through(left, size):
    every = [zip(ring, ring[1:] + ring[:1], strict=True) for ring in permutations(range(size)) if ring[0] == 0]
    every = [frozenset(ring) for ring in every]
    waiting, rounds = {left}, 0
    while frozenset() not in waiting:
        waiting = {one - ring for one in waiting for ring in every}
        rounds += 1
    return rounds


def outcomes_waiting(problem):
    """Return by set, for each nominee, the outcomes on which its board was reviewed least often."""
    times = Counter(
        (past.reviewed_board, outcome)
        for past in problem.history
        if past.year < problem.year
        for outcome in set(past.outcomes)
    )
    waiting = []
    for one in problem.sets:
        rows = []
        for nominee in problem.nominees:
            least = min(times[nominee.board, outcome] for outcome in one.outcomes)
            rows.append({outcome for outcome in one.outcomes if times[nominee.board, outcome] == least})
        waiting.append(rows)
    return waiting


def rounds_for_outcomes(problem, deal, waiting):
    """Return the rounds left for outcomes, by the counts of docs/decisions/0011-rotation.md."""
    size, needed = len(problem.nominees), 0
    for one, rows in zip(problem.sets, waiting, strict=True):
        places = one.places(size)
        left = [row - set(share) for row, share in zip(rows, deal, strict=True)]
        boards = [sum(outcome in row for row in left) for outcome in one.outcomes]
        rounds = 0
        while not (
            all(len(row) <= rounds * ceil(places / size) for row in left)
            and max(boards) <= rounds * ceil(places / len(one.outcomes))
            and sum(max(number, rounds * floor(places / len(one.outcomes))) for number in boards) <= rounds * places
        ):
            rounds += 1
        needed = max(needed, rounds)
    return needed


def lots(problem, pairing, deal):
    """Return the tie-break as documented: first the random number of the pairing, then outcomes by their numbers."""
    outcomes = problem.outcomes
    cells = sorted(
        ((at, number) for at in range(len(deal)) for number in range(len(outcomes))),
        key=lambda cell: lot(problem.seed, "outcome", *cell),
    )
    drawn = lot(problem.seed, "pairing", *pairing)
    return bytes(255 - byte for byte in drawn), tuple(outcomes[number] in deal[at] for at, number in cells)


def lot(seed, *what):
    return sha256(repr((seed, *what)).encode()).digest()
