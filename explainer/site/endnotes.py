"""The proofs of a page: numerals, and the exact words as notes on paper or without a script."""

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

from lxml.html import HtmlElement
from lxml.html.builder import SUP

from explainer.site.document import Site, Text, append, render

Proofs = dict[str, dict[str, Any]]

ROWS = "_static/rows"  # the files of explainer/site/proof_files.py
MOST = 8  # rows of a counted number that a note quotes; of more it says how many, and where
_ASIDE = ("details", "table", "svg")  # closed on paper, or words already
_OPEN = "compared"  # the class of `details` that paper shows open
_BLOCKS = (
    "p", "li", "td", "th", "dd", "dt", "div", "section", "figure", "figcaption", "summary",
    "blockquote", "h1", "h2", "h3", "h4", "ul", "ol", "table", "details", "svg",
)  # fmt: skip
_END = re.compile(r"[.?!][”’)]*(?=\s|$)")  # of a sentence
_POINT = re.compile(r"[.,;:?!]")  # a numeral stands after it, as in print


def annotate(site: Site) -> None:
    """Number the proofs in the text of each page, and write the words of each below the text."""
    proofs = told(site.folder / ROWS)
    for page, tree in site.pages.items():
        settle(tree)
        add_notes(tree, page, proofs)


def told(folder: Path) -> Proofs:
    """Return what the files of the site's script hold: `rows` {id: words, outlet, date, page}, and
    `groups` {id: text, how, count, rows, page}; `page` is where they stand.
    """
    proofs: Proofs = {"rows": {}, "groups": {}}
    for path in sorted(folder.glob("*.js")):
        file = json.loads(path.read_text(encoding="utf-8").partition("]=")[2].rstrip(";\n"))
        if not isinstance(file, dict):
            continue  # the list of the articles
        page = "chapters/evidence.html" if path.stem == "numbers" else f"evidence/{path.stem}.html"
        for kind, held in proofs.items():
            common = {"page": page} | (file.get("source", {}) if kind == "rows" else {})
            held |= {key: common | one for key, one in file.get(kind, {}).items()}
    return proofs


# ---------------------------------------------------------------- one numeral a claim
def settle(tree: HtmlElement) -> None:
    """Leave one numeral for each claim: the proofs of numbers join the next proof of their
    sentence, else stand at its end; a numeral stands after a point or comma, without a space.
    """
    numerals = tree.xpath("//a[contains(@class, 'numeral')]")
    blocks = dict.fromkeys(
        next(up for up in one.iterancestors() if up.tag in _BLOCKS) for one in numerals
    )
    for block in blocks:
        _join(block)
    for one in tree.xpath("//a[contains(@class, 'numeral')]"):
        point = _POINT.match(one.tail or "")
        _before(one).write(_before(one).text.rstrip() + (point[0] if point else ""))
        one.tail = (one.tail or "")[point.end() if point else 0 :]


def _join(block: HtmlElement) -> None:
    """Join the numerals of a block's claims."""
    pending: list[HtmlElement] = []  # of numbers whose sentence goes on
    last: HtmlElement | None = None  # behind which nothing but space has followed
    for part in _parts(block):
        if isinstance(part, Text):
            end = _END.search(part.text) if pending else None
            if end:
                _place_at(part, end.end(), pending)
                pending = []
            last = None if part.text.strip() else last
        elif "counted" in part.classes:
            pending.append(part)
            last = None
        else:
            _merge([*pending, *([last] if last is not None else [])], part)
            pending, last = [], part
    if pending:
        _merge(pending[:-1], pending[-1])


def _parts(block: HtmlElement) -> list[Text | HtmlElement]:
    """Return the numerals of a block and the runs of text between them, without inner blocks."""
    parts: list[Text | HtmlElement] = [Text(block, False)]
    for child in block:
        if not isinstance(child.tag, str):
            pass  # a comment
        elif "numeral" in child.classes:
            parts.append(child)
        elif child.tag not in _BLOCKS:
            parts += _parts(child)
        parts.append(Text(child, True))
    return parts


def _place_at(place: Text, at: int, numerals: list[HtmlElement]) -> None:
    """Put one numeral for all of `numerals` into a run of text."""
    one = deepcopy(numerals[-1])
    place.put(one, at, at)
    _merge(numerals, one)


def _merge(numerals: list[HtmlElement], into: HtmlElement) -> None:
    """Let one numeral stand for the rows of others, too, which go."""
    for name in ("data-rows", "data-events", "class"):
        held = [value for e in (*numerals, into) for value in (e.get(name) or "").split()]
        if held:
            into.set(name, " ".join(dict.fromkeys(held)))
    if numerals:
        into.set("href", numerals[0].get("href", ""))
    for one in numerals:
        one.drop_tree()


def _before(element: HtmlElement) -> Text:
    """Return the run of text before an element."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return Text(previous, True)
    assert parent is not None  # a numeral stands in a block
    return Text(parent, False)


# ---------------------------------------------------------------- numbers and notes
def add_notes(tree: HtmlElement, page: str, proofs: Proofs) -> None:
    """Number the proofs of `page`, its address from the root, and add the notes. Numerals count
    first, so that none is missing on a screen; then links that only paper numbers, but not to the
    page itself.
    """
    notes: dict[tuple[str, ...], int] = {}
    for one in tree.xpath("//a[contains(@class, 'numeral')]"):
        rows = tuple(one.attrib.pop("data-rows").split())
        number = notes.setdefault(rows, len(notes) + 1)
        if len(rows) > 1:
            one.set("href", f"#note-{number}")
            one.set("data-rows", " ".join(rows))
        one.set("class", "numeral context" if "context" in one.classes else "numeral")
        one.set("role", "doc-noteref")
        one.set("aria-label", f"proof {number}{', context' * ('context' in one.classes)}")
        one.append(SUP(str(number)))
    for link in tree.xpath("//a[contains(@class, 'number') or contains(@class, 'proof')]"):
        path, _, row = link.get("href", "").partition("#")
        here = not path or Path(path).name == Path(page).name
        known = row in proofs["rows"] or row in proofs["groups"]
        if known and not here and not any(map(_aside, link.iterancestors())):
            link.set("data-note", str(notes.setdefault((row,), len(notes) + 1)))
    if notes:
        up = "../" * page.count("/")
        listed = [[part for row in rows for part in _note(row, proofs)] for rows in notes]
        append(next(tree.iter("article")), render("endnotes.html", up=up, notes=listed))


def _aside(element: HtmlElement) -> bool:
    """Tell whether what stands in `element` is not on paper, or has its words there already."""
    return element.tag in _ASIDE and element.get("class") != _OPEN


def _note(row: str, proofs: Proofs) -> list[dict[str, str]]:
    """Return the parts of a note: what it says of each row, and where the row stands."""
    if row in proofs["rows"]:
        return [_words(row, proofs)]
    group = proofs["groups"][row]
    how = {"says": f"{group['text']}: {group['how'] or 'Date worked out from these passages.'}"}
    if group["count"] > min(MOST, len(group["rows"])):
        return [how | {"rest": f"{group['count']} rows, at", "row": row, "page": group["page"]}]
    return [how, *(_words(one, proofs) for _, one in group["rows"] if one in proofs["rows"])]


def _words(row: str, proofs: Proofs) -> dict[str, str]:
    """Return the words of a row, their outlet and day, and where the row stands."""
    shown = proofs["rows"][row]
    if context := shown.get("context"):
        says = f"{context}: {shown['says']} {shown['proof']}"
    else:
        says = f"“{shown['words']}”" if shown.get("words") else "The report does not mention it"
    rest = f"{shown['outlet']}, {shown['date']},"
    return {"says": says, "rest": rest, "row": row, "page": shown["page"]}
