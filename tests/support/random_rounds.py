"""Random rounds of peer review, with or without a history, for tests and the benchmark of the allocation."""

from random import Random

from app.domain.peer_review.allocation.problem import AllocationProblem, FixedReview, Nominee, OutcomeSet, PastReview

PCMW = OutcomeSet("pcmw", tuple(f"PCMW-{number:02}" for number in range(1, 14)), each=2)
ACD = OutcomeSet("acd", tuple(f"ACD-{number}" for number in range(1, 8)), each=1)
NATIONAL = (PCMW, ACD)


def random_problem(
    rng: Random,
    nominees: int,
    *,
    sets: tuple[OutcomeSet, ...] = NATIONAL,
    rounds: int = 0,
    conflicts: int = 0,
    fixed: int = 0,
    boards: int | None = None,
    memory: int = 3,
    year: int = 2030,
) -> AllocationProblem:
    """Return a random round of so many nominees, one a board unless `boards` is smaller, after earlier rounds."""
    taking_part = tuple(
        Nominee(
            f"cluster-{number}",
            f"board-{number % (boards or nominees)}",
            wishes=random_wishes(rng, sets),
            levels={outcome: rng.choice((1, 1, 2, 2, 3, 3, None)) for each in sets for outcome in each.outcomes},
        )
        for number in range(nominees)
    )
    history = [
        review
        for ago in range(1, rounds + 1)
        for review in random_round(rng, [(one.code, one.board) for one in taking_part], sets, year - ago)
    ]
    codes = [one.code for one in taking_part]
    return AllocationProblem(
        year,
        taking_part,
        sets,
        history=tuple(history),
        conflicts=tuple((first, second) for first, second in (rng.sample(codes, 2) for _ in range(conflicts))),
        fixed=tuple(random_decision(rng, codes, sets) for _ in range(fixed)),
        memory=memory,
        seed=rng.randrange(1000),
    )


def random_wishes(rng: Random, sets: tuple[OutcomeSet, ...]) -> tuple[str, ...]:
    """Return none to five outcomes."""
    outcomes = [outcome for each in sets for outcome in each.outcomes]
    return tuple(rng.sample(outcomes, rng.randint(0, min(5, len(outcomes)))))


def random_round(
    rng: Random, clusters: list[tuple[str, str]], sets: tuple[OutcomeSet, ...], year: int
) -> list[PastReview]:
    """Return the reviews of a round as made by hand: a ring, outcomes in turn, earlier rounds ignored."""
    ring = rng.sample(clusters, len(clusters))
    taken: dict[str, list[str]] = {code: [] for code, _ in ring}
    for each in sets:
        dealt = [outcome for _ in ring for outcome in rng.sample(each.outcomes, len(each.outcomes))]
        for at, (code, _) in enumerate(ring):
            taken[code] += dict.fromkeys(dealt[at * each.each : (at + 1) * each.each])
    return [
        PastReview(year, *reviewer, *reviewed, outcomes=tuple(taken[reviewed[0]]))
        for reviewer, reviewed in zip(ring, ring[1:] + ring[:1], strict=True)
    ]


def random_decision(rng: Random, codes: list[str], sets: tuple[OutcomeSet, ...]) -> FixedReview:
    """Return a fixed decision with a reviewer, an outcome, or both."""
    reviewed, reviewer = rng.sample(codes, 2)
    outcome = rng.choice([outcome for each in sets for outcome in each.outcomes])
    return rng.choice(
        (
            FixedReview(reviewed, reviewer),
            FixedReview(reviewed, None, (outcome,)),
            FixedReview(reviewed, reviewer, (outcome,)),
        )
    )


def small_problem(rng: Random) -> AllocationProblem:
    """Return a random problem with three to five nominees and few outcomes, so that every allocation can be tried."""
    nominees = rng.choice((3, 3, 3, 4, 4, 5))
    return random_problem(
        rng,
        nominees,
        sets=rng.choice(SMALL_SETS[nominees]),
        rounds=rng.choice((0, 1, 2, 3, 5)),
        conflicts=rng.choice((0, 0, 0, 1)),
        fixed=rng.choice((0, 0, 1)),
        memory=rng.choice((0, 1, 3)),
        boards=rng.choice((None, None, None, nominees - 1)),
    )


def _first(outcomes: int, each: int = 1, extra: int = 0) -> OutcomeSet:
    return OutcomeSet("first", tuple(f"first-{number}" for number in range(outcomes)), each, extra)


def _second(outcomes: int, each: int = 1, extra: int = 0) -> OutcomeSet:
    return OutcomeSet("second", tuple(f"second-{number}" for number in range(outcomes)), each, extra)


SMALL_SETS = {
    3: (
        (_first(4, 1, 1), _second(3)),
        (_first(5, 2),),
        (_first(6, 2), _second(3)),
        (_first(4, 2), _second(2)),
        (_first(4, 1, 1), _second(3, 1, 1)),
        (_first(6, 1, 2), _second(2)),
        (_first(5, 1, 2), _second(3, 1, 1)),
        (_first(4, 1, 3), _second(2)),
    ),
    4: (
        (_first(4), _second(2)),
        (_first(4),),
        (_first(3), _second(1)),
        (_first(5, 1, 1),),
        (_first(5), _second(2)),
        (_first(3), _second(2, 1, 1)),
    ),
    5: ((_first(5), _second(1)), (_first(4),), (_first(5),), (_first(6),)),
}
