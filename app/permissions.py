"""Who may do what: one table of rules, and `@allow(rule)` on every route.

A rule is a question about a person and a subject, such as a reflection. The decorator loads the
subject from the parts of the address, asks, and hands it to the view. It leaves the rule's name on
the view, so that a test can require one on every route.
"""

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from flask import abort, current_app
from flask_login import current_user

from app.domain.roles import OF_A_CLUSTER, RECORDERS, Role
from app.models import Cluster, HealthBoard, Person, Reflection

View = TypeVar("View", bound=Callable[..., Any])


def is_sppc(person: Person, _subject: object = None) -> bool:
    """Staff of the national programme."""
    return bool(person.holds(Role.SPPC))


def may_record(person: Person, reflection: Reflection) -> bool:
    """The lead and the deputies of the cluster."""
    return any(held.cluster_id == reflection.cluster_id for held in person.holds(*RECORDERS))


def may_read_draft(person: Person, reflection: Reflection) -> bool:
    """Everyone of the cluster, and nobody else."""
    return any(held.cluster_id == reflection.cluster_id for held in person.holds(*OF_A_CLUSTER))


def may_read(person: Person, reflection: Reflection) -> bool:
    """Everyone of the cluster; what was submitted, also the officers of its board and SPPC."""
    if may_read_draft(person, reflection):
        return True
    is_officer = any(held.board_code == reflection.board_code for held in person.holds(Role.OFFICER))
    return bool(reflection.submissions) and (is_officer or is_sppc(person))


def may_watch(person: Person, _subject: object = None) -> bool:
    """SPPC, and officers for the boards they are officers of."""
    return is_sppc(person) or bool(person.holds(Role.OFFICER))


def roles_for(person: Person, cluster: Cluster) -> set[Role]:
    """What a person is to a cluster: their roles in it, and SPPC, which is for all."""
    return {held.role for held in person.appointments if held.cluster_id == cluster.id or held.role is Role.SPPC}


def may_name_people(person: Person, cluster: Cluster) -> bool:
    """The lead and the deputies of the cluster, and SPPC."""
    return bool(roles_for(person, cluster) & {*RECORDERS, Role.SPPC})


RULES: Mapping[str, Callable[[Person, Any], bool]] = {
    "public": lambda _person, _subject: True,
    "signed in": lambda _person, _subject: True,
    "reflection.read": may_read,
    "reflection.draft": may_read_draft,
    "reflection.record": may_record,
    "reflection.reopen": is_sppc,
    "view.give": may_read_draft,
    "workshop.join": may_read_draft,
    "workshop.run": may_record,
    "cluster.people": may_name_people,
    "cycle.watch": may_watch,
    "cycle.report": is_sppc,
}


def allow(rule: str, *, of: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Let through whom the rule allows; others are asked to sign in, or told that they may not.

    `of` loads the subject from the parts of the address that its parameters name; the view is given
    the subject in their place.
    """
    may = RULES[rule]
    parts = tuple(inspect.signature(of).parameters) if of else ()

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**address: Any) -> Any:
            if rule != "public" and not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]  # Flask-Login adds it
            subject = of(**{part: address.pop(part) for part in parts}) if of else None
            if rule != "public" and not may(current_user, subject):
                abort(403)
            return view(subject, **address) if of else view(**address)

        guarded.access = rule  # type: ignore[attr-defined]  # read by the test of all routes
        return guarded  # type: ignore[return-value]

    return decorate


def may(rule: str, person: Person, subject: object = None) -> bool:
    """Whether to offer a person what the rule guards."""
    return bool(person.is_authenticated) and RULES[rule](person, subject)


def boards_watched(person: Person, boards: list[HealthBoard]) -> list[HealthBoard]:
    """Of these boards, the ones whose clusters the person may watch."""
    held = {appointment.board_code for appointment in person.holds(Role.OFFICER)}
    return [board for board in boards if is_sppc(person) or board.ods_code in held]
