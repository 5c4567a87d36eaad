"""`flask data upgrade`: the database itself."""

from datetime import UTC, datetime

import click
from flask.cli import AppGroup, with_appcontext

from app.cli.noun import sentence
from app.domain.refusals import Refused
from app.i18n import gettext as _
from app.i18n import operators_language, speaking
from app.services import accounts, places, upkeep

data = AppGroup("data", help="The database.")


@data.command()
@with_appcontext
def upgrade() -> None:
    """Bring the database to the newest tables and places, and forget what is kept only for a while."""
    with speaking(operators_language()):
        try:
            upkeep.upgrade()
        except Refused as refused:
            raise click.ClickException(sentence(refused)) from refused
        boards, clusters = places.load()
        accounts.forget(datetime.now(UTC))
        ready = _(
            "The database is ready: %(boards)s health boards, %(clusters)s clusters.", boards=boards, clusters=clusters
        )
        click.echo(ready)
