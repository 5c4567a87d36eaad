"""What people type, made safe to store without changing a word of it."""

import unicodedata


def cleaned(typed: str) -> str:
    """The text in NFC with plain line ends, without control characters and outer blank space.

    Emoji, right-to-left text and its marks are people's words and stay. Only characters that show
    nothing and can break a file or a terminal (Unicode category Cc, lone surrogates) go.
    """
    lines = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()


def is_readable(text: str) -> bool:
    """Whether anything of it shows: blanks, joiners and marks of direction alone do not."""
    return any(not sign.isspace() and unicodedata.category(sign) not in ("Cc", "Cf") for sign in text)
