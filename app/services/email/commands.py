"""Send e-mail. Call this after the commit, never inside a transaction."""

import re
import smtplib
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any

from app.domain.accounts.email_address import as_delivered
from app.services.email.jobs import OutboxDelivery
from app.services.email.message import RenderedEmail
from app.services.email.transport import Transport, log
from config import MailRoute, mail_route


class Mailer:
    """Sends e-mails by the transport that `connect` sets; prints them until then."""

    def __init__(self) -> None:
        self._sender = "reflection@localhost"
        self._transport: Transport = _to_terminal

    def connect(self, url: str, sender: str) -> None:
        """Send from `sender` by `console:`, `file:FOLDER`, `smtp://user:password@host:port` or `smtps://...`."""
        self._sender, route = as_delivered(sender), mail_route(url)
        if route.scheme == "console":
            self._transport = _to_terminal
        elif route.scheme == "file":
            self._transport = _to_folder(route.folder)
        else:
            self._transport = _by_smtp(route)

    def send(self, letter: RenderedEmail) -> None:
        """Send an e-mail, by SMTP in the background; a failure is logged without its content and not raised."""
        message = EmailMessage()
        message["From"], message["To"] = self._sender, as_delivered(letter.to)
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"  # stops out-of-office replies
        message.set_content(letter.body)
        try:
            self._transport(message)
        except OSError:
            log.exception("a letter could not be sent")


def _to_terminal(message: EmailMessage) -> None:
    print(f"\n--- {message['To']}: {message['Subject']}\n{message.get_content()}---", flush=True)  # noqa: T201 - its purpose


def _to_folder(folder: Path) -> Transport:
    def write(message: EmailMessage) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w@.-]", "_", message["To"])
        (folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{name}.eml").write_bytes(bytes(message))

    return write


def _by_smtp(route: MailRoute) -> Transport:
    trusted = ssl.create_default_context()
    connect = smtplib.SMTP_SSL if route.scheme == "smtps" else smtplib.SMTP
    secure: dict[str, Any] = {"context": trusted} if route.scheme == "smtps" else {}

    def deliver(message: EmailMessage) -> None:
        with connect(route.host, route.port, timeout=20, **secure) as server:
            server.ehlo()
            if route.scheme == "smtp" and (route.user or server.has_extn("starttls")):
                server.starttls(context=trusted)  # never send a password unencrypted
            if route.user:
                server.login(route.user, route.password)
            server.send_message(message)

    return OutboxDelivery(deliver).take


mailer = Mailer()
"""The mailer of this process; `create_app` connects it."""
