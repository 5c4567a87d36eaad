"""Which passages of a submitted text can be approved as quotes, and what in them could identify who wrote them."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import InvalidValue
from app.domain.text import has_visible_text, normalise_text

LONGEST_QUOTE = 400
"""Characters, about sixty words."""


class IdentifierWarning(StrEnum):
    """Something in a passage that could identify who wrote it."""

    CLUSTER = "cluster"
    COUNTY = "county"
    BOARD = "board"
    PERSON = "person"
    ADDRESS = "address"
    NUMBER = "number"


class QuoteState(StrEnum):
    """Whether an approved quote is shown, and if not, why."""

    SHOWN = "shown"
    WITHDRAWN = "withdrawn"
    #: The cluster has since submitted a text without this passage.
    ELSEWHERE = "elsewhere"
    #: The text is not, or no longer, coded with its theme; or the theme is retired.
    NO_THEME = "no theme"


@dataclass(frozen=True)
class KnownNames:
    """The names that identify a cluster, in both languages, and the people who belong to it."""

    cluster: tuple[str, ...]
    county: tuple[str, ...]
    #: The board's names, and the word for a cluster that only this board uses.
    board: tuple[str, ...]
    people: tuple[str, ...]


def checked_quote(passage: str, text: str) -> str:
    """Return the passage, normalised, if it is a part of the text that begins and ends with a whole word.

    InvalidValue with "quote_empty", "quote_long", "quote_elsewhere" (not in the text) or "quote_cut" (half a word,
    which may say something else: "able" of "unable").
    """
    wanted, whole = normalise_text(passage), normalise_text(text)
    if not has_visible_text(wanted):
        raise InvalidValue("quote_empty")
    if len(wanted) > LONGEST_QUOTE:
        raise InvalidValue("quote_long", len(wanted))
    if wanted not in whole:
        raise InvalidValue("quote_elsewhere")
    if not is_quote_in_text(wanted, whole):
        raise InvalidValue("quote_cut")
    return wanted


def is_quote_in_text(passage: str, text: str) -> bool:
    """Return whether an approved passage occurs in this text, with whole words at both ends."""
    whole = normalise_text(text)
    starts = (found.start() for found in re.finditer(f"(?={re.escape(passage)})", whole))
    return any(not _cuts(whole, start) and not _cuts(whole, start + len(passage)) for start in starts)


def identifier_warnings_in(passage: str, known: KnownNames) -> frozenset[IdentifierWarning]:
    """Return what staff must check before they approve a passage; none found does not mean that it is safe."""
    plain, words = _plain(passage), _words(passage)
    places = {
        IdentifierWarning.CLUSTER: known.cluster,
        IdentifierWarning.COUNTY: known.county,
        IdentifierWarning.BOARD: known.board,
    }
    found = {hint for hint, names in places.items() if any(_names_place(name, words) for name in names)}
    if any(_names_person(name, passage) for name in known.people):
        found.add(IdentifierWarning.PERSON)
    if re.search(r"\S@\S+\.\S|https?:|www\.", plain):
        found.add(IdentifierWarning.ADDRESS)
    if any(_is_long(number.group()) for number in re.finditer(r"\+?\d[\d\s().-]*\d", plain)):
        found.add(IdentifierWarning.NUMBER)
    return frozenset(found)


_MUTATED = {
    "ll": ("l",),
    "rh": ("r",),
    "c": ("g", "ngh", "ch"),
    "p": ("b", "mh", "ph"),
    "t": ("d", "nh", "th"),
    "g": ("", "ng"),
    "b": ("f", "m"),
    "d": ("dd", "n"),
    "m": ("f",),
    **{vowel: (f"h{vowel}",) for vowel in "aeiouwy"},
}
"""First letters of a Welsh word -> their mutations, as in Powys, i Bowys, ym Mhowys, a Phowys."""


def _mutations(word: str) -> set[str]:
    """Return the word and its mutations, including some that grammar would not allow, which only adds warnings."""
    first = next((letters for letters in _MUTATED if word.startswith(letters)), None)
    return {word, *(instead + word[len(first) :] for instead in _MUTATED[first])} if first else {word}


def _names_place(name: str, words: list[str]) -> bool:
    """Return whether the name of a place is among the words, mutated or not."""
    parts = _words(name)
    spans = (words[at : at + len(parts)] for at in range(len(words) - len(parts) + 1))
    return bool(parts) and any(span[0] in _mutations(parts[0]) and span[1:] == parts[1:] for span in spans)


def _names_person(name: str, passage: str) -> bool:
    """Return whether a person is named: by the full name in any case, or by one part of it with a capital letter."""
    whole, parts = _words(passage), _words(name)
    is_whole = any(whole[at : at + len(parts)] == parts for at in range(len(whole))) if parts else False
    capitals = {_plain(word) for word in re.findall(r"[^\W\d_]+", _shown(passage)) if word[0].isupper()}
    return is_whole or any(len(part) > 2 and part in capitals for part in parts)


def _is_long(number: str) -> bool:
    """Return whether a number is long enough to be a telephone or personal number, not a year or an amount."""
    digits = sum(sign.isdigit() for sign in number)
    return digits >= (7 if number[0] in "0+" else 9)


def _cuts(text: str, at: int) -> bool:
    """Return whether a cut here would split a word or character, as "can't" into "can", which says the opposite."""
    if at in (0, len(text)):
        return False
    if unicodedata.category(text[at]).startswith("M") or "\u200d" in text[at - 1 : at + 1]:
        return True
    before = next((sign for sign in reversed(text[:at]) if not _links(sign)), " ")
    after = next((sign for sign in text[at:] if not _links(sign)), " ")
    return before.isalnum() and after.isalnum()


def _links(sign: str) -> bool:
    """Return whether a character can be inside a word: apostrophe, hyphen, combining mark, format character."""
    return sign in "'\u2019-\u2010\u2011" or unicodedata.category(sign) in ("Mn", "Mc", "Me", "Cf")


def _shown(text: str) -> str:
    """Return the text without accents and invisible characters."""
    signs = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in signs if unicodedata.category(sign) not in ("Cf", "Mn"))


def _plain(text: str) -> str:
    return _shown(text).casefold()


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", _plain(text))
