"""`flask survey ...`: are the definitions in order; their wording as a workbook, and back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import AppGroup

from surveys.changes import CHANGES, load_changes
from surveys.faults import DataFault, InvalidData
from surveys.loader import DEFINITIONS, load_survey, read_journey
from surveys.schema import Survey

from app.cli.command_group import as_json, told
from app.cli.wording_output import fault_data, rewording_data, rewording_lines
from app.domain.errors import DomainError, InvalidWording, UnreadableWorkbook
from app.i18n import gettext as _
from app.i18n import operators_language, speaking
from app.messages.errors import sentence
from app.messages.survey import refusal
from app.services.survey.commands import LARGEST_FILE, import_wording
from app.services.survey.queries import find_survey
from app.services.survey.workbook.writer import write_wording_workbook

survey = AppGroup("survey", help="The surveys: what is asked.")


@survey.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
def check(file: Path | None, as_json: bool) -> None:
    """Read FILE, or all surveys and what is declared between their editions; print every fault with its remedy."""
    sound, faults = _read_alone(file) if file else read_journey(DEFINITIONS)
    if file is None:
        faults += _faults_of_changes()
    if as_json:
        click.echo(
            json.dumps({"sound": [s.slug for s in sound], "faults": [asdict(f) for f in faults]}, ensure_ascii=False)
        )
    else:
        click.echo(
            "\n".join([_line(each) for each in sound] + [fault.sentence(operators_language()) for fault in faults])
        )
    if faults:
        raise SystemExit(1)


@survey.command()
@click.argument("slug")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file, .xlsx.")
@as_json
def export(slug: str, output: Path, as_json: bool) -> None:
    """Write the wording of the survey SLUG (pcmw or acd) as a workbook to edit, for `survey import`."""
    with _spoken(as_json=as_json):
        output.write_bytes(write_wording_workbook(find_survey(slug, DEFINITIONS)))
        told(as_json, _("%(file)s is written.", file=output), file=str(output))


@survey.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the definition here instead.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@as_json
def import_(file: Path, output: Path | None, dry_run: bool, as_json: bool) -> None:
    """Make the next edition of a survey from FILE, a workbook of `survey export` that was edited.

    Exit code 0: made, or nothing changed. 1: the workbook is at fault; every fault is told, and nothing is written.
    """
    with _spoken(as_json=as_json):
        with file.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
        found = import_wording(content, DEFINITIONS, output, dry_run=dry_run)
        written = None if dry_run or found.is_empty else str(output or DEFINITIONS / f"{found.after.slug}.yaml")
        told(as_json, "\n".join(rewording_lines(found, written)), **rewording_data(found, written))


@contextmanager
def _spoken(*, as_json: bool) -> Iterator[None]:
    """In the operator's language; what is refused becomes sentences, or JSON, and exit code 1."""
    with speaking(operators_language()):
        try:
            yield
        except InvalidWording as refused:
            faults = [fault_data(fault) for fault in refused.faults]
            told(as_json, "\n".join(fault["sentence"] for fault in faults), faults=faults)
            raise SystemExit(1) from refused
        except UnreadableWorkbook as refused:
            raise click.ClickException(refusal(refused)) from refused
        except InvalidData as found:
            lines = (fault.sentence(operators_language()) for fault in found.faults)
            raise click.ClickException("\n".join(lines)) from found
        except DomainError as refused:
            raise click.ClickException(sentence(refused)) from refused
        except OSError as fault:
            raise click.ClickException(_("The file could not be read or written: %(reason)s", reason=fault)) from fault


def _read_alone(file: Path) -> tuple[tuple[Survey, ...], list[DataFault]]:
    try:
        return (load_survey(file),), []
    except InvalidData as found:
        return (), list(found.faults)


def _faults_of_changes() -> list[DataFault]:
    try:
        load_changes(CHANGES)
    except InvalidData as found:
        return list(found.faults)
    return []


def _line(sound: Survey) -> str:
    return f"{sound.slug} {sound.edition} ({sound.status}): {len(sound.items)}, {sound.content_hash[:12]}"
