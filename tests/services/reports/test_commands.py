"""Publications are frozen and give reasons for corrections; with earlier ones they reveal nothing of few clusters."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select

from surveys.schema import BilingualText

from app.db import session
from app.domain.errors import (
    CycleNotOver,
    DisclosureRisk,
    DraftChanged,
    InvalidValue,
    NothingToPublish,
    RecordNotFound,
    Unchanged,
)
from app.domain.reports.movement_cohort import moving
from app.domain.reports.report_key import ReportKey
from app.models import Person, Publication
from app.models.append_only import AppendOnlyViolation
from app.services.cycle.commands import close_cycle, open_cycle, reschedule_cycle
from app.services.cycle.queries import find_cycle
from app.services.reflection.queries import reflections_of_cycle
from app.services.reports import queries as publications
from app.services.reports.catalogue import build_report
from app.services.reports.commands import PublicationStatement, publish_reports
from app.services.reports.formats import manuscript
from app.services.reports.publication_draft import load_publication_draft
from app.services.reports.published_files import find_file, published_data, published_page, store_file
from app.services.reports.queries import (
    _frozen,
    find_publication,
    list_publications,
    newest_publications,
    provenance_of,
    publication_of_address,
    report_input_of,
)
from tests.support.application import NOW, OVER
from tests.support.corrected_answers import MANY, change_levels, publish_later

MINIMUM = 5
WHY = BilingualText("A late submission is counted.", "Cyfrifir cyflwyniad hwyr.")
NATIONAL = ReportKey("national")


@pytest.fixture
def staff(inside_demo) -> Person:
    return session.scalars(select(Person).filter_by(email="staff@example.wales")).one()


def publish(
    year: int, staff: Person, correction: BilingualText | None = None, *, agreed: bool = False, now: datetime = OVER
) -> Publication:
    cycle = find_cycle(year)
    said = PublicationStatement(load_publication_draft(cycle, MINIMUM).hash, correction, agreed)
    return publish_reports(cycle, staff, now, MINIMUM, said)


def test_a_published_version_is_the_draft_that_was_looked_at_and_stays_so(staff):
    looked_at = load_publication_draft(find_cycle(2026), MINIMUM)
    made = publish(2026, staff)
    before = build_report(report_input_of(made), NATIONAL)
    assert (made.number, made.snapshot_hash, made.correction) == (1, looked_at.hash, None)
    assert report_input_of(made).snapshot == looked_at.material.snapshot
    change_levels(MANY)
    _frozen.cache_clear()
    assert build_report(report_input_of(find_publication(2026, 1)), NATIONAL) == before
    assert load_publication_draft(find_cycle(2026), MINIMUM).hash != looked_at.hash


def test_the_same_answers_are_not_published_twice(staff):
    assert find_publication(2024, 1)
    with pytest.raises(Unchanged):
        publish(2024, staff, WHY)


def test_what_changed_since_it_was_looked_at_is_not_published(staff):
    said = PublicationStatement(load_publication_draft(find_cycle(2026), MINIMUM).hash)
    change_levels(1)
    with pytest.raises(DraftChanged):
        publish_reports(find_cycle(2026), staff, OVER, MINIMUM, said)
    assert list_publications(2026) == []


def test_a_correction_needs_its_note_and_leaves_the_old_version_readable(staff):
    publish(2026, staff)
    change_levels(MANY)
    with pytest.raises(InvalidValue):
        publish(2026, staff)
    second = publish(2026, staff, WHY)
    assert (second.number, second.correction) == (2, WHY)
    assert [each.number for each in list_publications(2026)] == [2, 1]
    assert [(each.cycle_year, each.number) for each in newest_publications()] == [(2026, 2), (2024, 1)]
    assert provenance_of(second).correction == WHY


@pytest.mark.parametrize(("typed", "kept"), [("Two\vlines", "Two\nlines"), (" \x07\u2028", None)])
def test_a_correction_is_cleaned_like_all_that_is_typed(staff, typed, kept):
    publish(2026, staff)
    change_levels(MANY)
    if kept is None:
        with pytest.raises(InvalidValue):
            publish(2026, staff, BilingualText(typed, typed))
    else:
        assert publish(2026, staff, BilingualText(typed, typed)).correction == BilingualText(kept, kept)


def test_a_difference_that_tells_of_one_cluster_is_published_only_if_it_knows(staff):
    publish(2026, staff)
    change_levels(1)
    changed = next(each for each in reflections_of_cycle(2026) if len(each.submissions) > 1).cluster.code
    with pytest.raises(DisclosureRisk) as refused:
        publish(2026, staff, WHY)
    assert refused.value.clusters == (changed,)
    second = publish(2026, staff, WHY, agreed=True)
    assert {each.partition("@")[0] for each in second.agreed} == {changed}
    change_levels(1)
    with pytest.raises(DisclosureRisk):  # it agreed to reveal that answer, not later ones
        publish(2026, staff, WHY)


@pytest.mark.parametrize("is_corrected", [True, False])
def test_one_cluster_that_changed_last_time_stops_neither_the_next_reports_nor_their_movement(staff, is_corrected):
    """Later reports show a cycle as it was last published, whether or not a correction was."""
    while_open = datetime(2024, 5, 30, tzinfo=UTC)
    cycle = find_cycle(2026)
    compared = len(moving(load_publication_draft(cycle, MINIMUM).material.snapshot).compared)
    change_levels(1, 2024, while_open)
    if is_corrected:
        publish(2024, staff, WHY, agreed=True)
    taken = load_publication_draft(cycle, MINIMUM).material.snapshot
    published = report_input_of(newest_publications()[0]).snapshot
    assert (published.year, taken.earlier[0].returns) == (2024, published.returns)
    assert len(moving(taken).compared) == compared > 0
    assert publish(2026, staff).number == 1


def test_a_first_version_asks_the_clusters_that_changed_since_a_later_cycle_was_published(staff):
    later = publish_later(staff)
    counted = load_publication_draft(later, MINIMUM).material.snapshot.earlier[0]
    change_levels(1)
    assert load_publication_draft(later, MINIMUM).material.snapshot.earlier[0] == counted
    with pytest.raises(DisclosureRisk) as refused:
        publish(2026, staff)
    assert len(refused.value.clusters) == 1
    first = publish(2026, staff, agreed=True)
    assert load_publication_draft(later, MINIMUM).material.snapshot.earlier[0].agreed == tuple(first.agreed)


def test_a_minimum_that_is_raised_holds_for_cycles_that_are_not_published_yet(staff):
    first = publish(2026, staff)
    change_levels(MANY)
    raised = load_publication_draft(find_cycle(2026), MINIMUM + 1).material.snapshot
    assert (raised.minimum_group, raised.earlier[0].minimum_group) == (MINIMUM, MINIMUM)
    assert raised.together == tuple(first.together)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 5, 10, 12, tzinfo=UTC),
        datetime(2027, 3, 31, 22, 59, tzinfo=UTC),  # the last minute of the last day: summer time in Wales
    ],
)
def test_nothing_is_published_before_the_last_day_has_passed(staff, now):
    with pytest.raises(CycleNotOver):
        publish(2026, staff, now=now)
    assert list_publications(2026) == []


def test_reports_are_published_from_the_first_minute_after_the_last_day_on(staff):
    assert publish(2026, staff, now=datetime(2027, 3, 31, 23, 0, tzinfo=UTC)).number == 1


def test_an_extension_puts_publishing_off_and_closing_early_makes_it_possible(staff):
    reschedule_cycle(2026, OVER.date())
    with pytest.raises(CycleNotOver):
        publish(2026, staff)
    close_cycle(2026, NOW)
    assert publish(2026, staff, now=NOW).number == 1


def test_a_published_year_has_its_last_day_for_good(staff):
    last_day = find_cycle(2024).closes
    with pytest.raises(InvalidValue) as refused:
        reschedule_cycle(2024, OVER.date())
    assert refused.value.reason == "published"
    assert find_cycle(2024).closes == last_day


def test_an_empty_cycle_is_not_published(staff):
    open_cycle(2027, NOW.date(), NOW.date())
    with pytest.raises(NothingToPublish):
        publish(2027, staff)


def test_nobody_can_change_or_delete_what_is_published(staff):
    made = find_publication(2024, 1)
    made.snapshot_hash = "0" * 64
    with pytest.raises(AppendOnlyViolation):
        session.flush()
    session.rollback()
    session.delete(find_publication(2024, 1))
    with pytest.raises(AppendOnlyViolation):
        session.flush()
    session.rollback()


def test_a_file_that_was_given_out_once_is_given_out_for_ever(staff, monkeypatch):
    made = find_publication(2024, 1)
    page = published_page(made, NATIONAL, "cy", NOW)
    data = published_data(made, NATIONAL, "en", "csv", NOW)
    monkeypatch.setattr(
        "app.services.reports.published_files.build_report", lambda *_given: pytest.fail("the archive is asked first")
    )
    assert published_page(find_publication(2024, 1), NATIONAL, "cy", NOW) == page
    assert published_data(find_publication(2024, 1), NATIONAL, "en", "csv", NOW) == data
    assert store_file(made, NATIONAL, "en", "csv", b"other", NOW) == data


@pytest.mark.parametrize(("key", "face"), [(NATIONAL, "csv"), (ReportKey("board", "7A1"), "json"), (NATIONAL, "page")])
def test_who_asks_at_the_same_moment_as_somebody_else_is_given_what_was_kept_first(staff, key, face):
    """The other request stores its file after this one has looked; on PostgreSQL nothing prevents that."""
    made = find_publication(2024, 1)
    of_another = {"kind": key.kind, "code": key.code, "face": face, "content": b"first"}
    columns = "publication_id, kind, code, language, face, content, made_at"
    others = f"INSERT INTO published_files ({columns}) VALUES (1, :kind, :code, 'en', :face, :content, '2026-05-10')"

    def another_keeps_it(connection, cursor, statement, *_rest):
        if statement.startswith("INSERT INTO published_files"):
            cursor.execute(others, of_another)

    event.listen(session.get_bind(), "before_cursor_execute", another_keeps_it)
    assert store_file(made, key, "en", face, b"second", NOW) == b"first"
    assert find_file(made, key, "en", face) == b"first"


def test_a_file_says_which_application_made_it_and_goes_on_saying_it(staff, monkeypatch):
    monkeypatch.setattr(publications, "VERSION", "1.0")
    first = published_data(find_publication(2024, 1), NATIONAL, "en", "json", NOW)
    monkeypatch.setattr(publications, "VERSION", "2.0")
    assert published_data(find_publication(2024, 1), NATIONAL, "en", "json", NOW) == first
    later = published_data(find_publication(2024, 1), NATIONAL, "cy", "json", NOW)
    assert [json.loads(file)["imprint"]["application"] for file in (first, later)] == ["1.0", "2.0"]


def test_a_published_report_says_its_version_its_day_and_its_correction(staff):
    publish(2026, staff)
    change_levels(MANY)
    made = publish(2026, staff, WHY)
    report = build_report(report_input_of(made), NATIONAL)
    assert report.imprint.is_published
    assert (report.imprint.version, report.imprint.published_on) == (2, OVER.date())
    assert manuscript(report, "cy").html.count(WHY.cy) == 1


def test_what_does_not_exist_is_unknown(staff):
    for year, written in ((2024, "2"), (2024, "0"), (2024, "-1"), (2024, "1.0"), (2024, "٣"), (2024, "")):
        with pytest.raises(RecordNotFound):
            publication_of_address(year, written)
    assert publication_of_address(2024, "draft") is None
    with pytest.raises(RecordNotFound):
        build_report(report_input_of(find_publication(2024, 1)), replace(NATIONAL, kind="cluster", code="nowhere"))
