"""Themes and quotes on a real database: a coding counts only for the text that was read; nothing is overwritten."""

import random
from collections import defaultdict

import pytest
from sqlalchemy import func, select

from surveys.schema import BilingualText

from app.db import session
from app.domain.errors import IdentifyingPassage, InvalidValue, RecordNotFound, StaleAnswer, TextChanged
from app.domain.people.roles import Role
from app.domain.saving.decision import PendingSave
from app.domain.themes.quotes import IdentifierWarning, QuoteState
from app.domain.themes.theme_counts import ApprovedQuote
from app.models import Coding, Quote, Theme, ThemeName
from app.services.cycle.queries import find_cycle
from app.services.organisations.queries import list_clusters
from app.services.people.commands import Invitation, invite_person
from app.services.themes.commands import (
    add_theme,
    approve_quote,
    rename_theme,
    restore_theme,
    retire_theme,
    save_coding,
    withdraw_quote,
)
from app.services.themes.progress import field_overview, reported_themes
from app.services.themes.queries import QuoteCandidate, find_quote
from app.services.themes.texts import texts_of_cycle
from tests.support import written_texts as written
from tests.support.application import NOW
from tests.support.written_texts import FIELD, ITEM, code, evidence, reading, submit

NORTH = "north-powys"
FIRST, SECOND = BilingualText("Time to plan", "Amser i gynllunio"), BilingualText("Data", "Data a rennir")


@pytest.fixture
def staff(cycle):
    return invite_person(Invitation("staff@example.wales", "Sam Staff", Role.SPPC), address=None)


@pytest.fixture
def other(cycle):
    return invite_person(Invitation("other@example.wales", "Olwen Other", Role.SPPC), address=None)


def theme(name: BilingualText, by, of=None) -> int:
    return add_theme(written.cycle(), of or written.field(), name, by, NOW).id


def counted() -> dict[str, tuple[str, ...]]:
    return {each.theme.en: each.clusters for each in reported_themes(2026) if each.theme}


def states() -> dict[str, str]:
    kept = field_overview(written.cycle(), written.field()).quotes
    return {each.quote.text: each.state for each in kept}


def test_every_count_equals_a_recount_after_much_coding_and_submitting(staff):
    chance = random.Random(5)
    fields = [(ITEM, FIELD), (ITEM, "why"), ("FACTORS-1", "detail:funding")]
    ids = {key: [theme(BilingualText(f"{n}", f"{n}"), staff, written.field(*key)) for n in range(3)] for key in fields}
    names = {each.id: each.name.en for each in session.scalars(select(Theme))}
    says, found = {}, {}
    clusters = [each.code for each in list_clusters()][:9]
    for _turn in range(60):
        cluster, key = chance.choice(clusters), chance.choice(fields)
        if chance.random() < 0.5 or cluster not in says:
            texts = {each: chance.choice(("", "One.", "Two.")) for each in fields}
            details = {"funding": texts[fields[2]]} if texts[fields[2]] else {}
            contents = {
                ITEM: evidence(texts[fields[0]], why=texts[fields[1]]),
                "FACTORS-1": {"chosen": ["funding"], "details": details},
            }
            submit(cluster, contents, staff)
            says[cluster] = texts
        elif says[cluster][key]:
            chosen = chance.sample(ids[key], chance.randint(0, 3))
            code(cluster, chosen, staff, of=written.field(*key))
            found[cluster, key] = (says[cluster][key], chosen)
    expected, read = defaultdict(set), defaultdict(int)
    for (cluster, key), (words, chosen) in found.items():
        if says[cluster][key] == words:
            read[key] += 1
            for identity in chosen:
                expected[key, names[identity]].add(cluster)
    made = reported_themes(2026)
    assert {((each.item, each.field), each.theme.en): set(each.clusters) for each in made} == expected
    for each in made:
        key = (each.item, each.field)
        assert each.written == sum(bool(texts[key]) for texts in says.values())
        assert each.read == read[key]
        assert list(each.clusters) == sorted(set(each.clusters))


def test_other_words_are_to_be_read_again_and_count_for_nothing_until_then(staff):
    submit(NORTH, {ITEM: evidence("We lack time.")}, staff)
    time = theme(FIRST, staff)
    code(NORTH, [time], staff)
    assert counted() == {"Time to plan": (NORTH,)}
    submit(NORTH, {ITEM: evidence("We have time.")}, staff)
    assert counted() == {}
    assert reading(NORTH).is_outdated
    code(NORTH, [time], staff)
    assert counted() == {"Time to plan": (NORTH,)}
    assert session.scalar(select(func.count(Coding.id))) == 2


def test_the_same_words_submitted_again_stay_read(staff):
    submit(NORTH, {ITEM: evidence("We lack time.")}, staff)
    code(NORTH, [theme(FIRST, staff)], staff)
    submit(NORTH, {ITEM: evidence("We lack time.", next_step="Ask.") | {"level": "mature"}}, staff)
    assert counted() == {"Time to plan": (NORTH,)}
    assert not reading(NORTH).is_outdated


def test_the_detail_of_an_option_that_is_not_chosen_was_not_written(staff):
    details = {"funding": "Late money.", "engagement": "Nobody comes."}
    submit(NORTH, {"FACTORS-1": {"chosen": ["funding"], "details": details}}, staff)
    assert [each.text for each in texts_of_cycle(written.cycle())] == ["Late money."]


def test_of_two_staff_the_second_adds_to_what_the_first_found(staff, other):
    submit(NORTH, {ITEM: evidence("We lack time and data.")}, staff)
    time, data = theme(FIRST, staff), theme(SECOND, staff)
    code(NORTH, [time], staff, base_version=0)
    assert code(NORTH, [time], other, base_version=0).saved_by_id == staff.id  # the same coding: nothing to save
    code(NORTH, [time, data], other, base_version=1)
    assert counted() == {"Time to plan": (NORTH,), "Data": (NORTH,)}
    assert session.scalar(select(func.count(Coding.id))) == 2


def test_a_text_without_a_theme_counts_as_read(staff):
    submit(NORTH, {ITEM: evidence("Nothing special.")}, staff)
    code(NORTH, [], staff)
    code(NORTH, [], staff)
    assert field_overview(written.cycle(), written.field()).progress.read == 1
    assert session.scalar(select(func.count(Coding.id))) == 1


def test_what_was_read_must_be_what_is_submitted_now(staff):
    submit(NORTH, {ITEM: evidence("We lack time.")}, staff)
    before, time = reading(NORTH), theme(FIRST, staff)
    content = {"submission": before.free.submission.id, "themes": [time]}
    submit(NORTH, {ITEM: evidence("We have time.")}, staff)
    with pytest.raises(TextChanged):
        save_coding(before.free, PendingSave(ITEM, content, 0, "en"), staff, NOW)
    submit(NORTH, {ITEM: evidence("")}, staff)
    with pytest.raises(RecordNotFound):
        reading(NORTH)
    assert reported_themes(2026) == ()


def test_a_theme_of_another_field_cannot_be_given(staff):
    submit(NORTH, {ITEM: evidence("We lack time.", why="Because.")}, staff)
    elsewhere = theme(FIRST, staff, written.field(ITEM, "why"))
    with pytest.raises(RecordNotFound):
        code(NORTH, [elsewhere], staff)


def test_a_retired_theme_is_not_counted_and_counts_again_with_all_that_was_found(staff):
    submit(NORTH, {ITEM: evidence("We lack time.")}, staff)
    time, data = theme(FIRST, staff), theme(SECOND, staff)
    code(NORTH, [time], staff)
    retire_theme(written.cycle(), written.field(), time, NOW)
    assert counted() == {}
    code(NORTH, [data], staff)
    restore_theme(written.cycle(), written.field(), time)
    assert counted() == {"Time to plan": (NORTH,), "Data": (NORTH,)}


def test_a_theme_is_renamed_by_one_at_a_time_and_every_name_is_kept(staff, other):
    identity, (cycle, field) = theme(FIRST, staff), (written.cycle(), written.field())
    rename_theme(cycle, field, identity, PendingSave("", {"en": "Time", "cy": "Amser"}, 1, "en"), staff, NOW)
    with pytest.raises(StaleAnswer) as refused:
        rename_theme(cycle, field, identity, PendingSave("", {"en": "Hours", "cy": "Oriau"}, 1, "en"), other, NOW)
    assert refused.value.saved.text == BilingualText("Time", "Amser")
    versions = session.scalars(select(ThemeName).order_by(ThemeName.version)).all()
    assert [each.text for each in versions] == [FIRST, BilingualText("Time", "Amser")]


@pytest.mark.parametrize("name", [BilingualText("time TO plan", "Arall"), BilingualText("Other", "Amser i gynllunio")])
def test_two_themes_of_a_field_never_have_one_name(staff, name):
    theme(FIRST, staff)
    with pytest.raises(InvalidValue):
        theme(name, staff)
    assert theme(name, staff, written.field(ITEM, "why"))


def test_a_cleared_passage_is_word_for_word_and_shown_without_its_cluster(staff):
    submit(NORTH, {ITEM: evidence("We lack <b>time</b>\nto plan. And more.")}, staff)
    time = theme(FIRST, staff)
    code(NORTH, [time], staff)
    approve_quote(reading(NORTH), QuoteCandidate("<b>time</b>\r\nto plan.", time), staff, NOW)
    (coded,) = reported_themes(2026)
    assert coded.quotes == (ApprovedQuote("<b>time</b>\nto plan.", "en"),)
    with pytest.raises(InvalidValue):
        approve_quote(reading(NORTH), QuoteCandidate("We need time", time), staff, NOW)


def test_clearing_twice_is_clearing_once_and_never_under_two_themes(staff):
    submit(NORTH, {ITEM: evidence("We lack time.")}, staff)
    time = theme(FIRST, staff)
    code(NORTH, [time], staff)
    first = approve_quote(reading(NORTH), QuoteCandidate("We lack time.", time), staff, NOW)
    assert approve_quote(reading(NORTH), QuoteCandidate("We lack time.", time), staff, NOW).id == first.id
    with pytest.raises(InvalidValue, match="quote_twice"):
        approve_quote(reading(NORTH), QuoteCandidate("We lack time.", None), staff, NOW)
    with pytest.raises(InvalidValue, match="quote_theme"):
        approve_quote(reading(NORTH), QuoteCandidate("time.", theme(SECOND, staff)), staff, NOW)


def test_a_passage_that_could_tell_whose_it_is_is_cleared_only_after_a_look_at_each_hint(staff, lead):
    passage = "Llinos met us ym Mhowys."
    submit(NORTH, {ITEM: evidence(passage)}, staff)
    with pytest.raises(IdentifyingPassage) as refused:
        approve_quote(reading(NORTH), QuoteCandidate(passage, looked_at={IdentifierWarning.PERSON}), staff, NOW)
    assert refused.value.hints == {IdentifierWarning.PERSON, IdentifierWarning.COUNTY, IdentifierWarning.BOARD}
    assert session.scalar(select(func.count(Quote.id))) == 0
    assert approve_quote(reading(NORTH), QuoteCandidate(passage, looked_at=refused.value.hints), staff, NOW)


def test_a_withdrawn_passage_is_not_shown_stays_on_record_and_can_be_cleared_anew(staff, other):
    submit(NORTH, {ITEM: evidence("We lack time.")}, staff)
    cleared = approve_quote(reading(NORTH), QuoteCandidate("We lack time."), staff, NOW)
    assert [(each.theme, each.position, each.clusters) for each in reported_themes(2026)] == [(None, 0, ())]
    withdraw_quote(written.cycle(), cleared.id, other, NOW)
    withdraw_quote(written.cycle(), cleared.id, staff, NOW)
    assert reported_themes(2026) == ()
    kept = session.get(Quote, cleared.id)
    assert (kept.text, kept.cleared_by_id, kept.withdrawn_by_id) == ("We lack time.", staff.id, other.id)
    again = approve_quote(reading(NORTH), QuoteCandidate("We lack time."), staff, NOW)
    assert again.id != cleared.id
    assert len(reported_themes(2026)) == 1


def test_a_quote_is_shown_only_while_it_stands_in_the_text_and_the_text_has_its_theme(staff):
    submit(NORTH, {ITEM: evidence("We lack time. We lack data.")}, staff)
    time = theme(FIRST, staff)
    code(NORTH, [time], staff)
    approve_quote(reading(NORTH), QuoteCandidate("We lack time.", time), staff, NOW)
    approve_quote(reading(NORTH), QuoteCandidate("We lack data."), staff, NOW)
    code(NORTH, [], staff)
    assert states() == {"We lack time.": QuoteState.NO_THEME, "We lack data.": QuoteState.SHOWN}
    code(NORTH, [time], staff)
    retire_theme(written.cycle(), written.field(), time, NOW)
    assert states()["We lack time."] == QuoteState.NO_THEME
    restore_theme(written.cycle(), written.field(), time)
    submit(NORTH, {ITEM: evidence("We lack time. Data we have.")}, staff)
    assert states() == {"We lack time.": QuoteState.NO_THEME, "We lack data.": QuoteState.ELSEWHERE}
    assert reported_themes(2026) == ()
    code(NORTH, [time], staff)
    assert states()["We lack time."] == QuoteState.SHOWN


def test_a_quote_of_another_cycle_is_not_found(inside_demo):
    kept = session.scalars(select(Quote)).first()
    with pytest.raises(RecordNotFound):
        find_quote(written.cycle(), kept.id)


def test_the_demonstration_quotes_what_its_invented_clusters_wrote(inside_demo):
    made = reported_themes(2024)
    assert [each.position for each in made] == [1, 2, 3, 1, 2, 1, 2, 3]
    assert all(0 < len(each.clusters) <= each.read < each.written <= 46 and each.quotes for each in made)
    texts = {each.text for each in texts_of_cycle(find_cycle(2024))}
    assert all(any(quote.text in text for text in texts) for each in made for quote in each.quotes)
    assert {quote.language for each in made for quote in each.quotes} == {"en", "cy"}
