"""What staff found in each text: a coding counts for the words that were read, and for no others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import session, transaction
from app.domain.errors import TextChanged
from app.domain.saving.decision import PendingSave, must_add
from app.models import Coding, Person, Theme
from app.services.reflection.commands import lock_reflection
from app.services.themes.queries import find_theme
from app.services.themes.texts import FreeText, find_text, text_in_submission


@dataclass(frozen=True)
class CodedText:
    """A text with the newest coding of it, which counts only where `is_read`: it was made for these very words."""

    free: FreeText
    coding: Coding | None
    is_read: bool

    @property
    def is_outdated(self) -> bool:
        """Whether it was read before the cluster submitted other words: it is to be read again."""
        return self.coding is not None and not self.is_read

    @property
    def themes(self) -> list[Theme]:
        """The themes that count for it, in the order of staff."""
        return [each for each in self.coding.themes if not each.retired_at] if self.coding and self.is_read else []


def coded_texts(texts: Sequence[FreeText]) -> tuple[CodedText, ...]:
    """Each text with what was found in it."""
    newest = _newest(texts)
    return tuple(_reading(each, newest.get(each.key)) for each in texts)


def coded_text(text: FreeText) -> CodedText:
    """One text with what was found in it."""
    return coded_texts([text])[0]


def save_coding(text: FreeText, draft: PendingSave, by: Person, now: datetime) -> Coding:
    """Keep which themes a text has, none is an answer too; the same once more changes nothing.

    `draft` holds the ids of the themes and of the submission that was read. TextChanged when the cluster has
    submitted again since, StaleAnswer when somebody else has coded the text since, RecordNotFound when a theme is not
    one of this field. Retired themes that were found before stay with the text, uncounted.
    """
    cycle, asked = text.reflection.cycle, text.asked
    with transaction():
        lock_reflection(text.reflection)
        now_read = coded_text(find_text(cycle, asked, text.reflection.cluster.code))
        if now_read.free.submission.id != draft.content["submission"]:
            raise TextChanged
        chosen = [find_theme(cycle, asked, identity) for identity in draft.content["themes"]]
        themes = [*chosen, *(each for each in _retired(now_read) if each not in chosen)]
        whole = replace(draft, content={**draft.content, "themes": sorted(each.id for each in themes)})
        saved = now_read.coding
        if saved and not must_add(whole, saved):
            return saved
        return _added(now_read, themes, by, now)


def _newest(texts: Iterable[FreeText]) -> dict[tuple[int, str, str], Coding]:
    ids, items = {each.reflection.id for each in texts}, {each.asked.item.code for each in texts}
    query = select(Coding).where(Coding.reflection_id.in_(ids), Coding.item.in_(items)).order_by(Coding.version)
    found = session.scalars(query.options(joinedload(Coding.submission), joinedload(Coding.saved_by)))
    return {(each.reflection_id, each.item, each.field): each for each in found}


def _reading(text: FreeText, coding: Coding | None) -> CodedText:
    return CodedText(text, coding, is_read=coding is not None and _is_of_these_words(coding, text))


def _is_of_these_words(coding: Coding, text: FreeText) -> bool:
    """Whether what was read is what the text says now; another submission may say the same."""
    before, now, item = coding.submission, text.submission, text.asked.item.code
    if before.versions.get(item) == now.versions.get(item):
        return True
    return text_in_submission(before, text.asked) == text.text


def _retired(before: CodedText) -> list[Theme]:
    return [each for each in before.coding.themes if each.retired_at] if before.coding and before.is_read else []


def _added(before: CodedText, themes: list[Theme], by: Person, now: datetime) -> Coding:
    text, saved = before.free, before.coding
    coding = Coding(
        reflection_id=text.reflection.id,
        item=text.asked.item.code,
        field=text.asked.field,
        version=saved.version + 1 if saved else 1,
        submission_id=text.submission.id,
        saved_at=now,
        saved_by_id=by.id,
        themes=themes,
    )
    session.add(coding)
    return coding
