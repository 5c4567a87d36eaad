"""Staff read the texts of a field one by one, say which themes each has, and clear passages for publication."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from app.domain.errors import IdentifyingPassage, InvalidValue, StaleAnswer, TextChanged
from app.domain.themes.quotes import IdentifierWarning
from app.forms.accounts import ConfirmForm
from app.forms.submitted_fields import is_switching_language
from app.forms.themes import NO_THEME, ApproveQuoteForm, CodingForm
from app.i18n import language
from app.models import Cycle
from app.permissions import allow
from app.services.cycle.queries import find_cycle
from app.services.themes.commands import approve_quote, save_coding, withdraw_quote
from app.services.themes.progress import FieldOverview, field_overview
from app.services.themes.queries import CodedText, QuoteCandidate, find_quote, identifier_warnings
from app.services.themes.texts import find_field
from app.views.context import now
from app.views.themes import blueprint

PATH = "/cycles/<int(max=9999):year>/themes"
TEXT = "/<item>/<field>/texts/<cluster>"


@blueprint.route(f"{PATH}{TEXT}", methods=["GET", "POST"])
@allow("theme.code", of=find_cycle)
def text(cycle: Cycle, item: str, field: str, cluster: str) -> Any:
    """One text with the themes to choose for it; saved, the next that is to be read."""
    shown, read = _found(cycle, item, field, cluster)
    form = CodingForm([theme for theme in shown.themes if not theme.retired_at])
    if request.method == "GET":
        return _show(shown, read, form)
    if is_switching_language() or not form.validate():
        return _page(shown, read, form)
    try:
        save_coding(read.free, form.draft(item, language()), current_user, now())
    except StaleAnswer as stale:
        form.base_version.data = stale.saved.version
        return _page(shown, read, form, clash=stale.saved), 409
    except TextChanged:
        shown, read = _found(cycle, item, field, cluster)
        form.submission.data = read.free.submission.id
        return _page(shown, read, form, is_new=True), 409
    return redirect(_following(cycle, item, field, cluster))


@blueprint.route(f"{PATH}{TEXT}/quote", methods=["GET", "POST"])
@allow("theme.code", of=find_cycle)
def quote(cycle: Cycle, item: str, field: str, cluster: str) -> Any:
    """Clear a passage of a text for publication, after a look at what could tell whose it is."""
    shown, read = _found(cycle, item, field, cluster)
    form = ApproveQuoteForm(read.themes)
    if is_switching_language() or not form.validate_on_submit():
        return _clear_page(shown, read, form)
    try:
        approve_quote(read, _passage(form), current_user, now())
    except IdentifyingPassage:
        form.say_what_to_look_at()
        return _clear_page(shown, read, form)
    except InvalidValue as refused:
        form.say_why_not(refused)
        return _clear_page(shown, read, form)
    return redirect(url_for("themes.text", year=cycle.year, item=item, field=field, cluster=cluster, _anchor="quotes"))


@blueprint.route(f"{PATH}/quotes/<int(max=2147483647):identity>/withdraw", methods=["GET", "POST"])
@allow("theme.code", of=find_cycle)
def quote_withdrawal(cycle: Cycle, identity: int) -> Any:
    """Ask whether it is meant, then publish a passage no longer."""
    form, quote = ConfirmForm(), find_quote(cycle, identity)
    asked = find_field(cycle, quote.item, quote.field)
    if is_switching_language() or not form.validate_on_submit():
        return render_template("themes/withdraw_quote.html", cycle=cycle, asked=asked, quote=quote, form=form)
    withdraw_quote(cycle, identity, current_user, now())
    item, field = asked.key
    return redirect(url_for("themes.field", year=cycle.year, item=item, field=field, _anchor="quotes"))


def _found(cycle: Cycle, item: str, field: str, cluster: str) -> tuple[FieldOverview, CodedText]:
    """The whole field, and of it the text of this cluster; RecordNotFound when there is none."""
    shown = field_overview(cycle, find_field(cycle, item, field))
    return shown, shown.of_cluster(cluster)


def _show(shown: FieldOverview, read: CodedText, form: CodingForm) -> str:
    form["themes"].data = [str(theme.id) for theme in read.themes]
    form.base_version.data = read.coding.version if read.coding else 0
    form.submission.data = read.free.submission.id
    return _page(shown, read, form)


def _following(cycle: Cycle, item: str, field: str, cluster: str) -> str:
    """Where staff go on after saving: to clear a passage, to add a theme, to the next text, or back to all of them."""
    where: dict[str, Any] = {"year": cycle.year, "item": item, "field": field}
    if "clear" in request.form:
        return url_for("themes.quote", cluster=cluster, **where)
    if "add" in request.form:
        return url_for("themes.add", text=cluster, **where)
    following = field_overview(cycle, find_field(cycle, item, field)).after(cluster)
    if following is None:
        return url_for("themes.field", **where)
    return url_for("themes.text", cluster=following.free.reflection.cluster.code, **where)


def _passage(form: ApproveQuoteForm) -> QuoteCandidate:
    theme = form["theme"].data
    looked_at = [IdentifierWarning(hint) for hint in form["reviewed_warnings"].data or ()]
    return QuoteCandidate(form["passage"].data, None if theme == NO_THEME else int(theme), looked_at)


def _clear_page(shown: FieldOverview, read: CodedText, form: ApproveQuoteForm) -> str:
    form.warn(identifier_warnings(read, form["passage"].data or ""))
    return _page(shown, read, form, template="themes/approve_quote.html")


def _page(shown: FieldOverview, read: CodedText, form: Any, *, template: str = "themes/text.html", **more: Any) -> str:
    of_this = [each for each in shown.quotes if each.quote.submission.reflection_id == read.free.reflection.id]
    return render_template(
        template, cycle=shown.cycle, asked=shown.asked, shown=shown, read=read, form=form, quotes=of_this, **more
    )
