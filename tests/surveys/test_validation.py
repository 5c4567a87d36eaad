"""Any file is either read or refused with faults, each with its path, line and remedy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.changes import load_change
from surveys.faults import InvalidData
from surveys.loader import DEFINITIONS, load_survey, read_content
from surveys.plain_data import PlainData, read_json
from surveys.validation import make_converter, validated

HEAD = """slug: tiny
edition: "1"
status: working draft
title: {en: Tiny, cy: Bach}
introduction: {en: One question., cy: Un cwestiwn.}
source: {en: A test, cy: Prawf}
questions:
"""
QUESTION = """  - code: T-1
    kind: number
    title: {en: How many, cy: Faint}
    maximum: 9
"""
SOUND = HEAD + QUESTION
PRINTABLE = st.text(max_size=12) | st.sampled_from(("en", "cy", "code", "T-1", "number", "\ud800", "\x00"))
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.just(5000).map(lambda digits: 10**digits) | PRINTABLE
)
ANY_DATA = st.recursive(
    SCALARS, lambda below: st.lists(below, max_size=4) | st.dictionaries(PRINTABLE, below, max_size=4), max_leaves=20
)
PIECES = (
    b"\x00",
    b"\xff",
    b"\t",
    b"- ",
    b": ",
    b"[",
    b"{",
    b"*a ",
    b"&a ",
    b"!!int x",
    b"2024-13-45",
    b".nan",
    b'"',
    b"\n",
)


def faults_of(folder: Path, content: str | bytes) -> list[tuple[str, int, str]]:
    """Return the path, line and code of each fault of a survey file; each has a sentence in both languages."""
    file = folder / "faulty.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InvalidData) as found:
        load_survey(file)
    assert all(fault.sentence(language) for fault in found.value.faults for language in ("en", "cy"))
    return [(fault.path, fault.line, fault.code) for fault in found.value.faults]


def is_read_or_refused(read: Callable[[], object], *, sentences: bool = True) -> bool:
    """Assert that nothing but InvalidData is raised, and that its faults have sentences in both languages."""
    try:
        read()
    except InvalidData as found:
        said = [fault.sentence(each).encode() for fault in found.faults for each in ("en", "cy") if sentences]
        return bool(found.faults) and all(said)
    return True


def test_several_faults_are_told_at_once_with_path_and_line(tmp_path):
    content = (
        HEAD.replace("One question.", "2024-13-45")
        .replace("title:", "colour: red\ntitle:")
        .replace('"1"', "2026-11-31")
        + QUESTION.replace("9", "0x_").replace("{en: How many, cy: Faint}", "{en: Ho\u200bw, fr: Combien}")
        + QUESTION.replace("T-1", "T-2").replace("    kind: number\n", "")
    )
    assert set(faults_of(tmp_path, content)) == {
        ("edition", 2, "not_text"),
        ("", 4, "unknown_key"),
        ("introduction.en", 6, "not_text"),
        ("questions[1].title", 11, "unknown_key"),
        ("questions[1].title.en", 11, "unseen"),
        ("questions[1].title", 11, "missing_language"),
        ("questions[1].maximum", 12, "wrong_shape"),
        ("questions[2]", 13, "missing"),
    }


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    {
        "a day that there is not": ('"1"', "2026-11-31", ("edition", 2, "not_text")),
        "a day": ('"1"', "2026-11-30", ("edition", 2, "not_text")),
        "a number as an edition": ('"1"', "2027.1", ("edition", 2, "not_text")),
        "a day as wording": ("Tiny", "2027-02-30", ("title.en", 4, "not_text")),
        "hexadecimal without digits": ("9", "0x_", ("questions[1].maximum", 11, "wrong_shape")),
        "a tag that does not fit": ("9", "!!int abc", ("questions[1].maximum", 11, "wrong_shape")),
        "a tag without a value": ("9", '!!int ""', ("questions[1].maximum", 11, "wrong_shape")),
        "no number": ("9", ".nan", ("questions[1].maximum", 11, "wrong_shape")),
        "infinity": ("9", "-.inf", ("questions[1].maximum", 11, "wrong_shape")),
        "an endless number": ("9", "9" * 5000, ("questions[1].maximum", 11, "wrong_shape")),
        "an endless hexadecimal number": ("9", "0x" + "f" * 9000, ("questions[1].maximum", 11, "number_too_large")),
        "a tag of Python": ("Tiny", "!!python/object:os.system x", ("title.en", 4, "not_text")),
        "half a character": ("Tiny", '"\\ud800"', ("", 4, "unreadable")),
        "a tab": ("    kind", "\tkind", ("", 9, "unreadable")),
        "a list as a key": ("code: T-1", "[code]: T-1", ("questions[1]", 8, "wrong_shape")),
        "a number as a key": ("slug", "1: x\nslug", ("", 1, "unknown_key")),
        "an alias": ("{en: How many, cy: Faint}", "*a", ("questions[1].title", 10, "alias")),
        "a part that stands for another": ("Tiny, cy: Bach", "&a Tiny, cy: *a", ("title.cy", 4, "alias")),
        "a key twice": ("status:", 'edition: "2"\nstatus:', ("", 3, "duplicate_key")),
        "too deep": ("Tiny", "[" * 30 + "]" * 30, ("title.en" + "[1]" * 18, 4, "too_deep")),
        "two documents": ("    maximum: 9\n", "    maximum: 9\n---\na: b\n", ("", 12, "unreadable")),
    }.values(),
)
def test_a_scalar_that_cannot_be_read_is_a_fault_with_its_line(tmp_path, old, new, fault):
    assert old in SOUND
    assert fault in faults_of(tmp_path, SOUND.replace(old, new))


@pytest.mark.parametrize(
    ("content", "code"),
    {
        "empty": (b"", "wrong_shape"),
        "a list": (b"- a\n- b\n", "wrong_shape"),
        "UTF-16": (SOUND.encode("utf-16"), "unreadable"),
        "a NUL": (SOUND.encode() + b"# \x00", "unreadable"),
        "brackets without end": (b"[" * 100_000, "too_deep"),
        "lists within lists": (b"- " * 100_000, "too_deep"),
        "a bomb of aliases": (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "alias"),
    }.values(),
)
def test_a_file_that_is_no_survey_at_all_is_refused(tmp_path, content, code):
    assert code in {each for _path, _line, each in faults_of(tmp_path, content)}


def test_a_fault_says_file_line_and_path_in_both_languages(tmp_path):
    file = tmp_path / "faulty.yaml"
    file.write_text(SOUND.replace("cy: Faint", "cy: 2027-02-30"), "utf-8")
    with pytest.raises(InvalidData) as found:
        load_survey(file)
    (fault,) = found.value.faults
    place = "faulty.yaml:10: questions[1].title.cy: "
    assert fault.sentence("en") == f"{place}“2027-02-30” is not read as text (put it in quotation marks)"
    assert fault.sentence("cy") == f"{place}ni ddarllenir “2027-02-30” fel testun (rhowch ef mewn dyfynodau)"


@dataclass(frozen=True)
class Part:
    """Draw plain data of every type that is read."""

    name: str
    sizes: tuple[int, ...] = ()
    is_open: bool | None = None
    below: Mapping[str, "Part"] | None = None


@given(ANY_DATA)
def test_any_plain_data_are_read_or_refused(data):
    for read in (
        lambda: validated(PlainData(data), Part, make_converter()),
        lambda: read_content(data, "any"),
        lambda: read_content({"slug": "a", "outcomes": data, "questions": [data]}, "any"),
    ):
        assert is_read_or_refused(read)


@given(st.text() | st.binary() | st.integers(1, 3000).map(lambda depth: '{"a":' * depth))
def test_any_bytes_are_read_as_json_or_refused(content):
    assert is_read_or_refused(lambda: read_json(content), sentences=False)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_that_was_changed_anywhere_is_read_or_refused(tmp_path, data):
    source = data.draw(st.sampled_from((SOUND.encode(), (DEFINITIONS / "closing.yaml").read_bytes())))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(source)))
        piece = data.draw(st.sampled_from(PIECES) | st.binary(max_size=3))
        source = source[:at] + piece + source[at + data.draw(st.integers(0, 8)) :]
    file = tmp_path / "changed.yaml"
    file.write_bytes(source)
    for read in (load_survey, load_change):
        assert is_read_or_refused(lambda read=read: read(file))
