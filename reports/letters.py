"""What the fonts of the reports can draw. No other font is asked: every machine makes the same PDF."""

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONT = Path(__file__).parent / "fonts" / "source-sans-3-regular.ttf"
NO_SUCH_SIGN = "□"
"""Stands in print for a sign that the fonts do not have, such as a smiling face; page and data have the sign itself."""

UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Zs")
"""Categories of Unicode that are not drawn, or only as space: marks of direction, joiners, ends of lines."""


def drawable(text: str) -> str:
    """The text with a sign for each that the fonts cannot draw; without marks that only change such a sign."""
    return text.translate(
        {ord(sign): _instead(sign) for sign in set(text) if not sign.isascii() and not _is_drawn(sign)}
    )


def _is_drawn(sign: str) -> bool:
    return ord(sign) in _glyphs() or unicodedata.category(sign) in UNSEEN


def _instead(sign: str) -> str:
    return "" if unicodedata.combining(sign) or unicodedata.category(sign) == "Mn" else NO_SUCH_SIGN


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(TTFont(FONT, lazy=True).getBestCmap())
