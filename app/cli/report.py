"""`flask report national`: reports as files."""

from pathlib import Path

import click
from flask import current_app

from surveys.schema import LANGUAGES

from reports.press import PressFailed

from app.cli.noun import Noun, as_json, told
from app.i18n import gettext as _
from app.services import cycles, results

report = Noun("report", help="The reports of a cycle.")


@report.command()
@click.option("--cycle", "year", required=True, type=int, help="The year of the cycle.")
@click.option("--lang", "language", required=True, type=click.Choice(LANGUAGES))
@click.option("--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
@as_json
def national(year: int, language: str, output: Path, as_json: bool) -> None:
    """Write the national summary of a cycle as PDF."""
    made = results.national(cycles.find(year), current_app.config["SETTINGS"].minimum_group)
    try:
        output.write_bytes(results.national_pdf(made, language))
    except (PressFailed, OSError) as fault:
        raise click.ClickException(_("The PDF could not be made: %(reason)s", reason=fault)) from fault
    told(as_json, _("%(file)s is written.", file=output), file=str(output), snapshot=made.snapshot_hash)
