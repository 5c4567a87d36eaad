"""Reads the tags of a PDF, by which a screen reader finds its way."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject


def tags(reader: PdfReader) -> Iterator[dict[str, Any]]:
    """Every structure element of the document, each before what it contains."""
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
    """How often each kind of structure element stands in the document."""
    return Counter(tag["/S"] for tag in tags(reader))
