"""What changed between two versions of the data, in words."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from explainer.data import dataset
from explainer.data.dataset import GENERATED, Dataset, Record, key_columns

# what names a row to a reader, the best first
_WORDS = ("evidence", "text", "headline", "title", "question", "name", "reason")
_QUOTED = ("evidence", "text", "headline")
_LINKS = {  # column: the table that it leads to, and what a row of that is called by
    **dict.fromkeys(("person_id", "via_person_id"), ("people", "name")),
    **dict.fromkeys(("event_id", "from_event", "to_event"), ("events", "title")),
    "topic_id": ("topics", "question"),
}


def read(folder: Path) -> Dataset:
    """Return the data of a folder. ValueError if it cannot be read."""
    data, problems = dataset.read(folder)
    if data is None or problems:  # each begins with the folder's name
        raise ValueError(f"{folder}/{str(problems[0]).partition('/')[2]}")
    return data


def changes(old: Dataset, new: Dataset) -> list[str]:
    """Return one line for each change from `old` to `new`, and a line that sums them up.

    Tables that a command makes from the others are left out. The order of rows is no change.
    """
    lines, counts = [], Counter[str]()
    before, after = (d.package.get("version", "no version") for d in (old, new))
    if before != after:
        lines.append(f"Version {before} became {after}.")
    for name in dict.fromkeys([*old.tables, *new.tables]):
        if name not in GENERATED:
            for kind, line in _table(name, old, new):
                counts[kind] += 1
                lines.append(line)
    rows = sum(len(records) for name, records in new.tables.items() if name not in GENERATED)
    if not lines:
        return [f"Nothing changed: {rows} rows are the same."]
    kinds = ("corrected", "changed", "added", "removed")
    total = ", ".join(f"{counts[kind]} {kind}" for kind in kinds if counts[kind])
    return [plain(line) for line in [*lines, f"Rows: {total or 'none changed'}; {rows} in all."]]


def _table(name: str, old: Dataset, new: Dataset) -> Iterator[tuple[str, str]]:
    if name not in old.tables or name not in new.tables:
        there, state = (new, "new") if name in new.tables else (old, "gone")
        is_now = f"is {state}, with {len(there.tables[name])} rows"
        yield "table", f"{_title(there, name)}: the table {name} {is_now}."
        return
    columns = [[column["name"] for column in data.columns(name)] for data in (old, new)]
    for column in dict.fromkeys(columns[0] + columns[1]):
        if (column in columns[0]) != (column in columns[1]):
            state = "new" if column in columns[1] else "gone"
            yield "column", f"{_title(new, name)}: the column {column} is {state}."
    both = set(columns[0]) & set(columns[1])
    was, now = _keyed(old, name), _keyed(new, name)
    instead = {
        key: row["superseded_by"]
        for key, row in now.items()
        if row.get("superseded_by") and key in was and not was[key].get("superseded_by")
    }
    for key in dict.fromkeys([*was, *now]):
        if key in instead and instead[key] in now:
            yield "corrected", _corrected(old, new, was[key], now[instead[key]], key)
        elif key not in now:
            yield "removed", f"{_place(old, was[key])} was removed{_said(was[key])}."
        elif key not in was:
            told = name == "corrections" and _told(old, now[key]["row"])
            if key not in instead.values() and not told:
                yield "added", f"{_place(new, now[key])} was added{_said(now[key])}."
        elif cells := _cells(old, new, was[key], now[key], both):
            yield "changed", f"{_place(new, now[key])}: {cells}{_said(now[key])}."


def _told(old: Dataset, key: str) -> bool:
    """Return whether a correction is told with the row it corrects, which `old` has as it was."""
    return any(row.key == key for table in old.tables for row in old.live(table))


def _keyed(data: Dataset, name: str) -> dict[str, Record]:
    return {_key(data, record): record for record in data.tables[name]}


def _key(data: Dataset, record: Record) -> str:
    return " + ".join(record[column] for column in key_columns(data.resource(record.table)))


def _corrected(old: Dataset, new: Dataset, was: Record, now: Record, key: str) -> str:
    entry = next((e for e in new.tables.get("corrections", ()) if e["row"] == key), None)
    why = f" Reason, of {entry['date']}: {entry['reason'].rstrip('.')}." if entry else ""
    if now.key == key:
        return f"{_place(old, was)} was withdrawn{_said(was)}.{why}"
    columns = set(was) & set(now) - {"superseded_by", "note", next(iter(was))}
    cells = _cells(old, new, was, now, columns) or "only the id"
    return f"{_place(old, was)} was corrected and is now {now.key}: {cells}{_said(now)}.{why}"


def _cells(old: Dataset, new: Dataset, was: Record, now: Record, columns: set[str]) -> str:
    """Return 'Count changed from about 2,500 to …' for each cell that differs, in order."""
    titles = {c["name"]: c.get("title", c["name"]) for c in new.columns(now.table)}
    return "; ".join(
        f"{titles[column]} changed from {_value(old, was, column)} to {_value(new, now, column)}"
        for column in titles
        if column in columns and was[column] != now[column]
    )


def _value(data: Dataset, record: Record, column: str) -> str:
    """Return a cell as a reader says it: a code's label, a key's name, a hedged number."""
    value = record[column]
    if value == "":
        return "nothing"
    if column in _LINKS:
        table, name = _LINKS[column]
        rows = (row for row in data.tables.get(table, ()) if row.key == value)
        value = next((row.get(name, value) for row in rows), value)
    value = _label(data, record, column, value)
    if column in _QUOTED:
        return f"“{value}”"
    if column in ("count", "value") and value.isdigit():
        exact = record.get("qualifier") == "exact"
        hedge = "" if exact else _label(data, record, "qualifier", "")
        return f"{hedge} {int(value):,}".strip()
    return value


def _label(data: Dataset, record: Record, column: str, default: str) -> str:
    """Return the label of the code in a cell, `default` where there is none."""
    codes = (
        c["label"] for c in data.codes(record.table, column) if c["code"] == record.get(column)
    )
    return next(codes, default)


def _place(data: Dataset, record: Record) -> str:
    sources = data.tables.get("sources", ()) if record.table != "sources" else ()
    source = next((s for s in sources if s["source_id"] == record.get("source_id")), None)
    told = f" in the report of {source['outlet']} ({source['published']})" if source else ""
    return f"{_title(data, record.table)}: {_key(data, record)}{told}"


def _said(record: Record) -> str:
    column = next((c for c in _WORDS if record.get(c)), "")
    said = f"“{record[column]}”" if column in _QUOTED else record.get(column, "")
    return f" ({said})" if said else ""


def _title(data: Dataset, name: str) -> str:
    return str(data.resource(name).get("title", name))


def plain(line: str) -> str:
    """Return a line in which no character of the data drives the terminal or breaks the line."""
    return "".join(
        repr(c)[1:-1] if unicodedata.category(c)[0] in "CZ" and c != " " else c for c in line
    )
