"""What the command line says of an allocation, line by line, by the codes that it was given."""

from app.domain.peer_review.allocation.result import (
    AllocationResult,
    AssignedReview,
    InfeasibilityExplanation,
    OptimalityCertificate,
)
from app.i18n import gettext as _
from app.messages.peer_review import clause_in_words, reason_in_words, repair_in_words


def allocation_lines(answer: AllocationResult) -> list[str]:
    """An allocation with its reasons and its proof."""
    rings = [" → ".join((*ring, ring[0])) for ring in answer.rings]
    return [
        *(_("Ring: %(ring)s", ring=ring) for ring in rings),
        "",
        *(line for each in answer.reviews for line in _review(each)),
        "",
        _("Repeats from recent rounds: %(count)s", count=answer.score.repeats[0]),
        _(
            "Total benefit: %(total)s; least benefit of any review: %(worst)s",
            total=answer.score.total,
            worst=answer.score.worst,
        ),
        _proof(answer.certificate),
        _("Hash of the problem: %(hash)s", hash=answer.problem_hash),
    ]


def _review(each: AssignedReview) -> list[str]:
    head = _(
        "%(reviewer)s reviews %(reviewed)s on %(outcomes)s (benefit %(benefit)s)",
        reviewer=each.reviewer,
        reviewed=each.reviewed,
        outcomes=", ".join(each.outcomes),
        benefit=each.benefit,
    )
    return [head, *(f"    {reason.outcome or ''}  {reason_in_words(reason)}" for reason in each.reasons)]


def _proof(certificate: OptimalityCertificate) -> str:
    if certificate.is_proven:
        return str(_("Proven: no allocation is better."))
    return str(
        _(
            "Not proven: this is worth %(value)s, and no allocation is worth more than %(bound)s.",
            value=certificate.value[-1],
            bound=certificate.bound[-1],
        )
    )


def explanation_lines(answer: InfeasibilityExplanation) -> list[str]:
    """Why there is no allocation, and what mends it."""
    lines = [_("No allocation exists. These requirements contradict each other:")]
    lines += [f"  - {clause_in_words(clause, {})}" for clause in answer.conflict]
    if answer.further:
        lines += [
            _("These also contradict each other:"),
            *(f"  - {clause_in_words(clause, {})}" for clause in answer.further),
        ]
    if answer.repairs:
        lines += [_("The smallest changes that would solve this, any one of them:")]
        lines += [f"  - {repair_in_words(repair, {})}" for repair in answer.repairs]
    return lines
