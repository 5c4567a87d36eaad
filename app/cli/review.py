"""`flask review allocate`: who reviews whom on what, of a cycle, or from a file and without a database."""

import json
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from surveys.faults import InvalidData

from app.cli.allocation_output import allocation_lines, explanation_lines
from app.cli.command_group import answered, as_json, in_shape, now
from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.problem_file import LARGEST_FILE, read
from app.domain.peer_review.allocation.result import AllocationResult, InfeasibilityExplanation
from app.domain.peer_review.allocation.result_file import answer_data
from app.i18n import gettext as _
from app.i18n import operators_language, speaking
from app.messages.peer_review import fault_in_words
from app.services.cycle.queries import find_cycle
from app.services.peer_review.allocation_commands import propose_allocation
from app.services.peer_review.allocation_problem import build_problem
from app.services.peer_review.allocation_search import search_allocation

NO_ALLOCATION = 3
"""Exit code when no allocation exists; 1 is bad input, 2 a wrong option."""

review = AppGroup("review", help="Peer review between clusters.")


@review.command()
@click.option("--cycle", "year", type=int, help="The year of a cycle: its nominations are allocated.")
@click.option("--dry-run", is_flag=True, help="Of a cycle: keep no proposal.")
@click.option(
    "--problem",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A round as JSON; docs/allocation.md describes it. No database is touched.",
)
@as_json
@with_appcontext
def allocate(year: int | None, dry_run: bool, problem: Path | None, as_json: bool) -> None:
    """Find the best allocation of a round and prove it; of a cycle, it becomes the proposal.

    Exit code 0: allocated. 1: the round cannot be read, or the search was stopped. 3: no allocation exists; it is
    said why and what mends it.
    """
    with speaking(operators_language()):
        if (year is None) == (problem is None):
            raise click.UsageError(_("Give either --cycle or --problem."))
        posed, answer = _of_file(problem) if problem else _of_cycle(year or 0, dry_run=dry_run)
        if as_json:
            click.echo(json.dumps(answer_data(posed, answer), ensure_ascii=False))
        else:
            lines = allocation_lines(answer) if isinstance(answer, AllocationResult) else explanation_lines(answer)
            click.echo("\n".join(lines))
    if not isinstance(answer, AllocationResult):
        raise SystemExit(NO_ALLOCATION)


@answered
def _of_file(file: Path) -> tuple[AllocationProblem, AllocationResult | InfeasibilityExplanation]:
    posed = _read(file)
    return posed, search_allocation(posed)


@in_shape
def _of_cycle(year: int, *, dry_run: bool) -> tuple[AllocationProblem, AllocationResult | InfeasibilityExplanation]:
    cycle, memory = find_cycle(year), current_app.config["SETTINGS"].review_memory
    posed = build_problem(cycle, memory)
    if dry_run:
        return posed, search_allocation(posed)
    return posed, propose_allocation(cycle, None, now(), memory)


def _read(file: Path) -> AllocationProblem:
    try:
        with file.open("rb") as stream:
            return read(stream.read(LARGEST_FILE + 1))
    except InvalidData as faulty:
        raise click.ClickException("\n".join(fault_in_words(fault) for fault in faulty.faults)) from faulty
    except OSError as unreadable:
        raise click.ClickException(_("The file could not be read: %(reason)s", reason=unreadable)) from unreadable
