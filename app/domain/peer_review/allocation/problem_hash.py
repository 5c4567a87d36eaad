"""A problem as plain data, always written the same way, and the hash of that."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.domain.peer_review.allocation.problem import AllocationProblem

FORMAT = 1
"""The version of the format; increased when older readers could misread the data."""


def problem_data(problem: AllocationProblem) -> dict[str, Any]:
    """Return the problem as plain data; `problem_file.read` reads it back."""
    return {"format": FORMAT, **plain(asdict(problem))}


def canonical(problem: AllocationProblem) -> str:
    """Return the problem as canonical JSON: equal problems give equal text."""
    return json.dumps(problem_data(problem), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def problem_hash(problem: AllocationProblem) -> str:
    """Return the SHA-256 of the canonical problem, by which anybody can check the input of an allocation."""
    return hashlib.sha256(canonical(problem).encode()).hexdigest()


def plain(value: Any) -> Any:
    """Convert tuples to lists, recursively."""
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value
