"""Compare the levels that peers gave with those that clusters gave themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.statistics.kappa import Judgements, interval, weighted_kappa
from app.domain.survey.levels import Level


class Direction(StrEnum):
    """Whether the peers' level is below, equal to or above the cluster's own."""

    HIGHER = "higher"
    SAME = "same"
    LOWER = "lower"


@dataclass(frozen=True)
class LevelPair:
    """One outcome in one review: the cluster's own level and the peers'; None where they could not say."""

    #: The review it belongs to: ratings within one review are not independent.
    review: str
    outcome: str
    own: Level | None
    peer: Level | None

    @property
    def judgements(self) -> Judgements | None:
        """Both levels, None where one could not say."""
        return None if self.own is None or self.peer is None else (self.own, self.peer)

    @property
    def direction(self) -> Direction | None:
        """The direction of the difference; None if either could not say."""
        if self.own is None or self.peer is None:
            return None
        if self.own == self.peer:
            return Direction.SAME
        return Direction.HIGHER if self.peer > self.own else Direction.LOWER

    @property
    def steps(self) -> int | None:
        """The number of levels between the two; None if either could not say."""
        return None if self.own is None or self.peer is None else abs(self.peer - self.own)


@dataclass(frozen=True)
class AgreementCounts:
    """Counts of comparisons by distance between the two levels, and by direction."""

    same: int = 0
    one_apart: int = 0
    two_apart: int = 0
    higher: int = 0
    lower: int = 0
    #: At least one side could not say.
    not_comparable: int = 0

    @classmethod
    def of(cls, compared: Iterable[LevelPair]) -> "AgreementCounts":
        """Return the counts of these comparisons."""
        listed = list(compared)
        steps, directions = [each.steps for each in listed], [each.direction for each in listed]
        return cls(
            same=steps.count(0),
            one_apart=steps.count(1),
            two_apart=steps.count(2),
            higher=directions.count(Direction.HIGHER),
            lower=directions.count(Direction.LOWER),
            not_comparable=steps.count(None),
        )

    @property
    def comparable(self) -> int:
        """The number of comparisons with two levels: the denominator of every share."""
        return self.same + self.one_apart + self.two_apart

    @property
    def total(self) -> int:
        """The number of pairs of levels compared."""
        return self.comparable + self.not_comparable


@dataclass(frozen=True)
class KappaEstimate:
    """Quadratic-weighted kappa with its 95 per cent confidence interval; None where they cannot be worked out."""

    value: float | None
    interval: tuple[float, float] | None
    pairs: int
    reviews: int

    @property
    def why_none(self) -> str | None:
        """Why there is no value: "no-pairs", or "no-variation" (one of the two gave the same level every time)."""
        if self.value is not None:
            return None
        return "no-variation" if self.pairs else "no-pairs"


@dataclass(frozen=True)
class PeerAgreement:
    """Agreement between peers and clusters: counts, and kappa."""

    counts: AgreementCounts
    kappa: KappaEstimate


def agreement(compared: Iterable[LevelPair]) -> PeerAgreement:
    """Return the agreement over all comparisons of a cycle; their order does not matter."""
    listed = list(compared)
    return PeerAgreement(AgreementCounts.of(listed), _kappa(listed))


def _kappa(compared: list[LevelPair]) -> KappaEstimate:
    reviews: dict[str, list[Judgements]] = {}
    for each in compared:
        if each.judgements:
            reviews.setdefault(each.review, []).append(each.judgements)
    pairs = [pair for review in reviews.values() for pair in review]
    value = weighted_kappa(pairs)
    return KappaEstimate(None if value is None else float(value), interval(reviews.values()), len(pairs), len(reviews))
