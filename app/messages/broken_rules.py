"""Which rules of peer review an allocation breaks that was changed by hand, in sentences."""

from collections.abc import Callable, Mapping

from app.domain.peer_review.allocation.result import AllocationConstraint
from app.i18n import gettext as _
from app.messages.peer_review import Names, listed

BROKEN: Mapping[str, Callable[[AllocationConstraint, Names], str]] = {
    "not-a-nominee": lambda clause, names: _("%(cluster)s is not nominated.", cluster=listed(clause.clusters, names)),
    "not-an-outcome": lambda clause, names: _(
        "%(outcome)s is not an outcome of this round.", outcome=listed(clause.outcomes, names)
    ),
    "reviews": lambda clause, names: _(
        "%(cluster)s has to review exactly one cluster, not %(times)s.",
        cluster=listed(clause.clusters, names),
        times=clause.numbers["times"],
    ),
    "reviewed": lambda clause, names: _(
        "%(cluster)s has to be reviewed by exactly one cluster, not by %(times)s.",
        cluster=listed(clause.clusters, names),
        times=clause.numbers["times"],
    ),
    "itself": lambda clause, names: _("%(cluster)s reviews itself.", cluster=listed(clause.clusters, names)),
    "own-board": lambda clause, names: _(
        "These are of the same health board: %(clusters)s.", clusters=listed(clause.clusters, names)
    ),
    "conflict": lambda clause, names: _(
        "A conflict is declared between these: %(clusters)s.", clusters=listed(clause.clusters, names)
    ),
    "reciprocal": lambda clause, names: _(
        "These review each other: %(clusters)s.", clusters=listed(clause.clusters, names)
    ),
    "several-rings": lambda clause, _names: _(
        "The reviews form %(rings)s rings, and fewer are possible.", rings=clause.numbers["rings"]
    ),
    "twice-in-review": lambda clause, names: _(
        "The review of %(cluster)s has an outcome twice: %(outcomes)s.",
        cluster=listed(clause.clusters, names),
        outcomes=listed(clause.outcomes, names),
    ),
    "size": lambda clause, names: _(
        "The review of %(cluster)s covers %(number)s outcomes of one kind or "
        "in all; it must cover %(least)s to %(most)s.",
        cluster=listed(clause.clusters, names),
        number=clause.numbers["number"],
        least=clause.numbers["least"],
        most=clause.numbers["most"],
    ),
    "not-covered": lambda clause, names: _("Nobody looks at %(outcome)s.", outcome=listed(clause.outcomes, names)),
    "load": lambda clause, names: _(
        "%(outcome)s must be looked at %(least)s to %(most)s times, not %(times)s.",
        outcome=listed(clause.outcomes, names),
        times=clause.numbers["times"],
        least=clause.numbers["least"],
        most=clause.numbers["most"],
    ),
    "fixed": lambda clause, names: _(
        "This goes against what was fixed beforehand: %(what)s.",
        what=listed((*clause.clusters, *clause.outcomes), names),
    ),
}
"""Code of a broken rule (app.domain.peer_review.allocation.hard_rules) -> its sentence."""


def broken_in_words(clause: AllocationConstraint, names: Names) -> str:
    """One rule that is broken."""
    return BROKEN[clause.code](clause, names)
