"""Find faults in the layout of a PDF; see `faults`.

The position of text is taken from the content of each page, its kind (heading, row, artefact) from the tags.
"""

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader

MM = 72 / 25.4
SIDE = 18 * MM
"""Left and right margin of every report, and the smallest margin at the foot, in points."""

HEADINGS = {f"/H{level}" for level in range(1, 7)} | {"/Caption", "/THead"}
"""Tags that must not be last on a page, because they announce what follows."""

TO_WRITE_ON = 20
"""Points below a question on paper within which a drawn line counts as space to write."""

ENOUGH = 3
"""The fewest lines of a page, the last page included."""


@dataclass(frozen=True)
class Run:
    """A piece of text: its page from 1, its baseline in points from the top, the tags around it."""

    page: int
    baseline: float
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Word:
    """A word as poppler finds it; coordinates in points from the top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


Piece = tuple[int, int, tuple[tuple[str, int], ...]]


def faults(pdf: bytes) -> list[str]:
    """Return a sentence with its page for each fault in the layout, the cover excepted."""
    reader = PdfReader(BytesIO(pdf))
    pieces = list(_pieces(reader))
    lines, found = runs(reader, pieces), words(pdf)
    return [
        *_announcing_nothing(lines, found),
        *_lonely(lines, len(reader.pages)),
        *_beyond_the_margins(reader, lines, found),
        *_over_one_another(found),
        *_split_rows(pieces),
    ]


def runs(reader: PdfReader, pieces: list[Piece]) -> list[Run]:
    """Return every piece of text that is not an artefact, and every drawn line as a run without tags."""
    kinds = {(page, mark): tuple(kind for kind, _number in path) for page, mark, path in pieces}
    found = []
    for number, page in enumerate(reader.pages, start=1):
        height, marks = float(page.mediabox.height), []
        for operator, given, cm, tm in _operations(page):
            if operator in (b"BDC", b"BMC"):
                marks.append(given[1].get("/MCID") if operator == b"BDC" else None)
            elif operator == b"EMC":
                marks.pop()
            elif operator == b"re":
                found.append(Run(number, round(height - (cm[3] * float(given[1]) + cm[5]), 1), ()))
            elif (number, marks[-1]) in kinds:
                baseline = height - (cm[1] * tm[4] + cm[3] * tm[5] + cm[5])
                found.append(Run(number, round(baseline, 1), kinds[number, marks[-1]]))
    return found


def _operations(page: PageObject) -> list[tuple[bytes, Any, list[float], list[float]]]:
    """Return the operators of a page for marked content, text and boxes, each with its two matrices."""
    told = []

    def look(operator: bytes, given: Any, cm: list[float], tm: list[float]) -> None:
        if operator in (b"BDC", b"BMC", b"EMC", b"TJ", b"Tj", b"re"):
            told.append((operator, given, cm, tm))

    page.extract_text(visitor_operand_before=look)
    return told


def words(pdf: bytes) -> list[Word]:
    """Return every word with its position."""
    told = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return [
        Word(number, *map(float, place), text)
        for number, page in enumerate(told.split("<page ")[1:], start=1)
        for *place, text in re.findall(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>', page)
    ]


def _pieces(reader: PdfReader) -> Iterator[Piece]:
    """Yield every piece of marked content: its page from 1, its number there, and its tags, outermost first."""
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, start=1)}
    waiting = [(reader.trailer["/Root"]["/StructTreeRoot"].raw_get("/K"), ())]
    while waiting:
        given, path = waiting.pop()
        tag = given.get_object()
        if isinstance(tag, list):
            waiting += [(kid, path) for kid in tag]
        elif "/S" in tag:
            inside = (*path, (tag["/S"], given.idnum))
            kids = tag.get("/K", [])
            for kid in kids if isinstance(kids, list) else [kids]:
                if isinstance(kid, int):
                    yield pages[tag.raw_get("/Pg").idnum], kid, inside
                else:
                    waiting.append((kid, inside))


def _announcing_nothing(lines: list[Run], found: list[Word]) -> Iterator[str]:
    for page, of_page in _by_page(lines).items():
        last = max((run for run in of_page if run.kinds), key=lambda run: run.baseline)
        to_write_on = any(not run.kinds and run.baseline > last.baseline + TO_WRITE_ON for run in of_page)
        if HEADINGS & set(last.kinds) and not to_write_on:
            text = " ".join(w.text for w in found if w.page == page and w.top < last.baseline <= w.bottom)
            yield f"page {page}: “{text}” announces something and stands last"


def _lonely(lines: list[Run], pages: int) -> Iterator[str]:
    of_pages = _by_page(lines)
    for page in range(2, pages + 1):
        count = len({round(run.baseline) for run in of_pages[page] if run.kinds})
        if count < ENOUGH:
            yield f"page {page}: {count} lines stand alone"


def _beyond_the_margins(reader: PdfReader, lines: list[Run], found: list[Word]) -> Iterator[str]:
    width, height = float(reader.pages[0].mediabox.width), float(reader.pages[0].mediabox.height)
    for word in found:
        if word.page > 1 and not SIDE - 0.5 <= word.left <= word.right <= width - SIDE + 0.5:
            yield f"page {word.page}: “{word.text}” runs over the margin"
    for page, of_page in _by_page(lines).items():
        if max(run.baseline for run in of_page) > height - SIDE:
            yield f"page {page}: something runs over the foot"


def _over_one_another(found: list[Word]) -> Iterator[str]:
    """Yield a fault for each pair of words that overlap, because a text did not fit its cell or column."""
    in_order = sorted(found, key=lambda word: (word.page, word.top))
    for place, one in enumerate(in_order):
        for other in in_order[place + 1 :]:
            if other.page > one.page or other.top > (one.top + one.bottom) / 2:
                break
            if other.left < one.right - 1 and one.left < other.right - 1:
                yield f"page {one.page}: “{one.text}” and “{other.text}” stand over one another"


def _split_rows(pieces: list[Piece]) -> Iterator[str]:
    pages = defaultdict(set)
    for page, _mark, path in pieces:
        for kind, number in path:
            if kind == "/TR":
                pages[number].add(page)
    for of_row in pages.values():
        if len(of_row) > 1:
            yield f"page {min(of_row)}: a row goes on overleaf"


def _by_page(lines: list[Run]) -> dict[int, list[Run]]:
    found = defaultdict(list)
    for run in lines:
        if run.page > 1:
            found[run.page].append(run)
    return found
