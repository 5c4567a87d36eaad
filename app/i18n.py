"""The two languages: which is current, and how numbers, dates and survey texts are formatted in it."""

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
    """Set up Flask-Babel with the language of the page's address."""
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
    """Return the current language, "en" or "cy": of the page's address, otherwise of the operator's terminal."""
    return g.get("language") or operators_language()


def other_language() -> str:
    """Return the language that is not current."""
    return "en" if language() == "cy" else "cy"


def operators_language() -> str:
    """Return "cy" if the environment says so (LANG=cy_GB.UTF-8), otherwise "en"."""
    return "cy" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("cy") else "en"


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Use the language `wanted` inside, for an e-mail to somebody else or a report in the other language."""
    before = g.get("language")
    g.language = wanted
    try:
        with force_locale(LOCALES[wanted]):
            yield
    finally:
        g.language = before


def in_both(say: Callable[[], str]) -> BilingualText:
    """Return a translated sentence in both languages, as a BilingualText."""
    with speaking("en"):
        english = say()
    with speaking("cy"):
        return BilingualText(english, say())


def local(text: BilingualText | None) -> str:
    """Return a survey text or a place name in the current language."""
    return text[language()] if text else ""


def day(value: date) -> str:
    """Return a date in words: 22 November 2026, 22 Tachwedd 2026."""
    return str(babel_date(value, "d MMMM y"))


def iso_day(value: str) -> str:
    """Return a date stored as 2026-06-03 in words; "" for none."""
    return day(date.fromisoformat(value)) if value else ""


def clock(value: datetime) -> str:
    """Return the time of day in Wales."""
    return str(babel_datetime(value, "HH:mm"))


def moment(value: datetime) -> str:
    """Return date and time in words, in Welsh local time."""
    return str(babel_datetime(value, "d MMMM y, HH:mm"))
