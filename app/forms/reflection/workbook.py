"""The forms for a completed workbook: upload it, decide its conflicts."""

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
    """The content of an uploaded workbook in a signed hidden field, between preview and saving.

    The signature makes sure that what is saved was read and checked. The page carries it, so that the server need not
    store and delete it, however late the form is sent. `salt` ties it to one reflection.
    """

    def __init__(self, *, salt: str, **options: Any) -> None:
        super().__init__("", **options)
        self.salt = salt

    def process_formdata(self, valuelist: list[str]) -> None:
        """Parse the signed content; `data` is None if the signature is not valid."""
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
    """The content that was read, and for each conflict the choice between the two answers."""

    def taken(self) -> tuple[str, ...]:
        """Return the codes of the items whose conflict is decided for the workbook."""
        return tuple(field.item for field in self if isinstance(field, ConflictChoiceField) and field.data == TAKE)


class ConflictChoiceField(RadiosField):
    """Asks whether to keep the saved answer to one item or to take that of the workbook."""

    def __init__(self, label: str, *, item: str, **options: Any) -> None:
        super().__init__(label, **options)
        self.item = item


def reading_form(reflection_id: int) -> WorkbookPreviewForm:
    """Return the form with the content that was read, without conflicts."""
    return _form({"reading": SignedWorkbookField(salt=f"workbook of {reflection_id}")})


def load_form(reflection_id: int, found: WorkbookDiff) -> WorkbookPreviewForm:
    """Return the form with a field for each conflict; a newer saved version makes it a new field."""
    preferences = {conflict_name(conflict): _preference(conflict) for conflict in found.conflicts}
    return _form({"reading": SignedWorkbookField(salt=f"workbook of {reflection_id}"), **preferences})


def conflict_name(conflict: AnswerChange) -> str:
    """Return the name of the field of a conflict: its item and the version that is saved."""
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
