"""The colours of reports/styles/colours.css by their roles, for what takes no style sheet: spreadsheets."""

import re
from pathlib import Path

_SHEET = Path(__file__).parents[1] / "styles/colours.css"

COLOURS: dict[str, str] = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", _SHEET.read_text("utf-8")))
