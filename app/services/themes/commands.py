"""Commands for themes: add, rename, retire and restore a theme; code a text; approve and withdraw a quote."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from surveys.schema import BilingualText

from app.db import session, transaction
from app.domain.errors import IdentifyingPassage, InvalidValue, TextChanged
from app.domain.saving.decision import PendingSave, must_add
from app.domain.themes.quotes import checked_quote, identifier_warnings_in
from app.domain.themes.theme_counts import is_taken, theme_name
from app.models import Coding, Cycle, Person, Quote, Theme, ThemeName
from app.services.cycle.queries import lock_cycle
from app.services.reflection.commands import lock_reflection
from app.services.themes.queries import (
    CodedText,
    QuoteCandidate,
    coded_text,
    find_quote,
    find_theme,
    known_names,
    quotes_of_texts,
    themes_of_field,
)
from app.services.themes.texts import FreeField, FreeText, find_text


def save_coding(text: FreeText, draft: PendingSave, by: Person, now: datetime) -> Coding:
    """Add a version of the coding of a text, with any number of themes; return the saved one if nothing has changed.

    The content of `draft` is {"themes": ids, "submission": id of the submission that was read}. Retired themes of the
    previous coding are kept, uncounted. Raise TextChanged if the cluster has submitted another text since,
    StaleAnswer if somebody else has coded it since, RecordNotFound if a theme is not of this field.
    """
    cycle, asked = text.reflection.cycle, text.asked
    with transaction():
        lock_reflection(text.reflection)
        now_read = coded_text(find_text(cycle, asked, text.reflection.cluster.code))
        if now_read.free.submission.id != draft.content["submission"]:
            raise TextChanged
        chosen = [find_theme(cycle, asked, identity) for identity in draft.content["themes"]]
        themes = [*chosen, *(each for each in now_read.retired_themes if each not in chosen)]
        whole = replace(draft, content={**draft.content, "themes": sorted(each.id for each in themes)})
        saved = now_read.coding
        if saved and not must_add(whole, saved):
            return saved
        return _added(now_read, themes, by, now)


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


def add_theme(cycle: Cycle, asked: FreeField, name: BilingualText, by: Person, now: datetime) -> Theme:
    """Add a theme after the others; raise InvalidValue if the name is not valid or another theme has it."""
    with transaction():
        lock_cycle(cycle)
        others = themes_of_field(cycle, asked)
        checked = _checked(name, others)
        theme = Theme(cycle_year=cycle.year, item=asked.item.code, field=asked.field, position=len(others) + 1)
        theme.names = [_version(1, checked, by, now)]
        session.add(theme)
    return theme


def rename_theme(cycle: Cycle, asked: FreeField, identity: int, draft: PendingSave, by: Person, now: datetime) -> Theme:
    """Add a version of the name of a theme (its id); earlier names are kept.

    The content of `draft` is {"en": name, "cy": name}. Raise StaleAnswer if somebody else has renamed it since,
    InvalidValue as `add_theme`, RecordNotFound.
    """
    with transaction():
        lock_cycle(cycle)
        theme = find_theme(cycle, asked, identity)
        others = [each for each in themes_of_field(cycle, asked) if each is not theme]
        name = _checked(BilingualText(draft.content["en"], draft.content["cy"]), others)
        newest = theme.names[-1]
        if must_add(draft, newest):
            theme.names.append(_version(newest.version + 1, name, by, now))
    return theme


def retire_theme(cycle: Cycle, asked: FreeField, identity: int, now: datetime) -> None:
    """Retire a theme: it is no longer counted or offered; its codings are kept in case it is restored."""
    with transaction():
        lock_cycle(cycle)
        theme = find_theme(cycle, asked, identity)
        theme.retired_at = theme.retired_at or now


def restore_theme(cycle: Cycle, asked: FreeField, identity: int) -> None:
    """Restore a retired theme, with its earlier codings."""
    with transaction():
        lock_cycle(cycle)
        find_theme(cycle, asked, identity).retired_at = None


def _checked(name: BilingualText, others: Sequence[Theme]) -> BilingualText:
    checked = BilingualText(theme_name(name.en), theme_name(name.cy))
    if is_taken(checked, [each.name for each in others]):
        raise InvalidValue("theme_exists", checked)
    return checked


def _version(version: int, name: BilingualText, by: Person, now: datetime) -> ThemeName:
    return ThemeName(version=version, name_en=name.en, name_cy=name.cy, saved_at=now, saved_by_id=by.id)


def approve_quote(before: CodedText, passage: QuoteCandidate, by: Person, now: datetime) -> Quote:
    """Approve a passage of a text for publication; return the existing quote if it is approved already.

    Raise InvalidValue if the submitted text does not contain the passage ("quote_..." of app.domain.themes.quotes),
    it is approved with another theme ("quote_twice"), or the text does not have the theme ("quote_theme").
    Raise IdentifyingPassage if it has identifier warnings that staff have not confirmed.
    """
    reflection, asked = before.free.reflection, before.free.asked
    with transaction():
        lock_reflection(reflection)
        read = coded_text(find_text(reflection.cycle, asked, reflection.cluster.code))
        words = checked_quote(passage.text, read.free.text)
        if passage.theme is not None and passage.theme not in [theme.id for theme in read.themes]:
            raise InvalidValue("quote_theme", passage.theme)
        if standing := _standing(read, words, passage.theme):
            return standing
        found = identifier_warnings_in(words, known_names(reflection))
        if found - set(passage.looked_at):
            raise IdentifyingPassage(found)
        return _cleared(read, words, passage.theme, by, now)


def withdraw_quote(cycle: Cycle, identity: int, by: Person, now: datetime) -> None:
    """Withdraw a quote from future publications; do nothing if it is withdrawn. Existing publications keep it."""
    with transaction():
        quote = find_quote(cycle, identity)
        lock_reflection(quote.submission.reflection)
        session.refresh(quote)  # if two people withdraw it at once, the first is stored
        if quote.withdrawn_at is None:
            quote.withdrawn_at, quote.withdrawn_by_id = now, by.id


def _standing(read: CodedText, words: str, theme: int | None) -> Quote | None:
    """Return the approved quote with the same text, or None; raise InvalidValue if it has another theme."""
    for each in quotes_of_texts([read]):
        if each.quote.text == words and each.quote.withdrawn_at is None:
            if each.quote.theme_id != theme:
                raise InvalidValue("quote_twice", words)
            return each.quote
    return None


def _cleared(read: CodedText, words: str, theme: int | None, by: Person, now: datetime) -> Quote:
    quote = Quote(
        submission_id=read.free.submission.id,
        item=read.free.asked.item.code,
        field=read.free.asked.field,
        text=words,
        language=read.free.language,
        theme_id=theme,
        cleared_at=now,
        cleared_by_id=by.id,
    )
    session.add(quote)
    return quote
