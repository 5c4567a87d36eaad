"""A cluster's reflection: read it, save an answer, submit it, reopen it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from surveys.schema import Item, Questionnaire

from app.db import session, transaction
from app.domain.answers import Answers, Content
from app.domain.completion import missing
from app.domain.lifecycle import CycleState, ReflectionState, reflection_state
from app.domain.refusals import AlreadySubmitted, CycleNotOpen, Incomplete, NotSubmitted, StaleAnswer, Unknown
from app.domain.roles import RECORDERS
from app.models import Answer, Appointment, Cluster, Person, Reflection, Submission
from app.services import cycles, letters
from app.services.post import post


@dataclass(frozen=True)
class Draft:
    """What a person wants to save: content in the shapes of `app.domain.answers`, and what it was typed over."""

    item: str
    content: dict[str, Any]
    #: The version that the person was shown; 0 when there was none.
    over: int
    language: str


@dataclass(frozen=True)
class Overview:
    """A reflection with what was asked and the newest answers, ready to be shown."""

    reflection: Reflection
    questionnaire: Questionnaire
    newest: dict[str, Answer]
    cycle_state: CycleState

    @property
    def answers(self) -> Answers:
        """Item code -> content."""
        return {code: answer.content for code, answer in self.newest.items()}

    @property
    def state(self) -> ReflectionState:
        """Where the cluster stands."""
        return reflection_state(
            answers=len(self.newest),
            submissions=len(self.reflection.submissions),
            standing=self.reflection.standing is not None,
        )

    @property
    def is_changeable(self) -> bool:
        """Whether answers can be saved now."""
        return self.cycle_state is CycleState.OPEN and self.reflection.standing is None

    def item(self, code: str) -> Item:
        """The outcome or question of that code; Unknown when it is not asked."""
        try:
            return self.questionnaire.items[code]
        except KeyError:
            raise Unknown("item", code) from None


def find(year: int, cluster: str) -> Reflection:
    """The reflection of a cluster (its code) in a cycle; Unknown when there is none."""
    query = select(Reflection).join(Reflection.cluster).filter(Reflection.cycle_year == year, Cluster.code == cluster)
    if found := session.scalar(query):
        return found
    raise Unknown("reflection", f"{year} {cluster}")


def of_clusters(cluster_ids: Iterable[int]) -> Sequence[Reflection]:
    """The reflections of these clusters, the newest cycle first."""
    query = select(Reflection).where(Reflection.cluster_id.in_(list(cluster_ids)))
    return session.scalars(query.order_by(Reflection.cycle_year.desc())).all()


def overview(reflection: Reflection, now: datetime) -> Overview:
    """The reflection with its questions and newest answers."""
    return Overview(
        reflection,
        cycles.questionnaire(reflection.cycle),
        newest_answers([reflection.id]).get(reflection.id, {}),
        cycles.state(reflection.cycle, now),
    )


def newest_answers(reflection_ids: Iterable[int]) -> dict[int, dict[str, Answer]]:
    """Reflection id -> item code -> the newest version of its answer."""
    newest = (
        select(Answer.reflection_id, Answer.item, func.max(Answer.version).label("version"))
        .where(Answer.reflection_id.in_(list(reflection_ids)))
        .group_by(Answer.reflection_id, Answer.item)
        .subquery()
    )
    same = (
        (Answer.reflection_id == newest.c.reflection_id)
        & (Answer.item == newest.c.item)
        & (Answer.version == newest.c.version)
    )
    found: dict[int, dict[str, Answer]] = {}
    for answer in session.scalars(select(Answer).join(newest, same)):
        found.setdefault(answer.reflection_id, {})[answer.item] = answer
    return found


def save(reflection: Reflection, draft: Draft, by: Person, now: datetime) -> Answer | None:
    """Add a version to an answer; None when there is nothing to save.

    StaleAnswer when somebody saved a newer version than the one typed over; CycleNotOpen and
    AlreadySubmitted when nothing can be saved. The same content twice, as after a double press, is saved once.
    """
    try:
        with transaction():
            require_changeable(reflection, now)
            saved = newest_answer(reflection, draft.item)
            if saved and saved.content == draft.content:
                return saved
            if not saved and not _says_something(draft.content):
                return None
            if (saved.version if saved else 0) != draft.over:
                raise StaleAnswer(saved)
            answer = _added(reflection, draft, by, now)
    except IntegrityError:  # PostgreSQL: somebody else committed this version a moment before
        raise StaleAnswer(newest_answer(reflection, draft.item)) from None
    return answer


def newest_answer(reflection: Reflection, item: str) -> Answer | None:
    """The newest version of one answer."""
    query = select(Answer).filter_by(reflection_id=reflection.id, item=item).order_by(Answer.version.desc())
    return session.scalar(query.limit(1))


def submit(reflection: Reflection, by: Person, now: datetime, *, confirm: bool = True) -> Submission:
    """Submit the answers as they are; submitted already, the standing submission is returned.

    Incomplete names what is missing; CycleNotOpen when the cycle does not take answers. A letter
    confirms it, unless `confirm` is false.
    """
    with transaction():
        if reflection.standing:
            return reflection.standing
        require_changeable(reflection, now)
        submission = _submission(overview(reflection, now), by, now)
    if confirm:
        post.send(letters.submitted(by, reflection, submission))
    return submission


def reopen(reflection: Reflection, by: Person, reason: str, now: datetime) -> None:
    """Let a cluster change what it submitted; the old submission stays readable, with the reason."""
    with transaction():
        submission = reflection.standing
        if submission is None:
            raise NotSubmitted
        submission.reopened_at, submission.reopened_by_id, submission.reopened_reason = now, by.id, reason
    for recorder in recorders(reflection.cluster_id):
        post.send(letters.reopened(recorder, reflection, reason))


def recorders(cluster_id: int) -> Sequence[Person]:
    """The lead and deputies of a cluster."""
    query = (
        select(Person).join(Appointment).where(Appointment.role.in_(RECORDERS), Appointment.cluster_id == cluster_id)
    )
    return session.scalars(query.order_by(Person.id)).unique().all()


def require_changeable(reflection: Reflection, now: datetime) -> None:
    """CycleNotOpen or AlreadySubmitted when answers cannot be changed now."""
    state = cycles.state(reflection.cycle, now)
    if reflection.standing:
        raise AlreadySubmitted
    if state is not CycleState.OPEN:
        raise CycleNotOpen(state)


def _says_something(content: Content) -> bool:
    return any(value or value == 0 for value in content.values())


def _added(reflection: Reflection, draft: Draft, by: Person, now: datetime) -> Answer:
    answer = Answer(
        reflection_id=reflection.id,
        item=draft.item,
        version=draft.over + 1,
        content=draft.content,
        language=draft.language,
        saved_at=now,
        saved_by_id=by.id,
    )
    session.add(answer)
    session.flush()
    return answer


def _submission(shown: Overview, by: Person, now: datetime) -> Submission:
    lacking = missing(shown.questionnaire, shown.answers)
    if lacking:
        raise Incomplete(lacking)
    number = len(shown.reflection.submissions) + 1
    submission = Submission(
        reflection=shown.reflection,
        number=number,
        reference=_reference(shown.reflection, number, shown.answers),
        versions={code: answer.version for code, answer in sorted(shown.newest.items())},
        submitted_at=now,
        submitted_by_id=by.id,
    )
    session.add(submission)
    return submission


def _reference(reflection: Reflection, number: int, answers: Answers) -> str:
    """Such as 2026-NORTH-POWYS-1-3F9A2C; the last part is from the hash of what was submitted."""
    content = json.dumps(answers, ensure_ascii=False, sort_keys=True)
    fingerprint = hashlib.sha256(content.encode()).hexdigest()[:6]
    return f"{reflection.cycle_year}-{reflection.cluster.code}-{number}-{fingerprint}".upper()
