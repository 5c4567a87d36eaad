"""The result as plain data, as `--json` prints it for other programs."""

from dataclasses import asdict
from typing import Any

from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.problem_hash import FORMAT, plain, problem_data, problem_hash
from app.domain.peer_review.allocation.result import AllocationResult, InfeasibilityExplanation, Repair


def answer_data(problem: AllocationProblem, answer: AllocationResult | InfeasibilityExplanation) -> dict[str, Any]:
    """Return the result as plain data, always with the same keys in the same order."""
    data = _allocation(answer) if isinstance(answer, AllocationResult) else _explanation(answer)
    return {
        "format": FORMAT,
        "allocated": isinstance(answer, AllocationResult),
        "problem_hash": problem_hash(problem),
        **data,
    }


def _allocation(answer: AllocationResult) -> dict[str, Any]:
    score, certificate = answer.score, answer.certificate
    return {
        "reviews": [plain(asdict(review)) for review in answer.reviews],
        "rings": plain(answer.rings),
        "score": {**plain(asdict(score)), "worst": score.worst, "total": score.total},
        "certificate": {**plain(asdict(certificate)), "is_proven": certificate.is_proven},
    }


def _explanation(answer: InfeasibilityExplanation) -> dict[str, Any]:
    return {
        "conflict": [plain(asdict(clause)) for clause in answer.conflict],
        "further": [plain(asdict(clause)) for clause in answer.further],
        "repairs": [_repair(repair) for repair in answer.repairs],
    }


def _repair(repair: Repair) -> dict[str, Any]:
    return {
        "changes": [plain(asdict(clause)) for clause in repair.changes],
        "problem": problem_data(repair.problem) if repair.problem else None,
    }
