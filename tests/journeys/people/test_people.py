"""The people of a cluster, over HTTP, without JavaScript, in both languages."""

import email
from email.policy import default

import pytest

from tests.support.answered_reflection import FIRST, HOME
from tests.support.journey_people import DEPUTY, LEAD, MEMBER, OFFICER, STAFF, STRANGER
from tests.support.visitor import Visitor

LIST = "/clusters/north-powys/people/"
ADD = f"{LIST}add"
NEW = {"name": "Nia Newydd", "email": "nia@example.wales", "role": "member", "language": "cy"}
NO_ADDRESS = "Enter an email address in the correct format, such as name@example.com."
BOTH = pytest.mark.parametrize("language", ["en", "cy"])


def row(page, name: str):
    found = [each for each in page.html.select("tbody tr") if each.th.bdi.get_text(strip=True) == name]
    assert len(found) == 1, f"{name} stands {len(found)} times in the list"
    return found[0]


def names(page) -> list[str]:
    return [each.get_text(strip=True) for each in page.html.select("tbody th bdi")]


def press_in_row(visitor, name: str, expect: int = 200):
    """Click the button in the row with a name."""
    form = row(visitor.page, name).form
    return visitor.press(_to=form["action"], _expect=expect)


def remove_page(visitor, name: str):
    return visitor.open(row(visitor.page, name).select("td.actions a")[-1]["href"])


def newest_letter(letters):
    return email.message_from_bytes(max(letters.glob("*.eml")).read_bytes(), policy=default)


@BOTH
def test_the_lead_names_a_deputy_who_signs_in_and_goes_on_with_the_saved_text(visitor, language):
    lead = visitor(LEAD, language)
    lead.open(FIRST)
    lead.press(level="developing", evidence="Begun by the lead", save_and_leave="1")
    lead.open(lead.page.html.select_one('main a[href$="/people/"]')["href"])
    lead.open(ADD)
    lead.press(**NEW | {"role": "deputy"})
    assert lead.page.path == f"/{language}{LIST}"
    assert row(lead.page, "Nia Newydd")
    assert "http://localhost/cy/" in lead.last_letter()
    deputy = visitor("nia@example.wales", language)
    page = deputy.open(FIRST)
    assert page.fields()["evidence"] == ["Begun by the lead"]
    deputy.press(evidence="Begun by the lead, ended by the deputy")
    assert lead.open(FIRST).fields()["evidence"] == ["Begun by the lead, ended by the deputy"]


@BOTH
def test_the_list_shows_role_group_and_address_and_nothing_of_what_people_did(visitor, language):
    member = visitor(MEMBER, language)
    member.open("/me")
    member.press(professional_group="community_pharmacy")
    page = visitor(DEPUTY, language).open(LIST)
    assert names(page) == ["Llinos Lead", "Dewi Deputy", "Megan Member"]
    cells = [list(cell.stripped_strings)[-1] for cell in row(page, "Megan Member").select("td")][:3]
    role, group = {"en": ("Member", "Community pharmacy"), "cy": ("Aelod", "Fferylliaeth gymunedol")}[language]
    assert cells == [role, group, MEMBER]


def test_a_member_becomes_a_deputy_and_a_member_again_and_is_told(visitor, tmp_path):
    lead = visitor(LEAD)
    lead.open(LIST)
    press_in_row(lead, "Megan Member")
    assert newest_letter(tmp_path / "letters")["Subject"] == "You are a nominated deputy of North Powys"
    assert "Nominated deputy" in row(lead.page, "Megan Member").get_text()
    assert visitor(MEMBER).open(FIRST).heading
    lead.open(LIST)
    press_in_row(lead, "Megan Member")
    assert newest_letter(tmp_path / "letters")["Subject"] == "You are a member of North Powys"
    assert visitor(MEMBER).open(FIRST, expect=403)


def test_making_a_deputy_twice_writes_once(visitor, tmp_path):
    lead = visitor(LEAD)
    lead.open(LIST)
    action = row(lead.page, "Megan Member").form["action"]
    lead.press(_to=action)
    count = len(list((tmp_path / "letters").glob("*")))
    lead.press(_to=action)
    assert len(list((tmp_path / "letters").glob("*"))) == count
    assert "Nominated deputy" in row(lead.page, "Megan Member").get_text()
    assert lead.open(action).path == f"/en{LIST}"
    lead.press(_to=action.replace("deputy", "lead"), _expect=404)


@BOTH
def test_somebody_is_removed_after_a_question_and_told(visitor, language, tmp_path):
    lead = visitor(LEAD, language)
    lead.open(LIST)
    page = remove_page(lead, "Megan Member")
    assert "Megan Member" in page.heading
    assert MEMBER in page.text
    switch = page.html.select_one(".language-switch button")
    assert "Megan Member" in lead.press(switch_language="en", _to=switch["formaction"]).heading
    page = lead.press()
    assert "Megan Member" not in names(page)
    assert newest_letter(tmp_path / "letters")["To"] == MEMBER
    assert visitor(MEMBER).open(f"{HOME}/", expect=403)


def test_opening_or_forging_removes_nobody_and_pressing_twice_is_a_clear_page(visitor):
    lead, again = visitor(LEAD), visitor(LEAD)
    lead.open(LIST)
    again.open(LIST)
    remove_page(lead, "Megan Member")
    remove_page(again, "Megan Member")
    assert lead.press(csrf_token="forged").errors
    assert "Megan Member" in names(again.open(LIST))
    remove_page(again, "Megan Member")
    lead.press()
    page = again.press(_expect=404)
    assert page.heading == "This person is not on the list"
    assert again.open(page.link("People taking part in North Powys"))


def test_a_forged_press_changes_no_role(visitor):
    lead = visitor(LEAD)
    lead.open(LIST)
    page = lead.press(_to=row(lead.page, "Megan Member").form["action"], csrf_token="forged")
    assert "Nominated deputy" not in row(page, "Megan Member").get_text()


def test_a_deputy_is_not_offered_to_remove_the_lead_and_cannot(visitor):
    deputy, lead = visitor(DEPUTY), visitor(LEAD)
    deputy.open(LIST)
    assert not row(deputy.page, "Llinos Lead").select("td.actions a")
    address = row(lead.open(LIST), "Llinos Lead").select("td.actions a")[0]["href"]
    assert "ask the lead" in deputy.open(address, expect=409).text.lower()
    deputy.open(LIST)
    deputy.press(_to=address, _expect=409)
    assert "Llinos Lead" in names(deputy.open(LIST))


def test_the_last_recorder_stays_until_staff_add_a_new_lead(visitor):
    staff = visitor(STAFF)
    address = row(staff.open(LIST), "Llinos Lead").select("td.actions a")[0]["href"]
    remove_page(staff, "Dewi Deputy")
    page = staff.press()
    assert not row(page, "Llinos Lead").select("td.actions a")
    assert "add a lead" in staff.open(address, expect=409).text
    staff.open(ADD)
    staff.press(**NEW | {"role": "lead"})
    staff.open(address)
    assert names(staff.press()) == ["Nia Newydd", "Megan Member"]


def test_a_deputy_who_removes_themself_is_told_before_and_led_to_the_start_page(visitor):
    deputy = visitor(DEPUTY)
    deputy.open(LIST)
    assert "This is you." in remove_page(deputy, "Dewi Deputy").text
    assert deputy.press().path == "/en/"
    deputy.open(LIST, expect=403)


@pytest.mark.parametrize("person", [LEAD, DEPUTY])
def test_only_staff_are_offered_a_lead_and_a_tampered_role_is_refused(visitor, person):
    recorder = visitor(person)
    offered = [each["value"] for each in recorder.open(ADD).html.select("[name=role]")]
    assert offered == ["member", "deputy"]
    for role in ("lead", "sppc", "officer", "king"):
        recorder.open(ADD)
        page = recorder.press(**NEW | {"role": role})
        assert page.errors == ["Choose from the answers shown."]
    assert "Nia Newydd" not in names(recorder.open(LIST))
    assert "lead" in [each["value"] for each in visitor(STAFF).open(ADD).html.select("[name=role]")]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"email": "nobody"}, NO_ADDRESS),
        (
            {"email": "a@b.wales\nBcc: x@y.wales"},
            NO_ADDRESS,
        ),
        ({"email": f"{'x' * 300}@b.wales"}, NO_ADDRESS),
        ({"email": ""}, "Enter the email address."),
        ({"name": " "}, "Enter the name."),
        ({"name": "n" * 300}, "Enter a name of 1 to 200 characters."),
        ({"name": "\u200b"}, "Enter the name."),
        ({"role": []}, "Choose a role."),
        ({"professional_group": "astrology"}, "Choose from the answers shown."),
        ({"language": "xx"}, "Choose from the answers shown."),
        ({"language": []}, "Choose a language."),
    ],
)
def test_what_cannot_be_is_explained_beside_its_field_and_kept(visitor, typed, error):
    lead = visitor(LEAD)
    lead.open(ADD)
    page = lead.press(**NEW | typed)
    assert page.errors == [error]
    kept = {"name": NEW["name"], "email": NEW["email"]} | typed
    assert page.fields()["name"] == [kept["name"]]
    assert page.html.select_one("#email")["value"] == kept["email"]
    assert names(lead.open(LIST)) == ["Llinos Lead", "Dewi Deputy", "Megan Member"]


@BOTH
def test_adding_twice_adds_once_and_says_so(visitor, language, tmp_path):
    lead = visitor(LEAD, language)
    lead.open(ADD)
    lead.press(**NEW)
    count = len(list((tmp_path / "letters").glob("*")))
    lead.open(ADD)
    page = lead.press(**NEW | {"name": "Another Name", "email": "NIA@example.wales"})
    assert len(page.errors) == 1
    assert "Nia Newydd" in page.errors[0]
    assert len(list((tmp_path / "letters").glob("*"))) == count
    assert names(lead.open(LIST)).count("Nia Newydd") == 1


def test_somebody_who_is_known_keeps_their_name_and_what_they_were(visitor):
    lead = visitor(LEAD)
    lead.open(ADD)
    lead.press(**NEW | {"name": "Mistyped", "email": OFFICER})
    assert "Owain Officer" in names(lead.page)
    assert visitor(OFFICER).open("/cycles/2026/")


def test_words_typed_for_somebody_new_survive_the_language_switch_and_an_ended_session(visitor):
    lead = visitor(LEAD)
    lead.open(ADD)
    switch = lead.page.html.select_one(".language-switch button")
    page = lead.press(**NEW, switch_language="cy", _to=switch["formaction"])
    assert (page.language, page.errors) == ("cy", [])
    assert page.fields()["name"] == ["Nia Newydd"]
    assert page.fields()["role"] == ["member"]
    lead.browser.delete_cookie("session")
    page = lead.press(_expect=401)
    assert "nia@example.wales" in page.text
    assert [each.get_text() for each in page.html.select(".shown-text")] == ["Nia Newydd", "nia@example.wales"]


def test_markup_in_a_name_is_text_on_every_page(visitor):
    lead = visitor(LEAD)
    lead.open(ADD)
    page = lead.press(**NEW | {"name": "<b>Nia</b> & {{ 7*7 }} %(x)s"})
    name = "<b>Nia</b> & {{ 7*7 }} %(x)s"
    assert name in names(page)
    assert remove_page(lead, name).heading == f"Remove {name}"
    nia = visitor("nia@example.wales")
    assert name in nia.open("/").html.header.get_text()
    assert nia.open("/me").fields()["name"] == [name]


@pytest.mark.parametrize("held", ["999", "2147483648", "0", "x"])
def test_nobody_outside_the_cluster_can_be_reached_from_its_pages(visitor, held):
    lead, stranger = visitor(LEAD), visitor(STRANGER)
    theirs = stranger.open("/clusters/rhondda/people/").html.select_one("tbody tr")["id"].removeprefix("held-")
    lead.open(LIST)
    for address in (f"{LIST}{held}/remove", f"{LIST}{theirs}/remove", f"{LIST}{theirs}/member"):
        lead.open(LIST)
        lead.press(_to=f"/en{address}", _expect=404)
    lead.open(f"/clusters/rhondda/people/{theirs}/remove", expect=403)
    lead.open("/clusters/atlantis/people/", expect=404)
    lead.open("/clusters/north%00powys/people/", expect=404)


@BOTH
def test_everybody_sets_their_own_name_group_and_language(visitor, language, tmp_path):
    member = visitor(MEMBER, language)
    member.open(member.open("/").html.select_one(".nhsuk-header__account-link")["href"])
    assert member.page.fields()["name"] == ["Megan Member"]
    assert len(member.press(name="", language="xx").errors) == 2
    assert member.press(name="n" * 300, language="cy").fields()["name"] == ["n" * 300]
    member.press(name=" Megan  Aelod ", professional_group="dentistry", language="cy")
    assert member.page.path == f"/{language}/"
    page = member.open("/me")
    assert (page.fields()["name"], page.fields()["professional_group"]) == (["Megan Aelod"], ["dentistry"])
    visitor(MEMBER)
    assert "/cy/sign-in/" in member.last_letter()


def test_staff_reach_the_people_from_the_progress_page_and_officers_do_not(visitor):
    assert visitor(STAFF).open("/cycles/2026/").html.select('a[href="/en/clusters/north-powys/people/"]')
    assert not visitor(OFFICER).open("/cycles/2026/").html.select('a[href*="/people/"]')
    assert not visitor(MEMBER).open(f"{HOME}/").html.select('main a[href*="/people/"]')


def test_a_cluster_without_anybody_says_so_to_staff(visitor):
    page = visitor(STAFF).open("/clusters/neath/people/")
    assert "Nobody takes part in this cluster yet." in page.text


def test_the_demonstration_page_stands_when_an_invented_person_holds_no_role(demo_app, tmp_path):
    lead = Visitor(demo_app, tmp_path / "letters")
    lead.open("/demonstration")
    assert len(lead.page.html.select("[name=persona]")) == 8
    lead.press(persona="lead.north-powys@example.wales")
    assert len(names(lead.open(LIST))) == 9
    remove_page(lead, "Megan Member")
    lead.press()
    assert len(lead.open("/demonstration").html.select("[name=persona]")) == 7
    lead.press(persona="lead.rhondda@example.wales")
    assert len(names(lead.open("/clusters/rhondda/people/"))) == 5
