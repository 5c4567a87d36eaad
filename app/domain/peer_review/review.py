"""The content of findings and replies, when they are complete, and the states of a review.

Content is a mapping of codes and typed text, as it is stored:

    a finding of the reviewer    {"level": "developing", "heard": "...", "good_practice": "...", "suggestion": "..."}
    the reply to it              {"reply": "...", "share": "yes"}     share is "yes", "no", or "" where not asked
    the meeting (item MEETING)   {"day": "2026-06-03", "time": "14:00", "place": "..."}
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from app.domain.reflection.answers import Answers, Content, level_of

MEETING = "MEETING"
"""The item code of the time and place of the meeting; both clusters may set it, so it is stored under Side.BOTH."""

FINDING_TEXTS = ("heard", "good_practice", "suggestion")
"""The texts of a finding, apart from its level."""


class Side(StrEnum):
    """The side that writes: reviewer, reviewed cluster, or both."""

    REVIEWER = "reviewer"
    REVIEWED = "reviewed"
    BOTH = "both"


class ReviewState(StrEnum):
    """How far a review has come."""

    NOT_BEGUN = "not begun"
    IN_PROGRESS = "in progress"
    RETURNED = "returned"
    REPLIED = "replied"


def review_state(*, findings: int, submitted: Collection[str]) -> ReviewState:
    """Return the state of a review from its number of findings and the sides that have submitted."""
    if Side.REVIEWED in submitted:
        return ReviewState.REPLIED
    if Side.REVIEWER in submitted:
        return ReviewState.RETURNED
    return ReviewState.IN_PROGRESS if findings else ReviewState.NOT_BEGUN


def is_finding_complete(content: Content | None) -> bool:
    """Return whether a finding has what is required: a level, and what was heard."""
    return bool(level_of(content)) and bool((content or {}).get("heard"))


def is_reply_complete(content: Content | None, finding: Content) -> bool:
    """Return whether a reply is complete: sharing is decided if there is good practice. Text is optional."""
    return not finding.get("good_practice") or (content or {}).get("share") in ("yes", "no")


def lacking_findings(outcomes: Sequence[str], findings: Answers) -> tuple[str, ...]:
    """Return the outcomes whose finding is not complete."""
    return tuple(outcome for outcome in outcomes if not is_finding_complete(findings.get(outcome)))


def lacking_replies(outcomes: Sequence[str], findings: Answers, replies: Answers) -> tuple[str, ...]:
    """Return the outcomes whose reply is not complete."""
    return tuple(each for each in outcomes if not is_reply_complete(replies.get(each), findings.get(each, {})))


def shared_practice(findings: Answers, replies: Answers) -> Mapping[str, str]:
    """Return outcome -> good practice that the reviewed cluster agreed to share."""
    return {
        outcome: text
        for outcome, content in findings.items()
        if (text := content.get("good_practice")) and replies.get(outcome, {}).get("share") == "yes"
    }
