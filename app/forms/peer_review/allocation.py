"""The forms by which staff change an allocation by hand and publish it."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_wtf import FlaskForm
from wtforms import HiddenField

from surveys.schema import Outcome

from app.forms.fields import DropdownField, FieldChoice, MultilineField
from app.forms.validators import RequiredAnswer
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.i18n import local
from app.models import Cluster


class PublishAllocationForm(FlaskForm):
    """Asks for the reason for a new version."""

    reason = MultilineField(
        _l("Why is the allocation changing?"),
        hint=_l("Everybody who is told about the new version will read this."),
        rows=3,
        validators=[RequiredAnswer(_l("Write the reason."))],
    )


class PublishFirstAllocationForm(FlaskForm):
    """A form with a button only."""


def by_hand_form(clusters: Sequence[Cluster], taken: Mapping[str, Sequence[str]], outcomes: Sequence[Outcome]) -> Any:
    """Return a form with a reviewer for each reviewed cluster and a field for each outcome of its review.

    `taken`: code of the reviewed cluster -> the outcomes of its review as proposed.
    """
    offered = [FieldChoice(each.code, f"{each.code} {local(each.title)}") for each in outcomes]
    names = {each.code: local(each.name) for each in clusters}
    fields: dict[str, Any] = {"base_version": HiddenField()}
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
    """Return the clusters as options, each with the name of its board."""
    return [FieldChoice(each.code, f"{local(each.name)} ({local(each.board.short)})") for each in clusters]
