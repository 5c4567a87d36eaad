"""The chart of who reviews whom: names around a circle, an arrow from each reviewer to the reviewed cluster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

WIDTH, HEIGHT = 760, 400
RADIUS = 130
ARC_GAP = 0.16
"""The gap in radians on both sides of a dot, so that arrows do not touch it."""


@dataclass(frozen=True)
class RingPosition:
    """One cluster on the ring: its dot, its name, and the arc to the one it reviews."""

    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    #: Where the label is held: "start" on the right side, "end" on the left, "middle" at top and bottom.
    anchor: str
    #: An SVG path from this dot to the next.
    arc: str


def places(names: Sequence[str]) -> tuple[RingPosition, ...]:
    """Return the positions of a ring in its order, clockwise from the top."""
    step = 2 * pi / len(names)
    return tuple(_place(name, position * step, step) for position, name in enumerate(names))


def _place(name: str, angle: float, step: float) -> RingPosition:
    x, y = _at(angle, RADIUS)
    label_x, label_y = _at(angle, RADIUS + 18)
    gap = min(ARC_GAP, step / 4)
    start, end = _at(angle + gap, RADIUS), _at(angle + step - gap, RADIUS)
    large = int(step - 2 * gap > pi)
    arc = f"M {start[0]} {start[1]} A {RADIUS} {RADIUS} 0 {large} 1 {end[0]} {end[1]}"
    return RingPosition(name, x, y, label_x, label_y, _anchor(angle), arc)


def _at(angle: float, radius: float) -> tuple[float, float]:
    return round(WIDTH / 2 + radius * sin(angle), 1), round(HEIGHT / 2 - radius * cos(angle), 1)


def _anchor(angle: float) -> str:
    side = sin(angle)
    if abs(side) < 0.2:
        return "middle"
    return "start" if side > 0 else "end"
