"""The provenance of a report in its data files."""

from reports import kinds
from reports.data.code_labels import Labels
from reports.kinds import ReportWithData

Facts = dict[str, str | int | bool | None]


def facts(report: ReportWithData, language: str) -> Facts:
    """Return the provenance of a report by codes of the dictionary."""
    imprint = report.imprint
    return {
        "report": report.kind,
        "subject": kinds.wording(report).subject,
        "file_language": language,
        "cycle": imprint.year,
        "version": imprint.version,
        "published_on": imprint.published_on.isoformat() if imprint.published_on else None,
        "correction": imprint.correction[language] if imprint.correction else None,
        "snapshot": imprint.snapshot_hash,
        "application": imprint.app_version,
        "synthetic": imprint.synthetic,
        "draft_wording": report.is_draft,
    }


def editions(report: ReportWithData, language: str) -> list[dict[str, str]]:
    """Return the editions of the wording: each part of the questionnaire, its edition and its status."""
    return [
        {"title": title[language], "edition": edition, "status": "working draft" if is_draft else "official"}
        for title, edition, is_draft in report.editions
    ]


def said(report: ReportWithData, language: str) -> list[tuple[str, str, str | int]]:
    """Return the same with labels: code, label and value."""
    labels = Labels(kinds.wording(report), language)
    return [
        *(
            (code, _label(code, labels), _in_words(code, fact, labels))
            for code, fact in facts(report, language).items()
        ),
        *(("edition", each["title"], _edition(each, labels)) for each in editions(report, language)),
    ]


def _edition(edition: dict[str, str], labels: Labels) -> str:
    return f"{edition['edition']}, {labels.defined('category', edition['status'])}"


def _label(code: str, labels: Labels) -> str:
    return labels.defined("column" if code in ("report", "cycle", "version", "snapshot") else "about", code)


def _in_words(code: str, fact: str | int | bool | None, labels: Labels) -> str | int:
    if code == "report":
        return labels.defined("report", str(fact))
    if code == "subject" and fact:
        return labels.place(str(fact))
    if isinstance(fact, bool):
        return labels.defined("category", "yes" if fact else "no")
    return "" if fact is None else fact
