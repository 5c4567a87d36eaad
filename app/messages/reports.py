"""Why reports were not published, one sentence for each refusal."""

from app.domain.errors import CycleNotOver, DisclosureRisk, DomainError, DraftChanged, NothingToPublish, Unchanged
from app.i18n import lazy_gettext as _l

NOT_PUBLISHED: dict[type[DomainError], str] = {
    CycleNotOver: _l(
        "Nothing was published: the cycle is not over yet. Publish when its last day has passed, or close it first."
    ),
    NothingToPublish: _l("Nothing was published: so few clusters submitted that no figures can be shown."),
    DraftChanged: _l(
        "Nothing was published: answers changed since you looked at the drafts. Look at them again, then publish."
    ),
    DisclosureRisk: _l(
        "Nothing was published: together with what is already published, this would reveal what a few clusters "
        "answered. Wait until more clusters have changed their answers."
    ),
    Unchanged: _l("Nothing was published: the published version already says the same."),
}
"""Refusal -> its sentence, on pages and on the command line."""
