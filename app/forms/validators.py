"""Validators; each refuses with a sentence that says what to do. The typed text stays in its field."""

from typing import Any

from wtforms import Field, Form
from wtforms.validators import StopValidation

from app.domain.accounts.email_address import checked_email_address
from app.domain.errors import InvalidValue
from app.domain.people.person_name import LONGEST_PERSON_NAME, checked_person_name
from app.domain.reflection.rules import LONGEST_TEXT
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l


class MaximumLength:
    """Refuses a text longer than LONGEST_TEXT characters."""

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        length = len(field.data or "")
        if length > LONGEST_TEXT:
            raise StopValidation(
                _(
                    "This text has %(length)s characters. Shorten it to %(limit)s or fewer.",
                    length=f"{length:,}",
                    limit=f"{LONGEST_TEXT:,}",
                )
            )


class MaximumFileSize:
    """Refuses a file of more than `most` bytes."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        if len(field.content) > self.most:
            raise StopValidation(
                _(
                    "This file is larger than %(limit)s MB. Choose the workbook that you downloaded here; "
                    "if somebody put pictures into it, take them out.",
                    limit=self.most // 1024**2,
                )
            )


class RequiredAnswer:
    """Refuses an empty field with the given sentence."""

    field_flags: dict[str, bool] = {}  # noqa: RUF012 - read by WTForms; empty: no `required` attribute in HTML

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        if field.data in (None, "", []):
            raise StopValidation(str(self.sentence))


class ValidEmailAddress:
    """Refuses a text that is not an e-mail address."""

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        try:
            checked_email_address(field.data)
        except InvalidValue:
            raise StopValidation(_("Enter an email address in the correct format, such as name@example.com.")) from None


class ValidPersonName:
    """Refuses a name of a person that is empty, too long or otherwise not valid."""

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        try:
            checked_person_name(field.data)
        except InvalidValue:
            raise StopValidation(_("Enter a name of 1 to %(limit)s characters.", limit=LONGEST_PERSON_NAME)) from None


class OfferedValue:
    """Refuses a value that is not offered, such as a level that does not exist."""

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        given = field.data if isinstance(field.data, list) else [field.data]
        offered = {choice.value for choice in field.offered}
        if any(value and value not in offered for value in given):
            raise StopValidation(_("Choose from the answers shown."))


class RequiredIfChosen:
    """Refuses an empty free text if its option, such as "other", is chosen and needs one."""

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        chosen = form["chosen"].data or []
        if field.name.removeprefix("detail_") in ([chosen] if isinstance(chosen, str) else chosen):
            RequiredAnswer(_l("Say what “other” is."))(form, field)


class UniqueRanking:
    """Refuses an option that an earlier place of the ranking has."""

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        before = [each.data for each in form if each.name.startswith("place_") and each.name < field.name]
        if field.data and field.data in before:
            raise StopValidation(_("Put each answer in one place only."))


class ExclusiveOption:
    """Refuses an exclusive option, such as "none of these", together with another."""

    def __call__(self, _form: Form, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        exclusive = [choice for choice in field.offered if choice.exclusive and choice.value in field.data]
        if exclusive and len(field.data) > 1:
            raise StopValidation(_("Choose “%(answer)s” on its own, or leave it out.", answer=exclusive[0].label))
