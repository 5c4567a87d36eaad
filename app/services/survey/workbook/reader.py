"""Read the wording of a survey from a workbook: the content of its definition, and the cell of each text."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from surveys.schema import LANGUAGES

from app.domain.survey.wording_workbook import CellLocation, WordingContent, WordingFault
from app.services.spreadsheet.reader import CellKind, Sheet, read_sheets
from app.services.spreadsheet.table_reader import Table, TableRow, read_table
from app.services.survey.workbook.layout import (
    LISTS,
    OUTCOME_COLUMNS,
    OUTCOME_PARTS,
    OUTCOME_SHEET,
    PLAIN,
    SURVEY_COLUMNS,
    SURVEY_PARTS,
    SURVEY_SHEET,
)

NO_TEXT = {
    CellKind.NUMBER: "number",
    CellKind.FORMATTED: "formatted",
    CellKind.BOOLEAN: "formatted",
    CellKind.ERROR: "error_value",
    CellKind.FORMULA: "formula",
}


def read_wording_workbook(file: bytes) -> WordingContent:
    """Return the content and the faults of a file; raise UnreadableWorkbook if it cannot be read."""
    reader = _WordingReader(WordingContent())
    found = read_sheets(file)
    whole = reader.table(found, SURVEY_SHEET, SURVEY_COLUMNS)
    outcomes = reader.table(found, OUTCOME_SHEET, OUTCOME_COLUMNS)
    if whole and outcomes:
        reader.read_whole(whole)
        reader.read_outcomes(outcomes)
    return reader.reading


class _WordingReader:
    """Reads one workbook and collects all faults."""

    def __init__(self, reading: WordingContent) -> None:
        self.reading = reading

    def table(self, found: Sequence[Sheet], title: str, codes: Sequence[str]) -> Table | None:
        """Return the one table whose headings have these codes; None and a fault if there is no complete one."""
        tables = [table for sheet in found if (table := read_table(sheet, codes, codes))]
        if len(tables) != 1:
            said = ", ".join(table.sheet.title for table in tables)
            self._fault(CellLocation(title), "two_sheets" if tables else "missing_sheet", said)
            return None
        for fault in tables[0].faults:
            self._fault(CellLocation(fault.sheet, fault.cell), fault.reason, fault.said)
        return None if tables[0].faults else tables[0]

    def read_whole(self, table: Table) -> None:
        """Read the sheet of the survey itself."""
        known = (*PLAIN, *SURVEY_PARTS)
        for part in known:  # the place of a fault if the row was deleted
            for path in (part, *(f"{part}.{language}" for language in LANGUAGES)):
                self.reading.places[path] = CellLocation(table.sheet.title, about=part)
        for row, part in self._coded(table, "", known):
            if part in PLAIN:
                self.reading.content[part] = self._words(row, LANGUAGES[0], part, part).strip()
                if self._words(row, LANGUAGES[1], f"{part} beside", part).strip():
                    self.reading.fault(f"{part} beside", "one_value")
            else:
                texts = {each: self._words(row, each, f"{part}.{each}", f"{part} {each}") for each in LANGUAGES}
                _put(self.reading.content, part, texts)

    def read_outcomes(self, table: Table) -> None:
        """Read the outcomes, in the order of their rows."""
        outcomes = self.reading.content["outcomes"] = []
        for number, (row, code) in enumerate(self._coded(table, "outcomes"), 1):
            path, outcome = f"outcomes[{number}]", {"code": code}
            for part in OUTCOME_PARTS:
                _put(outcome, part, self._part(row, part, path))
            outcomes.append(outcome)
        if not outcomes:
            self._fault(CellLocation(table.sheet.title), "no_outcomes")

    def _coded(self, table: Table, within: str, known: Sequence[str] = ()) -> Iterator[tuple[TableRow, str]]:
        """Yield (row, code) for rows with a valid code; add a fault for a code that is missing, repeated or unknown."""
        seen: set[str] = set()
        for row in table.rows():
            path = f"{within}[{len(seen) + 1}].code" if within else "code"
            code = self._words(row, "code", path, "").strip()
            self.reading.places[path] = CellLocation(table.sheet.title, row.name("code"), code)
            if not code:
                self.reading.fault(path, "no_code")
            elif code in seen:
                self.reading.fault(path, "code_twice", code)
            elif known and code not in known:
                self.reading.fault(path, "unknown_row", code)
            else:
                seen.add(code)
                yield row, code

    def _part(self, row: TableRow, part: str, outcome: str) -> Any:
        """Return a text in both languages or, for LISTS, the texts on the lines of the cells."""
        about = self.reading.places[f"{outcome}.code"].about
        said = {
            each: self._words(row, f"{part}.{each}", f"{outcome}.{part}.{each}", f"{about}, {part}.{each}")
            for each in LANGUAGES
        }
        if part not in LISTS:
            return said
        lines = {language: [line for line in text.splitlines() if line.strip()] for language, text in said.items()}
        return self._pairs(lines, f"{outcome}.{part}")

    def _pairs(self, lines: Mapping[str, Sequence[str]], path: str) -> list[dict[str, str]]:
        """Pair the lines of both languages; add a fault if one language has fewer."""
        pairs = [dict(zip(LANGUAGES, pair, strict=True)) for pair in zip_longest(*lines.values(), fillvalue="")]
        fewer, more = sorted(LANGUAGES, key=lambda language: len(lines[language]))
        if 0 < len(lines[fewer]) < len(lines[more]):
            self.reading.fault(f"{path}.{fewer}", "fewer_lines", f"{len(lines[fewer])}/{len(lines[more])}")
        for number, _pair in enumerate(pairs, 1):
            for language in LANGUAGES:
                self.reading.places[f"{path}[{number}].{language}"] = self.reading.places[f"{path}.{language}"]
        return pairs

    def _words(self, row: TableRow, column: str, path: str, about: str) -> str:
        """Return the text of a cell; "" and a fault if it holds anything else."""
        cell = row.cell(column)
        self.reading.places[path] = CellLocation(row.table.sheet.title, row.name(column), about)
        if cell is None:
            return ""
        if cell.sort in NO_TEXT:
            self.reading.fault(path, NO_TEXT[cell.sort], cell.text)
            return ""
        return unicodedata.normalize("NFC", cell.text)

    def _fault(self, at: CellLocation, reason: str, said: str = "") -> None:
        self.reading.faults.append(WordingFault(at, reason, said))


def _put(content: dict[str, Any], part: str, value: object) -> None:
    """Store a value by its path: "levels.mature" in the mapping "levels"."""
    kind, _dot, level = part.partition(".")
    if level:
        content.setdefault(kind, {})[level] = value
    else:
        content[kind] = value
