"""Sentences to read again: those that speak of all reports, when one has come since."""

import re
from collections.abc import Iterator
from pathlib import Path

from explainer.check.prose import sentences
from explainer.check.reading import unsigned
from explainer.data.dataset import Dataset

_REPORTS = r"(?:reports?|articles?|outlets?|newsrooms?)"
_OF_ALL = re.compile(  # what one more report can make false
    rf"\b(?:no|none of the|all|both|every)(?: other)? {_REPORTS}\b|"
    rf"\b(?:the|all) (?:\w+ )?{_REPORTS} (?:give|say|quote|print)\b|"
    rf"\bthe (?:later|earlier|other|first|last) {_REPORTS}\b"
)
_LISTED = 3  # outlets that a sentence types, as if they were all


def due(data: Dataset, root: Path) -> Iterator[str]:
    """Yield a line for each sentence of the chapters in `root` that speaks of all reports and
    counts none through the data, or that types a list of outlets, where the rows of an article are
    still a draft.
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
                listed = len(set(re.findall(rf"\b(?:{outlets})\b", text))) >= _LISTED
                if listed or (found and not sentence.glued):
                    yield (
                        f"{name}:{sentence.line}: “{text}”: does it hold with "
                        f"{', '.join(sorted(drafted))}, which came since?"
                    )
