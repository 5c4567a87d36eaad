"""The words in which pages of peer review speak of clusters, boards, outcomes, reasons and contradictions."""

from collections.abc import Iterable, Mapping
from typing import Any

from surveys.schema import Questionnaire

from app.i18n import local
from app.messages.peer_review import broken_in_words, clause_in_words, reason_in_words, repair_in_words
from app.models import Cluster, HealthBoard


def allocation_labels(
    questionnaire: Questionnaire, clusters: Iterable[Cluster], boards: Iterable[HealthBoard]
) -> Mapping[str, Any]:
    """What a template needs to say an allocation in the language spoken now, by the names it uses."""
    names = {each.code: local(each.name) for each in clusters} | {each.ods_code: local(each.short) for each in boards}
    titles = {each.code: local(each.title) for each in questionnaire.outcomes}
    return {
        "names": names,
        "named": lambda codes: [names[code] for code in codes],
        "titles": titles,
        "surveys": [survey for survey in questionnaire if survey.outcomes],
        "in_words": lambda clause: clause_in_words(clause, names),
        "broken_in_words": lambda clause: broken_in_words(clause, names),
        "reason": reason_in_words,
        "repair_in_words": lambda repair: repair_in_words(repair, names),
    }
