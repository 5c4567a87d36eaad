"""The roles a person can hold, and what each is held for."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is appointed to; one person may hold several."""

    MEMBER = "member"
    LEAD = "lead"
    DEPUTY = "deputy"
    OFFICER = "officer"
    SPPC = "sppc"


OF_A_CLUSTER = (Role.MEMBER, Role.LEAD, Role.DEPUTY)
OF_A_BOARD = (Role.OFFICER,)
RECORDERS = (Role.LEAD, Role.DEPUTY)
"""Those who record the agreed answers of their cluster."""
