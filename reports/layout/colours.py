"""The colours of reports/styles/colours.css by their roles, for what takes no style sheet and for paper."""

import re
from pathlib import Path

_SHEET = Path(__file__).parents[1] / "styles/colours.css"

COLOURS: dict[str, str] = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", _SHEET.read_text("utf-8")))


def with_colours(rules: str) -> str:
    """Return style rules with the colours themselves in place of their names: looking them up would slow a PDF down."""
    return re.sub(r"var\(--([\w-]+)\)", lambda found: COLOURS.get(found[1], found[0]), rules)
