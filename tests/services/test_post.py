"""Letters go where the settings say; one that cannot be delivered breaks nothing and tells no content."""

import logging
import socketserver
import threading
from email import message_from_bytes
from email.policy import default

import pytest

from app.services.post import Letter, Post

LETTER = Letter("n@example.wales", "Croeso i'r gŵyl", "Tŷ: http://localhost/cy/sign-in/secret-token\n")


class SmtpHandler(socketserver.StreamRequestHandler):
    """As much of a mail server as a letter needs: no encryption, no password."""

    def handle(self) -> None:
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline():
            command = line.split()[0].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.received.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")


@pytest.fixture
def mail_server():
    with socketserver.TCPServer(("127.0.0.1", 0), SmtpHandler) as server:
        server.received = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def sent_by(url: str) -> None:
    post = Post()
    post.connect(url, "reflection@example.wales")
    post.send(LETTER)
    for thread in threading.enumerate():
        if thread.name.endswith("(deliver)"):
            thread.join(20)


def test_a_letter_goes_by_smtp(mail_server):
    sent_by(f"smtp://127.0.0.1:{mail_server.server_address[1]}")
    letter = message_from_bytes(mail_server.received[0], policy=default)
    assert (letter["To"], letter["Subject"]) == (LETTER.to, LETTER.subject)
    assert "Tŷ: " in letter.get_content()


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
