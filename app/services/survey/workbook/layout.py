"""The layout of a wording workbook: a sheet for the survey itself, and one with a row for each outcome."""

from collections.abc import Callable, Mapping

from surveys.schema import LANGUAGES, LEVELS, BilingualText, Outcome, Survey

from app.i18n import gettext as _
from app.i18n import in_both

SURVEY_SHEET, OUTCOME_SHEET = "Survey – Arolwg", "Outcomes – Canlyniadau"

PLAIN = ("slug", "edition", "status")
"""The rows of the first sheet with one value for both languages, in the English column."""

SURVEY_PARTS = ("title", "introduction", "source", *(f"levels.{level}" for level in LEVELS))
DESCRIPTORS = tuple(f"descriptors.{level}" for level in LEVELS)
OUTCOME_PARTS = ("title", "statement", *DESCRIPTORS, "prompts", "evidence", "drawn_from")
"""The texts of a survey and of an outcome, by their names in the definition file."""

LISTS = ("prompts", "evidence")
"""Parts with several texts, one a line in the cell."""

SURVEY_COLUMNS = ("code", *LANGUAGES)
OUTCOME_COLUMNS = ("code", *(f"{part}.{language}" for part in OUTCOME_PARTS for language in LANGUAGES))
"""The codes in the heading row; the reader finds columns by code, so people can move them."""

NAMES: Mapping[str, Callable[[], str]] = {
    "code": lambda: _("Code, not to be changed"),
    "slug": lambda: _("Survey, not to be changed"),
    "edition": lambda: _("Edition. Raise it with every change, such as 2027.1 after 2026.1."),
    "status": lambda: _("Status: “working draft”, or “official” when the programme has approved the wording."),
    "title": lambda: _("Title"),
    "introduction": lambda: _("Introduction"),
    "source": lambda: _("Where the wording comes from"),
    "statement": lambda: _("What is true when it is reached"),
    "prompts": lambda: _("Prompts for the discussion, each on a line of its own"),
    "evidence": lambda: _("Examples of evidence, each on a line of its own"),
    "drawn_from": lambda: _("What it is drawn from"),
}


def name(part: str, survey: Survey) -> BilingualText:
    """Return the name of a row or column for readers; a descriptor has the name of its level in this survey."""
    kind, _dot, level = part.partition(".")
    if not level:
        return in_both(NAMES[part])
    return (
        survey.levels[level]
        if kind == "descriptors"
        else in_both(lambda: _("Name of the level “%(code)s”", code=level))
    )


def heading(code: str, survey: Survey) -> BilingualText:
    """Return the heading of a column of the sheet of outcomes."""
    if code == "code":
        return in_both(NAMES["code"])
    part, _dot, language = code.rpartition(".")
    called, spoken = name(part, survey), in_both(lambda: _("in English") if language == "en" else _("in Welsh"))
    return BilingualText(f"{called.en} ({spoken.en})", f"{called.cy} ({spoken.cy})")


def texts(thing: Survey | Outcome, part: str) -> tuple[BilingualText, ...]:
    """Return the texts of a part of a survey or an outcome, one or more."""
    kind, _dot, level = part.partition(".")
    found = getattr(thing, kind)
    return (found[level],) if level else found if isinstance(found, tuple) else (found,)
