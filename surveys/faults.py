"""What can be wrong with a file of plain data, such as a survey: place, problem and remedy, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.schema import BilingualText

PROBLEMS: Mapping[str, tuple[BilingualText, BilingualText]] = {
    "unreadable": (
        BilingualText("the file is not readable YAML: {detail}", "nid yw'r ffeil yn YAML darllenadwy: {detail}"),
        BilingualText(
            "mend the line named, or start from a copy of a file that loads",
            "trwsiwch y llinell a enwir, neu dechreuwch o gopi o ffeil sy'n llwytho",
        ),
    ),
    "duplicate_key": (
        BilingualText("the key “{detail}” stands twice", "mae'r allwedd “{detail}” yno ddwywaith"),
        BilingualText("keep one of the two", "cadwch un o'r ddwy"),
    ),
    "unknown_key": (
        BilingualText("“{detail}” is not a key that is used here", "nid yw “{detail}” yn allwedd a ddefnyddir yma"),
        BilingualText(
            "correct its spelling or take it out; known here: {known}",
            "cywirwch y sillafiad neu tynnwch hi allan; yn hysbys yma: {known}",
        ),
    ),
    "missing": (
        BilingualText("“{detail}” is missing", "mae “{detail}” ar goll"),
        BilingualText("write it", "ysgrifennwch hi"),
    ),
    "missing_language": (
        BilingualText("there is no wording in {detail}", "nid oes geiriad yn {detail}"),
        BilingualText(
            "write both en and cy; neither may be empty",
            "ysgrifennwch en a cy; ni chaiff y naill na'r llall fod yn wag",
        ),
    ),
    "unseen": (
        BilingualText("there is a character that nobody sees: {detail}", "mae yma nod na wêl neb: {detail}"),
        BilingualText(
            "delete it, with the letters on either side, and type those again",
            "dilëwch ef, gyda'r llythrennau bob ochr iddo, a theipiwch y rheini eto",
        ),
    ),
    "wrong_shape": (
        BilingualText("this is not {detail}", "nid yw hyn yn {detail}"),
        BilingualText("see the same place in a file that loads", "gweler yr un lle mewn ffeil sy'n llwytho"),
    ),
    "not_text": (
        BilingualText("“{detail}” is not read as text", "ni ddarllenir “{detail}” fel testun"),
        BilingualText("put it in quotation marks", "rhowch ef mewn dyfynodau"),
    ),
    "number_too_large": (
        BilingualText("this number is too large", "mae'r rhif hwn yn rhy fawr"),
        BilingualText("write a smaller one", "ysgrifennwch un llai"),
    ),
    "too_deep": (
        BilingualText("this is nested more than {detail} levels deep", "mae hyn yn ddyfnach na {detail} lefel"),
        BilingualText("see the same place in a file that loads", "gweler yr un lle mewn ffeil sy'n llwytho"),
    ),
    "alias": (
        BilingualText("“*{detail}” stands for another part", "mae “*{detail}” yn sefyll am ran arall"),
        BilingualText("write that part out here", "ysgrifennwch y rhan honno yn llawn yma"),
    ),
    "not_one_of": (
        BilingualText("“{detail}” is not possible here", "nid yw “{detail}” yn bosibl yma"),
        BilingualText("use one of: {known}", "defnyddiwch un o'r rhain: {known}"),
    ),
    "duplicate_code": (
        BilingualText("the code “{detail}” is used twice", "defnyddir y cod “{detail}” ddwywaith"),
        BilingualText("give each its own code", "rhowch ei god ei hun i bob un"),
    ),
    "used_elsewhere": (
        BilingualText("the code “{detail}” is used in {known} too", "defnyddir y cod “{detail}” yn {known} hefyd"),
        BilingualText("give each its own code", "rhowch ei god ei hun i bob un"),
    ),
    "no_code": (
        BilingualText(
            "“{detail}” is no code of a question or an outcome", "nid yw “{detail}” yn god cwestiwn na chanlyniad"
        ),
        BilingualText(
            "write capital letters, a hyphen and digits, such as PCMW-01, with at most {known} characters",
            "ysgrifennwch briflythrennau, cysylltnod a digidau, megis PCMW-01, heb fod yn fwy na {known} nod",
        ),
    ),
    "role_missing": (
        BilingualText(
            "no question has the role “{detail}”, and one is needed",
            "nid oes gan yr un cwestiwn y rôl “{detail}”, ac mae angen un",
        ),
        BilingualText(
            "add “role: {detail}” to the question of kind “{known}” that it fits",
            "ychwanegwch “role: {detail}” at y cwestiwn o'r math “{known}” y mae'n addas iddo",
        ),
    ),
    "role_twice": (
        BilingualText("{known} has the role “{detail}” already", "mae gan {known} y rôl “{detail}” eisoes"),
        BilingualText("take the role out of one of the two", "tynnwch y rôl allan o un o'r ddau"),
    ),
    "role_of_other_kind": (
        BilingualText(
            "a question of this kind cannot have the role “{detail}”",
            "ni all cwestiwn o'r math hwn gael y rôl “{detail}”",
        ),
        BilingualText(
            "make it a question of kind “{known}”, or take the role out",
            "gwnewch ef yn gwestiwn o'r math “{known}”, neu tynnwch y rôl allan",
        ),
    ),
    "unknown_reference": (
        BilingualText(
            "“{detail}” names no earlier question with options",
            "nid yw “{detail}” yn enwi cwestiwn cynharach sydd ag opsiynau",
        ),
        BilingualText(
            "name the code of a question of kind “choices” above", "enwch god cwestiwn o'r math “choices” uchod"
        ),
    ),
    "same_edition": (
        BilingualText("both editions have the same name", "mae gan y ddau argraffiad yr un enw"),
        BilingualText("name the later edition", "enwch yr argraffiad diweddarach"),
    ),
    "out_of_order": (
        BilingualText("the smallest number is above the largest", "mae'r rhif lleiaf yn fwy na'r mwyaf"),
        BilingualText("swap them", "cyfnewidiwch nhw"),
    ),
}
"""Problem code -> what is wrong, what to do; `{detail}` and `{known}` are filled in."""


@dataclass(frozen=True)
class DataFault:
    """One fault: where (`file`, `path` such as "outcomes[3].title"), which, and its particulars."""

    file: str
    path: str
    code: str
    detail: str = ""
    known: str = ""
    #: The line in the file, from 1; 0 where it is not known.
    line: int = 0

    def sentence(self, language: str) -> str:
        """The fault as one line in `language`: file, line, path, problem, remedy."""
        file = f"{self.file}:{self.line}" if self.line else self.file
        return f"{file}: {self.path or '/'}: {self.words(language)}"

    def words(self, language: str) -> str:
        """Return problem and remedy in `language`, to be put after the place."""
        problem, remedy = (text[language].format(detail=self.detail, known=self.known) for text in PROBLEMS[self.code])
        return f"{problem} ({remedy})"


@dataclass
class InvalidData(Exception):
    """A file could not be read; it carries every fault, not only the first."""

    faults: list[DataFault] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(fault.sentence("en") for fault in self.faults)
