"""The type of a transport: a function that prints, writes or delivers an e-mail."""

import logging
from collections.abc import Callable
from email.message import EmailMessage

log = logging.getLogger(__name__)

Transport = Callable[[EmailMessage], None]
