"""Why a PDF was not made: recorded as a code and a detail, turned into a sentence where it is shown."""

import re

from surveys.schema import BilingualText

SENTENCES = {
    "library": BilingualText(
        "A library that PDFs need is missing ({}). Run: make install",
        "Mae llyfrgell y mae ei hangen i wneud PDF ar goll ({}). Rhedwch: make install",
    ),
    "font": BilingualText(
        "A font that PDFs need is missing: {}. Run: make install",
        "Mae ffont y mae ei angen i wneud PDF ar goll: {}. Rhedwch: make install",
    ),
    "memory": BilingualText("It needs more than {} MB of memory.", "Mae angen mwy na {} MB o gof arno."),
    "time": BilingualText("It takes more than {} seconds.", "Mae'n cymryd mwy na {} eiliad."),
    "disk": BilingualText("There is no room for it on the disk ({}).", "Nid oes lle iddo ar y ddisg ({})."),
    "stopped": BilingualText("The press was stopped before it was made.", "Ataliwyd y wasg cyn iddo gael ei wneud."),
}
STOPPED = "stopped: "
TOLD = re.compile(rf"^(?P<name>\S+\.pdf: )?(?P<code>{'|'.join(SENTENCES)}): (?P<detail>.*)$", re.MULTILINE)
"""A recorded failure; the name of its file precedes it where several PDFs are made."""


class FontMissing(Exception):
    """A font of the reports is missing; the message is its name."""


class LibraryMissing(Exception):
    """A system library is missing; the message names it."""


def in_words(told: str, language: str) -> str:
    """Return every failure in a message as a sentence; what has no sentence is returned unchanged."""

    def sentence(found: re.Match[str]) -> str:
        return (found["name"] or "") + SENTENCES[found["code"]][language].format(found["detail"])

    return TOLD.sub(sentence, told)
