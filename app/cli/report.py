"""`flask report national|review`: reports as files."""

from collections.abc import Callable
from pathlib import Path

import click
from flask import current_app

from surveys.schema import LANGUAGES

from reports.press import PressFailed

from app.cli.noun import Noun, as_json, told
from app.domain.refusals import NotReturned
from app.i18n import gettext as _
from app.services import cycles, reviews
from app.services.results import faces, material
from app.services.results import national as national_results
from app.services.results import reviews as review_results

report = Noun("report", help="The reports of a cycle.")


@report.command()
@click.option("--cycle", "year", required=True, type=int, help="The year of the cycle.")
@click.option("--lang", "language", required=True, type=click.Choice(LANGUAGES))
@click.option("--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
@as_json
def national(year: int, language: str, output: Path, as_json: bool) -> None:
    """Write the national summary of a cycle as PDF."""
    made = national_results.report(material.draft(cycles.find(year), current_app.config["SETTINGS"].minimum_group))
    _write(output, lambda: faces.pdf(made, language))
    told(as_json, _("%(file)s is written.", file=output), file=str(output), snapshot=made.imprint.snapshot_hash)


@report.command()
@click.option("--cycle", "year", required=True, type=int, help="The year of the cycle.")
@click.option("--cluster", required=True, help="The code of the cluster that was reviewed.")
@click.option("--lang", "language", required=True, type=click.Choice(LANGUAGES))
@click.option("--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
@as_json
def review(year: int, cluster: str, language: str, output: Path, as_json: bool) -> None:
    """Write the report of a returned peer review as PDF."""
    try:
        made = review_results.draft(reviews.find(year, cluster))
    except NotReturned as refused:
        raise click.ClickException(_("The review of “%(name)s” is not returned yet.", name=cluster)) from refused
    _write(output, lambda: faces.pdf(made, language))
    told(as_json, _("%(file)s is written.", file=output), file=str(output), snapshot=made.imprint.snapshot_hash)


def _write(output: Path, make: Callable[[], bytes]) -> None:
    try:
        output.write_bytes(make())
    except (PressFailed, OSError) as fault:
        raise click.ClickException(_("The PDF could not be made: %(reason)s", reason=fault)) from fault
