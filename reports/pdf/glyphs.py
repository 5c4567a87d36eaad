"""The characters that the fonts of the reports have. No other font is used, so that every machine makes equal PDFs."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONT = Path(__file__).parents[1] / "fonts" / "source-sans-3-regular.ttf"
NO_SUCH_SIGN = "□"
"""Printed instead of a character that the fonts lack, such as an emoji; page and data keep the character."""

UNSEEN = ("Cf", "Zs")
"""Unicode categories that are invisible or only space: direction marks, joiners, wide and narrow spaces."""

SEEN = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3]"
)
"""Characters of these categories that are visible, such as the Arabic number sign; the fonts have none."""


def replace_missing_glyphs(text: str) -> str:
    """Return the text with a placeholder for each missing character, without marks that only modify one.

    Line and paragraph separators become line ends.
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
