"""The roles a person can hold, what each is held for, and who may give or take one."""

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """What a person is appointed to; one person may hold several."""

    MEMBER = "member"
    LEAD = "lead"
    DEPUTY = "deputy"
    OFFICER = "officer"
    SPPC = "sppc"


class RemovalObstacle(StrEnum):
    """Why a role cannot be taken from somebody."""

    LAST_RECORDER = "last recorder"
    LAST_STAFF = "last staff"
    LEAD = "lead"


OF_A_CLUSTER = (Role.MEMBER, Role.LEAD, Role.DEPUTY)
OF_A_BOARD = (Role.OFFICER,)
RECORDERS = (Role.LEAD, Role.DEPUTY)
"""Those who record the agreed answers of their cluster."""

REACH = (Role.MEMBER, Role.DEPUTY, Role.LEAD)
"""The roles in a cluster: each may do all that those before it may."""


def includes(held: Role, wanted: Role) -> bool:
    """Whether one role allows all that another would: in a cluster, a lead's includes a deputy's and a member's."""
    return held is wanted or (held in REACH and wanted in REACH[: REACH.index(held)])


def appointable(by: Collection[Role]) -> tuple[Role, ...]:
    """The roles in a cluster that somebody with these roles gives: only SPPC makes a lead."""
    return REACH if Role.SPPC in by else (Role.MEMBER, Role.DEPUTY)


def hindrance(taken: Role, *, by: Collection[Role], left: Collection[Role]) -> RemovalObstacle | None:
    """Why somebody with the roles `by` cannot take a role away, None when they can.

    `left` are the roles that the people of the cluster, or of SPPC, would hold afterwards: taking a recorder
    away never leaves a cluster without one, nor Wales without staff. A deputy does not take the lead's role.
    """
    if taken is Role.LEAD and not {Role.LEAD, Role.SPPC} & set(by):
        return RemovalObstacle.LEAD
    if taken in RECORDERS and not set(RECORDERS) & set(left):
        return RemovalObstacle.LAST_RECORDER
    if taken is Role.SPPC and Role.SPPC not in left:
        return RemovalObstacle.LAST_STAFF
    return None
