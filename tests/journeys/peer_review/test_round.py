"""A round of peer review over HTTP: officers nominate, staff propose, change by hand and publish; both languages."""

import json

import pytest

from app.db import transaction
from app.services.cycle.queries import find_cycle
from app.services.peer_review import allocation_search as solving
from app.services.peer_review.allocation_queries import find_proposal
from app.services.peer_review.nomination_queries import list_nominations
from app.services.reflection.queries import find_reflection, reflections_of_cycle
from tests.support.journey_people import OFFICER, STAFF
from tests.support.nominated_round import begin_later, lead_of, nominate, submit
from tests.support.visitor import Visitor

ROUND = "/peer-review/2026"


@pytest.fixture
def seven(peopled):
    """Set up seven boards that have nominated clusters that have submitted."""
    with peopled.app_context():
        nominate(find_cycle(2026))
    return peopled


def firsts(page) -> list[tuple[str, str]]:
    """Return the name and value of the first outcome field of each of the first two reviews."""
    return [(name, value) for name, value in page.fields().items() if name.endswith("_0")][:2]


def propose(staff, expect: int = 200):
    staff.open(f"{ROUND}/")
    return staff.press_in_form("/propose", expect)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_an_officer_nominates_changes_and_withdraws(peopled, visitor, language):
    officer = visitor(OFFICER, language)
    page = officer.open("/nominations/2026/7A7/")
    officer.open(page.link("Gogledd Powys" if language == "cy" else "North Powys"))
    page = officer.press()
    assert len(page.errors) == 1
    contacts = [box["value"] for box in page.html.select("[name=contacts]")]
    page = officer.press(contacts=contacts[:2], wishes=["PCMW-01", "ACD-3"])
    assert "PCMW-01" in page.text
    officer.open("/nominations/2026/7A7/north-powys")
    page = officer.press(wishes=[f"ACD-{number}" for number in range(1, 7)])
    assert len(page.errors) == 1
    assert len(page.html.select("[name=wishes][checked]")) == 6
    page = officer.press(wishes=["ACD-7"])
    assert "PCMW-01" not in page.text
    with peopled.app_context():
        (made,) = list_nominations(2026)
        assert made.wishes == ["ACD-7"]
        assert len(made.contacts) == 2
    officer.open("/nominations/2026/7A7/north-powys/withdraw")
    officer.press()
    with peopled.app_context():
        assert list_nominations(2026) == []


def test_a_board_that_has_nominated_is_told_so_and_nothing_is_saved(seven, visitor):
    officer = visitor(OFFICER)
    with seven.app_context():
        other = next(
            each
            for each in reflections_of_cycle(2026)
            if each.board_code == "7A7" and each.cluster.code != "north-powys"
        )
        submit(other)
        code = other.cluster.code
    page = officer.open(f"/nominations/2026/7A7/{code}")
    page = officer.press(contacts=[page.html.select_one("[name=contacts]")["value"]], _expect=409)
    assert "North Powys" in page.text


def test_a_cluster_of_another_board_cannot_be_nominated(peopled, visitor):
    assert visitor(OFFICER).open("/nominations/2026/7A7/rhondda", expect=404).status == 404


@pytest.mark.parametrize("language", ["en", "cy"])
def test_staff_propose_change_by_hand_and_publish(seven, visitor, language):
    staff = visitor(STAFF, language)
    page = propose(staff)
    assert page.html.select_one("figure.ring svg")
    assert len(page.html.select("td.allotted")) == 7
    staff.open(f"{ROUND}/by-hand")
    (one, first), (other, second) = firsts(staff.page)
    page = staff.press(weigh="1", **{one: second, other: first})
    assert page.html.select_one("#cost li")
    with seven.app_context():
        assert not find_proposal(2026).by_hand
    staff.press(keep="1")
    with seven.app_context():
        assert find_proposal(2026).by_hand
    staff.open(staff.page.link("Cyhoeddi" if language == "cy" else "Publish"))
    page = staff.press()
    assert page.html.select_one("#published")
    page = staff.open(f"{ROUND}/versions/1")
    assert page.html.select_one("figure.ring svg")
    assert staff.open(f"{ROUND}/rotation").html.select("table")


def test_two_reviews_by_one_cluster_cannot_be_kept_and_what_was_chosen_stays(seven, visitor):
    staff = visitor(STAFF)
    propose(staff)
    page = staff.open(f"{ROUND}/by-hand")
    names = [name for name in page.fields() if name.startswith("reviewer_")]
    one = names[0]
    reviewed = one.removeprefix("reviewer_")
    other = next(name for name in names[1:] if page.fields()[name] != [reviewed])
    page = staff.press(weigh="1", **{one: page.fields()[other]})
    assert page.html.select_one("#cost")
    page = staff.press(keep="1")
    assert page.html.select(".nhsuk-error-message")
    assert page.fields()[one] == page.fields()[other]


def test_five_boards_are_told_what_lacks_and_one_button_repairs_it(peopled, visitor):
    with peopled.app_context():
        nominate(find_cycle(2026), boards=5)
    staff = visitor(STAFF)
    page = propose(staff, expect=409)
    assert "Not nominated yet" in page.text
    assert "Let 3 reviews take 3 outcomes each" in page.text
    assert "Let 2 reviews take 2 outcomes each" in page.text
    page = staff.press_in_form("/repair/0")
    assert page.html.select_one("figure.ring svg")
    assert "3 reviews each take one extra outcome of PCMW" in page.text


def test_conflicts_and_decisions_are_made_and_removed(seven, visitor):
    staff = visitor(STAFF)
    page = staff.open(f"{ROUND}/conflicts")
    codes = [option["value"] for option in page.html.select("#one option") if option["value"]]
    assert len(staff.press(one=codes[0], other=codes[0]).errors) == 1
    page = staff.press(one=codes[0], other=codes[1])
    assert "must not review one another" in page.text
    staff.open(f"{ROUND}/fixed")
    assert len(staff.press(reviewed=codes[2]).errors) == 1
    page = staff.press(reviewed=codes[2], reviewer=codes[0], outcomes=["ACD-1"])
    assert "covers ACD-1" in page.text
    staff.press_in_form("/conflicts/1/remove")
    page = staff.press_in_form("/fixed/1/remove")
    assert "Nothing is settled beforehand" in page.text


def test_publishing_without_a_proposal_and_with_a_silent_nominee_says_so(peopled, visitor):
    staff = visitor(STAFF)
    staff.open(f"{ROUND}/publish")
    page = staff.press(_expect=409)
    assert "no proposal" in page.text
    with peopled.app_context():
        nominate(find_cycle(2026), submitted=False)
    staff.open(propose(staff).link("Publish"))
    page = staff.press(_expect=409)
    assert "North Powys" in page.text


@pytest.mark.parametrize("official", ["pcmw", "acd"])
def test_where_one_matrix_is_official_the_draft_of_the_other_is_marked(seven, visitor, official):
    with seven.app_context(), transaction():
        frozen = next(each for each in find_cycle(2026).surveys if each.slug == official)
        frozen.content = json.dumps(json.loads(frozen.content) | {"status": "official"})
    staff = visitor(STAFF)
    propose(staff)
    staff.open("/nominations/2026/7A7/north-powys")
    staff.press(wishes=["PCMW-01", "ACD-3"])
    for address in ("/nominations/2026/7A7/", "/nominations/2026/7A7/north-powys", f"{ROUND}/", f"{ROUND}/rotation"):
        assert staff.open(address).html.select_one("[data-draft]"), address


@pytest.mark.parametrize(("language", "says"), [("en", "more than 20 seconds"), ("cy", "fwy nag 20 eiliad")])
def test_a_search_that_is_stopped_is_told_with_what_to_do_and_the_round_goes_on(
    seven, visitor, monkeypatch, language, says
):
    staff = visitor(STAFF, language)
    staff.open(f"{ROUND}/")
    with monkeypatch.context() as impatient:
        impatient.setattr(solving, "SEARCH_WAIT_LIMIT", 0)
        assert says in staff.press_in_form("/propose", 409).text
    assert propose(staff).html.select_one("figure.ring svg")


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_finished_round_can_be_read_and_no_page_offers_what_would_be_refused(seven, visitor, language):
    staff, officer = visitor(STAFF, language), visitor(OFFICER, language)
    staff.open(f"{ROUND}/conflicts")
    codes = [option["value"] for option in staff.page.html.select("#one option") if option["value"]]
    staff.press(one=codes[0], other=codes[1])
    leads_to_publishing = "Cyhoeddi" if language == "cy" else "Publish"
    staff.open(propose(staff).link(leads_to_publishing))
    staff.press()
    published = staff.open(propose(staff).link(leads_to_publishing))
    typed = "They share a practice."
    with seven.app_context():
        begin_later(find_cycle(2026), lead_of(find_reflection(2026, "north-powys")))
    refused = staff.press(reason=typed, _expect=409)
    assert published.heading != refused.heading
    assert typed in refused.text
    for page in (staff.open(f"{ROUND}/"), officer.open("/nominations/2026/7A7/")):
        assert not page.html.select("main form, main a.nhsuk-button")
        for address in ("conflicts", "fixed", "by-hand", "publish", "north-powys", "withdraw"):
            assert not page.html.select(f'main a[href$="/{address}"]'), address
    forms = ("conflicts", "fixed", "by-hand", "publish")
    for one, address in (
        *((staff, f"{ROUND}/{form}") for form in forms),
        *((officer, f"/nominations/2026/7A7/north-powys{more}") for more in ("", "/withdraw")),
    ):
        assert one.open(address, expect=409).html.select_one("main [role=alert]"), address
    home = officer.open("/")
    assert len(home.html.select('main a[href*="/nominations/"]')) == 2
    assert ("enwebu" if language == "cy" else "nominate") not in home.html.select_one('a[href*="/2026/7A7/"]').text


@pytest.mark.parametrize("action", ["conflicts/1/remove", "fixed/1/remove", "propose", "repair/0", "discard"])
def test_a_button_of_a_page_that_was_opened_before_the_round_was_finished_is_answered_with_a_sentence(
    seven, visitor, action
):
    staff = visitor(STAFF)
    token = staff.open(f"{ROUND}/").html.select_one("[name=csrf_token]")["value"]
    with seven.app_context():
        begin_later(find_cycle(2026), lead_of(find_reflection(2026, "north-powys")))
    answer = staff.browser.post(f"/en{ROUND}/{action}", data={"csrf_token": token})
    assert answer.status_code == 409
    assert "this round of peer review is finished" in answer.text


@pytest.mark.parametrize(("language", "says"), [("en", "is damaged"), ("cy", "wedi'i ddifrodi")])
def test_a_damaged_year_is_told_on_its_own_pages_and_breaks_no_other(demo_app, tmp_path, by_hand, language, says):
    by_hand('UPDATE review_assignments SET outcomes = \'["PCMW-01", "PCMW-08", "ACD-1"]\' WHERE id = 1')
    staff, officer, lead = (Visitor(demo_app, tmp_path / "letters", language) for _ in range(3))
    staff.sign_in("staff@example.wales")
    officer.sign_in("officer.7a7@example.wales")
    lead.sign_in("lead.north-powys@example.wales")
    for address in ("/peer-review/2024/", "/peer-review/2024/versions/1", "/cycles/2024/reports/"):
        assert says in staff.open(address, expect=500).text, address
    assert says in lead.open("/reviews/2024/north-powys/", expect=500).text
    for one, address in (
        *((staff, each) for each in ("/peer-review/2026/", "/peer-review/2026/rotation")),
        (officer, "/peer-review/2026/rotation"),
    ):
        shown = one.open(address).html.select_one(".nhsuk-inset-text").get_text()
        assert (says in shown, "2024" in shown) == (True, True), address
    for address in (
        "/",
        "/cycles/2024/",
        "/cycles/2026/reports/",
        "/reports/2026/draft/national/wales",
        "/reports/2024/1/",
    ):
        assert says not in staff.open(address).text, address
    assert says not in officer.open("/nominations/2024/7A7/").text
    for address in ("/", "/reflections/2024/north-powys/", "/reflections/2026/north-powys/"):
        assert says not in lead.open(address).text, address
    staff.open("/peer-review/2026/")
    staff.press_in_form("/propose", 409)  # six boards have nominated: it names the missing one
    assert staff.page.html.select_one("#conflict")
