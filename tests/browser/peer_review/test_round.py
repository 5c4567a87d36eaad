"""A whole round of peer review in a real browser: nominated, allocated, published, returned, replied to, compared."""

from datetime import UTC, datetime

import pytest

from app import create_app
from app.services.demo.people import lead_of
from app.services.peer_review.allocation_queries import find_current_allocation
from app.services.peer_review.nomination_commands import withdraw_nomination
from app.services.peer_review.nomination_queries import list_nominations
from app.services.reflection.commands import submit_reflection
from app.services.reflection.queries import find_reflection
from tests.support.application import settings
from tests.support.browser_people import (
    ONLY_BUTTON,
    QUESTIONNAIRE,
    SAVE,
    STAFF,
    answer_the_rest,
    ask_for_link,
    be,
    fair,
    open_link,
    press,
)
from tests.support.report_cycles_by_board import CLUSTERS

TITLES = {outcome.code: outcome.title for outcome in QUESTIONNAIRE.outcomes}
HEARD = {"en": "Three practices share a rota", "cy": "Mae tri phractis yn rhannu rota: tŷ"}
PRACTICE = {"en": "A shared rota", "cy": "Rota ar y cyd"}
REPLY = {"en": "Thank you, neighbours", "cy": "Diolch, gymdogion"}


@pytest.fixture
def begun(server):
    """Submit for North Powys too; nobody has nominated yet."""
    answer_the_rest(server)
    with create_app(settings(server.folder)).app_context():
        north = find_reflection(2026, "north-powys")
        submit_reflection(north, lead_of(north), datetime.now(UTC), confirm=False)
        for nomination in list_nominations(2026):
            withdraw_nomination(find_reflection(2026, nomination.cluster.code), datetime.now(UTC), address=None)
    return server


def assignments(server) -> list[tuple[str, str, list[str]]]:
    with create_app(settings(server.folder)).app_context():
        rows = find_current_allocation(2026).assignments
        return [(each.reviewer.code, each.reviewed.code, each.outcomes) for each in rows]


def enter(page, server, address: str, language: str) -> None:
    ask_for_link(page, server, address, language)
    open_link(page, server)
    press(page, ONLY_BUTTON)


def test_seven_officers_nominate_staff_publish_two_return_one_replies_and_staff_compare(begun, open_page):
    """The steps alternate between the languages; each text is read in the other language than it was typed in."""
    server, page, staff, home = begun, open_page(), open_page(), f"{begun.address}/cy"
    be(staff, server, "cy", STAFF)
    staff.goto(f"{home}/peer-review/2026/")
    press(staff, 'form[action$="/propose"] button')
    fair(staff, "There is no allocation that keeps the rules")
    for number, board in enumerate(("7a1", "7a2", "7a3", "7a4", "7a5", "7a6", "7a7")):
        language = ("cy", "en")[number % 2]
        page.context.clear_cookies()
        enter(page, server, f"officer.{board}@example.wales", language)
        page.goto(f"{server.address}/{language}/nominations/2026/{board.upper()}/")
        name = page.inner_text("main li:has(.nhsuk-tag--green) a")
        press(page, "main li:has(.nhsuk-tag--green) a")
        page.check("input[name=contacts] >> nth=0", force=True)
        page.check('input[value="PCMW-01"]', force=True)
        if board == "7a1":
            fair(page, "Nominate %(cluster)s", cluster=name)
        press(page, ONLY_BUTTON)
        assert TITLES["PCMW-01"][language] in page.inner_text("main")
    fair(page, "Peer review %(year)s: nominate a cluster", year=2026)
    press(page, 'main a[href$="/withdraw"]')
    fair(page, "Withdraw %(cluster)s from peer review", cluster=name)

    staff.goto(f"{home}/peer-review/2026/")
    fair(staff, "Peer review %(year)s", year=2026)
    press(staff, 'form[action$="/propose"] button')
    assert staff.locator("td.allotted").count() == 7
    fair(staff)
    for path in ("by-hand", "conflicts", "fixed", "rotation"):
        assert staff.goto(f"{home}/peer-review/2026/{path}").status == 200
        assert staff.url.endswith(path)
        fair(staff)
    staff.goto(f"{home}/peer-review/2026/")
    press(staff, 'a.nhsuk-button[href*="/publish"]')
    fair(staff, "Publish the allocation")
    second_tab = staff.context.new_page()
    second_tab.goto(staff.url)
    press(staff, ONLY_BUTTON)
    assert staff.locator("#published").count() == 1
    press(second_tab, ONLY_BUTTON)
    second_tab.fill("#reason", "Pressed in another window too.")
    press(second_tab, ONLY_BUTTON)
    fair(second_tab, "The allocation was not published")
    staff.goto(f"{home}/peer-review/2026/versions/1")
    fair(staff, "Allocation of peer review %(year)s, version %(number)s", year=2026, number=1)

    (reviewer, reviewed, outcomes), second, *_rest = assignments(server)
    give(open_page(width=390), server, "en", (reviewer, reviewed, outcomes))
    give(open_page(width=390, java_script_enabled=False), server, "cy", second)

    board = next(board for code, board, _name in CLUSTERS if code == reviewed)
    staff.goto(f"{home}/nominations/2026/{board}/{reviewed}/withdraw")
    press(staff, ONLY_BUTTON)
    fair(staff, "This nomination stays")

    host = open_page(width=390)
    enter(host, server, f"lead.{reviewed}@example.wales", "cy")
    for outcome in outcomes:
        host.goto(f"{home}/reviews/2026/{reviewed}/replies/{outcome}")
        host.fill("#reply", REPLY["cy"])
        host.check('input[name=share][value="yes"]', force=True)
        press(host, SAVE)
    host.goto(f"{home}/reviews/2026/{reviewed}/reply")
    press(host, ONLY_BUTTON)

    staff.goto(f"{home}/reviews/2026/{reviewed}/comparison")
    shown = staff.inner_text("main")
    for words in (HEARD["en"], PRACTICE["en"], REPLY["cy"]):
        assert shown.count(words) == 3
    assert staff.locator(".direction").count() == 3
    press(staff, f'main a[href$="/reports/2026/draft/peer/{reviewed}"]')
    fair(staff)
    staff.goto(f"{server.address}/en/reviews/2026/{second[1]}/comparison")
    assert HEARD["cy"] in staff.inner_text("main")


def give(page, server, language: str, allotted: tuple[str, str, list[str]]) -> None:
    """Write the findings as the lead of the reviewing cluster, and return the review."""
    reviewer, reviewed, outcomes = allotted
    enter(page, server, f"lead.{reviewer}@example.wales", language)
    page.goto(f"{server.address}/{language}/reviews/2026/{reviewed}/outcomes/{outcomes[0]}")
    for outcome in outcomes:
        assert TITLES[outcome][language] in page.inner_text("main")
        page.check("input[name=level][value=mature]", force=True)
        page.fill("#heard", HEARD[language])
        page.fill("#good_practice", PRACTICE[language])
        press(page, SAVE)
    press(page, ONLY_BUTTON)
