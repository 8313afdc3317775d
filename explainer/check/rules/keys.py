"""Rows among rows: keys that are unique, sorted and without gaps, references that arrive, no row
twice.
"""

import re
from collections.abc import Iterator

from explainer.data.dataset import Dataset, Problem, Record, key_columns

_NUMBERED = re.compile(r"([a-z]{3})-(\d{4,})")
SORTED = (
    "sources",
    "people",
    "events",
)  # by their readable key; topics stand in the order of the book


def keys(data: Dataset) -> Iterator[Problem]:
    """Primary and unique keys hold, rows are in order, ids have no gap, no row stands twice."""
    for resource in data.package["resources"]:
        records, schema = data.tables.get(resource["name"], []), resource["schema"]
        key = key_columns(resource)
        yield from _unique(records, key)
        for column in schema["fields"]:
            if column.get("constraints", {}).get("unique") and [column["name"]] != key:
                yield from _unique([r for r in records if r[column["name"]]], [column["name"]])
        for unique in schema.get("uniqueKeys", []):
            yield from _unique(
                [r for r in records if not r.get("superseded_by")],
                [c for c in unique if c != "superseded_by"],
            )
        yield from _twice(records, key) if len(key) == 1 else ()
        yield from _order(resource["name"], records, key[0]) if len(key) == 1 else ()


def dependencies(data: Dataset) -> Iterator[Problem]:
    """Rows that are alike in some columns are alike in those that these determine, by the
    descriptor; and no two are alike where a note has to say why.
    """
    for resource in data.package["resources"]:
        rows, schema = data.live(resource["name"]), resource["schema"]
        for given in schema.get("dependencies", []):
            for row, before in _alike(rows, given["columns"]):
                for column in given["determine"]:
                    if row[column] != before[column]:
                        same = " and ".join(row[c] for c in given["columns"])
                        known = f"line {before.line}, of the same {same}: {before[column]}"
                        yield row.problem(column, f"differs from {known}")
        for columns in schema.get("uniqueUnlessNoted", []):
            for row, before in _alike(rows, columns):
                if not row["note"]:
                    same = ", ".join(columns[:-1])
                    why = f"with the {same} of line {before.line}: why twice stands in `note`"
                    yield row.problem(columns[-1], f"is there {why}")


def _alike(rows: list[Record], columns: list[str]) -> Iterator[tuple[Record, Record]]:
    """Yield each row that is alike another in filled columns, with the first such."""
    first: dict[tuple[str, ...], Record] = {}
    for row in rows:
        values = tuple(row[column] for column in columns)
        before = first.setdefault(values, row)
        if before is not row and all(values):
            yield row, before


def shared(data: Dataset) -> Iterator[Problem]:
    """An id means one row in all files."""
    first: dict[str, Record] = {}
    for resource in data.package["resources"]:
        for row in data.tables.get(resource["name"], ()) if len(key_columns(resource)) == 1 else ():
            if (before := first.setdefault(row.key, row)).table != row.table:
                yield row.problem(
                    next(iter(row)),
                    f"is the id of a row of {before.table}, too: line {before.line}",
                )


def references(data: Dataset) -> Iterator[Problem]:
    """Every foreign key leads to a row; a row is superseded by a later one of the same article,
    or by none: then it names itself.
    """
    for resource in data.package["resources"]:
        own = data.tables.get(resource["name"], [])
        for reference in resource["schema"].get("foreignKeys", []):
            column, there = reference["fields"], reference["reference"]
            known = {
                r[there["fields"]]
                for r in data.tables.get(there["resource"] or resource["name"], [])
            }
            for record in own:
                if record[column] and record[column] not in known:
                    yield record.problem(
                        column,
                        f"is no {there['fields']} of {there['resource'] or resource['name']}",
                    )
        if any(r.get("superseded_by") for r in own):
            yield from _superseded(own, key_columns(resource)[0])


def _superseded(records: list[Record], key: str) -> Iterator[Problem]:
    rows = {record[key]: record for record in records}
    for record in records:
        later = rows.get(record["superseded_by"])
        if (
            later is None or later is record
        ):  # a row that names itself is withdrawn: none takes its place
            continue
        if (len(later[key]), later[key]) <= (
            len(record[key]),
            record[key],
        ):  # dis-9999 comes before dis-10000
            yield record.problem("superseded_by", "is not a later row")
        elif later.get("source_id") != record.get("source_id"):
            yield record.problem("superseded_by", "is a row of another article")


def _unique(records: list[Record], columns: list[str]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], Record] = {}
    for record in records:
        value = tuple(record[column] for column in columns)
        if value in first:
            yield Problem(
                record.file,
                record.line,
                "+".join(columns),
                " + ".join(value),
                f"stands in line {first[value].line} already",
            )
        first.setdefault(value, record)


def _twice(records: list[Record], key: list[str]) -> Iterator[Problem]:
    first: dict[tuple[tuple[str, str], ...], Record] = {}
    for record in records:
        rest = tuple(item for item in record.items() if item[0] not in key)
        if rest in first:
            yield Problem(
                record.file,
                record.line,
                "",
                "",
                f"is the row of line {first[rest].line} again, but for the key",
            )
        first.setdefault(rest, record)


def _order(table: str, records: list[Record], key: str) -> Iterator[Problem]:
    numbered = [match for record in records if (match := _NUMBERED.fullmatch(record[key]))]
    if len(numbered) == len(records):
        for i, (record, match) in enumerate(zip(records, numbered, strict=True), 1):
            if match[2] != f"{i:04}":
                yield record.problem(
                    key,
                    f"is out of order, or a row before it is gone: {match[1]}-{i:04} belongs here",
                )
                return
    elif table in SORTED:
        for before, record in zip(records, records[1:], strict=False):
            if record[key] < before[key]:
                yield record.problem(key, f"is out of order: it comes before {before[key]}")
