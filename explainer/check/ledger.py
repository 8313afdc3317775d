"""What was published and what commands wrote: digests by which a change in silence shows."""

from collections.abc import Iterator
from pathlib import Path

from explainer.data.dataset import (
    GENERATED,
    WITHOUT_IDS,
    Dataset,
    Ledger,
    Problem,
    Record,
    key_columns,
)
from explainer.data.evidence import short_digest
from explainer.data.files import replace

RELEASES = "releases"  # folder of one file a version: a row id and its digest a line
TABLES = "generated.txt"  # a table that a command writes and its digest a line
_COMMANDS = {
    "coverage": "audit --articles DIR --write",
    "corruption": "corruption --write",
    "answers": "read",
    "readings": "read",
}


def read(folder: Path) -> Ledger:
    """Return the ledger of a folder. ValueError where a file is not as it would be written."""
    versions = sorted((folder / RELEASES).glob("*.txt"), key=lambda path: numbers(path.stem))
    rows = _read(versions[-1]) if versions else {}
    tables = _read(folder / TABLES) if (folder / TABLES).exists() else {}
    for path in versions:
        if tables.get(f"{RELEASES}/{path.stem}") != _digest_of_file(path):
            raise ValueError(f"{RELEASES}/{path.name}: is not as 'explainer publish' wrote it")
    return Ledger(versions[-1].stem if versions else "", rows, tables)


def publish(folder: Path, data: Dataset) -> Path:
    """Write all rows' digests as those of the data's version; ValueError where it has others."""
    path = folder / RELEASES / f"{data.package['version']}.txt"
    text = "".join(f"{key} {digest}\n" for key, digest in sorted(digests(data).items()))
    if path.exists() and path.read_text(encoding="utf-8") != text:
        how = "this version is published, and otherwise: raise the version in datapackage.json"
        raise ValueError(f"{path.name}: {how}")
    path.parent.mkdir(exist_ok=True)
    replace(path, text)
    _note(folder, f"{RELEASES}/{path.stem}", _digest_of_file(path))
    return path


def write_table(folder: Path, data: Dataset, name: str) -> None:
    """Write the digest of a table that a command has just made, as it is in `data`."""
    _note(folder, name, digest_of(data.tables[name]))


def _note(folder: Path, name: str, digest: str) -> None:
    known = _read(folder / TABLES) if (folder / TABLES).exists() else {}
    known[name] = digest
    replace(folder / TABLES, "".join(f"{name} {known[name]}\n" for name in sorted(known)))


def digests(data: Dataset) -> dict[str, str]:
    """Return {row id: digest} of every row that has an id, superseded ones included."""
    keyed = [r["name"] for r in data.package["resources"] if len(key_columns(r)) == 1]
    tables = [data.tables.get(name, ()) for name in keyed if name not in GENERATED]
    return {row.key: row.digest for rows in tables for row in rows}


def digest_of(rows: list[Record]) -> str:
    """Return the digest of a whole table."""
    return short_digest(" ".join(row.digest for row in rows))


def frozen(data: Dataset) -> Iterator[Problem]:
    """A published row stays as it was: a new row, with day and reason, corrects what was wrong."""
    ledger = data.ledger or Ledger()
    tables = [rows for name, rows in data.tables.items() if name not in WITHOUT_IDS]
    now = {row.key: row for rows in tables for row in rows}
    told, version = data.tables.get("corrections", ()), numbers(ledger.version)
    corrected = {row["row"] for row in told if numbers(row["version"]) > version}
    changed = f"is not as version {ledger.version} published it"
    for key, digest in ledger.rows.items():
        if (row := now.get(key)) is None:
            gone = f"was published in version {ledger.version} and is gone: a row is corrected"
            yield Problem(data.folder.name, None, "", key, f"{gone}, never taken out")
        elif row.digest != digest and "superseded_by" in row:
            how = "put it back, add the right row under a new id, name that in `superseded_by`"
            yield row.problem(next(iter(row)), f"{changed}: {how} and tell why in corrections.csv")
        elif row.digest != digest and key not in corrected:
            how = "corrections.csv has no line of a later version with the day and the reason"
            yield row.problem(next(iter(row)), f"{changed}: {how}")


def generated(data: Dataset) -> Iterator[Problem]:
    """A table that a command writes, or that was counted once, is as it was written."""
    for name, digest in (data.ledger or Ledger()).tables.items():
        if name in data.tables and digest_of(data.tables[name]) != digest:
            what = "was counted once, from two readings: nothing changes it: put it back"
            if command := _COMMANDS.get(name):
                what = f"was changed by hand: 'python -m explainer {command}' writes it"
            yield Problem(f"{data.folder.name}/{name}.csv", None, "", "", what)


def numbers(version: str) -> tuple[int, ...]:
    """Return a version as numbers, so that 1.10.0 comes after 1.9.0."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _read(path: Path) -> dict[str, str]:
    lines = [line.split(" ") for line in path.read_text(encoding="utf-8").splitlines()]
    if any(len(line) != 2 for line in lines):
        raise ValueError(f"{path.name}: each line is a name, a space and a digest")
    return {name: digest for name, digest in lines}


def _digest_of_file(path: Path) -> str:
    return short_digest(path.read_bytes().decode("utf-8"))
