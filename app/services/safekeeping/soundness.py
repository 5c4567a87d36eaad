"""`data check`: whether what is kept is sound. It reads one moment of the database, changes nothing, quotes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError, OperationalError

from app.db import one_moment, session
from app.domain.refusals import DatabaseUnavailable, InvalidValue
from app.models import Allocation, Answer, FrozenSurvey, Publication, Reflection, Submission
from app.services import upkeep
from app.services.safekeeping import frozen, histories, storage
from app.services.safekeeping.fault import Fault

LOOKED_AT = {
    "reflections": Reflection,
    "answers": Answer,
    "submissions": Submission,
    "wordings": FrozenSurvey,
    "allocations": Allocation,
    "publications": Publication,
}
PROMISES = (*histories.PROMISES, *frozen.PROMISES)


@dataclass(frozen=True)
class Soundness:
    """What was looked at, how many of each, and every fault that was found; of a broken database nothing more."""

    looked_at: Mapping[str, int]
    faults: tuple[Fault, ...]


def check() -> Soundness:
    """Look at everything while people go on working.

    DatabaseUnavailable when it does not answer, InvalidValue when its tables are not those of this version.
    """
    try:
        with one_moment():
            if broken := tuple(storage.faults()):
                return Soundness({}, broken)
            if not upkeep.is_current():
                raise InvalidValue("not_ready")
            return Soundness(_counted(), promises_broken())
    except OperationalError as fault:
        raise DatabaseUnavailable from fault
    except DatabaseError as fault:
        return Soundness({}, (Fault("file", str(fault.orig)),))


def faults() -> tuple[Fault, ...]:
    """Every fault of what the transaction sees, for a use case that has not committed yet."""
    return tuple(storage.faults()) or promises_broken()


def promises_broken() -> tuple[Fault, ...]:
    """What the product promises of its rows and does not hold; the database itself must be whole."""
    return tuple(chain.from_iterable(look() for look in PROMISES))


def _counted() -> dict[str, int]:
    return {name: session.scalar(select(func.count()).select_from(kind)) or 0 for name, kind in LOOKED_AT.items()}
