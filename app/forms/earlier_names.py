"""Form fields and script states by their names in the previous release, accepted for one release.

A page that is open during an upgrade, and a form stashed before it, send the old names; the script of such a page
expects the old states. Delete this module and its uses in the next release.
"""

import re
from collections.abc import Iterable
from typing import Any

from flask import g, request
from werkzeug.datastructures import ImmutableMultiDict

PRESENT_NAMES = {
    "over": "base_version",
    "window": "client_id",
    "step": "sequence_no",
    "kept": "stashed_form",
    "pen": "author_token",
    "leave": "save_and_leave",
    "carry": "copy_previous",
    "clash": "resolve_conflict",
    "switch": "switch_language",
    "looked": "reviewed_warnings",
    "fit": "confirmed",
    "of": "problem_hash",
}
"""Old field name -> present one."""

EARLIER_STATES = {
    "new_csrf_token": "again",
    "conflict": "clash",
    "superseded": "overtaken",
    "signed_out": "signed out",
}
"""State of an autosave -> its name in the script of the previous release."""


def with_present_names(fields: Iterable[Iterable[Any]]) -> list[tuple[str, Any]]:
    """Return the pairs of field name and value with each old name replaced."""
    return [(_present_name(name), value) for name, value in fields]


def _present_name(name: str) -> str:
    """Return the present name of a field; "clash_" began the names of fields about a workbook's conflicts."""
    return PRESENT_NAMES.get(name) or re.sub("^clash_", "conflict_", name)


def accept_earlier_names() -> None:
    """Replace old field names in the current request, and note in `g` whether it had any."""
    g.has_earlier_names = any(_present_name(name) != name for name in request.form)
    if g.has_earlier_names:
        request.form = ImmutableMultiDict(with_present_names(request.form.items(multi=True)))


def state_for_script(state: str) -> str:
    """Return the state of an autosave by its name in the script that sent the current request."""
    return EARLIER_STATES.get(state, state) if g.get("has_earlier_names") else state
