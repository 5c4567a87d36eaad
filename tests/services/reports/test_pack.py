"""The report pack: complete or not at all, made once, resumed after an interruption."""

import sys
import zipfile
from pathlib import Path
from subprocess import Popen

import pytest

from reports.pdf.process import PdfFailed

from app.domain.errors import AlreadyBeingMade
from app.domain.reports.report_key import ReportKey
from app.services.cycle.queries import find_cycle
from app.services.reports import pack as report_packs
from app.services.reports import pack_folder as packing
from app.services.reports.catalogue import build_report
from app.services.reports.formats import DATA, FORMATS
from app.services.reports.pack import _folder, build_pack, pack_progress, pack_source, start_pack
from app.services.reports.pack_folder import PackProgress, exclusive_packing
from app.services.reports.published_files import find_file, store_file
from app.services.reports.queries import find_publication
from tests.support.application import NOW, settings

PACKED = (ReportKey("national"), ReportKey("cluster", "north-powys"))
PDFS = 4


@pytest.fixture(autouse=True)
def few_reports(monkeypatch) -> None:
    """Let two reports stand for all of a cycle, because each PDF takes seconds."""
    monkeypatch.setattr("app.services.reports.pack.list_report_keys", lambda _material: PACKED)
    monkeypatch.setattr("app.services.reports.catalogue.list_report_keys", lambda _material: PACKED)


@pytest.fixture
def pack(inside_demo, tmp_path):
    """Return the pack of the published cycle, with functions to make it and to read its progress."""

    class Pack:
        settings = settings(tmp_path)
        edition = pack_source(find_cycle(2024), "1", settings.minimum_group)
        heard: list[tuple[int, int]]

        def make(self) -> Path:
            self.heard = []
            return build_pack(self.edition, self.settings, NOW, lambda *each: self.heard.append(each))

        @property
        def progress(self) -> PackProgress:
            return pack_progress(self.edition, self.settings)

    return Pack()


@pytest.fixture
def stub_press(monkeypatch, pack):
    """Replace the making of PDFs by short files, because these tests are not about their content."""
    broken: set[str] = set()

    def print_all(orders, *, told, **_options):
        failed = {}
        for path, given in orders:
            if path.name in broken:
                failed[path] = "no room"
            elif not path.exists():
                path.write_bytes(b"%PDF " + given.html.encode())
            told(path)
        return failed

    monkeypatch.setattr("reports.pdf.process.render_many", print_all)
    return broken


def times(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("??/*.pdf")}


def test_a_pack_holds_each_report_in_both_languages_and_has_the_same_bytes_when_it_is_made_again(pack):
    assert pack.progress == PackProgress(made=0, total=0, is_running=False, ready=None)
    ready = pack.make()
    assert pack.heard == [(number, PDFS) for number in range(1, PDFS + 1)]
    assert pack.progress == PackProgress(made=PDFS, total=PDFS, is_running=False, ready=ready)
    expected = [
        f"{language}/{key.file_name(2024, '1', language, face)}"
        for language in ("en", "cy")
        for key in PACKED
        for face in ("pdf", "csv")
    ]
    with zipfile.ZipFile(ready) as made:
        assert sorted(made.namelist()) == sorted(expected)
        assert made.testzip() is None
        for name in expected:
            assert made.read(name).startswith(b"%PDF-1.7" if name.endswith("pdf") else b"\xef\xbb\xbf"), name
    first, before = ready.read_bytes(), times(ready.parent)
    removed = ready.parent / "cy" / PACKED[0].file_name(2024, "1", "cy", "pdf")
    removed.unlink()
    ready.unlink()
    assert (pack.progress.made, pack.progress.ready) == (PDFS - 1, None)
    assert pack.make().read_bytes() == first
    after = times(ready.parent)
    assert {name for name in after if after[name] != before[name]} == {removed.name}


def test_the_same_reports_make_the_same_pack_in_another_folder(pack, stub_press, tmp_path):
    """tests/reports checks that the same input gives the same PDF."""
    made = []
    for name in ("one", "other"):
        given = settings(tmp_path / name)
        draft = pack_source(find_cycle(2024), "draft", given.minimum_group)
        made.append(build_pack(draft, given, NOW, lambda *_each: None).read_bytes())
    assert made[0] == made[1]


def test_a_second_maker_is_refused_while_the_first_is_at_work(pack, stub_press):
    folder = pack.make().parent
    assert not pack.progress.is_running
    with exclusive_packing(folder):
        assert pack.progress.is_running
        with pytest.raises(AlreadyBeingMade):
            pack.make()
    assert not pack.progress.is_running
    assert pack.make().exists()


def test_a_pdf_that_cannot_be_made_says_why_keeps_the_others_and_is_tried_again(pack, stub_press):
    name = PACKED[1].file_name(2024, "1", "en", "pdf")
    stub_press.add(name)
    with pytest.raises(PdfFailed, match=f"{name}: no room"):
        pack.make()
    stopped = pack.progress
    assert (stopped.made, stopped.total, stopped.ready) == (PDFS - 1, PDFS, None)
    assert stopped.failed == f"{name}: no room"
    folder = _folder(pack.edition, pack.settings)
    before = times(folder)
    stub_press.clear()
    ready = pack.make()
    assert pack.progress == PackProgress(made=PDFS, total=PDFS, is_running=False, ready=ready)
    assert {key: time for key, time in times(folder).items() if key != name} == before


def test_what_goes_wrong_unforeseen_is_told_too(pack, stub_press, monkeypatch):
    monkeypatch.setattr(report_packs, "_zipped", lambda *_given: {}["a fault"])
    with pytest.raises(KeyError):
        pack.make()
    assert (pack.progress.failed, pack.progress.is_running) == ("KeyError('a fault')", False)


@pytest.fixture
def started(pack, monkeypatch):
    """Start the pack in a background process that does nothing until it is killed."""
    begun = []

    def idle(_command, **given):
        begun.append(Popen([sys.executable, "-c", "import time; time.sleep(600)"], **given))

    monkeypatch.setattr(packing.subprocess, "Popen", idle)
    start_pack(pack.edition, pack.settings)
    yield begun
    for each in begun:
        each.kill()
        each.wait()


def test_a_pack_is_at_work_from_the_moment_it_is_begun_until_its_process_ends_however_it_ends(pack, started):
    assert pack.progress.is_running
    start_pack(pack.edition, pack.settings)
    assert len(started) == 1
    started[0].kill()
    started[0].wait()
    assert not pack.progress.is_running
    start_pack(pack.edition, pack.settings)
    assert len(started) == 2


def test_only_the_newest_pack_of_a_draft_stays_but_for_one_that_is_being_made(pack, stub_press):
    folder = _folder(pack.edition, pack.settings)
    older, busy = folder.with_name("older"), folder.with_name("busy")
    of_another_version = folder.parent.with_name("2024-2") / "newest"
    for each in (older, busy, of_another_version):
        each.mkdir(parents=True)
    with exclusive_packing(busy):
        pack.make()
    assert [each.exists() for each in (folder, older, busy, of_another_version)] == [True, False, True, True]


def test_the_files_of_a_published_pack_are_those_of_the_archive(pack, stub_press):
    version, given_out = find_publication(2024, 1), {}
    for key in PACKED:
        given_out[key, "en", "pdf"] = store_file(version, key, "en", "pdf", b"%PDF given out before", NOW)
        given_out[key, "en", "csv"] = store_file(version, key, "en", "csv", b"given out before", NOW)
    with zipfile.ZipFile(pack.make()) as made:
        for key in PACKED:
            for language in ("en", "cy"):
                for face in ("pdf", "csv"):
                    kept = find_file(version, key, language, face)
                    assert made.read(f"{language}/{key.file_name(2024, '1', language, face)}") == kept
                    assert kept == given_out.get((key, language, face), kept)


def test_a_pack_keeps_every_face_of_every_report_as_it_is(pack, stub_press):
    pack.make()
    version = find_publication(2024, 1)
    for key in PACKED:
        for language in ("en", "cy"):
            assert all(find_file(version, key, language, face) for face in ("page", *FORMATS)), (key, language)


def test_the_data_of_a_draft_in_the_pack_are_those_of_its_report(pack, stub_press, monkeypatch):
    monkeypatch.setattr("app.services.reports.pack.list_report_keys", lambda _material: PACKED[:1])
    edition = pack_source(find_cycle(2026), "draft", pack.settings.minimum_group)
    key = PACKED[0]
    with zipfile.ZipFile(build_pack(edition, pack.settings, NOW, lambda *_each: None)) as made:
        expected = DATA["csv"](build_report(edition.material, key), "cy")
        assert made.read(f"cy/{key.file_name(2026, 'draft', 'cy', 'csv')}") == expected
