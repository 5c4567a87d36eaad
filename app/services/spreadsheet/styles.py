"""How a workbook looks: its styles, the height of its rows, its pages on paper."""

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
    # As text: what people type, such as 1/2 or =, stays what they typed.
    "answer": {**FRAMED, "num_format": "@", **WRAPPED},
    # The same for a text that a program could take for a formula when somebody edits it.
    "quoted": {**FRAMED, "num_format": "@", "quote_prefix": True, **WRAPPED},
    "number": {**FRAMED, "align": "left", "valign": "top"},
}
LIKE_A_FORMULA = ("=", "+", "-", "@")
TALLEST = 400
"""Points; spreadsheet programs stop at 409."""


def of_answer(text: str) -> str:
    """The style of a cell with a text that people may change."""
    return "quoted" if text.startswith(LIKE_A_FORMULA) else "answer"


def height(style: str, *cells: tuple[str, int]) -> float:
    """The height in points of a row with these texts in columns of these widths; not all programs find it out."""
    line = {"title": 22, "item": 17}.get(style, 15)
    lines = (sum(ceil(max(1, len(each)) / width) for each in text.split("\n")) for text, width in cells)
    return float(min(TALLEST, 2 + line * max(lines)))


def printed(sheet: Worksheet, *, landscape: bool) -> None:
    """On A4, as wide as the page."""
    sheet.set_paper(9)
    sheet.set_landscape() if landscape else sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
