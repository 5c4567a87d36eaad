"""A reflection is written to a workbook and read back unchanged, also after other programs have saved it."""

import subprocess
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from surveys.schema import LEVELS, UNABLE, Kind, Questionnaire

from app.domain.reflection.answer_fields import fields_of, join_answer, split_answer
from app.domain.reflection.rules import LONGEST_TEXT
from app.domain.reflection.workbook_diff import SavedAnswer, diff_workbook
from app.domain.text import normalise_text
from app.i18n import speaking
from app.services.reflection.workbook.reader import read_reflection_workbook
from app.services.reflection.workbook.writer import write_reflection_workbook
from tests.support.workbooks import EVERY_KIND, QUESTIONNAIRE, contents, edited, rows_of, shown, writing

SMALL = Questionnaire(tuple(survey for survey in QUESTIONNAIRE if len(survey.items) < 13))
DIFFICULT = [
    "Tŷ a gŵyl, ẅ ŷ â",
    "🙂 👩‍👩‍👧",
    "\u200fשלום עולם",
    "=1+1",
    "+44 1597",
    "-5%",
    "@cluster",
    "'quoted'",
    "_x0041_ and _x000D_ and x005F_",
    "\ufffe and \uffff",
    "two\nlines\n\nand a gap\twith a tab",
    "<b> & ]]> {{ 7*7 }}",
    "012",
    "1/2",
    "#N/A",
    "TRUE",
    "x" * LONGEST_TEXT,
]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_kind_of_answer_comes_back_as_it_went(app, language):
    with app.app_context(), speaking(language):
        reading = read_reflection_workbook(write_reflection_workbook(shown(EVERY_KIND)), shown(EVERY_KIND))
    assert contents(reading) == EVERY_KIND
    assert (reading.faults, reading.language) == ((), language)
    assert {each.base_version for each in reading.entries} == {0, 3}
    assert len(reading.entries) == len(QUESTIONNAIRE.items)


@pytest.mark.parametrize("text", DIFFICULT, ids=lambda text: ascii(text[:12]))
def test_difficult_text_comes_back_unchanged_also_through_another_program(speaking_english, text):
    answers = {"CLOSING-2": {"text": normalise_text(text)}}
    file = write_reflection_workbook(shown(answers))
    assert contents(read_reflection_workbook(file, shown())) == answers
    if "x005F_" not in text and "_x" not in text and "\uffff" not in text:  # openpyxl changes these texts itself
        assert contents(read_reflection_workbook(edited(file, lambda _book: None), shown())) == answers


def content_of(item):
    words = some.text(max_size=60).map(normalise_text)
    if item.kind is Kind.OUTCOME:
        return some.fixed_dictionaries(
            {"level": some.sampled_from(["", *LEVELS, UNABLE]), "why": words, "evidence": words, "next_step": words}
        )
    if item.kind in (Kind.CHOICE, Kind.CHOICES):
        codes = [option.code for option in item.options if not option.exclusive]
        most = 1 if item.kind is Kind.CHOICE else len(codes)
        details = {option.code: words.filter(bool) for option in item.options if option.detail}
        return some.fixed_dictionaries(
            {
                "chosen": some.sets(some.sampled_from(codes), max_size=most).map(lambda s: sorted(s, key=codes.index)),
                "details": some.fixed_dictionaries({}, optional=details),
            }
        )
    if item.kind is Kind.RANKING:
        return some.just({"ranked": []})
    if item.kind is Kind.NUMBER:
        return some.fixed_dictionaries({"number": some.none() | some.integers(item.minimum, item.maximum)})
    return some.fixed_dictionaries({"text": words})


@given(some.fixed_dictionaries({code: content_of(item) for code, item in SMALL.items.items()}))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_answers_come_back_as_they_went(app, answers):
    with app.app_context(), speaking("cy"):
        reading = read_reflection_workbook(write_reflection_workbook(shown(answers, SMALL)), shown(answers, SMALL))
    assert reading.faults == ()
    assert {each.item: join_answer(SMALL.items[each.item], each.fields) for each in reading.entries} == answers
    saved = {code: SavedAnswer(3, content) for code, content in answers.items()}
    found = diff_workbook(SMALL, reading.entries, saved, answers)
    assert (found.changes, found.conflicts) == ((), ())


def test_an_option_taken_back_after_it_was_ranked_is_not_written_and_changes_nothing(speaking_english):
    now = shown({"FACTORS-1": {"chosen": ["funding"]}, "FACTORS-2": {"ranked": ["engagement", "funding"]}})
    reading = read_reflection_workbook(write_reflection_workbook(now), now)
    assert reading.faults == ()
    assert contents(reading)["FACTORS-2"] == {"ranked": ["funding"]}
    saved = {code: SavedAnswer(3, now.answer(now.item(code))) for code in now.newest}
    found = diff_workbook(QUESTIONNAIRE, reading.entries, saved, now.answers)
    assert (found.changes, found.conflicts) == ((), ())


@pytest.mark.parametrize("written", ["Datblygu", "developing", " Developing ", "DATBLYGU", "Developing"])
def test_a_level_is_read_as_code_or_label_in_either_language(speaking_english, written):
    file = edited(write_reflection_workbook(shown()), writing("PCMW-01", "level", written))
    assert contents(read_reflection_workbook(file, shown()))["PCMW-01"]["level"] == "developing"


@pytest.mark.parametrize("tick", ["Yes", "Ie", "x", 1, True, "✓"])
def test_an_option_is_ticked_in_any_usual_way(speaking_english, tick):
    file = edited(write_reflection_workbook(shown()), writing("ABOUT-1", "chosen:optometry", tick))
    assert contents(read_reflection_workbook(file, shown()))["ABOUT-1"]["chosen"] == ["optometry"]


def test_no_two_answers_to_a_question_look_alike():
    for item in QUESTIONNAIRE.items.values():
        labels = [{option.code, option.label.en, option.label.cy} for option in getattr(item, "options", ())]
        flat = [each.casefold() for names in labels for each in {name.casefold() for name in names}]
        assert len(flat) == len(set(flat)), item.code


@pytest.mark.parametrize(("value", "text"), [(12, "12"), (12.0, "12"), (0.5, "0.5"), (0, "0")])
def test_a_plain_number_in_a_text_cell_is_its_digits(speaking_english, value, text):
    file = edited(write_reflection_workbook(shown()), writing("CLOSING-2", "text", value))
    assert contents(read_reflection_workbook(file, shown()))["CLOSING-2"] == {"text": text}


def test_text_that_looks_like_a_formula_is_written_as_text(speaking_english):
    answers = {"PCMW-01": {"level": "", "why": "=HYPERLINK(1)", "evidence": "@SUM", "next_step": "-1"}}
    book = openpyxl.load_workbook(BytesIO(write_reflection_workbook(shown(answers))))
    for field in ("why", "evidence", "next_step"):
        sheet, row = rows_of(book)["PCMW-01", field]
        cell = sheet.cell(row, 4)
        assert (cell.data_type, cell.quotePrefix, cell.number_format) == ("s", True, "@")


def test_the_workbook_marks_the_draft_and_invented_data(speaking_english):
    book = openpyxl.load_workbook(BytesIO(write_reflection_workbook(shown())))
    words = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    assert {"Working draft, not the official matrix", "Invented data for demonstration"} <= words


@pytest.mark.libreoffice
@pytest.mark.parametrize("language", ["en", "cy"])
def test_libreoffice_saves_a_workbook_that_says_the_same(app, tmp_path, language):
    texts = [normalise_text(text) for text in DIFFICULT]
    outcomes = [outcome.code for outcome in QUESTIONNAIRE.outcomes]
    words = [{"why": first, "evidence": second} for first, second in zip(texts, reversed(texts), strict=True)]
    answers = EVERY_KIND | {
        code: {"level": "mature", "next_step": "", **each} for code, each in zip(outcomes, words, strict=False)
    }
    file, folder = tmp_path / "reflection.xlsx", tmp_path / "saved"
    with app.app_context(), speaking(language):
        file.write_bytes(write_reflection_workbook(shown(answers)))
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        reading = read_reflection_workbook((folder / "reflection.xlsx").read_bytes(), shown(answers))
    assert reading.faults == ()
    assert contents(reading) == answers


def test_fields_are_the_answer_taken_apart():
    for item in QUESTIONNAIRE.items.values():
        assert split_answer(item, None) == {}
        assert split_answer(item, join_answer(item, {})) == {}
        assert len(set(fields_of(item))) == len(fields_of(item))


def test_what_separates_words_in_a_cell_separates_them_in_the_answer(speaking_english):
    typed = "first_x000B_second_x0085_third\u2028fourth_x000C_self_x001E_care 2026_x0096_2027"
    reading = read_reflection_workbook(
        edited(write_reflection_workbook(shown()), writing("CLOSING-2", "text", typed)), shown()
    )
    assert contents(reading) == {"CLOSING-2": {"text": "first\nsecond\nthird\nfourth\nself-care 2026 2027"}}


def test_a_question_of_one_line_takes_a_cell_of_several_as_one_line(speaking_english):
    survey = QUESTIONNAIRE.survey_of("CLOSING-2")
    questions = tuple(replace(each, kind=Kind.LINE) for each in survey.questions if each.code == "CLOSING-2")
    asked = Questionnaire((replace(survey, questions=questions),))
    file = edited(
        write_reflection_workbook(shown(questionnaire=asked)), writing("CLOSING-2", "text", "one\ntwo_x000B_ three")
    )
    assert contents(read_reflection_workbook(file, shown(questionnaire=asked)), asked) == {
        "CLOSING-2": {"text": "one two three"}
    }
