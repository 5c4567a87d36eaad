"""`flask data upgrade|backup|restore|check`: the database itself."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

from app.cli.command_group import CommandGroupWithoutDatabase, as_json, told
from app.domain.errors import DataDamaged
from app.i18n import gettext as _
from app.i18n import moment
from app.messages.database import FAULTS, fault_lines, sound_line
from app.services.accounts.commands import purge_expired
from app.services.database.backup import write_backup
from app.services.database.integrity.check import check_integrity
from app.services.database.restore import restore_backup
from app.services.database.schema import upgrade_schema
from app.services.organisations.commands import load_organisations

data = CommandGroupWithoutDatabase("data", help="The database.")
Made = TypeVar("Made")


@data.command()
def upgrade() -> None:
    """Bring the database to the newest tables and places, and forget what is kept only for a while."""
    upgrade_schema()
    boards, clusters = load_organisations()
    purge_expired(datetime.now(UTC))
    click.echo(
        _("The database is ready: %(boards)s health boards, %(clusters)s clusters.", boards=boards, clusters=clusters)
    )


@data.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@as_json
def backup(file: Path, as_json: bool) -> None:
    """Keep everything of this moment in FILE, a new ZIP, while people go on working.

    The file appears when it is complete and was read back. It holds answers, names and addresses: only its owner
    can read it. Links to sign in are not in it.
    """
    made = _of(file, lambda: write_backup(file, datetime.now(UTC)))
    words = _("%(file)s is written: %(rows)s rows.", file=file, rows=made.rows)
    told(as_json, words, file=str(file), rows=made.rows, revision=made.revision, made_at=made.made_at)


@data.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--despite-faults", is_flag=True, help="Restore also what `data check` finds faults in.")
@as_json
def restore(file: Path, *, despite_faults: bool, as_json: bool) -> None:
    """Put everything that the backup FILE holds in a database with nothing in it, SQLite or PostgreSQL.

    All of it, or nothing. A backup of older tables is brought to the newest.
    """
    try:
        made = _of(file, lambda: restore_backup(file, despite_faults=despite_faults))
    except DataDamaged as found:
        refused = _(
            "What the backup holds is not sound. Nothing was changed: to restore it as it is, add --despite-faults."
        )
        raise click.ClickException("\n".join([refused, *fault_lines(found.faults)])) from found
    at = moment(datetime.fromisoformat(made.made_at))
    words = _("Everything is restored as it was on %(moment)s: %(rows)s rows.", moment=at, rows=made.rows)
    told(as_json, words, file=str(file), rows=made.rows, revision=made.revision, made_at=made.made_at)


@data.command()
@as_json
def check(as_json: bool) -> None:
    """Look whether what is kept is sound, changing nothing, while people go on working.

    Exit code 0: sound. 1: there are faults, each told in a sentence that says where and quotes nothing.
    """
    found = check_integrity()
    if as_json:
        faults = [{**each._asdict(), "sentence": FAULTS[each.code](each.where)} for each in found.faults]
        click.echo(json.dumps({"looked_at": found.looked_at, "faults": faults}, ensure_ascii=False))
    else:
        click.echo("\n".join(fault_lines(found.faults)) or sound_line(found.looked_at))
        if not found.looked_at:
            click.echo(_("Nothing more was looked at. Restore the last backup into a new database."))
    if found.faults:
        raise SystemExit(1)


def _of(file: Path, act: Callable[[], Made]) -> Made:
    try:
        return act()
    except OSError as fault:
        refused = _("“%(file)s” cannot be used: %(reason)s", file=file, reason=fault.strerror or fault)
        raise click.ClickException(refused) from fault
