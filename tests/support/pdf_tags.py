"""Read the structure tags of a PDF, which screen readers use."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject


def tags(reader: PdfReader) -> Iterator[dict[str, Any]]:
    """Yield every structure element of the document, each before its children."""
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            if "/K" in node:
                waiting.append(node["/K"])


def structure(reader: PdfReader) -> Counter[str]:
    """Return the number of structure elements of each kind."""
    return Counter(tag["/S"] for tag in tags(reader))
