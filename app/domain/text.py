"""What people type, made safe to store without losing or joining a word of it."""

import re
import unicodedata

_SEPARATORS = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
"""What other programs end a line, a paragraph or a page with; a word processor pastes its line end as U+000B."""

_HYPHENS = str.maketrans({"\x1e": "-", "\x1f": None})
"""The hyphen at which a word processor does not break a line, and the one that it shows only at the end of a line."""

_UNSEEN = re.compile("[\\x00-\\x08\\x0e-\\x1d\\x7f-\\x9f\ud800-\udfff]+")
"""What shows nothing and can break a file or a terminal: the other control characters, and halves of a character."""


def normalise_text(typed: str) -> str:
    """Return the text in NFC with "\\n" as line end, without control characters and surrounding white space.

    Emoji, right-to-left text and its marks are people's words and stay. What separates lines becomes a line end.
    Any other control character becomes a space where two signs would meet without it, and goes where blank
    space or an end of the text stands beside it. So no two words become one. A text of which nothing shows is "".
    """
    lines = typed.replace("\r\n", "\n").translate(_SEPARATORS).translate(_HYPHENS)
    spaced = re.sub(r"(?<=\S)\0(?=\S)", " ", _UNSEEN.sub("\0", lines)).replace("\0", "")
    text = unicodedata.normalize("NFC", spaced).strip()
    return text if has_visible_text(text) else ""


def cleaned_line(typed: str) -> str:
    """The same for a text of one line: a space instead of each line end, which a box of one line would drop."""
    return re.sub(r"[ \t]*\n\s*", " ", normalise_text(typed))


def has_visible_text(text: str) -> bool:
    """Whether anything of it shows: blanks, joiners and marks of direction alone do not."""
    return any(not sign.isspace() and unicodedata.category(sign) not in ("Cc", "Cf") for sign in text)
