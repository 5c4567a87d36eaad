"""`python -m reports REPORT.manuscript`: makes REPORT.pdf within limits; it appears whole or not at all.

A failure leaves its reason in REPORT.failed.
"""

import os
import resource
import sys
from pathlib import Path

from reports.press import Manuscript

MEMORY = 2 * 1024**3
SECONDS = 120


def main(given: Path) -> None:
    """Make the PDF beside its manuscript."""
    unfinished = given.with_suffix(".unfinished")
    try:
        os.nice(10)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        unfinished.write_bytes(_rendered(Manuscript.read(given.read_bytes())))
        unfinished.replace(given.with_suffix(".pdf"))
    except BaseException as fault:  # WeasyPrint's refusal to fetch is no Exception
        given.with_suffix(".failed").write_text(f"{type(fault).__name__}: {fault}", "utf-8")
        raise


def _rendered(manuscript: Manuscript) -> bytes:
    try:
        from reports import pdf  # noqa: PLC0415 - its libraries may be missing, and that needs saying well
    except OSError as fault:
        raise OSError(f"A library that PDFs need is missing ({fault}). Run: make install") from fault
    return pdf.render(manuscript)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
