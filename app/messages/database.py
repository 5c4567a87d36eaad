"""Sentences about backups and integrity faults, by the codes of the services."""

from collections.abc import Callable, Iterable, Mapping

from app.domain.database.integrity_fault import IntegrityFault
from app.i18n import gettext as _

REASONS: Mapping[str, Callable[[object], str]] = {
    "not_ready": lambda _value: _("The database is not ready. Run: flask --app wsgi data upgrade"),
    "backup_exists": lambda value: _(
        "“%(value)s” is there already. Nothing was written: choose another name.", value=value
    ),
    "rows_unreadable": lambda value: _(
        "Not everything can be read (%(value)s). Nothing was written. Run: flask --app wsgi data check", value=value
    ),
    "backup_unreadable": lambda value: _(
        "“%(value)s” is damaged, cut short, or no backup at all. Nothing was changed: use another backup.", value=value
    ),
    "backup_damaged": lambda value: _(
        "The backup is damaged: “%(value)s” does not hold the rows that were kept. Nothing was changed: use another "
        "backup.",
        value=value,
    ),
    "backup_unfit": lambda value: _(
        "The backup does not fit the tables it says it is of (%(value)s). Nothing was changed: use another backup.",
        value=value,
    ),
    "backup_newer": lambda value: _(
        "The backup was made by a newer version of the product (%(value)s). Nothing was changed: bring the product "
        "up to date first.",
        value=value,
    ),
    "not_empty": lambda _value: _(
        "There is something in the database. Nothing was changed: set DATABASE_URL to a new database and restore there."
    ),
    "restore_refused": lambda value: _("The database refused (%(value)s). Nothing was changed.", value=value),
}

FAULTS: Mapping[str, Callable[[str], str]] = {
    "file": lambda where: _("The database is damaged: %(where)s", where=where),
    "reference": lambda where: _("A row refers to one that is not there: %(where)s", where=where),
    "unreadable": lambda where: _("A row cannot be read: %(where)s", where=where),
    "gap": lambda where: _("Versions are not numbered from 1 without gaps: %(where)s", where=where),
    "submitted": lambda where: _("A submission refers to a version that is not there: %(where)s", where=where),
    "submitted_otherwise": lambda where: _(
        "A submission does not say what it said when it was given its reference: %(where)s", where=where
    ),
    "standing": lambda where: _("A submission still stands although there is a later one: %(where)s", where=where),
    "review_submission": lambda where: _(
        "A review that was handed in refers to a version that is not there: %(where)s", where=where
    ),
    "agreed": lambda where: _("A discussion agreed on a version that is not there: %(where)s", where=where),
    "quoted": lambda where: _("A cleared passage does not stand in what was submitted: %(where)s", where=where),
    "votes": lambda where: _("Votes were counted and not forgotten, in round %(where)s", where=where),
    "reflection": lambda where: _("A cluster has no reflection in a cycle: %(where)s", where=where),
    "wording": lambda where: _("The frozen wording is not the one of its hash: %(where)s", where=where),
    "wording_unreadable": lambda where: _("The frozen wording cannot be read: %(where)s", where=where),
    "asked": lambda where: _("There is an answer to what the cycle does not ask: %(where)s", where=where),
    "snapshot": lambda where: _("The published snapshot is not the one of its hash: %(where)s", where=where),
    "snapshot_unreadable": lambda where: _("The published snapshot cannot be read: %(where)s", where=where),
    "problem": lambda where: _("What an allocation was made from is not what its hash says: %(where)s", where=where),
    "allocation": lambda where: _("A published allocation breaks a rule of peer review: %(where)s", where=where),
    "review": lambda where: _("A review was allotted and is not there: %(where)s", where=where),
}

KINDS: Mapping[str, Callable[[], str]] = {
    "reflections": lambda: _("reflections"),
    "answers": lambda: _("versions of answers"),
    "submissions": lambda: _("submissions"),
    "wordings": lambda: _("frozen surveys"),
    "allocations": lambda: _("allocations"),
    "publications": lambda: _("publications"),
}


def fault_lines(faults: Iterable[IntegrityFault]) -> list[str]:
    """Return one sentence for each fault."""
    return [FAULTS[fault.code](fault.where) for fault in faults]


def sound_line(looked_at: Mapping[str, int]) -> str:
    """Return the sentence that no fault was found, with the numbers of rows checked."""
    what = ", ".join(f"{KINDS[name]()} {count}" for name, count in looked_at.items())
    return str(_("Sound: %(what)s.", what=what))
