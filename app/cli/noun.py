"""A group of commands that answers a refusal with one clear line and exit code 1, in the operator's language."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

import click
from flask.cli import AppGroup, with_appcontext

from surveys.faults import FaultsFound

from app.domain.refusals import (
    BeingMade,
    DatabaseOutOfReach,
    Invalid,
    NothingToPublish,
    Refused,
    StaleDraft,
    StaysAppointed,
    TellsOfFew,
    Unchanged,
    Unknown,
)
from app.domain.roles import Hindrance
from app.i18n import gettext as _
from app.i18n import operators_language, speaking
from app.services import upkeep

Result = TypeVar("Result")

WHAT: Mapping[str, Callable[[], str]] = {
    "cluster": lambda: _("cluster"),
    "board": lambda: _("health board"),
    "cycle": lambda: _("cycle"),
    "review": lambda: _("peer review"),
    "report": lambda: _("report"),
    "publication": lambda: _("publication"),
    "staff": lambda: _("member of staff"),
    "person": lambda: _("person"),
    "appointment": lambda: _("role of this person"),
}
REASONS: Mapping[str, Callable[[object], str]] = {
    "email": lambda value: _("“%(value)s” is not an e-mail address.", value=value),
    "name": lambda value: _("“%(value)s” is not a name of 1 to 200 characters.", value=value),
    "no_clusters": lambda _value: _("There are no clusters yet. Run: flask --app wsgi data upgrade"),
    "cycle_exists": lambda value: _("There is a cycle %(value)s already.", value=value),
    "closes_before_opens": lambda value: _("The closing day %(value)s is before the opening day.", value=value),
    "correction_missing": lambda _value: _("Say what is corrected, with --correction-en and --correction-cy."),
    "place_not_needed": lambda value: _("SPPC is for all Wales: leave out “%(value)s”.", value=value),
}

STAYS: Mapping[Hindrance, Callable[[], str]] = {
    Hindrance.LAST_RECORDER: lambda: _("Nobody else of the cluster could record its answers. Invite another first."),
    Hindrance.LAST_STAFF: lambda: _("Nobody else is staff of SPPC. Invite another first."),
}

REFUSED: Mapping[type[Refused], Callable[[], str]] = {
    BeingMade: lambda: _("Somebody else is making it at this moment."),
    NothingToPublish: lambda: _("Nothing was published: so few clusters submitted that no figures can be shown."),
    StaleDraft: lambda: _(
        "Nothing was published: answers changed since you looked at the drafts. Look at them again, then publish."
    ),
    TellsOfFew: lambda: _(
        "Nothing was published: beside what is published already, this would tell what few clusters answered. "
        "Wait until more clusters have changed their answers."
    ),
    Unchanged: lambda: _("Nothing was published: the published version says the same already."),
}


class Noun(AppGroup):
    """Commands about one thing, all on a database that is in shape."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; a refusal becomes a sentence."""
        return with_appcontext(self._spoken)(context)

    def _spoken(self, context: click.Context) -> Any:
        with speaking(operators_language()):
            return in_shape(super().invoke)(context)


def in_shape(act: Callable[..., Result]) -> Callable[..., Result]:
    """What needs a database in shape: without one it is not begun, and a refusal becomes a sentence."""

    @wraps(act)
    def guarded(*arguments: Any, **options: Any) -> Result:
        if not upkeep.is_current():
            raise click.ClickException(_("The database is not ready. Run: flask --app wsgi data upgrade"))
        try:
            return act(*arguments, **options)
        except Refused as refused:
            raise click.ClickException(sentence(refused)) from refused
        except FaultsFound as found:
            faults = "\n".join(fault.sentence(operators_language()) for fault in found.faults)
            raise click.ClickException(faults) from found

    return guarded


def sentence(refused: Refused) -> str:
    """What was refused and what is possible instead."""
    if isinstance(refused, Unknown):
        what = WHAT.get(refused.what, lambda: refused.what)()
        known = ", ".join(str(each) for each in refused.known)
        said: str = _(
            "There is no %(what)s “%(name)s”. There are: %(known)s", what=what, name=refused.name, known=known or "–"
        )
        return said
    if isinstance(refused, DatabaseOutOfReach):
        return str(_("The database does not answer. Check DATABASE_URL and that the server runs."))
    if isinstance(refused, Invalid):
        return REASONS[refused.reason](refused.value)
    if isinstance(refused, StaysAppointed):
        return STAYS[refused.hindrance]()
    return REFUSED[type(refused)]() if type(refused) in REFUSED else str(refused)


def told(as_json: bool, words: str, **facts: Any) -> None:
    """Print the outcome: a sentence for people, or the facts as JSON for programs."""
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else words)


as_json = click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
