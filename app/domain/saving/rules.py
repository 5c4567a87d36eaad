"""The limits of saving: how long a pause ends an editing session, what is kept of a form whose session had ended."""

from datetime import timedelta

EDITING_PAUSE = timedelta(minutes=10)
"""Versions that one person saves with shorter pauses are one editing session."""

AUTHOR_TOKEN_VALID_FOR = timedelta(hours=24)
"""Twice as long as a session: a page that was opened before is not that of somebody who still writes."""

STASHED_FORM_KEPT_FOR = timedelta(days=30)

MAXIMUM_STASHED_FORMS, MAXIMUM_STASHED_BYTES = 10, 1_000_000
"""Forms of one person, and bytes of all of them: more than anybody types, and too few to fill a disk."""
