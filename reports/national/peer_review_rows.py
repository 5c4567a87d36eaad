"""The rows of the part on peer review in the national summary."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from reports.data.data_row import CellState, DataRow, found, withheld
from reports.national.report import NationalReport

if TYPE_CHECKING:
    from app.domain.peer_review.agreement import AgreementCounts, KappaEstimate
    from app.domain.reports.peer_review import GoodPractice, PeerReviewFigures

WALES = "wales"
ALL = "all"
"""The item code for all outcomes together."""

DECIMALS = 6
"""Decimals of a coefficient: more than its precision, few enough to be equal on every machine."""

DISTANCES = ("same", "one_apart", "two_apart", "higher", "lower")
NOT_COMPARABLE = "not_comparable"


def rows(report: NationalReport, peer: PeerReviewFigures) -> Iterator[DataRow]:
    """Yield how many reviews there were, how far levels agree, good practice in the words of the peers."""
    yield from _reviews(peer)
    why = CellState.HIDDEN if peer.returned else CellState.NONE
    for item in (*(survey.slug for survey, _outcomes in report.parts), ALL):
        counts = _counts_of(peer, item)
        yield from _agreement(item, counts) if counts else withheld(_agreement(item, None), why)
    yield from _kappa(peer.agreement.kappa) if peer.agreement else withheld(_kappa(None), why)
    for code, practices in peer.good_practice.items():
        for practice in practices:
            yield from _practice(code, practice)


def _reviews(peer: PeerReviewFigures) -> Iterator[DataRow]:
    yield DataRow("peer_reviews", "allocated", peer.allocated, place=WALES)
    yield DataRow("peer_reviews", "returned", peer.returned, peer.allocated, place=WALES)
    yield DataRow("peer_reviews", "replied", peer.replied, peer.returned, place=WALES)


def _counts_of(peer: PeerReviewFigures, item: str) -> AgreementCounts | None:
    """Return the counts of a matrix or of all outcomes; None where they are hidden."""
    if item == ALL:
        return peer.agreement.counts if peer.agreement else None
    return peer.by_set.get(item)


def _agreement(item: str, counts: AgreementCounts | None) -> Iterator[DataRow]:
    row = partial(DataRow, "peer_agreement", place=WALES, item=item)
    for category in DISTANCES:
        count, of = (getattr(counts, category), counts.comparable) if counts else (None, None)
        yield row("comparisons", count, of, category=category)
    count, of = (counts.not_comparable, counts.total) if counts else (None, None)
    yield row("comparisons", count, of, category=NOT_COMPARABLE)
    yield row("looked_at", counts.total if counts else None)


def _kappa(kappa: KappaEstimate | None) -> Iterator[DataRow]:
    low, high = (kappa.interval if kappa else None) or (None, None)
    row = partial(DataRow, "peer_kappa", place=WALES, item=ALL)
    figures = {"kappa": kappa.value if kappa else None, "kappa_low": low, "kappa_high": high}
    for measure, figure in figures.items():
        value, state = found(None if figure is None else round(figure, DECIMALS) + 0, CellState.UNDEFINED)
        yield row(measure, value, state=state)
    yield row("pairs", kappa.pairs if kappa else None)
    yield row("reviews", kappa.reviews if kappa else None)


def _practice(code: str, practice: GoodPractice) -> Iterator[DataRow]:
    row = partial(DataRow, "good_practice", place=practice.reviewed_code, item=code)
    yield row("good_practice", practice.text, language=practice.language)
    yield row("reviewer", practice.reviewer_code)
