"""The language of a report: sentences from the catalogue, texts of the surveys."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel.dates import format_date
from babel.support import NullTranslations, Translations

from surveys.schema import LOCALES, BilingualText

CATALOGUES = Path(__file__).parents[2] / "app" / "translations"


@dataclass(frozen=True)
class Translator:
    """How a report speaks one language."""

    language: str

    @property
    def catalogue(self) -> NullTranslations:
        """The translated sentences; the sentences in the code are the English ones."""
        return NullTranslations() if self.language == "en" else Translations.load(CATALOGUES, [self.language])

    def local(self, text: BilingualText | None) -> str:
        """A text of the surveys or the name of a place."""
        return text[self.language] if text else ""

    def day(self, value: date) -> str:
        """A day in words: 22 November 2026, 22 Tachwedd 2026."""
        return format_date(value, "d MMMM y", locale=LOCALES[self.language])

    def iso_day(self, value: str) -> str:
        """A day that is stored as 2026-06-03, in words."""
        return self.day(date.fromisoformat(value))
