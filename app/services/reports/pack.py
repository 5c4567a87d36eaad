"""The report pack: all reports of a cycle in both languages as one ZIP; an interrupted one is resumed."""

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from surveys.schema import LANGUAGES

from reports.page import manuscript
from reports.pdf import process
from reports.pdf.process import PdfFailed, PdfInput

from app.domain.reports.report_key import DRAFT, ReportKey
from app.models import Cycle, Publication
from app.services.reports.catalogue import build_report, list_report_keys
from app.services.reports.formats import DATA
from app.services.reports.pack_folder import (
    PackProgress,
    begin_packing,
    exclusive_packing,
    fail_packing,
    packing_progress,
    remove_pack,
    start_packing,
)
from app.services.reports.published_files import find_file, published_data, store_data_and_page, store_file
from app.services.reports.queries import publication_of_address, report_input_of
from app.services.reports.snapshots import ReportInput, draft_report_input
from config import VERSION, Settings

ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The time stamp of every file in a pack, so that the same reports give the same bytes."""


@dataclass(frozen=True)
class PackSource:
    """The reports of a cycle: the draft, or one published version."""

    material: ReportInput
    publication: Publication | None

    @property
    def version(self) -> str:
        """The version as in a URL: a number, or DRAFT."""
        return str(self.publication.number) if self.publication else DRAFT


@dataclass(frozen=True)
class PackedReport:
    """One report in one language, and the name of its files in the pack."""

    key: ReportKey
    language: str
    #: The file name up to and including the dot before the extension.
    name: str


def build_pack(edition: PackSource, settings: Settings, now: datetime, told: Callable[[int, int], None]) -> Path:
    """Make the missing PDFs of a pack, build the ZIP and return its path.

    `told` is called after each PDF with the number made so far and in all. Raise PdfFailed with those that failed; the
    others are kept and not made again. Raise AlreadyBeingMade if another process is making the pack.
    """
    folder = _folder(edition, settings)
    folder.mkdir(parents=True, exist_ok=True)
    with exclusive_packing(folder):
        listed = pack_contents(edition.material)
        begin_packing(folder, len(listed))
        try:
            _print(edition, folder, listed, now, told)
            ready = _zipped(edition, folder, listed, now)
        except Exception as failed:
            fail_packing(folder, str(failed) if isinstance(failed, PdfFailed | OSError) else repr(failed))
            raise
    _remove_older(folder)
    return ready


def start_pack(edition: PackSource, settings: Settings) -> None:
    """Make a pack in a background process; do nothing if one is making it already."""
    start_packing(_folder(edition, settings), edition.material.snapshot.year, edition.version, settings)


def pack_progress(edition: PackSource, settings: Settings) -> PackProgress:
    """Return the progress of a pack."""
    return packing_progress(_folder(edition, settings) / _zip_name(edition))


def pack_source(cycle: Cycle, version: str, minimum_group: int) -> PackSource:
    """Return the draft or a published version, by the version in a URL; raise RecordNotFound if there is none."""
    published = publication_of_address(cycle.year, version)
    return PackSource(report_input_of(published) if published else draft_report_input(cycle, minimum_group), published)


def pack_contents(made_of: ReportInput) -> tuple[PackedReport, ...]:
    """Return every report in every language, in the order of the pack."""
    version, year = str(made_of.imprint.version or DRAFT), made_of.snapshot.year
    return tuple(
        PackedReport(key, language, key.file_name(year, version, language, ""))
        for language in LANGUAGES
        for key in list_report_keys(made_of)
    )


def _print(
    edition: PackSource, folder: Path, listed: Sequence[PackedReport], now: datetime, told: Callable[[int, int], None]
) -> None:
    """Make every missing PDF of the pack in its folder.

    For a published version, use the stored PDFs, and store each new one together with the other formats of its
    report, so that building a pack stores the whole version. Raise PdfFailed.
    """
    paths = {_path(folder, each): each for each in listed}
    done = iter(range(1, len(listed) + 1))
    failed = process.render_many(
        [(path, _manuscript(edition, path, each)) for path, each in paths.items()],
        told=lambda _path: told(next(done), len(listed)),
    )
    if failed:
        raise PdfFailed("\n".join(f"{path.name}: {reason}" for path, reason in failed.items()))
    if edition.publication:
        for path, each in paths.items():
            kept = store_file(edition.publication, each.key, each.language, "pdf", path.read_bytes(), now)
            if path.read_bytes() != kept:
                path.write_bytes(kept)
            store_data_and_page(edition.publication, each.key, each.language, now)


def _manuscript(edition: PackSource, path: Path, each: PackedReport) -> PdfInput:
    """Return the HTML input of a PDF; an empty one if the PDF exists already or is stored with its publication."""
    if not path.exists() and edition.publication:
        kept = find_file(edition.publication, each.key, each.language, "pdf")
        if kept:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(kept)
    if path.exists():
        return PdfInput("")
    path.parent.mkdir(exist_ok=True)
    return manuscript(build_report(edition.material, each.key), each.language)


def _zipped(edition: PackSource, folder: Path, listed: Sequence[PackedReport], now: datetime) -> Path:
    """Write the ZIP with each report as PDF and CSV, under its name only when complete; return its path."""
    ready = folder / _zip_name(edition)
    unfinished = ready.with_suffix(".unfinished")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as pack:
        for each in listed:
            name = f"{each.language}/{each.name}"
            pack.writestr(zipfile.ZipInfo(f"{name}pdf", ALWAYS), _path(folder, each).read_bytes())
            pack.writestr(zipfile.ZipInfo(f"{name}csv", ALWAYS), _data(edition, each, now), zipfile.ZIP_DEFLATED)
    unfinished.replace(ready)
    return ready


def _data(edition: PackSource, each: PackedReport, now: datetime) -> bytes:
    if edition.publication:
        return published_data(edition.publication, each.key, each.language, "csv", now)
    return DATA["csv"](build_report(edition.material, each.key), each.language)


def _path(folder: Path, each: PackedReport) -> Path:
    return folder / each.language / f"{each.name}pdf"


def _zip_name(edition: PackSource) -> str:
    return f"reports-{edition.material.snapshot.year}-{edition.version}.zip"


def _folder(edition: PackSource, settings: Settings) -> Path:
    """Return the folder of a pack; another one for each snapshot and each version of the product."""
    said = edition.material.imprint
    state = f"{said.snapshot_hash[:16]}-{VERSION}"
    return settings.instance / "packs" / f"{said.year}-{edition.version}" / state


def _remove_older(folder: Path) -> None:
    """Remove the other packs of the same draft or version."""
    for each in folder.parent.iterdir():
        if each != folder:
            remove_pack(each)
