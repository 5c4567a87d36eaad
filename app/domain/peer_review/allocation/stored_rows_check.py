"""Check the stored rows of an allocation against the rules of peer review.

Shares no code with the solver, so that a mistake in one is found by the other. The input is what was stored: the
problem as plain JSON (docs/allocation.md) and the rows.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple


class StoredReview(NamedTuple):
    """One stored review."""

    reviewer: str
    reviewed: str
    outcomes: Sequence[str]


class RuleViolation(NamedTuple):
    """A broken rule as a code, and the clusters or outcomes concerned."""

    code: str
    about: tuple[str, ...] = ()


def rule_violations(problem: Mapping[str, Any], rows: Sequence[StoredReview]) -> list[RuleViolation]:
    """Return every broken rule; empty when the rows are a complete and valid allocation of the problem."""
    boards = {nominee["code"]: nominee["board"] for nominee in problem["nominees"]}
    return [
        *_who(boards, rows),
        *_pairs(boards, rows),
        *_declared(problem, rows),
        *(fault for given in problem["sets"] for fault in _outcomes(given, rows)),
        *_share_of_work(rows),
    ]


def _who(boards: Mapping[str, str], rows: Sequence[StoredReview]) -> Iterable[RuleViolation]:
    for side in ("reviewer", "reviewed"):
        named = Counter(getattr(row, side) for row in rows)
        for code in boards.keys() | named.keys():
            if named[code] != (code in boards):
                yield RuleViolation(f"not-once-{side}", (code,))


def _pairs(boards: Mapping[str, str], rows: Sequence[StoredReview]) -> Iterable[RuleViolation]:
    pairs = {(row.reviewer, row.reviewed) for row in rows}
    for reviewer, reviewed in sorted(pairs):
        if reviewer == reviewed:
            yield RuleViolation("itself", (reviewer,))
        elif boards.get(reviewer) == boards.get(reviewed):
            yield RuleViolation("own-board", (reviewer, reviewed))
        if len(rows) > 2 and reviewer < reviewed and (reviewed, reviewer) in pairs:
            yield RuleViolation("reciprocal", (reviewer, reviewed))


def _declared(problem: Mapping[str, Any], rows: Sequence[StoredReview]) -> Iterable[RuleViolation]:
    for one, other in problem.get("conflicts", ()):
        if any({row.reviewer, row.reviewed} == {one, other} for row in rows):
            yield RuleViolation("conflict", (one, other))
    for fixed in problem.get("fixed", ()):
        row = next((row for row in rows if row.reviewed == fixed["reviewed"]), None)
        wanted = fixed.get("reviewer")
        if row is None or (wanted and row.reviewer != wanted) or not set(fixed.get("outcomes", ())) <= {*row.outcomes}:
            yield RuleViolation("fixed", (fixed["reviewed"],))


def _outcomes(given: Mapping[str, Any], rows: Sequence[StoredReview]) -> Iterable[RuleViolation]:
    taken = [[outcome for outcome in row.outcomes if outcome in given["outcomes"]] for row in rows]
    for row, outcomes in zip(rows, taken, strict=True):
        if len(set(outcomes)) != len(outcomes):
            yield RuleViolation("twice-in-review", (row.reviewed,))
    loads = Counter(outcome for outcomes in taken for outcome in outcomes)
    places = len(rows) * given["each"] + given.get("extra", 0)
    if loads.total() != places or any(
        not places // len(rows) <= len(outcomes) <= -(-places // len(rows)) for outcomes in taken
    ):
        yield RuleViolation("places", (given["slug"],))
    for outcome in given["outcomes"]:
        if loads[outcome] < max(1, places // len(given["outcomes"])):
            yield RuleViolation("not-covered", (outcome,))
        elif loads[outcome] > -(-places // len(given["outcomes"])):
            yield RuleViolation("too-often", (outcome,))


def _share_of_work(rows: Sequence[StoredReview]) -> Iterable[RuleViolation]:
    sizes = [len(row.outcomes) for row in rows]
    if sizes and max(sizes) - min(sizes) > 1:
        yield RuleViolation("uneven")
