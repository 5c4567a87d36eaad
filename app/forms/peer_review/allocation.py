"""Forms with which a round of peer review is set up: nominate, declare, fix, change by hand, publish."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_wtf import FlaskForm
from wtforms import Field, Form, HiddenField
from wtforms.validators import StopValidation

from surveys.schema import Outcome

from app.domain.errors import AllocationRefused, DomainError, RoundFinished, SearchStopped
from app.domain.peer_review.rules import MOST_WISHES
from app.forms.fields import CheckboxesField, DropdownField, FieldChoice, MultilineField
from app.forms.people import ROLE_NAMES
from app.forms.validators import RequiredAnswer
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.i18n import local
from app.models import Appointment, Cluster

DAMAGED = _l(
    "The published allocation of this round of peer review is damaged, so it is not shown: the stored rows do not keep "
    "the rules that they kept when it was published. Nothing was changed, and other years are not affected. Those who "
    "run the service can find the fault with data check, and go back to a backup."
)
NOT_DONE: dict[type[DomainError], str] = {
    RoundFinished: _l(
        "Nothing was changed: this round of peer review is finished, because its reports are published or a later "
        "cycle has begun."
    ),
    SearchStopped: _l(
        "No new allocation was proposed: the search took more than 20 seconds and was stopped. Propose again when more "
        "of the nominated clusters have submitted, or fix a reviewer or outcomes first."
    ),
    AllocationRefused: _l(
        "No new allocation was proposed: the one that was found breaks a rule, which is a fault of this service. "
        "Report it to those who run the service. Until it is mended, change what is settled beforehand and propose "
        "again."
    ),
}
"""Refusal -> its sentence, on every page and on the command line."""


class MaximumChoices:
    """Refuses more than so many of the answers."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        if len(field.data or ()) > self.most:
            raise StopValidation(_("Choose %(most)s at most.", most=self.most))


class DifferentCluster:
    """Refuses the same cluster twice."""

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        others = [each.data for each in form if each.name in ("one", "reviewed") and each is not field]
        if field.data and field.data in others:
            raise StopValidation(_("Choose two different clusters."))


class NominationForm(FlaskForm):
    """Asks who can be turned to, and which outcomes the cluster would most like to have reviewed."""

    contacts = CheckboxesField(
        _l("Who are the contact people?"),
        hint=_l("Together with the lead and deputies, they arrange the date, write the review and reply."),
        offered=(),
        validators=[RequiredAnswer(_l("Choose at least one contact person."))],
    )
    wishes = CheckboxesField(
        _l("Which outcomes would the cluster most like to have reviewed?"),
        hint=_l(
            "Choose up to five, or none. Preferences count when the outcomes are "
            "shared out, but every outcome must be looked at."
        ),
        offered=(),
        validators=[MaximumChoices(MOST_WISHES)],
    )

    def __init__(self, people: Sequence[Appointment], outcomes: Sequence[Outcome], **options: Any) -> None:
        super().__init__(**options)
        self["contacts"].offered = [
            FieldChoice(str(held.person_id), held.person.name, str(ROLE_NAMES[held.role])) for held in people
        ]
        self["wishes"].offered = [FieldChoice(each.code, f"{each.code} {local(each.title)}") for each in outcomes]


class ConflictForm(FlaskForm):
    """Asks which two clusters must not review one another."""

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
        """Besides each field: something must be decided."""
        valid: bool = super().validate(**options)
        if valid and not (self["reviewer"].data or self["outcomes"].data):
            self["reviewer"].errors = [_("Choose a reviewer, or outcomes below, or both.")]
            return False
        return valid


class PublishAllocationForm(FlaskForm):
    """Asks for the reason when another version was published before."""

    reason = MultilineField(
        _l("Why is the allocation changing?"),
        hint=_l("Everybody who is told about the new version will read this."),
        rows=3,
        validators=[RequiredAnswer(_l("Write the reason."))],
    )


class PublishFirstAllocationForm(FlaskForm):
    """Asks for nothing but the press of a button."""


def by_hand_form(clusters: Sequence[Cluster], taken: Mapping[str, Sequence[str]], outcomes: Sequence[Outcome]) -> Any:
    """A form with a reviewer for each reviewed cluster, and as many outcomes as its review takes.

    `taken`: code of the reviewed cluster -> the outcomes of its review as proposed.
    """
    offered = [FieldChoice(each.code, f"{each.code} {local(each.title)}") for each in outcomes]
    names = {each.code: local(each.name) for each in clusters}
    fields: dict[str, Any] = {"over": HiddenField()}
    for code, proposed in taken.items():
        fields[f"reviewer_{code}"] = DropdownField(
            _("Reviewer of %(cluster)s", cluster=names[code]),
            offered=[each for each in cluster_choices(clusters) if each.value != code],
            validators=[RequiredAnswer(_l("Choose a cluster."))],
        )
        for number in range(len(proposed)):
            fields[f"outcome_{code}_{number}"] = DropdownField(
                _("Outcome %(number)s", number=number + 1),
                offered=offered,
                validators=[RequiredAnswer(_l("Choose an outcome."))],
            )
    return cast("FlaskForm", type("ByHandForm", (FlaskForm,), fields)())


def cluster_choices(clusters: Sequence[Cluster]) -> list[FieldChoice]:
    """Clusters to choose from, with their boards."""
    return [FieldChoice(each.code, f"{local(each.name)} ({local(each.board.short)})") for each in clusters]
