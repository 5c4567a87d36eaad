"""Bars drawn by the style sheet: one gradient each, a twelfth of the work of boxes, and no inline style.

The rule of a bar is named after the figures it draws, so that equal bars share it. Colours are named here and chosen in
reports/styles/colours.css.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.statistics.distribution import Distribution
    from app.domain.statistics.movement import Movement

LINE, REST, ONE_BAR = "var(--surface)", "var(--empty)", "var(--level-developing)"


def level_bar(counted: Distribution) -> str:
    """Return the rule for the bar of a distribution, as shares of those that gave a level, named after its counts."""
    name = "-".join(str(count) for count in counted.counts.values())
    return _rule(f"levels-{name}", _stacked("level", counted.counts))


def step_bar(moved: Movement) -> str:
    """Return the rule for the bar of a movement, named after its counts."""
    counts = {"down": moved.down, "same": moved.same, "up": moved.up}
    name = "-".join(str(count) for count in counts.values())
    return _rule(f"steps-{name}", _stacked("step", counts))


def share_bar(count: int, of: int) -> str:
    """Return the rule for the bar of a share, named after count and denominator."""
    end = _percent(count, of)
    gradient = f"{ONE_BAR} {end},{REST} {end}" if count else f"{REST},{REST}"
    return _rule(f"share-{count}-{of}", f"linear-gradient(to right,{gradient})")


def _rule(name: str, image: str) -> str:
    return f".{name}{{background-image:{image}}}\n"


def _stacked(family: str, counts: Mapping[str, int]) -> str:
    stops, reached, of = [], 0, sum(counts.values())
    for name, count in counts.items():
        start, reached = reached, reached + count
        if reached > start:
            begin, end = _percent(start, of), _percent(reached, of)
            colour = f"var(--{family}-{name})"
            stops += [f"{colour} {begin}", f"{colour} calc({end} - 1px)", f"{LINE} calc({end} - 1px)", f"{LINE} {end}"]
    return f"linear-gradient(to right,{','.join(stops)})" if stops else f"linear-gradient({REST},{REST})"


def _percent(count: int, of: int) -> str:
    return f"{100 * count / of if of else 0:.3f}%"
