"""A survey file with faults is refused with all its faults, each with place and remedy."""

import json
import shutil
from pathlib import Path

import pytest

from surveys.faults import PROBLEMS, InvalidData
from surveys.loader import DEFINITIONS, load_questionnaire, load_survey, read_frozen
from surveys.rules import KIND_OF_ROLE, NEEDED
from surveys.schema import QuestionRole

SOUND = """
slug: tiny
edition: "1"
status: working draft
title: {en: Tiny, cy: Bach}
introduction: {en: One question., cy: Un cwestiwn.}
source: {en: A test, cy: Prawf}
questions:
  - code: T-1
    kind: choices
    title: {en: Which one, cy: Pa un}
    options:
      - {code: one, label: {en: One, cy: Un}}
      - {code: two, label: {en: Two, cy: Dau}}
  - {code: T-2, kind: ranking, title: {en: Order, cy: Trefn}, of: T-1, most: 2, required: false}
"""
TEN_FAULTS = """
slug: faulty
edition: "1"
status: finished
title: {en: Faulty}
introduction: {en: One question., cy: " "}
source: {en: A test, cy: Prawf}
colour: blue
outcomes_per_review: 1
levels: {foundation: {en: F, cy: S}, developing: {en: D, cy: D}, mature: {en: M, cy: A}}
outcomes:
  - code: X-1
    title: {en: One, cy: Un}
    statement: {en: S., cy: S.}
    descriptors: {foundation: {en: F., cy: S.}, developing: {en: D., cy: D.}}
    prompts: [{en: P, cy: P}]
    evidence: words
    drawn_from: {en: T, cy: T}
questions:
  - {code: X-1, kind: essay, title: {en: Q, cy: C}}
  - {code: X-2, kind: choice, title: {en: Q, cy: C}}
  - {code: X-3, kind: ranking, title: {en: Q, cy: C}, of: X-9, most: 3}
  - {code: X-4, kind: number, title: {en: Q, cy: C}, minimum: 9, maximum: 1}
"""


HASH = "5" * 64
NUMBER = "  - {code: T-3, kind: number, title: {en: N, cy: N}"


def faults_of(folder: Path, text: str) -> list[tuple[str, str]]:
    file = folder / "faulty.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(InvalidData) as found:
        load_survey(file)
    assert all(fault.file == "faulty.yaml" for fault in found.value.faults)
    assert all(fault.sentence(language) for fault in found.value.faults for language in ("en", "cy"))
    return [(fault.path, fault.code) for fault in found.value.faults]


def test_a_sound_survey_survives_freezing_unchanged(tmp_path):
    file = tmp_path / "sound.yaml"
    file.write_text(SOUND, "utf-8")
    survey = load_survey(file)
    frozen = read_frozen(survey.canonical(), survey.content_hash)
    assert frozen == survey
    assert (frozen.canonical(), frozen.content_hash) == (survey.canonical(), survey.content_hash)


def test_all_faults_are_reported_at_once(tmp_path):
    assert set(faults_of(tmp_path, TEN_FAULTS)) == {
        ("", "unknown_key"),
        ("status", "not_one_of"),
        ("title", "missing_language"),
        ("introduction", "missing_language"),
        ("outcomes[1].descriptors", "missing"),
        ("outcomes[1].evidence", "wrong_shape"),
        ("questions[1].kind", "not_one_of"),
        ("questions[2]", "missing"),
        ("questions[3]", "unknown_reference"),
        ("questions[4]", "out_of_order"),
        ("", "duplicate_code"),
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SOUND.replace("edition:", "slug: again\nedition:"), "duplicate_key"),
        (SOUND.replace("title: {en: Tiny", "title: {en: [Tiny"), "unreadable"),
        ("just words", "wrong_shape"),
        ("", "wrong_shape"),
        (SOUND.replace("most: 2", "most: two"), "wrong_shape"),
        (SOUND.replace("required: false", "required: perhaps"), "wrong_shape"),
        (SOUND.replace("code: two", "code: one"), "duplicate_code"),
        (SOUND.replace("Tiny", "Ti\u202eny"), "unseen"),
        (SOUND.replace("Bach", "Ba\u00adch"), "unseen"),
        (SOUND.replace("most: 2", "most: 9"), "not_one_of"),
        (SOUND.replace("most: 2", "most: -1"), "not_one_of"),
        (f"{SOUND}{NUMBER}}}", "missing"),
        (f"{SOUND}{NUMBER}, minimum: 3}}", "missing"),
        (f"{SOUND}{NUMBER}, minimum: 3, maximum: 2}}", "out_of_order"),
        (SOUND.replace("T-2", "t-2"), "no_code"),
        (SOUND.replace("T-2", "T 2"), "no_code"),
        (SOUND.replace("T-2", f"{'T' * 19}-2"), "no_code"),
        (SOUND.replace("kind: choices", "kind: choices\n    role: barrier"), "not_one_of"),
        (f"{SOUND}{NUMBER}, maximum: 9, role: barriers}}", "role_of_other_kind"),
        (SOUND.replace("code: two,", "code: two, needs_detail: true,"), "missing"),
    ],
)
def test_each_kind_of_fault_has_its_name(tmp_path, text, code):
    assert code in [each for _path, each in faults_of(tmp_path, text)]


def faults_of_folder(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(InvalidData) as found:
        load_questionnaire(folder)
    assert all(fault.sentence(language) for fault in found.value.faults for language in ("en", "cy"))
    return [(fault.file, fault.path, fault.code) for fault in found.value.faults]


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("closing", "CLOSING-2", "PCMW-02", ("questions[2].code", "used_elsewhere")),
        ("closing", "slug: closing", "slug: acd", ("slug", "not_one_of")),
        ("closing", "role: strengthen", "role: barriers", ("questions[1].role", "role_twice")),
    ],
)
def test_surveys_that_cannot_be_asked_together_are_refused(tmp_path, name, old, new, fault):
    folder = shutil.copytree(DEFINITIONS, tmp_path / "definitions")
    file = folder / f"{name}.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    assert faults_of_folder(folder) == [(f"{name}.yaml", *fault)]


@pytest.mark.parametrize("role", NEEDED)
def test_a_role_that_is_needed_must_be_played(tmp_path, role):
    folder = shutil.copytree(DEFINITIONS, tmp_path / "definitions")
    for file in folder.glob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace(f"    role: {role}\n", ""), "utf-8")
    assert faults_of_folder(folder) == [("*.yaml", "questions", "role_missing")]


def test_two_questions_of_a_survey_cannot_have_one_role(tmp_path):
    text = (DEFINITIONS / "system_factors.yaml").read_text("utf-8").replace("role: enablers", "role: barriers")
    assert faults_of(tmp_path, text) == [("questions[4].role", "role_twice")]


@pytest.mark.parametrize(
    ("slug", "old", "new", "fault"),
    [
        ("pcmw", "outcomes_per_review: 2\n", "", ("", "missing")),
        ("pcmw", "outcomes_per_review: 2", "outcomes_per_review: 14", ("outcomes_per_review", "not_one_of")),
        ("acd", "outcomes_per_review: 1", "outcomes_per_review: -1", ("outcomes_per_review", "not_one_of")),
        ("acd", "outcomes_per_review: 1", "outcomes_per_review: one", ("outcomes_per_review", "wrong_shape")),
        ("closing", "questions:\n", "outcomes_per_review: 1\nquestions:\n", ("outcomes_per_review", "not_one_of")),
    ],
)
def test_a_review_takes_some_or_all_outcomes_of_a_matrix(tmp_path, slug, old, new, fault):
    text = (DEFINITIONS / f"{slug}.yaml").read_text("utf-8")
    assert fault in faults_of(tmp_path, text.replace(old, new, 1))


def test_what_a_role_is_for_is_asked_for_by_it():
    questionnaire = load_questionnaire(DEFINITIONS)
    assert [questionnaire.question_for(role).kind for role in QuestionRole] == list(KIND_OF_ROLE.values())
    assert questionnaire.groups == questionnaire.question_for(QuestionRole.GROUPS).options


def test_the_faults_between_files_are_told_with_those_inside_them(tmp_path):
    folder = shutil.copytree(DEFINITIONS, tmp_path / "definitions")
    for name, old, new in (("closing", "slug: closing", "slug: acd"), ("pcmw", "PCMW-02", "PCMW-ii")):
        file = folder / f"{name}.yaml"
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    (folder / "about_the_cluster.yaml").unlink()
    assert [(file, code) for file, _path, code in faults_of_folder(folder)] == [
        ("about_the_cluster.yaml", "unreadable"),
        ("pcmw.yaml", "no_code"),
        ("closing.yaml", "not_one_of"),
    ]


def test_a_survey_frozen_before_a_rule_is_read_all_the_same(tmp_path):
    file = tmp_path / "sound.yaml"
    file.write_text(f"{SOUND}{NUMBER}, maximum: 9}}", "utf-8")
    old = json.loads(load_survey(file).canonical())
    old["questions"][0]["code"] = old["questions"][1]["of"] = "before-codes-had-a-shape"
    old["questions"][1]["most"], old["questions"][2]["maximum"] = 9, 0
    assert read_frozen(json.dumps(old), HASH).questions[1].most == 9


@pytest.mark.parametrize("field", ["hint", "required", "options", "minimum", "maximum", "of", "most", "role"])
def test_a_survey_frozen_before_the_schema_had_a_field_keeps_its_hash(tmp_path, field):
    file = tmp_path / "sound.yaml"
    file.write_text(f"{SOUND}{NUMBER}, maximum: 9}}", "utf-8")
    old = json.loads(load_survey(file).canonical())
    del old["questions"][2][field]
    assert read_frozen(json.dumps(old), HASH).content_hash == HASH


def test_a_file_that_is_no_text_is_refused(tmp_path):
    file = tmp_path / "faulty.yaml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidData):
        load_survey(file)


def test_every_problem_is_told_in_both_languages():
    assert all(text.en and text.cy for pair in PROBLEMS.values() for text in pair)
