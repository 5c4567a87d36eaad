"""Weighted kappa: agreement of two raters on an ordinal scale beyond chance, with its confidence interval."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import chain
from math import atanh, fsum, sqrt, tanh

Judgements = tuple[int, int]
"""The positions on the scale that two raters gave to one thing."""

STUDENT_T = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)
"""The 97.5 per cent quantiles of Student's t for 1 to 30 degrees of freedom; the last is used beyond (conservative)."""


def weighted_kappa(pairs: Iterable[Judgements]) -> Fraction | None:
    """Return Cohen's kappa with quadratic weights, as an exact fraction: 1 for full agreement, 0 for chance agreement.

    None if either rater gave the same value throughout: kappa is then undefined, or 0 whatever the other gave.
    J. Cohen: Weighted kappa, Psychological Bulletin 70 (1968) 213-220.
    """
    listed = list(pairs)
    ones, others = [one for one, _other in listed], [other for _one, other in listed]
    if len(set(ones)) < 2 or len(set(others)) < 2:
        return None
    observed = sum((one - other) ** 2 for one, other in listed)
    by_chance = sum((one - other) ** 2 for one in ones for other in others)
    return 1 - Fraction(observed * len(listed), by_chance)


def interval(groups: Iterable[Sequence[Judgements]]) -> tuple[float, float] | None:
    """Return the 95 per cent confidence interval of the kappa over all groups, by a leave-one-group-out jackknife.

    Ratings within one group may be correlated. The jackknife uses Fisher's z-transform and Student's t, see
    docs/decisions/0012. None where one group alone carries the variation, or nothing varies.
    """
    present = [group for group in groups if group]
    whole = weighted_kappa(chain.from_iterable(present))
    without = [weighted_kappa(_all_but(present, place)) for place in range(len(present))]
    kappas = [kappa for kappa in (whole, *without) if kappa is not None and abs(kappa) < 1]
    if len(kappas) < len(without) + 1 or len(set(without)) < 2:
        return None
    middle, *left_out = (atanh(kappa) for kappa in kappas)
    reach = STUDENT_T[min(len(left_out) - 1, len(STUDENT_T)) - 1] * _standard_error(left_out)
    return tanh(middle - reach), tanh(middle + reach)


def _all_but(groups: Sequence[Sequence[Judgements]], place: int) -> Iterable[Judgements]:
    return chain.from_iterable(group for at, group in enumerate(groups) if at != place)


def _standard_error(left_out: Sequence[float]) -> float:
    mean = fsum(left_out) / len(left_out)
    return sqrt((len(left_out) - 1) / len(left_out) * fsum((each - mean) ** 2 for each in left_out))
