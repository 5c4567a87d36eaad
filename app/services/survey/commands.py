"""Import a wording workbook as the next edition of a survey."""

import re
from dataclasses import replace
from pathlib import Path

from surveys.changes import declared_changes
from surveys.faults import DataFault as Found
from surveys.faults import InvalidData
from surveys.loader import load_survey, read_content
from surveys.schema import LANGUAGES, Survey
from surveys.yaml_writer import leading_comment, yaml_of

from app.domain.errors import InvalidValue, InvalidWording, RecordNotFound, UnreadableWorkbook
from app.domain.survey.wording_diff import WordingDiff, diff_wording, is_later_edition
from app.domain.survey.wording_workbook import CellLocation, WordingContent, WordingFault
from app.services.survey.queries import find_survey
from app.services.survey.workbook.layout import SURVEY_SHEET
from app.services.survey.workbook.reader import read_wording_workbook

LARGEST_FILE = 5 * 1024 * 1024
"""Bytes; the fullest survey takes some 50 KB."""


def import_wording(file: bytes, definitions: Path, output: Path | None = None, *, dry_run: bool = False) -> WordingDiff:
    """What a workbook changes of a survey; if anything, it takes the place of the definition, or goes to `output`.

    InvalidWording carries all that is wrong with the wording, UnreadableWorkbook why a file cannot be read.
    """
    if len(file) > LARGEST_FILE:
        raise UnreadableWorkbook("too_large")
    reading = read_wording_workbook(file)
    before = _present(reading, definitions)
    after = _sound(reading, before)
    found = diff_wording(before, after, declared_changes())
    if not (dry_run or found.is_empty):
        definition = definitions / f"{before.slug}.yaml"
        _write(after, leading_comment(definition.read_text("utf-8")), output or definition)
    return found


def _present(reading: WordingContent, definitions: Path) -> Survey:
    """The survey that the workbook is about, as it is worded now."""
    if not reading.is_whole:
        raise InvalidWording(reading.faults)
    slug = reading.content.get("slug", "")
    try:
        return find_survey(slug, definitions)
    except (RecordNotFound, InvalidValue) as refused:
        reading.fault("slug", "unknown_survey", slug)
        raise InvalidWording(reading.faults) from refused


def _sound(reading: WordingContent, before: Survey) -> Survey:
    """The survey that the workbook says; InvalidWording with everything that is wrong with it."""
    _note_strange_codes(reading, before)
    after = _survey(reading, before)
    edition = reading.content.get("edition")
    if edition and after != before and not is_later_edition(before.edition, edition):
        reading.fault("edition", "not_raised", before.edition)
    if after and before.is_draft and not after.is_draft:
        _note_source_of_draft(reading, before, after)
    if after is None or reading.faults:
        raise InvalidWording(reading.faults)
    return after


def _note_source_of_draft(reading: WordingContent, before: Survey, after: Survey) -> None:
    """Reports print where a wording comes from: they would go on to call it a draft."""
    for language in LANGUAGES:
        if after.source[language] == before.source[language]:
            reading.fault(f"source.{language}", "source_of_draft")


def _note_strange_codes(reading: WordingContent, before: Survey) -> None:
    """A code of another survey, or one that is misspelt, has another shape than those that there are."""
    shapes = {_shape(outcome.code) for outcome in before.outcomes}
    for number, outcome in enumerate(reading.content["outcomes"], 1):
        if _shape(outcome["code"]) not in shapes:
            reading.fault(f"outcomes[{number}].code", "strange_code", before.outcomes[0].code)


def _shape(code: str) -> str:
    return re.sub("[0-9]", "0", code)


def _survey(reading: WordingContent, before: Survey) -> Survey | None:
    """The survey, read like a definition that was written by hand; None and the faults at their cells.

    What is no wording is in no workbook, and stays as it is.
    """
    content = reading.content | {"status": reading.content.get("status", "").casefold()}
    content["outcomes_per_review"] = before.outcomes_per_review
    try:
        return read_content(content, "")
    except InvalidData as found:
        told = {fault.place for fault in reading.faults}
        placed = (_placed(reading, fault) for fault in found.faults)
        reading.faults += dict.fromkeys(fault for fault in placed if fault.place not in told)
        return None


def _placed(reading: WordingContent, found: Found) -> WordingFault:
    """A fault of the loader at the cell that it is about: its detail may name what is missing below its path."""
    below = f"{found.path}.{found.detail}".lstrip(".")
    paths = (below, f"{below}.{LANGUAGES[0]}", found.path, f"{found.path}.{LANGUAGES[0]}")
    at = next((reading.places[path] for path in paths if path in reading.places), CellLocation(SURVEY_SHEET))
    return WordingFault(at, found.code, found.detail, replace(found, path=""))


def _write(survey: Survey, comment: str, target: Path) -> None:
    """Write a definition whole or not at all, and only if it is read back as the same."""
    new = target.with_name(f".{target.name}.new")
    try:
        new.write_text(yaml_of(survey, comment), "utf-8", newline="\n")
        if load_survey(new) != survey:
            raise ValueError(f"{survey.slug} is not read back as it was written")
        new.chmod(0o644)  # it is part of the program, which may run as somebody else than who writes it
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
