"""The save decision: nothing is overwritten silently, nothing is saved twice, a late save never wins."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.saving.decision import PendingSave, SaveDecision, decide_save
from app.domain.saving.editing_sessions import editing_sessions
from app.domain.saving.rules import EDITING_PAUSE

NOON = datetime(2026, 5, 10, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Kept:
    version: int = 3
    content: dict = field(default_factory=lambda: {"text": "kept"})
    client_id: str = "mine"
    sequence_no: int = 5


def draft(text: str = "new", base_version: int = 3, client_id: str = "", sequence_no: int = 0) -> PendingSave:
    return PendingSave("CLOSING-2", {"text": text}, base_version, "en", client_id, sequence_no)


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        (draft(), SaveDecision.ADD),
        (draft("kept", base_version=1), SaveDecision.SAME),
        (draft(base_version=2), SaveDecision.STALE),
        (draft(base_version=9), SaveDecision.STALE),
        (draft(base_version=2, client_id="mine", sequence_no=6), SaveDecision.ADD),
        (draft(base_version=2, client_id="mine", sequence_no=5), SaveDecision.SUPERSEDED),
        (draft(base_version=2, client_id="mine", sequence_no=4), SaveDecision.SUPERSEDED),
        (draft(base_version=2, client_id="other", sequence_no=6), SaveDecision.STALE),
        (draft(base_version=3, client_id="other", sequence_no=1), SaveDecision.ADD),
        (draft(base_version=2, client_id="", sequence_no=6), SaveDecision.STALE),
    ],
)
def test_a_draft_is_judged_by_what_it_was_typed_over(typed, verdict):
    assert decide_save(typed, Kept()) is verdict


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        ({"text": ""}, SaveDecision.EMPTY),
        ({"number": None}, SaveDecision.EMPTY),
        ({"chosen": [], "details": {}}, SaveDecision.EMPTY),
        ({"number": 0}, SaveDecision.ADD),
        ({"text": "a"}, SaveDecision.ADD),
    ],
)
def test_an_empty_page_is_no_answer_but_nought_is(content, verdict):
    assert decide_save(PendingSave("X", content, 0, "en"), None) is verdict


@dataclass(frozen=True)
class Version:
    saved_by_id: int
    saved_at: datetime


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 1800))))
def test_sittings_hold_every_version_once_in_order_and_never_mix_people_or_pauses(saves):
    moment, versions = NOON, []
    for person, seconds in saves:
        moment += timedelta(seconds=seconds)
        versions.append(Version(person, moment))
    groups = editing_sessions(versions)
    assert [version for group in reversed(groups) for version in group] == versions
    for group in groups:
        assert len({version.saved_by_id for version in group}) == 1
        assert all(later.saved_at - one.saved_at <= EDITING_PAUSE for one, later in itertools.pairwise(group))
