"""A workshop with forty phones that poll once a second and vote, and a screen that polls; for `make bench`."""

import json
import re
import threading
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from statistics import median, quantiles

PHONES = 40
SECONDS = 20
LEAD, MEMBER = "lead.north-powys@example.wales", "member.north-powys@example.wales"
HOME = "/en/reflections/2026/north-powys"


class Browser:
    """A signed-in person with cookies and no script."""

    def __init__(self, site: str, person: str) -> None:
        self.site = site
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.send("/en/demonstration", self.get("/en/demonstration"), persona=person)

    def get(self, address: str) -> str:
        with self.opener.open(self.site + address, timeout=30) as answer:
            return answer.read().decode()

    def send(self, address: str, page: str, **fields: str) -> str:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page).group(1)
        body = urllib.parse.urlencode({**fields, "csrf_token": token}).encode()
        with self.opener.open(self.site + address, body, timeout=30) as answer:
            return answer.read().decode()


def measure(site: str) -> None:
    """Open a workshop and a vote, let all phones poll and one vote repeatedly; print the response times."""
    lead = Browser(site, LEAD)
    begin = lead.get(f"{HOME}/workshop/")
    screen = lead.send(f"{HOME}/workshop/", begin, order="usual", present=str(PHONES))
    lead.send(f"{HOME}/workshop/screen", screen, do="ask")
    member = Browser(site, MEMBER)
    room = member.get(f"{HOME}/vote")
    asked = re.search(r'name="round" value="(\d+)"', room).group(1)
    polls: list[float] = []
    over = threading.Event()
    phones = [threading.Thread(target=_poll, args=(Browser(site, MEMBER), polls, over)) for _phone in range(PHONES)]
    for phone in phones:
        phone.start()
    begun = time.monotonic()
    votes = []
    while time.monotonic() - begun < SECONDS:
        moment = time.perf_counter()
        room = member.send(f"{HOME}/vote", room, round=asked, level="mature")
        votes.append(1000 * (time.perf_counter() - moment))
        time.sleep(0.5)
    over.set()
    for phone in phones:
        phone.join()
    _print(f"a poll, {PHONES} phones each second", polls)
    _print(f"a vote with its page, {PHONES} phones polling", votes)


def _poll(browser: Browser, polls: list[float], over: threading.Event) -> None:
    while not over.is_set():
        moment = time.perf_counter()
        json.loads(browser.get(f"{HOME}/vote/state"))
        polls.append(1000 * (time.perf_counter() - moment))
        over.wait(1)


def _print(name: str, taken: list[float]) -> None:
    slow = quantiles(taken, n=20)[-1]
    print(f"{name:<42}{median(taken):>9.1f} ms   (19 of 20 within {slow:.0f} ms, {len(taken)} times)")


def wait_for(site: str) -> None:
    """Wait until the site answers."""
    for _try in range(100):
        try:
            urllib.request.urlopen(f"{site}/health", timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
