"""An upper bound on the benefit of a set's outcomes, by an assignment problem of reviews and places."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from app.domain.peer_review.allocation.exact.outcome_sets import Integers
from app.domain.peer_review.allocation.load_limits import LoadRange


def best_total(weights: Integers, span: LoadRange) -> int:
    """Return an upper bound on the benefit of a set when each outcome is taken often enough.

    `weights`: reviews by outcomes. The bound may exceed the optimum, since a review might take an outcome twice here.
    """
    places = _places(weights, span)
    review, place = linear_sum_assignment(places, maximize=True)
    return int(places[review, place].sum())


def prices_of(weights: Integers, span: LoadRange) -> Integers:
    """Return dual prices for the outcomes of a set. Any prices are valid; these give the best bound.

    They are the least prices at which no review would prefer another place.
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
