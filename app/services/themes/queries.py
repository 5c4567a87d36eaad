"""The themes of a field of free text: staff add them, rename them, retire them and take them up again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from surveys.schema import BilingualText

from app.db import session, transaction
from app.domain.errors import InvalidValue, RecordNotFound
from app.domain.saving.decision import PendingSave, must_add
from app.domain.themes.theme_counts import is_taken, theme_name
from app.models import Cycle, Person, Theme, ThemeName
from app.services.cycle.commands import lock_cycle
from app.services.themes.texts import FreeField


def themes_of_cycle(cycle: Cycle) -> Sequence[Theme]:
    """Every theme of a cycle, also the retired, in the order of staff."""
    return session.scalars(select(Theme).filter_by(cycle_year=cycle.year).order_by(Theme.position)).all()


def themes_of_field(cycle: Cycle, asked: FreeField) -> list[Theme]:
    """Every theme of a field, also the retired, in the order of staff."""
    return [each for each in themes_of_cycle(cycle) if (each.item, each.field) == asked.key]


def find_theme(cycle: Cycle, asked: FreeField, identity: int) -> Theme:
    """A theme of this field; RecordNotFound when it has none of that identity."""
    for theme in themes_of_field(cycle, asked):
        if theme.id == identity:
            return theme
    raise RecordNotFound("theme", identity)


def add_theme(cycle: Cycle, asked: FreeField, name: BilingualText, by: Person, now: datetime) -> Theme:
    """Add a theme behind the others; InvalidValue when the name cannot be one, or another theme has it."""
    with transaction():
        lock_cycle(cycle)
        others = themes_of_field(cycle, asked)
        checked = _checked(name, others)
        theme = Theme(cycle_year=cycle.year, item=asked.item.code, field=asked.field, position=len(others) + 1)
        theme.names = [_version(1, checked, by, now)]
        session.add(theme)
    return theme


def rename_theme(cycle: Cycle, asked: FreeField, identity: int, draft: PendingSave, by: Person, now: datetime) -> Theme:
    """Give a theme another name; the names before are kept.

    `draft` holds both names, and over which version they were typed: StaleAnswer when somebody else has
    renamed it since. InvalidValue as for `add_theme`.
    """
    with transaction():
        lock_cycle(cycle)
        theme = find_theme(cycle, asked, identity)
        others = [each for each in themes_of_field(cycle, asked) if each is not theme]
        name = _checked(BilingualText(draft.content["en"], draft.content["cy"]), others)
        newest = theme.names[-1]
        if must_add(draft, newest):
            theme.names.append(_version(newest.version + 1, name, by, now))
    return theme


def retire_theme(cycle: Cycle, asked: FreeField, identity: int, now: datetime) -> None:
    """Count and show a theme no longer; what was found stays, for when it is taken up again."""
    with transaction():
        lock_cycle(cycle)
        theme = find_theme(cycle, asked, identity)
        theme.retired_at = theme.retired_at or now


def restore_theme(cycle: Cycle, asked: FreeField, identity: int) -> None:
    """Count a retired theme again, with all that was found before."""
    with transaction():
        lock_cycle(cycle)
        find_theme(cycle, asked, identity).retired_at = None


def _checked(name: BilingualText, others: Sequence[Theme]) -> BilingualText:
    checked = BilingualText(theme_name(name.en), theme_name(name.cy))
    if is_taken(checked, [each.name for each in others]):
        raise InvalidValue("theme_exists", checked)
    return checked


def _version(version: int, name: BilingualText, by: Person, now: datetime) -> ThemeName:
    return ThemeName(version=version, name_en=name.en, name_cy=name.cy, saved_at=now, saved_by_id=by.id)
