"""Save, restore, submit and reopen a cluster's answers; save a returned workbook."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import identity_of, session, transaction
from app.domain.cycle.lifecycle import CycleState
from app.domain.errors import AlreadySubmitted, CycleNotOpen, Incomplete, NotSubmitted, RecordNotFound
from app.domain.people.roles import RECORDERS
from app.domain.reflection.answers import Answers
from app.domain.reflection.completion import missing
from app.domain.reflection.workbook_diff import SavedAnswer, WorkbookContent, WorkbookDiff, diff_workbook
from app.domain.saving.decision import PendingSave, must_add
from app.models import Answer, Person, Reflection, Submission
from app.services.email.commands import mailer
from app.services.people.queries import people_of_cluster
from app.services.reflection.emails import reopened_email, submitted_email
from app.services.reflection.queries import Overview, answers_at_versions, find_newest_answer, load_reflection


def save_answer(reflection: Reflection, draft: PendingSave, by: Person, now: datetime) -> Answer | None:
    """Add a version to an answer and return it; None when there is nothing to save.

    StaleAnswer when somebody saved a newer version than the one typed over, SupersededSave when a later save
    of the same open page is there already; CycleNotOpen and AlreadySubmitted when nothing can be saved.
    The same content twice, as after a double press, is saved once.
    """
    with transaction():
        lock_reflection(reflection)
        require_open(reflection, now)
        return write_answer(reflection, draft, by, now)


def save_answers(reflection: Reflection, drafts: Iterable[PendingSave], by: Person, now: datetime) -> None:
    """Add a version to several answers, all of them or none; refused for the reasons for which `save_answer` is."""
    with transaction():
        lock_reflection(reflection)
        require_open(reflection, now)
        for draft in drafts:
            write_answer(reflection, draft, by, now)


def restore_version(reflection: Reflection, item: str, version: int, by: Person, now: datetime) -> Answer:
    """Make an old version the newest again, as a new one: what was newest stays among the versions.

    RecordNotFound when there is no such version; CycleNotOpen and AlreadySubmitted as for `save_answer`.
    """
    with transaction():
        lock_reflection(reflection)
        require_open(reflection, now)
        old, newest = answers_at_versions(reflection, {item: version}).get(item), find_newest_answer(reflection, item)
        if old is None or newest is None:
            raise RecordNotFound("version", version)
        again = PendingSave(item, old.content, newest.version, old.language)
        return write_answer(reflection, again, by, now) or old


def write_answer(reflection: Reflection, draft: PendingSave, by: Person, now: datetime) -> Answer | None:
    """What `save_answer` does, inside the transaction of a use case that has locked the reflection."""
    saved = find_newest_answer(reflection, draft.item)
    if not must_add(draft, saved):
        return saved
    return _added(reflection, draft, by, now, version=saved.version + 1 if saved else 1)


def submit_reflection(
    reflection: Reflection, by: Person, now: datetime, *, compares: bool = False, confirm: bool = True
) -> Submission:
    """Submit the answers; returns the current submission if there is one already.

    `compares`: the cluster agrees to be compared, without names, with others that agree. Incomplete
    names what is missing; CycleNotOpen when the cycle does not take answers. A letter confirms it,
    unless `confirm` is false.
    """
    with transaction():
        lock_reflection(reflection)
        if reflection.standing:
            return reflection.standing
        require_open(reflection, now)
        submission = _submission(load_reflection(reflection, now), by, now, compares=compares)
    if confirm:
        mailer.send(submitted_email(by, reflection, submission))
    return submission


def reopen_reflection(reflection: Reflection, by: Person, reason: str, now: datetime) -> None:
    """Let a cluster change what it submitted; the old submission stays readable, with the reason.

    It also goes on counting until another takes its place. DomainError as `require_reopenable` refuses.
    """
    with transaction():
        lock_reflection(reflection)
        submission = require_reopenable(reflection, now)
        submission.reopened_at, submission.reopened_by_id, submission.reopened_reason = now, by.id, reason
    for recorder in people_of_cluster(reflection.cluster_id, RECORDERS):
        mailer.send(reopened_email(recorder, reflection, reason))


def answers_digest(answers: Answers) -> str:
    """The last part of a reference: six hexadecimal digits of the hash of what was submitted."""
    content = json.dumps(answers, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:6].upper()


def require_reopenable(reflection: Reflection, now: datetime) -> Submission:
    """The submission to reopen; NotSubmitted when there is none, CycleNotOpen when it could not be submitted again."""
    if reflection.standing is None:
        raise NotSubmitted
    if (state := reflection.cycle.state_at(now)) is not CycleState.OPEN:
        raise CycleNotOpen(state)
    return reflection.standing


def require_open(reflection: Reflection, now: datetime) -> None:
    """CycleNotOpen or AlreadySubmitted when answers cannot be changed now."""
    state = reflection.cycle.state_at(now)
    if reflection.standing:
        raise AlreadySubmitted
    if state is not CycleState.OPEN:
        raise CycleNotOpen(state)


def lock_reflection(reflection: Reflection) -> None:
    """Let one at a time save, submit or reopen a reflection, and read it again with all that decides whether they may.

    On SQLite the transaction itself lets in one at a time.
    """
    loaded = (joinedload(Reflection.cluster), joinedload(Reflection.cycle), joinedload(Reflection.submissions))
    query = select(Reflection).filter_by(id=identity_of(reflection)).options(*loaded).with_for_update(of=Reflection)
    session.scalars(query, execution_options={"populate_existing": True}).unique().one()


def _added(reflection: Reflection, draft: PendingSave, by: Person, now: datetime, *, version: int) -> Answer:
    answer = Answer(
        reflection_id=reflection.id,
        version=version,
        saved_at=now,
        saved_by_id=identity_of(by),
        **draft.columns,
    )
    session.add(answer)
    return answer


def _submission(shown: Overview, by: Person, now: datetime, *, compares: bool) -> Submission:
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
        compares=compares,
    )
    session.add(submission)
    return submission


def _reference(reflection: Reflection, number: int, answers: Answers) -> str:
    """Such as 2026-NORTH-POWYS-1-3F9A2C."""
    return f"{reflection.cycle_year}-{reflection.cluster.code}-{number}-{answers_digest(answers)}".upper()


def compare_workbook(shown: Overview, reading: WorkbookContent) -> WorkbookDiff:
    """What is new in a workbook, against what is saved now and what it was filled in over."""
    wanted = {entry.item: entry.base_version for entry in reading.entries}
    typed_over = answers_at_versions(shown.reflection, wanted)
    return diff_workbook(
        shown.questionnaire,
        reading.entries,
        {code: SavedAnswer(each.version, shown.answer(shown.item(code)) or {}) for code, each in shown.newest.items()},
        {code: answer.content for code, answer in typed_over.items()},
    )


def save_workbook(
    shown: Overview, found: WorkbookDiff, taken: Iterable[str], by: Person, language: str, now: datetime
) -> None:
    """Save the changes, and of the conflicts those whose item is `taken`: all of it, or nothing and StaleAnswer.

    CycleNotOpen and AlreadySubmitted when nothing can be saved any more.
    """
    drafts = [PendingSave(each.item.code, each.after, each.base_version, language) for each in found.chosen(taken)]
    save_answers(shown.reflection, drafts, by, now)
