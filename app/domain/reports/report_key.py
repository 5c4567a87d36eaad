"""The key that identifies one report of a cycle."""

from dataclasses import dataclass

KINDS = ("national", "board", "board-inside", "cluster", "peer")
"""The kinds of report; a board has one for everyone and one for its officers ("board-inside")."""

WALES = "wales"
"""The code of the national report."""

DRAFT = "draft"
"""The version in the address of a draft."""


@dataclass(frozen=True)
class ReportKey:
    """Which report: its kind, and the code of the board or cluster it is about."""

    kind: str
    code: str = WALES

    def file_name(self, year: int, version: str, language: str, face: str) -> str:
        """Return a name such as board-7A1-2026-v1-cy.pdf or national-2026-draft-en.csv; `face`: the extension."""
        about = self.kind if self.code == WALES else f"{self.kind}-{self.code}"
        return f"{about}-{year}-{version if version == DRAFT else f'v{version}'}-{language}.{face}"
