"""The styles, row heights and print settings of the workbooks that we write."""

from math import ceil
from typing import Any

from xlsxwriter.worksheet import Worksheet

from reports.layout.colours import COLOURS

WRAPPED = {"text_wrap": True, "valign": "top"}
FRAMED = {"bg_color": COLOURS["sheet-answer"], "border": 1, "border_color": COLOURS["line-dark"]}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, **WRAPPED},
    "head": {"bold": True, "font_color": COLOURS["surface"], "bg_color": COLOURS["brand"], **WRAPPED},
    "code": {"font_color": COLOURS["text-secondary"], "font_size": 8, "valign": "top"},
    "item": {"bold": True, "font_size": 12, "bg_color": COLOURS["sheet-item"], **WRAPPED},
    "mark": {"bold": True, "bg_color": COLOURS["warning-surface"], "border": 1, **WRAPPED},
    "words": WRAPPED,
    # Number format "text", so that typed text such as 1/2 or = stays as typed.
    "answer": {**FRAMED, "num_format": "@", **WRAPPED},
    # The same for a text that would become a formula when somebody edits the cell.
    "quoted": {**FRAMED, "num_format": "@", "quote_prefix": True, **WRAPPED},
    "number": {**FRAMED, "align": "left", "valign": "top"},
}
LIKE_A_FORMULA = ("=", "+", "-", "@")
TALLEST = 400
"""The greatest height of a row in points; spreadsheet programs allow 409."""


def of_answer(text: str) -> str:
    """Return the name of the style for a cell with a text that people may change."""
    return "quoted" if text.startswith(LIKE_A_FORMULA) else "answer"


def height(style: str, *cells: tuple[str, int]) -> float:
    """Return the height in points of a row with these texts in columns of these widths (characters).

    Some programs do not fit the height themselves.
    """
    line = {"title": 22, "item": 17}.get(style, 15)
    lines = (sum(ceil(max(1, len(each)) / width) for each in text.split("\n")) for text, width in cells)
    return float(min(TALLEST, 2 + line * max(lines)))


def printed(sheet: Worksheet, *, landscape: bool) -> None:
    """Set up printing on A4, fitted to the width of the page."""
    sheet.set_paper(9)
    sheet.set_landscape() if landscape else sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
