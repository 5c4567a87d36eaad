"""The pages with the progress of coding, and to add, rename, retire and restore the themes of each field."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from surveys.schema import BilingualText

from app.domain.errors import DomainError, InvalidValue
from app.domain.saving.decision import PendingSave
from app.forms.accounts import ConfirmForm
from app.forms.saving import TypedFields, build_form
from app.forms.themes import ThemeForm
from app.models import Cycle, ThemeName
from app.permissions import allow
from app.services.cycle.queries import find_cycle
from app.services.survey.queries import questionnaire_of
from app.services.themes.commands import add_theme, rename_theme, restore_theme, retire_theme
from app.services.themes.progress import coding_progress, field_overview
from app.services.themes.queries import find_theme
from app.services.themes.texts import find_field
from app.views.context import now
from app.views.saving import SavingView
from app.views.themes import blueprint

PATH = "/cycles/<int(max=9999):year>/themes"
ONE = "/<item>/<field>/<int(max=2147483647):identity>"


@blueprint.route(f"{PATH}/")
@allow("theme.code", of=find_cycle)
def overview(cycle: Cycle) -> str:
    """List the fields of free text, with the number of texts coded."""
    surveys = questionnaire_of(cycle)
    return render_template("themes/overview.html", cycle=cycle, surveys=surveys, progress=coding_progress(cycle))


@blueprint.route(f"{PATH}/<item>/<field>/")
@allow("theme.code", of=find_cycle)
def field(cycle: Cycle, item: str, field: str) -> str:
    """Show one field: its themes with their counts, its texts, its quotes."""
    shown = field_overview(cycle, find_field(cycle, item, field))
    return render_template("themes/field.html", cycle=cycle, asked=shown.asked, shown=shown)


@blueprint.route(f"{PATH}/<item>/<field>/add", methods=["GET", "POST"])
@allow("theme.code", of=find_cycle)
def add(cycle: Cycle, item: str, field: str) -> Any:
    """Add a theme."""
    return ThemeView(cycle, (item, field)).respond()


@blueprint.route(f"{PATH}{ONE}/rename", methods=["GET", "POST"])
@allow("theme.code", of=find_cycle)
def rename(cycle: Cycle, item: str, field: str, identity: int) -> Any:
    """Rename a theme in both languages."""
    return ThemeView(cycle, (item, field), identity).respond()


@blueprint.route(f"{PATH}{ONE}/<any(retire, restore):act>", methods=["POST"])
@allow("theme.code", of=find_cycle)
def retire_or_restore(cycle: Cycle, item: str, field: str, identity: int, act: str) -> Any:
    """Retire or restore a theme."""
    asked = find_field(cycle, item, field)
    if ConfirmForm().validate_on_submit():
        if act == "retire":
            retire_theme(cycle, asked, identity, now())
        else:
            restore_theme(cycle, asked, identity)
    return redirect(_field_address(cycle, item, field))


def _field_address(cycle: Cycle, item: str, field: str) -> str:
    return url_for("themes.field", year=cycle.year, item=item, field=field, _anchor="themes")


class ThemeView(SavingView[ThemeForm]):
    """The name of a theme, by its id; without `identity`, of a new theme."""

    item = ""  # a name belongs to a theme, not to an item
    may_be_incomplete = False

    def __init__(self, cycle: Cycle, field: tuple[str, str], identity: int | None = None) -> None:
        self.cycle, self.field, self.identity = cycle, field, identity

    def load(self) -> None:
        """Load the field, and the theme to rename."""
        self.asked = find_field(self.cycle, *self.field)
        self.theme = find_theme(self.cycle, self.asked, self.identity) if self.identity else None
        self.saved = self.theme.names[-1] if self.theme else None

    def form(self, typed: TypedFields = None) -> ThemeForm:
        """Return the form."""
        return build_form(ThemeForm, {}, typed)

    def page(self, form: ThemeForm, **state: Any) -> str:
        """Return the page."""
        return render_template(
            "themes/theme.html", cycle=self.cycle, asked=self.asked, form=form, theme=self.theme, **state
        )

    def refused(self, form: ThemeForm, error: DomainError) -> str:
        """For InvalidValue, show that another theme has the name; raise any other error again."""
        if not isinstance(error, InvalidValue):
            raise error
        form.say_it_is_taken()
        return str(self.render(form))

    def save(self, pending: PendingSave) -> ThemeName:
        """Add or rename the theme."""
        if self.identity:
            theme = rename_theme(self.cycle, self.asked, self.identity, pending, current_user, now())
        else:
            theme = add_theme(self.cycle, self.asked, BilingualText(**pending.content), current_user, now())
        return theme.names[-1]

    def next(self) -> str:
        """Return the URL of the text of the cluster in the query parameter `text`, or of the list of themes."""
        item, field = self.field
        if reading := request.args.get("text"):
            return url_for("themes.text", year=self.cycle.year, item=item, field=field, cluster=reading)
        return _field_address(self.cycle, item, field)
