"""Nominating: one cluster a board, contacts of that cluster, at most five preferred outcomes."""

import pytest

from app.domain.errors import InvalidValue, NominationLimitReached, RecordNotFound
from app.domain.people.roles import Role
from app.models import Cycle, Person
from app.services.organisations.queries import find_board
from app.services.peer_review.nomination_commands import nominate_cluster, withdraw_nomination
from app.services.peer_review.nomination_queries import list_nominations, nominations_of_cycle, reflection_of_nomination
from app.services.people.commands import Invitation, invite_person
from app.services.reflection.queries import find_reflection
from app.services.survey.queries import questionnaire_of
from tests.support.application import NOW


@pytest.fixture
def officer(inside) -> Person:
    return invite_person(Invitation("officer@example.wales", "Owain Officer", Role.OFFICER, "7A7"), address=None)


def nominate(cycle: Cycle, cluster: str, contacts, by: Person, *, wishes=(), most=1):
    reflection = find_reflection(cycle.year, cluster)
    return nominate_cluster(reflection, contacts=contacts, wishes=wishes, by=by, now=NOW, most=most)


def test_a_cluster_is_nominated_with_contacts_and_wishes_in_the_order_of_the_outcomes(cycle, lead, officer):
    made = nominate(cycle, "north-powys", [lead.id], officer, wishes=["ACD-2", "PCMW-03"])
    assert [each.id for each in made.contacts] == [lead.id]
    assert made.wishes == ["PCMW-03", "ACD-2"]
    assert made.board_code == "7A7"


def test_nominated_again_it_is_changed_and_stays_one(cycle, lead, officer):
    nominate(cycle, "north-powys", [lead.id], officer, wishes=["ACD-2"])
    nominate(cycle, "north-powys", [lead.id], officer)
    (only,) = list_nominations(cycle.year)
    assert only.wishes == []


def test_a_board_nominates_one_cluster_unless_the_setting_allows_more(cycle, lead, officer):
    other = invite_person(Invitation("mid@example.wales", "Mair Mid", Role.LEAD, "mid-powys"), address=None)
    nominate(cycle, "north-powys", [lead.id], officer)
    with pytest.raises(NominationLimitReached) as refused:
        nominate(cycle, "mid-powys", [other.id], officer)
    assert [each.code for each in refused.value.clusters] == ["north-powys"]
    nominate(cycle, "mid-powys", [other.id], officer, most=2)
    assert len(list_nominations(cycle.year)) == 2


def test_contacts_are_people_of_that_cluster_and_there_is_one_at_least(cycle, lead, officer):
    for contacts in ([], [officer.id], [lead.id, officer.id], [999_999]):
        with pytest.raises(InvalidValue):
            nominate(cycle, "north-powys", contacts, officer)
    assert list_nominations(cycle.year) == []


def test_wishes_are_five_at_most_and_of_outcomes_that_are_asked(cycle, lead, officer):
    asked = [outcome.code for outcome in questionnaire_of(cycle).outcomes]
    for wishes in (asked[:6], ["PCMW-99"], ["ABOUT-1"]):
        with pytest.raises(InvalidValue):
            nominate(cycle, "north-powys", [lead.id], officer, wishes=wishes)
    nominate(cycle, "north-powys", [lead.id], officer, wishes=asked[:5])


def test_a_cluster_of_another_board_is_not_found(cycle, officer):
    with pytest.raises(RecordNotFound):
        reflection_of_nomination(cycle, find_board("7A7"), "rhondda")


def test_withdrawing_tells_the_programme_once(cycle, lead, officer, staff, tmp_path):
    nominate(cycle, "north-powys", [lead.id], officer)
    for _ in range(2):
        withdraw_nomination(find_reflection(cycle.year, "north-powys"), NOW, address="http://localhost")
    assert list_nominations(cycle.year) == []
    (letter,) = (tmp_path / "letters").glob("*.eml")
    assert "staff@example.wales" in letter.read_text()


def test_who_has_not_nominated_is_seen(cycle, lead, officer):
    nominate(cycle, "north-powys", [lead.id], officer)
    boards = nominations_of_cycle(cycle)
    assert len(boards) == 7
    assert [each.board.ods_code for each in boards if each.nominated] == ["7A7"]
    (found,) = next(each for each in boards if each.nominated).nominated
    assert not found.has_submitted
