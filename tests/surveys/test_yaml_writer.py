"""A survey written as YAML is read back as the same survey, and has the layout of the existing files."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.loader import DEFINITIONS, load_survey
from surveys.schema import BilingualText
from surveys.yaml_writer import leading_comment, yaml_of

ACD = load_survey(DEFINITIONS / "acd.yaml")
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)
SENTENCES = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)
AWKWARD = ("Yes", "2026.1", "# one", "a: b", "a #b", "- a", "[a", "a, b", "'a'", '"a" b', "a\\b", "}", "!a", ">-")


@pytest.mark.parametrize("slug", ["pcmw", "acd"])
def test_a_definition_is_written_as_it_stands(slug):
    file = DEFINITIONS / f"{slug}.yaml"
    assert yaml_of(load_survey(file)) == file.read_text("utf-8")


def assert_comes_back(folder, english: str, welsh: str) -> None:
    text, file = BilingualText(english, welsh), folder / "acd.yaml"
    first = replace(ACD.outcomes[0], title=text, prompts=(text,), drawn_from=text)
    survey = replace(ACD, source=text, levels={**ACD.levels, "mature": text}, outcomes=(first,))
    file.write_text(yaml_of(survey), "utf-8")
    assert load_survey(file) == survey


@pytest.mark.parametrize("text", [*AWKWARD, *(each * 60 for each in ("long ", "# x ", "hy-phen ", "-"))])
def test_a_text_that_yaml_could_take_for_something_else_comes_back(tmp_path, text):
    assert_comes_back(tmp_path, text.strip(), "Tŷ")


@given(SENTENCES, SENTENCES)
def test_any_words_come_back(tmp_path_factory, english, welsh):
    assert_comes_back(tmp_path_factory.getbasetemp(), english, welsh)


def test_the_comment_at_the_head_of_a_file_is_kept():
    assert leading_comment("# one\n\n# two\nslug: acd\n# three\n") == "# one\n\n# two\n"
    assert leading_comment("slug: acd\n") == ""


def test_a_survey_of_questions_is_not_written_without_them():
    with pytest.raises(ValueError, match="closing"):
        yaml_of(load_survey(DEFINITIONS / "closing.yaml"))
