"""A peer review over HTTP, without JavaScript: meet, write, return, reply, compare; each side sees only its part."""

import re

import pytest

from app.db import session, transaction
from app.domain.saving.decision import PendingSave
from app.models import ReviewAssignment
from app.services.reflection.queries import find_reflection
from app.services.workshop.commands import save_private_rating
from tests.support import reviewed_round as reviewed
from tests.support.application import NOW
from tests.support.journey_people import DEPUTY, LEAD, MEMBER, NOBODY, OFFICER, OTHER_OFFICER, STAFF
from tests.support.reviewed_round import ADVISER, BYSTANDER, HOST, REVIEWER, SECOND, THIRD, YEAR, marker

HOME = "/reviews/2026/north-powys"
FIRST = f"{HOME}/outcomes/PCMW-01"
ALLOTTED = list(reviewed.LEVELS)
WORDS = {"heard": "Clywsom am y tŷ 🙂 <b>", "good_practice": "Rota ar y cyd", "suggestion": "Mwy o amser"}
MEET = {"day": ["3", "6", "2026"], "time": "14.00", "place": "Y Drenewydd"}

REVIEWERS, HOSTS = (REVIEWER, SECOND, ADVISER), (LEAD, DEPUTY, HOST)
OTHERS = (NOBODY, BYSTANDER, THIRD, OFFICER, OTHER_OFFICER, STAFF, MEMBER)
READERS = (*REVIEWERS, *HOSTS, OFFICER, STAFF, MEMBER)
"""The people who may read a returned review."""

FOR_READERS = {marker("north-powys", code, box) for code in ALLOTTED for box in ("evidence", "next_step")}
ADDRESSES = (
    *("", "meeting", "comparison", "return", "reply", "outcomes/PCMW-02", "replies/PCMW-02"),
    *(f"{part}/{item}" for part in ("outcomes", "replies") for item in ALLOTTED),
)


@pytest.fixture
def ring(peopled):
    """Set up three clusters that have submitted and review each other."""
    with peopled.app_context():
        reviewed.invite()
        reviewed.submit_all()
        reviewed.publish()
    return peopled


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_review_is_read_written_returned_replied_to_and_compared(ring, visitor, language):
    reviewer, lead = visitor(REVIEWER, language), visitor(LEAD, language)
    reviewer.open(reviewer.open("/").html.select_one(f'a[href$="{HOME}/"]')["href"])
    reviewer.open(reviewer.page.html.select_one(f'a[href$="{FIRST}"]')["href"])
    for item in ALLOTTED:
        assert reviewer.page.path.endswith(item)
        assert marker("north-powys", item, "evidence") in reviewer.page.text
        reviewer.press(level="mature", **WORDS)
    assert reviewer.page.path.endswith("/return")
    assert WORDS["heard"] in reviewer.page.text
    assert reviewer.press().path.endswith(f"{HOME}/")
    lead.open(lead.open(f"{HOME}/").html.select_one(f'a[href$="{HOME}/replies/PCMW-01"]')["href"])
    for item, share in zip(ALLOTTED, ("yes", "no", "yes"), strict=True):
        assert lead.page.path.endswith(item)
        assert WORDS["good_practice"] in lead.page.text
        lead.press(reply=f"Diolch am {item}", share=share)
    assert lead.page.path.endswith("/reply")
    assert "Diolch am" not in reviewer.open(f"{HOME}/comparison").text
    lead.press()
    for person in (reviewer, lead):
        page = person.open(f"{HOME}/comparison")
        for word in (marker("north-powys", "ACD-2", "next_step"), WORDS["suggestion"], "Diolch am ACD-2"):
            assert word in page.text
        directions = [each["class"][1].partition("--")[2] for each in page.html.select(".direction")]
        assert directions == ["higher", "higher", "none"]
    reviewer.open(FIRST)
    assert reviewer.page.path.endswith(f"{HOME}/")


def test_what_is_missing_is_named_and_the_review_not_returned(ring, visitor):
    reviewer = visitor(REVIEWER)
    reviewer.open(FIRST)
    page = reviewer.press(suggestion="Talk more.")
    assert page.errors == ["Choose a level, or “Not able to say”.", "Write what you heard."]
    assert page.fields()["suggestion"] == ["Talk more."]
    reviewer.press(save_and_leave="1")
    page = reviewer.open(f"{HOME}/return")
    assert "On 3 outcomes" in page.text
    assert "Talk more." in page.text
    assert not page.html.select("#typed button.nhsuk-button")
    assert "On 3 outcomes" in reviewer.press(_expect=409).text


def test_somebody_who_typed_over_the_same_version_sees_both_texts_in_both_languages(ring, visitor):
    one, two = visitor(REVIEWER), visitor(SECOND)
    one.open(FIRST)
    two.open(FIRST)
    one.press(level="mature", heard="What one heard")
    page = two.press(level="unable", heard="What two heard", _expect=409)
    for _turn in range(2):
        assert "What one heard" in page.text
        assert "Rhys Reviewer" in page.text
        assert page.fields()["heard"] == ["What two heard"]
        page = two.press(_to=page.html.select_one("[formaction]")["formaction"], switch_language="cy")
    assert two.press(save_and_leave="1").path.endswith(f"{HOME}/")
    assert one.open(FIRST).fields()["heard"] == ["What two heard"]


@pytest.mark.parametrize(
    ("person", "address", "typed"),
    [
        (REVIEWER, FIRST, {"heard": "Heard before the session ended"}),
        (REVIEWER, f"{HOME}/meeting", {"place": "The place of before"}),
        (LEAD, f"{HOME}/replies/PCMW-01", {"reply": "Replied before the session ended"}),
    ],
)
def test_what_was_typed_when_the_session_ended_comes_back(ring, visitor, person, address, typed):
    if "replies" in address:
        with ring.app_context():
            reviewed.return_review(reviewed.person(REVIEWER))
    somebody = visitor(person)
    somebody.open(address)
    somebody.browser.delete_cookie("session")
    somebody.press(**typed, _expect=401)
    page = somebody.sign_in(person)
    for name, words in typed.items():
        assert page.fields()[name] == [words]


def test_the_script_of_a_page_is_told_what_became_of_a_save(ring, visitor):
    reviewer, second = visitor(REVIEWER), visitor(SECOND)

    def save(somebody, address=FIRST, **more):
        sent = {
            "csrf_token": somebody.open(FIRST).fields()["csrf_token"],
            "base_version": "0",
            "heard": "Some words",
        } | more
        answer = somebody.browser.post(f"/en{address}/autosave", data=sent, headers={"Accept": "application/json"})
        return answer.status_code, (answer.json or {}).get("state") if answer.is_json else None

    assert save(reviewer) == (200, "saved")
    assert save(second, heard="Others") == (409, "conflict")
    assert save(reviewer, f"{HOME}/outcomes/PCMW-02") == (404, None)
    assert save(reviewer, base_version="1", heard="") == (200, "saved")


def test_words_that_come_after_the_return_are_shown_to_be_copied(ring, visitor):
    one, two = visitor(REVIEWER), visitor(SECOND)
    two.open(FIRST)
    with ring.app_context():
        reviewed.return_review(reviewed.person(REVIEWER))
    late = two.page.fields() | {"heard": "Words that came late"}
    assert two.browser.post(f"/en{FIRST}/autosave", data=late).json["state"] == "closed"
    page = two.press(heard="Words that came late", _expect=409)
    assert page.heading == "This could not be saved"
    assert "Words that came late" in page.text
    assert one.open(f"{HOME}/return").path.endswith(f"{HOME}/")


def test_a_review_of_what_was_submitted_again_is_looked_at_once_more_before_it_is_returned(ring, visitor):
    reviewer = visitor(REVIEWER)
    with ring.app_context():
        reviewed.find_everything(reviewed.person(REVIEWER))
    reviewer.open(f"{HOME}/return")
    with ring.app_context():
        reviewed.reopen("north-powys", reviewed.person(STAFF))
        reviewed.submit("north-powys", "again", versions_over=1)
    assert "submitted its reflection again" in reviewer.press(_expect=409).text
    assert "The review was returned on" in reviewer.press().text


def test_an_impossible_day_or_time_is_refused_and_stays_as_typed(ring, visitor):
    reviewer = visitor(REVIEWER, "cy")
    reviewer.open(f"{HOME}/meeting")
    for typed in ("31 2 2026", "3 June 2026", "3 6 26", "3 6 02026", "0 6 2026", "٣ 6 2026", "3 -6 2026"):
        page = reviewer.press(day=typed.split(), time="25:00", place="Y Drenewydd")
        assert len(page.errors) == 2
        assert (page.fields()["day"], page.fields()["time"]) == (typed.split(), ["25:00"])
        assert page.fields()["place"] == ["Y Drenewydd"]
    assert len(reviewer.press(day=["3"], time="").errors) == 1


def test_the_meeting_is_arranged_told_in_the_language_of_its_reader_and_changed_by_the_other_side(ring, visitor):
    reviewer, lead = visitor(REVIEWER), visitor(LEAD)
    reviewer.open(f"{HOME}/meeting")
    assert reviewer.press(day=["", "", ""]).errors == ["Enter a date."]
    assert "3 June 2026, 14:00, Y Drenewydd" in reviewer.press(**MEET).text
    bodies = [each.read_text() for each in sorted(reviewer.letters.glob("*.eml"))]
    told = {address: [body for body in bodies if f"To: {address}" in body][-1] for address in (LEAD, HOST)}
    assert "3 June 2026, 14:00" in told[LEAD]
    assert "3 Mehefin 2026, 14:00" in told[HOST]
    lead.open(f"{HOME}/meeting")
    lead.press(day=["1", "1", "2026"])
    assert "1 January 2026" in visitor(ADVISER).open(f"{HOME}/").text
    reviewer.open(f"{HOME}/meeting")
    lead.open(f"{HOME}/meeting")
    lead.press(place="Llandrindod")
    page = reviewer.press(place="Aberhonddu", _expect=409)
    assert "Llandrindod" in page.text
    assert page.fields()["place"] == ["Aberhonddu"]


def test_nobody_sees_more_of_a_review_than_is_for_them(ring, visitor):
    with ring.app_context():
        reviewed.find_everything(reviewed.person(REVIEWER))
        reviewed.reopen("north-powys", reviewed.person(STAFF))
        reviewed.draft("north-powys", "draft")
        view = PendingSave(
            "PCMW-01", {"level": "mature", "note": marker("north-powys", "PCMW-01", "note", "view")}, 0, "en"
        )
        save_private_rating(find_reflection(YEAR, "north-powys"), view, reviewed.person(MEMBER), NOW)
    browsers = {person: visitor(person).browser for person in (*REVIEWERS, *HOSTS, *OTHERS)}

    def require(readers) -> None:
        for person, browser in browsers.items():
            seen = "\n".join(browser.get(f"/en{HOME}/{address}").text for address in ADDRESSES)
            seen += browser.get("/en/").text
            words = set(re.findall(r"[a-z]+-[a-z-]+-[A-Z]+-\d+-\w+-word", seen))
            assert words == (FOR_READERS if person in readers else set()), person
            assert ("Heard on" in seen) is (person in readers), person
            assert "4321" not in seen, person  # the attendance of the discussion

    require(REVIEWERS)
    with ring.app_context():
        reviewed.hand_back(reviewed.person(REVIEWER))
    require(READERS)


def test_an_outcome_that_is_not_allotted_is_answered_like_one_that_does_not_exist(ring, visitor):
    reviewer = visitor(REVIEWER)

    def answer(code: str) -> str:
        page = reviewer.browser.get(f"/en{HOME}/outcomes/{code}")
        text = re.sub(r'value="[^"]*"|nonce="[^"]*"', "", page.text).replace(code, "")
        return f"{page.status_code}\n{text}"

    assert answer("PCMW-02") == answer("PCMW-99") == answer("ABOUT-1")
    for cluster in ("wrexham", "atlantis", "%00"):
        reviewer.open(f"/reviews/2026/{cluster}/", expect=404)
    reviewer.open("/reviews/1999/north-powys/", expect=404)


def test_nobody_else_writes_or_returns_or_replies(ring, visitor):
    browsers = {person: visitor(person).browser for person in (*REVIEWERS, *HOSTS, *OTHERS)}

    def require_refused(people, *pages: str) -> None:
        for person in people:
            for page in pages:
                answer = browsers[person].post(f"/en{HOME}/{page}", data={"level": "mature", "share": "yes"})
                assert answer.status_code == 403 or answer.location == "/en/sign-in", f"{person}: {page}"

    require_refused((*HOSTS, *OTHERS), "outcomes/PCMW-01", "outcomes/PCMW-01/autosave", "return")
    with ring.app_context():
        reviewed.return_review(reviewed.person(REVIEWER))
    require_refused((*REVIEWERS, *OTHERS), "replies/PCMW-01", "replies/PCMW-01/autosave", "reply")
    require_refused(OTHERS, "meeting")


def test_a_damaged_allocation_keeps_nobody_from_their_reflection(ring, visitor):
    with ring.app_context(), transaction():
        session.query(ReviewAssignment).first().outcomes = ["PCMW-01"]
    lead = visitor(LEAD)
    assert "Peer review" not in lead.open("/").text
    lead.open("/reflections/2026/north-powys/")
    lead.open(f"{HOME}/", expect=500)
