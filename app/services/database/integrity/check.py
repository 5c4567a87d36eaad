"""`data check`: checks the integrity of all stored data in one read transaction; changes nothing, quotes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError, OperationalError

from app.db import one_moment, session
from app.domain.database.integrity_fault import IntegrityFault
from app.domain.errors import DatabaseUnavailable, InvalidValue
from app.models import Allocation, Answer, FrozenSurvey, Publication, Reflection, Submission
from app.services.database.integrity import fingerprint_checks as frozen
from app.services.database.integrity import history_checks as histories
from app.services.database.integrity.storage_checks import storage_faults
from app.services.database.schema import is_schema_current

LOOKED_AT = {
    "reflections": Reflection,
    "answers": Answer,
    "submissions": Submission,
    "wordings": FrozenSurvey,
    "allocations": Allocation,
    "publications": Publication,
}
CHECKS = (*histories.CHECKS, *frozen.CHECKS)


@dataclass(frozen=True)
class IntegrityReport:
    """What was checked, how many of each, and every fault; of an unreadable database only the storage faults."""

    looked_at: Mapping[str, int]
    faults: tuple[IntegrityFault, ...]


def check_integrity() -> IntegrityReport:
    """Look at everything while people go on working.

    DatabaseUnavailable when it does not answer, InvalidValue when its tables are not those of this version.
    """
    try:
        with one_moment():
            if broken := tuple(storage_faults()):
                return IntegrityReport({}, broken)
            if not is_schema_current():
                raise InvalidValue("not_ready")
            return IntegrityReport(_counted(), faults_of_rows())
    except OperationalError as fault:
        raise DatabaseUnavailable from fault
    except DatabaseError as fault:
        return IntegrityReport({}, (IntegrityFault("file", str(fault.orig)),))


def integrity_faults() -> tuple[IntegrityFault, ...]:
    """Every fault of what the transaction sees, for a use case that has not committed yet."""
    return tuple(storage_faults()) or faults_of_rows()


def faults_of_rows() -> tuple[IntegrityFault, ...]:
    """What the product promises of its rows and does not hold; the database itself must be whole."""
    return tuple(chain.from_iterable(look() for look in CHECKS))


def _counted() -> dict[str, int]:
    return {name: session.scalar(select(func.count()).select_from(kind)) or 0 for name, kind in LOOKED_AT.items()}
