"""Bars drawn by the style sheet: one gradient each, a twelfth of the work of boxes, and no inline style."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.maturity import Distribution
    from app.domain.movement import Movement
    from app.domain.national import OutcomeFigures, QuestionCounts

COLOURS = {"foundation": "#d4e6f7", "developing": "#3a78b5", "mature": "#00264d"}
"""Neighbours differ by at least 3:1 in contrast; a white line parts them as well."""

REST = "#eef2f5"
ONE_BAR = COLOURS["developing"]


BETWEEN = {"foundation-developing": "#8db4da", "foundation-mature": "#8db4da", "developing-mature": "#1f5b97"}
"""Colours of a median that falls between two levels."""


MOVES = {"up": "#00264d", "same": "#d4e6f7", "down": "#b3541e"}
"""Higher, same and lower; each differs from its neighbour by at least 3:1, and the table says the numbers."""


def levels() -> str:
    """The rules for the key and the cells of the levels, the same on page and paper."""
    swatches = [f".swatch-{name}{{background:{colour}}}" for name, colour in (COLOURS | MOVES).items()]
    same = {f"{level}-{level}": colour for level, colour in COLOURS.items()}
    cells = [
        f".heat-{median}{{background:{colour};color:{_ink(colour)}}}" for median, colour in (same | BETWEEN).items()
    ]
    return "\n".join([*swatches, *cells, ""])


def bars(figures: Iterable[OutcomeFigures]) -> str:
    """A rule for the bar of each outcome: the levels side by side, as shares of those that gave one."""
    return "".join(f".bar-{each.outcome.code}{{background-image:{_gradient(each.distribution)}}}\n" for each in figures)


def shares(counts: Iterable[QuestionCounts], of: int) -> str:
    """A rule for the bar of each option: the share of the clusters that submitted."""
    return "".join(
        f".bar-{question.question.code}-{option.code}{{background-image:{_share(option.chosen, of)}}}\n"
        for question in counts
        for option in question.options
    )


def moved(outcomes: Mapping[str, Movement]) -> str:
    """A rule for the bar of each outcome: higher, same, lower, as shares of those with a level both times."""
    return "".join(
        f".bar-moved-{code}{{background-image:{_stacked(zip(MOVES.values(), _steps(each), strict=True))}}}\n"
        for code, each in outcomes.items()
    )


def _steps(movement: Movement) -> tuple[int, int, int]:
    return movement.up, movement.same, movement.down


def _gradient(distribution: Distribution) -> str:
    return _stacked((COLOURS[level], count) for level, count in distribution.counts.items())


def _stacked(parts: Iterable[tuple[str, int]]) -> str:
    """Colours side by side, each as wide as its share, with a white line between them."""
    parts = [(colour, count) for colour, count in parts if count]
    total, stops, reached = sum(count for _colour, count in parts), [], 0
    for colour, count in parts:
        begin, end = _percent(reached, total), _percent(reached + count, total)
        stops += [f"{colour} {begin}", f"{colour} calc({end} - 1px)", f"#fff calc({end} - 1px)", f"#fff {end}"]
        reached += count
    return f"linear-gradient(to right,{','.join(stops)})" if stops else f"linear-gradient({REST},{REST})"


def _share(count: int, of: int) -> str:
    end = _percent(count, of)
    return f"linear-gradient(to right,{ONE_BAR} {end},{REST} {end})" if count else f"linear-gradient({REST},{REST})"


def _ink(colour: str) -> str:
    """Dark or white, whichever is read more easily on the colour."""
    return "#212b32" if int(colour[1:3], 16) > 0x80 else "#ffffff"


def _percent(count: int, of: int) -> str:
    return f"{100 * count / of if of else 0:.3f}%"
