"""Typed text made safe to store, without losing words or joining two."""

import re
import unicodedata

_SEPARATORS = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
"""Line, paragraph and page separators of other programs; word processors paste a line end as U+000B."""

_HYPHENS = str.maketrans({"\x1e": "-", "\x1f": None})
"""A word processor's non-breaking hyphen, and its optional hyphen, which shows only at a line end."""

_UNSEEN = re.compile("[\\x00-\\x08\\x0e-\\x1d\\x7f-\\x9f\ud800-\udfff]+")
"""Invisible characters that can break a file or a terminal: other control characters and lone surrogates."""


def normalise_text(typed: str) -> str:
    """Return the text in NFC with "\\n" as line end, without control characters and surrounding white space.

    Emoji, right-to-left text and its marks are kept. Every line separator becomes a line end. Any other control
    character becomes a space between two visible characters, and is removed next to white space or at an end of the
    text, so that no two words are joined. A text without visible characters becomes "".
    """
    lines = typed.replace("\r\n", "\n").translate(_SEPARATORS).translate(_HYPHENS)
    spaced = re.sub(r"(?<=\S)\0(?=\S)", " ", _UNSEEN.sub("\0", lines)).replace("\0", "")
    text = unicodedata.normalize("NFC", spaced).strip()
    return text if has_visible_text(text) else ""


def cleaned_line(typed: str) -> str:
    """Return the text normalised and on one line: each line end becomes a space."""
    return re.sub(r"[ \t]*\n\s*", " ", normalise_text(typed))


def has_visible_text(text: str) -> bool:
    """Return whether the text has a visible character; spaces, joiners and direction marks are not visible."""
    return any(not sign.isspace() and unicodedata.category(sign) not in ("Cc", "Cf") for sign in text)
