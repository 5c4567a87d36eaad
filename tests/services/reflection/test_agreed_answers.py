"""What is shown of an agreed answer, after each way in which it can change."""

from datetime import timedelta

import pytest

from app.db import session, transaction
from app.domain.saving.decision import PendingSave
from app.models import Submission
from app.services.reflection.agreed_answers import contents_with_agreement
from app.services.reflection.commands import compare_workbook, restore_version, save_answer, save_workbook
from app.services.reflection.queries import answer_versions, find_newest_answer, find_reflection, load_reflection
from app.services.reflection.workbook.reader import read_reflection_workbook
from app.services.reflection.workbook.writer import write_reflection_workbook
from app.services.reports.snapshots import take_snapshot
from app.services.workshop.commands import WorkshopOpening, close_workshop, open_workshop, record_agreed_answer
from app.services.workshop.screen import load_workshop_screen
from tests.support.application import NOW
from tests.support.workbooks import edited, writing

ITEM = "PCMW-01"
TWO_DAYS = timedelta(days=2)
PRESENT = {"count": 12, "groups": ["dentistry"]}
CHANGED = PRESENT | {"agreed": "2026-05-10", "changed": "2026-05-12"}


def draft(level: str, over: int, present: object = None) -> PendingSave:
    content = {"level": level, "why": "", "evidence": "", "next_step": "", "present": present}
    return PendingSave(ITEM, content, over, "en")


@pytest.fixture
def reflection(cycle, lead):
    """Return a reflection whose discussion, with twelve people present, has agreed on Foundation and is closed."""
    found = find_reflection(2026, "north-powys")
    agree(found, lead, draft("foundation", 0))
    return found


def agree(reflection, lead, wanted: PendingSave, at=NOW, present: int = 12) -> None:
    open_workshop(reflection, WorkshopOpening(False, present, ["dentistry"]), lead, at, 4)
    record_agreed_answer(reflection, wanted, lead, at)
    close_workshop(reflection, at)


def present(reflection) -> object:
    shown = load_reflection(reflection, NOW)
    return shown.told(shown.item(ITEM))["present"]


def by_saving(reflection, lead) -> None:
    save_answer(reflection, draft("mature", 1, PRESENT), lead, NOW + TWO_DAYS)


def by_workbook(reflection, lead) -> None:
    shown = load_reflection(reflection, NOW)
    file = edited(write_reflection_workbook(shown), writing(ITEM, "level", "Mature"))
    found = compare_workbook(shown, read_reflection_workbook(file, shown))
    save_workbook(shown, found, [], lead, "en", NOW + TWO_DAYS)


def by_restoring(reflection, lead) -> None:
    by_saving(reflection, lead)
    agree(reflection, lead, draft("foundation", 2))
    restore_version(reflection, ITEM, 2, lead, NOW + TWO_DAYS)


@pytest.mark.parametrize("change", [by_saving, by_workbook, by_restoring])
def test_a_change_after_the_discussion_is_told_with_both_days(speaking_english, reflection, lead, change):
    assert present(reflection) == PRESENT
    change(reflection, lead)
    assert present(reflection) == CHANGED


@pytest.mark.parametrize("back", ["by saving", "by restoring"])
def test_what_was_agreed_is_agreed_again_when_it_is_put_back(reflection, lead, back):
    by_saving(reflection, lead)
    if back == "by saving":
        save_answer(reflection, draft("foundation", 2), lead, NOW + TWO_DAYS)
    else:
        restore_version(reflection, ITEM, 1, lead, NOW + TWO_DAYS)
    assert present(reflection) == PRESENT


def test_of_two_discussions_the_last_counts_also_when_the_first_is_restored(reflection, lead):
    agree(reflection, lead, draft("mature", 1), NOW + timedelta(days=1), present=7)
    assert present(reflection) == PRESENT | {"count": 7}
    restore_version(reflection, ITEM, 1, lead, NOW + TWO_DAYS)
    assert present(reflection) == PRESENT | {"count": 7, "agreed": "2026-05-11", "changed": "2026-05-12"}
    each = [content["present"] for content in contents_with_agreement(answer_versions(reflection, ITEM)).values()]
    assert each[:2] == [PRESENT, PRESENT | {"count": 7}]


def test_a_second_discussion_that_agrees_the_same_gives_its_own_day(reflection, lead):
    agree(reflection, lead, draft("foundation", 1), NOW + timedelta(days=1))
    assert find_newest_answer(reflection, ITEM).version == 1
    save_answer(reflection, draft("mature", 1), lead, NOW + TWO_DAYS)
    assert present(reflection)["agreed"] == "2026-05-11"


def test_who_was_present_is_what_the_discussion_says_and_nothing_that_is_typed(reflection, lead):
    forged = {"count": 400, "groups": []}
    agree(reflection, lead, draft("mature", 1, forged))
    assert present(reflection) == PRESENT
    other = find_reflection(2026, "rhondda")
    save_answer(other, draft("mature", 0, forged), lead, NOW)
    assert present(other) is None


def test_the_room_is_shown_what_it_agreed_whatever_is_saved_meanwhile(reflection, lead):
    open_workshop(reflection, WorkshopOpening(False, 12, []), lead, NOW, 4)
    record_agreed_answer(reflection, draft("developing", 1), lead, NOW)
    save_answer(reflection, draft("mature", 2), lead, NOW)
    assert load_workshop_screen(reflection, NOW).agreed.content["level"] == "developing"


def submit(reflection, lead) -> None:
    with transaction():
        versions = {ITEM: find_newest_answer(reflection, ITEM).version}
        made = {"versions": versions, "submitted_at": NOW, "submitted_by_id": lead.id, "reference": "2026-X"}
        session.add(Submission(reflection_id=reflection.id, number=1, **made))


def test_a_snapshot_holds_the_days_only_of_an_answer_that_was_changed(reflection, lead, cycle):
    submit(reflection, lead)
    stored = find_newest_answer(reflection, ITEM).content
    assert take_snapshot(cycle, 5).of_cluster("north-powys").answers == {ITEM: stored}
    with transaction():
        first = find_reflection(2026, "north-powys").latest
        first.reopened_at, first.reopened_by_id, first.reopened_reason = NOW, lead.id, "Again."
    by_saving(reflection, lead)
    with transaction():
        find_reflection(2026, "north-powys").latest.versions = {ITEM: 2}
    taken = take_snapshot(cycle, 5)
    assert taken.of_cluster("north-powys").answers[ITEM]["present"] == CHANGED
