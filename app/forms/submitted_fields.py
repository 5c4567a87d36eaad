"""What a form that was sent holds: somebody's words, codes, and fields that belong to its sending."""

from flask import request
from werkzeug.exceptions import HTTPException

OF_ONE_SENDING = ("csrf_token", "pen", "switch", "leave", "carry")
"""Fields that mean nothing when the form is shown again."""

CODES = {
    *("over", "window", "step", "kept", "clash", "reading", "version", "submission"),
    *("level", "present", "chosen", "groups", "order", "share", "compares", "known"),
    *("role", "professional_group", "language", "persona", "contacts", "wishes"),
    *("one", "other", "reviewed", "reviewer", "outcomes", "keep", "weigh", "of"),
    *("theme", "themes", "looked", "fit", "add", "clear", "do", "item", "round", "votes"),
}
"""The fields that hold codes, which nobody is shown: everything else in a form is somebody's words."""

NUMBERED = ("place_", "clash_", "reviewer_", "outcome_")
"""How the names of fields begin that hold codes too and of which a form has several."""


def is_switching_language() -> bool:
    """Whether the form was sent by the language switch: shown again as typed, neither checked nor saved."""
    return request.method == "POST" and "switch" in request.form


def submitted_fields() -> list[tuple[str, str]]:
    """The fields as they were sent, less those of one sending."""
    try:
        return [(name, value) for name, value in request.form.items(multi=True) if name not in OF_ONE_SENDING]
    except HTTPException:  # too large to be read at all
        return []


def submitted_texts() -> list[str]:
    """The texts that came with the request: shown again where they cannot be saved."""
    return [value for name, value in submitted_fields() if value.strip() and not _holds_code(name)]


def _holds_code(name: str) -> bool:
    return name in CODES or name.startswith(NUMBERED)
