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
"""In bytes; the workbook of the fullest survey has about 50 KB."""


def import_wording(file: bytes, definitions: Path, output: Path | None = None, *, dry_run: bool = False) -> WordingDiff:
    """Compare a wording workbook with the survey in `definitions`, and return the differences.

    If there are any, and not `dry_run`, write the new definition to `output`, or over the old one. Raise
    InvalidWording with all faults of the wording, UnreadableWorkbook if the file cannot be read.
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
    """Return the present survey that the workbook is about; raise InvalidWording if there is none."""
    if not reading.is_whole:
        raise InvalidWording(reading.faults)
    slug = reading.content.get("slug", "")
    try:
        return find_survey(slug, definitions)
    except (RecordNotFound, InvalidValue) as refused:
        reading.fault("slug", "unknown_survey", slug)
        raise InvalidWording(reading.faults) from refused


def _sound(reading: WordingContent, before: Survey) -> Survey:
    """Return the survey in the workbook; raise InvalidWording with all its faults."""
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
    """Add a fault if an official wording still has the draft's source, which reports print."""
    for language in LANGUAGES:
        if after.source[language] == before.source[language]:
            reading.fault(f"source.{language}", "source_of_draft")


def _note_strange_codes(reading: WordingContent, before: Survey) -> None:
    """Add a fault for each code of an unknown shape: misspelt, or of another survey."""
    shapes = {_shape(outcome.code) for outcome in before.outcomes}
    for number, outcome in enumerate(reading.content["outcomes"], 1):
        if _shape(outcome["code"]) not in shapes:
            reading.fault(f"outcomes[{number}].code", "strange_code", before.outcomes[0].code)


def _shape(code: str) -> str:
    return re.sub("[0-9]", "0", code)


def _survey(reading: WordingContent, before: Survey) -> Survey | None:
    """Return the survey, read like a definition file; None if it has faults, which are added with their cells.

    Content other than wording is not in the workbook; it is taken from the present definition.
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
    """Return a fault of the loader with its cell; for a missing part, its detail may name the path below its own."""
    below = f"{found.path}.{found.detail}".lstrip(".")
    paths = (below, f"{below}.{LANGUAGES[0]}", found.path, f"{found.path}.{LANGUAGES[0]}")
    at = next((reading.places[path] for path in paths if path in reading.places), CellLocation(SURVEY_SHEET))
    return WordingFault(at, found.code, found.detail, replace(found, path=""))


def _write(survey: Survey, comment: str, target: Path) -> None:
    """Write a definition to `target`, replacing it only once the new file is read back as the same survey."""
    new = target.with_name(f".{target.name}.new")
    try:
        new.write_text(yaml_of(survey, comment), "utf-8", newline="\n")
        if load_survey(new) != survey:
            raise ValueError(f"{survey.slug} is not read back as it was written")
        new.chmod(0o644)  # the service may run as another user
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
