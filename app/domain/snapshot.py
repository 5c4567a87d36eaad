"""What a report is computed from: the submitted answers of a cycle as one frozen value with a hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

from surveys.schema import Text

from app.domain.answers import Answers


@dataclass(frozen=True)
class Board:
    """A health board as a report names it."""

    code: str
    name: Text
    short: Text


@dataclass(frozen=True)
class Return:
    """One cluster in a cycle: `answers` as submitted, None while it has not submitted."""

    cluster: str
    board: str
    answers: Answers | None


@dataclass(frozen=True)
class Finding:
    """One outcome of a returned review: the level codes of the cluster, as its peers read it, and of the peers."""

    outcome: str
    own: str
    peer: str
    #: The good practice that the reviewed cluster agreed to share, otherwise empty; and its language.
    shared: str = ""
    language: str = ""


@dataclass(frozen=True)
class ReviewReturn:
    """One allocated peer review: `findings` as returned, None while it is not returned."""

    code: str
    reviewer: Text
    reviewed: Text
    findings: tuple[Finding, ...] | None
    is_replied: bool = False


@dataclass(frozen=True)
class Snapshot:
    """A cycle at one moment. The same answers give the same hash, whenever and wherever it is taken."""

    year: int
    wording: str
    minimum_group: int
    boards: tuple[Board, ...]
    returns: tuple[Return, ...]
    #: The peer reviews of the cycle in an order that never changes; empty where there was none.
    reviews: tuple[ReviewReturn, ...] = ()

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the whole content as JSON with sorted keys, in hexadecimal."""
        content = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()

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
