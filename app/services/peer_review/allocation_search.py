"""Search for an allocation in a child process with a time limit, and check its result.

Some rounds keep the solver busy for minutes, and a request has 30 seconds.
"""

import logging
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

from app.domain.errors import AllocationRefused, SearchStopped
from app.domain.peer_review.allocation.evaluation import evaluate
from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.problem_hash import problem_data, problem_hash
from app.domain.peer_review.allocation.result import AllocationResult, InfeasibilityExplanation
from app.domain.peer_review.allocation.stored_rows_check import StoredReview, rule_violations
from app.domain.peer_review.rules import SEARCH_WORK_LIMIT

log = logging.getLogger(__name__)
ROOT = Path(__file__).parents[3]
SEARCH_WAIT_LIMIT = 25
"""Seconds of elapsed time after which the search is stopped, also on a busy machine."""
STOPPED = (-signal.SIGXCPU, -signal.SIGKILL)

# `app` is an empty package there: loading the whole application would take longer than most searches.
SEARCH = """
import pickle, resource, sys, types
work = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_CPU, (work, work + 1))
sys.modules["app"] = types.ModuleType("app")
sys.modules["app"].__path__ = ["app"]
from app.domain.peer_review.allocation import allocate
pickle.dump(allocate(pickle.load(sys.stdin.buffer)), sys.stdout.buffer)
"""


def search_deadline() -> float:
    """Return the deadline of a search that starts now: seconds of the monotonic clock."""
    return time.monotonic() + SEARCH_WAIT_LIMIT


def search_allocation(
    problem: AllocationProblem, until: float | None = None
) -> AllocationResult | InfeasibilityExplanation:
    """Return the best allocation of a round, or the explanation if there is none.

    `until` is a deadline from `search_deadline`; None starts one now. Raise SearchStopped if the search takes too
    long, AllocationRefused if its result breaks a rule.
    """
    answer = _search(problem, search_deadline() if until is None else until)
    if isinstance(answer, AllocationResult) and (found := _broken(problem, answer)):
        log.error("the allocation that was found for the problem %s breaks rules: %s", problem_hash(problem), found)
        raise AllocationRefused(found)
    return answer


def _search(problem: AllocationProblem, until: float) -> AllocationResult | InfeasibilityExplanation:
    command = [sys.executable, "-c", SEARCH, str(SEARCH_WORK_LIMIT)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and program
            command,
            cwd=ROOT,
            input=pickle.dumps(problem),
            capture_output=True,
            timeout=max(0.0, until - time.monotonic()),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SearchStopped from None
    if done.returncode in STOPPED:
        raise SearchStopped
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    answer: AllocationResult | InfeasibilityExplanation = pickle.loads(done.stdout)  # noqa: S301 - written by our own program
    return answer


def _broken(problem: AllocationProblem, answer: AllocationResult) -> list[object]:
    """Return the rules that a result breaks, by the independent checker and by `evaluate`."""
    rows = [StoredReview(each.reviewer, each.reviewed, each.outcomes) for each in answer.reviews]
    return [*rule_violations(problem_data(problem), rows), *evaluate(problem, answer.reviews).broken]
