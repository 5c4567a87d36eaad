"""The people of a cluster in a real browser: a deputy is named and submits, the pages are accessible."""

from tests.support.browser_people import LEAD, LEAVE, ONLY_BUTTON, PHONE, be, fair, press, sign_in

MEMBER = "member.north-powys@example.wales"


def test_a_member_is_named_deputy_takes_over_and_is_removed(server, open_page):
    lead, member = open_page(width=PHONE), open_page(width=PHONE)
    be(lead, server, "cy", LEAD)
    home, cluster = f"{server.address}/cy/reflections/2026/north-powys", "Gogledd Powys"
    lead.goto(f"{home}/questions/ACD-7")
    lead.fill("#evidence", "Begun by the lead")
    press(lead, LEAVE)
    press(lead, 'main a[href$="/people/"]')
    fair(lead, "People taking part in %(cluster)s", cluster=cluster)
    row = f'tr:has-text("{MEMBER}")'
    press(lead, f"{row} button")
    fair(lead, "People taking part in %(cluster)s", cluster=cluster)
    sign_in(member, server, MEMBER, "cy")
    member.goto(f"{home}/questions/ACD-7")
    assert member.input_value("#evidence") == "Begun by the lead"
    member.goto(f"{server.address}/cy/me")
    fair(member, "Your details")
    people = f"{server.address}/cy/clusters/north-powys/people"
    member.goto(f"{people}/add")
    fair(member, "Add somebody to %(cluster)s", cluster=cluster)
    press(member, ONLY_BUTTON)
    assert member.locator(".nhsuk-error-summary a").count() > 0
    fair(member, "Add somebody to %(cluster)s", cluster=cluster)
    held = lead.get_attribute(f'tr:has-text("{LEAD}")', "id").removeprefix("held-")
    assert member.goto(f"{people}/{held}/remove").status == 409
    fair(member, "This role cannot be taken away")
    name = lead.inner_text(f"{row} th bdi")
    press(lead, f"{row} a")
    fair(lead, "Remove %(name)s", name=name)
    second_tab = lead.context.new_page()
    second_tab.goto(lead.url)
    press(lead, ONLY_BUTTON)
    assert lead.locator(row).count() == 0
    press(second_tab, ONLY_BUTTON)
    fair(second_tab, "This person is not on the list")
