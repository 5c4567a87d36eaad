"""An outcome is compared over the years only if its wording is the same."""

from dataclasses import replace

from surveys.changes import EditionChange, ItemChange, WordingStatus
from surveys.loader import current_questionnaire
from surveys.schema import BilingualText, Questionnaire

from app.domain.survey.edition_changes import changes_between, wording_status

QUESTIONNAIRE = current_questionnaire()
OUTCOME, QUESTION = QUESTIONNAIRE.items["PCMW-01"], QUESTIONNAIRE.items["FACTORS-1"]


def test_the_same_words_are_the_same_and_examples_do_not_count():
    assert wording_status(OUTCOME, OUTCOME) is WordingStatus.SAME
    assert wording_status(replace(OUTCOME, prompts=(), evidence=()), OUTCOME) is WordingStatus.SAME


def test_one_changed_descriptor_in_one_language_is_another_wording():
    changed = {**OUTCOME.descriptors, "mature": BilingualText(OUTCOME.descriptors["mature"].en, "Geiriad arall")}
    assert wording_status(replace(OUTCOME, descriptors=changed), OUTCOME) is WordingStatus.REWORDED
    assert wording_status(replace(QUESTION, options=QUESTION.options[:-1]), QUESTION) is WordingStatus.REWORDED


def test_what_was_not_asked_before_is_new():
    assert wording_status(None, OUTCOME) is WordingStatus.NEW
    assert wording_status(QUESTION, OUTCOME) is WordingStatus.NEW


def edition(questionnaire: Questionnaire, name: str, **changed) -> Questionnaire:
    """Return the questionnaire with its first survey of outcomes in another edition."""
    return Questionnaire(
        tuple(replace(survey, edition=name, **changed) if survey.slug == "pcmw" else survey for survey in questionnaire)
    )


def declared(earlier: str, later: str, **items: ItemChange) -> EditionChange:
    return EditionChange("pcmw", earlier, later, {code.replace("_", "-"): change for code, change in items.items()})


SAME, REWORDED = WordingStatus.SAME, WordingStatus.REWORDED
REWRITTEN = edition(
    QUESTIONNAIRE,
    "2027",
    outcomes=tuple(
        replace(each, statement=BilingualText(f"{each.statement.en}!", each.statement.cy))
        for each in QUESTIONNAIRE.survey_of("PCMW-01").outcomes
    ),
)


def test_without_a_declaration_the_words_decide():
    found = changes_between(QUESTIONNAIRE, REWRITTEN, ())
    assert found["PCMW-01"] == ItemChange(REWORDED, ("PCMW-01",))
    assert found["ACD-1"] == ItemChange(SAME, ("ACD-1",))
    assert not found["PCMW-01"].is_comparable


def test_what_the_code_needs_a_question_for_is_no_part_of_its_wording():
    assert QUESTION.role
    assert wording_status(QUESTION, replace(QUESTION, role=None)) is SAME


def test_what_editors_declare_goes_before_the_words_and_may_name_another_code():
    said = declared(
        "2026.1", "2027", PCMW_01=ItemChange(SAME, ("PCMW-02",)), PCMW_03=ItemChange(WordingStatus.SPLIT, ("PCMW-12",))
    )
    found = changes_between(QUESTIONNAIRE, REWRITTEN, [said])
    assert (found["PCMW-01"].is_comparable, found["PCMW-01"].came_from) == (True, ("PCMW-02",))
    assert (found["PCMW-03"].is_comparable, found["PCMW-03"].came_from) == (False, ("PCMW-12",))
    assert found["PCMW-02"].wording is REWORDED


def test_two_declarations_one_after_the_other_are_joined_and_the_unknown_is_never_taken_for_the_same():
    first = declared(
        "2026.1", "2026.2", PCMW_01=ItemChange(SAME, ("PCMW-01",)), PCMW_02=ItemChange(REWORDED, ("PCMW-02",))
    )
    then = declared("2026.2", "2027", **{f"PCMW_0{n}": ItemChange(SAME, (f"PCMW-0{n}",)) for n in (1, 2, 3)})
    found = changes_between(QUESTIONNAIRE, REWRITTEN, [first, then])
    assert [found[f"PCMW-0{n}"].wording for n in (1, 2, 3)] == [SAME, REWORDED, REWORDED]


def test_declarations_in_a_circle_end():
    there, back = declared("2026.2", "2027", PCMW_01=ItemChange(SAME, ("PCMW-01",))), declared("2027", "2026.2")
    assert changes_between(QUESTIONNAIRE, REWRITTEN, [there, back])["PCMW-01"].wording is REWORDED


def test_a_code_that_was_not_asked_before_makes_a_new_item():
    said = declared("2026.1", "2027", PCMW_01=ItemChange(SAME, ("PCMW-99",)))
    assert changes_between(QUESTIONNAIRE, REWRITTEN, [said])["PCMW-01"].wording is WordingStatus.NEW
