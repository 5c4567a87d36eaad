"""What the reports of a cycle are made from: the snapshot of what was submitted, and the wording it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from surveys.changes import declared_changes
from surveys.schema import Questionnaire

from reports.layout.provenance import Provenance

from app.domain.reflection.answers import Content
from app.domain.reports.board_groups import merged_boards, with_settled_rules
from app.domain.reports.movement_cohort import beside
from app.domain.reports.snapshot import BoardName, ClusterSubmission, EarlierCycle, Snapshot
from app.models import Answer, Cycle, Reflection
from app.services.cycle.commands import find_cycle, list_cycles, questionnaire_of
from app.services.organisations.queries import list_boards
from app.services.reflection.agreed_answers import contents_with_agreement
from app.services.reflection.queries import load_submitted_answers, reflections_of_cycle
from app.services.results.history import counted_before_by_publication, last_published_cycle
from app.services.results.reviews import review_results
from app.services.themes.progress import reported_themes
from config import VERSION


@dataclass(frozen=True)
class ReportInput:
    """One snapshot with the questionnaire of each cycle in it. Every report of the cycle is made from the same."""

    snapshot: Snapshot
    #: Year -> the questionnaire that was answered.
    questionnaires: Mapping[int, Questionnaire]
    imprint: Provenance
    #: The snapshot of the first version, in a correction.
    first: Snapshot | None = None

    @property
    def questionnaire(self) -> Questionnaire:
        """What was asked in the cycle that the reports are about."""
        return self.questionnaires[self.snapshot.year]

    @property
    def asked_before(self) -> Mapping[int, Questionnaire]:
        """What was asked in the cycles before, by year."""
        return {year: asked for year, asked in self.questionnaires.items() if year != self.snapshot.year}


def draft_report_input(cycle: Cycle, minimum_group: int) -> ReportInput:
    """The cycle as it stands now, unpublished."""
    taken = take_snapshot(cycle, minimum_group)
    return ReportInput(taken, questionnaires_of(taken), Provenance(taken.year, taken.synthetic, taken.hash, VERSION))


def questionnaires_of(taken: Snapshot) -> dict[int, Questionnaire]:
    """The wording of every cycle in a snapshot, by year."""
    years = (taken.year, *(each.year for each in taken.earlier))
    return {year: questionnaire_of(find_cycle(year)) for year in years}


def take_snapshot(cycle: Cycle, minimum_group: int) -> Snapshot:
    """The answers of a cycle as each cluster last submitted them, in an order that never changes.

    Earlier cycles stand in it as they were last published, so that reports of different years agree.
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
    # Said in the snapshot from the first version on: the same answers have the same hash before and after.
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
