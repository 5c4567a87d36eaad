"""Read a completed workbook: its valid answers, and every fault with its sheet and cell."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from surveys.schema import LANGUAGES, Item, Kind, Question, Questionnaire

from app.domain.errors import UnreadableWorkbook
from app.domain.reflection.answer_fields import Fields, fields_of
from app.domain.reflection.workbook_diff import WorkbookContent, WorkbookEntry
from app.domain.spreadsheet.workbook_fault import WorkbookFault
from app.services.reflection.queries import Overview
from app.services.reflection.workbook import layout
from app.services.reflection.workbook.cell_values import TYPED, UnreadableCell, code, quoted, version
from app.services.reflection.workbook.layout import COLUMNS, FORMAT, IDENTITY, NEEDED, sheet_title
from app.services.spreadsheet.reader import Sheet, read_sheets
from app.services.spreadsheet.table_reader import TableRow, read_table

OF_HEADINGS = frozenset({"missing_heading", "two_columns", "two_headings"})
"""Faults for which a sheet is not read, because its columns are not known."""

MOST_FAULTS = 300
"""The most faults reported at once: more than one for each answer, and few enough for a page."""


def read_reflection_workbook(file: bytes, shown: Overview) -> WorkbookContent:
    """Return the answers and faults of a file; raise UnreadableWorkbook if it is not this reflection's workbook."""
    found = read_sheets(file)
    identity = _identity(found)
    _require_own(identity, shown)
    return _ReflectionReader(shown.questionnaire).read(found, identity.get("language", ""))


def _identity(found: Iterable[Sheet]) -> Mapping[str, str]:
    """Return the identity that the workbook carries, wherever it is on the sheet."""
    identity: dict[str, str] = {}
    for sheet in found:
        for row in sheet.rows.values():
            words = [quoted(cell.text) for _column, cell in sorted(row.items())[:2]]
            if len(words) > 1 and words[0] in IDENTITY:
                identity.setdefault(words[0], words[1])
    return identity


def _require_own(identity: Mapping[str, str], shown: Overview) -> None:
    where = shown.reflection
    own = {"cycle": str(where.cycle_year), "cluster": where.cluster.code, "wording": shown.questionnaire.content_hash}
    if "format" not in identity:
        raise UnreadableWorkbook("not_ours")
    for name, value in {"format": FORMAT, **own}.items():
        if identity.get(name) != value:
            raise UnreadableWorkbook(f"other_{name}", identity.get(name, ""))


class _ReflectionReader:
    """Reads the sheets of one workbook and collects all faults."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.faults: list[WorkbookFault] = []
        self.lines: dict[str, dict[str, TableRow]] = defaultdict(dict)
        #: Codes of items with a fault, whose answers are not changed.
        self.refused: set[str] = set()

    def read(self, found: Iterable[Sheet], language: str) -> WorkbookContent:
        """Return the valid answers and the faults of all sheets."""
        for sheet in found:
            self._gather(sheet)
        self._note_missing()
        entries = {code: self._entry(self.questionnaire.items[code], lines) for code, lines in self.lines.items()}
        self._require_chosen(entries)
        taken = tuple(entry for code, entry in entries.items() if code not in self.refused)
        return WorkbookContent(taken, tuple(self.faults[:MOST_FAULTS]), language if language in LANGUAGES else "")

    def _fault(self, item: str, fault: WorkbookFault) -> None:
        self.faults.append(fault)
        self.refused.add(item)

    def _gather(self, sheet: Sheet) -> None:
        """Collect the rows with answers below the headings of a sheet, and faults in the headings."""
        table = read_table(sheet, COLUMNS, NEEDED)
        self.faults += table.faults if table else ()
        for row in table.rows() if table and not table.faults else ():
            if _name(row, "item") or _name(row, "field"):
                self._note(row)

    def _note(self, line: TableRow) -> None:
        code, name = _name(line, "item"), _name(line, "field")
        item = self.questionnaire.items.get(code)
        if item is None:
            self.faults.append(line.fault("unknown_item", "item", code))
        elif name not in fields_of(item):
            self._fault(code, line.fault("unknown_field", "field", name))
        elif name in self.lines[code]:
            self._fault(code, line.fault("twice_in_file", "field", name))
        else:
            self.lines[code][name] = line

    def _note_missing(self) -> None:
        """Add a fault for each sheet and row that is missing, unless the headings of the sheet are at fault already."""
        told = {fault.sheet for fault in self.faults if fault.reason in OF_HEADINGS}
        for number, survey in enumerate(self.questionnaire, 1):
            title = sheet_title(survey, number)
            if not any(item.code in self.lines for item in survey.items):
                self.faults += [] if told else [WorkbookFault("missing_sheet", title)]
                continue
            for item in survey.items:
                missing = [name for name in fields_of(item) if name not in self.lines[item.code]]
                if missing:
                    self._fault(
                        item.code, WorkbookFault("missing_rows", title, said=f"{item.code} ({', '.join(missing)})")
                    )

    def _entry(self, item: Item, lines: Mapping[str, TableRow]) -> WorkbookEntry:
        """Return the answer to one item with its valid fields; add a fault for each that is not."""
        fields: dict[str, str | int] = {}
        for name, line in lines.items():
            try:
                value = self._value(item, name, line)
            except UnreadableCell as refused:
                self._fault(item.code, line.fault(refused.reason, "answer", refused.said))
                continue
            if value not in (None, ""):
                fields[name] = value
        for fault in _contradictions(item, fields, lines):
            self._fault(item.code, fault)
        return WorkbookEntry(item.code, fields, self._over(item, lines))

    def _value(self, item: Item, name: str, line: TableRow) -> str | int | None:
        if line.is_merged("answer"):
            raise UnreadableCell("merged")
        offered = layout.offered(item, name, self.questionnaire)
        if offered:
            return code(line.cell("answer"), offered)
        return TYPED[item.kind](line.cell("answer"), item)

    def _over(self, item: Item, lines: Mapping[str, TableRow]) -> int:
        """Return the version that the answer was typed over; the oldest if its rows differ."""
        found = []
        for line in lines.values():
            try:
                found.append(version(line.cell("over")))
            except UnreadableCell as refused:
                self._fault(item.code, line.fault(refused.reason, "over", refused.said))
        return min(found, default=0)

    def _require_chosen(self, entries: Mapping[str, WorkbookEntry]) -> None:
        """Add a fault for each ranked option that is not chosen in the question that the ranking refers to."""
        for ranking, entry in entries.items():
            item = self.questionnaire.items[ranking]
            if isinstance(item, Question) and item.kind is Kind.RANKING and item.of not in self.refused:
                chosen = entries[item.of].fields if item.of in entries else {}
                for name, option in entry.fields.items():
                    if f"chosen:{option}" not in chosen:
                        self._fault(item.code, self.lines[item.code][name].fault("not_chosen", "answer", item.of))


def _name(row: TableRow, column: str) -> str:
    """Return the text of a cell that holds a code, shortened; "" if it is empty."""
    cell = row.cell(column)
    return quoted(cell.text) if cell else ""


def _contradictions(item: Item, fields: Fields, lines: Mapping[str, TableRow]) -> Iterator[WorkbookFault]:
    """Yield faults that a form would refuse too: "none of these" with another option, one option in two places."""
    if not isinstance(item, Question):
        return
    chosen = [option for option in item.options if f"chosen:{option.code}" in fields]
    for option in chosen:
        if option.exclusive and len(chosen) > 1:
            yield lines[f"chosen:{option.code}"].fault("not_alone", "answer")
    if item.kind is Kind.RANKING:
        for number, (name, value) in enumerate(fields.items()):
            if value in list(fields.values())[:number]:
                yield lines[name].fault("ranked_twice", "answer")
