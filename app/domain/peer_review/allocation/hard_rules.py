"""Which hard rules an allocation made by hand breaks, each as a constraint with the nominees it concerns."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.domain.peer_review.allocation.load_limits import LoadRange, spans
from app.domain.peer_review.allocation.pairings import pairings, rings_of_pairing
from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.result import AllocationConstraint, AssignedReview


@dataclass(frozen=True)
class HardRules:
    """Checks reviews as they were entered, however irregular, against the hard rules of a problem."""

    problem: AllocationProblem
    given: Sequence[AssignedReview]

    def broken(self) -> Iterator[AllocationConstraint]:
        """Return every broken hard rule: first of who reviews whom, then of which outcomes."""
        yield from self._strangers()
        yield from self._everybody_once()
        for review in self.reviews:
            yield from self._pair(review)
        yield from self._rings()
        for nominee in self.codes:
            yield from self._sizes(nominee)
        yield from self._loads()
        yield from self._decisions()

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The nominees."""
        return tuple(nominee.code for nominee in self.problem.nominees)

    @cached_property
    def reviews(self) -> list[AssignedReview]:
        """The reviews between nominees."""
        return [one for one in self.given if one.reviewer in self.codes and one.reviewed in self.codes]

    def _strangers(self) -> Iterator[AllocationConstraint]:
        known = set(self.problem.outcomes)
        for review in self.given:
            for code in (review.reviewer, review.reviewed):
                if code not in self.codes:
                    yield AllocationConstraint("not-a-nominee", (code,))
            for outcome in review.outcomes:
                if outcome not in known:
                    yield AllocationConstraint("not-an-outcome", (review.reviewed,), (outcome,))

    def _everybody_once(self) -> Iterator[AllocationConstraint]:
        for code, times in _uneven(self.codes, Counter(review.reviewer for review in self.reviews)):
            yield AllocationConstraint("reviews", (code,), numbers={"times": times})
        for code, times in _uneven(self.codes, Counter(review.reviewed for review in self.reviews)):
            yield AllocationConstraint("reviewed", (code,), numbers={"times": times})

    def _pair(self, review: AssignedReview) -> Iterator[AllocationConstraint]:
        pair = (review.reviewer, review.reviewed)
        board = {nominee.code: nominee.board for nominee in self.problem.nominees}
        if review.reviewer == review.reviewed:
            yield AllocationConstraint("itself", (review.reviewed,))
        elif board[review.reviewer] == board[review.reviewed]:
            yield AllocationConstraint("own-board", pair)
        if any(set(pair) == set(apart) for apart in self.problem.conflicts):
            yield AllocationConstraint("conflict", pair)

    def _rings(self) -> Iterator[AllocationConstraint]:
        pairs = {(review.reviewer, review.reviewed) for review in self.reviews}
        if len(self.codes) > 2:
            for reviewer, reviewed in sorted(pairs, key=lambda pair: [self.codes.index(code) for code in pair]):
                if (reviewed, reviewer) in pairs and self.codes.index(reviewer) < self.codes.index(reviewed):
                    yield AllocationConstraint("reciprocal", (reviewer, reviewed))
        rings = len(self._closed_rings(dict(pairs)))
        if rings > 1 and rings > self._fewest_rings():
            yield AllocationConstraint("several-rings", numbers={"rings": rings})

    def _fewest_rings(self) -> int:
        """Return the fewest rings required: a hard rule up to eight nominees, only a preference beyond."""
        possible = pairings(self.problem) if len(self.codes) <= 8 else []
        return len(rings_of_pairing(possible[0])) if possible else len(self.codes)

    def _closed_rings(self, reviews: dict[str, str]) -> tuple[tuple[int, ...], ...]:
        """Return the rings if everybody reviews one and is reviewed by one; otherwise none (a fault by itself)."""
        if set(reviews) != set(self.codes) or set(reviews.values()) != set(self.codes):
            return ()
        reviewer_of = {reviewed: reviewer for reviewer, reviewed in reviews.items()}
        return rings_of_pairing(tuple(self.codes.index(reviewer_of[code]) for code in self.codes))

    def _sizes(self, code: str) -> Iterator[AllocationConstraint]:
        taken = [outcome for review in self.reviews if review.reviewed == code for outcome in review.outcomes]
        twice = tuple(outcome for outcome, times in Counter(taken).items() if times > 1)
        if twice:
            yield AllocationConstraint("twice-in-review", (code,), twice)
        for span in spans(self.problem):
            number = len({self.problem.outcomes[at] for at in span.positions} & set(taken))
            if not span.few <= number <= span.many:
                numbers = {"number": number, "least": span.few, "most": span.many}
                yield AllocationConstraint("size", (code,), self._outcomes(span), numbers)
        places = sum(span.places for span in spans(self.problem))
        least, most = places // len(self.codes), -(-places // len(self.codes))
        if not least <= len(set(taken)) <= most:
            yield AllocationConstraint(
                "size", (code,), numbers={"number": len(set(taken)), "least": least, "most": most}
            )

    def _loads(self) -> Iterator[AllocationConstraint]:
        times = Counter(outcome for review in self.reviews for outcome in set(review.outcomes))
        for span in spans(self.problem):
            for outcome in self._outcomes(span):
                if not times[outcome]:
                    yield AllocationConstraint("not-covered", outcomes=(outcome,))
                elif not span.least <= times[outcome] <= span.most:
                    numbers = {"times": times[outcome], "least": span.least, "most": span.most}
                    yield AllocationConstraint("load", outcomes=(outcome,), numbers=numbers)

    def _decisions(self) -> Iterator[AllocationConstraint]:
        for one in self.problem.fixed:
            mine = [review for review in self.reviews if review.reviewed == one.reviewed]
            if one.reviewer and all(review.reviewer != one.reviewer for review in mine):
                yield AllocationConstraint("fixed", (one.reviewer, one.reviewed))
            taken = {outcome for review in mine for outcome in review.outcomes}
            missing = tuple(outcome for outcome in one.outcomes if outcome not in taken)
            if missing:
                yield AllocationConstraint("fixed", (one.reviewed,), missing)

    def _outcomes(self, span: LoadRange) -> tuple[str, ...]:
        return self.problem.outcomes[span.first : span.first + span.size]


def _uneven(codes: Sequence[str], times: Counter[str]) -> Iterator[tuple[str, int]]:
    return ((code, times[code]) for code in codes if times[code] != 1)
