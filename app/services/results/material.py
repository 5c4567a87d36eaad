"""What the reports of a cycle are made from: the snapshot of what was submitted, and the wording it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from surveys.changes import declared_changes
from surveys.schema import Questionnaire

from reports.imprint import Provenance

from app.domain.answers import Content
from app.domain.moving import beside
from app.domain.shown_boards import merged_boards, with_settled_rules
from app.domain.snapshot import BoardName, ClusterSubmission, EarlierCycle, Snapshot
from app.models import Answer, Cycle, Reflection
from app.services import agreements, cycles, places, reflections, themes
from app.services.results import history, reviews
from config import VERSION


@dataclass(frozen=True)
class Material:
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


def draft(cycle: Cycle, minimum_group: int) -> Material:
    """The cycle as it stands now, unpublished."""
    taken = snapshot(cycle, minimum_group)
    return Material(taken, questionnaires(taken), Provenance(taken.year, taken.synthetic, taken.hash, VERSION))


def questionnaires(taken: Snapshot) -> dict[int, Questionnaire]:
    """The wording of every cycle in a snapshot, by year."""
    years = (taken.year, *(each.year for each in taken.earlier))
    return {year: cycles.questionnaire(cycles.find(year)) for year in years}


def snapshot(cycle: Cycle, minimum_group: int) -> Snapshot:
    """The answers of a cycle as each cluster last submitted them, in an order that never changes.

    Earlier cycles stand in it as they were last published, so that reports of different years agree.
    """
    before = [each for each in cycles.cycles() if each.year < cycle.year]
    last = history.last(cycle.year)
    taken = Snapshot(
        year=cycle.year,
        wording=cycles.questionnaire(cycle).content_hash,
        minimum_group=(last and last.minimum_group) or minimum_group,
        boards=tuple(BoardName(board.ods_code, board.name, board.short) for board in places.boards()),
        returns=_returns(cycle),
        reviews=reviews.returns(cycle),
        earlier=tuple(history.last(each.year) or EarlierCycle(each.year, _returns(each)) for each in before),
        changes=declared_changes(),
        themes=themes.of_cycle(cycle.year),
        synthetic=cycle.synthetic,
        together=last.together if last else (),
    )
    # Said in the snapshot from the first version on: the same answers have the same hash before and after.
    earlier = tuple(with_settled_rules(each, taken) for each in taken.earlier)
    taken = replace(taken, together=merged_boards(taken), earlier=earlier)
    return beside(taken, history.counted())


def _returns(cycle: Cycle) -> tuple[ClusterSubmission, ...]:
    everyone = reflections.of_cycle(cycle.year)
    answers = reflections.submitted_answers(each.latest for each in everyone if each.latest)
    told = agreements.told(answer for each in answers.values() for answer in each.values())
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
