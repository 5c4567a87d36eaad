"""What the screen of a workshop and the phones of those present show now."""

from dataclasses import dataclass
from datetime import datetime

from surveys.schema import Outcome

from app.domain.statistics.consensus import consensus
from app.domain.statistics.distribution import Distribution
from app.models import Answer, Reflection, VotingRound, Workshop
from app.services.reflection.queries import Overview, answers_at_versions, load_reflection
from app.services.workshop.queries import count_votes, find_open_workshop, rating_counts, voting_rounds


@dataclass(frozen=True)
class RevealedRound:
    """A revealed round, ready to be drawn."""

    number: int
    levels: Distribution
    notes: tuple[str, ...]

    @property
    def consensus(self) -> float | None:
        """How far those who gave a level agree, see app.domain.statistics.consensus."""
        return consensus(self.levels)


@dataclass(frozen=True)
class WorkshopScreen:
    """The outcome on the screen with its counts; of what is not revealed only the number of ratings."""

    shown: Overview
    workshop: Workshop
    outcome: Outcome
    counts: tuple[RevealedRound, ...]
    open_round: VotingRound | None
    views: int
    voted: int
    #: The answer as this workshop agreed it, whatever was saved since.
    agreed: Answer | None

    @property
    def position(self) -> int:
        """Which outcome of the agenda it is, from 1."""
        return self.workshop.agenda.index(self.workshop.item) + 1

    @property
    def before(self) -> str | None:
        """The code of the outcome before it on the agenda."""
        return self.workshop.agenda[self.position - 2] if self.position > 1 else None

    @property
    def after(self) -> str | None:
        """The code of the outcome after it on the agenda."""
        return self.workshop.agenda[self.position] if self.position < len(self.workshop.agenda) else None

    @property
    def is_revealed(self) -> bool:
        """Whether the private views on it were counted."""
        return any(count.number == 0 for count in self.counts)


def load_workshop_screen(reflection: Reflection, now: datetime) -> WorkshopScreen | None:
    """The scene of the open workshop; None when there is none."""
    workshop = find_open_workshop(reflection)
    if workshop is None:
        return None
    shown = load_reflection(reflection, now)
    rounds = voting_rounds(reflection, workshop.item)
    asked = next((each for each in rounds if each.spread is None), None)
    outcome = shown.item(workshop.item)
    assert isinstance(outcome, Outcome)  # noqa: S101 - an agenda holds outcomes only
    return WorkshopScreen(
        shown,
        workshop,
        outcome,
        counts=tuple(
            RevealedRound(each.number, Distribution(**each.spread), tuple(each.notes)) for each in rounds if each.spread
        ),
        open_round=asked,
        views=rating_counts(reflection).get(workshop.item, 0),
        voted=count_votes(asked) if asked else 0,
        agreed=_agreed(workshop),
    )


def _agreed(workshop: Workshop) -> Answer | None:
    wanted = {code: version for code, version in workshop.agreed.items() if code == workshop.item}
    return answers_at_versions(workshop.reflection, wanted).get(workshop.item)


def screen_state_token(reflection: Reflection, *, on_screen: bool) -> str:
    """A short word that changes whenever the scene does; the phones' does not change with each vote."""
    workshop = find_open_workshop(reflection)
    if workshop is None:
        return "none"
    rounds = voting_rounds(reflection, workshop.item)
    stages = [f"{each.id}{'' if each.spread is None else 'r'}" for each in rounds]
    parts = [str(workshop.id), workshop.item, str(workshop.agreed.get(workshop.item, 0)), *stages]
    if on_screen:
        parts += [str(count_votes(each)) for each in rounds if each.spread is None]
        parts.append(str(rating_counts(reflection).get(workshop.item, 0)))
    return "-".join(parts)
