"""Whatever happens to the server while somebody types, acknowledged text is saved and other text is still offered."""

import pytest

from app import create_app
from app.services.database.schema import downgrade_schema
from tests.support.application import settings
from tests.support.browser_people import SAVE, press
from tests.support.browser_writing import Writer, signs_in_again, versions
from tests.support.server import KEY, Server

ANOTHER_KEY = "n" * 32
PHONE, DESKTOP = ("en", 390), ("cy", 1280)
ON_A_PHONE = pytest.mark.parametrize(("language", "width"), [PHONE])
ON_A_DESKTOP = pytest.mark.parametrize(("language", "width"), [DESKTOP])


@pytest.fixture
def server(todays_database, tmp_path):
    """A server for each test, because these tests stop and kill it and start it with other keys."""
    server = Server(todays_database, tmp_path)
    server.start("--preload")  # faster: the code is loaded once, before the workers are forked
    yield server
    server.stop()


@ON_A_PHONE
def test_words_typed_while_the_server_is_killed_arrive_when_it_is_back(server, open_page, language, width):
    writer = Writer(open_page(width=width), server, "ACD-1", language)
    writer.write("Before. ")
    writer.is_saved()
    for time in range(3):
        writer.write(f"Typed into the {time}. death: ")
        writer.page.wait_for_timeout(950 + 30 * time)  # autosave begins after a second
        server.kill()
        writer.write("and while it was dead. ŵŷ ")
        writer.is_told("network-error")
        writer.loses_nothing()
        server.start()
        writer.is_saved()
        writer.loses_nothing()
    writer.is_offered_nothing()


def test_a_press_out_of_reach_of_the_server_leaves_the_words_on_the_page(server, open_page):
    writer = Writer(open_page(), server, "ACD-1")
    server.kill()
    writer.write("Nobody hears this yet.")
    writer.page.click(SAVE)
    writer.is_told("network-error")
    assert writer.page.input_value("#evidence") == writer.typed
    writer.page.wait_for_timeout(1000)  # a click sooner counts as a double click
    writer.page.click(SAVE)
    writer.is_out_of_reach()
    server.start()
    writer.open()
    writer.puts_back()
    writer.is_saved()
    writer.is_offered_nothing()


@ON_A_DESKTOP
def test_typing_goes_on_when_the_key_is_changed_with_a_fallback(server, open_page, language, width):
    writer = Writer(open_page(width=width), server, "ACD-3", language)
    writer.write("By the old key. ")
    writer.is_saved()
    writer.write("During the change. ")
    server.stop()
    server.start(SECRET_KEY=ANOTHER_KEY, SECRET_KEY_FALLBACKS=KEY)
    writer.write("By the new key. ")
    writer.is_saved()
    writer.loses_nothing()
    writer.is_offered_nothing()
    assert writer.page.input_value("#evidence").strip() == writer.typed.strip()


def test_a_key_changed_without_a_fallback_ends_the_session_and_offers_the_words(server, open_page):
    writer = Writer(open_page(width=390), server, "ACD-3", "cy")
    server.stop()
    server.start(SECRET_KEY=ANOTHER_KEY)
    writer.write("Heb allwedd. ")
    writer.is_told("signed-out")
    press(writer.page, SAVE)
    assert "Heb allwedd." in writer.page.inner_text("main")
    signs_in_again(writer, "cy")
    writer.puts_back()
    writer.is_saved()
    writer.is_offered_nothing()


def test_typing_goes_on_over_a_migration(server, open_page):
    writer = Writer(open_page(), server, "ACD-4")
    writer.write("On the old tables. ")
    writer.is_saved()
    writer.write("While they change. ")
    server.stop()
    with create_app(settings(server.folder)).app_context():
        downgrade_schema("-1")
    writer.is_told("network-error")
    assert "60" in server.flask("data", "upgrade")
    server.start(SECRET_KEY=ANOTHER_KEY, SECRET_KEY_FALLBACKS=KEY)
    writer.write("On the new ones.")
    writer.is_saved()
    assert any("On the old tables." in each["evidence"] for each in versions(server, "ACD-4"))
    writer.loses_nothing()


def test_without_javascript_a_changed_key_costs_one_more_press(server, open_page):
    page = open_page(java_script_enabled=False)
    writer = Writer(page, server, "ACD-5")
    page.fill("#evidence", "Sent with an old guard")
    page.check('input[value="mature"]', force=True)
    server.stop()
    server.start(SECRET_KEY=ANOTHER_KEY, SECRET_KEY_FALLBACKS=KEY)
    press(page, SAVE)
    assert page.input_value("#evidence") == "Sent with an old guard"
    press(page, SAVE)
    assert versions(server, "ACD-5")[-1]["evidence"] == "Sent with an old guard"
    assert writer.code not in page.url
