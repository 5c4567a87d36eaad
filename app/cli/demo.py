"""`flask demo load`: invented people and answers on the real clusters."""

from datetime import UTC, datetime

import click
from flask import current_app

from app.cli.command_group import CommandGroup
from app.i18n import gettext as _
from app.services.demo.commands import load_demonstration
from app.services.demo.queries import is_demonstration_loaded, is_loading_interrupted

demo = CommandGroup("demo", help="Demonstration data.")


@demo.command()
@click.option("--if-empty", is_flag=True, help="Do nothing, without complaint, when there is data already.")
def load(if_empty: bool) -> None:
    """Fill an empty database with the 60 clusters, a past cycle and an open one; all of it invented."""
    if current_app.config["SETTINGS"].is_production:
        raise click.ClickException(
            _(
                "Demonstration data is not loaded in production: letters would go to invented people. "
                "Set APP_MODE to demonstration."
            )
        )
    if is_loading_interrupted():
        raise click.ClickException(_("Loading was interrupted before. Remove the database and load again."))
    if is_demonstration_loaded():
        if not if_empty:
            raise click.ClickException(
                _("There is data already. Demonstration data is only loaded into an empty database.")
            )
        return
    load_demonstration(datetime.now(UTC).date())
    click.echo(_("The demonstration data is loaded."))
