"""How often each outcome may be reviewed, and how many outcomes a review takes, as evenly as possible."""

from dataclasses import dataclass
from functools import cached_property

from app.domain.peer_review.allocation.problem import AllocationProblem, OutcomeSet


@dataclass(frozen=True)
class LoadRange:
    """The positions of a set's outcomes, and how often each may be reviewed and how many one review takes."""

    first: int
    size: int
    #: The number of outcomes in all reviews together, repetitions included.
    places: int
    #: How often an outcome is reviewed, at least and at most.
    least: int
    most: int
    #: How many outcomes of the set a review takes, at least and at most.
    few: int
    many: int

    @cached_property
    def positions(self) -> range:
        """The positions of its outcomes among all outcomes."""
        return range(self.first, self.first + self.size)

    @cached_property
    def bits(self) -> int:
        """Its outcomes as bits of their positions."""
        return sum(1 << at for at in self.positions)


def span(each: OutcomeSet, first: int, nominees: int) -> LoadRange:
    """Return the limits of a set whose outcomes begin at position `first`, spread as evenly as possible."""
    places, size = each.places(nominees), len(each.outcomes)
    return LoadRange(
        first, size, places, places // size, -(-places // size), places // nominees, -(-places // nominees)
    )


def spans(problem: AllocationProblem) -> tuple[LoadRange, ...]:
    """Return the limits of every set of a problem that has outcomes, in order."""
    made: list[LoadRange] = []
    for each in problem.sets:
        if each.outcomes:
            made.append(span(each, made[-1].first + made[-1].size if made else 0, max(1, len(problem.nominees))))
    return tuple(made)
