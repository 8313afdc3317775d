"""The evidence at a glance: the articles and how many rows each has, the events, how each counted number was counted."""

from html import escape

import pandas as pd

from explainer.data.rows import Row, address, rows
from explainer.data.tables import Tables
from explainer.pages import index, prose
from explainer.pages.figure import proof_link
from explainer.pages.prose import Shown, verbatim
from explainer.words import truncate
from explainer.words.counts import Number
from explainer.words.event_dates import in_order
from explainer.words.formats import number
from explainer.words.numbers import numbers
from explainer.words.sources import date_of, in_time, labels

FEW = 12  # rows: what a reader still reads under one number
_IDS = (
    60,
    24,
)  # rows that are named under it where they are more; of more than the first, the second
_ARTICLES, _EVENTS = 15, (60, 30)  # listed: the latest


def articles(tables: Tables) -> Shown:
    """Return the list of articles with the number of their rows; a search over all rows, which the site's script shows and serves."""
    held = [row.source_id for row in rows(tables).values() if row.table != "sources"]
    shown = in_time(tables).tail(_ARTICLES)
    items = "".join(
        f'<li id="{a["source_id"]}"><a href="{address(tables, a["source_id"])}">{escape(a["outlet"])}: {escape(a["headline"])}</a> '
        f"<small>{escape(date_of(a))}, {number(held.count(a['source_id']))} rows</small></li>"
        for _, a in shown.iterrows()
    )
    folded = truncate.told(
        len(shown), len(tables.sources), "articles, the latest,", "../evidence/rows.csv"
    )
    every = (
        folded
        or '<p class="fold">All rows, each with its address: <a href="../evidence/rows.csv" download>rows.csv</a>.</p>'
    )
    # It stands in the page, hidden, because a box that a script puts in moves what is below it.
    search = '<div class="filter" hidden><label>Find rows that contain <input type="text" autocomplete="off"></label> <output></output></div>'
    return Shown(
        f'{search}<ul class="rows articles">{items}</ul>{every}', f"{len(tables.sources)} articles"
    )


def events(tables: Tables) -> Shown:
    """Return every event in order of time, with a link to the words of each article that speaks of it."""
    told, every = tables.mentions.groupby("event_id"), in_order(tables)
    shown = every.tail(len(truncate.first(every.index, *_EVENTS)))
    items = "".join(
        f'<li><a href="{address(tables, e.event_id)}">{escape(e.title)}</a> {escape(e.when)} '
        + _named(tables, told.get_group(e.event_id))
        + "</li>"
        for e in shown.itertuples()
    )
    folded = truncate.told(
        len(shown), len(tables.events), "events, the latest,", "../data/events.csv"
    )
    return Shown(f'<ul class="rows events">{items}</ul>{folded}', f"{len(tables.events)} events")


def _named(tables: Tables, mentions: pd.DataFrame) -> str:
    shown = truncate.first(mentions, FEW)
    return " ".join(
        proof_link(tables, m.id, labels(tables)[m.source_id]) for m in shown.itertuples()
    ) + truncate.more(len(shown), len(mentions))


def counted(tables: Tables) -> dict[str, Number]:
    """Return the numbers on any page of the book that more than one row proves: they have a place of their own."""
    keys = frozenset().union(index.keys(tables), *map(prose.named, prose.chapters()))
    return {
        key: value
        for key, value in numbers(tables, keys).items()
        if value.how or len(value.rows) != 1
    }


def counted_numbers(tables: Tables) -> Shown:
    """Return how each number that the book counted itself was counted, with the rows behind it."""
    made, held = counted(tables), rows(tables)
    items = "".join(
        f'<li id="num-{key}"><strong>{escape(value.text)}</strong> {escape(value.how or "Dated by these rows.")}'
        f"{behind(tables, value.rows, held, '../evidence/numbers.csv')}</li>"
        for key, value in made.items()
    )
    return Shown(f'<ul class="rows counted">{items}</ul>', f"{len(made)} numbers")


def behind(tables: Tables, ids: tuple[str, ...], held: dict[str, Row], csv: str) -> str:
    """Return the rows behind a number or an event: with their words where they are few, by id where they are many, all in `csv`."""
    if not ids:
        return ""
    if len(ids) > FEW:
        shown = truncate.first(ids, *_IDS)
        return (
            '<p class="from">'
            + " ".join(f'<a href="{address(tables, i)}">{i}</a>' for i in shown)
            + "</p>"
            + truncate.told(len(shown), len(ids), "rows", csv)
        )
    named = labels(tables)
    return "".join(
        f'<p class="from"><a href="{address(tables, i)}">{escape(named.get(held[i].source_id or i, i))}</a> '
        f"{_words(tables, held[i])}</p>"
        for i in ids
    )


def _words(tables: Tables, row: Row) -> str:
    """Return the exact words of a row, of an article its headline; what a row says where it has no words is no quotation."""
    words = (
        tables.sources.set_index("source_id").at[row.id, "headline"]
        if row.table == "sources"
        else row.words
    )
    return verbatim(words) if words else escape(row.says)
