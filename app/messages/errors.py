"""Refusals as one sentence each, for the command line."""

from collections.abc import Callable, Mapping

from app.domain.cycle.lifecycle import CycleDays
from app.domain.errors import (
    AlreadyBeingMade,
    DatabaseUnavailable,
    DataDamaged,
    DomainError,
    Doubtful,
    InvalidValue,
    RecordNotFound,
    RoleCannotBeRemoved,
)
from app.domain.people.person_name import LONGEST_PERSON_NAME
from app.domain.people.roles import RemovalObstacle
from app.i18n import day
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.messages import database as keeping_words
from app.messages.peer_review import DAMAGED, NOT_DONE
from app.messages.reports import NOT_PUBLISHED

WHAT: Mapping[str, Callable[[], str]] = {
    "cluster": lambda: _("cluster"),
    "board": lambda: _("health board"),
    "cycle": lambda: _("cycle"),
    "review": lambda: _("peer review"),
    "report": lambda: _("report"),
    "survey": lambda: _("survey"),
    "publication": lambda: _("publication"),
    "staff": lambda: _("member of staff"),
    "person": lambda: _("person"),
    "appointment": lambda: _("role of this person"),
}

REASONS: Mapping[str, Callable[[object], str]] = {
    "email": lambda value: _("“%(value)s” is not an email address.", value=value),
    "name": lambda value: _(
        "“%(value)s” is not a name of 1 to %(limit)s characters.", value=value, limit=LONGEST_PERSON_NAME
    ),
    "no_clusters": lambda _value: _("There are no clusters yet. Run: flask --app wsgi data upgrade"),
    "cycle_exists": lambda value: _("There is already a cycle for %(value)s.", value=value),
    "closes_before_opens": lambda value: _("The closing day %(value)s is before the opening day.", value=value),
    "not_opened": lambda value: _(
        "The cycle cannot be closed: it opens on %(value)s. To give it another last day, use cycle reschedule.",
        value=value,
    ),
    "published": lambda value: _(
        "The last day of the %(value)s cycle was not changed: its reports are published. Old years stay closed.",
        value=value,
    ),
    "corrects_nothing": lambda _value: _(
        "There is nothing to correct yet: leave out --correction-en and --correction-cy."
    ),
    "correction_missing": lambda _value: _("Say what is corrected, with --correction-en and --correction-cy."),
    "asks_questions": lambda value: _(
        "The survey “%(value)s” asks questions, and a workbook holds outcomes only. "
        "Edit surveys/definitions/%(value)s.yaml.",
        value=value,
    ),
    "place_needed": lambda _value: _("Say which cluster or board, with --place."),
    "place_not_needed": lambda value: _("SPPC is for all Wales: leave out “%(value)s”.", value=value),
    **keeping_words.REASONS,
}

STAYS: Mapping[str, Callable[[], str]] = {
    RemovalObstacle.LAST_RECORDER: lambda: _(
        "Nobody else of the cluster could record its answers. Invite another first."
    ),
    RemovalObstacle.LAST_STAFF: lambda: _("Nobody else is staff of SPPC. Invite another first."),
}

DOUBTS: Mapping[str, Callable[[CycleDays], str]] = {
    "overlaps": lambda other: _(
        "It overlaps the %(year)s cycle, which is open from %(opens)s to %(closes)s.",
        year=other.year,
        opens=day(other.opens),
        closes=day(other.closes),
    ),
    "past": lambda given: _("Its last day, %(closes)s, has passed already.", closes=day(given.closes)),
    "other-year": lambda given: _(
        "It is the %(year)s cycle, but its days are from %(opens)s to %(closes)s.",
        year=given.year,
        opens=day(given.opens),
        closes=day(given.closes),
    ),
}

REFUSED: Mapping[type[DomainError], str] = {
    **NOT_PUBLISHED,
    **NOT_DONE,
    DataDamaged: DAMAGED,
    AlreadyBeingMade: _l("Somebody else is making it at this moment."),
}


def sentence(refused: DomainError) -> str:
    """Return what was refused and what to do instead."""
    if isinstance(refused, RecordNotFound):
        return _unknown(refused)
    if isinstance(refused, DatabaseUnavailable):
        return str(_("The database does not answer. Check DATABASE_URL and that the server is running."))
    if isinstance(refused, InvalidValue):
        return REASONS[refused.reason](refused.value)
    if isinstance(refused, Doubtful):
        doubts = [DOUBTS[each.reason](each.told_by) for each in refused.doubts]
        return "\n".join([_("Nothing was changed. If this is meant, add --yes."), *doubts])
    if isinstance(refused, RoleCannotBeRemoved):
        return STAYS[refused.hindrance]()
    return str(REFUSED.get(type(refused), refused))


def _unknown(refused: RecordNotFound) -> str:
    what = WHAT.get(refused.what, lambda: refused.what)()
    if not refused.known:
        return str(_("There is no %(what)s “%(name)s”.", what=what, name=refused.name))
    known = ", ".join(str(each) for each in refused.known)
    said = _("There is no %(what)s “%(name)s”. Choose from: %(known)s", what=what, name=refused.name, known=known)
    return str(said)
