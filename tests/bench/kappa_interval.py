"""Compare how often three intervals of kappa contain the true value, for few reviews; takes some minutes.

Run it with `.venv/bin/python -m tests.bench.kappa_interval`.
"""

import random
from itertools import chain
from math import sqrt
from statistics import NormalDist, fmean

from app.domain.statistics.kappa import STUDENT_T, _all_but, _standard_error, interval, weighted_kappa

DRAWS = 1500
RESAMPLED = 200
TRUTHS = (0.1, 0.4, 0.7, 0.9)
"""Correlation of the two latent ratings; the resulting kappa is between 0.1 and 0.75."""


def drawn(reviews: int, together: float, alike: float) -> list[list[tuple[int, int]]]:
    """Return three (own, peer) levels for each review; `alike`: how much those of one review resemble each other."""
    return [[_judged(together, alike, shared) for _ in range(3)] for shared in (_two(together) for _ in range(reviews))]


def _two(together: float) -> tuple[float, float]:
    own = random.gauss(0, 1)
    return own, together * own + sqrt(1 - together**2) * random.gauss(0, 1)


def _judged(together: float, alike: float, shared: tuple[float, float]) -> tuple[int, int]:
    own, peer = (sqrt(alike) * s + sqrt(1 - alike) * e for s, e in zip(shared, _two(together), strict=True))
    return _level(own), _level(peer - 0.2)


def _level(value: float) -> int:
    return 1 + (value > -0.45) + (value > 0.9)


def large_sample(groups):
    """Return the large-sample interval of Fleiss, Cohen and Everitt, 1969."""
    pairs = list(chain.from_iterable(groups))
    own, peer = [one for one, _ in pairs], [other for _, other in pairs]
    weigh = {(i, j): 1 - (i - j) ** 2 / 4 for i in (1, 2, 3) for j in (1, 2, 3)}
    seen = fmean(weigh[pair] for pair in pairs)
    chance = fmean(weigh[i, j] for i in own for j in peer)
    of_own = {i: fmean(weigh[i, j] for j in peer) for i in (1, 2, 3)}
    of_peer = {j: fmean(weigh[i, j] for i in own) for j in (1, 2, 3)}
    spread = fmean((weigh[i, j] * (1 - chance) - (of_own[i] + of_peer[j]) * (1 - seen)) ** 2 for i, j in pairs)
    variance = (spread - (seen * chance - 2 * chance + seen) ** 2) / (len(pairs) * (1 - chance) ** 4)
    kappa, reach = (seen - chance) / (1 - chance), NormalDist().inv_cdf(0.975) * sqrt(max(variance, 0))
    return kappa - reach, kappa + reach


def bootstrap(groups):
    """Return the percentile interval of a bootstrap over reviews."""
    again = (weighted_kappa(chain.from_iterable(random.choices(groups, k=len(groups)))) for _ in range(RESAMPLED))
    kappas = sorted(kappa for kappa in again if kappa is not None)
    return (kappas[round(0.025 * len(kappas))], kappas[round(0.975 * len(kappas)) - 1]) if kappas else None


def jackknife(groups):
    """Return the interval by the jackknife over reviews, as the product's but without Fisher's transformation."""
    kappas = [weighted_kappa(_all_but(groups, place)) for place in range(len(groups))]
    if None in kappas:
        return None
    whole = weighted_kappa(chain.from_iterable(groups))
    reach = STUDENT_T[len(groups) - 2] * _standard_error([float(kappa) for kappa in kappas])
    return float(whole) - reach, float(whole) + reach


WAYS = {"large-sample": large_sample, "bootstrap": bootstrap, "jackknife": jackknife, "ours": interval}


def covered(reviews: int, together: float, alike: float) -> dict[str, float]:
    """Return how often each interval contains the true kappa, among draws in which the interval exists."""
    true = weighted_kappa(chain.from_iterable(drawn(1000, together, alike)))
    held: dict[str, list[bool]] = {name: [] for name in WAYS}
    for _ in range(DRAWS):
        groups = drawn(reviews, together, alike)
        if weighted_kappa(chain.from_iterable(groups)) is None:
            continue
        for name, way in WAYS.items():
            if found := way(groups):
                held[name].append(found[0] <= true <= found[1])
    return {name: fmean(each) for name, each in held.items()}


if __name__ == "__main__":
    random.seed(2026)
    for count in (7, 5):
        for hang in TRUTHS:
            for resemble in (0.0, 0.4):
                shares = covered(count, hang, resemble)
                print(count, hang, resemble, {name: round(share, 3) for name, share in shares.items()}, flush=True)
