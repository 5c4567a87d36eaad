"""A peer review on a real database: who writes what, what is returned, and that nothing is lost or sent twice."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.db import session, transaction
from app.domain.errors import (
    Incomplete,
    NotReturned,
    NotSubmitted,
    RecordNotFound,
    ResubmittedMeanwhile,
    ReviewAlreadySubmitted,
    StaleAnswer,
)
from app.domain.peer_review.review import MEETING, ReviewState, Side
from app.domain.saving.decision import PendingSave
from app.models import Finding, ReviewSubmission
from app.permissions import may_give_review
from app.services.peer_review.participants import writers_of_side
from app.services.peer_review.review_commands import arrange_meeting, return_review, save_finding, send_reply
from app.services.peer_review.review_queries import find_review, reviews_of_person
from app.services.peer_review.visible_review import load_visible_review
from tests.support import reviewed_round as reviewed
from tests.support.application import NOW
from tests.support.reviewed_round import ADVISER, HOST, REVIEWER, SECOND, THIRD, YEAR, marker

ITEM, SITE = "PCMW-01", "http://localhost"
ALLOTTED = list(reviewed.LEVELS)
OTHERS = [row for row in reviewed.RING if row[1] != "north-powys"]


def found(heard="They know their people.", *, item=ITEM, base_version=0, practice="", **more) -> PendingSave:
    content = {"level": "mature", "heard": heard, "good_practice": practice, "suggestion": ""}
    return PendingSave(item, content, base_version, "en", **more)


def replied(reply: str, share: str = "", *, item: str = ITEM, base_version: int = 0) -> PendingSave:
    return PendingSave(item, {"reply": reply, "share": share}, base_version, "en")


def met(place: str, base_version: int = 0) -> PendingSave:
    return PendingSave(MEETING, {"day": "2026-06-03", "time": "14:00", "place": place}, base_version, "en")


@pytest.fixture
def people(cycle):
    return reviewed.invite()


@pytest.fixture
def review(people):
    reviewed.submit_all()
    reviewed.publish()
    return find_review(YEAR, "north-powys")


@pytest.fixture
def letters(tmp_path):
    def sent() -> list[str]:
        return sorted(
            line[4:]
            for file in (tmp_path / "letters").glob("*.eml")
            for line in file.read_text().splitlines()
            if line.startswith("To: ")
        )

    return sent


def find_everything(review, by, practice: str = "A shared rota.") -> None:
    for item in ALLOTTED:
        save_finding(review, Side.REVIEWER, found(item=item, practice=practice), by, NOW)


def give_back(review, by):
    submission = load_visible_review(review, Side.REVIEWER).submission
    return return_review(review, submission.id, by, NOW, address=SITE)


@pytest.mark.parametrize(("year", "cluster"), [(YEAR, "wrexham"), (YEAR, "\0"), (YEAR, ""), (1999, "north-powys")])
def test_there_is_no_review_of_a_cluster_that_is_not_allotted(review, year, cluster):
    with pytest.raises(RecordNotFound):
        find_review(year, cluster)


def test_reviewers_read_of_what_was_submitted_three_parts_of_the_allotted_outcomes_and_nothing_else(review):
    parts = {code: {"level": level, "language": "en"} for code, level in reviewed.LEVELS.items()}
    for code, own in parts.items():
        own |= {box: marker("north-powys", code, box) for box in ("evidence", "next_step")}
    assert load_visible_review(review, Side.REVIEWER).own == parts


def test_while_the_cluster_is_reopened_its_draft_stays_unseen_and_a_new_submission_is_seen(review, people):
    reviewed.reopen("north-powys", people[HOST])
    reviewed.draft("north-powys", "draft")
    assert "draft" not in repr(load_visible_review(review, Side.REVIEWER).own)
    reviewed.submit("north-powys", "again", versions_over=2)
    assert load_visible_review(review, Side.REVIEWER).own[ITEM]["evidence"] == marker(
        "north-powys", ITEM, "evidence", "again"
    )


@pytest.mark.parametrize("item", ["PCMW-02", MEETING, "PCMW-99", "ABOUT-1", ""])
def test_nothing_is_written_on_what_is_not_allotted(review, people, item):
    with pytest.raises(RecordNotFound):
        save_finding(review, Side.REVIEWER, found(item=item), people[REVIEWER], NOW)
    assert session.scalar(select(func.count(Finding.id))) == 0


def test_the_reviewed_cluster_sees_nothing_of_a_review_before_it_is_returned(review, people):
    find_everything(review, people[REVIEWER])
    for side in (Side.REVIEWED, Side.BOTH):
        shown = load_visible_review(review, side)
        assert (shown.findings, shown.state) == ({}, ReviewState.NOT_BEGUN)
    with pytest.raises(NotReturned):
        save_finding(review, Side.REVIEWED, replied("Too early"), people[HOST], NOW)
    with pytest.raises(NotReturned):
        send_reply(review, people[HOST], NOW, address=SITE)


def test_a_review_is_returned_whole_once_and_for_good(review, people, letters):
    save_finding(review, Side.REVIEWER, found(heard=""), people[REVIEWER], NOW)
    with pytest.raises(Incomplete) as incomplete:
        give_back(review, people[REVIEWER])
    assert [outcome.code for outcome in incomplete.value.missing] == ALLOTTED
    save_finding(review, Side.REVIEWER, found(base_version=1), people[REVIEWER], NOW)
    for item in ALLOTTED[1:]:
        save_finding(review, Side.REVIEWER, found(item=item), people[REVIEWER], NOW)
    first = give_back(review, people[REVIEWER])
    again = return_review(review, 0, people[SECOND], NOW + timedelta(days=1), address=SITE)
    assert (first.id, again.versions) == (again.id, {ITEM: 2, "PCMW-05": 1, "ACD-2": 1})
    assert letters() == [HOST]
    with pytest.raises(ReviewAlreadySubmitted):
        save_finding(review, Side.REVIEWER, found("After", base_version=2), people[REVIEWER], NOW)


def test_what_was_submitted_when_the_review_was_returned_stays_before_both_sides(review, people):
    find_everything(review, people[REVIEWER])
    give_back(review, people[REVIEWER])
    reviewed.reopen("north-powys", people[HOST])
    reviewed.submit("north-powys", "again", versions_over=1)
    for side in Side:
        assert load_visible_review(review, side).own[ITEM]["evidence"] == marker("north-powys", ITEM, "evidence")


def test_a_review_of_what_was_submitted_again_meanwhile_is_not_returned_unseen(review, people):
    find_everything(review, people[REVIEWER])
    before = load_visible_review(review, Side.REVIEWER).submission.id
    reviewed.reopen("north-powys", people[HOST])
    reviewed.submit("north-powys", "again", versions_over=1)
    with pytest.raises(ResubmittedMeanwhile):
        return_review(review, before, people[REVIEWER], NOW, address=SITE)
    give_back(review, people[REVIEWER])


def test_a_review_of_a_cluster_that_submitted_nothing_can_be_written_and_not_returned(people):
    reviewed.publish()
    review = find_review(YEAR, "north-powys")
    find_everything(review, people[REVIEWER])
    with pytest.raises(NotSubmitted):
        return_review(review, 0, people[REVIEWER], NOW, address=SITE)


def test_the_reply_says_of_all_good_practice_whether_it_is_shared_and_is_sent_once(review, people, letters):
    find_everything(review, people[REVIEWER], practice="")
    save_finding(review, Side.REVIEWER, found(practice="A shared rota.", base_version=1), people[REVIEWER], NOW)
    give_back(review, people[REVIEWER])
    save_finding(review, Side.REVIEWED, replied("Thank you."), people[HOST], NOW)
    assert load_visible_review(review, Side.REVIEWER).replies == {}
    with pytest.raises(Incomplete) as incomplete:
        send_reply(review, people[HOST], NOW, address=SITE)
    assert [outcome.code for outcome in incomplete.value.missing] == [ITEM]
    save_finding(review, Side.REVIEWED, replied("Thank you.", "no", base_version=1), people[HOST], NOW)
    first = send_reply(review, people[HOST], NOW, address=SITE)
    assert send_reply(review, people[HOST], NOW, address=SITE).id == first.id
    assert first.versions == {ITEM: 2}
    assert letters() == sorted([HOST, REVIEWER, SECOND, ADVISER])
    with pytest.raises(ReviewAlreadySubmitted):
        save_finding(review, Side.REVIEWED, replied("After", "yes", base_version=2), people[HOST], NOW)
    assert load_visible_review(review, Side.REVIEWER).replies[ITEM].content == {"reply": "Thank you.", "share": "no"}


def test_an_outcome_that_a_new_allocation_takes_away_stays_stored_and_is_neither_shown_nor_returned(review, people):
    find_everything(review, people[REVIEWER])
    reviewed.publish([("rhondda", "north-powys", ("PCMW-01", "PCMW-08", "ACD-2")), *OTHERS])
    with pytest.raises(RecordNotFound):
        save_finding(review, Side.REVIEWER, found("Late", item="PCMW-05", base_version=1), people[REVIEWER], NOW)
    shown = load_visible_review(review, Side.REVIEWER)
    assert set(shown.own) == {"PCMW-01", "PCMW-08", "ACD-2"}
    assert set(shown.findings) == {"PCMW-01", "ACD-2"}
    assert [outcome.code for outcome in shown.lacking] == ["PCMW-08"]
    save_finding(review, Side.REVIEWER, found(item="PCMW-08"), people[REVIEWER], NOW)
    assert set(give_back(review, people[REVIEWER]).versions) == {"PCMW-01", "PCMW-08", "ACD-2"}
    assert session.scalar(select(func.count(Finding.id)).filter_by(item="PCMW-05")) == 1


def test_a_returned_review_is_on_what_it_was_returned_on_whatever_is_allotted_later(review, people):
    find_everything(review, people[REVIEWER])
    give_back(review, people[REVIEWER])
    reviewed.publish([("rhondda", "north-powys", ("PCMW-01", "PCMW-08", "ACD-2")), *OTHERS])
    for side in Side:
        assert [outcome.code for outcome in load_visible_review(review, side).outcomes] == ALLOTTED
        assert set(load_visible_review(review, side).findings) == set(ALLOTTED)


def test_a_review_that_a_new_allocation_gives_to_somebody_else_is_theirs_with_nothing_in_it(review, people):
    find_everything(review, people[REVIEWER])
    turned = [(reviewed_one, reviewer, outcomes) for reviewer, reviewed_one, outcomes in reviewed.RING]
    reviewed.publish(turned)
    now_theirs = find_review(YEAR, "rhondda")
    assert load_visible_review(now_theirs, Side.REVIEWER).findings == {}
    assert now_theirs.reviewer.code == "north-powys"
    with pytest.raises(RecordNotFound):
        load_visible_review(review, Side.REVIEWER)
    mine = [each.review for each in reviews_of_person(people[REVIEWER])]
    assert mine == [find_review(YEAR, "neath"), now_theirs]


def test_the_meeting_is_set_by_either_side_and_the_other_is_told_of_each_change_once(review, people, letters):
    arrange_meeting(review, Side.REVIEWER, met("Newtown"), people[REVIEWER], NOW, address=SITE)
    arrange_meeting(review, Side.REVIEWER, met("Newtown"), people[REVIEWER], NOW, address=SITE)
    assert letters() == [HOST]
    with pytest.raises(StaleAnswer):
        arrange_meeting(review, Side.REVIEWED, met("Tonypandy"), people[HOST], NOW, address=SITE)
    arrange_meeting(review, Side.REVIEWED, met("Tonypandy", base_version=1), people[HOST], NOW, address=SITE)
    assert letters() == sorted([HOST, REVIEWER, SECOND, ADVISER])
    for side in (Side.REVIEWER, Side.REVIEWED):
        assert load_visible_review(review, side).meeting.content["place"] == "Tonypandy"
    assert load_visible_review(review, Side.BOTH).meeting is None


def test_everybody_has_the_reviews_that_are_theirs(review, people):
    def mine(email: str) -> list[tuple[str, str]]:
        return [(each.side, each.review.reviewed.code) for each in reviews_of_person(people[email])]

    assert mine(REVIEWER) == [("reviewer", "north-powys"), ("reviewed", "rhondda")]
    assert mine(ADVISER) == mine(REVIEWER)
    assert mine(reviewed.BYSTANDER) == []
    assert mine(THIRD) == [("reviewer", "rhondda"), ("reviewed", "neath")]
    assert session.scalar(select(func.count(ReviewSubmission.id))) == 0


def test_a_contact_person_who_was_taken_off_the_cluster_takes_part_no_longer(review, people):
    adviser = people[ADVISER]
    assert may_give_review(adviser, review)
    assert adviser in writers_of_side(review, Side.REVIEWER)
    with transaction():
        session.delete(adviser.appointments[0])
    session.expire_all()
    assert not may_give_review(adviser, review)
    assert adviser not in writers_of_side(review, Side.REVIEWER)
    assert list(reviews_of_person(adviser)) == []


def test_the_day_of_the_meeting_stays_once_the_review_is_returned(review, people):
    arrange_meeting(review, Side.REVIEWER, met("Builth"), people[REVIEWER], NOW, address=SITE)
    reviewed.return_review(people[REVIEWER])
    with pytest.raises(ReviewAlreadySubmitted):
        arrange_meeting(review, Side.REVIEWED, met("Brecon", 1), people[HOST], NOW, address=SITE)
