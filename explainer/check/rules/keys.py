"""Rows among rows: keys unique and in order, references that arrive, no row twice."""

import re
from collections.abc import Iterator

from explainer.data.dataset import Dataset, Problem, Record, key_columns

_NUMBERED = re.compile(r"([a-z]{3})-(\d{4,})")
SORTED = ("sources", "people", "events")  # by their key; topics stand in the order of the book


def keys(data: Dataset) -> Iterator[Problem]:
    """Primary and unique keys hold, rows are in order, ids have no gap, no row stands twice."""
    for resource in data.package["resources"]:
        records, schema = data.tables.get(resource["name"], []), resource["schema"]
        key = key_columns(resource)
        single = [f["name"] for f in schema["fields"] if f.get("constraints", {}).get("unique")]
        unique = [(records, key, False), *((records, [c], True) for c in single if [c] != key)]
        for columns in schema.get("uniqueKeys", []):
            live = [row for row in records if not row.get("superseded_by")]
            unique.append((live, [c for c in columns if c != "superseded_by"], False))
        for rows, columns, filled in unique:
            for row, before in _alike(rows, columns, filled):
                value = " + ".join(row[column] for column in columns)
                what = f"stands in line {before.line} already"
                yield Problem(row.file, row.line, "+".join(columns), value, what)
        if len(key) == 1:
            rest = [field["name"] for field in schema["fields"] if [field["name"]] != key]
            for row, before in _alike(records, rest, False):
                what = f"is the row of line {before.line} again, but for the key"
                yield Problem(row.file, row.line, "", "", what)
            yield from _order(resource["name"], records, key[0])


def dependencies(data: Dataset) -> Iterator[Problem]:
    """Rows that are alike in some columns are so in those that these determine, or say why."""
    for resource in data.package["resources"]:
        rows, schema = data.live(resource["name"]), resource["schema"]
        for given in schema.get("dependencies", []):
            for row, before in _alike(rows, given["columns"], True):
                same = " and ".join(row[column] for column in given["columns"])
                for column in given["determine"]:
                    if row[column] != before[column]:
                        known = f"line {before.line}, of the same {same}: {before[column]}"
                        yield row.problem(column, f"differs from {known}")
        for columns in schema.get("uniqueUnlessNoted", []):
            for row, before in _alike(rows, columns, True):
                if not row["note"]:
                    what = f"is there with the {', '.join(columns[:-1])} of line {before.line}"
                    yield row.problem(columns[-1], f"{what}: why twice stands in `note`")


def _alike(rows: list[Record], columns: list[str], filled: bool) -> Iterator[tuple[Record, Record]]:
    """Yield each row that is like another in these columns, all `filled` or not, and the first."""
    first: dict[tuple[str, ...], Record] = {}
    for row in rows:
        values = tuple(row[column] for column in columns)
        if values in first and (all(values) or not filled):
            yield row, first[values]
        first.setdefault(values, row)


def shared(data: Dataset) -> Iterator[Problem]:
    """An id means one row in all files."""
    first: dict[str, Record] = {}
    for resource in data.package["resources"]:
        for row in data.tables.get(resource["name"], ()) if len(key_columns(resource)) == 1 else ():
            if (before := first.setdefault(row.key, row)).table != row.table:
                what = f"is the id of a row of {before.table}, too: line {before.line}"
                yield row.problem(next(iter(row)), what)


def references(data: Dataset) -> Iterator[Problem]:
    """Every foreign key leads to a row."""
    for resource in data.package["resources"]:
        for reference in resource["schema"].get("foreignKeys", []):
            column, there = reference["fields"], reference["reference"]
            table, key = there["resource"] or resource["name"], there["fields"]
            known = {row[key] for row in data.tables.get(table, ())}
            for row in data.tables.get(resource["name"], ()):
                if row[column] and row[column] not in known:
                    yield row.problem(column, f"is no {key} of {table}")


def _order(table: str, records: list[Record], key: str) -> Iterator[Problem]:
    numbered = [match for record in records if (match := _NUMBERED.fullmatch(record[key]))]
    if len(numbered) == len(records):
        for i, (record, match) in enumerate(zip(records, numbered, strict=True), 1):
            if match[2] != f"{i:04}":
                what = f"is out of order, or a row before it is gone: {match[1]}-{i:04}"
                yield record.problem(key, f"{what} belongs here")
                return
    elif table in SORTED:
        for before, record in zip(records, records[1:], strict=False):
            if record[key] < before[key]:
                yield record.problem(key, f"is out of order: it comes before {before[key]}")
