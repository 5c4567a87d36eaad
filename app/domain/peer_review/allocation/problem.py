"""What an allocation is computed from: nominees, outcome sets, past reviews, fixed reviews."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from surveys.validation import Within

from app.domain.peer_review.allocation.weights import Weights

Pair = tuple[str, str]
"""A reviewer and whom it reviews."""
Year = Annotated[int, Within(1990, 2200)]


@dataclass(frozen=True)
class Nominee:
    """A cluster that takes part. `levels`: outcome -> 1, 2, 3, or None where it could not say or gave none."""

    code: str
    board: str
    wishes: tuple[str, ...] = ()
    levels: Mapping[str, Annotated[int, Within(1, 3)] | None] = field(default_factory=dict)


@dataclass(frozen=True)
class OutcomeSet:
    """Outcomes of which each review takes the same number, such as two of the thirteen PCMW outcomes.

    `extra` reviews take one more each: the repair when there are fewer places than outcomes.
    """

    slug: str
    outcomes: tuple[str, ...]
    each: Annotated[int, Within(1, 1_000)]
    extra: Annotated[int, Within(0, 1_000_000)] = 0

    def places(self, nominees: int) -> int:
        """Return how many outcomes that many reviews take together, repetitions included."""
        return nominees * self.each + self.extra


@dataclass(frozen=True)
class PastReview:
    """A review of an earlier round; its clusters need not exist any more, since history may count between boards."""

    year: Year
    reviewer: str
    reviewer_board: str
    reviewed: str
    reviewed_board: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class FixedReview:
    """Staff decided: this cluster is reviewed by that one (None: open), and on these outcomes among others."""

    reviewed: str
    reviewer: str | None = None
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True)
class AllocationProblem:
    """A round of peer review to be allocated. `memory`: how many years back a repeat is avoided."""

    year: Year
    nominees: tuple[Nominee, ...]
    sets: tuple[OutcomeSet, ...]
    history: tuple[PastReview, ...] = ()
    #: Pairs that must not meet, in either direction.
    conflicts: tuple[Pair, ...] = ()
    fixed: tuple[FixedReview, ...] = ()
    memory: Annotated[int, Within(0, 50)] = 3
    weights: Weights = Weights()  # noqa: RUF009 - frozen
    seed: Annotated[int, Within(0, 2**63 - 1)] = 0

    @property
    def outcomes(self) -> tuple[str, ...]:
        """All outcomes, set by set."""
        return tuple(outcome for each in self.sets for outcome in each.outcomes)

    @property
    def by_board(self) -> bool:
        """Whether each board nominates one cluster: then history counts between boards, otherwise between clusters."""
        return len({nominee.board for nominee in self.nominees}) == len(self.nominees)
