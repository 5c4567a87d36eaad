"""Each PDF is made once, completely or not at all, whatever stops the process, which resumes afterwards."""

import fcntl
import os
import resource
import signal
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from reports.__main__ import AT_ONCE
from reports.pdf import process as press
from reports.pdf.failures import STOPPED
from reports.pdf.process import PdfFailed, PdfInput, render_in_process, render_many

from app.services.reports import pdf_jobs as orders
from app.services.reports.pdf_jobs import PdfJob, PdfJobState, request_pdf_job
from tests.support.server import _children

BROKEN = PdfInput('<html lang="en"><title>x</title><img alt="x" src="http://localhost/">')


def page(words: str, rows: int = 0) -> PdfInput:
    table = f"<table>{'<tr><td>1</td><td>2</td></tr>' * rows}</table>" if rows else ""
    return PdfInput(f'<html lang="en"><title>x</title><p>{words}</p>{table}')


SLOW = page("slow", rows=4000)


def printed(manuscript: PdfInput, folder: Path) -> PdfJob:
    """Return the job of a report after its process has ended."""
    request_pdf_job(manuscript, folder)
    orders._running[-1].wait()
    return request_pdf_job(manuscript, folder)


def left_in(folder: Path) -> set[str]:
    """Return the file extensions in a folder, without those of queue files."""
    return {file.suffix for file in folder.iterdir()} - {".place"}


@contextmanager
def files_no_larger_than(size: int):
    """Limit the size of files in bytes, in this process and those it starts, as a full disk would."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_an_order_is_made_once_and_kept(tmp_path):
    first, second = request_pdf_job(page("a"), tmp_path), request_pdf_job(page("a"), tmp_path)
    assert first.stage is second.stage is PdfJobState.PREPARING
    orders._running[-1].wait()
    assert request_pdf_job(page("a"), tmp_path).stage is PdfJobState.READY
    assert left_in(tmp_path) == {".pdf"}


def test_many_who_ask_at_once_start_one_press(tmp_path, monkeypatch):
    started = []
    start = press.start_process
    monkeypatch.setattr(press, "start_process", lambda *words, **given: started.append(words) or start(*words, **given))
    asking = [threading.Thread(target=request_pdf_job, args=(page("b"), tmp_path)) for _person in range(8)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    orders._running[-1].wait()
    assert len(started) == 1
    assert request_pdf_job(page("b"), tmp_path).stage is PdfJobState.READY


def test_other_data_are_another_order(tmp_path):
    with_data = PdfInput(page("c").html, b"a,b", "c.csv")
    assert request_pdf_job(page("c"), tmp_path).path != request_pdf_job(with_data, tmp_path).path
    assert PdfInput.read(with_data.written()) == with_data
    for each in orders._running:
        each.wait()


def test_an_order_waits_for_its_turn_and_is_not_lost_however_long_it_waits(tmp_path):
    long_ago = time.time() - 10 * orders.GIVEN_UP_AFTER
    with ExitStack() as held:
        for number in range(AT_ONCE):
            fcntl.flock(held.enter_context((tmp_path / f"{number}.place").open("w")), fcntl.LOCK_EX)
        given = request_pdf_job(page("w"), tmp_path).path.with_suffix(".manuscript")
        for _look in range(2):
            os.utime(given, (long_ago, long_ago))
            while given.stat().st_mtime == long_ago:
                assert orders._running[-1].poll() is None
        assert request_pdf_job(page("w"), tmp_path).stage is PdfJobState.PREPARING
    orders._running[-1].wait()
    assert request_pdf_job(page("w"), tmp_path).stage is PdfJobState.READY


def test_what_breaks_the_press_is_told_and_can_be_tried_again(tmp_path):
    failed = printed(BROKEN, tmp_path)
    assert failed.stage is PdfJobState.FAILED
    assert "may not fetch" in failed.reason
    assert request_pdf_job(BROKEN, tmp_path, again=True).stage is PdfJobState.PREPARING
    orders._running[-1].wait()
    with pytest.raises(PdfFailed, match="may not fetch"):
        render_in_process(BROKEN)


def test_a_full_disk_is_told_and_leaves_no_half_file(tmp_path):
    with files_no_larger_than(5000):
        failed = printed(page("d"), tmp_path)
    assert failed.stage is PdfJobState.FAILED
    assert failed.reason.startswith("disk: ")
    assert left_in(tmp_path) == {".failed", ".manuscript"}
    assert request_pdf_job(page("d"), tmp_path, again=True).stage is PdfJobState.PREPARING
    orders._running[-1].wait()
    assert request_pdf_job(page("d"), tmp_path).stage is PdfJobState.READY


def test_a_disk_that_becomes_full_while_the_pdf_is_written_is_told(tmp_path):
    ordered = request_pdf_job(page("e"), tmp_path)
    ordered.path.with_suffix(".unfinished").symlink_to("/dev/full")
    orders._running[-1].wait()
    failed = request_pdf_job(page("e"), tmp_path)
    assert (failed.stage, failed.reason.startswith("disk: ")) == (PdfJobState.FAILED, True)
    assert not ordered.path.with_suffix(".unfinished").is_symlink()


def test_a_disk_without_room_for_the_manuscript_fails_the_order_and_leaves_nothing(tmp_path):
    with files_no_larger_than(100):
        failed = request_pdf_job(page("f" * 500), tmp_path)
    assert (failed.stage, failed.reason != "") == (PdfJobState.FAILED, True)
    assert list(tmp_path.iterdir()) == []
    with files_no_larger_than(100), pytest.raises(PdfFailed):
        render_in_process(page("f" * 500))
    assert printed(page("f" * 500), tmp_path).stage is PdfJobState.READY


def test_the_folder_of_kept_pdfs_does_not_grow_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(orders, "KEPT", 3000)
    long_ago = time.time() - 10_000
    for age, name in enumerate(["new.pdf", "old.pdf", "older.pdf", "half.unfinished"]):
        (tmp_path / name).write_bytes(b"x" * 1400)
        os.utime(tmp_path / name, (long_ago - age, long_ago - age))
    (tmp_path / "weasyprint-killed").mkdir()
    os.utime(tmp_path / "weasyprint-killed", (long_ago, long_ago))
    assert printed(page("g"), tmp_path).stage is PdfJobState.READY
    left = {file.name for file in tmp_path.iterdir()}
    assert "new.pdf" in left
    assert not left & {"older.pdf", "half.unfinished", "weasyprint-killed"}


def test_many_are_made_where_they_are_wanted_the_same_as_one_by_one(tmp_path):
    wanted = [(tmp_path / str(n) / "report.pdf", page(f"{n}")) for n in range(3)]
    broken = tmp_path / "broken.pdf"
    heard: list[Path] = []
    failed = render_many([wanted[0], (broken, BROKEN), *wanted[1:]], workers=2, told=heard.append)
    assert sorted(heard) == sorted([broken, *(path for path, _manuscript in wanted)])
    assert list(failed) == [broken]
    assert "may not fetch" in failed[broken]
    assert not broken.exists()
    assert [path.read_bytes() for path, _manuscript in wanted] == [render_in_process(each) for _path, each in wanted]


def test_a_process_that_is_killed_fails_its_document_alone(tmp_path):
    slow, quick = tmp_path / "slow.pdf", tmp_path / "quick.pdf"

    def kill_the_slow_one(path: Path) -> None:
        if path == quick:
            [press_of_all] = [each for each in _children(os.getpid()) if _children(each)]
            os.kill(min(_children(press_of_all)), signal.SIGKILL)

    later = [(tmp_path / f"{n}.pdf", page(f"{n}")) for n in range(2)]
    failed = render_many([(slow, SLOW), (quick, page("q")), *later], workers=2, told=kill_the_slow_one)
    assert failed == {slow: STOPPED}
    assert all(path.exists() for path, _manuscript in later)
    assert not list(tmp_path.glob("*.unfinished"))


def test_what_was_stopped_goes_on_where_it_was(tmp_path):
    wanted = [(tmp_path / f"{n}.pdf", page(f"{n}")) for n in range(4)]

    def stop(_path: Path) -> None:
        for child in _children(os.getpid()):
            if _children(child) or b"--all" in Path(f"/proc/{child}/cmdline").read_bytes():
                os.killpg(child, signal.SIGKILL)

    failed = render_many(wanted, workers=1, told=stop)
    made = {path: path.stat().st_mtime_ns for path, _manuscript in wanted if path.exists()}
    assert 1 <= len(made) < 4
    assert set(failed) == {path for path, _manuscript in wanted} - set(made)
    assert set(failed.values()) == {STOPPED}
    assert render_many(wanted) == {}
    assert all(path.stat().st_mtime_ns == before for path, before in made.items())
    assert all(path.read_bytes().endswith(b"%%EOF\n") for path, _manuscript in wanted)
