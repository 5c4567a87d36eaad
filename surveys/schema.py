"""The shape of a survey: frozen dataclasses, every sentence in both languages, codes never shown."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import ClassVar

LANGUAGES = ("en", "cy")
LOCALES = {"en": "en_GB", "cy": "cy"}
"""English here is British: `en` alone would write dates the American way."""
LEVELS = ("foundation", "developing", "mature")
PLACES = 5
"""How many places a ranking can have: the form has a word for each."""

UNABLE = "unable"
"""The answer "not able to say": an answer, and not a level."""


@dataclass(frozen=True)
class BilingualText:
    """One sentence or passage in both languages."""

    en: str
    cy: str

    def __getitem__(self, language: str) -> str:
        """The wording in `language` ("en" or "cy")."""
        return {"en": self.en, "cy": self.cy}[language]


class Status(StrEnum):
    """How far the wording of a survey has come."""

    WORKING_DRAFT = "working draft"
    OFFICIAL = "official"


class Kind(StrEnum):
    """The kinds of question; each has a form field, a completeness rule and a way to be summarised."""

    OUTCOME = "outcome"
    TEXT = "text"
    LINE = "line"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    RANKING = "ranking"


class QuestionRole(StrEnum):
    """What the code needs a question for. It asks for the role: the code of a question may change with any edition.

    Frozen wordings hold these values: they may be added to, not renamed.
    """

    #: Its options are the professional groups, of members and of those present at a discussion.
    GROUPS = "groups"
    #: What holds the cluster back.
    BARRIERS = "barriers"
    #: What helps the cluster.
    ENABLERS = "enablers"
    #: What would strengthen the cluster.
    STRENGTHEN = "strengthen"
    #: What the national programme should do next.
    NEXT_FOR_PROGRAMME = "next_for_programme"


@dataclass(frozen=True)
class Outcome:
    """One outcome of the maturity matrix: what is true when it is reached, and three descriptors."""

    code: str
    title: BilingualText
    statement: BilingualText
    descriptors: Mapping[str, BilingualText]
    prompts: tuple[BilingualText, ...]
    evidence: tuple[BilingualText, ...]
    drawn_from: BilingualText
    kind: ClassVar[Kind] = Kind.OUTCOME
    required: ClassVar[bool] = True
    role: ClassVar[None] = None


@dataclass(frozen=True)
class AnswerOption:
    """One thing that can be chosen; `detail` labels the free text that opens with it.

    `exclusive`: nothing else can be chosen with it. `needs_detail`: it says nothing without the free text.
    """

    code: str
    label: BilingualText
    hint: BilingualText | None = None
    detail: BilingualText | None = None
    exclusive: bool = False
    needs_detail: bool = False


@dataclass(frozen=True)
class Question:
    """One question of a part that is not the matrix; its title is the page's heading."""

    code: str
    kind: Kind
    title: BilingualText
    hint: BilingualText | None = None
    required: bool = True
    options: tuple[AnswerOption, ...] = ()
    minimum: int = 0
    maximum: int = 0
    of: str = ""
    most: int = 0
    role: QuestionRole | None = None

    def option(self, code: str) -> AnswerOption:
        """The option with this code; KeyError when there is none."""
        return {option.code: option for option in self.options}[code]


Item = Outcome | Question


@dataclass(frozen=True)
class Survey:
    """One part of the questionnaire in one edition of its wording."""

    slug: str
    edition: str
    status: Status
    title: BilingualText
    introduction: BilingualText
    source: BilingualText
    levels: Mapping[str, BilingualText] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = ()
    questions: tuple[Question, ...] = ()
    #: How many of its outcomes a peer review looks at; 0 where it has none.
    outcomes_per_review: int = 0
    #: The hash that was stored when it was frozen, "" where it was not; no part of its content.
    frozen_hash: str = field(default="", compare=False, repr=False)

    @property
    def items(self) -> tuple[Item, ...]:
        """All that is asked, in order."""
        return self.outcomes + self.questions

    @property
    def is_draft(self) -> bool:
        """Whether the wording must be marked as not the official one."""
        return self.status is not Status.OFFICIAL

    def canonical(self) -> str:
        """The whole content as JSON with sorted keys: what is frozen when a cycle opens."""
        content = asdict(self)
        del content["frozen_hash"]
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the canonical content, in hexadecimal; of a frozen survey the one that was stored with it.

        A survey frozen by an older version may lack fields that the schema has now: computed anew, its hash
        would change, and with it the hash of every snapshot and workbook that names it.
        """
        return self.frozen_hash or hashlib.sha256(self.canonical().encode()).hexdigest()


@dataclass(frozen=True)
class Questionnaire:
    """The surveys of a cycle in the order in which a cluster meets them."""

    surveys: tuple[Survey, ...]

    def __iter__(self) -> Iterator[Survey]:
        return iter(self.surveys)

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by its code, in order."""
        return {item.code: item for survey in self.surveys for item in survey.items}

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes of all matrices, in order."""
        return tuple(outcome for survey in self.surveys for outcome in survey.outcomes)

    @cached_property
    def levels(self) -> Mapping[str, BilingualText]:
        """The names of the levels, from the first matrix."""
        return next((survey.levels for survey in self.surveys if survey.levels), {})

    @property
    def groups(self) -> tuple[AnswerOption, ...]:
        """The professional groups: the options of the question that asks which of them took part."""
        asked = self.question_for(QuestionRole.GROUPS)
        return asked.options if asked else ()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions of all surveys, in order."""
        return tuple(question for survey in self.surveys for question in survey.questions)

    def question_for(self, role: QuestionRole) -> Question | None:
        """The question that has this role; None where none has it."""
        return next((question for question in self.questions if question.role is role), None)

    def ranking_of(self, question: Question) -> Question | None:
        """The question that puts the options chosen in this one in order; None where none does."""
        return next((each for each in self.questions if each.of == question.code), None)

    def survey_of(self, code: str) -> Survey:
        """The survey that asks the item; KeyError when none does."""
        for survey in self.surveys:
            if any(item.code == code for item in survey.items):
                return survey
        raise KeyError(code)

    def after(self, code: str) -> Item | None:
        """The item that follows, None after the last."""
        codes = list(self.items)
        following = codes.index(code) + 1
        return self.items[codes[following]] if following < len(codes) else None

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over the hashes of the surveys, in order."""
        joined = "\n".join(survey.content_hash for survey in self.surveys)
        return hashlib.sha256(joined.encode()).hexdigest()
