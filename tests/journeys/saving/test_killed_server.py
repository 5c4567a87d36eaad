"""The server is killed repeatedly during saves: every acknowledged text is saved."""

import json
import random
import re
import sqlite3
import threading
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from time import sleep

import pytest

from tests.support.server import Server

LEAD, DEPUTY = "lead.north-powys@example.wales", "deputy.north-powys@example.wales"
KILLS, OF_THE_WHOLE_SERVER = 60, 4
QUESTIONS = ("PCMW-09", "PCMW-10", "ACD-1", "ACD-2", "ACD-3", "ACD-4", "ACD-5", "ACD-6")


@dataclass
class Writing:
    """One question in one open page: the texts sent, in order, and the number of the last acknowledged one."""

    code: str
    base_version: str
    client_id: str
    sent: list[str] = field(default_factory=list)
    acknowledged: set[int] = field(default_factory=set)
    #: Saves that reached a server and were not answered.
    cut_off: set[int] = field(default_factory=set)


@dataclass
class Moments:
    """Events that the thread which kills the server waits for."""

    sending: threading.Event = field(default_factory=threading.Event)
    acknowledged: threading.Event = field(default_factory=threading.Event)


class Writer(threading.Thread):
    """A thread that types into two questions and saves as static/js/autosave.js does."""

    def __init__(self, server: Server, persona: str, codes: tuple[str, ...], moments: Moments) -> None:
        super().__init__(daemon=True)
        self.home = f"{server.address}/en/reflections/2026/north-powys/questions"
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.moments, self.done = moments, threading.Event()
        entrance = f"{server.address}/en/demonstration"
        self._open(entrance, persona=persona, csrf_token=hidden("csrf_token", self._open(entrance)))
        self.guard, self.writings = "", []
        for code in codes:
            page = self._open(f"{self.home}/{code}")
            self.guard = hidden("csrf_token", page)
            self.writings.append(Writing(code, hidden("base_version", page), client_id=f"{persona[:6]} {code}"))

    def run(self) -> None:
        while not self.done.is_set():
            self._save(random.choice(self.writings))

    def _save(self, writing: Writing) -> None:
        step = len(writing.sent) + 1
        writing.sent.append(" ".join(f"{writing.code}:{number}" for number in range(max(1, step - 200), step + 1)))
        try:
            self.moments.sending.set()
            answer = self._open(
                f"{self.home}/{writing.code}/autosave",
                csrf_token=self.guard,
                evidence=writing.sent[-1],
                base_version=writing.base_version,
                client_id=writing.client_id,
                sequence_no=str(step),
            )
        except (OSError, HTTPException) as fault:
            refused = isinstance(getattr(fault, "reason", None), ConnectionRefusedError)
            sleep(0.05 if refused else 0)
            if not refused:
                writing.cut_off.add(step)
            return
        said = json.loads(answer)
        assert said["state"] == "saved", said
        writing.base_version = str(said["version"])
        writing.acknowledged.add(step)
        self.moments.acknowledged.set()

    def _open(self, address: str, **typed: str) -> str:
        data = urllib.parse.urlencode(typed).encode() if typed else None
        request = urllib.request.Request(
            address, data, {"Accept": "application/json"} if "sequence_no" in typed else {}
        )
        with self.browser.open(request, timeout=30) as answer:
            return answer.read().decode()


def hidden(name: str, page: str) -> str:
    return re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page).group(1)


def kill_again_and_again(server: Server, moments: Moments) -> None:
    """Kill a worker, sometimes the whole server, 0 to 30 ms (random) after a save was sent, while writers go on."""
    for number in range(KILLS):
        for moment in (moments.acknowledged, moments.sending):
            moment.clear()
            assert moment.wait(30)
        sleep(random.uniform(0, 0.03))
        if number % (KILLS // OF_THE_WHOLE_SERVER) == 0:
            server.kill()
            server.start("--preload")
        else:
            while not server.kill_a_worker():
                sleep(0.01)


def saved_versions(database: Path, code: str) -> list[str]:
    """Return the texts of all versions of an answer, oldest first."""
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute(
            "SELECT version, content FROM answers JOIN reflections ON reflections.id = reflection_id"
            " JOIN clusters ON clusters.id = cluster_id"
            " WHERE item = ? AND cycle_year = 2026 AND code = 'north-powys' ORDER BY version",
            [code],
        ).fetchall()
    connection.close()
    assert [version for version, _content in rows] == list(range(1, len(rows) + 1))
    return [json.loads(content)["evidence"] for _version, content in rows]


@pytest.fixture
def server(todays_database, tmp_path):
    server = Server(todays_database, tmp_path)
    server.start("--preload")
    yield server
    server.stop()


def test_what_a_killed_server_acknowledged_is_there_and_nothing_newer_is_older(server, record_property):
    moments = Moments()
    pairs = [QUESTIONS[at : at + 2] for at in range(0, len(QUESTIONS), 2)]
    writers = [Writer(server, persona, pair, moments) for persona, pair in zip([LEAD, DEPUTY] * 2, pairs, strict=True)]
    for writer in writers:
        writer.start()
    kill_again_and_again(server, moments)
    for writer in writers:
        writer.done.set()
    for writer in writers:
        writer.join(60)
        assert not writer.is_alive()

    acknowledged, cut_off, arrived = 0, 0, 0
    for writing in (each for writer in writers for each in writer.writings):
        versions = saved_versions(server.folder / "test.db", writing.code)
        number = {text: at for at, text in enumerate(writing.sent, start=1)}
        kept = [number[text] for text in versions]
        assert kept == sorted(kept), "an older text lies over a newer one"
        assert writing.acknowledged <= set(kept), "a text that was acknowledged is missing"
        acknowledged += len(writing.acknowledged)
        cut_off += len(writing.cut_off)
        arrived += len(writing.cut_off & set(kept))
    assert cut_off > KILLS / 4, "hardly a kill has met a save: this test has seen nothing"
    assert acknowledged > KILLS
    record_property("killed server", f"{KILLS} kills, {OF_THE_WHOLE_SERVER} of them of the whole server")
    record_property("saves", f"{acknowledged} acknowledged and all there; {cut_off} cut off, {arrived} of them there")
