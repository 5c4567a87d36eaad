"""E-mails go where the settings say; a failed delivery raises nothing and logs no content."""

import logging
import re
import socketserver
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from app.services.email import jobs as postman
from app.services.email.commands import Mailer
from app.services.email.message import RenderedEmail

LETTER = RenderedEmail("n@example.wales", "Croeso i'r gŵyl", "Tŷ: http://localhost/cy/sign-in/secret-token\n")


class SmtpHandler(socketserver.StreamRequestHandler):
    """A minimal SMTP server, without encryption or password."""

    def handle(self) -> None:
        if self.server.failures:
            self.server.failures -= 1
            self.wfile.write(b"421 try again later\r\n")
            return
        self.server.sessions += 1
        self.server.most_at_once = max(self.server.most_at_once, self.server.sessions)
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline():
            command = line.split()[0].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.received.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.server.sessions -= command == b"QUIT"
            self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")


@pytest.fixture
def mail_server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), SmtpHandler) as server:
        server.received, server.sessions, server.most_at_once, server.failures = [], 0, 0, 0
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(postman, "PAUSE", 0.01)


def sent_by(url: str, letters: int = 1, sender: str = "reflection@example.wales", to: str = LETTER.to) -> None:
    post = Mailer()
    post.connect(url, sender)
    for _ in range(letters):
        post.send(replace(LETTER, to=to))
    for thread in threading.enumerate():
        if thread.name == "postman":
            thread.join(20)


def address_of(server: socketserver.TCPServer) -> str:
    return f"smtp://127.0.0.1:{server.server_address[1]}"


def test_a_letter_goes_by_smtp(mail_server):
    sent_by(f"smtp://127.0.0.1:{mail_server.server_address[1]}")
    letter = message_from_bytes(mail_server.received[0], policy=default)
    assert (letter["To"], letter["Subject"]) == (LETTER.to, LETTER.subject)
    assert "Tŷ: " in letter.get_content()


def test_a_letter_says_when_it_was_sent_under_what_number_and_that_no_person_wrote_it(mail_server):
    sent_by(address_of(mail_server), letters=2)
    first, second = (message_from_bytes(each, policy=default) for each in mail_server.received)
    assert datetime.now(UTC) - first["Date"].datetime < timedelta(minutes=1)
    assert re.fullmatch(r"<[^<>@\s]+@example\.wales>", first["Message-ID"])
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Auto-Submitted"] == "auto-generated"


def test_an_address_with_a_welsh_domain_is_written_so_that_every_mail_server_takes_it(mail_server):
    sent_by(address_of(mail_server), sender="post@tŷ.cymru", to="lead@tŷ-iechyd.cymru")
    letter = message_from_bytes(mail_server.received[0], policy=default)
    assert letter["To"] == "lead@xn--t-iechyd-t2b.cymru"
    assert letter["From"].addresses[0].domain == letter["Message-ID"].rstrip(">").partition("@")[2] == "xn--t-foa.cymru"


def test_many_letters_go_one_after_another(mail_server):
    sent_by(address_of(mail_server), letters=10)
    assert len(mail_server.received) == 10
    assert mail_server.most_at_once == 1


def test_a_letter_that_fails_twice_goes_at_the_third_try_and_no_more_are_made(mail_server, caplog):
    mail_server.failures = 2
    sent_by(address_of(mail_server))
    assert len(mail_server.received) == 1
    mail_server.failures = 4
    sent_by(address_of(mail_server))
    assert (len(mail_server.received), mail_server.failures) == (1, 1)
    assert "try 3 of 3" in caplog.text
    assert "secret-token" not in caplog.text


def test_a_process_that_exits_delivers_what_it_has_taken_in_turn():
    program = (
        "import runpy, time; OutboxDelivery = runpy.run_path('app/services/email/jobs.py')['OutboxDelivery']; "
        "postman = OutboxDelivery(lambda letter: (time.sleep(0.02), print(letter))); "
        "[postman.take(number) for number in range(5)]"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1", "2", "3", "4"]


def test_a_password_is_not_sent_in_the_clear(mail_server, caplog):
    sent_by(f"smtp://user:password@127.0.0.1:{mail_server.server_address[1]}")
    assert mail_server.received == []
    assert "could not be sent" in caplog.text


def test_a_mail_server_that_is_down_is_logged_without_the_letter(caplog):
    with caplog.at_level(logging.DEBUG):
        sent_by("smtp://127.0.0.1:1")
    assert "could not be sent" in caplog.text
    assert "secret-token" not in caplog.text


def test_a_letter_goes_to_a_folder_or_the_terminal(tmp_path, capsys):
    sent_by(f"file:{tmp_path}/letters")
    (file,) = (tmp_path / "letters").iterdir()
    assert message_from_bytes(file.read_bytes(), policy=default).get_content() == LETTER.body
    sent_by("console:")
    assert "secret-token" in capsys.readouterr().out
