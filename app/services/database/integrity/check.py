"""`data check`: check the integrity of all stored data in one read transaction. Faults never quote stored text."""

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
    """The number of rows checked by kind, and every fault; for an unreadable database only the storage faults."""

    looked_at: Mapping[str, int]
    faults: tuple[IntegrityFault, ...]


def check_integrity() -> IntegrityReport:
    """Check all stored data, without blocking the service.

    Raise DatabaseUnavailable if the database does not answer, InvalidValue if its schema is not of this version.
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
    """Return every fault that the current transaction sees; a restore calls this before it commits."""
    return tuple(storage_faults()) or faults_of_rows()


def faults_of_rows() -> tuple[IntegrityFault, ...]:
    """Return every fault in the rows; check the storage first, since this needs a readable database."""
    return tuple(chain.from_iterable(look() for look in CHECKS))


def _counted() -> dict[str, int]:
    return {name: session.scalar(select(func.count()).select_from(kind)) or 0 for name, kind in LOOKED_AT.items()}
