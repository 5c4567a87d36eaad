"""What can be wrong with a survey file: the place, the problem and the remedy, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.schema import Text

PROBLEMS: Mapping[str, tuple[Text, Text]] = {
    "unreadable": (
        Text("the file is not readable YAML: {detail}", "nid yw'r ffeil yn YAML darllenadwy: {detail}"),
        Text(
            "mend the line named, or start from a copy of a file that loads",
            "trwsiwch y llinell a enwir, neu dechreuwch o gopi o ffeil sy'n llwytho",
        ),
    ),
    "duplicate_key": (
        Text("the key “{detail}” stands twice", "mae'r allwedd “{detail}” yno ddwywaith"),
        Text("keep one of the two", "cadwch un o'r ddwy"),
    ),
    "unknown_key": (
        Text("“{detail}” is not a key that is used here", "nid yw “{detail}” yn allwedd a ddefnyddir yma"),
        Text(
            "correct its spelling or take it out; known here: {known}",
            "cywirwch y sillafiad neu tynnwch hi allan; yn hysbys yma: {known}",
        ),
    ),
    "missing": (
        Text("“{detail}” is missing", "mae “{detail}” ar goll"),
        Text("write it", "ysgrifennwch hi"),
    ),
    "missing_language": (
        Text("there is no wording in {detail}", "nid oes geiriad yn {detail}"),
        Text(
            "write both en and cy; neither may be empty",
            "ysgrifennwch en a cy; ni chaiff y naill na'r llall fod yn wag",
        ),
    ),
    "unseen": (
        Text("there is a character that nobody sees: {detail}", "mae yma nod na wêl neb: {detail}"),
        Text(
            "delete it, with the letters on either side, and type those again",
            "dilëwch ef, gyda'r llythrennau bob ochr iddo, a theipiwch y rheini eto",
        ),
    ),
    "wrong_shape": (
        Text("this is not {detail}", "nid yw hyn yn {detail}"),
        Text("see the same place in a file that loads", "gweler yr un lle mewn ffeil sy'n llwytho"),
    ),
    "not_one_of": (
        Text("“{detail}” is not possible here", "nid yw “{detail}” yn bosibl yma"),
        Text("use one of: {known}", "defnyddiwch un o'r rhain: {known}"),
    ),
    "duplicate_code": (
        Text("the code “{detail}” is used twice", "defnyddir y cod “{detail}” ddwywaith"),
        Text("give each its own code", "rhowch ei god ei hun i bob un"),
    ),
    "used_elsewhere": (
        Text("the code “{detail}” is used in {known} too", "defnyddir y cod “{detail}” yn {known} hefyd"),
        Text("give each its own code", "rhowch ei god ei hun i bob un"),
    ),
    "no_code": (
        Text("“{detail}” is no code of a question or an outcome", "nid yw “{detail}” yn god cwestiwn na chanlyniad"),
        Text(
            "write capital letters, a hyphen and digits, such as PCMW-01, with at most {known} characters",
            "ysgrifennwch briflythrennau, cysylltnod a digidau, megis PCMW-01, heb fod yn fwy na {known} nod",
        ),
    ),
    "no_groups": (
        Text(
            "no question “{detail}” names the professional groups",
            "nid oes cwestiwn “{detail}” yn enwi'r grwpiau proffesiynol",
        ),
        Text(
            "write a question with this code, and the groups as its options",
            "ysgrifennwch gwestiwn â'r cod hwn, a'r grwpiau'n opsiynau iddo",
        ),
    ),
    "unknown_reference": (
        Text(
            "“{detail}” names no earlier question with options",
            "nid yw “{detail}” yn enwi cwestiwn cynharach sydd ag opsiynau",
        ),
        Text("name the code of a question of kind “choices” above", "enwch god cwestiwn o'r math “choices” uchod"),
    ),
    "same_edition": (
        Text("both editions have the same name", "mae gan y ddau argraffiad yr un enw"),
        Text("name the later edition", "enwch yr argraffiad diweddarach"),
    ),
    "out_of_order": (
        Text("the smallest number is above the largest", "mae'r rhif lleiaf yn fwy na'r mwyaf"),
        Text("swap them", "cyfnewidiwch nhw"),
    ),
}
"""Problem code -> what is wrong, what to do; `{detail}` and `{known}` are filled in."""


@dataclass(frozen=True)
class Fault:
    """One fault: where (`file`, `path` such as "outcomes[3].title"), which, and its particulars."""

    file: str
    path: str
    code: str
    detail: str = ""
    known: str = ""

    def sentence(self, language: str) -> str:
        """The fault as one line in `language`: file, path, problem, remedy."""
        return f"{self.file}: {self.path or '/'}: {self.words(language)}"

    def words(self, language: str) -> str:
        """Problem and remedy in `language`, to stand after whatever names the place."""
        problem, remedy = (text[language].format(detail=self.detail, known=self.known) for text in PROBLEMS[self.code])
        return f"{problem} ({remedy})"


@dataclass
class FaultsFound(Exception):
    """A survey could not be read; carries every fault, not only the first."""

    faults: list[Fault] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(fault.sentence("en") for fault in self.faults)
