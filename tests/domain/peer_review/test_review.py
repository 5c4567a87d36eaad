"""The completeness and the state of a peer review."""

from app.domain.peer_review.review import (
    ReviewState,
    Side,
    lacking_findings,
    lacking_replies,
    review_state,
    shared_practice,
)

HEARD = {"level": "unable", "heard": "Little.", "good_practice": "", "suggestion": ""}
PRACTICE = HEARD | {"good_practice": "A shared rota."}


def test_a_finding_needs_a_level_or_unable_and_what_was_heard():
    findings = {"A": HEARD, "B": HEARD | {"heard": ""}, "C": HEARD | {"level": ""}}
    assert lacking_findings(("A", "B", "C", "D"), findings) == ("B", "C", "D")


def test_a_reply_must_say_of_good_practice_whether_it_is_shared_and_of_nothing_else():
    findings = {"A": HEARD, "B": PRACTICE, "C": PRACTICE, "D": PRACTICE}
    replies = {"B": {"reply": "", "share": "yes"}, "C": {"reply": "Thank you.", "share": ""}}
    assert lacking_replies(tuple(findings), findings, replies) == ("C", "D")
    assert shared_practice(findings, replies) == {"B": "A shared rota."}


def test_a_review_stands_where_its_last_step_left_it():
    assert review_state(findings=0, submitted=()) is ReviewState.NOT_BEGUN
    assert review_state(findings=1, submitted=()) is ReviewState.IN_PROGRESS
    assert review_state(findings=1, submitted=(Side.REVIEWER,)) is ReviewState.RETURNED
    assert review_state(findings=1, submitted=(Side.REVIEWER, Side.REVIEWED)) is ReviewState.REPLIED
