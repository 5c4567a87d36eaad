"""What can be refused, by name. app.messages has a sentence for each."""

from collections.abc import Collection, Sequence
from typing import Any

from surveys.schema import Item


class DomainError(Exception):
    """A use case was refused; nothing was changed."""


class CycleNotOpen(DomainError):
    """Clusters cannot answer in this cycle now; `state` says whether it is over or not begun."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class CycleNotOver(DomainError):
    """The last day of the cycle has not passed, and it was not closed before: clusters can still answer."""


class Doubtful(DomainError):
    """A cycle may not be meant as it was given; `doubts` say why, see app.domain.cycle.lifecycle.Doubt."""

    def __init__(self, doubts: Sequence[Any]) -> None:
        super().__init__(", ".join(each.reason for each in doubts))
        self.doubts = doubts


class AlreadySubmitted(DomainError):
    """The reflection was submitted and can only be read until it is reopened."""


class NotSubmitted(DomainError):
    """There is no current submission to reopen or to review."""


class StaleAnswer(DomainError):
    """Somebody saved this answer since it was read; both versions are carried so that none is lost."""

    def __init__(self, saved: Any) -> None:
        super().__init__("the answer was saved by someone else in the meantime")
        self.saved = saved


class SupersededSave(DomainError):
    """A later save of the same open page arrived first: this one was held up on the way and is not needed."""


class RatingClosed(DomainError):
    """The views on this outcome were revealed, or the vote is over: nothing can be added to what was counted."""


class TooFewRatings(DomainError):
    """The distribution stays hidden: fewer ratings than the minimum, and no announcement to the members before."""

    def __init__(self, counted: int, minimum: int) -> None:
        super().__init__(f"{counted} of {minimum}")
        self.counted, self.minimum = counted, minimum


class LosesVotes(DomainError):
    """Votes that were not counted would be deleted: so many, in the vote `identity` on the outcome `item`."""

    def __init__(self, item: str, identity: int, votes: int) -> None:
        super().__init__(f"{votes} on {item}")
        self.item, self.identity, self.votes = item, identity, votes


class NoOpenWorkshop(DomainError):
    """There is no open workshop, or another outcome is on its screen by now."""


class Incomplete(DomainError):
    """The reflection cannot be submitted yet."""

    def __init__(self, missing: Sequence[Item]) -> None:
        super().__init__(", ".join(item.code for item in missing))
        self.missing = missing


class ReviewAlreadySubmitted(DomainError):
    """The review was returned, or replied to: what that side wrote can only be read."""


class NotReturned(DomainError):
    """The review was not returned yet: there is nothing to reply to."""


class ResubmittedMeanwhile(DomainError):
    """The reviewed cluster has submitted again since the reviewers opened the page."""


class AlreadyTakesPart(DomainError):
    """The person holds a role in the cluster that includes what was to be given; `held` is it."""

    def __init__(self, held: Any) -> None:
        super().__init__("the person takes part already")
        self.held = held


class RoleCannotBeRemoved(DomainError):
    """The role cannot be taken away; `hindrance` says why."""

    def __init__(self, hindrance: str) -> None:
        super().__init__(hindrance)
        self.hindrance = hindrance


class RoleAlreadyRemoved(DomainError):
    """The appointment was taken away already, or never was one of this cluster."""


class UnreadableWorkbook(DomainError):
    """A file is not the workbook that is expected; `reason` is a code, its sentence is in app.messages."""

    def __init__(self, reason: str, said: str = "") -> None:
        super().__init__(f"{reason}: {said}")
        self.reason, self.said = reason, said


class InvalidWording(DomainError):
    """A workbook with the wording of a survey is not sound; `faults` say what is wrong and in which cells."""

    def __init__(self, faults: Sequence[Any]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class NominationLimitReached(DomainError):
    """The board has nominated as many clusters as it may; `clusters` are they."""

    def __init__(self, clusters: Sequence[Any]) -> None:
        super().__init__("the board has nominated already")
        self.clusters = clusters


class RoundFinished(DomainError):
    """The year's reports are published or a later cycle has begun: its round of peer review is not changed any more."""


class NominationInUse(DomainError):
    """The cluster has a part in a review that was returned: that stays, and so does its nomination."""


class NotYetSubmitted(DomainError):
    """Nominated clusters without a submission: there is nothing to review; `clusters` are they."""

    def __init__(self, clusters: Sequence[Any]) -> None:
        super().__init__("nominees without a submission")
        self.clusters = clusters


class ProposalOutdated(DomainError):
    """Nominations, submissions or decisions have changed since the allocation was proposed."""


class NoProposal(DomainError):
    """There is no proposal: it was published or discarded already."""


class AllocationBreaksRules(DomainError):
    """What is to be published breaks rules; `faults` are what the independent checker found."""

    def __init__(self, faults: Sequence[Any]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


class SearchStopped(DomainError):
    """The search for an allocation took too long and was stopped."""


class AllocationRefused(DomainError):
    """The allocation that was found breaks rules; `faults` say which."""

    def __init__(self, faults: Sequence[Any]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


class DataDamaged(DomainError):
    """Stored rows break a rule that held when they were written; `faults` are those of the integrity check."""

    def __init__(self, faults: Sequence[Any]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


class TextChanged(DomainError):
    """The cluster has submitted other words since staff read the text."""


class IdentifyingPassage(DomainError):
    """A passage could identify who wrote it, and staff have not confirmed those warnings; `hints` lists them."""

    def __init__(self, hints: Collection[Any]) -> None:
        super().__init__(", ".join(sorted(hints)))
        self.hints = hints


class LinkNotUsable(DomainError):
    """The sign-in link is unknown, used or too old."""


class TooManySignInLinks(DomainError):
    """Too many sign-in links were asked for in the last hour."""


class DatabaseUnavailable(DomainError):
    """The database does not answer, or cannot be made where the settings say."""


class DatabaseReplaced(DatabaseUnavailable):
    """The file of the database was removed or replaced while it was in use: the service is to be restarted."""


class RecordNotFound(DomainError):
    """What was named does not exist; `what` is "cluster", "board", "cycle" ..., `name` as it was given."""

    def __init__(self, what: str, name: object, known: Sequence[object] = ()) -> None:
        super().__init__(f"{what}: {name}")
        self.what, self.name, self.known = what, name, known


class InvalidValue(DomainError):
    """A value is not possible; `reason` is a code, its sentence is in app.messages."""

    def __init__(self, reason: str, value: object = "") -> None:
        super().__init__(f"{reason}: {value}")
        self.reason, self.value = reason, value


class NothingToPublish(DomainError):
    """Too few clusters submitted that their figures could be shown."""


class Unchanged(DomainError):
    """Nothing changed since the version that is published."""


class DraftChanged(DomainError):
    """Data changed after the draft was shown: it has to be read again before it is published."""


class AlreadyBeingMade(DomainError):
    """Somebody else is making it at this moment."""


class DisclosureRisk(DomainError):
    """Together with earlier publications, this one would reveal answers of few clusters; `clusters` are their codes."""

    def __init__(self, clusters: tuple[str, ...]) -> None:
        super().__init__(", ".join(clusters))
        self.clusters = clusters
