"""Names and sentences for the templates of peer review: clusters, boards, outcomes, reasons, broken rules."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import redirect, url_for

from surveys.schema import Questionnaire

from reports.layout import ring_chart as ring

from app.i18n import local
from app.messages.peer_review import broken_in_words, clause_in_words, reason_in_words, repair_in_words
from app.models import Cluster, Cycle, HealthBoard
from app.services.organisations.queries import list_boards, list_clusters
from app.services.survey.queries import questionnaire_of


def allocation_labels(
    questionnaire: Questionnaire, clusters: Iterable[Cluster], boards: Iterable[HealthBoard]
) -> Mapping[str, Any]:
    """Return template variables that name and describe the parts of an allocation in the current language."""
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


def page_labels(cycle: Cycle) -> Mapping[str, Any]:
    """Return `allocation_labels` for a cycle, and `drawn`, the function that draws rings."""
    return {**allocation_labels(questionnaire_of(cycle), list_clusters(), list_boards()), "drawn": ring}


def redirect_to_overview(cycle: Cycle, place: str | None = None) -> Any:
    """Redirect to the overview of the allocation of a cycle; `place` is an anchor on it."""
    return redirect(url_for("peer_review.allocation_overview", year=cycle.year, _anchor=place))
