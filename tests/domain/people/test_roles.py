"""Who may give and remove roles in a cluster."""

import itertools

import pytest

from app.domain.people.roles import OF_A_CLUSTER, RECORDERS, RemovalObstacle, Role, appointable, hindrance, includes

LEAD, DEPUTY, MEMBER, SPPC = Role.LEAD, Role.DEPUTY, Role.MEMBER, Role.SPPC


@pytest.mark.parametrize("by", [{LEAD}, {DEPUTY}, {LEAD, DEPUTY}])
def test_only_staff_of_the_programme_make_a_lead(by):
    assert set(appointable(by)) == {MEMBER, DEPUTY}
    assert set(appointable(by | {SPPC})) == set(OF_A_CLUSTER)


@pytest.mark.parametrize(
    ("taken", "by", "left", "why"),
    [
        (MEMBER, {DEPUTY}, {LEAD, DEPUTY}, None),
        (DEPUTY, {DEPUTY}, {LEAD}, None),
        (DEPUTY, {LEAD}, {LEAD, MEMBER}, None),
        (LEAD, {LEAD}, {DEPUTY}, None),
        (LEAD, {SPPC}, {DEPUTY}, None),
        (LEAD, {SPPC}, {LEAD}, None),
        (LEAD, {DEPUTY}, {DEPUTY, LEAD}, RemovalObstacle.LEAD),
        (LEAD, {DEPUTY, SPPC}, {DEPUTY}, None),
        (LEAD, {SPPC}, {MEMBER}, RemovalObstacle.LAST_RECORDER),
        (LEAD, {LEAD}, set(), RemovalObstacle.LAST_RECORDER),
        (DEPUTY, {DEPUTY}, {MEMBER}, RemovalObstacle.LAST_RECORDER),
        (MEMBER, {SPPC}, set(), None),
        (SPPC, {SPPC}, {SPPC}, None),
        (SPPC, {SPPC}, set(), RemovalObstacle.LAST_STAFF),
        (Role.OFFICER, {SPPC}, set(), None),
    ],
)
def test_who_may_take_which_role_away(taken, by, left, why):
    assert hindrance(taken, by=by, left=left) is why


def test_nobody_takes_the_last_recorder_away():
    for taken, by in itertools.product(RECORDERS, Role):
        assert hindrance(taken, by={by}, left={MEMBER}) is not None


def test_a_role_includes_those_that_allow_less_in_the_same_cluster():
    assert [includes(LEAD, each) for each in (LEAD, DEPUTY, MEMBER)] == [True, True, True]
    assert [includes(DEPUTY, each) for each in (LEAD, DEPUTY, MEMBER)] == [False, True, True]
    assert not includes(SPPC, MEMBER)
    assert includes(SPPC, SPPC)
