"""Every route has a rule, and every rule holds for people in every role."""

from pathlib import Path

import pytest

from app.db import session
from app.permissions import RULES
from app.services.reports import pdf_jobs as orders
from app.services.reports.pack_folder import PackProgress
from tests.support import reviewed_round as reviewed
from tests.support.answered_reflection import answer_everything
from tests.support.journey_people import (
    DEPUTY,
    EVERYBODY,
    LEAD,
    MEMBER,
    NOBODY,
    OFFICER,
    OTHER_OFFICER,
    STAFF,
    STRANGER,
)
from tests.support.routes import BOARD, FIELD, MINE, NOT_THERE, ONLY_POST, PEOPLE, ROUND, TABLE, THEMES
from tests.support.visitor import Visitor


def test_every_route_has_a_rule_and_a_row_in_this_table(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}
    assert endpoints == set(TABLE)
    for endpoint in endpoints:
        assert app.view_functions[endpoint].access in RULES


@pytest.mark.parametrize("submitted", [False, True], ids=["before", "after"])
def test_everybody_may_open_what_is_theirs_and_nothing_else(visitor, peopled, submitted):
    with peopled.app_context():
        reviewed.publish()
    if submitted:
        lead = visitor(LEAD)
        answer_everything(lead)
        lead.open("/reflections/2026/north-powys/submit")
        lead.press()
        with peopled.app_context():
            reviewed.return_review(reviewed.person(STRANGER))
    for person in EVERYBODY:
        browser = visitor(person).browser
        for endpoint, (address, before, after) in TABLE.items():
            if endpoint in ONLY_POST or (not submitted and before == after):
                continue  # once is enough for rules that the submission does not change
            response = browser.get(address)
            response.close()  # a report is sent as a file
            allowed = person in (after if submitted else before)
            refused = response.status_code == 403 or response.location == "/en/sign-in"
            assert response.status_code < 500, f"{address}: {response.status_code}"
            assert refused is not allowed, f"{person} on {address}: {response.status_code}"
            missing = endpoint in NOT_THERE or (endpoint == "reflection.submission" and not submitted)
            assert not allowed or (response.status_code == 404) is missing, f"{person} on {address}"


@pytest.mark.parametrize("person", [MEMBER, STRANGER, OFFICER, STAFF, NOBODY])
def test_nobody_else_can_save_or_submit(visitor, person):
    for address in (*(f"{MINE}/questions/PCMW-01{more}" for more in ("", "/autosave", "/versions")), f"{MINE}/submit"):
        response = visitor(person).browser.post(address, data={"level": "mature", "base_version": "0"})
        assert response.status_code == 403 or response.location == "/en/sign-in"


@pytest.mark.parametrize("person", [MEMBER, STRANGER, OFFICER, NOBODY])
def test_nobody_else_can_change_who_takes_part(visitor, person):
    for address in (f"{PEOPLE}/add", f"{PEOPLE}/3/deputy", f"{PEOPLE}/3/remove"):
        response = visitor(person).browser.post(address, data={"role": "deputy"})
        assert response.status_code == 403 or response.location == "/en/sign-in"


@pytest.mark.parametrize("person", [LEAD, DEPUTY, MEMBER, STRANGER, OFFICER, OTHER_OFFICER, NOBODY])
def test_nobody_but_staff_can_act_on_a_round_of_peer_review(visitor, person):
    browser = visitor(person).browser
    settled = ("conflicts", "conflicts/1/remove", "fixed", "fixed/1/remove")
    for action in (*settled, "propose", "repair/0", "discard", "publish", "by-hand"):
        response = browser.post(f"{ROUND}/{action}")
        assert response.status_code == 403 or response.location == "/en/sign-in", action


@pytest.mark.parametrize("person", [LEAD, DEPUTY, MEMBER, STRANGER, OFFICER, OTHER_OFFICER, NOBODY])
def test_nobody_but_staff_can_code_or_clear_what_clusters_wrote(visitor, person):
    browser = visitor(person).browser
    text, quote = f"{FIELD}/texts/north-powys", f"{THEMES}/quotes/1/withdraw"
    themes = (f"{FIELD}/{act}" for act in ("add", "1/rename", "1/retire", "1/restore"))
    for address in (*themes, text, f"{text}/quote", quote):
        response = browser.post(address)
        assert response.status_code == 403 or response.location == "/en/sign-in", address


@pytest.mark.parametrize("person", [LEAD, DEPUTY, MEMBER, STRANGER, OTHER_OFFICER, NOBODY])
def test_nobody_nominates_for_a_board_but_its_officers_and_staff(visitor, person):
    browser = visitor(person).browser
    for address in (f"{BOARD}/north-powys", f"{BOARD}/north-powys/withdraw"):
        response = browser.post(address)
        assert response.status_code == 403 or response.location == "/en/sign-in"


def test_an_officer_watches_their_own_board_only(visitor):
    page = visitor(OFFICER).open("/cycles/2026/")
    assert "North Powys" in page.text
    assert "Rhondda" not in page.text


@pytest.mark.parametrize(
    "address",
    [
        "/reflections/2026/atlantis/",
        "/reflections/1999/north-powys/",
        "/reflections/2026/north-powys/questions/PCMW-99",
        "/cycles/1999/",
        "/cycles/99999999999999999999/",
        "/reflections/2026/north%00powys/",
        "/reflections/2026/north-powys/submissions/7",
        "/nowhere",
        "/reports/1999/draft/national/wales",
    ],
)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_what_does_not_exist_is_a_clear_page(visitor, address, language):
    person = LEAD if "questions" in address or "submissions" in address else STAFF
    page = visitor(person, language).open(address, expect=404)
    assert page.html.select_one("main a")


def test_others_read_what_was_submitted_and_never_the_draft_after_it(visitor):
    lead, staff = visitor(LEAD), visitor(STAFF)
    answer_everything(lead)
    lead.open(f"{MINE}/submit")
    lead.press()
    staff.open("/cycles/2026/north-powys/reopen")
    staff.press(reason="A figure was wrong.")
    lead.open(f"{MINE}/questions/PCMW-01")
    lead.press(level="mature", evidence="Not for others yet")
    for person in (STAFF, OFFICER):
        for page in ("answers", "submissions/1"):
            seen = visitor(person).open(f"{MINE}/{page}").text
            assert "Not for others yet" not in seen
            assert "A figure was wrong." in seen
    assert "Not for others yet" in lead.open(f"{MINE}/answers").text


@pytest.mark.parametrize("query", ["endpoint=x", "language=xx", "_external=1", "_anchor=a", "a=1&a=2", "switch=xx"])
def test_no_query_breaks_a_page_or_its_language_switch(visitor, query):
    page = visitor().open(f"/help?{query}")
    switch = page.html.select_one(".language-switch a")["href"]
    assert switch.startswith("/cy/help?")
    visitor().open(switch)


def test_a_language_is_kept_when_it_is_chosen_and_not_when_a_page_is_opened(visitor):
    lead = visitor(LEAD)
    lead.open("/cy/help")
    visitor(LEAD)
    assert "Open this link" in lead.last_letter()
    lead.open("/en/help")
    lead.open(lead.page.html.select_one(".language-switch a")["href"])
    fresh = visitor(LEAD)
    assert "/cy/sign-in/" in fresh.last_letter()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/static/css/app.css?v=1", "immutable"),
        ("/static/css/app.css", "no-cache"),
        ("/static/nothing.css?v=1", "no-cache"),
    ],
)
def test_only_what_is_there_and_has_its_fingerprint_is_kept_for_a_year(visitor, address, kept):
    with visitor().browser.get(address) as response:
        assert response.headers["Cache-Control"].endswith(kept)


@pytest.mark.parametrize(
    ("email", "address"),
    [
        *((LEAD, f"{MINE}/workbook.xlsx"), (MEMBER, f"{MINE}/pack.pdf"), (LEAD, "/en/me")),
        (STAFF, "/en/cycles/2026/reports/pack/draft.zip"),
    ],
)
def test_no_browser_keeps_a_copy_of_what_is_not_for_everybody(visitor, monkeypatch, tmp_path, email, address):
    file = tmp_path / "made.bin"
    file.write_bytes(b"made")
    monkeypatch.setattr(
        "app.views.workshop.pack.request_pdf",
        lambda *_given, **_more: orders.PdfJob(file, orders.PdfJobState.READY),
    )
    monkeypatch.setattr("app.views.reports.pack.pack_source", lambda *_given: None)
    monkeypatch.setattr(
        "app.views.reports.pack.pack_progress", lambda *_given: PackProgress(1, 1, is_running=False, ready=file)
    )
    with visitor(email).browser.get(address) as answer:
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


def test_somebody_who_signs_in_comes_back_to_where_they_wanted_to_go(visitor):
    lead = visitor()
    lead.open("/reflections/2026/north-powys/")
    assert lead.page.path == "/en/sign-in"
    assert lead.sign_in(LEAD).path == "/en/reflections/2026/north-powys/"


def test_signing_out_needs_the_guard_and_ends_the_session(visitor):
    lead = visitor(LEAD)
    lead.browser.post("/en/sign-out", data={})
    lead.open("/reflections/2026/north-powys/")
    token = lead.page.html.select_one("header [name=csrf_token]")["value"]
    lead.browser.post("/en/sign-out", data={"csrf_token": token})
    assert lead.open("/reflections/2026/north-powys/").path == "/en/sign-in"


def test_pages_forbid_what_is_not_ours(visitor):
    headers = visitor().open("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"


def test_an_error_of_ours_shows_no_trace_and_logs_no_answer(visitor, monkeypatch, caplog):
    def broken(*_arguments, **_options):
        raise RuntimeError("boom")

    lead = visitor(LEAD)
    lead.open("/reflections/2026/north-powys/questions/PCMW-01")
    monkeypatch.setattr("app.views.reflection.question.save_answer", broken)
    page = lead.press(level="mature", evidence="My very precious long evidence", _expect=500)
    assert "boom" not in page.text
    assert "My very precious long evidence" in page.text
    assert "precious" not in caplog.text


@pytest.mark.parametrize(("language", "says"), [("en", "What you wrote"), ("cy", "Yr hyn a ysgrifennwyd gennych chi")])
def test_words_come_back_when_the_database_does_not_answer(visitor, app, language, says):
    lead = visitor(LEAD, language)
    lead.open("/reflections/2026/north-powys/questions/PCMW-01")
    address = lead.page.path
    with app.app_context():
        engine = session.get_bind()
    engine.dispose()
    Path(engine.url.database).write_bytes(b"this is no database" * 999)
    page = lead.press(level="mature", evidence="Forty minutes of typing", _expect=500)
    assert says in page.text
    assert "Forty minutes of typing" in page.text
    assert "Traceback" not in page.text
    lead.open(address, expect=500)
    assert lead.browser.get("/health").status_code == 503


def test_the_persona_page_signs_in_only_invented_people(demo_app, tmp_path):
    from tests.support.visitor import Visitor

    visitor = Visitor(demo_app, tmp_path)
    visitor.open("/demonstration")
    assert visitor.press(persona="sppc@example.wales").heading == "What you can do"
    visitor.open("/demonstration")
    visitor.press(persona="lead.neath@example.wales", _expect=404)


#: A report of the demonstration's published cycle, or its draft -> the people who may read it.
NP_LEAD, NP_MEMBER, RHONDDA, POWYS, GWENT, SPPC = (
    f"{who}@example.wales"
    for who in ("lead.north-powys", "member.north-powys", "lead.rhondda", "officer.7a7", "officer.7a6", "staff")
)

READERS = (NOBODY, NP_LEAD, NP_MEMBER, RHONDDA, POWYS, GWENT, SPPC)

PUBLISHED = {
    "1/national/wales": set(READERS),
    "1/board/7A7": set(READERS),
    "1/board-inside/7A7": {POWYS, SPPC},
    "1/cluster/north-powys": {NP_LEAD, NP_MEMBER, POWYS, SPPC},
    "draft/national/wales": {SPPC},
    "draft/board/7A7": {SPPC},
    "draft/board-inside/7A7": {SPPC},
    "draft/cluster/north-powys": {NP_LEAD, NP_MEMBER, SPPC},
}


@pytest.mark.parametrize("person", READERS)
def test_published_reports_are_for_everyone_and_what_names_clusters_for_those_it_is_about(
    demo_app, tmp_path, monkeypatch, person
):
    visitor = Visitor(demo_app, tmp_path / "letters", "en")
    if person:
        visitor.sign_in(person)
    monkeypatch.setattr(orders, "_begin", lambda _path, _given: None)  # only the request is tested here
    for report, readers in PUBLISHED.items():
        for face, granted in (("", 200), (".csv", 200), (".pdf", 202)):
            response = visitor.browser.get(f"/en/reports/2024/{report}{face}")
            refused = response.status_code == 403 or response.location == "/en/sign-in"
            assert refused is (person not in readers), f"{person} on {report}{face}: {response.status_code}"
            assert refused or response.status_code == granted
    listed = visitor.browser.get("/en/reports/2024/1/").text
    for report, readers in PUBLISHED.items():
        if report.startswith("1/"):
            assert (f'href="/en/reports/2024/{report}"' in listed) is (person in readers)


@pytest.mark.parametrize(
    "address",
    [
        *("9/national/wales", "1/national/7A7", "1/board/wales", "1/board/7Z9", "1/nothing/wales", "x/national/wales"),
        *("1/cluster/nowhere", "1/cluster/%00", "1/board/7A7.exe", "draft/board/%F0%9F%92%A9"),
    ],
)
def test_a_report_that_does_not_exist_is_not_found(demo_app, tmp_path, address):
    visitor = Visitor(demo_app, tmp_path / "letters", "cy")
    visitor.sign_in(SPPC)
    for face in ("", ".csv", ".pdf"):
        assert visitor.browser.get(f"/cy/reports/2024/{address}{face}").status_code == 404
