"""What the search finds: one script, which `_static/search.js` loads when somebody searches."""

import json
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from explainer.data.files import yaml_of
from explainer.data.rows import RECORD, address, article_of, rows
from explainer.data.tables import Tables, field
from explainer.paths import CONTENTS
from explainer.site.document import Site
from explainer.words.event_dates import words as date_words
from explainer.words.quotations import inner
from explainer.words.record import LABEL
from explainer.words.sources import in_time

FILE = "_static/search/index.js"
# What a hit counts for beside its words: what explains comes before what proves, and both before
# the pages on how the book is made.
WEIGHTS = {
    "page": 9.0, "section": 6.0, "person": 4.0, "event": 2.5, "article": 2.5, "row": 1.0,
    "context": 1.0, "about": 0.5,
}  # fmt: skip
_KINDS = {"people": "person", "events": "event", "sources": "article", RECORD: "context"}
_LEFT_OUT = {  # neither what a reader reads in a section, nor what is found in a place of its own
    "headerlink", "proof", "edition", "take", "take-page", "beside", "cite", "hint", "filter",
    "notes", "prev-next-area", "cell_input", "articles", "columns", "counted", "coverage", "data",
}  # fmt: skip
_SILENT = {"svg", "script", "style", "nav", "pre", "noscript", "form"}
_BLOCKS = {
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "figure", "figcaption", "table",
    "tr", "blockquote", "details", "summary", "br", "h1", "h2", "h3", "h4", "span", "small",
}  # fmt: skip
_CELLS = {"td", "th"}


def write(site: Site, tables: Tables) -> None:
    """Write what can be found in the pages that Sphinx wrote and in the tables."""
    entries = [*_sections(site), *_rows(tables)]
    index = {
        "spellings": field(tables.schema("people"), "name").get("spellings", []),
        "entries": [{key: value for key, value in entry.items() if value} for entry in entries],
        "weights": WEIGHTS,
    }
    path = site.folder / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"window.bookIndex={text};\n", encoding="utf-8")


def found(site: Site) -> list[dict[str, str]]:
    """Return what can be found in a site as `write` left it, nothing where it wrote nothing."""
    path = site.folder / FILE
    if not path.exists():
        return []
    text = path.read_text(encoding="utf-8").partition("=")[2].removesuffix(";\n")
    entries: list[dict[str, str]] = json.loads(text)["entries"]
    return entries


def _sections(site: Site) -> Iterator[dict[str, str]]:
    """Yield each section of each page of the contents. ValueError where a page has none."""
    content = yaml_of(CONTENTS.read_text(encoding="utf-8"))
    parts = content["parts"]
    kinds = {content["root"]: "section"}
    for part in parts:  # the last part is about the book, not about its matter
        kind = "about" if part is parts[-1] else "section"
        kinds |= {chapter["file"]: kind for chapter in part["chapters"]}
    for name, kind in kinds.items():
        page = f"{name}.html"
        if page not in site.pages:
            continue  # the guard after the build says so
        sections = site.pages[page].xpath("//article//section[@id]")
        headings = [next(section.iter("h1", "h2", "h3"), None) for section in sections]
        if not sections or headings[0] is None:
            raise ValueError(f"{page}: the search finds no section in it")
        for section, heading in zip(sections, headings, strict=True):
            if heading is not None:
                first = heading is headings[0]
                yield {
                    "kind": "page" if first and kind == "section" else kind,
                    "at": f"{page}#{section.get('id')}",
                    "title": _text(heading),
                    "text": _text(section, heading),
                    "where": "" if first else _text(headings[0]),
                }


def _text(element: HtmlElement, *but: HtmlElement) -> str:
    """Return the words of an element on one line: blocks apart, inner sections left out."""
    text = " ".join("".join(_words(element, but)).split())
    return re.sub(r" (?=[,.;:)’])", "", text).strip(" ·")


def _words(element: HtmlElement, but: tuple[HtmlElement, ...]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        inside = isinstance(child.tag, str) and not (
            child in but
            or child.tag in _SILENT
            or (child.tag == "section" and child.get("id"))
            or _LEFT_OUT.intersection(child.get("class", "").split())
        )
        apart = "\n" if child.tag in _BLOCKS else ""
        if inside:
            yield apart
            yield from _words(child, but)
            yield " · " if child.tag in _CELLS else apart
        yield child.tail or ""


def _rows(tables: Tables) -> Iterator[dict[str, str]]:
    """Yield each row that stands on a page of the evidence."""
    sources = {a.source_id: f"{a.outlet}, {a.day}" for a in in_time(tables).itertuples()}
    pages = tables.pages.set_index("source_id")["outlet"]
    names = {**tables.people.set_index("person_id")["name"]}
    names |= tables.sources.set_index("source_id")["headline"]
    events = {event.event_id: event for event in tables.events.itertuples()}
    facts = {**tables.record.set_index("id")["source_id"]}
    for row in rows(tables).values():
        if not article_of(tables, row.id):
            continue
        entry = {
            "kind": _KINDS.get(row.table, "row"),
            "id": row.id,
            "at": address(tables, row.id).removeprefix("../"),
            "title": names.get(row.id, ""),
            "words": inner(row.words),
            "text": " · ".join(filter(None, (row.says, row.note))),
            "where": sources.get(row.source_id or row.id, ""),
        }
        if event := events.get(row.id):
            entry |= {"title": event.title, "where": date_words(event)}
        if row.id in facts:
            where = f"{LABEL}: {pages[facts[row.id]]}"
            entry |= {"title": row.says, "text": row.note, "where": where}
        yield entry
