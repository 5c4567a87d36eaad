"""A form that could not be saved is shown again with every typed text and no code."""

import importlib
import pkgutil
import re
from pathlib import Path
from types import SimpleNamespace

from flask_wtf import FlaskForm
from wtforms import Field

from surveys.loader import current_questionnaire
from surveys.schema import BilingualText

from app import forms
from app.domain.reflection.workbook_diff import AnswerChange, WorkbookDiff
from app.forms.accounts import ConfirmForm, SignInForm
from app.forms.date_fields import DayField
from app.forms.fields import EmailAddressField, FileUploadField, MultilineField, SingleLineField, WholeNumberField
from app.forms.peer_review.allocation import PublishAllocationForm, PublishFirstAllocationForm, by_hand_form
from app.forms.peer_review.constraints import ConflictForm, FixedDecisionForm
from app.forms.peer_review.nominations import NominationForm
from app.forms.peer_review.reviews import ReturnForm, finding_form, meeting_form, reply_form
from app.forms.people import AddPersonForm, ProfileForm
from app.forms.reflection.answer import answer_form
from app.forms.reflection.submission import ReopenForm, SubmissionForm
from app.forms.reflection.workbook import WorkbookUploadForm, load_form
from app.forms.reports import CorrectionForm, FirstPublicationForm, publication_form
from app.forms.submitted_fields import CODES, OF_ONE_REQUEST, submitted_texts
from app.forms.themes import ApproveQuoteForm, CodingForm, ThemeForm
from app.forms.workshop import opening_form, view_form

QUESTIONNAIRE = current_questionnaire()
OUTCOME = QUESTIONNAIRE.outcomes[0]
GROUPS = QUESTIONNAIRE.groups
CLUSTER = SimpleNamespace(
    code="north-powys", name=BilingualText("N", "G"), board=SimpleNamespace(short=BilingualText("P", "P"))
)
PERSON = SimpleNamespace(name="L", professional_group="", language="en")
BARE = (
    SignInForm,
    ConfirmForm,
    ReopenForm,
    WorkbookUploadForm,
    FirstPublicationForm,
    CorrectionForm,
    ReturnForm,
    PublishAllocationForm,
    PublishFirstAllocationForm,
    SubmissionForm,
    ThemeForm,
)


def every_form() -> list[FlaskForm]:
    everything = {
        code: {"chosen": [option.code for option in getattr(item, "options", ())]}
        for code, item in QUESTIONNAIRE.items.items()
    }
    return [
        *(form() for form in BARE),
        *(answer_form(item, everything, QUESTIONNAIRE) for item in QUESTIONNAIRE.items.values()),
        view_form(OUTCOME, QUESTIONNAIRE),
        opening_form(QUESTIONNAIRE),
        finding_form(OUTCOME, QUESTIONNAIRE),
        reply_form({"good_practice": "G"}),
        meeting_form(),
        NominationForm((), QUESTIONNAIRE.outcomes),
        ConflictForm((CLUSTER,)),
        FixedDecisionForm((CLUSTER,), QUESTIONNAIRE.outcomes),
        by_hand_form((CLUSTER,), {CLUSTER.code: (OUTCOME.code,)}, QUESTIONNAIRE.outcomes),
        AddPersonForm((), GROUPS),
        ProfileForm(PERSON, GROUPS),
        publication_form(is_first=False, changed=("North Powys",)),
        CodingForm(()),
        ApproveQuoteForm(()),
        load_form(1, WorkbookDiff((), (AnswerChange(OUTCOME, None, {}),))),
    ]


def fields_of_forms() -> dict[str, set[type[Field]]]:
    """Return name -> the field classes of that name in all forms."""
    found: dict[str, set[type[Field]]] = {}
    for form in every_form():
        for field in form:
            found.setdefault(field.name, set()).add(type(field))
    return found


def is_shown_again(application, name: str) -> bool:
    with application.test_request_context("/", method="POST", data={name: "x"}):
        return submitted_texts() == ["x"]


def test_every_form_is_looked_at(app):
    defined = set()
    for module in pkgutil.walk_packages(forms.__path__, "app.forms."):
        members = vars(importlib.import_module(module.name)).values()
        defined |= {each for each in members if isinstance(each, type) and issubclass(each, FlaskForm)}
    with app.test_request_context("/"):
        assert defined <= {each for form in every_form() for each in type(form).__mro__}


def test_words_are_shown_again_and_codes_never(app):
    with app.test_request_context("/"):
        found = fields_of_forms()
    for name, kinds in found.items():
        if name not in OF_ONE_REQUEST and not kinds & {FileUploadField, WholeNumberField}:  # neither text nor code
            are_words = any(
                issubclass(kind, MultilineField | SingleLineField | EmailAddressField | DayField) for kind in kinds
            )
            assert is_shown_again(app, name) is are_words, name


def test_buttons_and_what_a_page_carries_along_are_not_shown_again():
    templates = Path(forms.__file__).parents[1] / "templates"
    named = re.compile(r'<(?:button|input)[^>]*? name="([a-z_]+)"')
    found = {name for page in templates.rglob("*.html") for name in named.findall(page.read_text("utf-8"))}
    assert found - {"resolve_conflict", "base_version"}  # the search has found some
    assert found <= CODES | set(OF_ONE_REQUEST)
