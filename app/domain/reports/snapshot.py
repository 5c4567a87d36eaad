"""What reports are computed from: a cycle at one moment as one frozen value with a hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from functools import cached_property
from typing import Any

from surveys.changes import EditionChange
from surveys.plain_data import read_json
from surveys.schema import BilingualText
from surveys.validation import make_converter, validated

from app.domain.reflection.answers import Answers
from app.domain.themes.theme_counts import CodedTheme

UNNAMED = BilingualText("", "")
COUNTED = ("level", "chosen", "ranked")
"""The parts of an answer that reports count."""


@dataclass(frozen=True)
class BoardName:
    """A health board as a report names it."""

    code: str
    name: BilingualText
    short: BilingualText


@dataclass(frozen=True)
class ClusterSubmission:
    """One cluster in a cycle: `answers` as submitted, None while it has not submitted."""

    cluster: str
    #: The code of the board it belonged to when the cycle opened.
    board: str
    answers: Answers | None
    name: BilingualText = UNNAMED
    #: Item code -> the language it was typed in.
    languages: Mapping[str, str] = field(default_factory=dict)
    #: Whether the cluster agreed to be compared with others that agreed, without names.
    compares: bool = False

    @cached_property
    def counted(self) -> str:
        """The cluster with the hash of what is counted of its answers: another after they changed."""
        counts = {code: [content.get(part) for part in COUNTED] for code, content in (self.answers or {}).items()}
        written = json.dumps(counts, sort_keys=True)
        return f"{self.cluster}@{hashlib.sha256(written.encode()).hexdigest()[:12]}"


@dataclass(frozen=True)
class EarlierCycle:
    """What the clusters had submitted in a cycle before, and the rules by which that is shown."""

    year: int
    returns: tuple[ClusterSubmission, ...]
    #: The boards that the reports of that cycle showed together.
    together: tuple[str, ...] = ()
    #: None where it was never published: that of the snapshot.
    minimum_group: int | None = None
    #: `Return.counted` of the answers that may be told, because their clusters know and agree.
    agreed: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublishedCells:
    """Of whom earlier publications counted the answers of a cycle: sets of `Return.counted`."""

    year: int
    sets: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class OwnText:
    """What the reviewed cluster had submitted on an outcome, and the language it was typed in."""

    evidence: str = ""
    next_step: str = ""
    language: str = ""


@dataclass(frozen=True)
class PeerText:
    """What the peers returned on an outcome, and the language it was typed in."""

    heard: str = ""
    good_practice: str = ""
    suggestion: str = ""
    language: str = ""


@dataclass(frozen=True)
class ReviewReply:
    """What the reviewed cluster replied; `shares`: whether good practice may be shared, None: not said."""

    text: str
    language: str
    shares: bool | None


@dataclass(frozen=True)
class ReportedFinding:
    """One outcome of a returned review: the level codes of the cluster, as its peers read it, and of the peers."""

    outcome: str
    own: str
    peer: str
    #: The good practice that the reviewed cluster agreed to share, otherwise empty; and its language.
    shared: str = ""
    language: str = ""
    own_words: OwnText = OwnText()
    peer_words: PeerText = PeerText()
    reply: ReviewReply | None = None


@dataclass(frozen=True)
class ReviewResult:
    """One allocated peer review: `findings` as returned, None while it is not returned."""

    #: The code of the reviewed cluster.
    code: str
    reviewer: BilingualText
    reviewed: BilingualText
    findings: tuple[ReportedFinding, ...] | None
    is_replied: bool = False
    reviewer_board: BilingualText = UNNAMED
    reviewed_board: BilingualText = UNNAMED
    met_on: date | None = None
    returned_on: date | None = None
    replied_on: date | None = None
    #: The code of the cluster that reviews.
    reviewer_code: str = ""


@dataclass(frozen=True)
class Snapshot:
    """A cycle at one moment. The same answers give the same hash, whenever and wherever it is taken."""

    year: int
    wording: str
    minimum_group: int
    boards: tuple[BoardName, ...]
    returns: tuple[ClusterSubmission, ...]
    #: The peer reviews of the cycle in an order that never changes; empty where there was none.
    reviews: tuple[ReviewResult, ...] = ()
    #: The cycles before, the newest first.
    earlier: tuple[EarlierCycle, ...] = ()
    #: What is declared of the wording between editions.
    changes: tuple[EditionChange, ...] = ()
    #: Invented data, said so wherever it is shown.
    synthetic: bool = False
    #: The themes that staff found in what clusters wrote, and the passages cleared for publication.
    themes: tuple[CodedTheme, ...] = ()
    #: The boards that an earlier version of the publication showed together.
    together: tuple[str, ...] = ()
    #: What earlier publications counted besides what this one counts anyway.
    disclosed: tuple[PublishedCells, ...] = ()

    def __hash__(self) -> int:
        """Hash by content, not by identity: figures computed from equal snapshots are cached once."""
        return hash(self.hash)

    @cached_property
    def content(self) -> str:
        """The whole content as JSON with sorted keys: what is stored when reports are published."""
        return json.dumps(self, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content.encode()).hexdigest()

    @property
    def submitted(self) -> tuple[Answers, ...]:
        """The answers of the clusters that submitted."""
        return tuple(each.answers for each in self.returns if each.answers is not None)

    def submitted_by_board(self) -> Mapping[str, tuple[Answers, ...]]:
        """Board code -> the answers of its clusters that submitted."""
        return {
            board.code: tuple(
                each.answers for each in self.returns if each.board == board.code and each.answers is not None
            )
            for board in self.boards
        }

    def board(self, code: str) -> BoardName:
        """The board with this code; KeyError when there is none."""
        return {board.code: board for board in self.boards}[code]

    def of_cluster(self, code: str) -> ClusterSubmission:
        """What the cluster with this code returned in this cycle; KeyError when it is not in it."""
        return {each.cluster: each for each in self.returns}[code]


def _plain(value: Any) -> object:
    """What JSON has no word for: a dataclass by its fields, a day as text. `asdict` would copy all that is below."""
    return {each.name: getattr(value, each.name) for each in fields(value)} if is_dataclass(value) else str(value)


CONVERTER = make_converter()
CONVERTER.register_structure_hook(date, lambda text, _kind: date.fromisoformat(text))


def read_snapshot(content: str) -> Snapshot:
    """The snapshot whose `content` this is; InvalidData when it is none."""
    return validated(read_json(content), Snapshot, CONVERTER)
