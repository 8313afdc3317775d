"""Any row by its id: its place in the site, its exact words, what it says in plain ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from explainer.data.tables import NAMES, Tables, descriptor, field, history, key, resource
from explainer.data.tracking import remembered

# the table of the facts beyond the articles, and the evidence page on which they stand
RECORD = "record"
_EVENTS = ("event_id", "from_event", "to_event")  # columns that name an event
_IMPLIED = {("disagreements", "stance"): "says"}  # columns that another one, filled, makes needless
_META = {"id", "source_id", "evidence", "note", "superseded_by", "said_in"}


@dataclass(frozen=True)
class Row:
    """One row as a reader sees it; `source_id` and `words` are "" where it has none. One of the
    record is `context`: of no article, without exact words; `says` is the fact.
    """

    id: str
    table: str
    source_id: str
    words: str
    says: str
    note: str

    @property
    def context(self) -> bool:
        """Whether the row is of the record beyond the articles."""
        return self.table == RECORD

    @property
    def proven(self) -> bool:
        """Whether exact words prove it: what is left out has some, and proves nothing."""
        return bool(self.words) and self.table != "set_aside"


def address(tables: Tables, row_id: str) -> str:
    """Return where a row stands for good, as a link in `chapters/`, `evidence/` or `figures/`. That
    is its article's page, or the record's; of a row without one, its table on the data page; of a
    counted number (`num-<key>`) its list. KeyError if no row has the id.
    """
    if row_id.startswith("num-"):
        return f"../chapters/evidence.html#{row_id}"
    table, article = _place(tables, row_id)
    if article:
        return f"../evidence/{article}.html#{row_id}"
    return f"../chapters/data.html#file-{table}"


def article_of(tables: Tables, row_id: str) -> str:
    """Return the article on whose page a row stands, "" for none. KeyError for no row."""
    return _place(tables, row_id)[1]


def events_of(tables: Tables, row_ids: Sequence[str]) -> list[str]:
    """Return the ids of the events that rows speak of, each once."""
    found: dict[str, None] = {}
    for row_id in row_ids:
        if table := _numbered().get(row_id.partition("-")[0]):
            found |= dict.fromkeys(_events(tables, table).get(row_id, ()))
    return list(found)


@remembered
def _events(tables: Tables, table: str) -> dict[str, list[str]]:
    """Return {row id: event ids} of the rows of a table that name an event."""
    schema = tables.schema(table)
    if not any(column["name"] in _EVENTS for column in schema["schema"]["fields"]):
        return {}
    return {
        record[key(schema)]: ids
        for record in getattr(tables, table).to_dict("records")
        if (ids := [record[event] for event in _EVENTS if record.get(event)])
    }


def _place(tables: Tables, row_id: str) -> tuple[str, str]:
    """Return a row's table and article, and read only tables that may hold it: a page's inputs."""
    numbered = _numbered().get(row_id.partition("-")[0])
    others = ("sources", "events", "people", "topics", "places", "pages")
    for table in (numbered, *others) if numbered else others:
        if row_id in (articles := _articles(tables, table)):
            return table, articles[row_id]
    raise KeyError(f"no row has the id {row_id!r}")


@remembered
def _numbered() -> dict[str, str]:
    """Return {prefix: table} of the tables whose ids are a prefix and a number: `trp-0001`."""
    package, found = descriptor(), {}
    for name in NAMES:
        schema = resource(package, name)
        if column := key(schema):
            pattern = field(schema, column)["constraints"]["pattern"]
            if prefix := re.match(r"\^([a-z]+)-\(?\\d", pattern):
                found[prefix[1]] = name
    return found


@remembered
def _articles(tables: Tables, table: str) -> dict[str, str]:
    """Return {row id: article} of a table. An event stands where it is mentioned first."""
    if table == "events":
        first = tables.mentions.drop_duplicates("event_id")
        return dict(zip(first["event_id"], first["source_id"], strict=True))
    frame = getattr(tables, table)
    if table in (RECORD, "pages"):
        return dict.fromkeys(frame["id" if table == RECORD else "source_id"], RECORD)
    ids, sources = frame[key(tables.schema(table))], frame.get("source_id", [""] * len(frame))
    return dict(zip(ids, sources, strict=True))


@remembered
def rows(tables: Tables) -> dict[str, Row]:
    """Return {id: Row} for every row that has an id, in the order of descriptor and files."""
    return {row.id: row for name in NAMES if key(tables.schema(name)) for row in _of(tables, name)}


@remembered
def book_rows() -> dict[str, Row]:
    """Return the rows of this repository's data, superseded ones included, read once."""
    return rows(history())


def _of(tables: Tables, name: str) -> list[Row]:
    schema, frame = tables.schema(name), getattr(tables, name)
    words = "text" if name == "set_aside" else "evidence"
    found = []
    for record in frame.to_dict("records"):
        source, exact, note = (record.get(c, "") for c in ("source_id", words, "note"))
        says = record["what"] if name == RECORD else summary(tables, name, record)
        found.append(Row(record[key(schema)], name, source, exact, says, note))
    return found


def summary(tables: Tables, table: str, record: dict[str, Any]) -> str:
    """Return what a row says as 'Title: value' pairs in order, codes as their labels."""
    schema = tables.schema(table)
    skip = _META | {key(schema)} | ({"text"} if table == "set_aside" else set())
    said: dict[str, str] = {}
    for column in schema["schema"]["fields"]:
        value = record[column["name"]]
        implied = record.get(_IMPLIED.get((table, column["name"]), ""), "")
        if column["name"] in skip or empty(value) or implied:
            continue
        text = _named(tables, column, value)
        if table != "people" or text not in said.values():  # whose institution is itself
            said[column["title"]] = text
    return " · ".join(f"{title}: {text}" for title, text in said.items())


def _named(tables: Tables, column: dict[str, Any], value: Any) -> str:
    """Return a cell as text, with the name of what a foreign key points to."""
    return _names(tables).get((column["name"].removeprefix("via_"), value)) or shown(column, value)


@remembered
def _names(tables: Tables) -> dict[tuple[str, str], str]:
    columns = {
        "person_id": (tables.people, "name"),
        **dict.fromkeys(_EVENTS, (tables.events, "title")),
        "topic_id": (tables.topics, "question"),
        "fact": (tables.record, "what"),
    }
    return {
        (column, row[frame.columns[0]]): row[name]
        for column, (frame, name) in columns.items()
        for row in frame.to_dict("records")
    }


def shown(column: dict[str, Any], value: object) -> str:
    """Return a cell as text: the label of a code, a day without its time."""
    if "codes" in column:
        return str(next(code["label"] for code in column["codes"] if code["code"] == value))
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)


def empty(value: object) -> bool:
    """Whether a cell holds nothing."""
    return value is None or value is pd.NA or value != value or value == ""
