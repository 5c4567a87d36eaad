"""Saving, submitting and reopening: nothing is lost, nothing is overwritten silently."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.db import session
from app.domain.cycle.lifecycle import ReflectionState
from app.domain.errors import AlreadySubmitted, CycleNotOpen, Incomplete, NotSubmitted, StaleAnswer
from app.domain.saving.decision import PendingSave
from app.models import Answer, Nomination, PrivateRating, Submission
from app.services.cycle.commands import close_cycle
from app.services.cycle.queries import find_cycle
from app.services.demo.people import lead_of
from app.services.reflection.commands import reopen_reflection, save_answer, submit_reflection
from app.services.reflection.queries import (
    Reflection,
    find_newest_answer,
    find_reflection,
    load_reflection,
    reflections_of_cycle,
)
from app.services.reports.snapshots import take_snapshot
from tests.support.application import NOW

ITEM = "PCMW-01"


def draft(text: str, base_version: int = 0) -> PendingSave:
    return PendingSave(ITEM, {"level": "developing", "evidence": text, "next_step": ""}, base_version, "en")


@pytest.fixture
def reflection(cycle):
    return find_reflection(2026, "north-powys")


@pytest.fixture
def complete(inside_demo):
    """Return a submitted reflection of the demonstration, with its lead."""
    found = next(each for each in reflections_of_cycle(2026) if each.standing)
    return found, lead_of(found)


def test_every_version_of_an_answer_is_kept(reflection, lead):
    save_answer(reflection, draft("first"), lead, NOW)
    save_answer(reflection, draft("second", base_version=1), lead, NOW)
    texts = session.scalars(select(Answer).order_by(Answer.version)).all()
    assert [(answer.version, answer.content["evidence"]) for answer in texts] == [(1, "first"), (2, "second")]
    assert find_newest_answer(reflection, ITEM).content["evidence"] == "second"


def test_an_empty_page_is_not_an_answer(reflection, lead):
    assert save_answer(reflection, PendingSave("CLOSING-2", {"text": ""}, 0, "en"), lead, NOW) is None
    assert load_reflection(reflection, NOW).state is ReflectionState.NOT_BEGUN


def test_of_many_who_save_at_once_one_wins_and_all_others_are_told(app, reflection, lead):
    outcomes: list[str] = []
    reflection_id, lead_id = reflection.id, lead.id

    def save(number: int) -> None:
        with app.app_context():
            try:
                save_answer(
                    session.get(Reflection, reflection_id),
                    draft(f"text {number}"),
                    session.get(type(lead), lead_id),
                    NOW,
                )
                outcomes.append("saved")
            except StaleAnswer:
                outcomes.append("told")

    threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved"] + ["told"] * 7


@pytest.mark.parametrize("days", [-60, 60])
def test_outside_the_cycle_nothing_is_saved(reflection, lead, days):
    with pytest.raises(CycleNotOpen):
        save_answer(reflection, draft("late"), lead, NOW + timedelta(days=days))


def test_a_cycle_closed_early_takes_no_answers(reflection, lead):
    close_cycle(2026, NOW)
    with pytest.raises(CycleNotOpen):
        save_answer(reflection, draft("late"), lead, NOW)


def test_an_incomplete_reflection_is_not_submitted_and_says_what_is_missing(reflection, lead):
    save_answer(reflection, draft("words"), lead, NOW)
    with pytest.raises(Incomplete) as refused:
        submit_reflection(reflection, lead, NOW)
    missing = {item.code for item in refused.value.missing}
    assert "PCMW-02" in missing
    assert ITEM not in missing
    assert reflection.submissions == []


def test_submitting_twice_is_submitting_once(complete):
    reflection, lead = complete
    first = reflection.standing
    assert submit_reflection(reflection, lead, NOW).id == first.id
    assert len(reflection.submissions) == 1


def test_what_is_submitted_cannot_be_changed(complete):
    reflection, lead = complete
    with pytest.raises(AlreadySubmitted):
        save_answer(reflection, draft("more", base_version=1), lead, NOW)


def test_a_reopened_reflection_can_be_changed_and_submitted_again_and_the_old_stays(complete, tmp_path):
    reflection, lead = complete
    during = NOW.replace(month=5, day=20)
    old = reflection.standing
    reopen_reflection(reflection, lead, "A figure was wrong.", during)
    assert load_reflection(reflection, during).state is ReflectionState.REOPENED
    save_answer(reflection, draft("mended", base_version=1), lead, during)
    new = submit_reflection(reflection, lead, during)
    assert (old.versions[ITEM], new.versions[ITEM]) == (1, 2)
    assert old.reopened_reason == "A figure was wrong."
    assert new.reference != old.reference
    letters = [file.read_text() for file in sorted((tmp_path / "letters").glob("*.eml"))]
    assert len(letters) == 2


def test_a_reopened_submission_counts_until_another_takes_its_place(complete):
    reflection, lead = complete
    during = NOW.replace(month=5, day=20)
    before = take_snapshot(find_cycle(2026), 5)
    reopen_reflection(reflection, lead, "A figure was wrong.", during)
    save_answer(reflection, draft("mended", base_version=1), lead, during)
    assert take_snapshot(find_cycle(2026), 5).hash == before.hash
    submit_reflection(reflection, lead, during)
    assert take_snapshot(find_cycle(2026), 5).hash != before.hash


def test_whether_a_cluster_agrees_to_be_compared_goes_with_its_submission(complete):
    reflection, lead = complete
    during = NOW.replace(month=5, day=20)
    code = reflection.cluster.code
    for agrees in (True, False):
        reopen_reflection(reflection, lead, "Once more.", during)
        submit_reflection(reflection, lead, during, compares=agrees)
        assert take_snapshot(find_cycle(2026), 5).of_cluster(code).compares is agrees
    assert [each.compares for each in reflection.submissions[1:]] == [True, False]


def test_nothing_in_the_demonstration_is_dated_after_the_day_it_is_of(inside_demo):
    for moment in (Answer.saved_at, Submission.submitted_at, PrivateRating.saved_at, Nomination.nominated_at):
        assert session.scalar(select(func.max(moment))) < NOW


def test_in_the_demonstration_about_two_in_three_agree_to_be_compared(inside_demo):
    for year in (2024, 2026):
        returns = [each for each in take_snapshot(find_cycle(year), 5).returns if each.answers is not None]
        assert 0.5 < sum(each.compares for each in returns) / len(returns) < 0.85


def test_what_could_not_be_submitted_again_is_not_reopened(complete):
    reflection, lead = complete
    with pytest.raises(CycleNotOpen):
        reopen_reflection(reflection, lead, "Too late.", NOW.replace(year=2030))
    assert reflection.standing


def test_only_what_is_submitted_can_be_reopened(reflection, staff):
    with pytest.raises(NotSubmitted):
        reopen_reflection(reflection, staff, "Why not.", NOW)
