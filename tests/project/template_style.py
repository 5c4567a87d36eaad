"""The style of templates and style sheets, checked by `make check`: no line over 120, macros before the first block."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 120


def faults() -> Iterator[str]:
    """Yield each fault with its place."""
    for folder, kind in (
        *(("app/templates", "html"), ("reports/templates", "html")),
        *(("app/static/css", "css"), ("reports/styles", "css")),
    ):
        for file in sorted((ROOT / folder).rglob(f"*.{kind}")):
            in_block = False
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                where = f"{file.relative_to(ROOT)}:{number}"
                if len(line) > LONGEST:
                    yield f"{where}: {len(line)} characters, {LONGEST} at most"
                in_block = in_block or bool(re.match(r"\{%-? block ", line))
                if in_block and re.match(r"\{%-? macro ", line):
                    yield f"{where}: a macro stands before the blocks that use it"


if __name__ == "__main__":
    found = list(faults())
    print("\n".join(found) or "Templates and style sheets: no line is too long, and macros come first.")
    sys.exit(bool(found))
