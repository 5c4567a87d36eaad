"""Read an allocation problem from JSON; every fault is reported at once, with its path and a code.

The edge has a sentence with a remedy for each code; docs/allocation.md describes the file.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from app.domain.peer_review.allocation.problem import AllocationProblem, FixedReview, Nominee, OutcomeSet, PastReview
from app.domain.peer_review.allocation.problem_faults import InvalidProblem, Place
from app.domain.peer_review.allocation.problem_hash import FORMAT
from app.domain.peer_review.allocation.weights import Weights

LARGEST_FILE = 8_000_000
"""Bytes; the largest round with long histories has fewer."""
MOST_NOMINEES = 2_000
MOST_CHOICES = 100_000_000
"""Pairs times outcomes: what fits in memory."""
MOST_DEEP = 20
MOST_WEIGHT = 1_000
YEARS = (1990, 2200)
KEYS = ("year", "nominees", "sets")
OPTIONAL = ("format", "history", "conflicts", "fixed", "memory", "weights", "seed")
PAST = ("year", "reviewer", "reviewer_board", "reviewed", "reviewed_board", "outcomes")

T = TypeVar("T")


def read(content: bytes) -> AllocationProblem:
    """The problem in a file; InvalidProblem carries every fault."""
    return from_data(_parsed(content))


def from_data(data: Any) -> AllocationProblem:
    """The problem in plain data, such as `canonical.problem_data` makes."""
    place = Place(data, "", [])
    place.expect_keys(KEYS, OPTIONAL)
    if place.count("nominees") > MOST_NOMINEES:
        place.child("nominees").fault("too_many_nominees", str(MOST_NOMINEES))
        raise InvalidProblem(place.faults)
    problem = _problem(place)
    if len(problem.nominees) ** 2 * len(problem.outcomes) > MOST_CHOICES:
        place.child("sets").fault("too_many_outcomes")
    if not place.faults:
        _note_broken_references(place, problem)
    if place.faults:
        raise InvalidProblem(place.faults)
    return problem


def _parsed(content: bytes) -> Any:
    if len(content) > LARGEST_FILE:
        raise InvalidProblem.of("too_large", str(LARGEST_FILE))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidProblem.of("not_utf8", str(error.start + 1)) from error
    if _depth(text) > MOST_DEEP:
        raise InvalidProblem.of("too_deep", str(MOST_DEEP))
    try:
        return json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_refused)
    except json.JSONDecodeError as error:
        raise InvalidProblem.of("not_json", str(error.lineno)) from error
    except ValueError as error:  # a number of thousands of digits
        raise InvalidProblem.of("not_json", "?") from error


def _depth(text: str) -> int:
    """How deep brackets are nested at most, those inside strings left out: before a reader recurses into them."""
    depth = deepest = 0
    inside = escaped = False
    for letter in text:
        if inside:
            inside = escaped or letter != '"'
            escaped = letter == "\\" and not escaped
        elif letter == '"':
            inside = True
        elif letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON keeps the last of two equal keys in silence."""
    for key in _more_than_once(key for key, _ in pairs):
        raise InvalidProblem.of("duplicate_key", key)
    return dict(pairs)


def _more_than_once(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _refused(constant: str) -> None:
    raise InvalidProblem.of("no_number", constant)


def _problem(place: Place) -> AllocationProblem:
    if place.has("format"):
        place.child("format").whole(FORMAT, FORMAT)
    year = place.child("year").whole(*YEARS)
    return AllocationProblem(
        year=year,
        nominees=_each(place, "nominees", _nominee),
        sets=_each(place, "sets", _set),
        history=_each(place, "history", _past),
        conflicts=_each(place, "conflicts", _conflict),
        fixed=_each(place, "fixed", _fixed),
        memory=place.child("memory").whole(0, 50) if place.has("memory") else AllocationProblem.memory,
        weights=_weights(place.child("weights")) if place.has("weights") else Weights(),
        seed=place.child("seed").whole(0, 2**63 - 1) if place.has("seed") else 0,
    )


def _each(place: Place, key: str, read_one: Callable[[Place], T]) -> tuple[T, ...]:
    return tuple(read_one(each) for each in place.child(key).elements()) if place.has(key) else ()


def _nominee(place: Place) -> Nominee:
    place.expect_keys(("code", "board"), ("wishes", "levels"))
    levels = place.child("levels")
    if place.has("levels"):
        levels.expect_keys((), levels.names())
    return Nominee(
        code=place.child("code").text(),
        board=place.child("board").text(),
        wishes=place.child("wishes").texts() if place.has("wishes") else (),
        levels={key: levels.child(key).whole_or_none(1, 3) for key in levels.names()} if place.has("levels") else {},
    )


def _set(place: Place) -> OutcomeSet:
    place.expect_keys(("slug", "outcomes", "each"), ("extra",))
    read = OutcomeSet(
        slug=place.child("slug").text(),
        outcomes=place.child("outcomes").texts(),
        each=place.child("each").whole(1, 1000),
        extra=place.child("extra").whole(0, 1_000_000) if place.has("extra") else 0,
    )
    if place.has("outcomes") and not read.outcomes:
        place.child("outcomes").fault("no_outcomes")
    if read.each > len(read.outcomes):
        place.child("each").fault("more_than_outcomes", str(len(read.outcomes)))
    return read


def _past(place: Place) -> PastReview:
    place.expect_keys(PAST)
    return PastReview(
        year=place.child("year").whole(*YEARS),
        reviewer=place.child("reviewer").text(),
        reviewer_board=place.child("reviewer_board").text(),
        reviewed=place.child("reviewed").text(),
        reviewed_board=place.child("reviewed_board").text(),
        outcomes=place.child("outcomes").texts(),
    )


def _conflict(place: Place) -> tuple[str, str]:
    both = place.texts()
    if len(both) != 2:
        place.fault("not_a_pair")
        return ("", "")
    return (both[0], both[1])


def _fixed(place: Place) -> FixedReview:
    place.expect_keys(("reviewed",), ("reviewer", "outcomes"))
    reviewer = place.child("reviewer")
    return FixedReview(
        reviewed=place.child("reviewed").text(),
        reviewer=None if reviewer.value is None else reviewer.text(),
        outcomes=place.child("outcomes").texts() if place.has("outcomes") else (),
    )


def _weights(place: Place) -> Weights:
    place.expect_keys((), ("wish", "step"))
    given = {key: place.child(key).whole(0, MOST_WEIGHT) for key in place.names() if key in ("wish", "step")}
    return Weights(**given)


def _note_broken_references(place: Place, problem: AllocationProblem) -> None:
    """What is named must exist, but for clusters of the past; and the past is not in the future."""
    clusters = {nominee.code for nominee in problem.nominees}
    outcomes = set(problem.outcomes)
    _note_duplicates(place.child("nominees"), [nominee.code for nominee in problem.nominees])
    _note_duplicates(place.child("sets"), [each.slug for each in problem.sets])
    _note_duplicates(place.child("sets"), problem.outcomes)
    for where, names, known, code in _references(place, problem, clusters, outcomes):
        for name in (name for name in names if name not in known):
            where.fault("unknown_" + code, name)
    for where, past in zip(_elements(place, "history"), problem.history, strict=True):
        if past.year >= problem.year:
            where.child("year").fault("not_past", str(problem.year))


def _references(
    place: Place, problem: AllocationProblem, clusters: set[str], outcomes: set[str]
) -> Iterator[tuple[Place, Iterable[str], set[str], str]]:
    for where, nominee in zip(_elements(place, "nominees"), problem.nominees, strict=True):
        yield where.child("wishes"), nominee.wishes, outcomes, "outcome"
        yield where.child("levels"), nominee.levels, outcomes, "outcome"
    for where, pair in zip(_elements(place, "conflicts"), problem.conflicts, strict=True):
        yield where, pair, clusters, "cluster"
    for where, fixed in zip(_elements(place, "fixed"), problem.fixed, strict=True):
        yield where, [fixed.reviewed, *([fixed.reviewer] if fixed.reviewer is not None else [])], clusters, "cluster"
        yield where.child("outcomes"), fixed.outcomes, outcomes, "outcome"
    for where, past in zip(_elements(place, "history"), problem.history, strict=True):
        yield where.child("outcomes"), past.outcomes, outcomes, "outcome"


def _elements(place: Place, key: str) -> list[Place]:
    return place.child(key).elements() if place.has(key) else []


def _note_duplicates(place: Place, codes: Iterable[str]) -> None:
    for code in _more_than_once(codes):
        place.fault("duplicate_code", code)
