"""How often each outcome may be reviewed, and how many outcomes a review takes, as evenly as possible."""

from dataclasses import dataclass
from functools import cached_property

from app.domain.peer_review.allocation.problem import AllocationProblem, OutcomeSet


@dataclass(frozen=True)
class LoadRange:
    """The outcomes of a set by position, and how often each, and how many of them a review, may be taken."""

    first: int
    size: int
    #: How many outcomes are looked at in all reviews together, one looked at twice counted twice.
    places: int
    #: How often an outcome is looked at.
    least: int
    most: int
    #: How many of them a review takes.
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
    """Return the limits of a set among all outcomes: loads as even as possible, over outcomes and over reviews."""
    places, size = each.places(nominees), len(each.outcomes)
    return LoadRange(
        first, size, places, places // size, -(-places // size), places // nominees, -(-places // nominees)
    )


def spans(problem: AllocationProblem) -> tuple[LoadRange, ...]:
    """The sets of a problem that have outcomes, in their order."""
    made: list[LoadRange] = []
    for each in problem.sets:
        if each.outcomes:
            made.append(span(each, made[-1].first + made[-1].size if made else 0, max(1, len(problem.nominees))))
    return tuple(made)
