"""The evidence on paper: each page ends with the exact words behind its markers, as numbered notes
that only print shows.
"""

import json
from pathlib import Path
from typing import Any

from lxml.html import HtmlElement

from explainer.site.document import Site, append, render

Proofs = dict[str, dict[str, Any]]

# what the site's script shows in place: the files of explainer/site/proof_files.py
ROWS = "_static/rows"
# rows of a counted number that a note quotes; beyond, it says how it was counted and where the rows
# stand
MOST = 8
_ASIDE = ("details", "table", "svg")  # closed on paper, or words already
_OPEN = "compared"  # the class of `details` that paper shows open


def annotate(site: Site) -> None:
    """Number the markers in the text of each page, and write the words of each below the text."""
    proofs = told(site.folder / ROWS)
    for page, tree in site.pages.items():
        add_notes(tree, Path(page).name, proofs)


def told(folder: Path) -> Proofs:
    """Return what the files of the site's script hold: `rows` {id: words, outlet, date}, and
    `groups` {id: text, how, count, rows}.
    """
    proofs: Proofs = {"rows": {}, "groups": {}}
    for path in sorted(folder.glob("*.js")):
        file = json.loads(path.read_text(encoding="utf-8").partition("]=")[2].rstrip(";\n"))
        if not isinstance(file, dict):
            continue  # the list of the articles
        proofs["groups"] |= file.get("groups", {})
        proofs["rows"] |= {key: file["source"] | row for key, row in file.get("rows", {}).items()}
    return proofs


def add_notes(tree: HtmlElement, name: str, proofs: Proofs) -> None:
    """Add notes to the page called `name`; a marker that leads to a row of the same page needs
    none.
    """
    notes: dict[str, int] = {}
    for marker in tree.xpath("//a[contains(@class, 'number') or contains(@class, 'proof')]"):
        path, _, row = marker.get("href", "").partition("#")
        here = not path or Path(path).name == name
        known = row in proofs["rows"] or row in proofs["groups"]
        if known and not here and not any(map(_aside, marker.iterancestors())):
            marker.set("data-note", str(notes.setdefault(row, len(notes) + 1)))
    if notes:
        listed = [_note(row, proofs) for row in notes]
        append(next(tree.iter("article")), render("endnotes.html", notes=listed))


def _aside(element: HtmlElement) -> bool:
    """Tell whether what stands in `element` is not on paper, or has its words there already."""
    return element.tag in _ASIDE and element.get("class") != _OPEN


def _note(row: str, proofs: Proofs) -> str:
    if row in proofs["rows"]:
        return _words(row, proofs)
    group = proofs["groups"][row]
    how = f"{group['text']}: {group['how'] or 'Dated by these rows.'}"
    if group["count"] > min(MOST, len(group["rows"])):
        return f"{how} {group['count']} rows, at “{row}” of the evidence."
    return " ".join(
        [how, *(_words(one, proofs) for _, one in group["rows"] if one in proofs["rows"])]
    )


def _words(row: str, proofs: Proofs) -> str:
    """Return “words” (outlet, day, id of the row)."""
    shown = proofs["rows"][row]
    where = f"{shown['outlet']}, {shown['date']}, {row}"
    if context := shown.get("context"):
        return f"{context}: {shown['says']} {shown['proof']} ({where})."
    return (
        f"“{shown['words']}” ({where})."
        if shown.get("words")
        else f"The report does not mention it ({where})."
    )
