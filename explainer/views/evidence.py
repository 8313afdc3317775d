"""The evidence: every row of every article with its exact words, and how each counted number was counted."""

from html import escape
from itertools import groupby

import pandas as pd

from explainer.numbers import numbers
from explainer.prose import Shown, fragment, inner, resolved
from explainer.rows import Row, rows
from explainer.sources import date_of, in_time, labels
from explainer.tables import Tables
from explainer.theme import day

_FEW = 12  # rows: what a reader still reads under one number


def every_row(tables: Tables) -> Shown:
    """Return all rows, article by article and table by table, each with an anchor that never changes."""
    held = [row for row in rows(tables).values() if row.source_id and row.table != "sources"]
    articles = in_time(tables)
    menu = "".join(f'<li><a href="#{a.source_id}">{escape(a.label)}</a></li>' for a in articles.itertuples())
    parts = [_article(tables, article, [row for row in held if row.source_id == article["source_id"]])
             for _, article in articles.iterrows()]
    return Shown(f'<nav class="articles" aria-label="Articles"><ul>{menu}</ul></nav>{"".join(parts)}', f"{len(held)} rows")


def _article(tables: Tables, article: pd.Series, held: list[Row]) -> str:
    address = article["url"]
    link = f'<a href="{escape(address, quote=True)}">Open the article</a>' if address else "No address of the publisher’s own was seen."
    note = f" {escape(article['note'])}" if article["note"] else ""
    groups = "".join(f"<h3>{escape(tables.schema(table)['title'])}</h3><ul class=\"rows\">"
                     + "".join(_row(row, address, resolved(tables)) for row in group) + "</ul>"
                     for table, group in groupby(held, key=lambda row: row.table))
    return (f'<section class="article" id="{article["source_id"]}"><h2>{escape(article["outlet"])}: {escape(article["headline"])}</h2>'
            f"<p>{escape(date_of(article))}. {link}{note}</p>{groups}</section>")


def _row(row: Row, address: str, dates: dict[str, str]) -> str:
    words = f'<q class="words">{escape(inner(row.words))}</q>' if row.words else "<em>Looked for, not there.</em>"
    opened = f'<a href="{escape(fragment(address, row.words), quote=True)}">In the article</a>' if address and row.words else ""
    told = f"{dates.get(row.id, '')} {row.note}".strip()
    note = f'<p class="note">{escape(told)}</p>' if told else ""
    return (f'<li id="{escape(row.id, quote=True)}">{words}<p class="says">{escape(row.says)}</p>{note}'
            f'<p class="where"><a href="#{escape(row.id, quote=True)}">{escape(row.id)}</a>{opened}</p></li>')


def events(tables: Tables) -> Shown:
    """Return every event with the words of each article that speaks of it."""
    held = rows(tables)
    mentions = tables.mentions.groupby("event_id")["id"].agg(tuple)
    items = "".join(f'<li id="{e.event_id}"><strong>{escape(e.title)}</strong> {escape(day(e.start) if e.start else "no date given")}'
                    f'{f" <p>{escape(e.note)}</p>" if e.note else ""}{_behind(tables, mentions[e.event_id], held)}</li>' for e in tables.events.itertuples())
    return Shown(f'<ul class="rows">{items}</ul>', f"{len(tables.events)} events")


def counted_numbers(tables: Tables) -> Shown:
    """Return how each number that the book counted itself was counted, with the rows behind it."""
    made = {key: value for key, value in numbers(tables).items() if value.how or len(value.rows) != 1}
    held = rows(tables)
    items = "".join(f'<li id="num-{key}"><strong>{escape(value.text)}</strong> {escape(value.how or "Dated by these rows.")}'
                    f"{_behind(tables, value.rows, held)}</li>" for key, value in made.items())
    return Shown(f'<ul class="rows counted">{items}</ul>', f"{len(made)} numbers")


def _behind(tables: Tables, ids: tuple[str, ...], held: dict[str, Row]) -> str:
    """Return the rows behind a number: with their words where they are few, by id where they are many."""
    if not ids:
        return ""
    if len(ids) > _FEW:
        return '<p class="from">' + " ".join(f'<a href="#{i}">{i}</a>' for i in ids) + "</p>"
    named = labels(tables)
    return "".join(f'<p class="from"><a href="#{i}">{escape(named.get(held[i].source_id, i))}</a> <q class="words">{escape(inner(held[i].words or held[i].says))}</q></p>' for i in ids)
