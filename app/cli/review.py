"""`flask review allocate`: who reviews whom on what, from a file and without a database."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from app.cli.noun import as_json
from app.domain.allocation import allocate as allocated
from app.domain.allocation.answer_file import answer_data
from app.domain.allocation.faulty import FaultyProblem
from app.domain.allocation.problem_file import LARGEST_FILE, read
from app.domain.allocation.values import Allocation, Certificate, Explanation, Problem, Review
from app.forms.allocation_words import clause_in_words, fault_in_words, reason_in_words, repair_in_words
from app.i18n import gettext as _
from app.i18n import operators_language, speaking

NO_ALLOCATION = 3
"""Exit code when no allocation exists; 1 is bad input, 2 a wrong option."""

review = AppGroup("review", help="Peer review between clusters.")


@review.command()
@click.option(
    "--problem",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A round as JSON; docs/allocation.md describes it.",
)
@as_json
@with_appcontext
def allocate(problem: Path, as_json: bool) -> None:
    """Find the best allocation of a round and prove it.

    Exit code 0: allocated. 1: the file cannot be used. 3: no allocation exists; it is said why and what mends it.
    """
    with speaking(operators_language()):
        posed = _read(problem)
        answer = allocated(posed)
        if as_json:
            click.echo(json.dumps(answer_data(posed, answer), ensure_ascii=False))
        else:
            click.echo("\n".join(_allocation(answer) if isinstance(answer, Allocation) else _explanation(answer)))
    if not isinstance(answer, Allocation):
        raise SystemExit(NO_ALLOCATION)


def _read(file: Path) -> Problem:
    try:
        with file.open("rb") as stream:
            return read(stream.read(LARGEST_FILE + 1))
    except FaultyProblem as faulty:
        raise click.ClickException("\n".join(fault_in_words(fault) for fault in faulty.faults)) from faulty
    except OSError as unreadable:
        raise click.ClickException(_("The file could not be read: %(reason)s", reason=unreadable)) from unreadable


def _allocation(answer: Allocation) -> list[str]:
    rings = [" → ".join((*ring, ring[0])) for ring in answer.rings]
    return [
        *(_("Ring: %(ring)s", ring=ring) for ring in rings),
        "",
        *(line for each in answer.reviews for line in _review(each)),
        "",
        _("Repeats within memory: %(count)s", count=answer.score.repeats[0]),
        _(
            "Benefit in all: %(total)s; of the worst-off review: %(worst)s",
            total=answer.score.total,
            worst=answer.score.worst,
        ),
        _proof(answer.certificate),
        _("Hash of the problem: %(hash)s", hash=answer.problem_hash),
    ]


def _review(each: Review) -> list[str]:
    head = _(
        "%(reviewer)s reviews %(reviewed)s on %(outcomes)s (benefit %(benefit)s)",
        reviewer=each.reviewer,
        reviewed=each.reviewed,
        outcomes=", ".join(each.outcomes),
        benefit=each.benefit,
    )
    return [head, *(f"    {reason_in_words(reason, {})}" for reason in each.reasons)]


def _proof(certificate: Certificate) -> str:
    if certificate.is_proven:
        return str(_("Proven: no allocation is better."))
    return str(
        _(
            "Not proven: this is worth %(value)s, and no allocation is worth more than %(bound)s.",
            value=certificate.value[-1],
            bound=certificate.bound[-1],
        )
    )


def _explanation(answer: Explanation) -> list[str]:
    lines = [_("No allocation exists. These demands contradict each other:")]
    lines += [f"  - {clause_in_words(clause, {})}" for clause in answer.conflict]
    if answer.further:
        lines += [_("So do these:"), *(f"  - {clause_in_words(clause, {})}" for clause in answer.further)]
    if answer.repairs:
        lines += [_("The smallest repairs, any one of them:")]
        lines += [f"  - {repair_in_words(repair, {})}" for repair in answer.repairs]
    return lines
