"""Pages that were open, and forms that were stashed, during the upgrade from the previous release."""

from app.db import session as database
from app.db import transaction
from app.forms.earlier_names import PRESENT_NAMES
from app.models import StashedForm
from tests.support.answered_reflection import FIRST
from tests.support.journey_people import DEPUTY, LEAD

EARLIER_NAMES = {present: earlier for earlier, present in PRESENT_NAMES.items()}


def as_before(fields):
    """Return the fields of a form by their names in the previous release."""
    return {EARLIER_NAMES.get(name, name): value for name, value in fields.items()}


def send(visitor, path="", *, is_script=False, **typed):
    """Send the form of the open page as the previous release would have sent it."""
    headers = {"Accept": "application/json"} if is_script else {}
    fields = as_before(visitor.page.fields() | typed)
    return visitor.browser.post(f"/en{FIRST}{path}", data=fields, headers=headers)


def test_a_page_of_the_release_before_saves_and_its_script_is_answered_in_its_own_words(visitor):
    lead, deputy = visitor(LEAD), visitor(DEPUTY)
    lead.open(FIRST)
    deputy.open(FIRST)
    saved = send(lead, "/autosave", is_script=True, evidence="Two", client_id="w", sequence_no="2")
    assert saved.json == {"state": "saved", "version": 1, "at": "13:00"}
    late = send(lead, "/autosave", is_script=True, evidence="One", client_id="w", sequence_no="1")
    assert late.json["state"] == "overtaken"
    assert send(deputy, "/autosave", is_script=True, evidence="Other").json["state"] == "clash"
    assert send(lead, "/autosave", is_script=True, csrf_token="expired").json["state"] == "again"
    assert send(deputy, evidence="Other", save_and_leave="1").status_code == 409
    lead.open(FIRST)
    assert send(lead, evidence="By the button", save_and_leave="1").headers["Location"].endswith("/north-powys/")
    assert lead.open(FIRST).fields()["evidence"] == ["By the button"]
    lead.browser.delete_cookie("session")
    assert send(lead, "/autosave", is_script=True, evidence="Late").json["state"] == "signed out"


def test_a_form_that_the_release_before_stashed_is_given_back_saved_over_the_version_it_was_typed_over(
    visitor, peopled
):
    lead, deputy = visitor(LEAD), visitor(DEPUTY)
    lead.open(FIRST)
    lead.browser.delete_cookie("session")
    assert send(lead, evidence="When the session had ended").status_code == 401
    with peopled.app_context(), transaction():
        [stashed] = database.query(StashedForm)
        stashed.fields = [[EARLIER_NAMES.get(name, name), value] for name, value in stashed.fields]
    deputy.open(FIRST)
    deputy.press(evidence="Saved meanwhile", save_and_leave="1")
    lead.sign_in(LEAD)
    assert lead.open(FIRST).fields()["evidence"] == ["When the session had ended"]
    page = lead.press(_expect=409)
    assert "Saved meanwhile" in page.text
    lead.press()
    assert lead.open(FIRST).fields()["evidence"] == ["When the session had ended"]
    with peopled.app_context():
        assert not database.query(StashedForm).all()


def test_the_page_that_somebody_was_sent_to_sign_in_from_is_opened_afterwards(visitor):
    lead = visitor()
    with lead.browser.session_transaction() as stored:
        stored["wanted"] = f"/en{FIRST}"
    lead.sign_in(LEAD)
    assert lead.page.path == f"/en{FIRST}"
