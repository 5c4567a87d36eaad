"""The reports of a cycle: their keys, their names and their builders."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.schema import BilingualText

from app.domain.errors import RecordNotFound
from app.domain.reports.report_key import KINDS, ReportKey
from app.services.reports.builders.board import build_board_report
from app.services.reports.builders.cluster import build_cluster_report
from app.services.reports.builders.national import build_national_report
from app.services.reports.builders.peer_review import build_review_report
from app.services.reports.snapshots import ReportInput


@dataclass(frozen=True)
class CatalogueEntry:
    """A report in a list: its key, and the name of Wales, a board or a cluster."""

    key: ReportKey
    name: BilingualText


def list_report_keys(material: ReportInput) -> tuple[ReportKey, ...]:
    """Return the keys of all reports that can be built from this input, in the order of lists."""
    taken = material.snapshot
    return (
        ReportKey("national"),
        *(ReportKey(kind, board.code) for kind in ("board", "board-inside") for board in taken.boards),
        *(ReportKey("cluster", each.cluster) for each in taken.returns if each.answers is not None),
        *(ReportKey("peer", each.code) for each in taken.reviews if each.findings is not None),
    )


def report_name(material: ReportInput, key: ReportKey) -> BilingualText:
    """Return the name of Wales, the board or the cluster; for a peer review, of the reviewed cluster."""
    taken = material.snapshot
    if key.kind == "national":
        return BilingualText("Wales", "Cymru")
    return taken.board(key.code).name if key.kind.startswith("board") else taken.of_cluster(key.code).name


def group_by_kind(listed: Iterable[CatalogueEntry]) -> tuple[tuple[str, tuple[CatalogueEntry, ...]], ...]:
    """Group entries by kind, in the order of KINDS; kinds without entries are left out."""
    given = tuple(listed)
    groups = ((kind, tuple(each for each in given if each.key.kind == kind)) for kind in KINDS)
    return tuple((kind, group) for kind, group in groups if group)


def build_report(material: ReportInput, key: ReportKey) -> Any:
    """Build the report with that key; raise RecordNotFound if there is none."""
    known = [each.code for each in list_report_keys(material) if each.kind == key.kind]
    if key.code not in known:
        raise RecordNotFound("report", f"{key.kind} {key.code}", known)
    return BUILDERS[key.kind](material, key.code)


def _peer(material: ReportInput, code: str) -> Any:
    found = next(each for each in material.snapshot.reviews if each.code == code)
    return build_review_report(found, material.questionnaire, material.imprint)


BUILDERS: Mapping[str, Callable[[ReportInput, str], Any]] = {
    "national": lambda material, _code: build_national_report(material),
    "board": lambda material, code: build_board_report(material, code, inside=False),
    "board-inside": lambda material, code: build_board_report(material, code, inside=True),
    "cluster": lambda material, code: build_cluster_report(material, code, compared=material.imprint.is_published),
    "peer": _peer,
}
"""Kind -> the builder of a report, from the input and the code of the report."""
