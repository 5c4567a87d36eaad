"""The pack: every report of a cycle in both languages as one ZIP, made in the background and resumed."""

import fcntl
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from surveys.schema import LANGUAGES

from reports import press
from reports.page import manuscript
from reports.press import Manuscript, PressFailed

from app.domain.refusals import BeingMade
from app.domain.report_key import DRAFT, ReportKey
from app.models import Cycle, Publication
from app.services import archive, publications
from app.services.results import faces, material, shelf
from app.services.results.material import Material
from config import ROOT, VERSION, Settings

ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The moment that every file in a pack says it was made: the same reports make the same bytes."""


@dataclass(frozen=True)
class Progress:
    """How far a pack is: how many of its PDFs are made, and whether somebody is at work on it."""

    made: int
    #: 0 while it is not known yet.
    total: int
    is_running: bool
    #: The pack, once it is whole.
    ready: Path | None
    #: The reason why it stopped, "" where there is none.
    failed: str = ""


@dataclass(frozen=True)
class Edition:
    """The reports of a cycle: the draft, or one published version."""

    material: Material
    publication: Publication | None

    @property
    def version(self) -> str:
        """The version as it stands in an address."""
        return str(self.publication.number) if self.publication else DRAFT


@dataclass(frozen=True)
class PackedReport:
    """One report in one language, and the name its files have in the pack."""

    key: ReportKey
    language: str
    #: Without its ending.
    name: str


def make(edition: Edition, settings: Settings, now: datetime, told: Callable[[int, int], None]) -> Path:
    """Make what is missing of a pack and put it together; `told` hears how many PDFs there are, and of how many.

    PressFailed says which could not be made; what was made stays and is not made again. BeingMade when somebody
    else is at work on it.
    """
    folder = _folder(edition, settings)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder, tries=10):
        listed = contents(edition.material)
        (folder / "total").write_text(str(len(listed)), "utf-8")
        (folder / "failed").unlink(missing_ok=True)
        try:
            _print(edition, folder, listed, now, told)
            return _zipped(edition, folder, listed, now)
        except (PressFailed, OSError) as failed:
            with suppress(OSError):  # on a full disk there may be no room for the reason either
                (folder / "failed").write_text(str(failed), "utf-8")
            raise


def start(edition: Edition, settings: Settings) -> None:
    """Make a pack in a process of its own; where one is at work already, it goes on alone."""
    subprocess.Popen(  # noqa: S603 - our own interpreter and command
        [
            *(sys.executable, "-m", "flask", "--app", "wsgi", "report", "pack"),
            *("--cycle", str(edition.material.snapshot.year), "--version", edition.version, "--prepare"),
        ],
        cwd=ROOT,
        env={**os.environ, **settings.as_environment()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def progress(edition: Edition, settings: Settings) -> Progress:
    """How far a pack is."""
    folder = _folder(edition, settings)
    ready = folder / _zip_name(edition)
    failed, total = folder / "failed", folder / "total"
    return Progress(
        made=sum(1 for _each in folder.glob("??/*.pdf")),
        total=int(total.read_text("utf-8")) if total.exists() else 0,
        is_running=_is_taken(folder),
        ready=ready if ready.exists() else None,
        failed=failed.read_text("utf-8") if failed.exists() else "",
    )


def edition(cycle: Cycle, version: str, minimum_group: int) -> Edition:
    """The draft or a published version of the reports of a cycle; Unknown when there is none."""
    published = publications.version(cycle.year, version)
    return Edition(publications.frozen(published) if published else material.draft(cycle, minimum_group), published)


def contents(made_of: Material) -> tuple[PackedReport, ...]:
    """Every report in every language, in the order of the pack."""
    version, year = str(made_of.imprint.version or DRAFT), made_of.snapshot.year
    return tuple(
        PackedReport(key, language, key.file_name(year, version, language, ""))
        for language in LANGUAGES
        for key in shelf.keys(made_of)
    )


def _print(
    edition: Edition, folder: Path, listed: Sequence[PackedReport], now: datetime, told: Callable[[int, int], None]
) -> None:
    """Every PDF of the pack into its folder; of a published version, the archive's or for the archive."""
    paths = {_path(folder, each): each for each in listed}
    done = iter(range(1, len(listed) + 1))
    failed = press.print_all(
        [(path, _manuscript(edition, path, each)) for path, each in paths.items()],
        told=lambda _path: told(next(done), len(listed)),
    )
    if failed:
        raise PressFailed("\n".join(f"{path.name}: {reason}" for path, reason in failed.items()))
    if edition.publication:
        for path, each in paths.items():
            kept = archive.keep(edition.publication, each.key, each.language, "pdf", path.read_bytes(), now)
            if path.read_bytes() != kept:
                path.write_bytes(kept)


def _manuscript(edition: Edition, path: Path, each: PackedReport) -> Manuscript:
    """What the press is given; nothing where the PDF is there already, or in the archive."""
    if not path.exists() and edition.publication:
        kept = archive.kept(edition.publication, each.key, each.language, "pdf")
        if kept:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(kept)
    if path.exists():
        return Manuscript("")
    path.parent.mkdir(exist_ok=True)
    return manuscript(shelf.report(edition.material, each.key), each.language)


def _zipped(edition: Edition, folder: Path, listed: Sequence[PackedReport], now: datetime) -> Path:
    """The pack: each report as PDF and as CSV, whole or not at all."""
    ready = folder / _zip_name(edition)
    unfinished = ready.with_suffix(".unfinished")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as pack:
        for each in listed:
            name = f"{each.language}/{each.name}"
            pack.writestr(zipfile.ZipInfo(f"{name}pdf", ALWAYS), _path(folder, each).read_bytes())
            pack.writestr(zipfile.ZipInfo(f"{name}csv", ALWAYS), _data(edition, each, now), zipfile.ZIP_DEFLATED)
    unfinished.replace(ready)
    return ready


def _data(edition: Edition, each: PackedReport, now: datetime) -> bytes:
    if edition.publication:
        return archive.read_data(edition.publication, each.key, each.language, "csv", now)
    return faces.DATA["csv"](shelf.report(edition.material, each.key), each.language)


def _path(folder: Path, each: PackedReport) -> Path:
    return folder / each.language / f"{each.name}pdf"


def _zip_name(edition: Edition) -> str:
    return f"reports-{edition.material.snapshot.year}-{edition.version}.zip"


def _folder(edition: Edition, settings: Settings) -> Path:
    """One folder for each content: a draft that changed, or another version of the product, begins anew."""
    said = edition.material.imprint
    return settings.instance / "packs" / f"{said.year}-{edition.version}-{said.snapshot_hash[:16]}-{VERSION}"


@contextmanager
def _alone(folder: Path, tries: int = 1) -> Iterator[None]:
    """Hold the folder for this process; the lock ends with the process, however it ends."""
    with (folder / "lock").open("w") as lock:
        _take(lock, tries)
        yield


def _take(lock: IO[str], tries: int) -> None:
    """Whoever only looks whether somebody is at work holds the lock for a moment: a maker tries more than once."""
    for left in reversed(range(tries)):
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            if not left:
                raise BeingMade from taken
            time.sleep(0.1)
    return None


def _is_taken(folder: Path) -> bool:
    try:
        with _alone(folder):
            return False
    except FileNotFoundError:
        return False
    except BeingMade:
        return True
