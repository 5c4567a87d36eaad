"""In whatever order people save, every acknowledged text is in the answer or its versions."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from app.db import connect, session
from app.domain.errors import StaleAnswer, SupersededSave
from app.domain.people.roles import Role
from app.domain.saving.decision import PendingSave
from app.models import Person
from app.services.cycle.commands import open_cycle
from app.services.people.commands import Invitation, invite_person
from app.services.reflection.commands import restore_version, save_answer
from app.services.reflection.queries import answer_versions, find_newest_answer, find_reflection
from tests.support.application import CLOSES, NOW, OPENS
from tests.support.application import settings as settings_in

ITEM = "CLOSING-2"
WINDOWS = st.integers(0, 3)
TEXTS = st.text("ab ŵ\n", min_size=1, max_size=4)


@dataclass
class Window:
    """An open page: the id of its person, its text, the version it was typed over, the number of its saves."""

    person: int
    text: str = ""
    base_version: int = 0
    sequence_no: int = 0
    scripted: bool = True


class Savers(RuleBasedStateMachine):
    """Two people with two open pages each, one page without script, save one answer in a real database."""

    product: Flask
    database: Path

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.database, self.folder / "test.db")
        connect(settings_in(self.folder).database_url)
        self.context = self.product.app_context()
        self.context.push()
        open_cycle(2026, OPENS, CLOSES)
        lead, deputy = (
            invite_person(Invitation(f"{role}@example.wales", role, role, "north-powys"), address=None).id
            for role in (Role.LEAD, Role.DEPUTY)
        )
        self.windows = [Window(lead), Window(lead, scripted=False), Window(deputy), Window(deputy)]
        self.acknowledged: list[str] = []

    @property
    def reflection(self):
        return find_reflection(2026, "north-powys")

    @rule(number=WINDOWS)
    def opens_the_page(self, number: int) -> None:
        window, saved = self.windows[number], find_newest_answer(self.reflection, ITEM)
        window.text, window.base_version = (saved.content["text"], saved.version) if saved else ("", 0)

    @rule(number=WINDOWS, typed=TEXTS)
    def types(self, number: int, typed: str) -> None:
        self.windows[number].text += typed

    @rule(number=WINDOWS)
    def saves_and_hears_of_it(self, number: int) -> None:
        window = self.windows[number]
        version = self._send(number, self._draft(number))
        if version is not None:
            window.base_version = version

    @rule(number=WINDOWS)
    def saves_and_never_hears_of_it(self, number: int) -> None:
        self._send(number, self._draft(number))

    @rule(number=WINDOWS, first=TEXTS, then=TEXTS)
    def a_save_is_held_up_and_arrives_after_the_next(self, number: int, first: str, then: str) -> None:
        self.types(number, first)
        held_up = self._draft(number)
        self.types(number, then)
        self.saves_and_hears_of_it(number)
        self._send(number, held_up)

    @rule(number=WINDOWS)
    def takes_both_and_saves_over_the_other(self, number: int) -> None:
        window, saved = self.windows[number], find_newest_answer(self.reflection, ITEM)
        window.base_version = saved.version if saved else 0
        self.saves_and_hears_of_it(number)

    @rule(back=st.integers(0, 5), number=WINDOWS)
    def restores_an_old_version(self, back: int, number: int) -> None:
        versions = answer_versions(self.reflection, ITEM)
        if versions:
            old = versions[back % len(versions)]
            by = session.get(Person, self.windows[number].person)
            restore_version(self.reflection, ITEM, old.version, by, NOW)

    @invariant()
    def every_acknowledged_text_is_there(self) -> None:
        if hasattr(self, "windows"):
            versions = answer_versions(self.reflection, ITEM)
            assert {each.content["text"] for each in versions} >= set(self.acknowledged)
            assert [each.version for each in versions] == list(range(1, len(versions) + 1))

    def teardown(self) -> None:
        if hasattr(self, "context"):
            session.remove()
            session.get_bind().dispose()
            self.context.pop()
            shutil.rmtree(self.folder)

    def _draft(self, number: int) -> PendingSave:
        window = self.windows[number]
        window.sequence_no += 1
        signed = (f"window {number}", window.sequence_no) if window.scripted else ("", 0)
        return PendingSave(ITEM, {"text": window.text}, window.base_version, "en", *signed)

    def _send(self, number: int, draft: PendingSave) -> int | None:
        before = find_newest_answer(self.reflection, ITEM)
        seen = (
            before is None
            or before.version == draft.base_version
            or (draft.client_id and before.client_id == draft.client_id)
        )
        known = before.version if before else 0
        try:
            saved = save_answer(self.reflection, draft, session.get(Person, self.windows[number].person), NOW)
        except (StaleAnswer, SupersededSave):
            return None
        version = saved.version if saved else 0
        assert seen or version == known, "what its writer had not seen was overwritten"
        if draft.content["text"]:
            self.acknowledged.append(draft.content["text"])
        return version


def test_no_acknowledged_text_is_ever_missing(product, empty_database):
    Savers.product, Savers.database = product, empty_database
    run_state_machine_as_test(
        Savers,
        settings=settings(
            max_examples=50, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
