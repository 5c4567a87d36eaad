"""Commands for reflections: save, restore, submit and reopen answers; save an uploaded workbook."""

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
    """Add a version to an answer and return it; return None if there is nothing to save.

    Content equal to the newest version is not saved again; then return that version. Raise StaleAnswer if somebody
    has saved a newer version than the one typed over, SupersededSave if a later save from the same page has arrived
    first, CycleNotOpen, AlreadySubmitted.
    """
    with transaction():
        lock_reflection(reflection)
        require_open(reflection, now)
        return write_answer(reflection, draft, by, now)


def save_answers(reflection: Reflection, drafts: Iterable[PendingSave], by: Person, now: datetime) -> None:
    """Add a version to several answers in one transaction: all or none. Raise what `save_answer` raises."""
    with transaction():
        lock_reflection(reflection)
        require_open(reflection, now)
        for draft in drafts:
            write_answer(reflection, draft, by, now)


def restore_version(reflection: Reflection, item: str, version: int, by: Person, now: datetime) -> Answer:
    """Add a new version with the content of an old one; no version is removed.

    Raise RecordNotFound if there is no such version, CycleNotOpen, AlreadySubmitted.
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
    """Do what `save_answer` does in the caller's transaction; the caller has locked the reflection."""
    saved = find_newest_answer(reflection, draft.item)
    if not must_add(draft, saved):
        return saved
    return _added(reflection, draft, by, now, version=saved.version + 1 if saved else 1)


def submit_reflection(
    reflection: Reflection, by: Person, now: datetime, *, compares: bool = False, confirm: bool = True
) -> Submission:
    """Submit the answers and e-mail `by`, unless `confirm` is false; return the current submission if there is one.

    `compares`: the cluster agrees to be compared, without names, with others that agree. Raise Incomplete with the
    items that are missing, CycleNotOpen.
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
    """Reopen a reflection, so that the cluster can change and submit it again; e-mail its lead and deputies.

    The submission stays readable, with the reason, and counts in reports until another replaces it. Raise what
    `require_reopenable` raises.
    """
    with transaction():
        lock_reflection(reflection)
        submission = require_reopenable(reflection, now)
        submission.reopened_at, submission.reopened_by_id, submission.reopened_reason = now, by.id, reason
    for recorder in people_of_cluster(reflection.cluster_id, RECORDERS):
        mailer.send(reopened_email(recorder, reflection, reason))


def answers_digest(answers: Answers) -> str:
    """Return the last part of a submission's reference: six hexadecimal digits of the SHA-256 of its answers."""
    content = json.dumps(answers, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:6].upper()


def require_reopenable(reflection: Reflection, now: datetime) -> Submission:
    """Return the submission to reopen; raise NotSubmitted if there is none, CycleNotOpen if the cycle is not open."""
    if reflection.standing is None:
        raise NotSubmitted
    if (state := reflection.cycle.state_at(now)) is not CycleState.OPEN:
        raise CycleNotOpen(state)
    return reflection.standing


def require_open(reflection: Reflection, now: datetime) -> None:
    """Raise AlreadySubmitted or CycleNotOpen if answers cannot be changed now."""
    state = reflection.cycle.state_at(now)
    if reflection.standing:
        raise AlreadySubmitted
    if state is not CycleState.OPEN:
        raise CycleNotOpen(state)


def lock_reflection(reflection: Reflection) -> None:
    """Lock the row of a reflection until the transaction ends; reload it with its cluster, cycle and submissions.

    On SQLite the transaction itself locks the database.
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
    """Return the reference of a submission, such as 2026-NORTH-POWYS-1-3F9A2C."""
    return f"{reflection.cycle_year}-{reflection.cluster.code}-{number}-{answers_digest(answers)}".upper()


def compare_workbook(shown: Overview, reading: WorkbookContent) -> WorkbookDiff:
    """Compare a workbook with the answers saved now and with the versions that it was filled in over."""
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
    """Save the changes of a workbook, and its conflicts whose item code is in `taken`, in one transaction.

    Raise what `save_answer` raises; then nothing is saved.
    """
    drafts = [PendingSave(each.item.code, each.after, each.base_version, language) for each in found.chosen(taken)]
    save_answers(shown.reflection, drafts, by, now)
