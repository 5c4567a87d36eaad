"""Plain data to frozen dataclasses: every fault at once, each with its path. cattrs reads; this tells its errors.

A converter of `make_converter` takes nothing for something else: text is no number, a string no list. A hook that
finds a fault raises `Flaw`; the place is known by cattrs.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import partial, reduce
from types import GenericAlias, NoneType
from typing import Annotated, Any, TypeVar, get_args, get_origin
from unicodedata import category

from cattrs import AttributeValidationNote, Converter, ForbiddenExtraKeysError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, mapping_structure_factory, override
from yaml import ScalarEvent

from surveys.faults import DataFault, InvalidData
from surveys.plain_data import PlainData, path_below
from surveys.schema import LANGUAGES, BilingualText

A_MAPPING, A_LIST, TEXT = "a mapping / mapio", "a list / rhestr", "text / testun"
A_NUMBER, TRUE_OR_FALSE, READABLE = "a whole number / rhif cyfan", "true / false", "readable / ddarllenadwy"
LARGEST_NUMBER = 2**63 - 1
EMPTY: tuple[object, ...] = (None, "", [], {})

S = TypeVar("S", bound=StrEnum)
T = TypeVar("T")


class Flaw(Exception):
    """Something is wrong with the value that a hook is given, or with one that lies `below` it."""

    def __init__(self, code: str, detail: str = "", known: str = "", below: tuple[str | int, ...] = ()) -> None:
        super().__init__(code, detail)
        self.code, self.detail, self.known, self.below = code, detail, known, below


@dataclass(frozen=True)
class Within:
    """The limits of a whole number, both included, as part of its type: `Annotated[int, Within(1, 3)]`."""

    least: int
    most: int

    def checked(self, value: Any, _kind: Any) -> int:
        """The number; a hook."""
        if isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most:
            return value
        raise Flaw("not_number", f"{self.least} – {self.most}")


def validated(
    plain: PlainData, kind: type[T], converter: Converter, rules: Callable[[T], Iterable[DataFault]] = lambda _: ()
) -> T:
    """The data as `kind`; InvalidData carries every fault, or else what `rules` find wrong with what was read."""
    try:
        found = converter.structure(plain.value, kind)
    except (Flaw, ExceptionGroup) as error:
        raise InvalidData([*plain.faults, *map(plain.placed, _faults(error, ""))]) from error
    if faults := [*plain.faults, *map(plain.placed, rules(found))]:
        raise InvalidData(faults)
    return found


def _faults(error: Exception, above: str) -> Iterator[DataFault]:
    """Yield every fault in what cattrs raised; its notes give the path of a value."""
    path, attribute = above, ""
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            attribute, path = note.name, path_below(path, note.name)
        elif isinstance(note, IterableValidationNote):
            path = path_below(path, note.index + 1 if isinstance(note.index, int) else note.index)
    if isinstance(error, ExceptionGroup):
        for each in error.exceptions:
            yield from _faults(each, path)
    elif isinstance(error, KeyError) and attribute:
        yield DataFault("", above, "missing", attribute)
    else:
        yield from _faults_at(path, error)


def _faults_at(path: str, error: Exception) -> Iterator[DataFault]:
    if isinstance(error, ForbiddenExtraKeysError):
        known = ", ".join(each.name for each in fields(error.cl) if each.compare)
        for key in sorted(error.extra_fields):
            yield DataFault("", path, "unknown_key", key, known)
    elif isinstance(error, Flaw):
        yield DataFault("", reduce(path_below, error.below, path), error.code, error.detail, error.known)
    else:  # of a hook that is a function of the standard library
        yield DataFault("", path, "wrong_shape", READABLE)


def duplicates(path: str, codes: Iterable[str]) -> Iterator[DataFault]:
    """A fault at `path` for each code that is given more than once."""
    return (DataFault("", path, "duplicate_code", code) for code, times in Counter(codes).items() if code and times > 1)


def make_converter(*, empty_is_missing: bool = False) -> Converter:
    """What reads JSON that the product wrote; or, with `empty_is_missing`, YAML that people write.

    People leave a key empty: for them that is the same as leaving it out.
    """
    made = Converter(forbid_extra_keys=True)
    made.register_structure_hook(str, _text)
    made.register_structure_hook(int, _whole_number)
    made.register_structure_hook(bool, lambda value, _kind: _shaped(value, bool, TRUE_OR_FALSE))

    def of_class(kind: type) -> Callable[[Any, Any], Any]:
        unread: Any = {each.name: override(omit=True) for each in fields(kind) if not each.compare}
        read: Any = make_dict_structure_fn(kind, made, **unread)

        def checked(value: Any, _kind: Any) -> Any:
            present = _shaped(value, dict, A_MAPPING)
            if empty_is_missing:
                present = {key: each for key, each in value.items() if each not in EMPTY}
            return read(present, kind)

        return checked

    def of_mapping(kind: Any) -> Callable[[Any, Any], Any]:
        read = mapping_structure_factory(kind, made)
        return lambda value, _kind: read(_shaped(value, dict, A_MAPPING), kind)

    def of_tuple(kind: Any) -> Callable[[Any, Any], Any]:
        elements: Any = GenericAlias(list, get_args(kind)[:1])
        return lambda value, _kind: tuple(made.structure(_shaped(value, list, A_LIST), elements))

    made.register_structure_hook_factory(is_dataclass, of_class)
    made.register_structure_hook_factory(partial(_is_made_of, Annotated), lambda kind: kind.__metadata__[0].checked)
    for origin, factory in {Mapping: of_mapping, tuple: of_tuple}.items():
        made.register_structure_hook_factory(partial(_is_made_of, origin), factory)
    return made


def as_wording(value: Any, _kind: Any = None) -> BilingualText:
    """A text that people wrote, in both languages, without what nobody sees; a hook."""
    if not isinstance(value, dict):
        raise Flaw("missing_language", "en / cy")
    known = ", ".join(LANGUAGES)
    flaws = [Flaw("unknown_key", key, known) for key in value if key not in LANGUAGES]
    wording = {}
    for language in LANGUAGES:
        given = value.get(language)
        if isinstance(given, str) and given.strip():
            wording[language] = " ".join(given.split())
            unseen = sorted({sign for sign in wording[language] if category(sign).startswith("C")})
            flaws += [Flaw("unseen", f"U+{ord(sign):04X}", below=(language,)) for sign in unseen]
        elif given is None or isinstance(given, str):
            flaws.append(Flaw("missing_language", language))
        else:
            flaws.append(_not_text(given, language))
    if flaws:
        raise ExceptionGroup("wording", flaws)
    return BilingualText(**wording)


def one_of(value: Any, kind: type[S], *, but: tuple[StrEnum, ...] = ()) -> S:
    """The member of `kind` with this value, none of `but`."""
    known = [each.value for each in kind if each not in but]
    if _text(value) not in known:
        raise Flaw("not_one_of", value, ", ".join(known))
    return kind(value)


def _is_made_of(origin: Any, kind: Any) -> bool:
    return get_origin(kind) is origin


def _shaped(value: Any, kind: type[T], name: str) -> T:
    if not isinstance(value, kind):
        raise Flaw("wrong_shape", name)
    return value


def _not_text(value: Any, *below: str) -> Flaw:
    """Return the fault of a value that is not text; a number or a date only lacks quotation marks."""
    if isinstance(value, ScalarEvent):
        return Flaw("not_text", value.value, below=below)
    if isinstance(value, dict | list | NoneType) or (isinstance(value, int) and abs(value) > LARGEST_NUMBER):
        return Flaw("wrong_shape", TEXT, below=below)
    return Flaw("not_text", str(value).lower(), below=below)


def _text(value: Any, kind: type[str] = str) -> str:
    if kind is not str and issubclass(kind, StrEnum):  # cattrs takes the hook of a class for those below it
        return one_of(value, kind)
    if not isinstance(value, str):
        raise _not_text(value)
    try:
        value.encode()
    except UnicodeEncodeError as error:  # half of a character, which can neither be stored nor printed
        raise Flaw("unseen", f"U+{ord(value[error.start]):04X}") from error
    return value


def _whole_number(value: Any, _kind: Any = None) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Flaw("wrong_shape", A_NUMBER)
    if abs(value) > LARGEST_NUMBER:
        raise Flaw("number_too_large")
    return value
