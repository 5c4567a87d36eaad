"""Translation within a report: sentences from the catalogue, texts from the surveys."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel.dates import format_date
from babel.support import NullTranslations, Translations

from surveys.schema import LOCALES, BilingualText

CATALOGUES = Path(__file__).parents[2] / "app" / "translations"


@dataclass(frozen=True)
class Translator:
    """Translates into the language of a report."""

    language: str

    @property
    def catalogue(self) -> NullTranslations:
        """The translated sentences; the sentences in the code are the English ones."""
        return NullTranslations() if self.language == "en" else Translations.load(CATALOGUES, [self.language])

    def local(self, text: BilingualText | None) -> str:
        """Return a survey text or a place name."""
        return text[self.language] if text else ""

    def day(self, value: date) -> str:
        """Return a date in words: 22 November 2026, 22 Tachwedd 2026."""
        return format_date(value, "d MMMM y", locale=LOCALES[self.language])

    def iso_day(self, value: str) -> str:
        """Return a date stored as 2026-06-03 in words."""
        return self.day(date.fromisoformat(value))
