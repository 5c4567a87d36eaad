"""Forms for a peer review: a finding on an outcome, the reply to it, the meeting."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm

from surveys.schema import UNABLE, Outcome, Questionnaire

from app.domain.peer_review.review import FINDING_TEXTS
from app.domain.reflection.answers import Content
from app.forms.date_fields import DayField, TimeOfDayField
from app.forms.fields import FieldChoice, LevelCardsField, MultilineField, RadiosField, SingleLineField
from app.forms.reflection.answer import level_choices
from app.forms.saving import HiddenIntegerField, SavingForm, TypedFields, build_form
from app.forms.validators import RequiredAnswer
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l


class FindingForm(SavingForm):
    """A finding on an outcome: a level, what the reviewers heard, good practice, a suggestion."""

    def show(self, content: Content) -> None:
        """Fill the fields with what is saved."""
        for name in ("level", *FINDING_TEXTS):
            self[name].data = content.get(name, "")

    def content(self) -> dict[str, Any]:
        """Return the level code and the three texts."""
        return {name: self[name].data or "" for name in ("level", *FINDING_TEXTS)}


class ReplyForm(SavingForm):
    """The reply to a finding, and whether the good practice in it may be shared."""

    def show(self, content: Content) -> None:
        """Fill the fields with what is saved."""
        for name in ("reply", "share"):
            if name in self:
                self[name].data = content.get(name, "")

    def content(self) -> dict[str, Any]:
        """Return the reply, and "yes", "no" or "" (not asked or not answered) to sharing."""
        return {"reply": self["reply"].data or "", "share": (self["share"].data or "") if "share" in self else ""}


class MeetingForm(SavingForm):
    """The day, time and place of the meeting of the two clusters; a day in the past is allowed."""

    day = DayField(
        _l("On which day?"), hint=_l("For example, 3 6 2026."), validators=[RequiredAnswer(_l("Enter a date."))]
    )
    time = TimeOfDayField(_l("At what time?"), hint=_l("For example, 14:00. You can leave it out."))
    place = SingleLineField(_l("Where?"), hint=_l("An address, or a link to an online meeting. You can leave it out."))

    def show(self, content: Content) -> None:
        """Fill the fields with what is saved."""
        self.day.data = date.fromisoformat(content["day"])
        self.time.data, self.place.data = content["time"], content["place"]

    def content(self) -> dict[str, Any]:
        """Return the day and the time in ISO 8601, and the place."""
        day = self.day.data.isoformat() if self.day.data else ""
        return {"day": day, "time": self.time.data or "", "place": self.place.data or ""}


class ReturnForm(FlaskForm):
    """The button that returns a review; carries the id of the submission that the reviewers read."""

    submission = HiddenIntegerField(default=0)


def finding_form(outcome: Outcome, questionnaire: Questionnaire, typed: TypedFields = None) -> FindingForm:
    """Return the form for a finding, filled from `typed`, else from the request, else empty."""
    unable = FieldChoice(UNABLE, _("Not able to say"), _("You did not hear enough about it."))
    fields = {
        "level": LevelCardsField(
            _("In your view, which level is nearest to how the cluster works now?"),
            offered=[*level_choices(outcome, questionnaire), unable],
            validators=[RequiredAnswer(_l("Choose a level, or “Not able to say”."))],
        ),
        "heard": MultilineField(
            _("What did you hear?"),
            hint=_("What the cluster told you, and what led you to this level. Do not name patients or staff."),
            validators=[RequiredAnswer(_l("Write what you heard."))],
        ),
        "good_practice": MultilineField(
            _("Is there good practice that others could learn from?"),
            hint=_("Leave it empty if there is none. The reviewed cluster decides whether it is shared."),
            rows=3,
        ),
        "suggestion": MultilineField(
            _("What do you suggest?"), hint=_("One thing that could help the cluster take its next step."), rows=3
        ),
    }
    return build_form(FindingForm, fields, typed)


def reply_form(finding: Content, typed: TypedFields = None) -> ReplyForm:
    """Return the form for the reply to a finding; it asks about sharing only if the finding has good practice."""
    fields: dict[str, Any] = {
        "reply": MultilineField(
            _("What is your reply?"),
            hint=_("What you take from it, or see differently. You can leave it empty."),
            rows=4,
        )
    }
    if finding.get("good_practice"):
        fields["share"] = RadiosField(
            _("May the good practice be shared?"),
            hint=_(
                "If you agree, the national programme may share it with other clusters, with the name of your cluster."
            ),
            offered=[FieldChoice("yes", _("Yes, it may be shared")), FieldChoice("no", _("No, do not share it"))],
            validators=[RequiredAnswer(_l("Say whether the good practice may be shared."))],
        )
    return build_form(ReplyForm, fields, typed)


def meeting_form(typed: TypedFields = None) -> MeetingForm:
    """Return the form for the meeting, filled from `typed`, else from the request, else empty."""
    return build_form(MeetingForm, {}, typed)
