"""The hash of a problem, by which anybody can see that the same went in."""

import json
from dataclasses import asdict
from hashlib import sha256

from app.domain.allocation.values import Problem


def fingerprint(problem: Problem) -> str:
    """SHA-256 of the problem as JSON with sorted keys."""
    written = json.dumps(asdict(problem), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()
