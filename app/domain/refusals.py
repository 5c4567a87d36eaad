"""What can be refused, by name. The edge turns each into a sentence in the person's language."""

from collections.abc import Collection, Sequence
from typing import Any

from surveys.schema import Item


class Refused(Exception):
    """A use case was refused; nothing was changed."""


class CycleNotOpen(Refused):
    """Clusters cannot answer in this cycle now; `state` says whether it is over or not begun."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class CycleNotOver(Refused):
    """The last day of the cycle has not passed, and it was not closed before: clusters can still answer."""


class Doubtful(Refused):
    """A cycle may not be meant as it was given; `doubts` say why, see app.domain.lifecycle.Doubt."""

    def __init__(self, doubts: Sequence[Any]) -> None:
        super().__init__(", ".join(each.reason for each in doubts))
        self.doubts = doubts


class AlreadySubmitted(Refused):
    """The reflection was submitted and can only be read until it is reopened."""


class NotSubmitted(Refused):
    """There is no standing submission to reopen, or none that could be reviewed."""


class StaleAnswer(Refused):
    """Somebody saved this answer since it was read; both versions are carried so that none is lost."""

    def __init__(self, saved: Any) -> None:
        super().__init__("the answer was saved by someone else in the meantime")
        self.saved = saved


class Overtaken(Refused):
    """A later save of the same open page arrived first: this one was held up on the way and is not needed."""


class ViewClosed(Refused):
    """The views on this outcome were revealed, or the vote is over: nothing can be added to what was counted."""


class TooFewViews(Refused):
    """The spread stays hidden: fewer views than the minimum, and the members were not told beforehand."""

    def __init__(self, counted: int, minimum: int) -> None:
        super().__init__(f"{counted} of {minimum}")
        self.counted, self.minimum = counted, minimum


class LosesVotes(Refused):
    """Votes that were not counted would be deleted: so many, in the vote `identity` on the outcome `item`."""

    def __init__(self, item: str, identity: int, votes: int) -> None:
        super().__init__(f"{votes} on {item}")
        self.item, self.identity, self.votes = item, identity, votes


class NoWorkshop(Refused):
    """There is no open workshop, or another outcome is on its screen by now."""


class Incomplete(Refused):
    """The reflection cannot be submitted yet."""

    def __init__(self, missing: Sequence[Item]) -> None:
        super().__init__(", ".join(item.code for item in missing))
        self.missing = missing


class AlreadyHandedIn(Refused):
    """The review was returned, or replied to: what that side wrote can only be read."""


class NotReturned(Refused):
    """The review was not returned yet: there is nothing to reply to."""


class SubmittedAgain(Refused):
    """The reviewed cluster submitted again since the reviewers looked at what it said."""


class AlreadyTakesPart(Refused):
    """The person holds a role in the cluster that includes what was to be given; `held` is it."""

    def __init__(self, held: Any) -> None:
        super().__init__("the person takes part already")
        self.held = held


class StaysAppointed(Refused):
    """The role cannot be taken away; `hindrance` says why."""

    def __init__(self, hindrance: str) -> None:
        super().__init__(hindrance)
        self.hindrance = hindrance


class NoLongerAppointed(Refused):
    """The appointment was taken away already, or never was one of this cluster."""


class UnreadableWorkbook(Refused):
    """A file is not the workbook that is wanted; `reason` is a code that the edge has a sentence for."""

    def __init__(self, reason: str, said: str = "") -> None:
        super().__init__(f"{reason}: {said}")
        self.reason, self.said = reason, said


class Misworded(Refused):
    """A workbook with the wording of a survey is not sound; `faults` say what is wrong and in which cells."""

    def __init__(self, faults: Sequence[Any]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class EnoughNominated(Refused):
    """The board has nominated as many clusters as it may; `clusters` are they."""

    def __init__(self, clusters: Sequence[Any]) -> None:
        super().__init__("the board has nominated already")
        self.clusters = clusters


class RoundFinished(Refused):
    """The year's reports are published or a later cycle has begun: its round of peer review is not changed any more."""


class ReviewReturned(Refused):
    """The cluster has a part in a review that was returned: that stays, and so does its nomination."""


class NotYetSubmitted(Refused):
    """Nominated clusters without a submission: there is nothing to review; `clusters` are they."""

    def __init__(self, clusters: Sequence[Any]) -> None:
        super().__init__("nominees without a submission")
        self.clusters = clusters


class ProposalOutdated(Refused):
    """Nominations, submissions or decisions have changed since the allocation was proposed."""


class NoProposal(Refused):
    """There is no proposal: it was published or discarded already."""


class BreaksRules(Refused):
    """What is to be published breaks rules; `faults` are what the independent checker found."""

    def __init__(self, faults: Sequence[Any]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


class SearchStopped(Refused):
    """The search for an allocation took too long and was stopped."""


class WrongAnswer(Refused):
    """The allocation that was found breaks rules; `faults` say which."""

    def __init__(self, faults: Sequence[Any]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


class Damaged(Refused):
    """Stored rows break a rule that they kept when they were published; `faults` are what the checker found."""

    def __init__(self, faults: Sequence[Any]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


class ReadAgain(Refused):
    """The cluster has submitted other words since staff read the text."""


class MayTell(Refused):
    """A passage holds what could tell whose it is, and staff have not looked at it; `hints` say what."""

    def __init__(self, hints: Collection[Any]) -> None:
        super().__init__(", ".join(sorted(hints)))
        self.hints = hints


class LinkNotUsable(Refused):
    """The sign-in link is unknown, used or too old."""


class TooManyRequests(Refused):
    """Too many sign-in links were asked for in the last hour."""


class DatabaseOutOfReach(Refused):
    """The database does not answer, or cannot be made where the settings say."""


class DatabaseReplaced(DatabaseOutOfReach):
    """The file of the database was removed or replaced while it was in use: the service is to be restarted."""


class Unknown(Refused):
    """What was named does not exist; `what` is "cluster", "board", "cycle" ..., `name` as it was given."""

    def __init__(self, what: str, name: object, known: Sequence[object] = ()) -> None:
        super().__init__(f"{what}: {name}")
        self.what, self.name, self.known = what, name, known


class Invalid(Refused):
    """A value is not possible; `reason` is a code that the edge has a sentence for."""

    def __init__(self, reason: str, value: object = "") -> None:
        super().__init__(f"{reason}: {value}")
        self.reason, self.value = reason, value


class NothingToPublish(Refused):
    """Too few clusters submitted that their figures could be shown."""


class Unchanged(Refused):
    """Nothing changed since the version that is published."""


class StaleDraft(Refused):
    """Something changed since the draft was looked at: it is to be looked at again before it is published."""


class BeingMade(Refused):
    """Somebody else is making it at this moment."""


class TellsOfFew(Refused):
    """Beside what is published already, this would tell what few clusters answered; `clusters` are their codes."""

    def __init__(self, clusters: tuple[str, ...]) -> None:
        super().__init__(", ".join(clusters))
        self.clusters = clusters
