"""The journey of staff into what clusters wrote: how much is read, and the themes of each field."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from surveys.schema import BilingualText

from app.domain.errors import InvalidValue, StaleAnswer
from app.forms.accounts import ConfirmForm
from app.forms.submitted_fields import is_switching_language
from app.forms.themes import ThemeForm
from app.i18n import language
from app.models import Cycle
from app.permissions import allow
from app.services.cycle.queries import find_cycle
from app.services.survey.queries import questionnaire_of
from app.services.themes.commands import add_theme, rename_theme, restore_theme, retire_theme
from app.services.themes.progress import coding_progress, field_overview
from app.services.themes.queries import find_theme
from app.services.themes.texts import FreeField, find_field
from app.views.context import now
from app.views.themes import blueprint

PATH = "/cycles/<int(max=9999):year>/themes"
ONE = "/<item>/<field>/<int(max=2147483647):identity>"


@blueprint.route(f"{PATH}/")
@allow("theme.code", of=find_cycle)
def overview(cycle: Cycle) -> str:
    """The fields in which clusters wrote in their own words, and how much of that is read."""
    surveys = questionnaire_of(cycle)
    return render_template("themes/overview.html", cycle=cycle, surveys=surveys, progress=coding_progress(cycle))


@blueprint.route(f"{PATH}/<item>/<field>/")
@allow("theme.code", of=find_cycle)
def field(cycle: Cycle, item: str, field: str) -> str:
    """One field: its themes with their counts, its texts, what was cleared."""
    shown = field_overview(cycle, find_field(cycle, item, field))
    return render_template("themes/field.html", cycle=cycle, asked=shown.asked, shown=shown)


@blueprint.route(f"{PATH}/<item>/<field>/add", methods=["GET", "POST"])
@allow("theme.code", of=find_cycle)
def add(cycle: Cycle, item: str, field: str) -> Any:
    """Add a theme; `text` in the address names the cluster whose text led to it, to go back to."""
    asked, form = find_field(cycle, item, field), ThemeForm()
    if is_switching_language() or not form.validate_on_submit():
        return _page(cycle, asked, form)
    try:
        add_theme(cycle, asked, BilingualText(form["name_en"].data, form["name_cy"].data), current_user, now())
    except InvalidValue:
        form.say_it_is_taken()
        return _page(cycle, asked, form)
    if reading := request.args.get("text"):
        return redirect(url_for("themes.text", year=cycle.year, item=item, field=field, cluster=reading))
    return _back(cycle, asked)


@blueprint.route(f"{PATH}{ONE}/rename", methods=["GET", "POST"])
@allow("theme.code", of=find_cycle)
def rename(cycle: Cycle, item: str, field: str, identity: int) -> Any:
    """Give a theme another name, in both languages."""
    asked, form = find_field(cycle, item, field), ThemeForm()
    theme = find_theme(cycle, asked, identity)
    if request.method == "GET":
        newest = theme.names[-1]
        form["name_en"].data, form["name_cy"].data, form["base_version"].data = (
            newest.name_en,
            newest.name_cy,
            newest.version,
        )
    if is_switching_language() or not form.validate_on_submit():
        return _page(cycle, asked, form, theme=theme)
    try:
        rename_theme(cycle, asked, identity, form.draft(language()), current_user, now())
    except StaleAnswer as stale:
        form["base_version"].data = stale.saved.version
        return _page(cycle, asked, form, theme=theme, clash=stale.saved), 409
    except InvalidValue:
        form.say_it_is_taken()
        return _page(cycle, asked, form, theme=theme)
    return _back(cycle, asked)


@blueprint.route(f"{PATH}{ONE}/<any(retire, restore):act>", methods=["POST"])
@allow("theme.code", of=find_cycle)
def retire_or_restore(cycle: Cycle, item: str, field: str, identity: int, act: str) -> Any:
    """Count a theme no longer, or again."""
    asked = find_field(cycle, item, field)
    if ConfirmForm().validate_on_submit():
        if act == "retire":
            retire_theme(cycle, asked, identity, now())
        else:
            restore_theme(cycle, asked, identity)
    return _back(cycle, asked)


def _page(cycle: Cycle, asked: FreeField, form: ThemeForm, **more: Any) -> str:
    return render_template("themes/theme.html", cycle=cycle, asked=asked, form=form, **more)


def _back(cycle: Cycle, asked: FreeField) -> Any:
    item, field = asked.key
    return redirect(url_for("themes.field", year=cycle.year, item=item, field=field, _anchor="themes"))
