"""All tables in one SQLite file, typed, keyed, the same bytes twice; for Datasette, metadata."""

import re
import sqlite3
from pathlib import Path
from typing import Any

from explainer.data.dataset import Dataset, key_columns
from explainer.pages.ask import questions
from explainer.site.document import TEMPLATES, render

# SQLite has no dates: ISO 8601 sorts as text
_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT"}
_CASTS = {"integer": int, "number": float}
_PAGE = 4096  # bytes: SQLite's default, written down so that another build makes the same file
_LABELS = {  # columns that name a row where another table refers to it
    "sources": "headline",
    "people": "name",
    "events": "title",
    "topics": "question",
    "places": "name",
    "record": "what",
}


def database(data: Dataset) -> bytes:
    """Return the data as an SQLite file. ValueError, with the row, where a foreign key leads
    nowhere. Beside the tables: `<table>_current` without superseded rows; `evidence`, all exact
    words with their articles; `evidence_search` for MATCH; `context`, each fact of the record with
    its page.
    """
    base = sqlite3.connect(":memory:", isolation_level=None)
    try:
        base.executescript(_schema(data))
        for resource in data.package["resources"]:
            _fill(base, resource, data.tables[resource["name"]])
        base.execute(
            "INSERT INTO evidence_search SELECT id, evidence FROM evidence ORDER BY table_name, id"
        )
        base.execute("COMMIT")
        for table, rowid, parent, _ in base.execute("PRAGMA foreign_key_check"):
            lost = f"refers to a row of {parent} that is not there"
            raise ValueError(f"book.sqlite: row {rowid} of {table} {lost}")
        base.execute("VACUUM")
        return base.serialize()
    finally:
        base.close()


def metadata(package: dict[str, Any], file: str) -> dict[str, Any]:
    """Return what Datasette shows beside the SQLite file called `file` of a Data Package."""
    tables = {}
    for resource in package["resources"]:
        name, columns = resource["name"], resource["schema"]["fields"]
        tables[name] = {"title": resource["title"], "description": resource["description"]}
        tables[name]["columns"] = {c["name"]: c["description"] for c in columns}
        if name in _LABELS:
            tables[name]["label_column"] = _LABELS[name]
    queries = {
        re.sub(r"\W+", "-", question.lower()).strip("-"): {"title": question, "sql": sql}
        for question, sql in questions().items()
    }
    return {
        "title": package["title"],
        "description": package["description"],
        "license": package["licenses"][0]["title"],
        "license_url": package["licenses"][0]["path"],
        "databases": {Path(file).stem: {"tables": tables, "queries": queries}},
    }


def cell(column: dict[str, Any], text: str) -> str | int | float | None:
    """Return a cell of a CSV file as a value of its column's type, None where it is empty."""
    return _CASTS.get(column["type"], str)(text) if text else None


def _schema(data: Dataset) -> str:
    """Return the tables, indexes and views, with what each column holds, as `.schema` shows it."""
    resources = data.package["resources"]
    proven = []
    for resource in resources:
        columns = {column["name"] for column in resource["schema"]["fields"]}
        if {"evidence", "source_id"} <= columns and len(key_columns(resource)) == 1:
            proven.append(resource)
    values = {"page": _PAGE, "types": _TYPES, "keys": key_columns}
    return render("database.sql", resources=resources, proven=proven, **values)


def _fill(base: sqlite3.Connection, resource: dict[str, Any], rows: list[Any]) -> None:
    name, columns = resource["name"], resource["schema"]["fields"]
    dictionary = [
        (name, c["name"], c["title"], c["type"], c.get("unit"), c["description"]) for c in columns
    ]
    base.executemany("INSERT INTO dictionary VALUES (?, ?, ?, ?, ?, ?)", dictionary)
    kept = ("label", "means", "rule", "example")
    codes = [
        (name, c["name"], code["code"], place, *map(code.get, kept))
        for c in columns
        for place, code in enumerate(c.get("codes", ()), 1)
    ]
    base.executemany("INSERT INTO codes VALUES (?, ?, ?, ?, ?, ?, ?, ?)", codes)
    marks = ", ".join("?" * len(columns))
    base.executemany(
        f"INSERT INTO {_q(name)} VALUES ({marks})",
        [[cell(c, row[c["name"]]) for c in columns] for row in rows],
    )


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


TEMPLATES.filters["q"] = _q
TEMPLATES.filters["text"] = lambda value: "'" + value.replace("'", "''") + "'"
TEMPLATES.filters["line"] = lambda text: " ".join(text.split())
