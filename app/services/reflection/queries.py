"""A cluster's reflection as it is read: with its newest answers, or as it was submitted."""

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
"""What is loaded with a reflection, in the same query: whether it can be changed, and what was asked."""

WITH_AUTHOR = joinedload(Answer.saved_by).lazyload(Person.appointments)
"""Loads with an answer who saved it, which its page says."""


@dataclass(frozen=True)
class Overview:
    """A reflection with what was asked and the newest answers, ready to be shown."""

    reflection: Reflection
    questionnaire: Questionnaire
    newest: dict[str, Answer]
    cycle_state: CycleState
    #: The submission that is shown, None when the newest answers are.
    submission: Submission | None = None

    @property
    def answers(self) -> Answers:
        """Item code -> content."""
        return {code: answer.content for code, answer in self.newest.items()}

    def answer(self, item: Item) -> Content | None:
        """The answer to an item as it is counted: a ranking without what is no longer chosen."""
        content = self.answers.get(item.code)
        if content and isinstance(item, Question) and item.kind is Kind.RANKING:
            return {"ranked": ranked_in(content, chosen_in(self.answers.get(item.of)))}
        return content

    def told(self, item: Item) -> Content | None:
        """The answer to an item as it may be shown: an outcome with who agreed on it."""
        saved = self.newest.get(item.code)
        return self._told[saved.id] if saved and isinstance(item, Outcome) else self.answer(item)

    @cached_property
    def _told(self) -> Mapping[int, Content]:
        return contents_with_agreement(self.newest.values())

    @property
    def state(self) -> ReflectionState:
        """How far the cluster has come."""
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
        """The outcome or question of that code; RecordNotFound when it is not asked."""
        try:
            return self.questionnaire.items[code]
        except KeyError:
            raise RecordNotFound("item", code) from None


def find_reflection(year: int, cluster: str) -> Reflection:
    """The reflection of a cluster (its code) in a cycle; RecordNotFound when there is none."""
    query = select(Reflection).join(Reflection.cluster).filter(Reflection.cycle_year == year, Cluster.code == cluster)
    if "\0" not in cluster:  # PostgreSQL refuses to be asked for it
        found = session.scalars(query.options(contains_eager(Reflection.cluster), *WITH_CYCLE)).unique().one_or_none()
        if found:
            return found
    known = select(Cluster.code).join(Reflection).filter(Reflection.cycle_year == year).order_by(Cluster.code)
    raise RecordNotFound("cluster", cluster, session.scalars(known).all())


def reflections_of_clusters(cluster_ids: Iterable[int]) -> Sequence[Reflection]:
    """The reflections of these clusters, the newest cycle first."""
    query = select(Reflection).where(Reflection.cluster_id.in_(list(cluster_ids))).options(*WITH_CYCLE)
    return session.scalars(query.order_by(Reflection.cycle_year.desc())).unique().all()


def load_reflection(reflection: Reflection, now: datetime) -> Overview:
    """The reflection with its questions and newest answers."""
    return Overview(
        reflection,
        questionnaire_of(reflection.cycle),
        load_newest_answers([reflection.id], WITH_AUTHOR).get(reflection.id, {}),
        reflection.cycle.state_at(now),
    )


def load_submission(reflection: Reflection, number: int, now: datetime) -> Overview:
    """The reflection with the answers of its submission of that number; RecordNotFound when there is none."""
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
    """All reflections of a cycle with their clusters and submissions, by the code of the cluster."""
    query = select(Reflection).filter_by(cycle_year=year)
    query = query.options(joinedload(Reflection.cluster), selectinload(Reflection.submissions))
    return sorted(session.scalars(query), key=lambda each: each.cluster.code)


def load_submitted_answers(submissions: Iterable[Submission], *items: str) -> dict[int, dict[str, Answer]]:
    """Reflection id -> item code -> the answer at the version that was submitted; only to `items`, if given."""
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
    """Every version of one answer, the oldest first."""
    query = select(Answer).filter_by(reflection_id=reflection.id, item=item).options(joinedload(Answer.saved_by))
    return session.scalars(query.order_by(Answer.version)).all()


def answers_at_versions(reflection: Reflection, wanted: Mapping[str, int]) -> dict[str, Answer]:
    """Return item code -> the answer at the given version, where there is one."""
    return load_answers_at_versions({reflection.id: wanted})[reflection.id]


def find_newest_answer(reflection: Reflection, item: str) -> Answer | None:
    """The newest version of one answer."""
    query = select(Answer).filter_by(reflection_id=reflection.id, item=item).order_by(Answer.version.desc())
    return session.scalar(query.limit(1))
