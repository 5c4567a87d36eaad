"""A visitor who opens pages and sends forms over HTTP; `Page` checks every page."""

import email
import itertools
import re
from email.policy import default
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

from surveys.loader import current_questionnaire

QUESTIONNAIRE = current_questionnaire()


class Page:
    """One HTML page; its constructor checks the rules for all pages."""

    def __init__(self, response: TestResponse, path: str) -> None:
        self.status, self.path, self.headers = response.status_code, path, response.headers
        self.html = BeautifulSoup(response.text, "lxml")
        self.language = path.split("/")[1] if path.split("/")[1] in ("en", "cy") else "en"
        self._keep_house_rules()

    @property
    def heading(self) -> str:
        return " ".join(self.html.h1.get_text(" ", strip=True).split())

    @property
    def text(self) -> str:
        return " ".join(self.html.main.get_text(" ", strip=True).split())

    @property
    def errors(self) -> list[str]:
        return [each.get_text(strip=True) for each in self.html.select(".nhsuk-error-summary li")]

    def link(self, words: str) -> str:
        found = [a for a in self.html.select("main a, nav a") if words in " ".join(a.get_text(" ").split())]
        assert found, f"no link “{words}” on {self.path}"
        return found[0]["href"]

    def fields(self) -> dict[str, str | list[str]]:
        """Return name -> value of what the form would send."""
        form = self.html.select_one("form#typed") or self.html.select_one("main form")
        sent: dict[str, str | list[str]] = {}
        for field in form.select("input, textarea, select"):
            value = _value(field)
            if value is not None:
                sent.setdefault(field["name"], [])
                sent[field["name"]].append(value)  # type: ignore[union-attr]
        return sent

    def _keep_house_rules(self) -> None:
        assert len(self.html.select("h1")) == 1, f"{self.path} has not one h1"
        title = self.html.title.get_text(strip=True)
        assert re.sub(r"^(Error|Gwall): ", "", title).startswith(self.heading), (
            f"{title!r} does not start with {self.heading!r}"
        )
        assert self.html.html["lang"] == self.language
        ids = [tag["id"] for tag in self.html.find_all(id=True)]
        assert len(ids) == len(set(ids)), f"{self.path}: an id stands twice"
        labelled = {label.get("for") for label in self.html.find_all("label")}
        for field in self.html.select("input:not([type=hidden]), textarea, select"):
            assert field.get("id") in labelled - {None}, f"{self.path}: {field.get('name')} has no label"
        for form in self.html.select("form[method=post]"):
            assert form.select_one("[name=csrf_token]"), f"{self.path}: a form without its guard"
        for tag in self.html.select("[aria-describedby], [data-aria-controls]"):
            for name in (tag.get("aria-describedby") or tag.get("data-aria-controls")).split():
                assert name in ids, f"{self.path}: nothing has the id {name}"
        assert not self.html.select("[style], [onclick], script:not([src])"), f"{self.path} has inline code"
        asked = [tag[name] for name in ("src", "href") for tag in self.html.find_all(attrs={name: True})]
        assert not any(re.match(r"(https?:)?//", address) for address in asked), f"{self.path} asks another host"
        titles = [outcome.title[self.language] for outcome in QUESTIONNAIRE.outcomes]
        shown = self.html.main.get_text()
        if any(title in shown for title in titles):
            assert self.html.select_one("[data-draft]"), f"{self.path} shows draft wording without its mark"
        assert self.html.select_one(".language-switch a, .language-switch button"), (
            f"{self.path} has no language switch"
        )
        levels = [int(tag.name[1]) for tag in self.html.main.find_all(["h1", "h2", "h3", "h4"])]
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), (
            f"{self.path}: a heading is skipped"
        )


class Visitor:
    """A person with a browser without JavaScript."""

    def __init__(self, app: Flask, letters: Path, language: str = "en") -> None:
        self.browser, self.letters, self.language = app.test_client(), letters, language
        self.page: Page | None = None

    def open(self, path: str, expect: int = 200) -> Page:
        """Open a page; a path without a language gets the visitor's language."""
        path = path if path.startswith(("/en/", "/cy/")) else f"/{self.language}{path}"
        return self._see(self.browser.get(path, follow_redirects=True), expect)

    def press(self, _expect: int = 200, _to: str | None = None, **typed: object) -> Page:
        """Send the form of the page with the fields of `typed` changed; `_to`: the URL of a button with its own."""
        assert self.page
        form = self.page.html.select_one("form#typed") or self.page.html.select_one("main form")
        target = _to or form.get("action") or self.page.path
        answer = self.browser.post(target, data=self.page.fields() | typed, follow_redirects=True)
        return self._see(answer, _expect)

    def press_in_form(self, action: str, _expect: int = 200) -> Page:
        """Send the form whose action ends with `action`."""
        assert self.page
        form = self.page.html.select_one(f'main form[action$="{action}"]')
        sent = {each["name"]: each.get("value", "") for each in form.select("input")}
        return self._see(self.browser.post(form["action"], data=sent, follow_redirects=True), _expect)

    def sign_in(self, email: str) -> Page:
        """Request a sign-in link, open it from the e-mail, click the button."""
        self.open("/sign-in")
        self.press(email=email)
        self.open(re.search(r"http://localhost(/\S+)", self.last_letter()).group(1))
        return self.press()

    def last_letter(self) -> str:
        """Return the newest e-mail."""
        newest = max(self.letters.glob("*.eml"))
        return email.message_from_bytes(newest.read_bytes(), policy=default).get_content()

    def _see(self, response: TestResponse, expect: int) -> Page:
        response.request.environ["wsgi.input"].close()  # a large upload is stored in a file
        assert response.status_code == expect, f"{response.request.path}: {response.status_code}"
        address = response.request.path
        if query := response.request.query_string.decode():
            address += f"?{query}"
        self.page = Page(response, address)
        return self.page


def _value(field: Tag) -> str | None:
    if field.name == "textarea":
        return field.get_text().removeprefix("\n")
    if field.name == "select":
        chosen = field.select_one("option[selected]")
        return chosen["value"] if chosen else ""
    if field.get("type") in ("radio", "checkbox"):
        return field["value"] if field.has_attr("checked") else None
    return field.get("value", "")
