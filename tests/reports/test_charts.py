"""The bars: neighbours can be told apart, widths are the shares."""

from itertools import pairwise

from surveys.loader import load_questionnaire

from reports.charts import COLOURS, bars

from app.domain.maturity import Distribution
from app.domain.national import OutcomeFigures

OUTCOME = load_questionnaire().outcomes[0]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_neighbouring_levels_differ_by_three_to_one():
    for one, other in pairwise(COLOURS.values()):
        light, dark = sorted((luminance(one), luminance(other)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3


def test_a_bar_ends_where_its_shares_end():
    rule = bars([OutcomeFigures(OUTCOME, Distribution(foundation=1, developing=2, mature=1, unable=9))])
    assert rule.startswith(".bar-PCMW-01{")
    assert [end in rule for end in ("25.000%", "75.000%", "100.000%")] == [True] * 3


def test_a_bar_of_nobody_is_plain():
    assert "calc" not in bars([OutcomeFigures(OUTCOME, Distribution(unable=3))])
