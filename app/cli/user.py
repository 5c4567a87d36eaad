"""`flask user ...`: make somebody known and give them a role, or take it away."""

import click
from flask import current_app

from surveys.schema import LANGUAGES

from app.cli.command_group import CommandGroup, as_json, told
from app.domain.people.roles import Role
from app.i18n import gettext as _
from app.services.people.commands import Invitation, invite_person, remove_role

user = CommandGroup("user", help="The people who can sign in.")


role_option = click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
place_option = click.option("--place", help="A cluster's code (member, lead, deputy) or a board's ODS code (officer).")


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="How the person is called on screen.")
@role_option
@place_option
@click.option("--language", default="en", type=click.Choice(LANGUAGES), help="The language of their letters.")
@click.option("--no-letter", is_flag=True, help="Do not write to them.")
@as_json
def invite(email: str, name: str, role: str, place: str | None, language: str, no_letter: bool, as_json: bool) -> None:  # noqa: PLR0913 - one for each option
    """Give the person with this e-mail address a role, and tell them."""
    address = None if no_letter else current_app.config["SETTINGS"].base_url
    person = invite_person(Invitation(email, name, Role(role), place, language), address=address)
    told(as_json, _("%(email)s can sign in.", email=person.email), email=person.email, role=role, place=place)


@user.command()
@click.argument("email")
@role_option
@place_option
@as_json
def remove(email: str, role: str, place: str | None, as_json: bool) -> None:
    """Take a role from the person with this e-mail address; what they saved stays. No letter is sent."""
    person = remove_role(email, Role(role), place)
    words = _("%(email)s no longer holds the role %(role)s.", email=person.email, role=role)
    told(as_json, words, email=person.email, role=role, place=place)
