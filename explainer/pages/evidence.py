"""The evidence at a glance: the articles, the events, how each number was counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from explainer.data.rows import Row, rows
from explainer.data.tables import Tables
from explainer.data.tracking import remembered
from explainer.pages import index, prose
from explainer.pages.prose import Shown
from explainer.pages.templates import render
from explainer.words.counts import Number
from explainer.words.event_dates import in_order
from explainer.words.numbers import numbers
from explainer.words.sources import in_time


def articles(tables: Tables) -> Shown:
    """Return the articles with the number of their rows, and a search over all rows."""
    count = Counter(row.source_id for row in rows(tables).values() if row.proven)
    frame = in_time(tables)
    listed = frame.assign(count=frame["source_id"].map(count)).to_dict("records")
    html = render("evidence_articles.html", tables, articles=listed)
    return Shown(html, f"{len(tables.sources)} reports")


def events(tables: Tables) -> Shown:
    """Return every event in order of time, with links to the words of its articles."""
    mentions = dict(iter(tables.mentions.groupby("event_id")))
    listed = [
        {**event, "mentions": mentions[event["event_id"]].to_dict("records")}
        for event in in_order(tables).to_dict("records")
    ]
    html = render("evidence_events.html", tables, events=listed)
    return Shown(html, f"{len(tables.events)} events")


def counted(tables: Tables) -> dict[str, Number]:
    """Return the numbers of any page that more than one row proves: they have a place here."""
    keys = frozenset().union(index.keys(tables), *map(prose.named, prose.chapters()))
    every = numbers(tables, keys).items()
    return {key: value for key, value in every if value.how or len(value.rows) != 1}


def counted_numbers(tables: Tables) -> Shown:
    """Return how each number that the book counted itself was counted, with the rows behind it."""
    listed = [
        {"key": key, "text": value.text, "how": value.how, "behind": behind(tables, value.rows)}
        for key, value in counted(tables).items()
    ]
    html = render("evidence_counted.html", tables, numbers=listed)
    return Shown(html, f"{len(listed)} numbers")


@remembered
def _headlines(tables: Tables) -> dict[str, str]:
    return dict(zip(tables.sources["source_id"], tables.sources["headline"], strict=True))


def behind(tables: Tables, ids: Iterable[str]) -> list[Row]:
    """Return the rows behind a number or an event; an article's headline stands for its words."""
    headlines = _headlines(tables)
    found = (rows(tables)[row_id] for row_id in ids)
    return [
        replace(row, words=headlines[row.id]) if row.table == "sources" else row for row in found
    ]
