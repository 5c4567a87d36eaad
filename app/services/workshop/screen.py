"""The present state of a workshop, for its screen and for the phones of the people who vote."""

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
    """A revealed round: its number, its distribution and the notes."""

    number: int
    levels: Distribution
    notes: tuple[str, ...]

    @property
    def consensus(self) -> float | None:
        """The consensus of those who gave a level, see app.domain.statistics.consensus."""
        return consensus(self.levels)


@dataclass(frozen=True)
class WorkshopScreen:
    """The outcome on the screen with its revealed rounds; of hidden ratings and votes only their number."""

    shown: Overview
    workshop: Workshop
    outcome: Outcome
    counts: tuple[RevealedRound, ...]
    open_round: VotingRound | None
    views: int
    voted: int
    #: The version of the answer on which this workshop agreed, even if a newer one was saved since.
    agreed: Answer | None

    @property
    def position(self) -> int:
        """The position of the outcome on the agenda, from 1."""
        return self.workshop.agenda.index(self.workshop.item) + 1

    @property
    def before(self) -> str | None:
        """The code of the previous outcome on the agenda, or None."""
        return self.workshop.agenda[self.position - 2] if self.position > 1 else None

    @property
    def after(self) -> str | None:
        """The code of the next outcome on the agenda, or None."""
        return self.workshop.agenda[self.position] if self.position < len(self.workshop.agenda) else None

    @property
    def is_revealed(self) -> bool:
        """Whether the private ratings of the outcome are revealed."""
        return any(count.number == 0 for count in self.counts)


def load_workshop_screen(reflection: Reflection, now: datetime) -> WorkshopScreen | None:
    """Return the present state of the open workshop, or None."""
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
    """Return a token that changes whenever the shown state does; without `on_screen`, not with each vote or rating."""
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
