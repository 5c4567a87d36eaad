"""A problem as plain data, always written the same way, and the hash of that."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.domain.peer_review.allocation.problem import AllocationProblem

FORMAT = 1
"""The version of the data; raised when a reader of the old could misread the new."""


def problem_data(problem: AllocationProblem) -> dict[str, Any]:
    """The problem as JSON knows it; `problem_file.read` reads it back."""
    return {"format": FORMAT, **plain(asdict(problem))}


def canonical(problem: AllocationProblem) -> str:
    """The problem as JSON, the same characters for the same problem."""
    return json.dumps(problem_data(problem), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def problem_hash(problem: AllocationProblem) -> str:
    """SHA-256 of the canonical problem: anybody can see that the same went in."""
    return hashlib.sha256(canonical(problem).encode()).hexdigest()


def plain(value: Any) -> Any:
    """Tuples as lists, all the way down."""
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value
