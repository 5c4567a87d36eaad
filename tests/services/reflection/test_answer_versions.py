"""Only the wanted version of an answer is loaded, because autosave can leave a hundred."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from app.db import session, transaction
from app.models import Answer, Submission
from app.services.reflection.answer_versions import load_answers_at_versions
from app.services.reflection.commands import restore_version
from app.services.reflection.previous_answers import previous_answers_to
from app.services.reflection.queries import (
    answers_at_versions,
    find_reflection,
    load_reflection,
    load_submitted_answers,
)
from app.services.themes.texts import find_field, find_text
from tests.support.application import NOW
from tests.support.queries import recorded_queries

OLDER, NEWER = 4, 3
ITEMS = ("PCMW-01", "PCMW-02", "ABOUT-7")


def content(item: str, version: int) -> dict:
    return {"level": "mature", "evidence": f"{item} {version}"} if item.startswith("PCMW") else {"text": str(version)}


def add(reflection, by, versions) -> None:
    for item in ITEMS:
        for version in versions:
            more = {"content": content(item, version), "language": "en", "saved_at": NOW, "saved_by_id": by.id}
            session.add(Answer(reflection_id=reflection.id, item=item, version=version, **more))


def forget() -> None:
    """Expunge the answers from the session, so that they are loaded again."""
    for each in [each for each in session if isinstance(each, Answer)]:
        session.expunge(each)


@pytest.fixture
def submission(cycle, lead) -> Submission:
    """Return a submission whose answers have earlier and later versions; another cluster has answers too."""
    with transaction():
        reflection, other = find_reflection(2026, "north-powys"), find_reflection(2026, "rhondda")
        for each in (reflection, other):
            add(each, lead, range(1, OLDER + NEWER + 2))
        wanted = dict.fromkeys(ITEMS, OLDER + 1) | {"PCMW-02": OLDER}
        made = {"versions": wanted, "submitted_at": NOW, "submitted_by_id": lead.id, "reference": "2026-X"}
        session.add(Submission(reflection_id=reflection.id, number=1, **made))
    forget()
    return find_reflection(2026, "north-powys").latest


@contextmanager
def loaded() -> Iterator[list[tuple[str, int]]]:
    """Collect the item and version of each Answer that is loaded within the block."""
    found: list[tuple[str, int]] = []

    def note(answer: Answer, _context: object) -> None:
        found.append((answer.item, answer.version))

    event.listen(Answer, "load", note)
    try:
        yield found
    finally:
        event.remove(Answer, "load", note)


def test_the_submitted_answers_are_loaded_and_no_other_version(submission):
    with loaded() as found:
        answers = load_submitted_answers([submission])[submission.reflection_id]
    assert {item: each.version for item, each in answers.items()} == submission.versions
    assert sorted(found) == sorted(submission.versions.items())


def test_of_a_few_items_only_theirs_are_loaded_wherever_their_texts_are_read(submission):
    with loaded() as found:
        load_submitted_answers([submission], "PCMW-02", "PCMW-09")
        find_text(
            submission.reflection.cycle,
            find_field(submission.reflection.cycle, "PCMW-02", "evidence"),
            "north-powys",
        )
    assert set(found) == {("PCMW-02", OLDER)}


def test_the_versions_that_are_asked_for_are_loaded_and_one_that_never_was_is_left_out(submission):
    with loaded() as found:
        answers = answers_at_versions(submission.reflection, {"PCMW-01": 2, "ABOUT-7": 7, "PCMW-02": 99, "ACD-1": 1})
    assert {item: each.content for item, each in answers.items()} == {
        "PCMW-01": content("PCMW-01", 2),
        "ABOUT-7": content("ABOUT-7", 7),
    }
    assert sorted(found) == [("ABOUT-7", 7), ("PCMW-01", 2)]


def test_restoring_a_version_loads_it_and_the_newest(submission, lead):
    with transaction():
        reopened = session.get(Submission, submission.id)
        reopened.reopened_at, reopened.reopened_by_id, reopened.reopened_reason = NOW, lead.id, "Again."
    forget()
    with loaded() as found:
        restored = restore_version(find_reflection(2026, "north-powys"), "PCMW-01", 2, lead, NOW)
        assert restored.content == content("PCMW-01", 2)
    newest = OLDER + NEWER + 1
    assert set(found) == {("PCMW-01", 2), ("PCMW-01", newest)}


def test_what_was_said_before_is_loaded_for_the_item_that_is_asked_and_for_no_other(inside_demo):
    reflection = find_reflection(2026, "rhondda")
    item = load_reflection(reflection, NOW).item("PCMW-04")
    forget()
    with loaded() as found:
        before = previous_answers_to(reflection, item)
    assert before
    assert {code for code, _version in found} == {each.item.code for each in before}


@pytest.mark.parametrize("reflections", [1, 20, 21, 60])
def test_however_many_answers_are_asked_for_sqlite_looks_each_up_in_an_index(demo_app, reflections):
    wanted = {identity: {"PCMW-01": 1} for identity in range(1, reflections + 1)}
    with recorded_queries(demo_app) as sent, demo_app.app_context():
        load_answers_at_versions(wanted)
    assert sent
    with demo_app.app_context():
        for statement in sent:
            plain = statement.replace("?", "1")  # only the shape decides; parameters are numbers and short codes
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {plain}").all()
            assert not [step for *_numbers, step in plan if step.startswith("SCAN")], plan
