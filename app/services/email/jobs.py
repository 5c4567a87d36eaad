"""Delivers e-mails to the mail server, one after another; one that fails is tried again after the others."""

import logging
import threading
import time
from collections.abc import Callable
from email.message import EmailMessage

TRIES = 3
PAUSE = 5.0
"""Seconds before failed letters are tried again: a process that is to stop has all its rounds behind it in time."""

log = logging.getLogger(__name__)


class OutboxDelivery:
    """The delivery of one process: a thread that runs while there are e-mails to send.

    In a thread, because neither a slow mail server nor the time it takes may tell whether an address is known.
    It is not a daemon: Python waits for it before it exits. It starts with a letter, so a fork never splits it.
    """

    def __init__(self, deliver: Callable[[EmailMessage], None]) -> None:
        self._deliver = deliver
        self._lock = threading.Lock()
        self._waiting: list[EmailMessage] = []
        self._is_going = False

    def take(self, message: EmailMessage) -> None:
        """Have it delivered as soon as those before it are."""
        with self._lock:
            self._waiting.append(message)
            if not self._is_going:
                threading.Thread(target=self._go, name="postman").start()
                self._is_going = True

    def _go(self) -> None:
        """Round after round: what failed before, and what has come meanwhile."""
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
        except Exception:  # whatever it is, the letters after it go on
            log.exception("a letter could not be sent, try %s of %s", tried, TRIES)
            return False
        return True
