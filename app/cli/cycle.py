"""`flask cycle open|reschedule|close`: the yearly cycle."""

from datetime import datetime

import click

from app.cli.command_group import CommandGroup, as_json, now, told
from app.i18n import day
from app.i18n import gettext as _
from app.services.cycle.commands import close_cycle, open_cycle, reschedule_cycle
from app.services.survey.queries import questionnaire_of

cycle = CommandGroup("cycle", help="The yearly cycle.")
DAY = click.DateTime(["%Y-%m-%d"])
yes = click.option("--yes", is_flag=True, help="It is meant, though it overlaps, lies in the past or in another year.")


@cycle.command("open")
@click.argument("year", type=click.IntRange(2020, 2100))
@click.option("--opens", required=True, type=DAY, help="The first day on which clusters can answer.")
@click.option("--closes", required=True, type=DAY, help="The last day on which clusters can answer.")
@yes
@as_json
def open_(year: int, opens: datetime, closes: datetime, yes: bool, as_json: bool) -> None:
    """Open the cycle of YEAR with the surveys as they stand; their wording is frozen for it."""
    opened = open_cycle(year, opens.date(), closes.date(), unconfirmed_at=None if yes else now())
    wording = questionnaire_of(opened).content_hash
    told(
        as_json,
        _("The %(year)s cycle is set up. Wording: %(wording)s", year=year, wording=wording[:12]),
        year=year,
        opens=str(opened.opens),
        closes=str(opened.closes),
        wording=wording,
    )


@cycle.command()
@click.argument("year", type=int)
@click.option("--closes", required=True, type=DAY, help="The new last day on which clusters can answer.")
@yes
@as_json
def reschedule(year: int, closes: datetime, yes: bool, as_json: bool) -> None:
    """Give the cycle of YEAR another last day; one that was closed before its day is open again until then."""
    changed = reschedule_cycle(year, closes.date(), unconfirmed_at=None if yes else now())
    said = _("The last day of the %(year)s cycle is now %(day)s.", year=year, day=day(changed.closes))
    told(as_json, said, year=year, opens=str(changed.opens), closes=str(changed.closes))


@cycle.command()
@click.argument("year", type=int)
@as_json
def close(year: int, as_json: bool) -> None:
    """Close the cycle of YEAR now, before its day."""
    closed = close_cycle(year, now())
    told(as_json, _("The %(year)s cycle is closed.", year=year), year=year, closed_at=str(closed.closed_at))
