"""A cluster's earlier submissions are shown beside the present one, and compared only if the wording is the same."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.changes import WordingStatus
from surveys.schema import LEVELS, UNABLE

from app.domain.errors import NotSubmitted, RecordNotFound
from app.domain.peer_review.agreement import LevelPair
from app.domain.reports.cluster import LevelMove, answers_of
from app.domain.reports.discussion_questions import ALWAYS, DiscussionTopic, discussion_questions, truncate_to_line
from app.domain.survey.levels import Level
from tests.support.report_clusters import OWN, QUESTIONNAIRE, QUESTIONNAIRES, SPLIT, material, seeds

ORDER = {level: place for place, level in enumerate(LEVELS)}


def recounted_move(now: str, before: str) -> LevelMove | None:
    if now not in ORDER or before not in ORDER:
        return None
    return [LevelMove.DOWN, LevelMove.SAME, LevelMove.UP][
        (ORDER[now] > ORDER[before]) - (ORDER[now] < ORDER[before]) + 1
    ]


@settings(max_examples=20)
@given(seeds)
def test_levels_and_movements_equal_a_recount(seed):
    snapshot = material(seed, others=0).snapshot
    found = answers_of(snapshot, OWN, QUESTIONNAIRES)
    own = snapshot.of_cluster(OWN).answers
    levels = [own.get(code, {}).get("level", "") for code in (outcome.code for outcome in QUESTIONNAIRE.outcomes)]
    assert [found.levels.counts[level] for level in LEVELS] == [levels.count(level) for level in LEVELS]
    assert found.levels.unable == levels.count(UNABLE)
    submitted = [(each.year, each.returns[0].answers) for each in snapshot.earlier]
    submitted = [(year, answers) for year, answers in submitted if answers is not None]
    assert found.years == tuple(year for year, _answers in submitted)
    for each in found.outcomes:
        now = own.get(each.outcome.code, {}).get("level", "")
        for before in each.before:
            [then] = [answers for year, answers in submitted if year == before.year]
            said = then.get(before.outcome.code, {})
            assert (before.level, before.next_step) == (said.get("level", ""), said.get("next_step", ""))
            assert each.move(before) == (recounted_move(now, before.level) if before.is_comparable else None)
    counted = [len(found.moved(move)) for move in (*LevelMove, None)]
    assert sum(counted) == len(found.outcomes) == 20


def test_only_what_was_asked_alike_is_compared_and_the_rest_says_what_it_was():
    found = {each.outcome.code: each for each in answers_of(material(7).snapshot, OWN, QUESTIONNAIRES).outcomes}
    wording = {code: {(one.year, one.wording, one.outcome.code) for one in each.before} for code, each in found.items()}
    assert wording["PCMW-01"] == {(2025, WordingStatus.SAME, "PCMW-01"), (2024, WordingStatus.REWORDED, "PCMW-01")}
    assert wording["PCMW-13"] == {(2025, WordingStatus.SAME, "PCMW-13"), (2024, WordingStatus.SPLIT, SPLIT)}
    assert wording["ACD-7"] == {(2025, WordingStatus.SAME, "ACD-7")}
    assert wording["ACD-1"] == {(2025, WordingStatus.SAME, "ACD-1"), (2024, WordingStatus.SAME, "ACD-1")}


def test_the_level_to_work_towards():
    found = answers_of(material(7).snapshot, OWN, QUESTIONNAIRES).outcomes[0]
    following = {
        code: replace(found, content={"level": code}).next
        for code in ("", UNABLE, "foundation", "developing", "mature")
    }
    assert list(following.values()) == [
        Level.FOUNDATION,
        Level.FOUNDATION,
        Level.DEVELOPING,
        Level.MATURE,
        None,
    ]


def test_a_cluster_that_is_not_there_and_one_that_has_not_submitted_are_refused():
    snapshot = material(7).snapshot
    silent = replace(snapshot.of_cluster(OWN), answers=None)
    others = tuple(each for each in snapshot.returns if each.cluster != OWN)
    with pytest.raises(NotSubmitted):
        answers_of(replace(snapshot, returns=(silent, *others)), OWN, QUESTIONNAIRES)
    with pytest.raises(RecordNotFound):
        answers_of(snapshot, "atlantis", QUESTIONNAIRES)


@settings(max_examples=20)
@given(seeds)
def test_there_are_always_three_different_questions_each_on_what_the_cluster_said(seed):
    answers = answers_of(material(seed, others=0).snapshot, OWN, QUESTIONNAIRES)
    differing = (LevelPair(OWN, "PCMW-01", Level.MATURE, Level.FOUNDATION), LevelPair(OWN, "ACD-1", None, Level.MATURE))
    talks = discussion_questions(answers, QUESTIONNAIRE, differing)
    assert len({talk.topic for talk in talks}) == len(talks) == 3
    for talk in talks:
        assert (talk.topic in ALWAYS) == (not talk.codes)
        assert len(talk.codes) == len(talk.names)
        if talk.topic is DiscussionTopic.PEERS:
            assert talk.codes == ("PCMW-01",)
        if talk.topic is DiscussionTopic.UNABLE:
            assert all(answers.content(code)["level"] == UNABLE for code in talk.codes)


@given(st.text(max_size=300), st.integers(2, 90))
def test_a_line_is_the_beginning_of_the_text_and_never_too_long(text, most):
    line = truncate_to_line(text, most)
    whole = " ".join(text.split())
    assert len(line) <= most
    assert line == whole or (line.endswith("…") and whole.startswith(line[:-1]))


@pytest.mark.parametrize("joined", ["w\u0302", "👩\u200d⚕️", "ش\u0651", "क\u094d\u200dष"])
def test_a_cut_parts_no_letter_from_its_mark(joined):
    for before in range(1, 12):
        line = truncate_to_line("x" * before + joined * 9, 12)
        rest = line.removesuffix("…").lstrip("x")
        assert rest == joined * (len(rest) // len(joined))
