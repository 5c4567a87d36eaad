"""Private ratings and workshops over HTTP: who sees what, and that nobody sees who gave which rating."""

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from reports.page import manuscript

from app.domain.people.roles import Role
from app.services.people.commands import Invitation, invite_person
from app.services.reflection.queries import find_reflection
from app.services.workshop.commands import announce_small_group
from app.services.workshop.pack import build_workshop_pack
from tests.support.answered_reflection import HOME
from tests.support.application import NOW
from tests.support.journey_people import DEPUTY, LEAD, MEMBER, NOBODY, OFFICER, STAFF, STRANGER
from tests.support.workbooks import edited, writing

QUESTION = f"{HOME}/questions/PCMW-01"
VIEW = f"{HOME}/views/PCMW-01"
NOTE = "The words of one person"
FOURTH = "fourth@example.wales"


def open_discussion(lead, present: str = "5"):
    lead.open(f"{HOME}/workshop/")
    return lead.press(order="usual", present=present, groups=["dentistry", "optometry"])


def do(visitor, what: str, expect: int = 200, **more: str):
    return visitor.press(_to=f"/{visitor.language}{HOME}/workshop/screen", _expect=expect, do=what, **more)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_member_gives_views_one_after_the_other_and_comes_back_to_them(visitor, language):
    member = visitor(MEMBER, language)
    member.open(VIEW)
    page = member.press(level="developing", note=NOTE)
    assert page.path.endswith("/views/PCMW-02")
    page = member.press(save_and_leave="1")
    assert page.path.endswith("/views/")
    fields = member.open(VIEW).fields()
    assert (fields["level"], fields["note"]) == (["developing"], [NOTE])


def test_a_view_without_a_level_is_asked_for_and_the_note_kept(visitor):
    member = visitor(MEMBER)
    member.open(VIEW)
    page = member.press(note=NOTE)
    assert page.errors == ["Choose a level, or “Not able to say”."]
    assert page.fields()["note"] == [NOTE]


def test_what_the_session_lost_of_a_view_comes_back(visitor):
    member = visitor(MEMBER)
    member.open(VIEW)
    member.browser.delete_cookie("session")
    member.press(level="mature", note=NOTE, _expect=401)
    assert member.sign_in(MEMBER).fields()["note"] == [NOTE]


def test_the_discussion_is_opened_led_and_recorded(visitor):
    lead, deputy, member = visitor(LEAD), visitor(DEPUTY), visitor(MEMBER)
    page = open_discussion(lead)
    assert page.heading == "Local needs and assets"
    page = do(lead, "ask")
    assert page.html.select_one(".screen__code")["src"].startswith("data:image/svg+xml")
    code = lead.page.html.select_one(".screen__address").get_text().split("/w/")[1]
    page = member._see(member.browser.get(f"/w/{code}", follow_redirects=True), 200)
    assert page.heading == "Local needs and assets"
    assert "Your choice has been recorded: Mature" in member.press(level="mature").text
    for person in (lead, deputy):
        person.open(f"{HOME}/vote")
        person.press(level="developing")
    asked = lead.open(f"{HOME}/workshop/screen").html.select_one("[name=round]")["value"]
    page = do(lead, "count", 409, round=asked)
    assert "Still hidden: 3 given so far" in page.text
    lead.open(page.link("Record what is agreed"))
    assert lead.page.fields()["present"] == ["5 dentistry optometry"]
    page = lead.press(level="developing", why="Two of three.")
    assert page.path.endswith("/workshop/screen")
    assert "Agreed with 5 people present: Optometry, Dentistry." in page.text
    assert "Agreed: Developing" in member.open(f"{HOME}/vote").text


@pytest.mark.parametrize(
    ("language", "agreed", "changed"),
    [
        (
            "en",
            "Agreed with 5 people present: Optometry, Dentistry.",
            "Agreed on 10 May 2026 with 5 people present: Optometry, Dentistry. Changed on 12 May 2026.",
        ),
        (
            "cy",
            "Cytunwyd mewn trafodaeth gan 5 o bobl: Optometreg, Deintyddiaeth.",
            "Cytunwyd mewn trafodaeth ar 10 Mai 2026 gan 5 o bobl: Optometreg, Deintyddiaeth. Newidiwyd ar 12 Mai",
        ),
    ],
)
def test_wherever_an_agreement_is_told_a_later_change_is_told_with_both_days(
    visitor, peopled, language, agreed, changed
):
    lead = visitor(LEAD, language)
    open_discussion(lead)
    lead.open(f"{QUESTION}?workshop=1")
    assert not lead.page.html.select(".agreed")
    lead.press(level="foundation", why="All saw it so.")
    do(lead, "close")
    asked = lead.open(QUESTION)
    assert agreed in asked.html.select_one(".agreed").get_text()
    pages = (f"{HOME}/answers", f"{HOME}/check", f"{QUESTION}/versions")
    assert all(agreed in lead.open(page).text for page in pages)
    peopled.config["CLOCK"] = lambda: NOW + timedelta(days=2)
    lead.page = asked
    lead.press(level="mature")
    for page in (*pages, QUESTION):
        shown = lead.open(page).text
        assert changed in shown, page
        assert (agreed in shown) is (page == f"{QUESTION}/versions"), page
    old = visitor(DEPUTY, language)
    old.page = asked
    assert changed in old.press(level="developing", _expect=409).text


def test_a_workbook_that_changes_what_was_agreed_says_so_before_it_is_saved(visitor):
    lead = visitor(LEAD)
    open_discussion(lead)
    lead.open(f"{QUESTION}?workshop=1")
    lead.press(level="foundation")
    file = lead.browser.get(f"/en{HOME}/workbook.xlsx").data
    lead.open(f"{HOME}/workbook")
    changed = edited(file, writing("PCMW-01", "level", "Mature"))
    page = lead.press(file=(BytesIO(changed), "back.xlsx"))
    assert page.text.count("Agreed with 5 people present") == 2
    assert "If you change what was agreed" in page.html.select_one(".agreed").get_text()
    assert "Agreed" not in page.html.select(".shown-text")[1].get_text()


def end_deleting_votes(lead, votes: int):
    """Close the workshop: the page states how many votes that deletes and asks for confirmation."""
    lead.open(f"{HOME}/workshop/screen")
    page = do(lead, "close", 409)
    counted = "One person has voted" if votes == 1 else f"{votes} people have voted"
    assert counted in page.html.select_one("#loses").get_text()
    return give_up(lead)


def give_up(lead):
    """Click the button that deletes votes."""
    form = lead.page.html.select_one("form:has(#give-up)")
    sent = {each["name"]: each["value"] for each in form.select("input")}
    return lead._see(lead.browser.post(lead.page.path, data=sent, follow_redirects=True), 200)


def test_a_vote_of_too_few_is_cancelled_and_a_later_vote_makes_it_a_new_question(visitor):
    lead, member, deputy = visitor(LEAD), visitor(MEMBER), visitor(DEPUTY)
    open_discussion(lead)
    do(lead, "ask")
    for person in (member, deputy):
        person.open(f"{HOME}/vote")
    member.press(level="mature")
    asked = lead.open(f"{HOME}/workshop/screen").html.select_one("[name=round]")["value"]
    do(lead, "cancel", 409, round=asked)
    deputy.press(level="mature")
    form = lead.page.html.select_one("form:has(#give-up)")
    stale = {each["name"]: each["value"] for each in form.select("input")}
    page = lead._see(lead.browser.post(lead.page.path, data=stale), 409)
    assert "2 people have voted on “Local needs and assets”" in page.html.select_one("#loses").get_text()
    assert not give_up(lead).html.select("#do-count, #loses")
    assert "The group is talking" in member.open(f"{HOME}/vote").text


def test_another_vote_is_started_only_after_the_lead_was_told_whose_votes_it_deletes(visitor):
    lead, member = visitor(LEAD, "cy"), visitor(MEMBER)
    open_discussion(lead)
    do(lead, "ask")
    member.open(f"{HOME}/vote")
    member.press(level="mature")
    do(lead, "show", item="PCMW-02")
    page = do(lead, "ask", 409, item="PCMW-02")
    assert "Mae un person wedi pleidleisio ar “" in page.html.select_one("#loses").get_text()
    assert give_up(lead).html.select("#do-count")


def test_a_tab_that_shows_another_outcome_than_the_screen_reveals_nothing_there(visitor, peopled):
    lead = visitor(LEAD)
    stale = open_discussion(lead)
    do(lead, "show", item="PCMW-02")
    form = stale.html.select_one("form:has(#do-ask)")
    sent = {each["name"]: each["value"] for each in form.select("input")}
    page = lead._see(lead.browser.post(stale.path, data=sent, follow_redirects=True), 200)
    assert not page.html.select("#do-count")


def test_a_vote_after_the_end_is_told_so_and_counts_for_nothing(visitor, peopled):
    lead, member = visitor(LEAD), visitor(MEMBER)
    open_discussion(lead)
    do(lead, "ask")
    member.open(f"{HOME}/vote")
    late = member.page
    member.press(level="mature")
    end_deleting_votes(lead, 1)
    member.page = late
    page = member.press(level="foundation", _expect=409)
    assert page.heading == "The discussion is not open"


@pytest.mark.parametrize("person", [STRANGER, OFFICER, STAFF, NOBODY])
def test_nobody_else_votes_gives_views_or_leads(visitor, person):
    lead = visitor(LEAD)
    open_discussion(lead)
    do(lead, "ask")
    other = visitor(person).browser
    for address in ("vote", "views/PCMW-01", "views/PCMW-01/autosave", "workshop/screen", "workshop/", "workshop/tell"):
        answer = other.post(f"/en{HOME}/{address}", data={"level": "mature", "round": "1", "do": "close"})
        assert answer.status_code == 403 or answer.location == "/en/sign-in", address
    assert lead.open(f"{HOME}/vote").html.select(".vote")


@pytest.mark.parametrize("what", ["", "dance", "show", "count"])
def test_a_button_that_is_not_there_does_nothing(visitor, what):
    lead = visitor(LEAD)
    open_discussion(lead)
    expect = 404 if what == "show" else 200
    answer = lead.browser.post(
        f"/en{HOME}/workshop/screen",
        data={"csrf_token": lead.page.fields()["csrf_token"], "do": what, "item": "PCMW-99", "round": "x"},
        follow_redirects=True,
    )
    assert answer.status_code == expect


def test_a_fault_behind_a_button_is_not_taken_for_a_button_that_is_not_there(visitor, monkeypatch):
    lead = visitor(LEAD)
    open_discussion(lead)
    monkeypatch.setattr("app.views.workshop.session.open_vote", lambda _reflection, _now: {}["a fault of our own"])
    do(lead, "ask", expect=500)


def test_the_discussion_cannot_begin_without_saying_how_many_take_part(visitor):
    lead = visitor(LEAD)
    lead.open(f"{HOME}/workshop/")
    assert lead.press(present="0").errors == ["Choose an order.", "Enter a whole number from 1 to 500."]


ADDRESSES = (
    *("", "answers", "check", "views/", "views/PCMW-01", "views/PCMW-02", "workshop/", "workshop/tell"),
    *("workshop/screen", "workshop/state", "vote", "vote/state", "questions/PCMW-01", "questions/PCMW-01/versions"),
    *("submit", "submitted", "submissions/1", "workbook", "workbook.xlsx"),
)
ELSEWHERE = (
    "/en/",
    "/en/cycles/2026/",
    "/en/reports/2026/draft/national/wales",
    "/en/clusters/north-powys/people/",
    "/en/me",
)


def contents(workbook: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook without its time of creation."""
    with ZipFile(BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}


def everything_seen_by(visitor, person) -> str:
    """Return all that a person gets from every URL, without what changes with each visit."""
    browser = visitor(person).browser
    seen = []
    for address in (*(f"/en{HOME}/{part}" for part in ADDRESSES), *ELSEWHERE):
        answer = browser.get(address)
        shown = repr(contents(answer.data)) if "spreadsheet" in answer.content_type else answer.text
        text = re.sub(r'<input[^>]*name="(csrf_token|author_token)"[^>]*>', "", shown)
        headers = sorted(
            f"{name}: {value}" for name, value in answer.headers if name not in ("Set-Cookie", "Last-Modified", "Date")
        )
        seen.append(f"{address}\n{answer.status_code}\n{headers}\n{re.sub(r'nonce-[^ ;]*|nonce=.[^>]*', '', text)}")
    return re.sub(r"'nonce-[^']*'|Content-Length: \d+", "", "\n".join(seen))


@pytest.mark.parametrize("person", [NOBODY, LEAD, DEPUTY, FOURTH, STRANGER, OFFICER, STAFF])
def test_what_one_member_said_changes_nothing_that_anybody_else_can_see(visitor, peopled, caplog, person):
    with peopled.app_context():
        invite_person(Invitation(FOURTH, "Ffion Fourth", Role.MEMBER, "north-powys"), address=None)
    member = visitor(MEMBER)
    member.open(VIEW)
    member.press(level="mature", note=NOTE, save_and_leave="1")
    open_discussion(visitor(LEAD))
    before = everything_seen_by(visitor, person)
    member.open(VIEW)
    member.press(level="foundation", note="Quite other words", save_and_leave="1")
    assert everything_seen_by(visitor, person) == before
    for words in (NOTE, "Quite other words"):
        assert words not in before
        assert words not in caplog.text


def test_no_view_is_in_the_pack_that_is_printed(visitor, peopled):
    def printed() -> str:
        with peopled.app_context():
            return manuscript(build_workshop_pack(find_reflection(2026, "north-powys")), "en").html

    before, member = printed(), visitor(MEMBER)
    member.open(VIEW)
    member.press(level="mature", note=NOTE, save_and_leave="1")
    assert printed() == before


def test_three_views_stay_hidden_even_when_the_lead_asks_and_four_show_no_name_and_no_order(visitor, peopled):
    with peopled.app_context():
        invite_person(Invitation(FOURTH, "Ffion Fourth", Role.MEMBER, "north-powys"), address=None)
    said = ((LEAD, "mature", "Zeta"), (DEPUTY, "foundation", "Alpha"), (MEMBER, "mature", "Mu"))
    for person, level, note in said:
        giver = visitor(person)
        giver.open(VIEW)
        giver.press(level=level, note=note, save_and_leave="1")
    lead = visitor(LEAD)
    open_discussion(lead)
    page = do(lead, "reveal", 409)
    assert "Still hidden: 3 given so far" in page.text
    assert not page.html.select(".spread")
    fourth = visitor(FOURTH)
    fourth.open(VIEW)
    fourth.press(level="unable", save_and_leave="1")
    lead.open(f"{HOME}/workshop/screen")
    page = do(lead, "reveal")
    shown = page.html.select_one(".spread").get_text(" ", strip=True)
    assert re.findall(r"Foundation 1 1 Developing 0 0 Mature 2 2", shown)
    assert "One person was not able to say." in shown
    assert shown.index("Alpha") < shown.index("Mu") < shown.index("Zeta")
    for name in ("Llinos", "Dewi", "Megan", "Ffion"):
        assert name not in shown
    assert visitor(MEMBER).open(f"{HOME}/vote").html.select_one(".spread")
    page = fourth.open(VIEW)
    assert "Views can no longer be given or changed." in page.text


def test_a_view_that_arrives_after_the_reveal_is_shown_to_its_writer_and_not_counted(visitor, peopled):
    with peopled.app_context():
        reflection = find_reflection(2026, "north-powys")
        announce_small_group(reflection, NOW, address="http://localhost")
    lead, member = visitor(LEAD), visitor(MEMBER)
    lead.open(VIEW)
    lead.press(level="mature", save_and_leave="1")
    member.open(VIEW)
    open_discussion(lead)
    do(lead, "reveal")
    page = member.press(level="foundation", note=NOTE, _expect=409)
    assert NOTE in page.text
    assert "Foundation" in page.text


def test_telling_the_members_is_asked_once_more_and_told_on_their_page(visitor):
    lead = visitor(LEAD)
    page = lead.open(lead.open(f"{HOME}/workshop/").link("Show the spread of fewer views"))
    assert "this cannot be taken back" in page.text
    lead.press()
    assert "you told the members" in lead.page.text
    assert "decided to show how the views are spread" in visitor(MEMBER).open(f"{HOME}/views/").text
