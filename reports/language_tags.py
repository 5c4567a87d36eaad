"""Tells a screen reader in which language a passage is: WeasyPrint 70 tags the language of the whole document only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.pdf import tags


@contextmanager
def languages_tagged() -> Iterator[None]:
    """PDFs made inside carry the `lang` of each element in its tag; there is no public way to ask for that."""
    build = tags._build_box_tree  # noqa: SLF001
    tags._build_box_tree = _with_language(build)  # noqa: SLF001
    try:
        yield
    finally:
        tags._build_box_tree = build  # noqa: SLF001


def _with_language(build: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    def built(box: Any, *given: Any) -> Iterator[Any]:
        language = box.element.get("lang") if box.element is not None and box.element_tag != "html" else None
        for tag in build(box, *given):
            if language:
                tag.setdefault("Lang", tags.pydyf.String(language))
            yield tag

    return built
