"""Compare the cycles: levels by year, and movement since the cycle before, where the wording is comparable."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from surveys.changes import ItemChange
from surveys.schema import Outcome, Questionnaire

from app.domain.reflection.answers import level_of
from app.domain.reports.board_groups import board_groups_of, snapshot_as_of
from app.domain.reports.movement_cohort import moving
from app.domain.reports.snapshot import ClusterSubmission, EarlierCycle, Snapshot
from app.domain.statistics.distribution import Distribution
from app.domain.statistics.movement import Movement
from app.domain.survey.edition_changes import changes_between


@dataclass(frozen=True)
class EarlierYear:
    """One earlier cycle: how many submitted, how each outcome's wording changed since, and comparable levels."""

    year: int
    submitted: int
    clusters: int
    #: Outcome code of now -> what it was then.
    changes: Mapping[str, ItemChange]
    #: Outcome code of now -> the levels given then; outcomes that cannot be compared are left out.
    distributions: Mapping[str, Distribution]


@dataclass(frozen=True)
class MovementSummary:
    """Movement since the cycle before, over clusters that submitted in both, on comparable outcomes."""

    year: int
    #: How many submitted then, now, and both times.
    before: int
    now: int
    both: int
    #: How many of those are left out at random, see app.domain.reports.movement_cohort.
    left_out: int
    #: Outcome code -> movement; empty where it would reveal few clusters.
    outcomes: Mapping[str, Movement]

    @property
    def compared(self) -> int:
        """How many are compared."""
        return self.both - self.left_out

    @property
    def is_shown(self) -> bool:
        """Whether it may be shown."""
        return bool(self.outcomes)


@dataclass(frozen=True)
class Trends:
    """The figures of the earlier cycles of a snapshot and of this one."""

    #: The newest first.
    years: tuple[EarlierYear, ...]
    #: None where there is no earlier cycle.
    moved: MovementSummary | None

    @cached_property
    def change(self) -> Mapping[str, ItemChange]:
        """Outcome code -> what it was in the cycle before; empty where there is none."""
        return self.years[0].changes if self.years else {}


def over_years(snapshot: Snapshot, questionnaires: Mapping[int, Questionnaire]) -> Trends:
    """Return the trends over the cycles of a snapshot; `questionnaires` has the wording of each year."""
    now = questionnaires[snapshot.year]
    years = tuple(
        _year(each, snapshot, now, changes_between(questionnaires[each.year], now, snapshot.changes))
        for each in snapshot.earlier
    )
    return Trends(years, _moved(snapshot, now.outcomes, years[0]) if years else None)


def _year(cycle: EarlierCycle, snapshot: Snapshot, now: Questionnaire, became: Mapping[str, ItemChange]) -> EarlierYear:
    submitted = [each for each in cycle.returns if each.answers is not None]
    compared = [outcome for outcome in now.outcomes if became[outcome.code].is_comparable]
    return EarlierYear(
        cycle.year,
        len(submitted),
        len(cycle.returns),
        {outcome.code: became[outcome.code] for outcome in now.outcomes},
        {
            outcome.code: Distribution.of(_level(each, became[outcome.code].came_from[0]) for each in submitted)
            for outcome in compared
        }
        if board_groups_of(snapshot_as_of(cycle, snapshot))
        else {},
    )


def _moved(snapshot: Snapshot, outcomes: Iterable[Outcome], before: EarlierYear) -> MovementSummary:
    found = moving(snapshot)
    compared = [outcome.code for outcome in outcomes if before.changes[outcome.code].is_comparable]
    return MovementSummary(
        before.year,
        before.submitted,
        len(snapshot.submitted),
        len(found.both),
        found.left_out,
        {
            code: Movement.of(
                (_level(then, before.changes[code].came_from[0]), _level(now, code)) for then, now in found.compared
            )
            for code in compared
        }
        if found.compared
        else {},
    )


def _level(returned: ClusterSubmission, code: str) -> str:
    return level_of((returned.answers or {}).get(code))
