"""The refusals of use cases. Views and commands turn each into a sentence in the person's language."""

from collections.abc import Collection, Sequence
from typing import Any

from surveys.schema import Item


class DomainError(Exception):
    """A use case was refused; nothing was changed."""


class CycleNotOpen(DomainError):
    """Clusters cannot answer in this cycle now; `state` is a CycleState: not yet open, or closed."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class CycleNotOver(DomainError):
    """The last day of the cycle has not passed, and it was not closed before: clusters can still answer."""


class Doubtful(DomainError):
    """The dates of a cycle need confirmation; `doubts` are app.domain.cycle.lifecycle.Doubt."""

    def __init__(self, doubts: Sequence[Any]) -> None:
        super().__init__(", ".join(each.reason for each in doubts))
        self.doubts = doubts


class AlreadySubmitted(DomainError):
    """The reflection is submitted: it is read-only until it is reopened."""


class NotSubmitted(DomainError):
    """There is no current submission to reopen or to review."""


class StaleAnswer(DomainError):
    """Somebody else saved this answer since it was read; `saved` is their version, so that both texts can be shown."""

    def __init__(self, saved: Any) -> None:
        super().__init__("the answer was saved by someone else in the meantime")
        self.saved = saved


class SupersededSave(DomainError):
    """A later save of the same open page has already arrived, so this delayed one is not needed."""


class RatingClosed(DomainError):
    """The ratings of this outcome were revealed, or the vote is over: no more ratings or votes are taken."""


class TooFewRatings(DomainError):
    """The distribution stays hidden: fewer ratings than the minimum, and no announcement to the members before."""

    def __init__(self, counted: int, minimum: int) -> None:
        super().__init__(f"{counted} of {minimum}")
        self.counted, self.minimum = counted, minimum


class LosesVotes(DomainError):
    """Uncounted votes would be deleted: `votes` of them, in the voting round `identity` on the outcome `item`."""

    def __init__(self, item: str, identity: int, votes: int) -> None:
        super().__init__(f"{votes} on {item}")
        self.item, self.identity, self.votes = item, identity, votes


class NoOpenWorkshop(DomainError):
    """There is no open workshop, or it has moved on to another outcome."""


class Incomplete(DomainError):
    """The reflection cannot be submitted yet; `missing` are the required items without an answer."""

    def __init__(self, missing: Sequence[Item]) -> None:
        super().__init__(", ".join(item.code for item in missing))
        self.missing = missing


class ReviewAlreadySubmitted(DomainError):
    """That side has already returned its findings or sent its reply, which are now read-only."""


class NotReturned(DomainError):
    """The review is not returned yet, so it cannot be replied to."""


class ResubmittedMeanwhile(DomainError):
    """The reviewed cluster has submitted again since the reviewers opened the page."""


class AlreadyTakesPart(DomainError):
    """The person already has a role in the cluster (`held`) that includes the one to be given."""

    def __init__(self, held: Any) -> None:
        super().__init__("the person takes part already")
        self.held = held


class RoleCannotBeRemoved(DomainError):
    """The role cannot be taken away; `hindrance` is a RemovalObstacle."""

    def __init__(self, hindrance: str) -> None:
        super().__init__(hindrance)
        self.hindrance = hindrance


class RoleAlreadyRemoved(DomainError):
    """The appointment was already taken away, or is not one of this cluster."""


class UnreadableWorkbook(DomainError):
    """A file is not the workbook that is expected; `reason` is a code, its sentence is in app.messages."""

    def __init__(self, reason: str, said: str = "") -> None:
        super().__init__(f"{reason}: {said}")
        self.reason, self.said = reason, said


class InvalidWording(DomainError):
    """A workbook with the wording of a survey has faults; `faults` name each with its cell."""

    def __init__(self, faults: Sequence[Any]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class NominationLimitReached(DomainError):
    """The board has already nominated as many clusters as it may: `clusters`."""

    def __init__(self, clusters: Sequence[Any]) -> None:
        super().__init__("the board has nominated already")
        self.clusters = clusters


class RoundFinished(DomainError):
    """Reports of the year are published or a later cycle has begun, so its peer review cannot be changed."""


class NominationInUse(DomainError):
    """The cluster takes part in a returned review, so its nomination cannot be withdrawn."""


class NotYetSubmitted(DomainError):
    """The nominated `clusters` have not submitted, so there is nothing to review."""

    def __init__(self, clusters: Sequence[Any]) -> None:
        super().__init__("nominees without a submission")
        self.clusters = clusters


class ProposalOutdated(DomainError):
    """Nominations, submissions or decisions have changed since the allocation was proposed."""


class NoProposal(DomainError):
    """There is no proposal: it was already published or discarded."""


class AllocationBreaksRules(DomainError):
    """The allocation to be published breaks hard rules; `faults` are from the independent checker."""

    def __init__(self, faults: Sequence[Any]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


class SearchStopped(DomainError):
    """The search for an allocation took too long and was stopped."""


class AllocationRefused(DomainError):
    """The allocation found by the solver breaks hard rules; `faults` are from the independent checker."""

    def __init__(self, faults: Sequence[Any]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


class DataDamaged(DomainError):
    """Stored rows break a rule that held when they were written; `faults` are those of the integrity check."""

    def __init__(self, faults: Sequence[Any]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


class TextChanged(DomainError):
    """The cluster has submitted a different text since staff read it."""


class IdentifyingPassage(DomainError):
    """A passage could identify who wrote it, and staff have not confirmed those warnings; `hints` lists them."""

    def __init__(self, hints: Collection[Any]) -> None:
        super().__init__(", ".join(sorted(hints)))
        self.hints = hints


class LinkNotUsable(DomainError):
    """The sign-in link is unknown, used or expired."""


class TooManySignInLinks(DomainError):
    """Too many sign-in links were requested in the last hour."""


class DatabaseUnavailable(DomainError):
    """The database does not answer, or cannot be created at the configured address."""


class DatabaseReplaced(DatabaseUnavailable):
    """The SQLite file was removed or replaced while in use: the service must be restarted."""


class RecordNotFound(DomainError):
    """Something does not exist; `what` is its kind ("cluster", "board", "cycle" ...), `name` is as it was given."""

    def __init__(self, what: str, name: object, known: Sequence[object] = ()) -> None:
        super().__init__(f"{what}: {name}")
        self.what, self.name, self.known = what, name, known


class InvalidValue(DomainError):
    """A value is not valid; `reason` is a code whose sentence is in app.messages."""

    def __init__(self, reason: str, value: object = "") -> None:
        super().__init__(f"{reason}: {value}")
        self.reason, self.value = reason, value


class NothingToPublish(DomainError):
    """Too few clusters submitted for their figures to be published."""


class Unchanged(DomainError):
    """The data are the same as in the published version."""


class DraftChanged(DomainError):
    """Data changed after the draft was shown: it has to be read again before it is published."""


class AlreadyBeingMade(DomainError):
    """The same thing is being made by another process."""


class DisclosureRisk(DomainError):
    """Together with earlier publications, this one would reveal answers of few clusters; `clusters` are their codes."""

    def __init__(self, clusters: tuple[str, ...]) -> None:
        super().__init__(", ".join(clusters))
        self.clusters = clusters
