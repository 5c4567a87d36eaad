"""Bars drawn by the style sheet: one gradient each, a twelfth of the work of boxes, and no inline style.

The rule of a bar is named after the figures it draws, so that equal bars share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.statistics.distribution import Distribution
    from app.domain.statistics.movement import Movement

COLOURS = {"foundation": "#d4e6f7", "developing": "#3a78b5", "mature": "#00264d"}
"""Neighbours differ by at least 3:1 in contrast; a white line parts them as well."""

STEPS = {"down": "#f6e6d4", "same": "#9a5f20", "up": "#2e1800"}
"""Where clusters moved to: another hue than the levels, neighbours as far apart."""

REST = "#eef2f5"
ONE_BAR = COLOURS["developing"]

BETWEEN = {"foundation-developing": "#8db4da", "foundation-mature": "#8db4da", "developing-mature": "#1f5b97"}
"""Colours of a median that falls between two levels."""


def levels() -> str:
    """The rules for the key and the cells of the levels, the same on page and paper."""
    swatches = [f".swatch-{name}{{background:{colour}}}" for name, colour in COLOURS.items()]
    same = {f"{level}-{level}": colour for level, colour in COLOURS.items()}
    cells = [
        f".heat-{median}{{background:{colour};color:{_ink(colour)}}}" for median, colour in (same | BETWEEN).items()
    ]
    return "\n".join([*swatches, *cells, ""])


def steps() -> str:
    """The rules for the key and the cells of movement: down, same, up."""
    swatches = [f".swatch-{step}{{background:{colour}}}" for step, colour in STEPS.items()]
    cells = [f".step-{step}{{background:{colour};color:{_ink(colour)}}}" for step, colour in STEPS.items()]
    return "\n".join([*swatches, *cells, ""])


def level_bar(counted: Distribution) -> str:
    """The rule for the bar of a distribution, as shares of those that gave a level, named after its counts."""
    name = "-".join(str(count) for count in counted.counts.values())
    return f".levels-{name}{{background-image:{_stacked(counted.counts, COLOURS)}}}\n"


def step_bar(moved: Movement) -> str:
    """The rule for the bar of a movement, named after its counts."""
    counts = {"down": moved.down, "same": moved.same, "up": moved.up}
    name = "-".join(str(count) for count in counts.values())
    return f".steps-{name}{{background-image:{_stacked(counts, STEPS)}}}\n"


def share_bar(count: int, of: int) -> str:
    """The rule for the bar of a share, named after count and denominator."""
    end = _percent(count, of)
    gradient = f"{ONE_BAR} {end},{REST} {end}" if count else f"{REST},{REST}"
    return f".share-{count}-{of}{{background-image:linear-gradient(to right,{gradient})}}\n"


def _stacked(counts: Mapping[str, int], colours: Mapping[str, str]) -> str:
    stops, reached, of = [], 0, sum(counts.values())
    for name, count in counts.items():
        start, reached = reached, reached + count
        if reached > start:
            begin, end = _percent(start, of), _percent(reached, of)
            stops += [f"{colours[name]} {begin}", f"{colours[name]} calc({end} - 1px)"]
            stops += [f"#fff calc({end} - 1px)", f"#fff {end}"]
    return f"linear-gradient(to right,{','.join(stops)})" if stops else f"linear-gradient({REST},{REST})"


def _ink(colour: str) -> str:
    """Dark or white, whichever is read more easily on the colour."""
    return "#212b32" if int(colour[3:5], 16) > 0x80 else "#ffffff"


def _percent(count: int, of: int) -> str:
    return f"{100 * count / of if of else 0:.3f}%"
