"""A person who types an answer in the browser, with checks that their text is saved, on the page or offered."""

import json
import re
import sqlite3
from unicodedata import normalize

from tests.support.browser_people import LEAD, ONLY_BUTTON, be, open_link, press

HEAR = """
const send = window.fetch;
window.fetch = async (...asked) => {
  const answer = await send(...asked);
  const told = await answer.clone().json().catch(() => ({}));
  if (told.state === "saved") window.acknowledged([...asked[1].body]);
  return answer;
};
"""
"""A script that records in the page which texts the server has acknowledged."""

OFFER, TAKE, DROP = "[data-unsaved-draft]", "[data-unsaved-draft-restore]", "[data-unsaved-draft-discard]"
SWITCH = ".language-switch button"
TEXTS = ("why", "evidence", "next_step", "text")


class Writer:
    """A person with an open page of one question; records all text that they type."""

    def __init__(self, page, server, code: str, language: str = "en", persona: str = LEAD, box: str = "#evidence"):
        self.page, self.server, self.code, self.box = page, server, code, box
        self.acknowledged: list[tuple[str, str]] = []
        self.typed = ""
        page.set_default_timeout(40_000)
        page.context.expose_binding("acknowledged", lambda _source, fields: self._hear(fields))
        page.context.add_init_script(HEAR)
        be(page, server, language, persona)
        self.address = f"{server.address}/{language}/reflections/2026/north-powys/questions/{code}"
        self.open()
        self.typed = page.input_value(box) if box != "#number" else ""

    def open(self) -> None:
        self.page.goto(self.address)

    def write(self, words: str) -> None:
        """Type at the end of the box, key by key."""
        self.page.focus(self.box)
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(words)
        self.typed += words

    def is_told(self, word: str) -> None:
        """Wait until the page shows a state of saving; `word` is one of templates/saving/_status.html."""
        self.page.wait_for_function(
            """word => {
              const state = document.querySelector("[data-save-state]");
              return state.textContent.startsWith(state.getAttribute(`data-${word}`).split("{")[0]);
            }""",
            arg=word,
        )

    def is_out_of_reach(self) -> None:
        """Wait until the browser shows its own error page; waiting for the URL would raise the connection error."""
        for _tenth in range(100):
            if self.page.url.startswith("chrome-error:"):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"still at {self.page.url}")

    def is_saved(self) -> None:
        """Wait until the page says that the text is saved, and check that it is."""
        self.is_told("saved")
        newest = versions(self.server, self.code)[-1]
        assert any(clean(self.typed) == clean(text) for text in texts(newest)), newest

    def puts_back(self) -> None:
        """Click “Put it back” on an offered text and wait for it, after a save that is running."""
        self.page.wait_for_selector(TAKE)
        assert clean(self.typed) in clean(self.page.inner_text(OFFER))
        self.page.click(TAKE)
        self.page.wait_for_function(
            "([box, typed]) => document.querySelector(box).value.normalize('NFC').replace(/\\s+/g, '') === typed",
            arg=[self.box, clean(self.typed)],
        )

    def is_offered_nothing(self) -> None:
        """Assert that a newly opened page offers no text, after its script has had time to look for it."""
        self.open()
        self.page.wait_for_timeout(300)
        assert not self.page.is_visible(OFFER)

    def loses_nothing(self) -> None:
        """Assert that acknowledged text is saved, and that all typed text is saved, on the page or offered."""
        kept = versions(self.server, self.code)
        for name, text in self.acknowledged:
            assert any(clean(version.get(name, "")) == clean(text) for version in kept), (
                f"lost though acknowledged: {text}"
            )
        here = self.page.eval_on_selector_all("textarea, input", "all => all.map(each => each.value)")
        offered = self.page.inner_text(OFFER) if self.page.locator(OFFER).is_visible() else ""
        everywhere = [*here, offered, *(text for version in kept for text in texts(version))]
        assert any(clean(self.typed) in clean(each) for each in everywhere), f"lost: {self.typed}"

    def _hear(self, fields: list[list[str]]) -> None:
        self.acknowledged += [(name, text) for name, text in fields if name in TEXTS and text]


def versions(server, code: str) -> list[dict]:
    """Return the stored versions of an answer of North Powys, oldest first."""
    with sqlite3.connect(server.folder / "test.db") as connection:
        rows = connection.execute(
            "SELECT content FROM answers JOIN reflections ON reflections.id = reflection_id"
            " JOIN clusters ON clusters.id = cluster_id"
            " WHERE item = ? AND cycle_year = 2026 AND code = 'north-powys' ORDER BY version",
            [code],
        ).fetchall()
    connection.close()
    return [json.loads(content) for (content,) in rows]


def texts(content: dict) -> list[str]:
    """Return all texts of an answer, including those of its options."""
    return [*(content.get(name, "") for name in TEXTS), *content.get("details", {}).values()]


def clean(text: str) -> str:
    """Return a text in NFC without white space, which the server strips from its ends."""
    return re.sub(r"\s+", "", normalize("NFC", text))


def ends_session(writer: Writer) -> None:
    """End the session, as its expiry or signing out in another window does."""
    writer.page.context.clear_cookies()


def signs_in_again(writer: Writer, language: str) -> None:
    """Sign in by the link on the page for an ended session and the e-mail, and return to the page."""
    page = writer.page
    press(page, "main a.nhsuk-button")
    page.fill("#email", LEAD)
    press(page, ONLY_BUTTON)
    open_link(page, writer.server)
    press(page, ONLY_BUTTON)
    assert f"/{language}/" in page.url
    assert page.url.split("?")[0].endswith(writer.code)
