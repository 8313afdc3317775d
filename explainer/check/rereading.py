"""Sentences to read again: those that speak of all reports, when one has come since."""

import re
from collections.abc import Iterator
from pathlib import Path

from explainer.check.prose import sentences
from explainer.check.reading import unsigned
from explainer.data.dataset import Dataset

_REPORTS = r"(?:reports?|articles?|outlets?|newsrooms?)"
_WHOLE = (
    r"(?:all|every|each|no|none|nobody|only|both|others?|later|earlier|first|last|latest|few|most)"
)
_OF_ALL = re.compile(
    rf"\b{_WHOLE}\b[^.;:]{{0,40}}\b{_REPORTS}\b|\b{_REPORTS}\b[^.;:]{{0,40}}\b{_WHOLE}\b"
)


def due(data: Dataset, root: Path) -> Iterator[str]:
    """Yield a line for each sentence of the chapters in `root` that speaks of all reports and
    counts none through the data, where the rows of an article are still a draft.
    """
    drafted = {row.get("source_id", "") for row in unsigned(data)} - {""}
    outlets = "|".join(re.escape(row["outlet_short"]) for row in data.articles())
    alone = re.compile(rf"\b[Oo]nly (?:{outlets})\b")
    for path in [root / "index.md", *sorted((root / "chapters").glob("*.md"))] if drafted else ():
        if path.exists():
            name = path.relative_to(root).as_posix()
            for sentence in sentences(path.read_text(encoding="utf-8"), name):
                text = " ".join(sentence.text.split())
                found = _OF_ALL.search(text.casefold()) or alone.search(text)
                if found and not sentence.glued:
                    yield (
                        f"{name}:{sentence.line}: “{text}”: read it again: it speaks of the reports"
                        f" as a whole, and {', '.join(sorted(drafted))} has come since"
                    )
