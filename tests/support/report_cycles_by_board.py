"""Invented cycles on the real clusters with random submissions, the same for the same seed."""

import csv
import random
from collections.abc import Sequence
from pathlib import Path

from surveys.loader import current_questionnaire
from surveys.schema import LEVELS, UNABLE, BilingualText

from reports.board.report import BoardReport
from reports.layout.provenance import Provenance

from app.domain.reports.snapshot import BoardName, ClusterSubmission, EarlierCycle, Snapshot
from app.services.organisations import queries as places
from app.services.reports.builders.board import build_board_report
from app.services.reports.snapshots import ReportInput

QUESTIONNAIRE = current_questionnaire()
FOLDER = Path(places.__file__).parent
LAST = 2026
ASKED = ("CLOSING-1", "FACTORS-1", "FACTORS-4")
WRITTEN = ("Dim <b>marcio</b> & dim 50%.\nAil linell ŵŷ.", "", "=1+1", "", "", "One list of who does what.")


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


BOARDS = tuple(
    BoardName(
        row["ods_code"], BilingualText(row["name_en"], row["name_cy"]), BilingualText(row["short_en"], row["short_cy"])
    )
    for row in _rows("boards.csv")
)
CLUSTERS = tuple(
    (row["code"], row["board_code"], BilingualText(row["name_en"], row["name_cy"])) for row in _rows("clusters.csv")
)


def answers(chance: random.Random) -> dict[str, dict]:
    """Return complete answers to the items that a board report shows."""
    found = {outcome.code: {"level": chance.choice((*LEVELS, UNABLE))} for outcome in QUESTIONNAIRE.outcomes}
    for code in ASKED:
        options = [option.code for option in QUESTIONNAIRE.items[code].options if not option.exclusive]
        chosen = [option for option in options if chance.random() < 0.5] or options[:1]
        found[code] = {"chosen": chosen, "details": {option: chance.choice(WRITTEN) for option in chosen}}
    return found


def returns(chance: random.Random, share: float, clusters=CLUSTERS) -> tuple[ClusterSubmission, ...]:
    """Return submissions of about this share (0 to 1) of the clusters."""
    return tuple(
        ClusterSubmission(
            code, board, answers(chance) if chance.random() < share else None, name, dict.fromkeys(ASKED, "cy")
        )
        for code, board, name in clusters
    )


def cycles(seed: int, shares: Sequence[float], clusters=CLUSTERS, minimum: int = 5, **given) -> Snapshot:
    """Return a snapshot with a cycle for each of these shares, newest first."""
    chance = random.Random(seed)
    now, *before = (returns(chance, share, clusters) for share in shares)
    earlier = tuple(EarlierCycle(LAST - 1 - number, each) for number, each in enumerate(before))
    wording = QUESTIONNAIRE.content_hash
    return Snapshot(LAST, wording, minimum, BOARDS, now, earlier=earlier, synthetic=True, **given)


def material(taken: Snapshot) -> ReportInput:
    """Return the input of the reports of a snapshot, with the same wording every year."""
    asked = dict.fromkeys((taken.year, *(each.year for each in taken.earlier)), QUESTIONNAIRE)
    return ReportInput(taken, asked, Provenance(taken.year, taken.synthetic, taken.hash, "0.1.0"))


def board_report(taken: Snapshot, code: str, *, inside: bool) -> BoardReport:
    """Return the report of one board."""
    return build_board_report(material(taken), code, inside=inside)
