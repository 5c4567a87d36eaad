"""Which private ratings may be counted, and how they are shown so that nobody's can be recognised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.errors import TooFewRatings
from app.domain.statistics.distribution import Distribution


class CountableRating(Protocol):
    """One person's rating of an outcome, and when it was saved."""

    level: str
    note: str
    saved_at: datetime


@dataclass(frozen=True)
class RatingDistribution:
    """The number of ratings at each level, and the notes."""

    levels: Distribution
    notes: tuple[str, ...]


def countable_ratings(
    views: Sequence[CountableRating], minimum: int, small_group_announced_at: datetime | None
) -> list[CountableRating]:
    """Return the ratings that a reveal counts: all, if there are enough.

    Of fewer, those that were given since the members were told that few are shown too; TooFewRatings when
    there are none. Whoever gave a view before was promised the minimum.
    """
    if len(views) >= minimum:
        return list(views)
    knowing = [view for view in views if small_group_announced_at and view.saved_at >= small_group_announced_at]
    if not knowing:
        raise TooFewRatings(len(views), minimum)
    return knowing


def distribution_of_ratings(views: Sequence[CountableRating]) -> RatingDistribution:
    """Return the distribution of these ratings; notes in alphabetical order, which reveals neither time nor author."""
    return RatingDistribution(
        Distribution.of(view.level for view in views),
        tuple(sorted((view.note for view in views if view.note), key=str.casefold)),
    )
