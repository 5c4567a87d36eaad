"""`flask survey check`: are the definitions of the surveys in order?"""

import json
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import AppGroup

from surveys.changes import CHANGES, load_changes
from surveys.faults import Fault, FaultsFound
from surveys.loader import DEFINITIONS, load_survey, read_journey
from surveys.schema import Survey

from app.cli.noun import as_json
from app.i18n import operators_language

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


def _read_alone(file: Path) -> tuple[tuple[Survey, ...], list[Fault]]:
    try:
        return (load_survey(file),), []
    except FaultsFound as found:
        return (), list(found.faults)


def _faults_of_changes() -> list[Fault]:
    try:
        load_changes(CHANGES)
    except FaultsFound as found:
        return list(found.faults)
    return []


def _line(sound: Survey) -> str:
    return f"{sound.slug} {sound.edition} ({sound.status}): {len(sound.items)}, {sound.content_hash[:12]}"
