"""`flask data upgrade`: the database itself."""

import click
from flask.cli import AppGroup, with_appcontext

from app.i18n import gettext as _
from app.i18n import operators_language, speaking
from app.services import upkeep

data = AppGroup("data", help="The database.")


@data.command()
@with_appcontext
def upgrade() -> None:
    """Bring the database to the newest version of its tables; nothing in it is lost."""
    upkeep.upgrade()
    with speaking(operators_language()):
        click.echo(_("The database is ready."))
