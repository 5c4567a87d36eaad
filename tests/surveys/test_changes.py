"""Declared changes between editions are read, and all faults are reported at once."""

import pytest

from surveys.changes import CHANGES, ItemChange, WordingStatus, load_change, load_changes
from surveys.faults import InvalidData

SOUND = """
slug: pcmw
earlier: "2026.1"
later: "2027.1"
items:
  PCMW-01: same
  PCMW-02: reworded
  PCMW-03: {same: PCMW-04}
  PCMW-13: {split from: [PCMW-12, PCMW-11]}
  PCMW-14: new
"""
FAULTY = """
slug: pcmw
earlier: "2027.1"
later: "2027.1"
items:
  PCMW-01: alike
  PCMW-02: {same: []}
colour: red
"""


def test_each_way_of_declaring_is_read(tmp_path):
    (tmp_path / "pcmw.yaml").write_text(SOUND, "utf-8")
    (found,) = load_changes(tmp_path)
    assert (found.slug, found.earlier, found.later) == ("pcmw", "2026.1", "2027.1")
    assert found.items == {
        "PCMW-01": ItemChange(WordingStatus.SAME, ("PCMW-01",)),
        "PCMW-02": ItemChange(WordingStatus.REWORDED, ("PCMW-02",)),
        "PCMW-03": ItemChange(WordingStatus.SAME, ("PCMW-04",)),
        "PCMW-13": ItemChange(WordingStatus.SPLIT, ("PCMW-12", "PCMW-11")),
        "PCMW-14": ItemChange(WordingStatus.NEW),
    }


def test_all_faults_are_told_with_their_place(tmp_path):
    (tmp_path / "x.yaml").write_text(FAULTY, "utf-8")
    with pytest.raises(InvalidData) as found:
        load_change(tmp_path / "x.yaml")
    told = {(fault.path, fault.code) for fault in found.value.faults}
    assert told >= {("later", "same_edition"), ("items.PCMW-01", "not_one_of"), ("items.PCMW-02", "wrong_shape")}
    assert any(fault.code == "unknown_key" for fault in found.value.faults)


@pytest.mark.parametrize("content", ["items: [", "- 1", "slug: a\nearlier: b\nlater: c\nitems: [x]", "\xff"])
def test_what_is_no_declaration_is_refused_in_words(tmp_path, content):
    (tmp_path / "x.yaml").write_bytes(content.encode("latin-1"))
    with pytest.raises(InvalidData):
        load_change(tmp_path / "x.yaml")


def test_the_declarations_of_the_product_are_in_order():
    load_changes(CHANGES)
