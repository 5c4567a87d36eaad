"""The report of one cluster."""

from reports.cluster.report import ClusterReport
from reports.peer_review.report import PeerReport

from app.domain.reports.benchmark import benchmark
from app.domain.reports.cluster import answers_of
from app.domain.reports.discussion_questions import LINE, discussion_questions, truncate_to_line
from app.services.reports.builders.peer_review import build_review_report
from app.services.reports.snapshots import ReportInput


def build_cluster_report(material: ReportInput, cluster_code: str, *, compared: bool) -> ClusterReport:
    """Build the report of a cluster (code).

    `compared`: show the benchmark if the cluster agreed; only published reports do. A correction keeps the benchmark
    of the first version, see docs/decisions/0018. Raise RecordNotFound if the cluster is not in the cycle,
    NotSubmitted if it has not submitted.
    """
    taken, questionnaire = material.snapshot, material.questionnaire
    answers = answers_of(taken, cluster_code, material.questionnaires)
    peer = _peer(material, cluster_code)
    reviewed = tuple(finding.compared for finding in peer.findings) if peer else ()
    return ClusterReport(
        imprint=material.imprint,
        questionnaire=questionnaire,
        code=cluster_code,
        name=answers.own.name,
        board=taken.board(answers.own.board).name,
        asked_before=material.asked_before,
        answers=answers,
        talks=discussion_questions(answers, questionnaire, reviewed),
        steps={
            each.outcome.code: truncate_to_line(each.content.get("next_step", ""), LINE) for each in answers.outcomes
        },
        agreed=answers.own.compares,
        comparison=benchmark(material.first or taken, questionnaire) if compared and answers.own.compares else None,
        peer=peer,
        awaits_review=peer is None and any(each.code == cluster_code for each in taken.reviews),
    )


def _peer(material: ReportInput, cluster_code: str) -> PeerReport | None:
    found = (each for each in material.snapshot.reviews if each.code == cluster_code and each.findings is not None)
    review = next(found, None)
    return build_review_report(review, material.questionnaire, material.imprint) if review else None
