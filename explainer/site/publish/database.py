"""All tables in one SQLite file, typed and keyed as described, the same bytes twice."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from explainer.data.dataset import Dataset, key_columns

# SQLite has no dates: ISO 8601 sorts as text
_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT"}
_CASTS = {"integer": int, "number": float}
_PAGE = 4096  # bytes: SQLite's default, written down so that another build makes the same file
_DICTIONARY = """
-- What each column holds, as data/datapackage.json has it.
CREATE TABLE dictionary (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, title TEXT NOT NULL, type TEXT NOT NULL,
  unit TEXT, description TEXT NOT NULL,
  PRIMARY KEY (table_name, column_name));
-- What each code means, in the order in which charts and tables show the codes.
CREATE TABLE codes (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, code TEXT NOT NULL, place INTEGER NOT NULL,
  label TEXT NOT NULL, means TEXT NOT NULL,
  rule TEXT, example TEXT,
  PRIMARY KEY (table_name, column_name, code),
  FOREIGN KEY (table_name, column_name) REFERENCES dictionary (table_name, column_name));
"""


def database(data: Dataset) -> bytes:
    """Return the data as an SQLite file. ValueError, with the row, where a foreign key leads
    nowhere. Beside the tables: `<table>_current` without superseded rows; `evidence`, all exact
    words with their articles; `evidence_search` for MATCH; `context`, each fact of the record with
    its page.
    """
    base = sqlite3.connect(":memory:", isolation_level=None)
    try:
        base.executescript(
            f"PRAGMA page_size={_PAGE}; PRAGMA encoding='UTF-8'; BEGIN; {_DICTIONARY}"
            + "\n".join(_statements(data))
        )
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


def cell(column: dict[str, Any], text: str) -> str | int | float | None:
    """Return a cell of a CSV file as a value of its column's type, None where it is empty."""
    return _CASTS.get(column["type"], str)(text) if text else None


def _statements(data: Dataset) -> Iterator[str]:
    resources = data.package["resources"]
    for resource in resources:
        yield _table(resource)
        name, schema = resource["name"], resource["schema"]
        for column in dict.fromkeys(key["fields"] for key in schema.get("foreignKeys", [])):
            yield f"CREATE INDEX {_q(f'{name}_by_{column}')} ON {_q(name)} ({_q(column)});"
        for unique in schema.get("uniqueKeys", []):  # of the rows that no other corrects
            kept = [column for column in unique if column != "superseded_by"]
            yield (
                f"CREATE UNIQUE INDEX {_q(f'{name}_once_a_{kept[0]}')} ON {_q(name)}"
                f" ({_columns(kept)})" + " WHERE superseded_by IS NULL" * (kept != unique) + ";"
            )
        if _has(resource, "superseded_by"):
            yield (
                f"CREATE VIEW {_q(f'{name}_current')} AS  -- without the rows that another row"
                f" corrects\nSELECT * FROM {_q(name)} WHERE superseded_by IS NULL;"
            )
    parts = [
        f"SELECT {_q(r['schema']['primaryKey'])} AS id, '{r['name']}' AS table_name, source_id,"
        " evidence FROM "
        + _q(r["name"] + "_current" * _has(r, "superseded_by"))
        + " WHERE evidence IS NOT NULL"
        for r in resources
        if _has(r, "evidence")
        and _has(r, "source_id")
        and isinstance(r["schema"]["primaryKey"], str)
    ]
    yield (
        "CREATE VIEW evidence AS SELECT proof.id, proof.table_name, proof.evidence, source_id,"
        " outlet, headline, published, url FROM ("
        + " UNION ALL ".join(parts)
        + ") AS proof JOIN sources USING (source_id);"
    )
    yield (  # FTS4 and not 5: the engine that the page of questions loads has no other
        "CREATE VIRTUAL TABLE evidence_search USING fts4(id, evidence, notindexed=id,"
        " tokenize=unicode61);"
    )
    if any(resource["name"] == "record" for resource in resources):
        yield (
            "CREATE VIEW context AS  -- the record beyond the articles: proved by address, figure"
            " as printed and place\nSELECT record_current.*, sources.kind, outlet, headline,"
            " published, url FROM record_current JOIN sources USING (source_id);"
        )


def _table(resource: dict[str, Any]) -> str:
    """Return the CREATE TABLE of a resource, its columns explained, as `.schema` shows."""
    schema, name, lines = resource["schema"], resource["name"], []
    for column in schema["fields"]:
        constraints = column.get("constraints", {})
        alone = constraints.get("unique") and [column["name"]] != key_columns(resource)
        rules = " NOT NULL" * bool(constraints.get("required")) + " UNIQUE" * bool(alone)
        if codes := constraints.get("enum"):
            rules += f" CHECK ({_q(column['name'])} IN ({', '.join(map(_text, codes))}))"
        kind = _TYPES[column["type"]]
        lines.append((f"{_q(column['name'])} {kind}{rules}", column["description"]))
    lines.append((f"PRIMARY KEY ({_columns(key_columns(resource))})", ""))
    for key in schema.get("foreignKeys", []):
        to = key["reference"]
        home = f"REFERENCES {_q(to['resource'] or name)} ({_q(to['fields'])})"
        lines.append((f"FOREIGN KEY ({_q(key['fields'])}) {home}", ""))
    body = "\n".join(
        f"  {code}{',' * (i < len(lines))}" + f"  -- {' '.join(said.split())}" * bool(said)
        for i, (code, said) in enumerate(lines, 1)
    )
    about = " ".join(resource["description"].split())
    return f"CREATE TABLE {_q(name)} (  -- {about}\n{body}\n);"


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


def _has(resource: dict[str, Any], column: str) -> bool:
    return any(c["name"] == column for c in resource["schema"]["fields"])


def _columns(names: list[str]) -> str:
    return ", ".join(map(_q, names))


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
