"""Sign in by a link, sign out, sign in as a demonstration person."""

from typing import Any

from flask import abort, redirect, render_template, request, session, url_for
from flask_login import login_user, logout_user

from app.domain.errors import LinkNotUsable, TooManySignInLinks
from app.forms.accounts import ConfirmForm, SignInForm
from app.forms.submitted_fields import is_switching_language
from app.models import Person
from app.permissions import allow
from app.services.accounts.commands import request_sign_in_link, use_sign_in_link
from app.services.accounts.queries import is_sign_in_link_usable
from app.services.demo.queries import find_persona, personas
from app.views.accounts import blueprint
from app.views.context import now, settings


@blueprint.route("/sign-in", methods=["GET", "POST"])
@allow("public")
def sign_in() -> Any:
    """Ask for an e-mail address and send the link; the response is the same whether the address is known or not."""
    form = SignInForm()
    if is_switching_language() or not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form)
    try:
        request_sign_in_link(
            form.email.data or "",
            client=request.remote_addr or "",
            now=now(),
            address_of=_link,
            key=settings().secret_key,
        )
    except TooManySignInLinks:
        return render_template("accounts/too_many_links.html"), 429
    return redirect(url_for("accounts.link_sent"))


@blueprint.route("/sign-in/sent")
@allow("public")
def link_sent() -> str:
    """Ask the person to look at their e-mail."""
    return render_template("accounts/link_sent.html")


@blueprint.route("/sign-in/<token>", methods=["GET", "POST"])
@allow("public")
def confirm_sign_in(token: str) -> Any:
    """Show a button that uses the link and signs in; opening the page does not, because mail scanners follow links."""
    form = ConfirmForm()
    try:
        if form.validate_on_submit() and not is_switching_language():
            return _enter(use_sign_in_link(token, now()))
    except LinkNotUsable:
        return render_template("accounts/link_not_usable.html"), 410
    if not is_sign_in_link_usable(token, now()):
        return render_template("accounts/link_not_usable.html"), 410
    return render_template("accounts/confirm_sign_in.html", form=form)


@blueprint.route("/sign-out", methods=["POST"])
@allow("signed in")
def sign_out() -> Any:
    """End the session."""
    if ConfirmForm().validate_on_submit():
        logout_user()
    return redirect(url_for("site.start"))


@blueprint.route("/demonstration", methods=["GET", "POST"])
@allow("public")
def demonstration() -> Any:
    """Sign in as one of the invented people; 404 outside a demonstration."""
    if not settings().is_demonstration:
        abort(404)
    form = ConfirmForm()
    if form.validate_on_submit():
        return _enter(find_persona(request.form.get("persona", "")))
    return render_template("accounts/demonstration.html", form=form, personas=personas())


def _link(token: str, language: str) -> str:
    return settings().base_url + url_for("accounts.confirm_sign_in", token=token, language=language)


def _enter(person: Person) -> Any:
    next_page = session.pop("wanted", None)  # its name in the previous release; delete in the next one
    next_page = session.pop("next_page", next_page)
    session.permanent = True
    login_user(person)
    return redirect(next_page or url_for("site.start"))
