"""A problem file is read back as written, and all its faults are reported at once, each with its place."""

import json
import random
from contextlib import suppress
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.faults import InvalidData

from app.domain.peer_review.allocation.infeasibility.explain import explain
from app.domain.peer_review.allocation.lagrangian.lagrangian_solver import solve_large
from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.problem_file import LARGEST_FILE, from_data, read
from app.domain.peer_review.allocation.problem_hash import canonical, problem_data, problem_hash
from app.domain.peer_review.allocation.result_file import answer_data
from app.messages.peer_review import FAULTS
from tests.support.example_rounds import random_round


def faults(content):
    """Return the place and code of each fault."""
    with pytest.raises(InvalidData) as refused:
        read(content if isinstance(content, bytes) else json.dumps(content).encode())
    assert {fault.code for fault in refused.value.faults} <= set(FAULTS)
    return {(fault.path, fault.code) for fault in refused.value.faults}


@pytest.fixture
def data():
    return problem_data(random_round(random.Random(1), 9, fixed=2))


def test_a_problem_is_read_back_as_it_was_written():
    for seed in range(20):
        problem = random_round(random.Random(seed), 2 + seed, fixed=seed % 4)
        again = read(canonical(problem).encode())
        assert again == problem
        assert problem_hash(again) == problem_hash(problem)


def test_the_hash_tells_problems_apart_and_not_the_order_of_keys():
    problem = random_round(random.Random(1), 9)
    turned = replace(problem.nominees[0], levels=dict(reversed(problem.nominees[0].levels.items())))
    assert problem_hash(replace(problem, nominees=(turned, *problem.nominees[1:]))) == problem_hash(problem)
    assert problem_hash(replace(problem, nominees=problem.nominees[::-1])) != problem_hash(problem)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff\xfe{}", "not_utf8"),
        (b" " * (LARGEST_FILE + 1), "too_large"),
        (b"[" * 100_000, "too_deep"),
        (b'{"a":' * 100_000, "too_deep"),
        (b'{"year": NaN}', "no_number"),
        (b'{"year": 1' + b"0" * 10_000 + b"}", "not_json"),
        (b'{"year": 1, "year": 2}', "duplicate_key"),
        (b"[]", "not_object"),
    ],
)
def test_what_is_no_problem_at_all_is_refused(content, code):
    assert faults(content) == {("", code)} or ("", code) in faults(content)


def test_all_faults_are_told_at_once_each_with_its_place(data):
    data["year"] = True
    data["sed"] = 1
    del data["nominees"][2]["board"]
    data["nominees"][3]["levels"]["ACD-1"] = 4
    data["nominees"][4]["wishes"] = "PCMW-01"
    data["sets"][0]["each"] = 14
    data["conflicts"].append(["c1"])
    data["history"][0]["year"] = "2024"
    data["weights"]["wish"] = -1
    assert faults(data) == {
        ("year", "not_number"),
        ("sed", "unknown_key"),
        ("nominees[3].board", "missing"),
        ("nominees[4].levels.ACD-1", "not_number"),
        ("nominees[5].wishes", "not_list"),
        ("sets[1].each", "more_than_outcomes"),
        (f"conflicts[{len(data['conflicts'])}]", "not_a_pair"),
        ("history[1].year", "not_number"),
        ("weights.wish", "not_number"),
    }


def test_what_is_named_must_exist_but_for_clusters_of_the_past(data):
    data["nominees"][1]["code"] = "c0"
    data["nominees"][2]["wishes"] = ["PCMW-99"]
    data["nominees"][3]["levels"] = {"PCMW-98": 1}
    data["conflicts"] = [["c3", "atlantis"]]
    data["fixed"] = [{"reviewed": "nowhere", "reviewer": "c3", "outcomes": ["ACD-9"]}]
    data["history"] = [
        data["history"][0] | {"reviewer": "gone", "reviewed": "gone too"},
        data["history"][1] | {"year": 2026},
    ]
    assert faults(data) == {
        ("nominees", "duplicate_code"),
        ("nominees[3].wishes", "unknown_outcome"),
        ("nominees[4].levels", "unknown_outcome"),
        ("conflicts[1]", "unknown_cluster"),
        ("fixed[1]", "unknown_cluster"),
        ("fixed[1].outcomes", "unknown_outcome"),
        ("history[2].year", "not_past"),
    }


def test_a_round_that_is_too_large_is_refused_before_any_work(data):
    data["nominees"] = [{"nonsense": number} for number in range(2001)]
    assert faults(data) == {("nominees", "too_many_nominees")}


def test_a_round_with_more_choices_than_fit_in_memory_is_refused(data):
    data["nominees"] = [{"code": f"c{number}", "board": "b"} for number in range(1500)]
    data["sets"].append({"slug": "many", "outcomes": [f"m{number}" for number in range(100)], "each": 1})
    assert ("sets", "too_many_outcomes") in faults(data)


def test_any_value_in_any_place_is_read_or_refused(data):
    """Reading raises nothing but the documented refusal, whatever the file holds."""
    rng = random.Random(2)
    for _ in range(300):
        spoiled = json.loads(json.dumps(data))
        here = spoiled
        while isinstance(here, dict | list) and here:
            key = rng.choice(list(here)) if isinstance(here, dict) else rng.randrange(len(here))
            if not isinstance(here[key], dict | list) or rng.random() < 0.3:
                here[key] = rng.choice((None, True, -1, 0, 1.5, "", " x", [], {}, [[]], {"a": None}, "c1", 10**30))
                break
            here = here[key]
        try:
            read(json.dumps(spoiled).encode())
        except InvalidData as refused:
            assert {fault.code for fault in refused.faults} <= set(FAULTS)  # noqa: PT017 - no error is allowed too


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("\ud800"),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=3), below, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*(each.name for each in fields(AllocationProblem)), "format"]), PLAIN) | PLAIN)
def test_any_plain_data_are_a_problem_or_refused(given_data):
    for sound in ({}, problem_data(random_round(random.Random(1), 4))):
        with suppress(InvalidData):
            from_data(sound | given_data if isinstance(given_data, dict) else given_data)


def test_a_code_with_half_a_character_is_refused(data):
    data["nominees"][0]["code"] = "\ud800"
    assert ("nominees[1].code", "not_code") in faults(data)


def test_an_answer_is_plain_data_with_its_proof():
    problem = random_round(random.Random(3), 9)
    said = json.loads(json.dumps(answer_data(problem, solve_large(problem))))
    assert said["allocated"]
    assert said["problem_hash"] == problem_hash(problem)
    assert said["certificate"]["value"] == said["certificate"]["bound"]
    assert len(said["reviews"]) == 9


def test_why_there_is_no_answer_is_plain_data_with_repaired_problems():
    problem = random_round(random.Random(3), 6, conflicts=0)
    said = json.loads(json.dumps(answer_data(problem, explain(problem))))
    assert not said["allocated"]
    repaired = read(json.dumps(said["repairs"][0]["problem"]).encode())
    assert [each.extra for each in repaired.sets] == [1, 1]
