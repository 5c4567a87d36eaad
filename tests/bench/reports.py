"""Time PDFs for `make bench`: against plain WeasyPrint, the report pack, stored PDFs, and saving while a pack is made.

Plain WeasyPrint is a document of as many pages with text and a table on each, tagged as PDF/UA-1, with a style sheet
of one line and no settings, in a process of its own; it and the report are timed in turns. The pack is made from the
published version, which stores its files; the draft's pack is made in another folder while answers are saved.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import median
from zipfile import ZipFile

from bs4 import BeautifulSoup
from flask import Flask
from pypdf import PdfReader

from reports.page import manuscript
from reports.pdf.process import render_in_process

from app.domain.reports.report_key import DRAFT, ReportKey
from app.services.cycle.queries import find_cycle
from app.services.reports import pdf_jobs as orders
from app.services.reports.builders.national import build_national_report
from app.services.reports.pack import PackSource, build_pack, pack_contents, pack_progress, pack_source
from app.services.reports.pdf_jobs import request_pdf_job
from app.services.reports.published_files import find_file
from app.services.reports.snapshots import draft_report_input
from config import ROOT, Settings
from tests.bench.data import YEAR
from tests.bench.room import HOME, LEAD, Browser

PLAIN = """import sys, weasyprint
weasyprint.HTML(string=sys.stdin.read()).write_pdf(sys.stdout.buffer, pdf_variant="pdf/ua-1")"""
TEXT = "The cluster agreed in its meeting what it would do next and who would lead on it. " * 14
ROUNDS = 5
GETS = 30
SAVES = 60
CORES = 2
NATIONAL = ReportKey("national")


@contextmanager
def on_two_cores() -> Iterator[None]:
    """Restrict this process and those it starts to two cores, if the system allows it."""
    if not hasattr(os, "sched_setaffinity"):
        print(f"cannot keep to {CORES} cores here: the machine has {os.cpu_count()}")
        yield
        return
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(all_of_them)[:CORES])
    print(f"reports: {len(os.sched_getaffinity(0))} of {os.cpu_count()} cores from here")
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_of_them)


def time_reports() -> None:
    """Time the national report against plain WeasyPrint, in an application context."""
    taken = draft_report_input(find_cycle(YEAR), Settings.minimum_group)
    report = build_national_report(taken)
    outcomes, years = len(taken.questionnaire.outcomes), [each.year for each in taken.snapshot.earlier]
    print(f"national report: {len(taken.snapshot.submitted)} clusters, {outcomes} outcomes, {YEAR} beside {years}")
    for language in ("en", "cy"):
        printed = manuscript(report, language)
        pages = pages_of(render_in_process(printed))
        assert pages_of(_print_plain(pages)) == pages
        plain, ours = in_turns(lambda pages=pages: _print_plain(pages), lambda it=printed: render_in_process(it))
        _tell(f"plain WeasyPrint, {pages} pages", plain, " ms")
        _tell(f"national report, PDF, {pages} pages, {language}", ours, f" ms   ratio {ours / plain:.2f} (at most 1.3)")


def time_pack(settings: Settings) -> None:
    """Time all reports of the published version in both languages, with none stored; in an application context."""
    edition = _edition("1")
    kinds = Counter(each.key.kind for each in pack_contents(edition.material))
    print("the pack:", ", ".join(f"{count} {kind}" for kind, count in kinds.items()))
    begun = time.perf_counter()
    made = build_pack(edition, settings, datetime.now(UTC), lambda _made, _total: None)
    taken = 1000 * (time.perf_counter() - begun)
    with ZipFile(made) as pack:
        printed = [pages_of(pack.read(name)) for name in pack.namelist() if name.endswith(".pdf")]
    pages = sum(printed)
    more = f" ms   {taken / pages:.0f} ms a page, {pages} pages, {made.stat().st_size / 1024**2:.0f} MB"
    _tell(f"the pack, {len(printed)} PDFs, workers: 2", taken, more)


def time_kept(app: Flask) -> None:
    """Time the national report when its PDF is stored already: published, and as a draft."""
    publication = _edition("1").publication
    assert publication
    assert find_file(publication, NATIONAL, "cy", "pdf")
    browser, address = app.test_client(), f"/cy/reports/{YEAR}/1/national/wales.pdf"
    assert browser.get(address).mimetype == "application/pdf"
    over_http, alone = in_turns(
        lambda: browser.get(address).data, lambda: find_file(publication, NATIONAL, "cy", "pdf"), rounds=GETS
    )
    _tell("published, kept: GET of the PDF", over_http, " ms   (under 20)")
    _tell("published, kept: out of the archive alone", alone, " ms")
    report = build_national_report(_edition(DRAFT).material)
    printed, folder = manuscript(report, "cy"), Path(tempfile.mkdtemp())
    request_pdf_job(printed, folder)
    orders._running[-1].wait()
    assert request_pdf_job(printed, folder).stage is orders.PdfJobState.READY
    kept, with_page = in_turns(
        lambda: request_pdf_job(printed, folder), lambda: request_pdf_job(manuscript(report, "cy"), folder), rounds=GETS
    )
    _tell("draft, kept by the press", kept, f" ms   (under 20)   with its page written anew {with_page:.1f} ms")
    shutil.rmtree(folder)


def time_saving(site: str, settings: Settings) -> None:
    """Time saving an answer over HTTP, without and with a pack being made; in an application context."""
    lead = Browser(site, LEAD)
    _save(lead)
    quiet = _saves(lead, lambda: True)
    edition = _edition(DRAFT)
    with _making_a_pack(edition, settings) as is_made:
        before = pack_progress(edition, settings).made
        busy = _saves(lead, is_made)
        state = pack_progress(edition, settings)
    _tell(
        "save an answer over HTTP", median(quiet), f" ms   ({min(quiet):.0f} to {max(quiet):.0f}, {len(quiet)} times)"
    )
    more = (
        f" ms   ({min(busy):.0f} to {max(busy):.0f}, {len(busy)} times, PDFs {before} to {state.made} of {state.total})"
    )
    _tell("save an answer while the pack is made", median(busy), more)


@contextmanager
def _making_a_pack(edition: PackSource, settings: Settings) -> Iterator[Callable[[], bool]]:
    """Make a pack in the background; once it has a PDF, yield a check whether it runs on; interrupt it at the end."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "report", "pack", "--cycle", str(YEAR), "--prepare"]
    environment = {**os.environ, **settings.as_environment()}
    silent = subprocess.DEVNULL
    signal.signal(signal.SIGINT, signal.default_int_handler)  # processes in the background would ignore it
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=silent, stderr=silent) as maker:
        try:
            while not pack_progress(edition, settings).made:
                assert maker.poll() is None, "the pack was not begun"
                time.sleep(0.2)
            yield lambda: maker.poll() is None
        finally:
            maker.send_signal(signal.SIGINT)


def _saves(lead: Browser, is_going_on: Callable[[], bool]) -> list[float]:
    """Return the times of SAVES saves, a fifth of a second apart; fewer if `is_going_on` becomes false."""
    taken: list[float] = []
    while len(taken) < SAVES and is_going_on():
        taken.append(_save(lead))
        time.sleep(0.2)
    return taken


def _edition(version: str) -> PackSource:
    return pack_source(find_cycle(YEAR), version, Settings.minimum_group)


def in_turns(one: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Run two functions in turns and return the median of each in milliseconds."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds):
        for act, times in zip((one, other), taken, strict=True):
            begun = time.perf_counter()
            act()
            times.append(1000 * (time.perf_counter() - begun))
    return median(taken[0]), median(taken[1])


def pages_of(printed: bytes) -> int:
    """Return the number of pages of a PDF."""
    return len(PdfReader(BytesIO(printed)).pages)


def _print_plain(pages: int) -> bytes:
    row = "<tr><th scope='row'>Outcome of the model</th>" + "<td>12</td>" * 5 + "</tr>"
    head = "<thead><tr>" + "<th scope='col'>Level</th>" * 6 + "</tr></thead>"
    page = f"<h2>Part</h2><p>{TEXT}</p><table>{head}<tbody>{row * 20}</tbody></table>"
    style = "<style>@page { size: A4; margin: 20mm } h2 { break-before: page; margin: 0 } table { width: 100% }</style>"
    html = f"<html lang='en'><title>Plain</title>{style}<h1>Plain</h1>{page * (pages - 1)}"
    return subprocess.run([sys.executable, "-c", PLAIN], input=html.encode(), capture_output=True, check=True).stdout


def _save(lead: Browser) -> float:
    """Open a question, change the answer, save it; return how long the save took in milliseconds."""
    address = f"{HOME}/questions/PCMW-02"
    form = BeautifulSoup(lead.get(address), "lxml").select_one("form#typed")
    typed = {field["name"]: field.get("value", "") for field in form.select("input[type=hidden]")}
    typed |= {field["name"]: f"Agreed at {time.time()}" for field in form.select("textarea")}
    typed["level"] = "developing"
    begun = time.perf_counter()
    with lead.opener.open(lead.site + address, urllib.parse.urlencode(typed).encode(), timeout=60) as answer:
        answer.read()
    return 1000 * (time.perf_counter() - begun)


def _tell(name: str, taken: float, more: str) -> None:
    print(f"{name:<42}{taken:>9.1f}{more}")
