"""The fields of a submitted form: typed texts, codes, and fields that belong to one request."""

from flask import request
from werkzeug.exceptions import HTTPException

OF_ONE_REQUEST = ("csrf_token", "author_token", "switch_language", "save_and_leave", "copy_previous")
"""Fields that are made anew for each request."""

CODES = {
    *(
        "base_version",
        "client_id",
        "sequence_no",
        "stashed_form",
        "resolve_conflict",
        "reading",
        "version",
        "submission",
    ),
    *("level", "present", "chosen", "groups", "order", "share", "compares", "known"),
    *("role", "professional_group", "language", "persona", "contacts", "wishes"),
    *("one", "other", "reviewed", "reviewer", "outcomes", "keep", "weigh", "problem_hash"),
    *("theme", "themes", "reviewed_warnings", "confirmed", "add", "clear", "do", "item", "round", "votes"),
}
"""The fields with codes, which are never shown as text; all other fields hold typed text."""

NUMBERED = ("place_", "conflict_", "reviewer_", "outcome_")
"""The first part of the names of repeated fields with codes."""


def is_switching_language() -> bool:
    """Return whether the language switch sent the form: show it again as typed, without validating or saving it."""
    return request.method == "POST" and "switch_language" in request.form


def submitted_fields() -> list[tuple[str, str]]:
    """Return the pairs of name and value that were sent, without the fields of OF_ONE_REQUEST."""
    try:
        return [(name, value) for name, value in request.form.items(multi=True) if name not in OF_ONE_REQUEST]
    except HTTPException:  # too large to be parsed
        return []


def submitted_texts() -> list[str]:
    """Return the typed texts of the request, which a page shows again if they cannot be saved."""
    return [value for name, value in submitted_fields() if value.strip() and not _holds_code(name)]


def _holds_code(name: str) -> bool:
    return name in CODES or name.startswith(NUMBERED)
