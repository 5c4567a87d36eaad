"""Take the snapshot of a cycle from which its reports are built, and read the snapshots of publications."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select

from surveys.changes import declared_changes
from surveys.schema import BilingualText, Questionnaire

from reports.layout.provenance import Provenance

from app.db import session
from app.domain.cycle.lifecycle import WALES
from app.domain.disclosure.differencing import Set
from app.domain.peer_review.review import MEETING, Side, shared_practice
from app.domain.reflection.answers import Content
from app.domain.reports.board_groups import merged_boards, with_settled_rules
from app.domain.reports.movement_cohort import beside
from app.domain.reports.published_cells import Sets
from app.domain.reports.snapshot import (
    BoardName,
    ClusterSubmission,
    EarlierCycle,
    OwnText,
    PeerText,
    ReportedFinding,
    ReviewReply,
    ReviewResult,
    Snapshot,
    read_snapshot,
)
from app.models import Answer, Cycle, Publication, Reflection, Review
from app.services.cycle.queries import find_cycle, list_cycles
from app.services.organisations.queries import list_boards
from app.services.peer_review.review_queries import reviews_of_cycle
from app.services.peer_review.visible_review import (
    VisibleReview,
    finding_contents,
    load_visible_review,
    newest_findings,
)
from app.services.reflection.agreed_answers import contents_with_agreement
from app.services.reflection.queries import load_submitted_answers, reflections_of_cycle
from app.services.survey.queries import questionnaire_of
from app.services.themes.progress import reported_themes
from config import VERSION


@dataclass(frozen=True)
class ReportInput:
    """The input of every report of a cycle: a snapshot, with the questionnaire of each cycle in it."""

    snapshot: Snapshot
    #: Year -> the questionnaire of that cycle.
    questionnaires: Mapping[int, Questionnaire]
    imprint: Provenance
    #: For a correction, the snapshot of the first version.
    first: Snapshot | None = None

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire of the cycle that the reports are about."""
        return self.questionnaires[self.snapshot.year]

    @property
    def asked_before(self) -> Mapping[int, Questionnaire]:
        """Year -> the questionnaire, for earlier cycles."""
        return {year: asked for year, asked in self.questionnaires.items() if year != self.snapshot.year}


def draft_report_input(cycle: Cycle, minimum_group: int) -> ReportInput:
    """Return the input of the draft reports, from the present data of the cycle."""
    taken = take_snapshot(cycle, minimum_group)
    return ReportInput(taken, questionnaires_of(taken), Provenance(taken.year, taken.synthetic, taken.hash, VERSION))


def questionnaires_of(taken: Snapshot) -> dict[int, Questionnaire]:
    """Return year -> the questionnaire, for every cycle in a snapshot."""
    years = (taken.year, *(each.year for each in taken.earlier))
    return {year: questionnaire_of(find_cycle(year)) for year in years}


def take_snapshot(cycle: Cycle, minimum_group: int) -> Snapshot:
    """Take a snapshot of a cycle: the latest submission of every cluster, in a stable order.

    Earlier cycles are included as last published, so that reports of different years agree.
    """
    before = [each for each in list_cycles() if each.year < cycle.year]
    last = last_published_cycle(cycle.year)
    taken = Snapshot(
        year=cycle.year,
        wording=questionnaire_of(cycle).content_hash,
        minimum_group=(last and last.minimum_group) or minimum_group,
        boards=tuple(BoardName(board.ods_code, board.name, board.short) for board in list_boards()),
        returns=_returns(cycle),
        reviews=review_results(cycle),
        earlier=tuple(last_published_cycle(each.year) or EarlierCycle(each.year, _returns(each)) for each in before),
        changes=declared_changes(),
        themes=reported_themes(cycle.year),
        synthetic=cycle.synthetic,
        together=last.together if last else (),
    )
    # Set before the first publication too, so that the same answers have the same hash before and after it.
    earlier = tuple(with_settled_rules(each, taken) for each in taken.earlier)
    taken = replace(taken, together=merged_boards(taken), earlier=earlier)
    return beside(taken, counted_before_by_publication())


def _returns(cycle: Cycle) -> tuple[ClusterSubmission, ...]:
    everyone = reflections_of_cycle(cycle.year)
    answers = load_submitted_answers(each.latest for each in everyone if each.latest)
    told = contents_with_agreement(answer for each in answers.values() for answer in each.values())
    return tuple(_return(each, answers.get(each.id), told) for each in everyone)


def _return(
    reflection: Reflection, answers: dict[str, Answer] | None, told: Mapping[int, Content]
) -> ClusterSubmission:
    return ClusterSubmission(
        cluster=reflection.cluster.code,
        board=reflection.board_code,
        answers=None if answers is None else {code: told[answer.id] for code, answer in answers.items()},
        name=reflection.cluster.name,
        languages={code: answer.language for code, answer in (answers or {}).items()},
        compares=reflection.latest is not None and reflection.latest.compares,
    )


def review_results(cycle: Cycle) -> tuple[ReviewResult, ...]:
    """Return every allocated review of a cycle as stored in a snapshot, by code of the reviewed cluster."""
    boards = board_names_by_cluster(cycle.year)
    return tuple(review_result(review, boards) for _code, review in sorted(reviews_of_cycle(cycle.year).items()))


def board_names_by_cluster(year: int) -> Mapping[int, BilingualText]:
    """Return cluster id -> the name of the board that it belonged to in a cycle."""
    return {each.cluster_id: each.board.name for each in reflections_of_cycle(year)}


def review_result(review: Review, boards: Mapping[int, BilingualText]) -> ReviewResult:
    """Return a review as stored in a snapshot. `boards`: cluster id -> the name of its board."""
    shown = load_visible_review(review, Side.BOTH)
    return ReviewResult(
        code=review.reviewed.code,
        reviewer=review.reviewer.name,
        reviewed=review.reviewed.name,
        findings=_findings(shown) if shown.returned else None,
        is_replied=shown.replied is not None,
        reviewer_board=boards[review.reviewer_id],
        reviewed_board=boards[review.reviewed_id],
        met_on=_met_on(review),
        returned_on=_day(shown.returned.at) if shown.returned else None,
        replied_on=_day(shown.replied.at) if shown.replied else None,
        reviewer_code=review.reviewer.code,
    )


def _findings(shown: VisibleReview) -> tuple[ReportedFinding, ...]:
    shared = shared_practice(finding_contents(shown.findings), finding_contents(shown.replies))
    return tuple(_finding(shown, outcome.code, shared.get(outcome.code, "")) for outcome in shown.outcomes)


def _finding(shown: VisibleReview, outcome: str, shared: str) -> ReportedFinding:
    own, finding = shown.own.get(outcome, {}), shown.findings[outcome]
    said = finding.content
    return ReportedFinding(
        outcome,
        own=shown.level(outcome),
        peer=said["level"],
        shared=shared,
        language=finding.language if shared else "",
        own_words=OwnText(own.get("evidence", ""), own.get("next_step", ""), own.get("language", "")),
        peer_words=PeerText(said["heard"], said["good_practice"], said["suggestion"], finding.language),
        reply=_reply(shown, outcome),
    )


def _reply(shown: VisibleReview, outcome: str) -> ReviewReply | None:
    reply = shown.replies.get(outcome)
    if reply is None:
        return None
    shares = {"yes": True, "no": False}.get(reply.content["share"])
    return ReviewReply(reply.content["reply"], reply.language, shares)


def _met_on(review: Review) -> date | None:
    meeting = newest_findings(review, Side.BOTH, [MEETING]).get(MEETING)
    day = date.fromisoformat(meeting.content["day"]) if meeting and meeting.content["day"] else None
    returned = review.submission_by(Side.REVIEWER)
    is_over = day and returned and day <= _day(returned.at)
    return day if is_over else None  # a meeting planned for later may not have happened


def _day(moment: datetime) -> date:
    return moment.astimezone(WALES).date()


def counted_before_by_publication() -> list[Sets]:
    """Return for every publication, oldest first, year -> the sets of answers that its figures count."""
    return [
        {int(year): frozenset(Set(members) for members in sets) for year, sets in counts.items()}
        for counts in session.scalars(select(Publication.counts).order_by(Publication.id))
    ]


def last_published_cycle(year: int) -> EarlierCycle | None:
    """Return a cycle as last published: in its own newest publication, else in a later cycle's; None if in neither."""
    newest_first = session.scalars(select(Publication).order_by(Publication.id.desc()))
    counting = sorted(
        (each for each in newest_first if str(year) in each.counts), key=lambda each: each.cycle_year != year
    )
    if not counting:
        return None
    taken = _read(counting[0].id, counting[0].snapshot_hash)
    if taken.year != year:
        return next(each for each in taken.earlier if each.year == year)
    return EarlierCycle(year, taken.returns, taken.together, taken.minimum_group, consented_answers(year))


def consented_answers(year: int) -> tuple[str, ...]:
    """Return the answers of a cycle that may be revealed, because their clusters agreed before a publication."""
    versions = session.scalars(select(Publication.agreed).filter_by(cycle_year=year))
    return tuple(sorted({each for version in versions for each in version}))


def snapshot_of(publication: int) -> Snapshot:
    """Return the snapshot of a publication (its id)."""
    return read_snapshot(session.scalars(select(Publication.content).filter_by(id=publication)).one())


@lru_cache(maxsize=8)
def _read(publication: int, _hash: str) -> Snapshot:
    return snapshot_of(publication)
