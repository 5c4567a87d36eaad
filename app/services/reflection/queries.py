"""Queries for reflections: with the newest answers, or as submitted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from surveys.schema import Item, Kind, Outcome, Question, Questionnaire

from app.db import session
from app.domain.cycle.lifecycle import CycleState, ReflectionState, reflection_state
from app.domain.errors import RecordNotFound
from app.domain.reflection.answers import Answers, Content, chosen_in, ranked_in
from app.models import Answer, Cluster, Cycle, Person, Reflection, Submission
from app.services.reflection.agreed_answers import contents_with_agreement
from app.services.reflection.answer_versions import load_answers_at_versions
from app.services.survey.queries import questionnaire_of

WITH_CYCLE = (
    joinedload(Reflection.submissions),
    joinedload(Reflection.cycle).joinedload(Cycle.surveys),
)
"""Loaded with a reflection in one query: what decides whether it can be changed, and its questionnaire."""

WITH_AUTHOR = joinedload(Answer.saved_by).lazyload(Person.appointments)
"""Loads with an answer who saved it, which its page says."""


@dataclass(frozen=True)
class Overview:
    """A reflection with its questionnaire, and its newest answers or those of one submission."""

    reflection: Reflection
    questionnaire: Questionnaire
    newest: dict[str, Answer]
    cycle_state: CycleState
    #: The submission that is shown; None for the newest answers.
    submission: Submission | None = None

    @property
    def answers(self) -> Answers:
        """Item code -> content."""
        return {code: answer.content for code, answer in self.newest.items()}

    def answer(self, item: Item) -> Content | None:
        """Return the answer to an item as it is counted: a ranking without options that are no longer chosen."""
        content = self.answers.get(item.code)
        if content and isinstance(item, Question) and item.kind is Kind.RANKING:
            return {"ranked": ranked_in(content, chosen_in(self.answers.get(item.of)))}
        return content

    def told(self, item: Item) -> Content | None:
        """Return the answer to an item as it is shown: for an outcome, with who agreed on it."""
        saved = self.newest.get(item.code)
        return self._told[saved.id] if saved and isinstance(item, Outcome) else self.answer(item)

    @cached_property
    def _told(self) -> Mapping[int, Content]:
        return contents_with_agreement(self.newest.values())

    @property
    def state(self) -> ReflectionState:
        """Whether the reflection is not begun, in progress, submitted or reopened."""
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
        """Return the item with that code; raise RecordNotFound if the questionnaire does not have it."""
        try:
            return self.questionnaire.items[code]
        except KeyError:
            raise RecordNotFound("item", code) from None


def find_reflection(year: int, cluster: str) -> Reflection:
    """Return the reflection of a cluster (code) in a cycle; raise RecordNotFound if there is none."""
    query = select(Reflection).join(Reflection.cluster).filter(Reflection.cycle_year == year, Cluster.code == cluster)
    if "\0" not in cluster:  # PostgreSQL refuses NUL in a query
        found = session.scalars(query.options(contains_eager(Reflection.cluster), *WITH_CYCLE)).unique().one_or_none()
        if found:
            return found
    known = select(Cluster.code).join(Reflection).filter(Reflection.cycle_year == year).order_by(Cluster.code)
    raise RecordNotFound("cluster", cluster, session.scalars(known).all())


def reflections_of_clusters(cluster_ids: Iterable[int]) -> Sequence[Reflection]:
    """Return the reflections of these clusters, newest cycle first."""
    query = select(Reflection).where(Reflection.cluster_id.in_(list(cluster_ids))).options(*WITH_CYCLE)
    return session.scalars(query.order_by(Reflection.cycle_year.desc())).unique().all()


def load_reflection(reflection: Reflection, now: datetime) -> Overview:
    """Load a reflection with its questionnaire and newest answers."""
    return Overview(
        reflection,
        questionnaire_of(reflection.cycle),
        load_newest_answers([reflection.id], WITH_AUTHOR).get(reflection.id, {}),
        reflection.cycle.state_at(now),
    )


def load_submission(reflection: Reflection, number: int, now: datetime) -> Overview:
    """Load a reflection with the answers of its submission with that number; raise RecordNotFound if there is none."""
    submission = next((each for each in reflection.submissions if each.number == number), None)
    if submission is None:
        raise RecordNotFound("submission", number)
    return Overview(
        reflection,
        questionnaire_of(reflection.cycle),
        load_submitted_answers([submission]).get(reflection.id, {}),
        reflection.cycle.state_at(now),
        submission,
    )


def reflections_of_cycle(year: int) -> Sequence[Reflection]:
    """Return all reflections of a cycle, clusters and submissions loaded, by cluster code."""
    query = select(Reflection).filter_by(cycle_year=year)
    query = query.options(joinedload(Reflection.cluster), selectinload(Reflection.submissions))
    return sorted(session.scalars(query), key=lambda each: each.cluster.code)


def load_submitted_answers(submissions: Iterable[Submission], *items: str) -> dict[int, dict[str, Answer]]:
    """Return reflection id -> item code -> the submitted answer; only for `items` (codes), if given."""
    wanted = {each.reflection_id: each.versions for each in submissions}
    if items:
        wanted = {
            identity: {item: version for item, version in versions.items() if item in items}
            for identity, versions in wanted.items()
        }
    return load_answers_at_versions(wanted)


def load_newest_answers(reflection_ids: Iterable[int], *loaded: ExecutableOption) -> dict[int, dict[str, Answer]]:
    """Return reflection id -> item code -> the newest version of its answer, loaded with these options."""
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
    for answer in session.scalars(select(Answer).join(newest, same).options(*loaded)):
        found.setdefault(answer.reflection_id, {})[answer.item] = answer
    return found


def answer_versions(reflection: Reflection, item: str) -> Sequence[Answer]:
    """Return all versions of one answer, oldest first."""
    query = select(Answer).filter_by(reflection_id=reflection.id, item=item).options(joinedload(Answer.saved_by))
    return session.scalars(query.order_by(Answer.version)).all()


def answers_at_versions(reflection: Reflection, wanted: Mapping[str, int]) -> dict[str, Answer]:
    """Return item code -> the answer at the wanted version, if it exists. `wanted`: item code -> version."""
    return load_answers_at_versions({reflection.id: wanted})[reflection.id]


def find_newest_answer(reflection: Reflection, item: str) -> Answer | None:
    """Return the newest version of one answer, or None."""
    query = select(Answer).filter_by(reflection_id=reflection.id, item=item).order_by(Answer.version.desc())
    return session.scalar(query.limit(1))
