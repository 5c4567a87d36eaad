"""`python -m tests.support.digests`: print the hashes of all formats of all kinds of report, to compare processes."""

import hashlib
from collections.abc import Iterator

from surveys.schema import LANGUAGES

from reports.export.csv_format import to_csv
from reports.export.json_format import to_json
from reports.export.xlsx_format import to_xlsx
from reports.page import manuscript, page
from reports.pdf.process import render_in_process

from app.services.reports.builders.cluster import build_cluster_report
from tests.support.report_clusters import OWN, material
from tests.support.report_cycles_by_board import board_report, cycles
from tests.support.report_reviews import national_report, review_report, reviews_of_a_cycle


def digests() -> list[str]:
    """Return the hash of each format in each language; of PDFs only that of the shortest report."""
    return [hashlib.sha256(made).hexdigest() for made in _faces()]


def _faces() -> Iterator[bytes]:
    snapshot = cycles(7, (0.9, 0.8))
    reports = (
        national_report(reviews_of_a_cycle()),
        board_report(snapshot, "7A1", inside=True),
        board_report(snapshot, "7A7", inside=False),
        build_cluster_report(material(7), OWN, compared=True),
        review_report(),
    )
    for language in LANGUAGES:
        for report in reports:
            yield from (face(report, language) for face in (to_csv, to_xlsx, to_json))
            yield repr(page(report, language)).encode()
            yield manuscript(report, language).written()
    yield render_in_process(manuscript(review_report(), "cy"))


if __name__ == "__main__":
    print(*digests())  # noqa: T201 - its purpose
