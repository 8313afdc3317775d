"""What stands in running text: numbers that were computed, quotations, and the markers that lead to the proof."""

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from urllib.parse import quote

from myst_nb import glue as store

from explainer.data import dates
from explainer.data.rows import Row, address, events_of
from explainer.data.tables import Tables
from explainer.pages.figure import at, show_in_notebooks
from explainer.paths import ROOT
from explainer.words import event_dates
from explainer.words.counts import Number
from explainer.words.numbers import numbers
from explainer.words.record import LABEL
from explainer.words.sources import date_of, in_time, labels


@dataclass(frozen=True)
class Shown:
    """A piece of HTML that a notebook can display and glue."""

    html: str
    text: str

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}


def glue(tables: Tables, chapter: str) -> None:
    """Store each number that the chapter names under its key, so that `{glue:}` shows it, linked to its proof; let figures show themselves."""
    show_in_notebooks()
    for key, value in numbers(tables, named(chapter)).items():
        store(key, Shown(at(chapter, linked(tables, key, value)), value.text), display=False)


def named(chapter: str) -> frozenset[str]:
    """Return the keys of the numbers that a chapter's text names."""
    path = ROOT / ("index.md" if chapter == "index" else f"chapters/{chapter}.md")
    return frozenset(re.findall(r"\{glue:\w*\}`(\w+)`", path.read_text(encoding="utf-8")))


def chapters() -> list[str]:
    """Return the names of all pages that are chapters, the landing page first."""
    return ["index", *sorted(path.stem for path in (ROOT / "chapters").glob("*.md"))]


def linked(tables: Tables, key: str, value: Number) -> str:
    """Return a number as a link: to its row if one proves it, else to the list of rows it was counted from."""
    anchor = value.rows[0] if len(value.rows) == 1 and not value.how else f"num-{key}"
    kind = "number context" if anchor.startswith("rec-") else "number"
    return f'<a class="{kind}" href="{escape(address(tables, anchor), quote=True)}">{escape(value.text)}</a>'


def markers(tables: Tables, held: list[Row]) -> str:
    """Return the markers of a claim: the short name of each article, leading to its exact words.

    Further passages of the article just named show as "+", so that a claim with many proofs stays readable. A fact of the
    record is marked as context, with the short name of its page.
    """
    parts, before = [], ""
    for row in held:
        name = (
            _pages(tables)[row.source_id]
            if row.context
            else labels(tables).get(row.source_id, row.id)
        )
        again = name == before
        told = (
            f"{LABEL}, not one of the articles: {row.says}"
            if row.context
            else quoted(row.words)
            if row.words
            else ""
        )
        hint = f' title="{escape(told, quote=True)}"' if told else ""
        if events := events_of(tables, [row.id]):
            hint += f' data-events="{escape(" ".join(events), quote=True)}"'
        named = f' aria-label="{escape(name)}, another passage"' if again else ""
        parts.append(
            f'<a class="proof{" context" * row.context}" href="{escape(address(tables, row.id), quote=True)}"{named}{hint}>{"+" if again else escape(name)}</a>'
        )
        before = name
    return " ".join(parts)


@cache
def _pages(tables: Tables) -> dict[str, str]:
    """Return {source_id: how its marker names it} of the context pages."""
    return {
        row.source_id: f"{LABEL.lower()}: {row.outlet_short}" for row in tables.pages.itertuples()
    }


def quotations(tables: Tables, held: list[Row]) -> str:
    """Return the exact words of rows in quotation marks, each followed by its marker. ValueError where a row has none."""
    if bare := next((row for row in held if not row.words), None):
        raise ValueError(f"{bare.id} has no exact words to quote")
    return " ".join(f"{verbatim(row.words)} {markers(tables, [row])}" for row in held)


def outlets(tables: Tables, held: list[Row]) -> str:
    """Return the name of the publisher of each row's article: prose never types one."""
    names = tables.sources.set_index("source_id")["outlet"]
    return ", ".join(escape(names[row.id]) for row in held)


def quoted(words: str) -> str:
    """Return exact words in double quotation marks, marks inside them as single ones."""
    return f"“{inner(words)}”"


def verbatim(words: str) -> str:
    """Return exact words as HTML. Their quotation marks are text: those that a style sheet writes are lost when it is copied."""
    return f'<span class="words">{escape(quoted(words))}</span>'


def inner(words: str) -> str:
    """Return exact words as they stand inside quotation marks: their own double marks become single ones."""
    return words.replace("“", "‘").replace("”", "’").replace('"', "'")


@cache
def resolved(tables: Tables) -> dict[str, str]:
    """Return {mention id: how its written date was read}, for the mentions that write one.

    Words that no rule reads are those of the event, whose note says how it was dated.
    """
    frame = tables.mentions.merge(
        tables.events[["event_id", "start", "end", "precision"]], on="event_id"
    )
    frame = frame[(frame["date_as_written"] != "") & (frame["start"] != "")]
    articles = {a["source_id"]: a for _, a in in_time(tables).iterrows()}
    read = {
        r.id: dates.resolve(r.date_as_written, articles[r.source_id]["published"].date()) or r
        for r in frame.itertuples()
    }
    return {
        r.id: f"“{r.date_as_written}”, in an article of {date_of(articles[r.source_id])}: {event_dates.words(read[r.id])}."
        for r in frame.itertuples()
    }


def fragment(address: str, words: str) -> str:
    """Return the address with a text fragment that makes a browser show the first run of the words.

    Source: WICG, "URL Fragment Text Directives".
    """
    run = words.split(" … ")[0].strip("“”‘’'\".,")
    return f"{address}#:~:text={quote(run, safe='').replace('-', '%2D')}"
