"""The two languages: which one is spoken now, and how numbers, dates and survey texts are said in it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from flask import Flask, g
from flask_babel import Babel, force_locale, gettext, lazy_gettext, ngettext
from flask_babel import format_date as babel_date
from flask_babel import format_datetime as babel_datetime

from surveys.schema import LANGUAGES, LOCALES, BilingualText

__all__ = ["LANGUAGES", "gettext", "init_app", "language", "lazy_gettext", "local", "ngettext", "speaking"]


def init_app(app: Flask) -> None:
    """Make every page, message and e-mail speak the language of its address."""
    Babel(
        app,
        default_translation_directories="translations",
        default_timezone="Europe/London",
        locale_selector=lambda: LOCALES[language()],
    )
    app.add_template_filter(local, "local")
    app.add_template_filter(day, "day")
    app.add_template_filter(iso_day, "iso_day")
    app.add_template_filter(moment, "moment")
    app.add_template_filter(clock, "clock")


def language() -> str:
    """The language spoken now, "en" or "cy": of the page's address, else of the operator's terminal."""
    return g.get("language") or operators_language()


def other_language() -> str:
    """The language that the switch on the page leads to."""
    return "en" if language() == "cy" else "cy"


def operators_language() -> str:
    """Welsh where the environment says so (LANG=cy_GB.UTF-8), otherwise English."""
    return "cy" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("cy") else "en"


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Use the language `wanted` inside the block: for an e-mail to somebody, for a report in the other language."""
    before = g.get("language")
    g.language = wanted
    try:
        with force_locale(LOCALES[wanted]):
            yield
    finally:
        g.language = before


def in_both(say: Callable[[], str]) -> BilingualText:
    """A sentence of our own in both languages, as the texts of a survey are."""
    with speaking("en"):
        english = say()
    with speaking("cy"):
        return BilingualText(english, say())


def local(text: BilingualText | None) -> str:
    """A text of the surveys or the name of a place in the language spoken now."""
    return text[language()] if text else ""


def day(value: date) -> str:
    """A day in words: 22 November 2026, 22 Tachwedd 2026."""
    return str(babel_date(value, "d MMMM y"))


def iso_day(value: str) -> str:
    """A day that is stored as 2026-06-03, in words; "" for none."""
    return day(date.fromisoformat(value)) if value else ""


def clock(value: datetime) -> str:
    """The time of day, in Welsh local time."""
    return str(babel_datetime(value, "HH:mm"))


def moment(value: datetime) -> str:
    """A moment in words, in Welsh local time."""
    return str(babel_datetime(value, "d MMMM y, HH:mm"))
