"""What the fonts of the reports can draw. No other font is asked: every machine makes the same PDF."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONT = Path(__file__).parents[1] / "fonts" / "source-sans-3-regular.ttf"
NO_SUCH_SIGN = "□"
"""Stands in print for a sign that the fonts do not have, such as a smiling face; page and data have the sign itself."""

UNSEEN = ("Cf", "Zs")
"""Categories of Unicode that are not drawn, or only as space: marks of direction, joiners, wide and narrow spaces."""

SEEN = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3]"
)
"""What is of these categories and is drawn all the same, such as the Arabic number sign; the fonts have none of it."""


def replace_missing_glyphs(text: str) -> str:
    """The text with a sign for each that the fonts cannot draw; without marks that only change such a sign.

    What separates lines or paragraphs is a line end in print.
    """
    return text.translate(
        {ord(sign): _instead(sign) for sign in set(text) if not sign.isascii() and not _is_drawn(sign)}
    )


def _is_drawn(sign: str) -> bool:
    return ord(sign) in _glyphs() or (unicodedata.category(sign) in UNSEEN and not SEEN.match(sign))


def _instead(sign: str) -> str:
    if unicodedata.category(sign) in ("Zl", "Zp", "Cc"):
        return "\n"
    return "" if unicodedata.combining(sign) or unicodedata.category(sign) == "Mn" else NO_SUCH_SIGN


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(TTFont(FONT, lazy=True).getBestCmap())
