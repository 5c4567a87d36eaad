"""Every command that saves over a version follows the same rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from surveys.schema import BilingualText

from app.domain.errors import StaleAnswer, SupersededSave
from app.domain.peer_review.review import MEETING, Side
from app.domain.saving.decision import PendingSave
from app.services.peer_review.review_commands import arrange_meeting, save_finding
from app.services.peer_review.review_queries import find_review
from app.services.reflection.commands import save_answer
from app.services.reflection.queries import find_reflection
from app.services.themes.commands import add_theme, rename_theme, save_coding
from app.services.workshop.commands import save_private_rating
from tests.support import reviewed_round, written_texts
from tests.support.application import NOW
from tests.support.reviewed_round import HOST, REVIEWER

ITEM = "PCMW-01"


@dataclass(frozen=True)
class Saving:
    """A command, different contents to save, and the version that exists before the first save."""

    save: Callable[[PendingSave], Any]
    item: str
    contents: tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]
    before: int = 0
    has_script: bool = True

    def __call__(self, which: int, *, over: int = 0, client: str = "", sequence_no: int = 0) -> Any:
        """Save one of the contents, typed over the version after so many saves."""
        content = dict(self.contents[which])
        return self.save(PendingSave(self.item, content, self.before + over, "en", client, sequence_no))


def answer(_people: Any, lead: Any) -> Saving:
    reflection = find_reflection(2026, "north-powys")
    contents = [written_texts.evidence(text) for text in ("One", "Two", "Three")]
    return Saving(lambda pending: save_answer(reflection, pending, lead, NOW), ITEM, tuple(contents))


def private_rating(_people: Any, lead: Any) -> Saving:
    reflection = find_reflection(2026, "north-powys")
    contents = [{"level": level, "note": ""} for level in ("foundation", "developing", "mature")]
    return Saving(lambda pending: save_private_rating(reflection, pending, lead, NOW), ITEM, tuple(contents))


def finding(people: Any, _lead: Any) -> Saving:
    review = find_review(2026, "north-powys")
    contents = [{"level": "mature", "heard": text, "good_practice": "", "suggestion": ""} for text in "abc"]
    return Saving(
        lambda pending: save_finding(review, Side.REVIEWER, pending, people[REVIEWER], NOW), ITEM, tuple(contents)
    )


def meeting(people: Any, _lead: Any) -> Saving:
    review = find_review(2026, "north-powys")
    contents = [{"day": "2026-06-03", "time": "14:00", "place": place} for place in ("Newtown", "Neath", "Bala")]

    def save(pending: PendingSave) -> Any:
        return arrange_meeting(review, Side.REVIEWED, pending, people[HOST], NOW, address="http://localhost")

    return Saving(save, MEETING, tuple(contents))


def coding(_people: Any, lead: Any) -> Saving:
    written_texts.submit("north-powys", {ITEM: written_texts.evidence("We lack time and data.")}, lead)
    read, cycle = written_texts.reading("north-powys"), written_texts.cycle()
    names = (BilingualText("Time", "Amser"), BilingualText("Data", "Data"))
    time, data = (add_theme(cycle, written_texts.field(), name, lead, NOW).id for name in names)
    found = ([time], [data], [time, data])
    contents = [{"submission": read.free.submission.id, "themes": each} for each in found]
    return Saving(lambda pending: save_coding(read.free, pending, lead, NOW), ITEM, tuple(contents), has_script=False)


def theme_name(_people: Any, lead: Any) -> Saving:
    cycle, field = written_texts.cycle(), written_texts.field()
    theme = add_theme(cycle, field, BilingualText("Time", "Amser"), lead, NOW)
    contents = [{"en": name, "cy": f"{name} (cy)"} for name in ("Staff", "Money", "Data")]

    def save(pending: PendingSave) -> Any:
        return rename_theme(cycle, field, theme.id, pending, lead, NOW).names[-1]

    return Saving(save, "", tuple(contents), before=1, has_script=False)


@pytest.fixture(params=[answer, private_rating, finding, meeting, coding, theme_name], ids=lambda each: each.__name__)
def saving(request, cycle, lead):
    people = None
    if request.param in (finding, meeting):
        people = reviewed_round.invite()
        reviewed_round.submit_all()
        reviewed_round.publish()
    return request.param(people, lead)


def test_each_save_over_the_newest_version_is_the_next_one(saving):
    assert [saving(which, over=which).version - saving.before for which in range(3)] == [1, 2, 3]


def test_a_save_over_an_older_version_is_refused_with_what_was_saved(saving):
    saving(0)
    with pytest.raises(StaleAnswer) as refused:
        saving(1)
    assert refused.value.saved.content == saving.contents[0]
    assert saving(1, over=1).version == saving.before + 2


def test_the_same_content_is_saved_once_whatever_it_was_typed_over(saving):
    assert saving(0).version == saving(0).version == saving(0, over=7).version == saving.before + 1


def test_a_version_that_was_not_there_yet_is_no_base(saving):
    saving(0)
    with pytest.raises(StaleAnswer):
        saving(1, over=7)


def test_a_save_of_the_same_page_that_arrives_late_changes_nothing(saving):
    saving(0, client="page", sequence_no=2)
    with pytest.raises(SupersededSave if saving.has_script else StaleAnswer):
        saving(1, client="page", sequence_no=1)
    if saving.has_script:
        assert saving(2, client="page", sequence_no=3).version == saving.before + 2
