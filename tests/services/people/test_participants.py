"""Adding people to a cluster, making deputies, removing people, on a real database."""

import threading

import pytest
from sqlalchemy import func, select

from app.db import session
from app.domain.errors import AlreadyTakesPart, RoleAlreadyRemoved, RoleCannotBeRemoved
from app.domain.people.roles import RemovalObstacle, Role
from app.domain.saving.decision import PendingSave
from app.models import Answer, Appointment, Person
from app.services.organisations.queries import find_cluster
from app.services.people.commands import (
    Invitation,
    add_participant,
    change_participant_role,
    invite_person,
    remove_participant,
)
from app.services.people.queries import list_participants
from app.services.reflection.commands import save_answer
from app.services.reflection.queries import find_reflection
from tests.support.application import NOW

SITE = "http://localhost"


def invited(name: str, role: Role, place: str | None = "north-powys", language: str = "en") -> Person:
    return invite_person(Invitation(f"{name.lower()}@example.wales", name, role, place, language), address=None)


def held_by(person: Person) -> int:
    return person.appointments[0].id


@pytest.fixture
def cluster(lead):
    return find_cluster("north-powys")


def roles(cluster) -> dict[str, str]:
    by = session.scalars(select(Person)).first()
    return {each.appointment.person.name: each.appointment.role for each in list_participants(cluster, by)}


def test_in_one_cluster_a_person_has_one_role_and_it_only_grows_by_adding(cluster):
    for role, expected in ((Role.MEMBER, "member"), (Role.DEPUTY, "deputy"), (Role.LEAD, "lead")):
        add_participant(Invitation("mair@example.wales", "Mair", role, "north-powys"), address=SITE)
        assert roles(cluster)["Mair"] == expected
    for role in (Role.MEMBER, Role.DEPUTY, Role.LEAD):
        with pytest.raises(AlreadyTakesPart) as refused:
            add_participant(Invitation("Mair@Example.Wales", "Somebody", role, "north-powys"), address=SITE)
        assert (refused.value.held.person.name, refused.value.held.role) == ("Mair", Role.LEAD)
    add_participant(Invitation("mair@example.wales", "Mair", Role.MEMBER, "rhondda"), address=SITE)
    assert session.scalar(select(func.count(Appointment.id))) == 3


def test_who_is_known_keeps_name_group_and_language(cluster):
    invited("Olwen", Role.OFFICER, "7A7", "cy")
    given = Invitation("olwen@example.wales", "Mistyped", Role.MEMBER, "north-powys", "en", "dentistry")
    person = add_participant(given, address=SITE).person
    assert (person.name, person.language, person.professional_group) == ("Olwen", "cy", "")


def test_everybody_is_listed_by_role_and_name(cluster, lead):
    for name, role in (("Zoe", Role.MEMBER), ("Ann", Role.MEMBER), ("Dai", Role.DEPUTY)):
        invited(name, role)
    invited("Elsewhere", Role.MEMBER, "rhondda")
    assert list(roles(cluster)) == ["Llinos Lead", "Dai", "Ann", "Zoe"]


def test_a_deputy_does_not_remove_the_lead_and_nobody_the_last_recorder(cluster, lead, staff):
    deputy = invited("Dai", Role.DEPUTY)
    for by, expected in ((deputy, RemovalObstacle.LEAD), (lead, None), (staff, None)):
        shown = {each.appointment.role: each.can_be_taken for each in list_participants(cluster, by)}
        assert shown[Role.LEAD] is (expected is None)
    with pytest.raises(RoleCannotBeRemoved) as refused:
        remove_participant(cluster, held_by(lead), deputy)
    assert refused.value.hindrance is RemovalObstacle.LEAD
    remove_participant(cluster, held_by(lead), staff)
    for take in (
        lambda: remove_participant(cluster, held_by(deputy), staff),
        lambda: change_participant_role(cluster, held_by(deputy), Role.MEMBER, staff, address=SITE),
    ):
        with pytest.raises(RoleCannotBeRemoved) as refused:
            take()
        assert refused.value.hindrance is RemovalObstacle.LAST_RECORDER
    invited("New", Role.LEAD)
    remove_participant(cluster, held_by(deputy), staff)
    assert roles(cluster) == {"New": "lead"}


def test_a_role_elsewhere_gives_no_right_here(cluster, lead):
    invited("Dai", Role.DEPUTY)
    lead_elsewhere = invited("Ron", Role.LEAD, "rhondda")
    invited("Ron", Role.DEPUTY, "north-powys")
    with pytest.raises(RoleCannotBeRemoved):
        remove_participant(cluster, held_by(lead), lead_elsewhere)


def test_an_appointment_of_another_cluster_or_board_is_not_found(cluster, lead):
    for stranger in (invited("Ron", Role.MEMBER, "rhondda"), invited("Owain", Role.OFFICER, "7A7")):
        with pytest.raises(RoleAlreadyRemoved):
            remove_participant(cluster, held_by(stranger), lead)
        with pytest.raises(RoleAlreadyRemoved):
            change_participant_role(cluster, held_by(stranger), Role.DEPUTY, lead, address=SITE)


def test_what_somebody_saved_stays_with_their_name_when_they_are_removed(cycle, cluster, lead, staff):
    deputy = invited("Dai", Role.DEPUTY)
    reflection = find_reflection(2026, "north-powys")
    save_answer(reflection, PendingSave("CLOSING-2", {"text": "Dai's words"}, 0, "en"), deputy, NOW)
    remove_participant(cluster, held_by(deputy), lead)
    answer = session.scalars(select(Answer)).one()
    assert (answer.content, answer.saved_by.name) == ({"text": "Dai's words"}, "Dai")
    assert deputy.appointments == []


def test_two_deputies_who_remove_each_other_at_once_leave_a_recorder(cluster, lead, staff, app):
    one, other = invited("Dai", Role.DEPUTY), invited("Dewi", Role.DEPUTY)
    remove_participant(cluster, held_by(lead), staff)
    pairs = [(held_by(other), one.id), (held_by(one), other.id)]
    start, refused = threading.Barrier(2), []

    def act(taken: int, by: int) -> None:
        with app.app_context():
            start.wait()
            try:
                here = find_cluster("north-powys")
                remove_participant(here, taken, session.get_one(Person, by))
            except RoleCannotBeRemoved as why:
                refused.append(why.hindrance)

    threads = [threading.Thread(target=act, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.rollback()
    assert refused == [RemovalObstacle.LAST_RECORDER]
    assert list(roles(cluster).values()) == ["deputy"]
