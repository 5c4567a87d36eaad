"""Private ratings, workshops and votes on a real database."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.db import session
from app.domain.errors import (
    LosesVotes,
    NoOpenWorkshop,
    RatingClosed,
    RecordNotFound,
    StaleAnswer,
    TooFewRatings,
)
from app.domain.people.roles import Role
from app.domain.saving.decision import PendingSave
from app.models import Answer, Vote
from app.services.people.commands import Invitation, invite_person
from app.services.reflection.commands import AlreadySubmitted, submit_reflection
from app.services.reflection.queries import find_reflection
from app.services.workshop.commands import (
    UncountedVotes,
    WorkshopOpening,
    announce_small_group,
    cancel_vote,
    cast_vote,
    close_vote,
    close_workshop,
    open_vote,
    open_workshop,
    record_agreed_answer,
    reveal_ratings,
    save_private_rating,
    set_current_item,
)
from app.services.workshop.queries import (
    count_votes,
    find_open_vote,
    find_open_workshop,
    find_workshop_by_code,
    own_private_ratings,
    own_vote,
    rating_counts,
    rating_participation,
    voting_rounds,
    workshop_attendance,
)
from app.services.workshop.screen import load_workshop_screen, screen_state_token
from tests.support.application import NOW

ITEM = "PCMW-01"
USUAL = WorkshopOpening(most_disagreed_first=False, present=5, groups=["dentistry"])


def view(level: str, note: str = "", base_version: int = 0, item: str = ITEM, **more) -> PendingSave:
    return PendingSave(item, {"level": level, "note": note}, base_version, "en", **more)


@pytest.fixture
def reflection(cycle):
    return find_reflection(2026, "north-powys")


@pytest.fixture
def members(inside, lead):
    named = [
        Invitation(f"m{number}@example.wales", f"Member {number}", Role.MEMBER, "north-powys", "en", group)
        for number, group in enumerate(("dentistry", "optometry", "dentistry", ""))
    ]
    return [invite_person(invitation, address=None) for invitation in named]


@pytest.fixture
def workshop(reflection, lead):
    return open_workshop(reflection, USUAL, lead, NOW, 4)


def test_a_person_keeps_one_view_an_outcome_and_changes_it(reflection, members):
    save_private_rating(reflection, view("mature"), members[0], NOW)
    save_private_rating(reflection, view("developing", "On reflection.", base_version=1), members[0], NOW)
    mine = own_private_ratings(reflection, members[0])[ITEM]
    assert (mine.level, mine.note, mine.version) == ("developing", "On reflection.", 2)
    assert own_private_ratings(reflection, members[1]) == {}


def test_participation_tells_how_many_and_which_groups_and_nothing_else(reflection, members):
    for person, item in ((members[0], ITEM), (members[0], "ACD-1"), (members[2], ITEM), (members[3], ITEM)):
        save_private_rating(reflection, view("mature", item=item), person, NOW)
    found = rating_participation(reflection)
    assert (found.given, found.people, found.groups) == (3, 5, frozenset({"dentistry"}))
    assert rating_counts(reflection) == {ITEM: 3, "ACD-1": 1}


def test_fewer_than_four_views_stay_hidden_and_four_are_revealed_once_for_good(reflection, members, lead, workshop):
    for person in members[:3]:
        save_private_rating(reflection, view("mature"), person, NOW)
    with pytest.raises(TooFewRatings):
        reveal_ratings(reflection, NOW, 4)
    assert voting_rounds(reflection, ITEM) == []
    save_private_rating(reflection, view("foundation", "Not yet."), members[3], NOW)
    first = reveal_ratings(reflection, NOW, 4)
    assert first.spread == {"foundation": 1, "developing": 0, "mature": 3, "unable": 0}
    with pytest.raises(RatingClosed):
        save_private_rating(reflection, view("unable"), lead, NOW)
    with pytest.raises(RatingClosed):
        save_private_rating(reflection, view("mature", base_version=1), members[3], NOW)
    assert reveal_ratings(reflection, NOW, 4).id == first.id


def test_a_later_workshop_shows_the_same_count_and_keeps_the_order_made_from_the_views(reflection, members, lead):
    by_difference = WorkshopOpening(most_disagreed_first=True, present=5, groups=[])
    for number, person in enumerate(members):
        save_private_rating(reflection, view(("foundation", "mature")[number % 2], item="ACD-3"), person, NOW)
    first = open_workshop(reflection, by_difference, lead, NOW, 4)
    assert first.agenda[0] == "ACD-3"
    close_workshop(reflection, NOW)
    for number, person in enumerate(members):
        save_private_rating(reflection, view(("foundation", "mature")[number % 2], item="ACD-5"), person, NOW)
        save_private_rating(reflection, view("mature", item="ACD-3", base_version=1), person, NOW)
    again = open_workshop(reflection, by_difference, lead, NOW, 4)
    assert again.agenda == first.agenda


def test_told_members_views_are_counted_of_few_once_they_are_saved_knowing(reflection, members, workshop, tmp_path):
    save_private_rating(reflection, view("mature"), members[0], NOW)
    save_private_rating(reflection, view("developing"), members[1], NOW)
    announce_small_group(reflection, NOW + timedelta(minutes=1), address="http://localhost")
    announce_small_group(reflection, NOW + timedelta(minutes=9), address="http://localhost")
    assert len(list((tmp_path / "letters").glob("*.eml"))) == 5
    with pytest.raises(TooFewRatings):
        reveal_ratings(reflection, NOW + timedelta(minutes=2), 4)
    save_private_rating(reflection, view("mature", base_version=1), members[0], NOW + timedelta(minutes=3))
    assert reveal_ratings(reflection, NOW + timedelta(minutes=4), 4).spread["mature"] == 1
    assert voting_rounds(reflection, ITEM)[0].spread["developing"] == 0


def test_a_vote_can_be_changed_until_it_is_counted_and_is_then_forgotten(reflection, members, workshop):
    asked = open_vote(reflection, NOW)
    assert open_vote(reflection, NOW).id == asked.id
    for person in members:
        cast_vote(reflection, asked.id, "foundation", person)
    cast_vote(reflection, asked.id, "mature", members[0])
    assert (count_votes(asked), own_vote(asked, members[0])) == (4, "mature")
    close_vote(reflection, asked.id, NOW, 4)
    close_vote(reflection, asked.id, NOW, 4)
    assert asked.spread == {"foundation": 3, "developing": 0, "mature": 1, "unable": 0}
    assert session.scalar(select(func.count()).select_from(Vote)) == 0
    with pytest.raises(RatingClosed):
        cast_vote(reflection, asked.id, "mature", members[1])
    assert open_vote(reflection, NOW).number == 2


def test_too_few_votes_stay_open_and_hidden(reflection, members, workshop):
    asked = open_vote(reflection, NOW)
    cast_vote(reflection, asked.id, "mature", members[0])
    with pytest.raises(TooFewRatings):
        close_vote(reflection, asked.id, NOW, 4)
    assert asked.spread is None
    cast_vote(reflection, asked.id, "developing", members[0])


def test_a_vote_of_another_clusters_workshop_is_not_taken(reflection, members, workshop):
    asked = open_vote(reflection, NOW)
    with pytest.raises(RatingClosed):
        cast_vote(find_reflection(2026, "rhondda"), asked.id, "mature", members[0])


def votes() -> int:
    return session.scalar(select(func.count()).select_from(Vote))


def cast(reflection, members, number: int) -> UncountedVotes:
    """Open a vote on the outcome on the screen, and cast `number` votes."""
    asked = open_vote(reflection, NOW)
    for person in members[:number]:
        cast_vote(reflection, asked.id, "mature", person)
    return UncountedVotes(asked.id, number)


LOSING = {
    "another vote": lambda reflection, known: open_vote(reflection, NOW, given_up=known),
    "the end": lambda reflection, known: close_workshop(reflection, NOW, known),
    "a cancelled vote": cancel_vote,
}


@pytest.mark.parametrize("number", [1, 3, 4])
@pytest.mark.parametrize("act", LOSING.values(), ids=LOSING)
def test_votes_are_deleted_only_by_who_was_told_how_many(reflection, members, workshop, act, number):
    known = cast(reflection, members, number)
    set_current_item(reflection, "PCMW-02")
    for told in (known._replace(votes=0), known._replace(votes=number - 1), known._replace(votes=number + 1)):
        with pytest.raises(LosesVotes) as refused:
            act(reflection, told)
        assert (refused.value.item, refused.value.identity, refused.value.votes) == (ITEM, *known)
        assert votes() == number
        assert find_open_workshop(reflection)
    act(reflection, known)
    assert votes() == 0
    with pytest.raises(RatingClosed):
        cast_vote(reflection, known.identity, "developing", members[0])


@pytest.mark.parametrize("act", LOSING.values(), ids=LOSING)
def test_a_vote_in_which_nobody_has_voted_goes_without_a_question(reflection, members, workshop, act):
    known = cast(reflection, members, 0)
    set_current_item(reflection, "PCMW-02")
    act(reflection, known)
    left = find_open_vote(reflection)
    assert left is None or left.item == "PCMW-02"


@pytest.mark.parametrize("act", [LOSING["another vote"], LOSING["the end"]])
def test_who_was_told_of_one_vote_does_not_delete_another_with_as_many(reflection, members, workshop, act):
    before = cast(reflection, members, 2)
    cancel_vote(reflection, before)
    cast(reflection, members, 2)
    set_current_item(reflection, "PCMW-02")
    cancel_vote(reflection, before)
    with pytest.raises(LosesVotes):
        act(reflection, before)
    assert votes() == 2


def test_showing_another_outcome_keeps_the_votes_and_coming_back_goes_on_with_them(reflection, members, workshop):
    known = cast(reflection, members, 2)
    set_current_item(reflection, "PCMW-02")
    set_current_item(reflection, ITEM)
    scene = load_workshop_screen(reflection, NOW)
    assert (scene.open_round.id, scene.voted) == known


def test_a_cancelled_vote_leaves_no_count_and_another_can_be_taken(reflection, members, workshop):
    cancel_vote(reflection, cast(reflection, members, 3))
    assert voting_rounds(reflection, ITEM) == []
    again = cast(reflection, members, 4)
    close_vote(reflection, again.identity, NOW, 4)
    cancel_vote(reflection, again)
    assert [each.spread["mature"] for each in voting_rounds(reflection, ITEM)] == [4]


def test_a_button_beside_an_outcome_that_is_no_longer_on_the_screen_does_nothing(reflection, members, workshop):
    for person in members:
        save_private_rating(reflection, view("mature", item="PCMW-02"), person, NOW)
    set_current_item(reflection, "PCMW-02")
    with pytest.raises(NoOpenWorkshop):
        reveal_ratings(reflection, NOW, 4, ITEM)
    with pytest.raises(NoOpenWorkshop):
        open_vote(reflection, NOW, ITEM)
    assert (voting_rounds(reflection, ITEM), voting_rounds(reflection, "PCMW-02")) == ([], [])
    reveal_ratings(reflection, NOW, 4, "PCMW-02")


def test_what_is_agreed_is_an_answer_and_is_known_in_the_room(reflection, lead, workshop):
    content = {"level": "mature", "why": "All saw it so.", "present": workshop_attendance(reflection)}
    record_agreed_answer(reflection, PendingSave(ITEM, content, 0, "en"), lead, NOW)
    scene = load_workshop_screen(reflection, NOW)
    assert scene.agreed.content["present"] == {"count": 5, "groups": ["dentistry"]}
    assert session.scalar(select(func.count(Answer.id))) == 1


def test_of_two_leads_who_record_at_once_one_is_told_and_nothing_is_half_done(reflection, lead, members, workshop):
    mine = PendingSave(ITEM, {"level": "mature", "why": "Mine"}, 0, "en")
    yours = PendingSave(ITEM, {"level": "foundation", "why": "Yours"}, 0, "en")
    record_agreed_answer(reflection, mine, lead, NOW)
    with pytest.raises(StaleAnswer):
        record_agreed_answer(reflection, yours, members[0], NOW)
    assert find_open_workshop(reflection).agreed == {ITEM: 1}


def test_opening_twice_goes_on_and_closing_twice_changes_nothing(reflection, lead, workshop):
    again = open_workshop(reflection, WorkshopOpening(False, 7, []), lead, NOW, 4)
    assert (again.id, again.present) == (workshop.id, 7)
    open_vote(reflection, NOW)
    close_workshop(reflection, NOW)
    close_workshop(reflection, NOW)
    assert load_workshop_screen(reflection, NOW) is None
    assert find_open_vote(reflection) is None
    with pytest.raises(NoOpenWorkshop):
        open_vote(reflection, NOW)
    with pytest.raises(NoOpenWorkshop):
        set_current_item(reflection, ITEM)


def test_the_short_address_leads_to_an_open_workshop_only(reflection, workshop):
    assert find_workshop_by_code(workshop.code.lower()).id == workshop.id
    code = workshop.code
    close_workshop(reflection, NOW)
    for unknown in (code, "", "\0", "AAAAAAAAAAAAAAAAAA"):
        with pytest.raises(RecordNotFound):
            find_workshop_by_code(unknown)


def test_the_token_of_the_phones_does_not_tell_of_votes_and_that_of_the_screen_does(reflection, members, workshop):
    asked = open_vote(reflection, NOW)
    phones, screen = (screen_state_token(reflection, on_screen=kind) for kind in (False, True))
    cast_vote(reflection, asked.id, "mature", members[0])
    assert screen_state_token(reflection, on_screen=False) == phones
    assert screen_state_token(reflection, on_screen=True) != screen


def test_nothing_is_voted_or_given_after_submitting(reflection, lead, members, workshop, monkeypatch):
    monkeypatch.setattr("app.services.reflection.commands.missing", lambda *_given: ())
    submit_reflection(reflection, lead, NOW)
    with pytest.raises(AlreadySubmitted):
        save_private_rating(reflection, view("mature"), members[0], NOW)
    with pytest.raises(AlreadySubmitted):
        record_agreed_answer(reflection, PendingSave(ITEM, {"level": "mature"}, 0, "en"), lead, NOW)
