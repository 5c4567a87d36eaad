"""Random rounds of peer review for tests and benchmarks, and an independent, naive evaluation of allocations."""

from collections import Counter

from app.domain.peer_review.allocation.problem import AllocationProblem, FixedReview, Nominee, OutcomeSet, PastReview

PCMW = tuple(f"PCMW-{number:02}" for number in range(1, 14))
ACD = tuple(f"ACD-{number}" for number in range(1, 8))
SETS = (OutcomeSet("pcmw", PCMW, 2), OutcomeSet("acd", ACD, 1))


def random_round(rng, size, boards=7, rounds=2, conflicts=3, sets=SETS, memory=3, fixed=0):
    """Return a random round with so many nominees."""
    outcomes = [outcome for each in sets for outcome in each.outcomes]
    nominees = tuple(
        Nominee(
            code=f"c{number}",
            board=f"b{number % boards}",
            wishes=tuple(rng.sample(outcomes, rng.randint(0, min(5, len(outcomes))))),
            levels={outcome: rng.choice((1, 1, 2, 2, 3, 3, None)) for outcome in outcomes},
        )
        for number in range(size)
    )
    return AllocationProblem(
        year=2026,
        nominees=nominees,
        sets=sets,
        history=tuple(past for year in range(2026 - rounds, 2026) for past in _past(rng, year, nominees, sets)),
        conflicts=tuple(tuple(each.code for each in rng.sample(nominees, 2)) for _ in range(conflicts)),
        fixed=tuple(_fixed(rng, nominees, sets) for _ in range(fixed)),
        memory=memory,
        seed=rng.randrange(1000),
    )


def _past(rng, year, nominees, sets):
    order = rng.sample(nominees, len(nominees))
    for reviewer, reviewed in zip(order, [*order[1:], order[0]], strict=True):
        outcomes = tuple(outcome for each in sets for outcome in rng.sample(each.outcomes, each.each))
        yield PastReview(year, reviewer.code, reviewer.board, reviewed.code, reviewed.board, outcomes)


def _fixed(rng, nominees, sets):
    reviewer, reviewed = rng.sample(nominees, 2)
    return FixedReview(
        reviewed.code,
        rng.choice((None, reviewer.code)),
        tuple(rng.sample(rng.choice(sets).outcomes, rng.choice((0, 1, 1)))),
    )


def broken_rules(problem, reviews):
    """Return the hard rules that reviews (reviewer, reviewed, outcomes) break, as text."""
    codes = sorted(nominee.code for nominee in problem.nominees)
    board = {nominee.code: nominee.board for nominee in problem.nominees}
    pairs = [(reviewer, reviewed) for reviewer, reviewed, _ in reviews]
    of = {reviewed: list(outcomes) for _, reviewed, outcomes in reviews}
    said = []
    said += ["each reviews one"] * (sorted(reviewer for reviewer, _ in pairs) != codes)
    said += ["each is reviewed by one"] * (sorted(reviewed for _, reviewed in pairs) != codes)
    said += [f"{i} reviews its own board" for i, j in pairs if board[i] == board[j]]
    said += [f"{i} and {j} review each other" for i, j in pairs if (j, i) in pairs and len(codes) > 2]
    said += [f"{i} and {j} conflict" for i, j in pairs if {(i, j), (j, i)} & set(problem.conflicts)]
    for fixed in problem.fixed:
        said += ["fixed pair"] * (fixed.reviewer is not None and (fixed.reviewer, fixed.reviewed) not in pairs)
        said += ["fixed outcome"] * (not set(fixed.outcomes) <= set(of.get(fixed.reviewed, ())))
    said += [f"{code} twice on the same" for code, taken in of.items() if len(set(taken)) < len(taken)]
    sizes = [len(taken) for taken in of.values()]
    said += ["reviews of unequal size"] * (max(sizes) - min(sizes) > 1)
    for each in problem.sets:
        said += _broken_in_set(each, len(codes), of)
    return said


def _broken_in_set(each, size, of):
    places = size * each.each + each.extra
    taken = [[outcome for outcome in outcomes if outcome in each.outcomes] for outcomes in of.values()]
    loads = Counter(outcome for outcomes in taken for outcome in outcomes)
    counts = [loads[outcome] for outcome in each.outcomes]
    low, high = max(1, places // len(each.outcomes)), -(-places // len(each.outcomes))
    said = []
    said += [f"{each.slug}: places"] * (sum(counts) != places)
    said += [f"{each.slug}: loads {counts}"] * (min(counts) < low or max(counts) > high)
    spread = {len(outcomes) for outcomes in taken}
    said += [f"{each.slug}: not spread"] * (not spread <= {places // size, -(-places // size)})
    return said


def naive_benefit(problem, reviewer, reviewed, outcomes):
    """Return the benefit of a review, by its definition."""
    high, low = (next(each for each in problem.nominees if each.code == code) for code in (reviewer, reviewed))
    total = 0
    for outcome in outcomes:
        total += problem.weights.wish if outcome in low.wishes else 0
        if high.levels.get(outcome) and low.levels.get(outcome):
            total += problem.weights.step * max(0, high.levels[outcome] - low.levels[outcome])
    return total


def naive_repeats(problem, reviews):
    """Return the number of repeats, then of each age, by the definition."""
    boards = {nominee.code: nominee.board for nominee in problem.nominees}
    by_board = len(set(boards.values())) == len(boards)
    ages = []
    for reviewer, reviewed, outcomes in reviews:
        for what in (None, *outcomes):
            years = [
                past.year
                for past in problem.history
                if past.year < problem.year
                and (past.reviewed_board == boards[reviewed] if by_board else past.reviewed == reviewed)
                and (
                    what in past.outcomes
                    if what
                    else (past.reviewer_board == boards[reviewer] if by_board else past.reviewer == reviewer)
                )
            ]
            if years and problem.year - max(years) <= problem.memory:
                ages.append(problem.year - max(years))
    return (len(ages), *(ages.count(age) for age in range(1, problem.memory + 1)))
