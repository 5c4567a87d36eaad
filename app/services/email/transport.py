"""Where e-mail goes: the terminal, a folder, or an SMTP server."""

import logging
from collections.abc import Callable
from email.message import EmailMessage

log = logging.getLogger(__name__)

Transport = Callable[[EmailMessage], None]
