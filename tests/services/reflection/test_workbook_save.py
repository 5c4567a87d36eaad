"""Saving a workbook: only changes, all or none, and never silently over an answer that somebody else saved."""

import pytest

from app.domain.errors import StaleAnswer
from app.domain.saving.decision import PendingSave
from app.i18n import speaking
from app.services.reflection.commands import compare_workbook, save_answer, save_workbook
from app.services.reflection.queries import find_newest_answer, find_reflection, load_reflection
from app.services.reflection.workbook.reader import read_reflection_workbook
from app.services.reflection.workbook.writer import write_reflection_workbook
from tests.support.application import NOW
from tests.support.workbooks import edited, tick, writing


@pytest.fixture
def reflection(cycle):
    return find_reflection(2026, "north-powys")


def save(reflection, lead, item: str, content: dict, base_version: int = 0) -> None:
    save_answer(reflection, PendingSave(item, content, base_version, "en"), lead, NOW)


def outcome(why: str, **more) -> dict:
    return {"level": "mature", "why": why, "evidence": "", "next_step": "", "present": None} | more


def test_only_what_changed_is_saved_and_who_was_present_stays(reflection, lead):
    present = {"count": 12, "groups": ["optometry"]}
    save(reflection, lead, "PCMW-01", outcome("First", present=present))
    save(reflection, lead, "PCMW-02", outcome("Left alone"))
    before = load_reflection(reflection, NOW)
    with speaking("cy"):
        file = edited(write_reflection_workbook(before), writing("PCMW-01", "why", "Ail"))
    found = compare_workbook(before, read_reflection_workbook(file, before))
    assert [(each.item.code, each.after["why"], each.empties) for each in found.changes] == [("PCMW-01", "Ail", False)]
    save_workbook(before, found, (), lead, "cy", NOW)
    after = load_reflection(reflection, NOW).newest
    assert {code: answer.version for code, answer in after.items()} == {"PCMW-01": 2, "PCMW-02": 1}
    assert after["PCMW-01"].content == outcome("Ail", present=present)
    assert after["PCMW-01"].language == "cy"
    again = compare_workbook(load_reflection(reflection, NOW), read_reflection_workbook(file, before))
    assert (again.changes, again.conflicts) == ((), ())


def test_what_two_people_changed_is_a_conflict_and_what_only_the_other_changed_is_not(reflection, lead):
    for code in ("PCMW-01", "PCMW-02"):
        save(reflection, lead, code, outcome("First"))
    with speaking("en"):
        file = edited(
            write_reflection_workbook(load_reflection(reflection, NOW)), writing("PCMW-01", "why", "In the workbook")
        )
        for code in ("PCMW-01", "PCMW-02", "PCMW-03"):
            save(reflection, lead, code, outcome("In the service"), base_version=0 if code == "PCMW-03" else 1)
        now = load_reflection(reflection, NOW)
        found = compare_workbook(now, read_reflection_workbook(file, now))
    assert found.changes == ()
    [conflict] = found.conflicts
    assert (conflict.saved.content["why"], conflict.after["why"]) == ("In the service", "In the workbook")
    save_workbook(now, found, (), lead, "en", NOW)
    assert find_newest_answer(reflection, "PCMW-01").content["why"] == "In the service"
    save_workbook(now, found, ("PCMW-01",), lead, "en", NOW)
    assert find_newest_answer(reflection, "PCMW-01").content["why"] == "In the workbook"


def test_all_of_it_is_saved_or_nothing(reflection, lead):
    before = load_reflection(reflection, NOW)
    with speaking("en"):
        change = tick(("PCMW-01", "why", "One"), ("PCMW-02", "why", "Two"))
        found = compare_workbook(
            before, read_reflection_workbook(edited(write_reflection_workbook(before), change), before)
        )
    save(reflection, lead, "PCMW-02", outcome("Meanwhile"))
    with pytest.raises(StaleAnswer):
        save_workbook(before, found, (), lead, "en", NOW)
    assert find_newest_answer(reflection, "PCMW-01") is None
