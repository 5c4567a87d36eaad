"""The bars: adjacent colours have contrast, and widths are proportional."""

import re
from itertools import pairwise
from pathlib import Path

import reports
from reports.layout.charts import level_bar, share_bar, step_bar
from reports.layout.colours import COLOURS

from app.domain.statistics.distribution import Distribution
from app.domain.statistics.movement import Movement


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_neighbouring_levels_and_steps_differ_by_three_to_one():
    levels = ("level-foundation", "level-developing", "level-mature")
    for roles in (levels, ("step-down", "step-same", "step-up")):
        assert all(contrast(COLOURS[one], COLOURS[other]) >= 3 for one, other in pairwise(roles))


def test_what_is_written_on_a_colour_can_be_read():
    sheet = (Path(reports.__file__).parent / "styles/colours.css").read_text("utf-8")
    inks = re.findall(r"background: var\(--([\w-]+)\); color: var\(--([\w-]+)\)", sheet)
    assert len(inks) == 3 + 6
    assert all(contrast(COLOURS[ground], COLOURS[ink]) >= 4.5 for ground, ink in inks)


def test_equal_bars_share_their_rule_and_end_where_their_shares_end():
    rule = level_bar(Distribution(foundation=1, developing=2, mature=1, unable=9))
    assert rule.startswith(".levels-1-2-1{")
    assert [end in rule for end in ("25.000%", "75.000%", "100.000%")] == [True] * 3
    moved = step_bar(Movement.of([("mature", "foundation"), ("mature", "mature")]))
    assert moved.startswith(".steps-1-1-0{")
    assert "--step-up" not in moved


def test_the_bar_of_a_share_ends_at_its_share():
    rule = share_bar(3, 8)
    assert rule.startswith(".share-3-8{")
    assert rule.count("37.500%") == 2


def test_a_bar_of_nobody_is_plain():
    assert "calc" not in level_bar(Distribution(unable=3))
    assert "%" not in share_bar(0, 0)
