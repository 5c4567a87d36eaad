"""Inviting people, loading the organisations, opening, rescheduling and closing a cycle."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select

from surveys.loader import current_questionnaire

from app.db import session
from app.domain.cycle.lifecycle import CycleState
from app.domain.errors import Doubtful, InvalidValue, RecordNotFound, RoleCannotBeRemoved
from app.domain.people.roles import RemovalObstacle, Role
from app.models import Cluster, HealthBoard, Person, Reflection
from app.services.cycle.commands import close_cycle, open_cycle, reschedule_cycle
from app.services.cycle.queries import find_cycle, list_cycles
from app.services.organisations.commands import load_organisations
from app.services.organisations.queries import find_board
from app.services.people.commands import Invitation, invite_person, remove_role
from app.services.survey.queries import questionnaire_of
from tests.support.application import CLOSES, NOW, OPENS


def test_wales_has_seven_boards_and_sixty_clusters(inside):
    per_board = Counter(cluster.board_code for cluster in session.scalars(select(Cluster)))
    assert per_board == {"7A6": 11, "7A1": 14, "7A4": 9, "7A5": 8, "7A2": 7, "7A7": 3, "7A3": 8}


def test_loading_the_places_again_changes_nothing(inside):
    def everything():
        return [
            sorted(tuple(row) for row in session.execute(select(model.__table__))) for model in (HealthBoard, Cluster)
        ]

    before = everything()
    assert load_organisations() == (7, 60)
    assert everything() == before


def test_every_place_has_both_names_and_says_how_sure_they_are(inside):
    for cluster in session.scalars(select(Cluster)):
        assert cluster.name.en
        assert cluster.name.cy
        assert cluster.county_cy
        assert cluster.name_cy_evidence in ("seen", "partly", "constructed")


def test_a_board_may_have_its_own_word_for_a_cluster(inside):
    assert find_board("7A6").cluster_word.en == "Neighbourhood Care Network"
    assert find_board("7A7").cluster_word is None


def test_inviting_twice_gives_one_person_one_appointment(inside):
    for _ in range(2):
        person = invite_person(Invitation("A@Example.Wales", "A", Role.LEAD, "rhondda"), address=None)
    invite_person(Invitation("a@example.wales", "A", Role.OFFICER, "7A5"), address=None)
    assert session.scalar(select(func.count(Person.id))) == 1
    assert sorted(held.role for held in person.appointments) == ["lead", "officer"]


def test_any_role_is_taken_away_but_the_last_of_staff_and_the_last_who_records(inside):
    held = [
        ("A", Role.SPPC, None),
        ("A", Role.OFFICER, "7A7"),
        ("A", Role.MEMBER, "rhondda"),
        ("A", Role.LEAD, "neath"),
    ]
    for name, role, place in (*held, ("B", Role.SPPC, None), ("B", Role.DEPUTY, "neath")):
        invite_person(Invitation(f"{name}@example.wales", name, role, place), address=None)
    for name, role, place in held:
        assert remove_role(f"{name}@Example.wales ", role, place).email == "a@example.wales"
        with pytest.raises(RecordNotFound):
            remove_role(f"{name}@example.wales", role, place)
    for role, place, why in (
        (Role.SPPC, None, RemovalObstacle.LAST_STAFF),
        (Role.DEPUTY, "neath", RemovalObstacle.LAST_RECORDER),
    ):
        with pytest.raises(RoleCannotBeRemoved) as refused:
            remove_role("b@example.wales", role, place)
        assert refused.value.hindrance is why
    assert [len(each.appointments) for each in session.scalars(select(Person).order_by(Person.id))] == [0, 2]


@pytest.mark.parametrize(
    ("invitation", "refusal"),
    [
        (Invitation("nobody", "N", Role.SPPC), InvalidValue),
        (Invitation("n@example.wales", "N", Role.LEAD, "atlantis"), RecordNotFound),
        (Invitation("n@example.wales", "N", Role.LEAD), InvalidValue),
        (Invitation("n@example.wales", " ", Role.SPPC), InvalidValue),
        (Invitation("n@example.wales", "N" * 201, Role.SPPC), InvalidValue),
        (Invitation("n@example.wales", "N", Role.OFFICER, "9Z9"), RecordNotFound),
        (Invitation("n@example.wales", "N", Role.SPPC, "rhondda"), InvalidValue),
    ],
)
def test_an_impossible_invitation_changes_nothing(inside, invitation, refusal):
    with pytest.raises(refusal):
        invite_person(invitation, address=None)
    assert session.scalar(select(func.count(Person.id))) == 0


def test_opening_a_cycle_freezes_the_wording_and_gives_every_cluster_a_reflection(cycle):
    assert questionnaire_of(cycle) == current_questionnaire()
    assert session.scalar(select(func.count(Reflection.id))) == 60


def test_frozen_wording_does_not_follow_the_files(cycle):
    frozen = cycle.surveys[0]
    frozen.content, frozen.content_hash = frozen.content.replace("About the cluster", "As it was"), "0" * 64
    assert questionnaire_of(cycle).surveys[0].title.en == "As it was"
    assert current_questionnaire().surveys[0].title.en == "About the cluster"


def test_a_year_has_one_cycle(cycle):
    with pytest.raises(InvalidValue):
        open_cycle(2026, OPENS, CLOSES)


def test_a_cycle_without_clusters_is_refused(inside):
    session.execute(delete(Cluster))
    session.commit()
    with pytest.raises(InvalidValue):
        open_cycle(2026, OPENS, CLOSES)


def test_a_cycle_does_not_close_before_it_opens(inside):
    with pytest.raises(InvalidValue):
        open_cycle(2027, date(2027, 5, 1), date(2027, 4, 1))


def test_a_cycle_that_was_closed_is_open_again_until_its_new_last_day(cycle):
    close_cycle(2026, NOW)
    assert find_cycle(2026).state_at(NOW) is CycleState.CLOSED
    assert find_cycle(2026).last_day == NOW.date()
    later = CLOSES + timedelta(days=14)
    reschedule_cycle(2026, later)
    assert find_cycle(2026).state_at(NOW) is CycleState.OPEN
    assert find_cycle(2026).last_day == later
    with pytest.raises(InvalidValue):
        reschedule_cycle(2026, OPENS - timedelta(days=1))
    assert find_cycle(2026).closes == later


def test_a_cycle_that_has_not_opened_cannot_be_closed(cycle):
    with pytest.raises(InvalidValue):
        close_cycle(2026, datetime(2026, 3, 31, 22, 59, tzinfo=UTC))
    assert find_cycle(2026).closed_at is None
    close_cycle(2026, datetime(2026, 3, 31, 23, 0, tzinfo=UTC))  # the first minute of 1 April in Wales


@pytest.mark.parametrize(
    ("year", "opens", "closes", "reasons"),
    [
        (2027, date(2027, 4, 1), date(2027, 5, 31), []),
        (2027, date(2027, 4, 1), date(2028, 1, 1), ["other-year"]),
        (2025, date(2025, 4, 1), date(2025, 5, 31), ["past"]),
        (2027, CLOSES, date(2027, 5, 31), ["overlaps", "other-year"]),
        (2025, date(2024, 1, 1), OPENS, ["overlaps", "past", "other-year"]),
    ],
)
def test_every_doubt_about_a_new_cycle_is_told_until_it_is_confirmed(cycle, year, opens, closes, reasons):
    later = NOW.replace(month=6)
    if reasons:
        with pytest.raises(Doubtful) as refused:
            open_cycle(year, opens, closes, unconfirmed_at=later)
        assert [each.reason for each in refused.value.doubts] == reasons
        assert [each.year for each in list_cycles()] == [2026]
        open_cycle(year, opens, closes)
    else:
        open_cycle(year, opens, closes, unconfirmed_at=later)
    assert find_cycle(year).closes == closes


def test_a_new_last_day_is_doubted_only_for_what_it_brings(cycle):
    open_cycle(2027, date(2026, 12, 1), date(2027, 5, 31))
    reschedule_cycle(2027, date(2027, 6, 30), unconfirmed_at=NOW)  # the doubt about its opening day is not new
    with pytest.raises(Doubtful) as refused:
        reschedule_cycle(2026, date(2027, 1, 15), unconfirmed_at=NOW)
    assert {each.reason for each in refused.value.doubts} == {"overlaps", "other-year"}
    assert find_cycle(2026).closes == CLOSES


def test_closing_twice_keeps_the_first_moment(cycle):
    close_cycle(2026, NOW)
    assert close_cycle(2026, NOW.replace(year=2027)).closed_at == NOW
