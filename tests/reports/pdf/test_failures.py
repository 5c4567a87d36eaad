"""The reason why a PDF was not made is shown in either language, complete."""

import pytest

from reports.pdf.failures import SENTENCES, in_words


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("code", SENTENCES)
def test_each_failure_has_its_sentence(code, language):
    said = in_words(f"{code}: 42 of it", language)
    assert said == SENTENCES[code][language].format("42 of it")
    assert code == "stopped" or "42 of it" in said


def test_of_many_each_keeps_the_name_of_its_file_and_what_is_unknown_stays():
    told = "national-en.pdf: disk: No space left\nboard-7A1-cy.pdf: ValueError: odd\nKeyError: 'x'"
    said = "national-en.pdf: There is no room for it on the disk (No space left).\n"
    assert in_words(told, "en") == said + "board-7A1-cy.pdf: ValueError: odd\nKeyError: 'x'"
