"""The columns of every data file, in an order that never changes: see docs/data.md."""

from collections.abc import Iterator

from reports import kinds
from reports.data.code_labels import Labels
from reports.data.data_row import DataRow, Value
from reports.kinds import ReportWithData

COLUMNS = (
    *("report", "version", "snapshot", "cycle"),
    *("table", "table_label", "place", "place_label", "item", "item_label", "category", "category_label"),
    *("measure", "measure_label", "value", "value_label", "of", "state", "state_label", "language"),
)

Line = tuple[Value, ...]
"""One row with its labels, a value for each of COLUMNS."""


def lines(report: ReportWithData, language: str) -> Iterator[Line]:
    """Yield the rows of a report with labels in one language; LabelMissing when a code has none."""
    imprint = report.imprint
    head = (report.kind, imprint.version, imprint.snapshot_hash)
    labels = Labels(kinds.wording(report), language)
    return (head + _line(row, row.year or imprint.year, labels) for row in kinds.rows(report))


def _line(row: DataRow, year: int, labels: Labels) -> Line:
    return (
        year,
        *(row.table, labels.defined("table", row.table)),
        *(row.place, labels.place(row.place) if row.place else ""),
        *(row.item, labels.item(row.item, year) if row.item else ""),
        *(row.category, labels.category(row.category, row.item, year) if row.category else ""),
        *(row.measure, labels.defined("measure", row.measure)),
        *(row.value, labels.value(row, year), row.of),
        *(row.state.value, labels.defined("state", row.state)),
        row.language,
    )
