"""The most that the places of a set can give, review by review and place by place: an assignment problem."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from app.domain.peer_review.allocation.exact.outcome_sets import Integers
from app.domain.peer_review.allocation.load_limits import LoadRange


def best_total(weights: Integers, span: LoadRange) -> int:
    """The most that a set can give, each of its outcomes looked at often enough. `weights`: reviews by outcomes.

    No less than any deal gives, and perhaps more: a review might take an outcome twice here.
    """
    places = _places(weights, span)
    review, place = linear_sum_assignment(places, maximize=True)
    return int(places[review, place].sum())


def prices_of(weights: Integers, span: LoadRange) -> Integers:
    """What the outcomes of a set would cost where demand meets supply; any prices would do, these bound best.

    The least prices at which no review would rather have another place than its own: raised until none would.
    """
    places = _places(weights, span)
    review, place = linear_sum_assignment(places, maximize=True)
    own = places[review, place]
    prices = np.zeros(places.shape[1], np.int64)
    for _ in range(len(own)):
        raised = (places[review] - own[:, None] + prices[place][:, None]).max(axis=0)
        if (raised <= prices).all():
            break
        prices = np.maximum(prices, raised)
    by_copy = prices[: span.least * span.size].reshape(span.least, span.size)
    return np.asarray(by_copy.min(axis=0))


def _places(weights: Integers, span: LoadRange) -> Integers:
    """Rows: each review as often as it may take one. Columns: each outcome as often as needed, then what is spare."""
    part = np.repeat(weights[:, span.first : span.first + span.size], span.many, axis=0)
    spare = span.places - span.least * span.size
    return np.hstack([*[part] * span.least, *[part.max(axis=1, keepdims=True)] * spare])
