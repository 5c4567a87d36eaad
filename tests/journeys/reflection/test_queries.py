"""The number of queries to load the page of an outcome and to save an answer."""

from tests.support.answered_reflection import FIRST
from tests.support.queries import recorded_queries
from tests.support.visitor import Visitor

MOST = 8


def test_a_question_with_an_earlier_answer_is_shown_and_saved_by_at_most_eight_queries(demo_app, tmp_path):
    lead = Visitor(demo_app, tmp_path)
    lead.open("/demonstration")
    lead.press(persona="lead.north-powys@example.wales")
    lead.open(FIRST)  # so that the wording is parsed already
    with recorded_queries(demo_app) as shown:
        page = lead.open(FIRST)
    assert "2024" in page.text
    typed = page.fields() | {"level": "mature", "evidence": "What we saw"}
    with recorded_queries(demo_app) as saved:
        answer = lead.browser.post(f"/en{FIRST}", data=typed)
    assert answer.status_code == 302
    with recorded_queries(demo_app) as autosaved:
        answer = lead.browser.post(
            f"/en{FIRST}/autosave",
            data=typed | {"evidence": "More", "base_version": str(int(typed["base_version"][0]) + 1)},
            headers={"Accept": "application/json"},
        )
    assert answer.json["state"] == "saved"
    asked = {"shown": shown, "saved": saved, "autosaved": autosaved}
    assert {name: len(each) for name, each in asked.items() if len(each) > MOST} == {}, asked
    assert len(shown) > 3
