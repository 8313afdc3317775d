"""What changed between two versions of the data, in words."""

import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

from explainer.data import dataset
from explainer.data.dataset import DESCRIPTOR, GENERATED, Dataset, Record, key_columns

_WORDS = (
    "evidence",
    "text",
    "headline",
    "title",
    "question",
    "name",
    "reason",
)  # what names a row to a reader, the best first
_QUOTED = ("evidence", "text", "headline")
_LINKS = (
    ("people", "person_id", "name"),
    ("events", "event_id", "title"),
    ("topics", "topic_id", "question"),
)
_MOST = 64 * 2**20  # bytes that an archive may unpack to


def read(place: Path) -> Dataset:
    """Return the data of a folder, or of a zip file with one. ValueError if it cannot be read."""
    if not place.is_file():
        return _folder(place, str(place))
    try:
        with zipfile.ZipFile(place) as archive, tempfile.TemporaryDirectory() as made:
            return _folder(_unpacked(archive, Path(made), place), str(place))
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:  # encrypted, cut off, an unknown method
        raise ValueError(f"{place}: is no zip file of data: {error}") from None


def _unpacked(archive: zipfile.ZipFile, folder: Path, place: Path) -> Path:
    """Write an archive's descriptor and the tables beside it into `folder`, by last name."""
    homes = sorted(
        (
            i.filename.removesuffix(DESCRIPTOR)
            for i in archive.infolist()
            if Path(i.filename).name == DESCRIPTOR
        ),
        key=len,
    )
    if not homes:
        raise ValueError(f"{place}: holds no {DESCRIPTOR}")
    inside = [
        i
        for i in archive.infolist()
        if i.filename.startswith(homes[0])
        and "/" not in i.filename[len(homes[0]) :]
        and i.filename.endswith((".csv", DESCRIPTOR))
    ]
    if sum(i.file_size for i in inside) > _MOST:
        raise ValueError(f"{place}: unpacks to more than {_MOST // 2**20} MiB")
    for info in inside:
        (folder / Path(info.filename).name).write_bytes(archive.read(info))
    return folder


def _folder(folder: Path, name: str) -> Dataset:
    data, problems = dataset.read(folder)
    if data is None or problems:
        told = str(problems[0])
        raise ValueError(
            f"{name}/{told.partition('/')[2]}"
            if told.startswith(f"{folder.name}/")
            else f"{name}: {told}"
        )
    return data


def changes(old: Dataset, new: Dataset) -> list[str]:
    """Return one line for each change from `old` to `new`, and a line that sums them up.

    Tables that a command makes from the others are left out. The order of rows is no change.
    """
    counts = dict.fromkeys(("added", "removed", "corrected", "changed"), 0)
    lines = []
    before, after = (
        old.package.get("version", "no version"),
        new.package.get("version", "no version"),
    )
    if before != after:
        lines.append(f"Version {before} became {after}.")
    for name in dict.fromkeys([*old.tables, *new.tables]):
        if name not in GENERATED:
            for kind, line in _table(name, old, new):
                counts[kind] = counts.get(kind, 0) + 1
                lines.append(line)
    rows = sum(len(records) for name, records in new.tables.items() if name not in GENERATED)
    if not lines:
        return [f"Nothing changed: {rows} rows are the same."]
    total = ", ".join(
        f"{count} {kind}"
        for kind in ("corrected", "changed", "added", "removed")
        if (count := counts[kind])
    )
    return [plain(line) for line in [*lines, f"Rows: {total or 'none changed'}; {rows} in all."]]


def _table(name: str, old: Dataset, new: Dataset) -> Iterator[tuple[str, str]]:
    if name not in old.tables or name not in new.tables:
        there = new if name in new.tables else old
        yield (
            "table",
            (
                f"{_title(there, name)}: the table {name}"
                f" {'is new' if there is new else 'is gone'}, with {len(there.tables[name])} rows."
            ),
        )
        return
    columns = [[column["name"] for column in data.columns(name)] for data in (old, new)]
    yield from (
        (
            "column",
            (
                f"{_title(new, name)}: the column {column} is"
                f" {'new' if column in columns[1] else 'gone'}."
            ),
        )
        for column in dict.fromkeys(columns[0] + columns[1])
        if (column in columns[0]) != (column in columns[1])
    )
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
        elif (
            key not in was
            and key not in instead.values()
            and not (name == "corrections" and _told(old, now[key]["row"]))
        ):
            yield "added", f"{_place(new, now[key])} was added{_said(now[key])}."
        elif key in was and (
            told := _cells(old, new, was[key], now[key], set(columns[0]) & set(columns[1]))
        ):
            yield "changed", f"{_place(new, now[key])}: {told}{_said(now[key])}."


def _told(old: Dataset, key: str) -> bool:
    """Return whether a correction is told with the row it corrects, which `old` has as it was."""
    return any(
        next(iter(row.values())) == key and not row.get("superseded_by")
        for rows in old.tables.values()
        for row in rows
    )


def _keyed(data: Dataset, name: str) -> dict[str, Record]:
    resource = next(r for r in data.package["resources"] if r["name"] == name)
    return {
        " + ".join(record[column] for column in key_columns(resource)): record
        for record in data.tables[name]
    }


def _corrected(old: Dataset, new: Dataset, was: Record, now: Record, key: str) -> str:
    after = next(iter(now.values()))
    entry = next((e for e in new.tables.get("corrections", ()) if e["row"] == key), None)
    why = f" Reason, of {entry['date']}: {entry['reason'].rstrip('.')}." if entry else ""
    cells = _cells(
        old, new, was, now, set(was) & set(now) - {"superseded_by", "note"} - {next(iter(was))}
    )
    if after == key:
        return f"{_place(old, was)} was withdrawn{_said(was)}.{why}"
    return (
        f"{_place(old, was)} was corrected and is now {after}:"
        f" {cells or 'only the id'}{_said(now)}.{why}"
    )


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
    for table, key, name in _LINKS:
        if (
            column.removeprefix("via_") == key
            or key == "event_id"
            and column in ("from_event", "to_event")
        ):
            value = next(
                (
                    row.get(name, value)
                    for row in data.tables.get(table, ())
                    if row.get(key) == value
                ),
                value,
            )
    value = next(
        (code["label"] for code in data.codes(record.table, column) if code["code"] == value), value
    )
    if column in _QUOTED:
        return f"“{value}”"
    if column in ("count", "value") and value.isdigit():
        hedge = next(
            (
                c["label"]
                for c in data.codes(record.table, "qualifier")
                if c["code"] == record.get("qualifier") != "exact"
            ),
            "",
        )
        return f"{hedge} {int(value):,}".strip()
    return value


def _place(data: Dataset, record: Record) -> str:
    key = " + ".join(
        record[column]
        for column in key_columns(
            next(r for r in data.package["resources"] if r["name"] == record.table)
        )
    )
    source = next(
        (
            s
            for s in data.tables.get("sources", ())
            if record.table != "sources" and s["source_id"] == record.get("source_id")
        ),
        None,
    )
    told = f" in the report of {source['outlet']} ({source['published']})" if source else ""
    return f"{_title(data, record.table)}: {key}{told}"


def _said(record: Record) -> str:
    column = next((c for c in _WORDS if record.get(c)), None)
    return (
        ""
        if column is None
        else f" (“{record[column]}”)"
        if column in _QUOTED
        else f" ({record[column]})"
    )


def _title(data: Dataset, name: str) -> str:
    return next(
        (r.get("title", name) for r in data.package["resources"] if r["name"] == name), name
    )


def plain(line: str) -> str:
    """Return a line in which no character of the data drives the terminal or breaks the line."""
    return "".join(
        repr(c)[1:-1] if unicodedata.category(c)[0] in "CZ" and c != " " else c for c in line
    )
