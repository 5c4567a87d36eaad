"""Constraints, repairs, reasons and broken rules of an allocation as sentences."""

from collections.abc import Callable, Iterable, Mapping

from surveys.faults import DataFault

from app.domain.errors import AllocationRefused, DomainError, RoundFinished, SearchStopped
from app.domain.peer_review.allocation.result import AllocationConstraint, Reason, ReasonCode, Repair
from app.domain.peer_review.rules import SEARCH_WORK_LIMIT
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.i18n import ngettext

DAMAGED = _l(
    "The published allocation of this round of peer review is damaged, so it is not shown: the stored rows do not keep "
    "the rules that they kept when it was published. Nothing was changed, and other years are not affected. Those who "
    "run the service can find the fault with data check, and go back to a backup."
)

NOT_DONE: dict[type[DomainError], str] = {
    RoundFinished: _l(
        "Nothing was changed: this round of peer review is finished, because its reports are published or a later "
        "cycle has begun."
    ),
    SearchStopped: _l(
        "No new allocation was proposed: the search took more than %(seconds)s seconds and was stopped. Propose again "
        "when more of the nominated clusters have submitted, or fix a reviewer or outcomes first.",
        seconds=SEARCH_WORK_LIMIT,
    ),
    AllocationRefused: _l(
        "No new allocation was proposed: the one that was found breaks a rule, which is a fault of this service. "
        "Report it to those who run the service. Until it is mended, change what is settled beforehand and propose "
        "again."
    ),
}
"""Refusal -> its sentence, on every page and on the command line."""

Names = Mapping[str, str]


def listed(codes: Iterable[str], names: Names) -> str:
    """Clusters, boards or outcomes by their names, and by their codes where they have none."""
    return ", ".join(names.get(code, code) for code in codes)


def _everybody_reviews(clause: AllocationConstraint, names: Names) -> str:
    if not clause.clusters:
        return str(_("Every cluster reviews one other."))
    return str(_("Each of these reviews one other: %(clusters)s.", clusters=listed(clause.clusters, names)))


def _everybody_is_reviewed(clause: AllocationConstraint, names: Names) -> str:
    if not clause.clusters:
        return str(_("Every cluster is reviewed by one other."))
    return str(_("Each of these is reviewed by one other: %(clusters)s.", clusters=listed(clause.clusters, names)))


def _places(clause: AllocationConstraint, names: Names) -> str:
    reviews, places = clause.numbers["reviews"], clause.numbers["places"]
    return str(
        _(
            "The number of reviews is %(reviews)s, which gives %(places)s places for these outcomes: %(outcomes)s.",
            reviews=reviews,
            places=places,
            outcomes=_span(clause.outcomes, names),
        )
    )


def _span(outcomes: tuple[str, ...], names: Names) -> str:
    """A whole set of outcomes in few words: the first to the last."""
    if len(outcomes) < 4:
        return listed(outcomes, names)
    first, last = (names.get(outcomes[end], outcomes[end]) for end in (0, -1))
    return str(_("%(first)s to %(last)s", first=first, last=last))


CLAUSES: Mapping[str, Callable[[AllocationConstraint, Names], str]] = {
    "two-nominees": lambda clause, _names: ngettext(
        "At least two clusters are needed; %(num)s takes part.",
        "At least two clusters are needed; %(num)s take part.",
        clause.numbers["nominees"],
    ),
    "everybody-reviews": _everybody_reviews,
    "everybody-is-reviewed": _everybody_is_reviewed,
    "not-in-return": lambda _clause, _names: _("No two clusters review each other."),
    "own-board": lambda clause, names: _(
        "Clusters of the same health board do not review each other: %(clusters)s.",
        clusters=listed(clause.clusters, names),
    ),
    "conflict": lambda clause, names: _(
        "There is a conflict of interest between these clusters: %(clusters)s.", clusters=listed(clause.clusters, names)
    ),
    "fixed-pair": lambda clause, names: _(
        "It is fixed that %(reviewer)s reviews %(reviewed)s.",
        reviewer=listed(clause.clusters[:1], names),
        reviewed=listed(clause.clusters[1:], names),
    ),
    "fixed-outcome": lambda clause, names: _(
        "It is fixed that the review of %(cluster)s looks at %(outcome)s.",
        cluster=listed(clause.clusters, names),
        outcome=listed(clause.outcomes, names),
    ),
    "places": _places,
    "coverage": lambda clause, names: ngettext(
        "Each of the %(count)s outcomes %(outcomes)s is looked at in at least one review.",
        "Each of the %(count)s outcomes %(outcomes)s is looked at in at least %(num)s reviews.",
        clause.numbers["low"],
        count=clause.numbers["outcomes"],
        outcomes=_span(clause.outcomes, names),
    ),
    "load": lambda clause, names: ngettext(
        "None of the outcomes %(outcomes)s is looked at in more than one review.",
        "None of the outcomes %(outcomes)s is looked at in more than %(num)s reviews.",
        clause.numbers["high"],
        outcomes=_span(clause.outcomes, names),
    ),
    "even-sizes": lambda clause, _names: _(
        "Each review looks at %(low)s to %(high)s outcomes in all.",
        low=clause.numbers["low"],
        high=clause.numbers["high"],
    ),
}
"""Code of a demand -> its sentence."""

CHANGES: Mapping[str, Callable[[AllocationConstraint, Names], str]] = {
    "drop-conflict": lambda clause, names: _(
        "Take back the conflict of interest between these clusters: %(clusters)s.",
        clusters=listed(clause.clusters, names),
    ),
    "drop-fixed-pair": lambda clause, names: _(
        "Leave open who reviews %(reviewed)s, now fixed to be %(reviewer)s.",
        reviewer=listed(clause.clusters[:1], names),
        reviewed=listed(clause.clusters[1:], names),
    ),
    "drop-fixed-outcome": lambda clause, names: _(
        "Leave open whether the review of %(cluster)s looks at %(outcome)s.",
        cluster=listed(clause.clusters, names),
        outcome=listed(clause.outcomes, names),
    ),
    "extra-places": lambda clause, names: ngettext(
        "Let one review take %(takes)s outcomes of %(outcomes)s.",
        "Let %(num)s reviews take %(takes)s outcomes each of %(outcomes)s.",
        clause.numbers["more"],
        outcomes=_span(clause.outcomes, names),
        takes=clause.numbers["takes"],
    ),
    "nominate": lambda clause, names: (
        ngettext(
            "Have one more cluster nominated, by a health board other than that of %(clusters)s.",
            "Have %(num)s more clusters nominated, by health boards other than that of %(clusters)s.",
            clause.numbers["more"],
            clusters=listed(clause.clusters, names),
        )
        if clause.clusters
        else _("Have two clusters of different health boards nominated.")
    ),
}
"""Code of a change -> its sentence."""

REASONS: Mapping[ReasonCode, Callable[[Reason], str]] = {
    ReasonCode.NEW_PAIR: lambda _reason: _("These two have not met in recent years."),
    ReasonCode.PAIR_REPEATED: lambda reason: _(
        "These two already met in %(year)s; it could not be avoided.", year=reason.number
    ),
    ReasonCode.FIXED_PAIR: lambda _reason: _("The national programme fixed this pair."),
    ReasonCode.WISHED: lambda _reason: _("The cluster asked for it."),
    ReasonCode.REVIEWER_ABOVE: lambda reason: ngettext(
        "The reviewer is one level above.", "The reviewer is %(num)s levels above.", reason.number or 0
    ),
    ReasonCode.COVERAGE: lambda _reason: _("So that every outcome is looked at in Wales."),
    ReasonCode.OUTCOME_REPEATED: lambda reason: _(
        "Already looked at in %(year)s; it could not be avoided.", year=reason.number
    ),
    ReasonCode.FIXED_OUTCOME: lambda _reason: _("The national programme fixed this outcome."),
}
"""Why a reviewer or an outcome was given -> its sentence."""

FAULTS: Mapping[str, Callable[[str], str]] = {
    "too_large": lambda said: _(
        "The file is larger than %(limit)s bytes. Leave out years that are too old to count.", limit=said
    ),
    "not_utf8": lambda said: _("Byte %(place)s is not UTF-8. Save the file as UTF-8.", place=said),
    "not_json": lambda said: _("Line %(line)s is not valid JSON. Correct it there.", line=said),
    "too_deep": lambda said: _("Brackets are nested deeper than %(limit)s. Keep to the described form.", limit=said),
    "duplicate_key": lambda said: _("The key “%(key)s” is used twice in one place. Keep one of the two.", key=said),
    "no_number": lambda said: _("“%(value)s” is not a number in JSON. Write a whole number.", value=said),
    "too_many_nominees": lambda said: _("There are more than %(limit)s nominees. Split the round.", limit=said),
    "too_many_outcomes": lambda _said: _("There are too many outcomes for so many nominees. Leave some out."),
    "missing": lambda _said: _("This is missing. Write it."),
    "unknown_key": lambda said: _("This key is not known. Correct it or take it out; known: %(known)s.", known=said),
    "not_object": lambda _said: _("This is not an object. Write keys and values in { }."),
    "not_list": lambda _said: _("This is not a list. Write its elements in [ ]."),
    "not_code": lambda _said: _(
        "This is not a code. Write 1 to 200 characters in quotation marks, without spaces around them."
    ),
    "not_number": lambda said: _("This is not a whole number within %(limits)s. Write one.", limits=said),
    "not_a_pair": lambda _said: _("A conflict is between two clusters. Write two codes."),
    "named_twice": lambda _said: _("The same is named twice here. Name it once."),
    "more_than_outcomes": lambda said: _("A review cannot take more outcomes than there are: %(count)s.", count=said),
    "no_outcomes": lambda _said: _("There are no outcomes. Name at least one."),
    "duplicate_code": lambda said: _("The code “%(code)s” is used twice. Give each its own.", code=said),
    "unknown_cluster": lambda said: _("“%(code)s” is not among the nominees. Correct it or take it out.", code=said),
    "unknown_outcome": lambda said: _("“%(code)s” is in no set of outcomes. Correct it or take it out.", code=said),
    "not_past": lambda said: _("This is not before %(year)s, the year of the round. Take it out.", year=said),
}
"""What is wrong with a problem file -> its sentence with the remedy."""


def clause_in_words(clause: AllocationConstraint, names: Names) -> str:
    """One demand of a contradiction."""
    return CLAUSES[clause.code](clause, names)


def repair_in_words(repair: Repair, names: Names) -> str:
    """What to change, all of it."""
    return " ".join(CHANGES[change.code](change, names) for change in repair.changes)


def reason_in_words(reason: Reason) -> str:
    """Why a reviewer, or an outcome, was given; the sentence does not name the outcome."""
    return REASONS[reason.code](reason)


def fault_in_words(fault: DataFault) -> str:
    """Where a problem file is wrong, how, and what to do."""
    sentence = FAULTS[fault.code](fault.detail)
    return f"{fault.path}: {sentence}" if fault.path else sentence


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
