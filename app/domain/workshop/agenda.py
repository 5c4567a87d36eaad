"""The agenda of a discussion: outcomes in ascending order of consensus."""

from collections.abc import Iterable, Mapping

from app.domain.statistics.consensus import consensus
from app.domain.statistics.distribution import Distribution


def most_disagreed_first(outcomes: Iterable[str], spreads: Mapping[str, Distribution], minimum: int) -> list[str]:
    """Order outcomes by how little their ratings agree; those with too few ratings come last, in their own order.

    The order of outcomes with too few ratings must reveal nothing of these.
    """
    listed = list(outcomes)
    compared = {
        code: agreed
        for code in listed
        if spreads[code].given + spreads[code].unable >= minimum and (agreed := consensus(spreads[code])) is not None
    }
    return sorted(listed, key=lambda code: (code not in compared, compared.get(code, 0), listed.index(code)))
