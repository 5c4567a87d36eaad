"""The roles a person can hold, what each is for, and who may give or remove one."""

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
"""The roles that may save the agreed answers of their cluster."""

REACH = (Role.MEMBER, Role.DEPUTY, Role.LEAD)
"""The roles in a cluster in rising order: each may do all that the roles before it may."""


def includes(held: Role, wanted: Role) -> bool:
    """Return whether the role held includes another: in a cluster, lead includes deputy, and deputy includes member."""
    return held is wanted or (held in REACH and wanted in REACH[: REACH.index(held)])


def appointable(by: Collection[Role]) -> tuple[Role, ...]:
    """Return the roles in a cluster that somebody with these roles may give; only SPPC may make a lead."""
    return REACH if Role.SPPC in by else (Role.MEMBER, Role.DEPUTY)


def hindrance(taken: Role, *, by: Collection[Role], left: Collection[Role]) -> RemovalObstacle | None:
    """Return why somebody with the roles `by` may not remove a role, or None if they may.

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
