"""What the command line says of new wording: what became of each outcome, and what to do next."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from surveys.changes import WordingStatus

from app.domain.survey.wording_diff import WordingDiff
from app.domain.survey.wording_workbook import WordingFault
from app.i18n import gettext as _
from app.messages.survey import sentence


def rewording_lines(found: WordingDiff, file: str | None) -> Iterator[str]:
    """What a workbook changes, where it was written (None: nowhere) and what is to be done now."""
    if found.is_empty:
        edition = f"{found.before.slug} {found.before.edition}"
        yield _("Nothing changed, and nothing was written: %(survey)s is worded like this already.", survey=edition)
        return
    yield _("%(survey)s: from edition %(before)s to %(after)s.", survey=found.after.slug, **_editions(found))
    for name, codes in _outcomes(found):
        yield f"{name}: {len(codes)}" + (f" ({', '.join(codes)})" if codes else "")
    if found.head:
        yield _("Changed for the whole survey: %(parts)s", parts=", ".join(found.head))
    if found.is_reordered:
        yield _("The outcomes stand in another order.")
    yield from ("", *(_next_steps(found, file) if file else [_("Nothing was written.")]))


def rewording_data(found: WordingDiff, file: str | None) -> dict[str, Any]:
    """The same for a program."""
    kinds = {wording.value: found.of(wording) for wording in WordingStatus}
    return {
        "survey": found.after.slug,
        "changed": not found.is_empty,
        "edition": _editions(found),
        "status": found.after.status,
        "content_hash": found.after.content_hash,
        "outcomes": {**kinds, "gone": found.gone, "otherwise_changed": found.beside},
        "whole": found.head,
        "file": file,
    }


def fault_data(fault: WordingFault) -> dict[str, str]:
    """A fault for a program, with its sentence for people."""
    return {**asdict(fault.place), "reason": fault.reason, "said": fault.said, "sentence": sentence(fault)}


def _editions(found: WordingDiff) -> dict[str, str]:
    return {"before": found.before.edition, "after": found.after.edition}


def _outcomes(found: WordingDiff) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield _("Same"), found.of(WordingStatus.SAME)
    yield _("Same, with other prompts, examples or sources"), found.beside
    yield _("Reworded"), found.of(WordingStatus.REWORDED)
    yield _("New"), found.of(WordingStatus.NEW) + found.of(WordingStatus.SPLIT)
    yield _("Gone"), found.gone


def _next_steps(found: WordingDiff, file: str) -> Iterator[str]:
    yield _("%(file)s is written.", file=file)
    yield _("Next:")
    yield "- " + _("Run: flask --app wsgi survey check %(file)s", file=file)
    if len(found.of(WordingStatus.SAME)) < len(found.items) or found.gone:
        yield "- " + _("Declare in surveys/changes/ what became of the outcomes; the README there says how.")
    yield "- " + _("Commit the file. It takes effect with the next cycle that is opened.")
