"""Five lines to begin with, in pandas, R and SQL: shown on the data page, run by tests."""

import re
from pathlib import Path

_TEXT = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
# {language: (where to run it, the lines)}
STARTS = {
    language: (where, lines)
    for language, where, lines in re.findall(r"## (\w+): (.+)\n\n```\w+\n([^`]*)```", _TEXT)
}
