"""What the press takes, for `make bench`: beside plain WeasyPrint, from what is kept, many at once, and for whom saves.

Plain WeasyPrint is a document of as many pages with text and a table on each, tagged as PDF/UA-1, with a style sheet
of one line and no settings, in a process of its own as ours is; it and the report take turns.
"""

import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

from bs4 import BeautifulSoup
from pypdf import PdfReader

from reports import press
from reports.page import manuscript
from reports.press import Manuscript, order, print_all, print_now

from app.services import cycles, packs, reflections
from app.services.results import material, national
from tests.reports.reviews import review_report
from tests.room import HOME, LEAD, Browser

PLAIN = """import sys, weasyprint
weasyprint.HTML(string=sys.stdin.read()).write_pdf(sys.stdout.buffer, pdf_variant="pdf/ua-1")"""
TEXT = "The cluster agreed in its meeting what it would do next and who would lead on it. " * 14
ROUNDS = 5
SAVES = 40


def time_reports() -> None:
    """The national report against plain WeasyPrint, and again from what is kept. Needs the application."""
    report = national.report(material.draft(cycles.find(2024), 5))
    for language in ("en", "cy"):
        printed = manuscript(report, language)
        pages = pages_of(print_now(printed))
        assert pages_of(_print_plain(pages)) == pages
        plain, ours = in_turns(lambda pages=pages: _print_plain(pages), lambda it=printed: print_now(it))
        _tell(f"plain WeasyPrint, {pages} pages", plain, " ms")
        _tell(f"national summary, PDF, {pages} pages, {language}", ours, f" ms   ratio {ours / plain:.2f}")
    folder = Path(tempfile.mkdtemp())
    order(printed, folder)
    press._running[-1].wait()
    kept, with_page = in_turns(
        lambda: order(printed, folder), lambda: order(manuscript(report, "cy"), folder), rounds=30
    )
    _tell("the same again, from what is kept", kept, f" ms   with its page written anew {with_page:.1f} ms")
    shutil.rmtree(folder)


def many_orders(folder: Path) -> list[tuple[Path, Manuscript]]:
    """A part of what a cycle is printed as: national summary, packs and reviews, in both languages."""
    summary = national.report(material.draft(cycles.find(2024), 5))
    pack = packs.workshop_pack(reflections.find(2026, "north-powys"))
    manuscripts = [
        manuscript(content, language) for content in (summary, pack, review_report()) for language in ("en", "cy")
    ]
    return [(folder / f"{n}.pdf", printed) for n, printed in enumerate(manuscripts * 2)]


def time_many(orders: list[tuple[Path, Manuscript]]) -> None:
    """All of them with one worker and with two."""
    for workers in (1, 2):
        begun = time.perf_counter()
        assert print_all(orders, workers=workers, told=lambda _path: None) == {}
        taken = 1000 * (time.perf_counter() - begun)
        pages = sum(pages_of(path.read_bytes()) for path, _manuscript in orders)
        _tell(
            f"{len(orders)} reports, workers: {workers}", taken, f" ms   {taken / pages:.0f} ms a page, {pages} pages"
        )
        for path, _manuscript in orders:
            path.unlink()


def time_saving(site: str, orders: list[tuple[Path, Manuscript]]) -> None:
    """To save an answer over HTTP while nothing is printed, and while many reports are."""
    lead = Browser(site, LEAD)
    quiet = [_save(lead) for _time in range(SAVES)]
    printing = threading.Thread(target=print_all, args=(orders,), kwargs={"workers": 2})
    printing.start()
    busy = []
    while printing.is_alive():
        busy.append(_save(lead))
        time.sleep(0.2)
    printing.join()
    _tell("save an answer over HTTP", median(quiet), f" ms   ({len(quiet)} times)")
    _tell("save an answer while reports are printed", median(busy), f" ms   ({len(busy)} times)")


def in_turns(one: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """The medians of two things that take turns, in milliseconds."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds):
        for act, times in zip((one, other), taken, strict=True):
            begun = time.perf_counter()
            act()
            times.append(1000 * (time.perf_counter() - begun))
    return median(taken[0]), median(taken[1])


def pages_of(printed: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(BytesIO(printed)).pages)


def _print_plain(pages: int) -> bytes:
    row = "<tr><th scope='row'>Outcome of the model</th>" + "<td>12</td>" * 5 + "</tr>"
    head = "<thead><tr>" + "<th scope='col'>Level</th>" * 6 + "</tr></thead>"
    page = f"<h2>Part</h2><p>{TEXT}</p><table>{head}<tbody>{row * 20}</tbody></table>"
    style = "<style>@page { size: A4; margin: 20mm } h2 { break-before: page; margin: 0 } table { width: 100% }</style>"
    html = f"<html lang='en'><title>Plain</title>{style}<h1>Plain</h1>{page * (pages - 1)}"
    return subprocess.run([sys.executable, "-c", PLAIN], input=html.encode(), capture_output=True, check=True).stdout


def _save(lead: Browser) -> float:
    """Open a question, change the answer, save it; how long the saving took, in milliseconds."""
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
