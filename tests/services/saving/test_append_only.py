"""Append-only tables refuse changes by any service, and transactions cannot be nested."""

import pytest
from sqlalchemy import event

from app.db import Base, session, transaction
from app.domain.people.roles import Role
from app.domain.saving.decision import PendingSave
from app.models import Answer, HealthBoard
from app.models import append_only as only_added
from app.models.append_only import AppendOnlyViolation
from app.services.people.commands import Invitation, invite_person
from app.services.reflection.commands import save_answer
from app.services.reflection.queries import find_reflection
from tests.support.application import NOW

TABLES = sorted((each.class_ for each in Base.registry.mappers), key=lambda model: model.__name__)
PROMISED = [model for model in TABLES if "Rows are added, never changed" in model.__doc__]


def test_answers_findings_and_codings_promise_it():
    assert {"Answer", "Coding", "Finding", "ThemeName"} <= {each.__name__ for each in PROMISED}


@pytest.mark.parametrize("model", PROMISED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("what", ["before_update", "before_delete"])
def test_every_table_that_promises_it_refuses(model, what):
    assert event.contains(model, what, only_added._refuse)


def test_an_answer_can_be_neither_changed_nor_deleted(cycle, lead):
    reflection = find_reflection(2026, "north-powys")
    save_answer(reflection, PendingSave("PCMW-01", {"level": "mature"}, 0, "en"), lead, NOW)
    session.query(Answer).one().content = {"level": "foundation"}
    with pytest.raises(AppendOnlyViolation):
        session.flush()
    session.rollback()
    session.delete(session.query(Answer).one())
    with pytest.raises(AppendOnlyViolation):
        session.flush()
    session.rollback()
    assert session.query(Answer).one().content == {"level": "mature"}


def test_a_use_case_inside_another_is_refused_before_it_throws_anything_away(inside):
    def rename_and_invite():
        with transaction():
            session.get(HealthBoard, "7A7").name_en = "Another name"
            invite_person(Invitation("lead@example.wales", "Llinos Lead", Role.LEAD, "north-powys"), address=None)

    with pytest.raises(RuntimeError, match="inside another"):
        rename_and_invite()
    with transaction():
        assert session.get(HealthBoard, "7A7").name_en != "Another name"
