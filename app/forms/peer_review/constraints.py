"""The forms for a review conflict and for a fixed decision."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, Form
from wtforms.validators import StopValidation

from surveys.schema import Outcome

from app.forms.fields import CheckboxesField, DropdownField, FieldChoice
from app.forms.peer_review.allocation import cluster_choices
from app.forms.validators import RequiredAnswer
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.i18n import local
from app.models import Cluster


class DifferentCluster:
    """Refuses a cluster that the other field has too."""

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        others = [each.data for each in form if each.name in ("one", "reviewed") and each is not field]
        if field.data and field.data in others:
            raise StopValidation(_("Choose two different clusters."))


class ConflictForm(FlaskForm):
    """Asks which two clusters must not review each other."""

    one = DropdownField(_l("First cluster"), offered=(), validators=[RequiredAnswer(_l("Choose a cluster."))])
    other = DropdownField(
        _l("Second cluster"), offered=(), validators=[RequiredAnswer(_l("Choose a cluster.")), DifferentCluster()]
    )

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        super().__init__()
        for name in ("one", "other"):
            self[name].offered = cluster_choices(clusters)


class FixedDecisionForm(FlaskForm):
    """Asks what is decided before the allocation: a reviewer for a cluster, outcomes of its review, or both."""

    reviewed = DropdownField(
        _l("Cluster to be reviewed"), offered=(), validators=[RequiredAnswer(_l("Choose a cluster."))]
    )
    reviewer = DropdownField(_l("Its reviewer (optional)"), offered=(), validators=[DifferentCluster()])
    outcomes = CheckboxesField(_l("Outcomes that the review must cover (optional)"), offered=())

    def __init__(self, clusters: Sequence[Cluster], outcomes: Sequence[Outcome]) -> None:
        super().__init__()
        for name in ("reviewed", "reviewer"):
            self[name].offered = cluster_choices(clusters)
        self["outcomes"].offered = [FieldChoice(each.code, f"{each.code} {local(each.title)}") for each in outcomes]

    def validate(self, **options: Any) -> bool:
        """Validate each field, and refuse a form with neither reviewer nor outcomes."""
        valid: bool = super().validate(**options)
        if valid and not (self["reviewer"].data or self["outcomes"].data):
            self["reviewer"].errors = [_("Choose a reviewer, or outcomes below, or both.")]
            return False
        return valid
