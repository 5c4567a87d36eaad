"""Every route has a rule, and every rule holds for every kind of person."""

from pathlib import Path

import pytest

from app.db import session
from app.permissions import RULES
from app.services.reports import pdf_jobs as orders
from app.services.reports.pack_folder import PackProgress
from tests import reviewed
from tests.journeys.conftest import DEPUTY, EVERYBODY, LEAD, MEMBER, NOBODY, OFFICER, OTHER_OFFICER, STAFF, STRANGER
from tests.journeys.test_reflecting import answer_everything
from tests.visitor import Visitor

MINE = "/en/reflections/2026/north-powys"
PEOPLE = "/en/clusters/north-powys/people"
REVIEW = "/en/reviews/2026/north-powys"
ROUND, BOARD = "/en/peer-review/2026", "/en/nominations/2026/7A7"
DRAFTS = "/en/reports/2026/draft"
THEMES = "/en/cycles/2026/themes"
FIELD = f"{THEMES}/PCMW-01/evidence"
REVIEWERS = {STRANGER}
RECORDERS, OF_THE_CLUSTER = {LEAD, DEPUTY}, {LEAD, DEPUTY, MEMBER}
SIGNED_IN = set(EVERYBODY) - {NOBODY}

#: endpoint -> its address, and who may open it before and after the submission and its peer review.
TABLE = {
    "site.start": ("/en/", set(EVERYBODY), set(EVERYBODY)),
    "site.help": ("/en/help", set(EVERYBODY), set(EVERYBODY)),
    "site.accessibility": ("/en/accessibility", set(EVERYBODY), set(EVERYBODY)),
    "site.privacy": ("/en/privacy", set(EVERYBODY), set(EVERYBODY)),
    "doors.front": ("/", set(EVERYBODY), set(EVERYBODY)),
    "doors.health": ("/health", set(EVERYBODY), set(EVERYBODY)),
    "accounts.sign_in": ("/en/sign-in", set(EVERYBODY), set(EVERYBODY)),
    "accounts.link_sent": ("/en/sign-in/sent", set(EVERYBODY), set(EVERYBODY)),
    "accounts.confirm_sign_in": ("/en/sign-in/no-token", set(EVERYBODY), set(EVERYBODY)),
    "accounts.demonstration": ("/en/demonstration", set(EVERYBODY), set(EVERYBODY)),
    "accounts.sign_out": ("/en/sign-out", SIGNED_IN, SIGNED_IN),
    "accounts.profile": ("/en/me", SIGNED_IN, SIGNED_IN),
    "people.people": (f"{PEOPLE}/", RECORDERS | {STAFF}, RECORDERS | {STAFF}),
    "people.add": (f"{PEOPLE}/add", RECORDERS | {STAFF}, RECORDERS | {STAFF}),
    "people.change_role": (f"{PEOPLE}/3/deputy", RECORDERS | {STAFF}, RECORDERS | {STAFF}),
    "people.remove": (f"{PEOPLE}/3/remove", RECORDERS | {STAFF}, RECORDERS | {STAFF}),
    "reflection.tasks": (f"{MINE}/", OF_THE_CLUSTER, OF_THE_CLUSTER | {OFFICER, STAFF}),
    "reflection.read": (f"{MINE}/answers", OF_THE_CLUSTER, OF_THE_CLUSTER | {OFFICER, STAFF}),
    "reflection.question": (f"{MINE}/questions/PCMW-01", RECORDERS, RECORDERS),
    "reflection.autosave": (f"{MINE}/questions/PCMW-01/autosave", RECORDERS, RECORDERS),
    "reflection.versions": (f"{MINE}/questions/PCMW-01/versions", RECORDERS, RECORDERS),
    "reflection.check": (f"{MINE}/check", RECORDERS, RECORDERS),
    "reflection.submit": (f"{MINE}/submit", RECORDERS, RECORDERS),
    "reflection.submission": (f"{MINE}/submissions/1", OF_THE_CLUSTER, OF_THE_CLUSTER | {OFFICER, STAFF}),
    "workshop.pack": (f"{MINE}/pack.pdf", OF_THE_CLUSTER, OF_THE_CLUSTER),
    "reflection.download_workbook": (f"{MINE}/workbook.xlsx", RECORDERS, RECORDERS),
    "reflection.upload_workbook": (f"{MINE}/workbook", RECORDERS, RECORDERS),
    "reflection.workbook_saved": (f"{MINE}/workbook/loaded", RECORDERS, RECORDERS),
    "reflection.submitted": (f"{MINE}/submitted", OF_THE_CLUSTER, OF_THE_CLUSTER | {OFFICER, STAFF}),
    "workshop.private_ratings": (f"{MINE}/views/", OF_THE_CLUSTER, OF_THE_CLUSTER),
    "workshop.private_rating": (f"{MINE}/views/PCMW-01", OF_THE_CLUSTER, OF_THE_CLUSTER),
    "workshop.autosave_private_rating": (f"{MINE}/views/PCMW-01/autosave", OF_THE_CLUSTER, OF_THE_CLUSTER),
    "workshop.begin": (f"{MINE}/workshop/", RECORDERS, RECORDERS),
    "workshop.small_group_announcement": (f"{MINE}/workshop/tell", RECORDERS, RECORDERS),
    "workshop.screen": (f"{MINE}/workshop/screen", RECORDERS, RECORDERS),
    "workshop.screen_state": (f"{MINE}/workshop/state", RECORDERS, RECORDERS),
    "workshop.vote": (f"{MINE}/vote", OF_THE_CLUSTER, OF_THE_CLUSTER),
    "workshop.vote_state": (f"{MINE}/vote/state", OF_THE_CLUSTER, OF_THE_CLUSTER),
    "short.join": ("/w/BCDFG", set(EVERYBODY), set(EVERYBODY)),
    "peer_review.tasks": (f"{REVIEW}/", REVIEWERS | RECORDERS, REVIEWERS | RECORDERS),
    "peer_review.meeting": (f"{REVIEW}/meeting", REVIEWERS | RECORDERS, REVIEWERS | RECORDERS),
    "peer_review.comparison": (f"{REVIEW}/comparison", set(), REVIEWERS | OF_THE_CLUSTER | {OFFICER, STAFF}),
    "peer_review.finding": (f"{REVIEW}/outcomes/PCMW-01", REVIEWERS, REVIEWERS),
    "peer_review.autosave_finding": (f"{REVIEW}/outcomes/PCMW-01/autosave", REVIEWERS, REVIEWERS),
    "peer_review.reply": (f"{REVIEW}/replies/PCMW-01", RECORDERS, RECORDERS),
    "peer_review.autosave_reply": (f"{REVIEW}/replies/PCMW-01/autosave", RECORDERS, RECORDERS),
    "peer_review.review_return": (f"{REVIEW}/return", REVIEWERS, REVIEWERS),
    "peer_review.review_reply": (f"{REVIEW}/reply", RECORDERS, RECORDERS),
    "cycle.progress": ("/en/cycles/2026/", {OFFICER, OTHER_OFFICER, STAFF}, {OFFICER, OTHER_OFFICER, STAFF}),
    "reflection.reopen": ("/en/cycles/2026/north-powys/reopen", {STAFF}, {STAFF}),
    "reports.all_cycles": ("/en/reports/", set(EVERYBODY), set(EVERYBODY)),
    "reports.version": ("/en/reports/2026/1/", set(EVERYBODY), set(EVERYBODY)),
    "reports.read": (f"{DRAFTS}/cluster/north-powys", OF_THE_CLUSTER | {STAFF}, OF_THE_CLUSTER | {STAFF}),
    "reports.data": (f"{DRAFTS}/national/wales.csv", {STAFF}, {STAFF}),
    "reports.pdf": (f"{DRAFTS}/peer/north-powys.pdf", set(), REVIEWERS | OF_THE_CLUSTER | {OFFICER, STAFF}),
    "reports.drafts": ("/en/cycles/2026/reports/", {STAFF}, {STAFF}),
    "reports.publication": ("/en/cycles/2026/reports/publish", {STAFF}, {STAFF}),
    "reports.pack": ("/en/cycles/2026/reports/pack/draft", {STAFF}, {STAFF}),
    "reports.pack_file": ("/en/cycles/2026/reports/pack/draft.zip", {STAFF}, {STAFF}),
    "themes.overview": (f"{THEMES}/", {STAFF}, {STAFF}),
    "themes.field": (f"{FIELD}/", {STAFF}, {STAFF}),
    "themes.add": (f"{FIELD}/add", {STAFF}, {STAFF}),
    "themes.rename": (f"{FIELD}/1/rename", {STAFF}, {STAFF}),
    "themes.retire_or_restore": (f"{FIELD}/1/retire", {STAFF}, {STAFF}),
    "themes.text": (f"{FIELD}/texts/north-powys", {STAFF}, {STAFF}),
    "themes.quote": (f"{FIELD}/texts/north-powys/quote", {STAFF}, {STAFF}),
    "themes.quote_withdrawal": (f"{THEMES}/quotes/1/withdraw", {STAFF}, {STAFF}),
    "peer_review.nominations": (f"{BOARD}/", {OFFICER, STAFF}, {OFFICER, STAFF}),
    "peer_review.nomination": (f"{BOARD}/north-powys", {OFFICER, STAFF}, {OFFICER, STAFF}),
    "peer_review.nomination_withdrawal": (f"{BOARD}/north-powys/withdraw", {OFFICER, STAFF}, {OFFICER, STAFF}),
    "peer_review.allocation_overview": (f"{ROUND}/", {STAFF}, {STAFF}),
    "peer_review.conflict": (f"{ROUND}/conflicts", {STAFF}, {STAFF}),
    "peer_review.conflict_removal": (f"{ROUND}/conflicts/1/remove", {STAFF}, {STAFF}),
    "peer_review.fixed_decision": (f"{ROUND}/fixed", {STAFF}, {STAFF}),
    "peer_review.fixed_decision_removal": (f"{ROUND}/fixed/1/remove", {STAFF}, {STAFF}),
    "peer_review.proposal": (f"{ROUND}/propose", {STAFF}, {STAFF}),
    "peer_review.repair": (f"{ROUND}/repair/0", {STAFF}, {STAFF}),
    "peer_review.proposal_removal": (f"{ROUND}/discard", {STAFF}, {STAFF}),
    "peer_review.allocation_publication": (f"{ROUND}/publish", {STAFF}, {STAFF}),
    "peer_review.allocation_version": (f"{ROUND}/versions/1", {STAFF}, {STAFF}),
    "peer_review.rotation": (f"{ROUND}/rotation", {OFFICER, OTHER_OFFICER, STAFF}, {OFFICER, OTHER_OFFICER, STAFF}),
    "peer_review.manual_change": (f"{ROUND}/by-hand", {STAFF}, {STAFF}),
}
ONLY_POST = {
    *("accounts.sign_out", "reflection.autosave", "workshop.autosave_private_rating"),
    *("peer_review.autosave_finding", "peer_review.autosave_reply"),
    *(
        "peer_review.conflict_removal",
        "peer_review.fixed_decision_removal",
        "peer_review.repair",
        "peer_review.proposal_removal",
    ),
    "themes.retire_or_restore",
}


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
                continue  # what the submission changes nothing about is tried once
            response = browser.get(address)
            response.close()  # a report is a file
            allowed = person in (after if submitted else before)
            refused = response.status_code == 403 or response.location == "/en/sign-in"
            assert response.status_code < 500, f"{address}: {response.status_code}"
            assert refused is not allowed, f"{person} on {address}: {response.status_code}"


@pytest.mark.parametrize("person", [MEMBER, STRANGER, OFFICER, STAFF, NOBODY])
def test_nobody_else_can_save_or_submit(visitor, person):
    for address in (*(f"{MINE}/questions/PCMW-01{more}" for more in ("", "/autosave", "/versions")), f"{MINE}/submit"):
        response = visitor(person).browser.post(address, data={"level": "mature", "over": "0"})
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
    from tests.visitor import Visitor

    visitor = Visitor(demo_app, tmp_path)
    visitor.open("/demonstration")
    assert visitor.press(persona="sppc@example.wales").heading == "What you can do"
    visitor.open("/demonstration")
    visitor.press(persona="lead.neath@example.wales", _expect=404)


#: A report of the demonstration's published cycle, or its draft -> who of these people may read it.
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
    monkeypatch.setattr(orders, "_begin", lambda _path, _given: None)  # whether it is begun for them is enough here
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
