"""A person's own details: name, professional group, language of e-mails."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from app.forms.people import ProfileForm
from app.forms.submitted_fields import is_switching_language
from app.permissions import allow
from app.services.people.commands import update_profile
from app.services.survey.queries import list_professional_groups
from app.views.accounts import blueprint


@blueprint.route("/me", methods=["GET", "POST"])
@allow("signed in")
def profile() -> Any:
    """Show and save the person's name, professional group and language of e-mails."""
    form = ProfileForm(current_user, list_professional_groups())
    if is_switching_language() or not form.validate_on_submit():
        return render_template("accounts/profile.html", form=form)
    update_profile(
        current_user.id,
        name=form["name"].data,
        professional_group=form["professional_group"].data or "",
        language=form["language"].data,
    )
    return redirect(url_for("site.start"))
