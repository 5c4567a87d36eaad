"""What a form that was sent holds: somebody's words, codes, and fields that belong to its sending."""

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
"""The fields that hold codes, which nobody is shown: everything else in a form is somebody's words."""

NUMBERED = ("place_", "conflict_", "reviewer_", "outcome_")
"""How the names of fields begin that hold codes too and of which a form has several."""


def is_switching_language() -> bool:
    """Whether the form was sent by the language switch: shown again as typed, neither checked nor saved."""
    return request.method == "POST" and "switch_language" in request.form


def submitted_fields() -> list[tuple[str, str]]:
    """The fields as they were sent, less those of one sending."""
    try:
        return [(name, value) for name, value in request.form.items(multi=True) if name not in OF_ONE_REQUEST]
    except HTTPException:  # too large to be read at all
        return []


def submitted_texts() -> list[str]:
    """The texts that came with the request: shown again where they cannot be saved."""
    return [value for name, value in submitted_fields() if value.strip() and not _holds_code(name)]


def _holds_code(name: str) -> bool:
    return name in CODES or name.startswith(NUMBERED)
