"""The pages on which staff code the texts of a field one by one, and approve quotes for publication."""

from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from app.domain.errors import DomainError, IdentifyingPassage, InvalidValue, TextChanged
from app.domain.saving.decision import PendingSave
from app.domain.themes.quotes import IdentifierWarning
from app.forms.accounts import ConfirmForm
from app.forms.saving import TypedFields
from app.forms.submitted_fields import is_switching_language
from app.forms.themes import NO_THEME, ApproveQuoteForm, CodingForm, coding_form
from app.models import Coding, Cycle
from app.permissions import allow
from app.services.cycle.queries import find_cycle
from app.services.themes.commands import approve_quote, save_coding, withdraw_quote
from app.services.themes.progress import FieldOverview, field_overview
from app.services.themes.queries import CodedText, QuoteCandidate, find_quote, identifier_warnings
from app.services.themes.texts import find_field
from app.views.context import now
from app.views.saving import SavingView
from app.views.themes import blueprint

PATH = "/cycles/<int(max=9999):year>/themes"
TEXT = "/<item>/<field>/texts/<cluster>"


@blueprint.route(f"{PATH}{TEXT}", methods=["GET", "POST"])
@allow("theme.code", of=find_cycle)
def text(cycle: Cycle, item: str, field: str, cluster: str) -> Any:
    """Show one text with the themes to choose; after saving, the next text to code."""
    return CodingView(cycle, (item, field), cluster).respond()


@blueprint.route(f"{PATH}{TEXT}/quote", methods=["GET", "POST"])
@allow("theme.code", of=find_cycle)
def quote(cycle: Cycle, item: str, field: str, cluster: str) -> Any:
    """Approve a passage of a text for publication, after confirming each identifier warning."""
    shown, read = _found(cycle, item, field, cluster)
    form = ApproveQuoteForm(read.themes)
    if is_switching_language() or not form.validate_on_submit():
        return _quote_page(shown, read, form)
    try:
        approve_quote(read, _passage(form), current_user, now())
    except IdentifyingPassage:
        form.say_what_to_look_at()
        return _quote_page(shown, read, form)
    except InvalidValue as refused:
        form.say_why_not(refused)
        return _quote_page(shown, read, form)
    return redirect(url_for("themes.text", year=cycle.year, item=item, field=field, cluster=cluster, _anchor="quotes"))


@blueprint.route(f"{PATH}/quotes/<int(max=2147483647):identity>/withdraw", methods=["GET", "POST"])
@allow("theme.code", of=find_cycle)
def quote_withdrawal(cycle: Cycle, identity: int) -> Any:
    """Ask for confirmation, then withdraw a quote."""
    form, quote = ConfirmForm(), find_quote(cycle, identity)
    asked = find_field(cycle, quote.item, quote.field)
    if is_switching_language() or not form.validate_on_submit():
        return render_template("themes/withdraw_quote.html", cycle=cycle, asked=asked, quote=quote, form=form)
    withdraw_quote(cycle, identity, current_user, now())
    item, field = asked.key
    return redirect(url_for("themes.field", year=cycle.year, item=item, field=field, _anchor="quotes"))


def _found(cycle: Cycle, item: str, field: str, cluster: str) -> tuple[FieldOverview, CodedText]:
    """Return the field and the text of this cluster in it; raise RecordNotFound if there is none."""
    shown = field_overview(cycle, find_field(cycle, item, field))
    return shown, shown.of_cluster(cluster)


def _passage(form: ApproveQuoteForm) -> QuoteCandidate:
    theme = form["theme"].data
    looked_at = [IdentifierWarning(hint) for hint in form["reviewed_warnings"].data or ()]
    return QuoteCandidate(form["passage"].data, None if theme == NO_THEME else int(theme), looked_at)


def _quote_page(shown: FieldOverview, read: CodedText, form: ApproveQuoteForm) -> str:
    form.warn(identifier_warnings(read, form["passage"].data or ""))
    return _page("themes/approve_quote.html", shown, read, form)


def _page(template: str, shown: FieldOverview, read: CodedText, form: Any, **more: Any) -> str:
    of_this = [each for each in shown.quotes if each.quote.submission.reflection_id == read.free.reflection.id]
    return render_template(
        template, cycle=shown.cycle, asked=shown.asked, shown=shown, read=read, form=form, quotes=of_this, **more
    )


class CodingView(SavingView[CodingForm]):
    """The coding of one text of one cluster."""

    def __init__(self, cycle: Cycle, field: tuple[str, str], cluster: str) -> None:
        self.cycle, self.field, self.cluster, self.item = cycle, field, cluster, field[0]
        self.address = {"year": cycle.year, "item": field[0], "field": field[1]}

    def load(self) -> None:
        """Load the field, and the text of this cluster with its newest coding."""
        self.shown, self.read = _found(self.cycle, *self.field, self.cluster)
        self.saved = self.read.coding

    def form(self, typed: TypedFields = None) -> CodingForm:
        """Return a form with the themes that are not retired."""
        return coding_form([theme for theme in self.shown.themes if not theme.retired_at], typed)

    def fill(self, form: CodingForm) -> None:
        """Tick the themes that count for the present text; those coded in an earlier text are not ticked."""
        form["themes"].data = [str(theme.id) for theme in self.read.themes]
        form.base_version.data = self.saved.version if self.saved else 0
        form.submission.data = self.read.free.submission.id

    def pending(self, form: CodingForm) -> PendingSave:
        """Add the retired themes of the text, so that saving the same coding again is not a conflict."""
        pending = super().pending(form)
        retired = [theme.id for theme in self.read.retired_themes]
        return replace(pending, content={**pending.content, "themes": sorted({*pending.content["themes"], *retired})})

    def page(self, form: CodingForm, *, is_new: bool = False, **state: Any) -> str:
        """Return the page of the text; `is_new`: the cluster has submitted another since the page was opened."""
        return _page("themes/text.html", self.shown, self.read, form, is_new=is_new, **state)

    def refused(self, form: CodingForm, error: DomainError) -> Any:
        """For TextChanged, show the text that the cluster has submitted since (409); raise any other error again."""
        if not isinstance(error, TextChanged):
            raise error
        form.submission.data = self.read.free.submission.id
        return self.render(form, is_new=True), 409

    def save(self, pending: PendingSave) -> Coding:
        """Save the coding."""
        return save_coding(self.read.free, pending, current_user, now())

    def next(self) -> str:
        """Return the URL to approve a quote, to add a theme, of the next text to code, or of the list of texts."""
        if "clear" in request.form:
            return url_for("themes.quote", **self.address, cluster=self.cluster)
        if "add" in request.form:
            return url_for("themes.add", **self.address, text=self.cluster)
        following = field_overview(self.cycle, find_field(self.cycle, *self.field)).after(self.cluster)
        if following is None:
            return url_for("themes.field", **self.address)
        return url_for("themes.text", **self.address, cluster=following.free.reflection.cluster.code)
