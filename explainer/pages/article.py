"""The evidence page of one article: its rows with their exact words, and events with them."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd
from markupsafe import escape

from explainer.data.corrections import followed
from explainer.data.rows import Row, article_of, rows
from explainer.data.tables import Tables
from explainer.pages.evidence import behind
from explainer.pages.templates import render
from explainer.words.event_dates import in_order, resolved
from explainer.words.formats import number
from explainer.words.quotations import fragment
from explainer.words.sources import in_time

_SUBJECT = {
    **dict.fromkeys(("attacks", "quantities", "mentions"), "event_id"),
    **{"statements": "topic", "disagreements": "topic_id", "wording": "referent"},
    **{"links": "from_event", "comparisons": "verdict"},
}
_TITLES = {  # where a table's own title speaks of all reports
    "mentions": "Events in this report",
    "links": "Links between events",
    "disagreements": "Answers to the questions compared",
}


@dataclass(frozen=True)
class Page:
    """A page that no chapter makes: its file name, plain description, title and content as HTML."""

    name: str
    title: str
    description: str
    body: str


def no_address(row: str) -> str:
    """Return where an error is reported if nothing is configured: "", a link to words on how."""
    return ""


def pages(
    tables: Tables, past: Tables | None = None, report: Callable[[str], str] = no_address
) -> list[Page]:
    """Return the evidence page of each article, in order of publication. `past` has the superseded
    rows, too: their addresses stay; `report` gives the address at which an error in a row is
    reported, "" for none.
    """
    by_article: dict[str, list[Row]] = {source: [] for source in tables.sources["source_id"]}
    for row in rows(past or tables).values():
        if row.source_id in by_article and row.table != "sources":
            by_article[row.source_id].append(row)
    follows, beside, subjects = followed(past or tables), _beside(tables), _subjects(past or tables)
    events = _events(tables)
    for part in by_article.values():
        # by subject within a table: in the order of the text they would read like the article
        tabled = list(dict.fromkeys(row.table for row in part))
        part.sort(key=lambda row: (tabled.index(row.table), subjects.get(row.id, ""), row.id))
    return [
        _page(tables, article, by_article[source], events.get(source, []), follows, beside, report)
        for source, article in in_time(tables).set_index("source_id", drop=False).iterrows()
    ]


def _subjects(tables: Tables) -> dict[str, str]:
    """Return {row id: subject}: the code, event or matter by which a table's rows are ordered."""
    held: dict[str, Any] = {}
    for table, column in _SUBJECT.items():
        held |= getattr(tables, table).set_index("id")[column].astype(str)
    return held


def _page(
    tables: Tables,
    article: pd.Series,
    held: list[Row],
    events: list[dict[str, Any]],
    follows: dict[str, str],
    beside: dict[str, dict[str, list[str]]],
    report: Callable[[str], str],
) -> Page:
    title = f"{article['outlet']}: {article['headline']}"
    current = number(sum(row.proven and row.id not in follows for row in held))
    body = render(
        "article.html",
        tables,
        article=article,
        title=title,
        parts=[
            (table, _TITLES.get(table) or tables.schema(table)["title"], list(group))
            for table, group in groupby(held, key=lambda row: row.table)
        ],
        events=events,
        dates=resolved(tables),
        follows=follows,
        beside=beside,
        fragment=fragment,
        report=report,
    )
    cited = f"{article['outlet']}, “{article['headline']}”, {article['day']}"
    said = f"{current} rows, each with the exact words it was read from: {cited}."
    return Page(article["source_id"], str(escape(title)), said, str(body))


def _beside(tables: Tables) -> dict[str, dict[str, list[str]]]:
    """Return {row id: {what: ids}}: a claim with its comparisons, these with claim and fact."""
    held: dict[str, dict[str, list[str]]] = {}
    for row in tables.comparisons.itertuples():
        held.setdefault(row.row, {}).setdefault("Compared with another source", []).append(row.id)
        fact = {"From another source": [row.fact]} if row.fact else {}
        held[row.id] = {"The claim": [row.row]} | fact
    return held


def _events(tables: Tables) -> dict[str, list[dict[str, Any]]]:
    """Return {article: the events whose place is its page}, with the words of all articles."""
    mentions = tables.mentions.groupby("event_id")["id"].agg(tuple)
    dated = {event["event_id"]: event for event in in_order(tables).to_dict("records")}
    found: dict[str, list[dict[str, Any]]] = {}
    for event in tables.events["event_id"]:
        held = {**dated[event], "behind": behind(tables, mentions[event])}
        found.setdefault(article_of(tables, event), []).append(held)
    return found
