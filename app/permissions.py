"""Who may do what: one table of rules, and `@allow(rule)` on every route.

A rule is a function of a person and a subject, such as a reflection. The decorator loads the subject from the parts
of the address, checks the rule, and passes the subject to the view. It stores the rule's name on the view, so that a
test can require one on every route.
"""

import inspect
from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import Any, TypeVar

from flask import abort, current_app
from flask_login import current_user

from app.domain.peer_review.review import Side
from app.domain.people.roles import OF_A_CLUSTER, RECORDERS, Role
from app.models import Cluster, HealthBoard, Nomination, Person, Reflection, RequestedReport, Review

View = TypeVar("View", bound=Callable[..., Any])


def is_sppc(person: Person, _subject: object = None) -> bool:
    """Allow staff of the national programme."""
    return bool(person.holds(Role.SPPC))


def may_record(person: Person, reflection: Reflection) -> bool:
    """Allow the lead and the deputies of the cluster."""
    return _is_of(person, reflection.cluster_id, RECORDERS)


def may_read_draft(person: Person, reflection: Reflection) -> bool:
    """Allow everyone of the cluster."""
    return _is_of(person, reflection.cluster_id, OF_A_CLUSTER)


def may_read(person: Person, reflection: Reflection) -> bool:
    """Allow everyone of the cluster; once submitted, also the officers of its board and SPPC."""
    if may_read_draft(person, reflection):
        return True
    return bool(reflection.submissions) and (_is_officer_of(person, reflection.board_code) or is_sppc(person))


def may_watch(person: Person, _subject: object = None) -> bool:
    """Allow SPPC, and officers (for the boards that they are officers of)."""
    return is_sppc(person) or bool(person.holds(Role.OFFICER))


def roles_for(person: Person, cluster: Cluster) -> set[Role]:
    """Return the roles of a person in a cluster, including SPPC, which applies to all clusters."""
    return {held.role for held in person.appointments if held.cluster_id == cluster.id or held.role is Role.SPPC}


def may_name_people(person: Person, cluster: Cluster) -> bool:
    """Allow the lead and the deputies of the cluster, and SPPC."""
    return bool(roles_for(person, cluster) & {*RECORDERS, Role.SPPC})


def may_nominate(person: Person, board: HealthBoard) -> bool:
    """Allow the officers of the board, and SPPC."""
    return is_sppc(person) or _is_officer_of(person, board.ods_code)


def may_give_review(person: Person, review: Review) -> bool:
    """Allow the reviewing cluster's lead, deputies, and the contact people of its nomination."""
    return _takes_part(person, review.reviewer_id, review.reviewers_nomination)


def may_reply_to_review(person: Person, review: Review) -> bool:
    """Allow the reviewed cluster's lead, deputies, and the contact people of its nomination."""
    return _takes_part(person, review.reviewed_id, review.revieweds_nomination)


def may_meet(person: Person, review: Review) -> bool:
    """Allow those who may review or reply."""
    return may_give_review(person, review) or may_reply_to_review(person, review)


def may_read_review(person: Person, review: Review) -> bool:
    """Allow reading a returned review: both sides, everyone of the reviewed cluster, its board's officers, SPPC."""
    if not review.submission_by(Side.REVIEWER):
        return False
    nomination = review.revieweds_nomination
    board = nomination.board_code if nomination else review.reviewed.board_code
    return (
        may_meet(person, review)
        or is_sppc(person)
        or _is_of(person, review.reviewed_id, OF_A_CLUSTER)
        or _is_officer_of(person, board)
    )


def may_read_report(person: Person, wanted: RequestedReport) -> bool:
    """Allow everyone published figures of Wales and boards; drafts SPPC, and a cluster's own people theirs."""
    kind = wanted.key.kind
    if kind in ("national", "board") and wanted.publication:
        return True
    if not person.is_authenticated:
        return False
    if kind == "peer":  # nobody before it is returned
        return wanted.review is not None and may_read_review(person, wanted.review)
    return is_sppc(person) or _CLOSER[kind](person, wanted)


def _may_read_cluster(person: Person, wanted: RequestedReport) -> bool:
    """Allow everyone of the cluster, also drafts; the officers of its board only published reports."""
    reflection = wanted.reflection
    if reflection is None:
        return False
    is_officer = wanted.publication is not None and _is_officer_of(person, reflection.board_code)
    return may_read_draft(person, reflection) or is_officer


_CLOSER: Mapping[str, Callable[[Person, RequestedReport], bool]] = {
    "national": lambda _person, _wanted: False,
    "board": lambda _person, _wanted: False,
    "board-inside": lambda person, wanted: bool(wanted.publication) and _is_officer_of(person, wanted.key.code),
    "cluster": _may_read_cluster,
}
"""Kind of report -> who else besides SPPC may read it when it is not public."""


def _is_of(person: Person, cluster_id: int, roles: Collection[Role]) -> bool:
    return any(held.cluster_id == cluster_id for held in person.holds(*roles))


def _is_officer_of(person: Person, board: str) -> bool:
    return any(held.board_code == board for held in person.holds(Role.OFFICER))


def _takes_part(person: Person, cluster_id: int, nomination: Nomination | None) -> bool:
    """Return whether a person belongs to the cluster and is its lead, deputy or a contact person of the nomination."""
    if _is_of(person, cluster_id, RECORDERS):
        return True
    is_contact = nomination is not None and any(each.id == person.id for each in nomination.contacts)
    return is_contact and _is_of(person, cluster_id, OF_A_CLUSTER)


OPEN_TO_ALL = ("public", "report.read")
"""The rules that are also checked for people who are not signed in."""

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
    "nomination.make": may_nominate,
    "allocation.run": is_sppc,
    "review.give": may_give_review,
    "review.reply": may_reply_to_review,
    "review.meet": may_meet,
    "review.read": may_read_review,
    "cycle.watch": may_watch,
    "cycle.publish": is_sppc,
    "report.read": may_read_report,
    "theme.code": is_sppc,
}


def allow(rule: str, *, of: Callable[..., Any] | None = None) -> Callable[[View], View]:
    """Guard a view with a rule; others are asked to sign in, or refused with 403.

    `of` loads the subject from those parts of the address that its parameters name; the view gets the subject instead.
    """
    parts = tuple(inspect.signature(of).parameters) if of else ()

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**address: Any) -> Any:
            if rule not in OPEN_TO_ALL and not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]  # Flask-Login adds it
            subject = of(**{part: address.pop(part) for part in parts}) if of else None
            if not may(rule, current_user, subject):
                if not current_user.is_authenticated:
                    return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]  # as above
                abort(403)
            return view(subject, **address) if of else view(**address)

        guarded.access = rule  # type: ignore[attr-defined]  # read by the test of all routes
        return guarded  # type: ignore[return-value]

    return decorate


def may(rule: str, person: Person, subject: object = None) -> bool:
    """Return whether a person may do what the rule guards."""
    return bool(rule in OPEN_TO_ALL or person.is_authenticated) and RULES[rule](person, subject)


def boards_watched(person: Person, boards: list[HealthBoard]) -> list[HealthBoard]:
    """Return those boards whose clusters the person may watch."""
    return [board for board in boards if is_sppc(person) or _is_officer_of(person, board.ods_code)]
