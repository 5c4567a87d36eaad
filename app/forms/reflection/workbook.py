"""The forms of a returned workbook: upload it, decide its conflicts."""

from dataclasses import asdict
from typing import Any, cast

from flask import current_app
from flask_wtf import FlaskForm
from itsdangerous import BadData, URLSafeSerializer
from wtforms import HiddenField

from app.domain.reflection.rules import LARGEST_FILE
from app.domain.reflection.workbook_diff import (
    AnswerChange,
    WorkbookContent,
    WorkbookDiff,
    WorkbookEntry,
)
from app.domain.spreadsheet.workbook_fault import WorkbookFault
from app.forms.earlier_names import with_present_names
from app.forms.fields import FieldChoice, FileUploadField, RadiosField
from app.forms.validators import RequiredAnswer
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.i18n import local

KEEP, TAKE = "keep", "take"


class WorkbookUploadForm(FlaskForm):
    """Asks for the workbook."""

    file = FileUploadField(
        _l("The workbook, filled in"),
        hint=_l("An Excel workbook (.xlsx) that was downloaded here for this cluster and this year."),
        most=LARGEST_FILE,
        validators=[RequiredAnswer(_l("Choose the workbook on your machine."))],
    )


class SignedWorkbookField(HiddenField):
    """The content of an uploaded workbook, signed and carried in the page between preview and saving.

    It is signed, so that what is saved is what was read and checked; the page keeps it rather than the
    server, because it may be answered tomorrow, in another language or from another process, and then
    there is nothing to clear away. `salt` ties it to one reflection.
    """

    def __init__(self, *, salt: str, **options: Any) -> None:
        super().__init__("", **options)
        self.salt = salt

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what this service signed; anything else counts as nothing."""
        try:
            told = self._signer.loads(valuelist[0]) if valuelist else None
        except BadData:
            told = None
        self.data = told and WorkbookContent(
            tuple(WorkbookEntry(**dict(with_present_names(entry.items()))) for entry in told["entries"]),
            tuple(WorkbookFault(**fault) for fault in told["faults"]),
            told["language"],
        )

    def _value(self) -> str:
        return str(self._signer.dumps(asdict(self.data))) if self.data else ""

    @property
    def _signer(self) -> URLSafeSerializer:
        keys = [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.config["SECRET_KEY"]]
        return URLSafeSerializer(keys, salt=self.salt)


class WorkbookPreviewForm(FlaskForm):
    """What was read, and for each conflict which of the two texts counts."""

    def taken(self) -> tuple[str, ...]:
        """The codes of the items whose answer in the workbook is preferred."""
        return tuple(field.item for field in self if isinstance(field, ConflictChoiceField) and field.data == TAKE)


class ConflictChoiceField(RadiosField):
    """Keep what is saved, or take what the workbook says, for one item."""

    def __init__(self, label: str, *, item: str, **options: Any) -> None:
        super().__init__(label, **options)
        self.item = item


def reading_form(reflection_id: int) -> WorkbookPreviewForm:
    """The form with what was read alone, before it is compared."""
    return _form({"reading": SignedWorkbookField(salt=f"workbook of {reflection_id}")})


def load_form(reflection_id: int, found: WorkbookDiff) -> WorkbookPreviewForm:
    """The form for what was found; a conflict with a newer version than was shown is a question of its own."""
    preferences = {conflict_name(conflict): _preference(conflict) for conflict in found.conflicts}
    return _form({"reading": SignedWorkbookField(salt=f"workbook of {reflection_id}"), **preferences})


def conflict_name(conflict: AnswerChange) -> str:
    """The field of a conflict, by its item and the version that is saved."""
    return f"conflict_{conflict.item.code}_{conflict.base_version}"


def _form(fields: dict[str, Any]) -> WorkbookPreviewForm:
    return cast("WorkbookPreviewForm", type("WorkbookPreviewForm", (WorkbookPreviewForm,), fields)())


def _preference(conflict: AnswerChange) -> ConflictChoiceField:
    title = local(conflict.item.title)
    return ConflictChoiceField(
        _("Which answer do you want to keep for “%(title)s”?", title=title),
        item=conflict.item.code,
        offered=[FieldChoice(KEEP, _("Keep what is saved")), FieldChoice(TAKE, _("Use what the workbook says"))],
        validators=[RequiredAnswer(_l("Choose which answer to keep for “%(title)s”.", title=title))],
    )
