"""Any row of any table by its id: its article, its exact words, and what it says in readable words."""

from dataclasses import dataclass
from functools import cache

import pandas as pd

from explainer.tables import NAMES, Tables, key, load

_META = {"id", "source_id", "evidence", "note", "superseded_by", "said_in"}


@dataclass(frozen=True)
class Row:
    """One row as a reader sees it. `source_id` and `words` are empty where the row has none."""

    id: str
    table: str
    source_id: str
    words: str
    says: str
    note: str


def rows(tables: Tables) -> dict[str, Row]:
    """Return {id: Row} for every row of every table that has ids, in the order of the descriptor and of the files."""
    return {row.id: row for name in NAMES if key(tables.schema(name)) for row in _of(tables, name)}


@cache
def book_rows() -> dict[str, Row]:
    """Return the rows of this repository's data, superseded ones included, read once in a process."""
    return rows(load(superseded=True))


def _of(tables: Tables, name: str) -> list[Row]:
    schema, frame = tables.schema(name), getattr(tables, name)
    words = "text" if name == "set_aside" else "evidence"
    return [Row(id=record[key(schema)], table=name, source_id=record.get("source_id", ""),
                words=record.get(words, ""), says=summary(tables, name, record), note=record.get("note", ""))
            for record in frame.to_dict("records")]


def summary(tables: Tables, table: str, record: dict) -> str:
    """Return what a row says as 'Title: value' pairs in the descriptor's order, codes as their labels."""
    schema = tables.schema(table)
    skip = _META | {key(schema)} | ({"text"} if table == "set_aside" else set())
    pairs = ((column, record[column["name"]]) for column in schema["schema"]["fields"] if column["name"] not in skip)
    return " · ".join(f"{column['title']}: {_named(tables, column, value)}" for column, value in pairs if not empty(value))


def _named(tables: Tables, column: dict, value: object) -> str:
    """Return a cell as text, with the name of what a foreign key points to."""
    return _names(tables).get((column["name"].removeprefix("via_"), value)) or shown(column, value)


@cache
def _names(tables: Tables) -> dict[tuple[str, str], str]:
    columns = {"person_id": (tables.people, "name"), "event_id": (tables.events, "title"), "topic_id": (tables.topics, "question")}
    columns |= dict.fromkeys(("from_event", "to_event"), columns["event_id"])
    return {(column, row[frame.columns[0]]): row[name] for column, (frame, name) in columns.items() for row in frame.to_dict("records")}


def shown(column: dict, value: object) -> str:
    """Return a cell as text: the label of a code, a day without its time."""
    if "codes" in column:
        return next(code["label"] for code in column["codes"] if code["code"] == value)
    return f"{value:%Y-%m-%d}" if column["type"] == "date" else str(value)


def empty(value: object) -> bool:
    """Whether a cell holds nothing."""
    return value is None or value is pd.NA or value != value or value == ""
