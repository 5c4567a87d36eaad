"""What an allocation is computed from: nominees, outcome sets, past reviews, fixed reviews."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.peer_review.allocation.weights import Weights

Pair = tuple[str, str]
"""A reviewer and whom it reviews."""


@dataclass(frozen=True)
class Nominee:
    """A cluster that takes part. `levels`: outcome -> 1, 2, 3, or None where it could not say or gave none."""

    code: str
    board: str
    wishes: tuple[str, ...] = ()
    levels: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class OutcomeSet:
    """Outcomes of which each review takes the same number, such as two of the thirteen PCMW outcomes.

    `extra` reviews take one more each: the repair when there are fewer places than outcomes.
    """

    slug: str
    outcomes: tuple[str, ...]
    each: int
    extra: int = 0

    def places(self, nominees: int) -> int:
        """Return how many outcomes that many reviews take together, repetitions included."""
        return nominees * self.each + self.extra


@dataclass(frozen=True)
class PastReview:
    """A review of an earlier round; its clusters need not exist any more, since history may count between boards."""

    year: int
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

    year: int
    nominees: tuple[Nominee, ...]
    sets: tuple[OutcomeSet, ...]
    history: tuple[PastReview, ...] = ()
    #: Pairs that must not meet, in either direction.
    conflicts: tuple[Pair, ...] = ()
    fixed: tuple[FixedReview, ...] = ()
    memory: int = 3
    weights: Weights = Weights()  # noqa: RUF009 - frozen
    seed: int = 0

    @property
    def outcomes(self) -> tuple[str, ...]:
        """All outcomes, set by set."""
        return tuple(outcome for each in self.sets for outcome in each.outcomes)

    @property
    def by_board(self) -> bool:
        """Whether each board nominates one cluster: then history counts between boards, otherwise between clusters."""
        return len({nominee.board for nominee in self.nominees}) == len(self.nominees)
