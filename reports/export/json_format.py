"""The data of a report as JSON: every text as it was typed, with the imprint and the dictionary."""

import json

from reports.data.dictionary import HEADERS, dictionary
from reports.export import about
from reports.export.columns import COLUMNS, lines
from reports.kinds import ReportWithData


def to_json(report: ReportWithData, language: str) -> bytes:
    """The data of a report with names in one language, keys sorted; UnicodeEncodeError for half a surrogate pair."""
    content = {
        "imprint": about.facts(report, language) | {"editions": about.editions(report, language)},
        "dictionary": [dict(zip(HEADERS, entry, strict=True)) for entry in dictionary(language)],
        "data": [dict(zip(COLUMNS, line, strict=True)) for line in lines(report, language)],
    }
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":"))
    return written.encode()
