"""Commands for nominations: nominate a cluster for peer review, change or withdraw its nomination."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select

from app.db import session, transaction
from app.domain.errors import InvalidValue, NominationInUse, NominationLimitReached
from app.domain.peer_review.rules import MOST_WISHES
from app.domain.people.roles import Role
from app.models import Appointment, HealthBoard, Nomination, Person, Reflection, Review, ReviewSubmission
from app.services.cycle.queries import lock_peer_review_round
from app.services.email.commands import mailer
from app.services.peer_review.emails import nomination_withdrawn_email
from app.services.peer_review.nomination_queries import find_nomination, list_nominations, possible_contacts
from app.services.survey.queries import questionnaire_of


def nominate_cluster(
    reflection: Reflection,
    *,
    contacts: Iterable[int],
    wishes: Iterable[str],
    by: Person,
    now: datetime,
    most: int,
) -> Nomination:
    """Nominate a cluster with its contacts (person ids) and preferred outcomes (codes), or update its nomination.

    Raise NominationLimitReached if its board has nominated `most` others, InvalidValue if there is no contact, a
    contact is not of the cluster, or the preferred outcomes are too many or unknown, RoundFinished.
    """
    asked = [outcome.code for outcome in questionnaire_of(reflection.cycle).outcomes]
    wished, chosen = set(wishes), set(contacts)
    people = [each.person for each in possible_contacts(reflection.cluster) if each.person_id in chosen]
    if not people or len(people) != len(chosen):
        raise InvalidValue("contacts")
    if len(wished) > MOST_WISHES or not wished <= set(asked):
        raise InvalidValue("wishes")
    with transaction():
        nomination = _open(reflection, by, now, most)
        nomination.contacts = people
        nomination.wishes = [code for code in asked if code in wished]
    return nomination


def withdraw_nomination(reflection: Reflection, now: datetime, *, address: str | None) -> None:
    """Delete a nomination, if it exists; with the site's `address`, e-mail SPPC staff.

    Raise NominationInUse if the cluster has given or received a returned review, RoundFinished.
    """
    with transaction():
        _lock(reflection, now)
        nomination = find_nomination(reflection.cycle_year, reflection.cluster)
        if nomination is None:
            return
        if _has_returned(nomination):
            raise NominationInUse
        session.delete(nomination)
    staff = session.scalars(select(Person).join(Appointment).where(Appointment.role == Role.SPPC)).unique()
    for person in staff if address else ():
        mailer.send(nomination_withdrawn_email(person, reflection, address or ""))


def _open(reflection: Reflection, by: Person, now: datetime, most: int) -> Nomination:
    """Lock, and return the cluster's nomination or a new one; raise NominationLimitReached."""
    _lock(reflection, now)
    if nomination := find_nomination(reflection.cycle_year, reflection.cluster):
        return nomination
    of_the_board = [
        each for each in list_nominations(reflection.cycle_year) if each.board_code == reflection.board_code
    ]
    if len(of_the_board) >= most:
        raise NominationLimitReached([each.cluster for each in of_the_board])
    nomination = Nomination(
        cycle_year=reflection.cycle_year,
        cluster_id=reflection.cluster_id,
        board_code=reflection.board_code,
        nominated_at=now,
        nominated_by_id=by.id,
    )
    session.add(nomination)
    return nomination


def _has_returned(nomination: Nomination) -> bool:
    of_it = or_(Review.reviewer_id == nomination.cluster_id, Review.reviewed_id == nomination.cluster_id)
    query = select(ReviewSubmission.id).join(Review).where(Review.cycle_year == nomination.cycle_year, of_it)
    return session.scalar(query.limit(1)) is not None


def _lock(reflection: Reflection, now: datetime) -> None:
    """Lock the round and the board until the transaction ends; raise RoundFinished."""
    lock_peer_review_round(reflection.cycle, now)
    session.execute(select(HealthBoard.ods_code).filter_by(ods_code=reflection.board_code).with_for_update())
