"""Tag a PDF as one document. WeasyPrint 70 tags each page separately and has no public hook for more.

A table, list or section that continues over pages becomes one tag; what is repeated on each page (footers, the header
rows of a table) becomes an artifact; header cells get a scope; and a passage in another language gets its language.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from weasyprint import Document
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags
from weasyprint.pdf.stream import Stream

Tag = Any
"""A structure element: a dictionary of pydyf, which has no types."""

WHOLE = {"/Sect", "/Div", "/Part", "/Art", "/BlockQuote", "/P", "/L", "/LI", "/LBody"}
WHOLE |= {f"/H{level}" for level in range(1, 7)}
WHOLE |= {"/Table", "/Caption", "/THead", "/TBody", "/TFoot", "/TR", "/TH", "/TD"}
"""Tags whose parts on later pages are joined to the first part."""


@contextmanager
def tag_whole_document(document: Document) -> Iterator[None]:
    """Tag a PDF of this document that is written inside."""
    repeated = _repeated(document)
    tree = _Tree(tags._build_box_tree, repeated)  # noqa: SLF001
    with _instead(tags, "_build_box_tree", tree.built), _instead(Stream, "marked", _marked(repeated)):
        yield


@contextmanager
def _instead(owner: object, name: str, ours: Callable[..., Any]) -> Iterator[None]:
    theirs = getattr(owner, name)
    setattr(owner, name, ours)
    try:
        yield
    finally:
        setattr(owner, name, theirs)


def _repeated(document: Document) -> dict[Any, Tag]:
    """Return each box that is an artifact -> the property list that marks it in the PDF."""
    found: dict[Any, Tag] = {}
    shown = set()
    for page in document.pages:
        for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001
            if isinstance(box, boxes.MarginBox):
                place = "/Header" if box.at_keyword.startswith("@top") else "/Footer"
                found |= dict.fromkeys(box.descendants(), _artefact(Subtype=place))
            elif isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
                if box.element in shown:
                    found |= dict.fromkeys(box.descendants(), _artefact())
                shown.add(box.element)
    return found


def _artefact(**more: str) -> Tag:
    return tags.pydyf.Dictionary({"Type": "/Pagination"} | more)


def _marked(repeated: dict[Any, Tag]) -> Callable[..., AbstractContextManager[None]]:
    mark = Stream.marked

    @contextmanager
    def marked(stream: Stream, box: Any, tag: str) -> Iterator[None]:
        if box not in repeated:
            with mark(stream, box, tag):
                yield
            return
        stream.begin_marked_content("Artifact", repeated[box])
        yield
        stream.end_marked_content()

    return marked


class _Tree:
    """The tags of a document, built page by page."""

    def __init__(self, build: Callable[..., Iterator[Tag]], repeated: dict[Any, Tag]) -> None:
        self._build = build
        self._repeated = repeated
        self._begun: dict[tuple[Any, str, str], Tag] = {}
        self._around: list[Any] = [None]

    def built(self, box: Any, parent: Tag, pdf: Any, *given: Any) -> Iterator[Tag]:
        """Yield the tags of a box; replaces WeasyPrint's own function, which calls this again for each child."""
        if box in self._repeated:
            _forget_headings(box)
            return
        self._around.append(box.element)
        made = list(self._build(box, parent, pdf, *given))
        self._around.pop()
        if box.element is None or box.element_tag in {"html", "body"}:
            yield from made  # these have no tag of their own: yield those of their children
            return
        for tag in made:
            _say_language(tag, box.element)
            if tag["S"] == "/Table":
                _say_what_headers_head(box)
            yield from self._joined(tag, box, parent, pdf) if tag["S"] in WHOLE else [tag]

    def _joined(self, tag: Tag, box: Any, parent: Tag, pdf: Any) -> Iterator[Tag]:
        """Yield the tag; nothing if it was joined to its first part; its children if its parent is the same."""
        kind = tag["S"]
        if box.element is self._around[-1] and kind == parent["S"]:  # a column, or a box made for layout alone
            yield from _moved(tag, parent, pdf)
            return
        key = (box.element, box.element_tag, kind)
        begun = self._begun.get(key)
        if begun and begun["Pg"] != tag["Pg"]:
            begun["K"].extend(child.reference for child in _moved(tag, begun, pdf))
            return
        self._begun[key] = tag
        yield tag


def _moved(tag: Tag, to: Tag, pdf: Any) -> list[Tag]:
    """Move the children of a tag to another and return them; leaves what WeasyPrint still writes into."""
    children = [pdf.objects[int(reference.split()[0])] for reference in tag["K"]]
    for child in children:
        child["P"] = to.reference
    for key in tag.keys() - {"A"}:
        del tag[key]
    return children


def _say_language(tag: Tag, element: Any) -> None:
    language = element.get("lang")
    if language:
        tag.setdefault("Lang", tags.pydyf.String(language))


def _say_what_headers_head(table: Any) -> None:
    """Give header cells a scope instead of listing headers in each cell, which fails across pages."""
    for cell in table.descendants():
        if isinstance(cell, boxes.TableCellBox) and cell.mark:
            cell.mark.pop("ID", None)
            cell.mark["A"].pop("Headers", None)
            if cell.element_tag == "th":
                cell.mark["A"]["Scope"] = "/Row" if cell.element.get("scope") == "row" else "/Column"


def _forget_headings(box: Any) -> None:
    """Give repeated cells an empty mark: WeasyPrint writes into the mark of every header cell."""
    for cell in box.descendants():
        if isinstance(cell, boxes.TableCellBox):
            cell.mark = {"A": {}}
