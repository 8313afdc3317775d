"""The evidence page of one article: each of its rows with the exact words, and the events that stand with it."""

from dataclasses import dataclass
from html import escape
from itertools import groupby

import pandas as pd

from explainer.data.corrections import followed
from explainer.data.rows import Row, article_of, rows
from explainer.data.tables import Tables
from explainer.pages.evidence import behind
from explainer.pages.figure import proof_link
from explainer.pages.prose import fragment, verbatim, resolved
from explainer.words import event_dates
from explainer.words.formats import number
from explainer.words.sources import citation, date_of, in_time

_SUBJECT = {
    "statements": "topic",
    "attacks": "event_id",
    "quantities": "event_id",
    "mentions": "event_id",
    "wording": "referent",
    "links": "from_event",
    "disagreements": "topic_id",
    "comparisons": "verdict",
}


@dataclass(frozen=True)
class Page:
    """A page that no chapter makes: its file name without the ending, title, description and content as HTML."""

    name: str
    title: str
    description: str
    body: str


def pages(tables: Tables, past: Tables | None = None) -> list[Page]:
    """Return the evidence page of each article, in order of publication. `past` has the superseded rows, too: their addresses stay."""
    held: dict[str, list[Row]] = {source: [] for source in tables.sources["source_id"]}
    for row in rows(past or tables).values():
        if row.source_id in held and row.table != "sources":
            held[row.source_id].append(row)
    follows, subjects = followed(past or tables), _subjects(past or tables)
    for part in (
        held.values()
    ):  # by subject within a table: in the order of the text they would read like the article
        tabled = list(dict.fromkeys(row.table for row in part))
        part.sort(key=lambda row: (tabled.index(row.table), subjects.get(row.id, ""), row.id))
    return [
        _page(tables, article, held[article["source_id"]], follows)
        for _, article in in_time(tables).iterrows()
    ]


def _subjects(tables: Tables) -> dict[str, str]:
    """Return {row id: subject}: the code, event or matter by which the rows of a table are ordered."""
    return {
        row_id: str(subject)
        for table, column in _SUBJECT.items()
        for row_id, subject in zip(
            getattr(tables, table)["id"], getattr(tables, table)[column], strict=True
        )
    }


def _page(tables: Tables, article: pd.Series, held: list[Row], follows: dict[str, str]) -> Page:
    beside, source, name = (
        _beside(tables),
        article["source_id"],
        f"{escape(article['outlet'])}: {escape(article['headline'])}",
    )
    parts = [
        (
            table,
            tables.schema(table)["title"],
            [
                _row(tables, beside, row, article["url"], resolved(tables), follows.get(row.id, ""))
                for row in group
            ],
        )
        for table, group in groupby(held, key=lambda row: row.table)
    ]
    parts.append(
        ("events", "Events, in each article that mentions them", list(_events(tables, source)))
    )
    parts = [part for part in parts if part[2]]
    menu = "".join(
        f'<li><a href="#all-{table}">{escape(title)}</a> <small>{number(len(items))}</small></li>'
        for table, title, items in parts
    )
    body = "".join(
        f'<section id="all-{table}"><h2>{escape(title)}</h2><ul class="rows">{"".join(items)}</ul></section>'
        for table, title, items in parts
    )
    return Page(
        source,
        name,
        f"{number(sum(row.id not in follows for row in held))} rows, each with the exact words it was read from: {citation(article)}.",
        f'<section class="article" id="{source}"><h1>{name}<a class="headerlink" href="#{source}" title="Link to this heading">#</a></h1>'
        f'<p>{_about(article)}</p><nav class="articles" aria-label="Rows of this article"><ul>{menu}</ul></nav>{body}</section>',
    )


def _about(article: pd.Series) -> str:
    address = article["url"]
    link = (
        f'<a href="{escape(address, quote=True)}">Open the article</a>'
        if address
        else "No address of the publisher’s own was seen."
    )
    note = f" {escape(article['note'])}" if article["note"] else ""
    return f'{escape(date_of(article))}. {link}{note} <a href="../chapters/evidence.html">All articles</a>'


def corrected(row: str, later: str) -> str:
    """Return what stands under a row that `later` corrects, or that was withdrawn and names itself; "" for any other row."""
    if row == later:
        return '<p class="note">Withdrawn: no row takes its place. <a href="../chapters/corrections.html">Why</a></p>'
    return (
        (
            f'<p class="note">Corrected: <a href="#{escape(later, quote=True)}">{escape(later)}</a> stands in its place. '
            '<a href="../chapters/corrections.html">Why</a></p>'
        )
        if later
        else ""
    )


def _beside(tables: Tables) -> dict[str, dict[str, list[str]]]:
    """Return {row id: {what: ids}}: a claim with its comparisons, a comparison with its claim and the fact of the record."""
    held: dict[str, dict[str, list[str]]] = {}
    for row in tables.comparisons.itertuples():
        held.setdefault(row.row, {}).setdefault("Compared with the record", []).append(row.id)
        held[row.id] = {"The claim": [row.row]} | (
            {"Context, the fact compared": [row.fact]} if row.fact else {}
        )
    return held


def _row(
    tables: Tables,
    beside: dict[str, dict[str, list[str]]],
    row: Row,
    address: str,
    dates: dict[str, str],
    later: str,
) -> str:
    words = verbatim(row.words) if row.words else "<em>Looked for, not there.</em>"
    opened = (
        f'<a href="{escape(fragment(address, row.words), quote=True)}">In the article</a>'
        if address and row.words
        else ""
    )
    told = f"{dates.get(row.id, '')} {row.note}".strip()
    note = f'<p class="note">{escape(told)}</p>' if told else ""
    note += corrected(row.id, later)
    for what, ids in beside.get(row.id, {}).items():
        note += f'<p class="note">{what}: {" ".join(proof_link(tables, i, i) for i in ids)}</p>'
    return (
        f'<li id="{escape(row.id, quote=True)}">{words}<p class="says">{escape(row.says)}</p>{note}'
        f'<p class="where"><a href="#{escape(row.id, quote=True)}">{escape(row.id)}</a>{opened}</p></li>'
    )


def _events(tables: Tables, source: str):
    """Yield the events whose place is this page, each with the words of every article that mentions it."""
    held, mentions = rows(tables), tables.mentions.groupby("event_id")["id"].agg(tuple)
    for e in tables.events.itertuples():
        if article_of(tables, e.event_id) == source:
            note = f'<p class="note">{escape(e.note)}</p>' if e.note else ""
            yield (
                f'<li id="{e.event_id}"><strong>{escape(e.title)}</strong> {escape(event_dates.words(e))}{note}'
                f"{behind(tables, mentions[e.event_id], held, '../data/mentions.csv')}</li>"
            )
