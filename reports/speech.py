"""The language of a report: sentences from the catalogue, texts of the surveys."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.support import NullTranslations, Translations

from surveys.schema import Text

CATALOGUES = Path(__file__).parents[1] / "app" / "translations"


@dataclass(frozen=True)
class Speech:
    """How a report speaks one language."""

    language: str

    @property
    def catalogue(self) -> NullTranslations:
        """The translated sentences; the sentences in the code are the English ones."""
        return _catalogue(self.language)

    def local(self, text: Text | None) -> str:
        """A text of the surveys or the name of a place."""
        return text[self.language] if text else ""


@lru_cache(maxsize=2)
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(CATALOGUES, [language]) if language != "en" else NullTranslations()
