"""`python -m tests.reports.digests`: the hashes of the data files of two reports, to be compared between processes."""

import hashlib

from surveys.schema import LANGUAGES

from reports.data.comma_separated import csv_of
from reports.data.notation import json_of
from reports.data.workbook import workbook_of

from tests.reports.reviews import national_report, review_report, reviews_of_a_cycle


def digests() -> list[str]:
    """The hash of each file in each language."""
    reports = (national_report(reviews_of_a_cycle()), review_report())
    faces = (csv_of, workbook_of, json_of)
    made = (face(report, language) for face in faces for report in reports for language in LANGUAGES)
    return [hashlib.sha256(file).hexdigest() for file in made]


if __name__ == "__main__":
    print(*digests())  # noqa: T201 - what it is for
