"""Deliver e-mails to the mail server one after another; retry those that fail after the others."""

import logging
import threading
import time
from collections.abc import Callable
from email.message import EmailMessage

TRIES = 3
PAUSE = 5.0
"""Seconds before failed e-mails are retried; short, because a process waits for its retries before it exits."""

log = logging.getLogger(__name__)


class OutboxDelivery:
    """The delivery queue of one process, emptied by a thread that runs while there are e-mails to send.

    The thread keeps requests fast, and keeps their duration from showing whether an address is known. It is not a
    daemon, so Python waits for it before exiting. It starts with the first e-mail, after the server has forked.
    """

    def __init__(self, deliver: Callable[[EmailMessage], None]) -> None:
        self._deliver = deliver
        self._lock = threading.Lock()
        self._waiting: list[EmailMessage] = []
        self._is_going = False

    def take(self, message: EmailMessage) -> None:
        """Queue an e-mail; start the thread if it is not running."""
        with self._lock:
            self._waiting.append(message)
            if not self._is_going:
                threading.Thread(target=self._go, name="postman").start()
                self._is_going = True

    def _go(self) -> None:
        """Deliver until the queue is empty: in each round the e-mails that failed before, then the new ones."""
        failed: list[tuple[EmailMessage, int]] = []
        while letters := self._next_round(failed):
            failed = [(letter, tried) for letter, tried in letters if not self._is_delivered(letter, tried)]
            failed = [(letter, tried + 1) for letter, tried in failed if tried < TRIES]
            if failed:
                time.sleep(PAUSE)

    def _next_round(self, failed: list[tuple[EmailMessage, int]]) -> list[tuple[EmailMessage, int]]:
        with self._lock:
            letters = [*failed, *((letter, 1) for letter in self._waiting)]
            self._waiting.clear()
            self._is_going = bool(letters)
            return letters

    def _is_delivered(self, letter: EmailMessage, tried: int) -> bool:
        try:
            self._deliver(letter)
        except Exception:  # whatever failed, the other e-mails are still sent
            log.exception("a letter could not be sent, try %s of %s", tried, TRIES)
            return False
        return True
