"""Every code of a constraint, a repair, a reason and a fault has a sentence."""

import re
from pathlib import Path

from app.domain.peer_review.allocation.result import ReasonCode
from app.messages.peer_review import BROKEN, CHANGES, CLAUSES, FAULTS, REASONS

HERE = Path(__file__).parents[4] / "app/domain/peer_review/allocation"


def codes(pattern, *names):
    return {code for name in names for code in re.findall(pattern, (HERE / name).read_text())}


def test_every_code_has_its_sentence():
    explaining = (f"infeasibility/{name}.py" for name in ("pair_constraints", "outcome_constraints", "explain"))
    said = codes(r'AllocationConstraint\(\s*"([a-z-]+)"', *explaining)
    assert said == (set(CLAUSES) | {"extra-places", "nominate"}) - {"conflict"} | {"conflict"}
    assert set(CHANGES) == {"drop-conflict", "drop-fixed-pair", "drop-fixed-outcome", "extra-places", "nominate"}
    assert set(REASONS) == set(ReasonCode)
    readers = ("problem_file.py", *(HERE.parents[3] / f"surveys/{name}.py" for name in ("plain_data", "validation")))
    given = codes(r'"([a-z_0-9]+)"', *readers) | {"unknown_cluster", "unknown_outcome"}
    assert set(FAULTS) <= given
    assert codes(r'(?:Flaw|_unreadable)\(\s*"([a-z_0-9]+)"', *readers[:2]) - {"alias"} <= set(FAULTS)


def test_every_rule_that_a_change_by_hand_can_break_has_its_sentence():
    assert codes(r'AllocationConstraint\(\s*"([a-z-]+)"', "hard_rules.py") == set(BROKEN)
