"""Forms about people: add somebody to a cluster, edit one's own details."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm

from surveys.schema import AnswerOption

from app.domain.people.roles import Role
from app.forms.fields import DropdownField, EmailAddressField, FieldChoice, RadiosField, SingleLineField
from app.forms.validators import RequiredAnswer, ValidEmailAddress, ValidPersonName
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.i18n import local

ROLE_NAMES: Mapping[Role, Any] = {
    Role.LEAD: _l("Cluster lead"),
    Role.DEPUTY: _l("Nominated deputy"),
    Role.MEMBER: _l("Member"),
}
ROLE_HINTS: Mapping[Role, Any] = {
    Role.LEAD: _l("Records and submits the answers, and decides who takes part."),
    Role.DEPUTY: _l("Can do all that the lead does, at any time."),
    Role.MEMBER: _l("Takes part in the discussion and reads the answers."),
}
LANGUAGE_NAMES = (FieldChoice("cy", "Cymraeg"), FieldChoice("en", "English"))
"""The languages, each named in that language."""


class AddPersonForm(FlaskForm):
    """Asks for a person to add to a cluster and their role; `roles` are those that the user may give."""

    name = SingleLineField(_l("Name"), validators=[RequiredAnswer(_l("Enter the name.")), ValidPersonName()])
    email = EmailAddressField(
        _l("Work email address"),
        hint=_l("They will sign in with this address, so it has to be right. We will write to them there."),
        validators=[RequiredAnswer(_l("Enter the email address.")), ValidEmailAddress()],
    )
    role = RadiosField(_l("Role"), offered=(), validators=[RequiredAnswer(_l("Choose a role."))])
    professional_group = DropdownField(_l("Professional group (optional)"), offered=())
    language = RadiosField(
        _l("In which language should we write to them?"),
        hint=_l("They can change it themselves."),
        offered=LANGUAGE_NAMES,
        validators=[RequiredAnswer(_l("Choose a language."))],
    )

    def __init__(self, roles: Iterable[Role], groups: Iterable[AnswerOption]) -> None:
        super().__init__()
        self["email"].autocomplete = "off"  # not the user's own address
        self["role"].offered = [FieldChoice(role, str(ROLE_NAMES[role]), str(ROLE_HINTS[role])) for role in roles]
        self["professional_group"].offered = _choices(groups)

    def say_who_takes_part_already(self, name: str, role: Role) -> None:
        """Add an error to the address: the person has that role already."""
        sentence = _(
            "%(name)s already takes part. Role: %(role)s. Nothing was changed.", name=name, role=ROLE_NAMES[role]
        )
        self["email"].errors = [sentence]


class ProfileForm(FlaskForm):
    """Asks a person for the name shown, their professional group and the language of their e-mails."""

    name = SingleLineField(
        _l("Your name"),
        hint=_l("As others in your cluster will see it."),
        validators=[RequiredAnswer(_l("Enter your name.")), ValidPersonName()],
    )
    professional_group = DropdownField(_l("Your professional group (optional)"), offered=())
    language = RadiosField(
        _l("In which language should we write to you?"),
        offered=LANGUAGE_NAMES,
        validators=[RequiredAnswer(_l("Choose a language."))],
    )

    def __init__(self, person: object, groups: Iterable[AnswerOption]) -> None:
        super().__init__(obj=person)
        self["name"].autocomplete = "name"
        self["professional_group"].offered = _choices(groups)


def _choices(groups: Iterable[AnswerOption]) -> list[FieldChoice]:
    return [FieldChoice(group.code, local(group.label), local(group.hint)) for group in groups]
