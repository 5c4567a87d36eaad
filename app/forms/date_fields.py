"""Fields for a date and a time of day, typed in text boxes that need no script."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation

from app.forms.fields import MacroWidget, SingleLineField
from app.i18n import gettext as _

DIGITS = ("[0-9]{1,2}", "[0-9]{1,2}", "[0-9]{4}")
"""Patterns of the day, the month and the year as typed."""

TIME = "([01]?[0-9]|2[0-3])[:.]([0-5][0-9])"
"""Pattern of a time as typed: hours and minutes."""


class DayField(Field):
    """A date in three boxes of one name; `data` is a date, or None if none or an impossible one was typed."""

    widget = MacroWidget("day")

    def __init__(self, label: str, *, hint: str = "", validators: Sequence[Any] = (), **options: Any) -> None:
        super().__init__(label, [self.check, *validators], **options)
        self.hint = hint

    def typed(self) -> Sequence[str]:
        """Return the contents of the three boxes as typed, valid or not."""
        if self.raw_data:
            return [*self.raw_data, "", "", ""][:3]
        return [str(self.data.day), str(self.data.month), str(self.data.year)] if self.data else ["", "", ""]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read day, month and year."""
        self.raw_data = [typed.strip() for typed in valuelist]
        self.data = _date(self.raw_data)

    def check(self, _form: object, _field: Field) -> None:
        """Refuse an impossible date."""
        if self.data is None and any(self.typed()):
            raise StopValidation(_("Enter a real date, with the year in four digits, such as 3 6 2026."))


class TimeOfDayField(SingleLineField):
    """A time of day; `data` is a time such as "09:30", or the text as typed if it is not a time."""

    def __init__(self, label: str, *, hint: str = "", **options: Any) -> None:
        super().__init__(label, hint=hint, validators=[self.check], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read hours and minutes, with a colon or a full stop between them."""
        typed = "".join(valuelist[:1]).strip()
        found = re.fullmatch(TIME, typed)
        self.data = f"{int(found[1]):02}:{found[2]}" if found else typed

    def check(self, _form: object, _field: Field) -> None:
        """Refuse a text that is not a time of day."""
        if self.data and not re.fullmatch(TIME, self.data):
            raise StopValidation(_("Enter a time with hours and minutes, such as 9:30 or 14:00."))


def _date(typed: Sequence[str]) -> date | None:
    if len(typed) != len(DIGITS) or not all(map(re.fullmatch, DIGITS, typed)):
        return None
    day, month, year = map(int, typed)
    try:
        return date(year, month, day)
    except ValueError:
        return None
