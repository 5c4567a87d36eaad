"""`flask report ...`: reports as files, publishing, the pack of all reports of a cycle."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from flask import current_app

from surveys.schema import LANGUAGES, BilingualText

from reports.pdf.failures import in_words
from reports.pdf.process import PdfFailed

from app.cli.command_group import CommandGroup, as_json, now, told
from app.domain.errors import NotReturned
from app.domain.reports.report_key import DRAFT, ReportKey
from app.i18n import gettext as _
from app.i18n import language
from app.services.cycle.queries import find_cycle
from app.services.people.queries import find_staff
from app.services.reports.commands import PublicationStatement, publish_reports
from app.services.reports.formats import FORMATS
from app.services.reports.pack import build_pack, pack_source
from app.services.reports.publication_draft import load_publication_draft
from app.services.reports.published_files import report_file
from app.services.reports.requested_report import build_requested_report, find_requested_report
from config import Settings

report = CommandGroup("report", help="The reports of a cycle.")
Command = TypeVar("Command", bound=Callable[..., Any])

cycle_option = click.option("--cycle", "year", required=True, type=int, help="The year of the cycle.")
version_option = click.option(
    "--version", "version", default=DRAFT, show_default=True, help="The number of a published version, or the draft."
)


def _options(command: Command) -> Command:
    """What every command takes that writes one report."""
    output = click.option(
        "--output",
        required=True,
        type=click.Path(dir_okay=False, writable=True, path_type=Path),
        help="The file; its ending says what is written: .pdf, .csv, .xlsx or .json.",
    )
    language = click.option(
        "--lang", "language", required=True, type=click.Choice(LANGUAGES), help="The language of the report."
    )
    return cycle_option(language(version_option(output(as_json(command)))))


@report.command()
@_options
def national(**options: Any) -> None:
    """Write the national summary of a cycle."""
    _write(ReportKey("national"), **options)


@report.command()
@click.option("--board", required=True, help="The ODS code of the health board, such as 7A7.")
@click.option("--inside", is_flag=True, help="The edition for its officers, which names its clusters.")
@_options
def board(board: str, *, inside: bool, **options: Any) -> None:
    """Write the report of a health board."""
    _write(ReportKey("board-inside" if inside else "board", board.upper()), **options)


@report.command()
@click.option("--cluster", required=True, help="The code of the cluster.")
@_options
def cluster(cluster: str, **options: Any) -> None:
    """Write the report of a cluster."""
    _write(ReportKey("cluster", cluster), **options)


@report.command()
@click.option("--cluster", required=True, help="The code of the cluster that was reviewed.")
@_options
def review(cluster: str, **options: Any) -> None:
    """Write the report of a returned peer review."""
    _write(ReportKey("peer", cluster), **options)


@report.command()
@cycle_option
@click.option("--by", "email", required=True, help="The address of the member of staff who publishes.")
@click.option("--correction-en", help="What is corrected, in English; from the second version on.")
@click.option("--correction-cy", help="The same in Welsh.")
@as_json
def publish(year: int, email: str, correction_en: str | None, correction_cy: str | None, as_json: bool) -> None:
    """Publish all reports of a cycle as they stand, for good."""
    cycle, by, minimum = find_cycle(year), find_staff(email), _settings().minimum_group
    correction = BilingualText(correction_en or "", correction_cy or "") if correction_en or correction_cy else None
    said = PublicationStatement(load_publication_draft(cycle, minimum).hash, correction)
    made = publish_reports(cycle, by, now(), minimum, said)
    words = _("Version %(number)s of the reports for %(year)s is published.", number=made.number, year=year)
    told(as_json, words, version=made.number, snapshot=made.snapshot_hash)


@report.command()
@cycle_option
@version_option
@click.option("--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Where the ZIP goes.")
@click.option("--prepare", is_flag=True, help="Only make it ready for the page of staff.")
@as_json
def pack(year: int, version: str, output: Path | None, prepare: bool, as_json: bool) -> None:
    """Make all reports of a cycle in both languages as one ZIP; interrupted, it goes on where it stopped."""
    if not output and not prepare:
        raise click.UsageError(_("Say where the ZIP goes, with --output FILE."))
    edition = pack_source(find_cycle(year), version, _settings().minimum_group)
    with click.progressbar(length=1, label=_("PDFs"), file=sys.stderr) as bar:

        def show(made: int, total: int) -> None:
            bar.length = total
            bar.update(made - bar.pos)

        made = _made(lambda: build_pack(edition, _settings(), now(), show))
    if output:
        _made(lambda: output.write_bytes(made.read_bytes()))
    told(as_json, _("%(file)s is written.", file=output or made), file=str(output or made))


def _write(key: ReportKey, year: int, language: str, version: str, output: Path, as_json: bool) -> None:
    face = output.suffix.removeprefix(".").lower()
    if face not in FORMATS:
        raise click.BadParameter(_("The file must end in .pdf, .csv, .xlsx or .json."), param_hint="--output")
    asked = find_requested_report(year, version, key.kind, key.code)
    try:
        made = build_requested_report(asked, _settings().minimum_group)
    except NotReturned as refused:
        raise click.ClickException(_("The review of “%(name)s” has not been returned yet.", name=key.code)) from refused
    _made(lambda: output.write_bytes(report_file(asked, made, language, face, now())))
    told(as_json, _("%(file)s is written.", file=output), file=str(output), snapshot=made.imprint.snapshot_hash)


Made = TypeVar("Made")


def _made(make: Callable[[], Made]) -> Made:
    try:
        return make()
    except (PdfFailed, OSError) as fault:
        reason = in_words(str(fault), language())
        raise click.ClickException(_("The report could not be made: %(reason)s", reason=reason)) from fault


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
