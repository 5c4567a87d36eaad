"""Read an allocation problem from JSON; every fault is reported at once, with its path and a code.

app.messages has a sentence with a remedy for each code; docs/allocation.md describes the file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Annotated, Any

from surveys.faults import DataFault, InvalidData
from surveys.plain_data import PlainData, path_below, read_json
from surveys.validation import A_LIST, A_MAPPING, Flaw, Within, duplicates, make_converter, validated

from app.domain.peer_review.allocation.problem import AllocationProblem, OutcomeSet, Pair
from app.domain.peer_review.allocation.problem_hash import FORMAT

LARGEST_FILE = 8_000_000
"""Bytes; the largest round with long histories has fewer."""
MOST_NOMINEES = 2_000
MOST_CHOICES = 100_000_000
"""Pairs times outcomes: what fits in memory."""
MOST_FAULTS = 100
"""More are not told: nobody reads them, and the first say what the rest are."""
SHAPES = {A_MAPPING: "not_object", A_LIST: "not_list"}

CONVERTER = make_converter()


@dataclass(frozen=True)
class _ProblemFile(AllocationProblem):
    format: Annotated[int, Within(FORMAT, FORMAT)] = FORMAT


def read(content: bytes) -> AllocationProblem:
    """The problem in a file; InvalidData carries every fault."""
    if len(content) > LARGEST_FILE:
        raise InvalidData([DataFault("", "", "too_large", str(LARGEST_FILE))])
    return from_data(read_json(content).value)


def from_data(data: Any) -> AllocationProblem:
    """The problem in plain data, such as `canonical.problem_data` makes."""
    try:
        if isinstance(data, dict) and isinstance(named := data.get("nominees"), list) and len(named) > MOST_NOMINEES:
            raise InvalidData([DataFault("", "nominees", "too_many_nominees", str(MOST_NOMINEES))])
        found = validated(PlainData(data), _ProblemFile, CONVERTER, _broken_rules)
    except InvalidData as invalid:
        raise InvalidData([_with_code_of_problem(fault) for fault in invalid.faults[:MOST_FAULTS]]) from invalid
    return AllocationProblem(**{each.name: getattr(found, each.name) for each in fields(AllocationProblem)})


def _with_code_of_problem(fault: DataFault) -> DataFault:
    """Return the fault with the code that problem files have for it, at the key that it is about."""
    if fault.code in ("missing", "unknown_key"):
        return replace(fault, path=path_below(fault.path, fault.detail), detail=fault.known)
    return replace(fault, code=SHAPES.get(fault.detail, fault.code)) if fault.code == "wrong_shape" else fault


@CONVERTER.register_structure_hook
def _code(value: Any, _kind: type[str]) -> str:
    """With something in it and no spaces around it."""
    if isinstance(value, str) and value.strip() == value and 0 < len(value) <= 200 and value.isprintable():
        return value
    raise Flaw("not_code")


_read_codes = CONVERTER.get_structure_hook(tuple[str, ...])


def _codes(value: Any, _kind: Any) -> tuple[str, ...]:
    codes: tuple[str, ...] = _read_codes(value, tuple[str, ...])
    if len(set(codes)) < len(codes):
        raise Flaw("named_twice")
    return codes


def _pair(value: Any, _kind: Any) -> Pair:
    codes = _codes(value, _kind)
    if len(codes) != 2:
        raise Flaw("not_a_pair")
    return (codes[0], codes[1])


_read_set = CONVERTER.get_structure_hook(OutcomeSet)


def _outcome_set(value: Any, kind: Any) -> OutcomeSet:
    read: OutcomeSet = _read_set(value, kind)
    if not read.outcomes:
        raise Flaw("no_outcomes", below=("outcomes",))
    if read.each > len(read.outcomes):
        raise Flaw("more_than_outcomes", str(len(read.outcomes)), below=("each",))
    return read


CONVERTER.register_structure_hook_func(lambda kind: kind == tuple[str, ...], _codes)
CONVERTER.register_structure_hook_func(lambda kind: kind == Pair, _pair)
CONVERTER.register_structure_hook(OutcomeSet, _outcome_set)


def _broken_rules(problem: AllocationProblem) -> Iterator[DataFault]:
    """What is named must exist, but for clusters of the past; and the past is not in the future."""
    if len(problem.nominees) ** 2 * len(problem.outcomes) > MOST_CHOICES:
        yield DataFault("", "sets", "too_many_outcomes")
        return
    yield from duplicates("nominees", (nominee.code for nominee in problem.nominees))
    yield from duplicates("sets", (each.slug for each in problem.sets))
    yield from duplicates("sets", problem.outcomes)
    known = {"cluster": {nominee.code for nominee in problem.nominees}, "outcome": set(problem.outcomes)}
    for path, names, kind in _references(problem):
        for name in (name for name in names if name not in known[kind]):
            yield DataFault("", path, f"unknown_{kind}", name)
    for number, past in enumerate(problem.history, 1):
        if past.year >= problem.year:
            yield DataFault("", f"history[{number}].year", "not_past", str(problem.year))


def _references(problem: AllocationProblem) -> Iterator[tuple[str, Iterable[str], str]]:
    for number, nominee in enumerate(problem.nominees, 1):
        yield f"nominees[{number}].wishes", nominee.wishes, "outcome"
        yield f"nominees[{number}].levels", nominee.levels, "outcome"
    for number, pair in enumerate(problem.conflicts, 1):
        yield f"conflicts[{number}]", pair, "cluster"
    for number, fixed in enumerate(problem.fixed, 1):
        reviewer = () if fixed.reviewer is None else (fixed.reviewer,)
        yield f"fixed[{number}]", (fixed.reviewed, *reviewer), "cluster"
        yield f"fixed[{number}].outcomes", fixed.outcomes, "outcome"
    for number, past in enumerate(problem.history, 1):
        yield f"history[{number}].outcomes", past.outcomes, "outcome"
