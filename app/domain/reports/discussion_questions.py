"""The page a cluster takes to its next meeting: next steps cut to a line, and three questions to talk about."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from surveys.schema import UNABLE, BilingualText, Questionnaire, QuestionRole

from app.domain.peer_review.agreement import Direction, LevelPair
from app.domain.reflection.answers import chosen_in, ranked_in
from app.domain.reports.cluster import ClusterAnswers, LevelMove
from app.domain.survey.levels import Level

LINE = 90
"""Letters of a next step that stand on the page."""

MOST_QUESTIONS = 3
JOINS = ("\u200d", "\u200c", "\ufe0f", "\ufe0e")
"""Signs that belong to the one before them: zero-width joiner and non-joiner, the ways to show a sign."""


class DiscussionTopic(StrEnum):
    """What a question for the meeting is about; the first that apply are asked."""

    PROMISES = "promises"
    PEERS = "peers"
    LOWER = "lower"
    UNABLE = "unable"
    BARRIER = "barrier"
    LOWEST = "lowest"
    FIRST_STEP = "first_step"
    ABSENT = "absent"
    NEXT_YEAR = "next_year"


ALWAYS = (DiscussionTopic.FIRST_STEP, DiscussionTopic.ABSENT, DiscussionTopic.NEXT_YEAR)
"""What can be asked of every cluster."""


@dataclass(frozen=True)
class DiscussionQuestion:
    """A question for the meeting: its topic, and what it is about."""

    topic: DiscussionTopic
    #: The codes of outcomes, or of an option.
    codes: tuple[str, ...] = ()
    #: Their titles or labels.
    names: tuple[BilingualText, ...] = ()


def discussion_questions(
    answers: ClusterAnswers, questionnaire: Questionnaire, reviewed: tuple[LevelPair, ...]
) -> tuple[DiscussionQuestion, ...]:
    """Return three questions chosen from the cluster's answers; `reviewed`: its own levels and those of its peers."""
    return tuple(_possible(answers, questionnaire, reviewed))[:MOST_QUESTIONS]


def _possible(
    answers: ClusterAnswers, questionnaire: Questionnaire, reviewed: tuple[LevelPair, ...]
) -> Iterator[DiscussionQuestion]:
    promised = [each.outcome.code for each in answers.outcomes if any(one.next_step for one in each.last_time)]
    peers = [each.outcome for each in reviewed if each.direction not in (None, Direction.SAME)]
    unable = [each.outcome.code for each in answers.outcomes if each.level == UNABLE]
    given = [each.reached for each in answers.outcomes if each.reached]
    for topic, codes in (
        (DiscussionTopic.PROMISES, promised),
        (DiscussionTopic.PEERS, peers),
        (DiscussionTopic.LOWER, [each.outcome.code for each in answers.moved(LevelMove.DOWN)]),
        (DiscussionTopic.UNABLE, unable),
        (DiscussionTopic.BARRIER, _greatest_barrier(answers, questionnaire)),
        (DiscussionTopic.LOWEST, _at(answers, min(given)) if given and min(given) < max(Level) else []),
    ):
        if codes:
            names = (_name(questionnaire, topic, code) for code in codes)
            yield DiscussionQuestion(topic, tuple(codes), tuple(names))
    for topic in ALWAYS:
        yield DiscussionQuestion(topic)


def _name(questionnaire: Questionnaire, topic: DiscussionTopic, code: str) -> BilingualText:
    barriers = questionnaire.question_for(QuestionRole.BARRIERS)
    if topic is DiscussionTopic.BARRIER and barriers:
        return barriers.option(code).label
    return questionnaire.items[code].title


def _at(answers: ClusterAnswers, level: Level) -> list[str]:
    return [each.outcome.code for each in answers.outcomes if each.reached is level]


def _greatest_barrier(answers: ClusterAnswers, questionnaire: Questionnaire) -> list[str]:
    """The barrier ranked first, or the only one chosen."""
    barriers = questionnaire.question_for(QuestionRole.BARRIERS)
    if not barriers:
        return []
    nothing = {option.code for option in barriers.options if option.exclusive}
    chosen = [code for code in chosen_in(answers.content(barriers.code)) if code not in nothing]
    ranking = questionnaire.ranking_of(barriers)
    ranked = ranked_in(answers.content(ranking.code), chosen) if ranking else ()
    return list(ranked[:1]) or (chosen if len(chosen) == 1 else [])


def truncate_to_line(text: str, most: int) -> str:
    """The beginning of a text, cut between words where it can be; "…" says that there is more."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    end = line.rfind(" ", most // 2, most)
    if end < 0:
        end = most - 1
        while end > 1 and _belongs_to_the_one_before(line, end):
            end -= 1
    return f"{line[:end].rstrip()}…"


def _belongs_to_the_one_before(line: str, position: int) -> bool:
    """Return whether a cut here would separate a letter from its accent, or joined emoji."""
    return bool(unicodedata.combining(line[position])) or line[position] in JOINS or line[position - 1] in JOINS
