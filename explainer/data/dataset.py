"""The data as it lies in the files: with line numbers, which problems name, and no pandas."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from explainer.data.evidence import Fingerprint, short_digest

Value = TypeVar("Value")
DESCRIPTOR = "datapackage.json"
TYPES = ("string", "integer", "number", "date")
ARTICLE, CONTEXT = "article", "context"  # the tiers of sources
GENERATED = ("coverage", "corruption")  # tables that a command of ours writes
OF_READING = ("readings", "answers", "corruption")  # tables of how the others were read and tried
WITHOUT_IDS = (*GENERATED, "readings", "answers")  # their first column names rows of other tables
OPEN = "?"  # a cell that a draft leaves to a person
_ENCODE = json.JSONEncoder().encode  # `json.dumps` looks at nine options for each of 6,000 rows
_SHOWN = 60  # characters of a value in a message
_WINDOWS = (
    "has Windows line ends, and the check compares bytes: lines end in LF alone. Where git or an "
    "unpacking program changed the whole folder, get it again: git clone -c core.autocrlf=false"
)


@dataclass(frozen=True)
class Problem:
    """Something wrong, and where; it prints as one line: file, line, column, value, message."""

    file: str
    line: int | None
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        value = self.value if len(self.value) <= _SHOWN else self.value[: _SHOWN - 1] + "…"
        said = " ".join(part for part in (value, self.message) if part)
        text = ": ".join(part for part in (place, self.column, said) if part)
        return "".join(repr(c)[1:-1] if unicodedata.category(c)[0] == "C" else c for c in text)


class Record(dict[str, str]):
    """One row: its cells by column, its table, and the file and line on which it begins."""

    __slots__ = ("table", "file", "line")

    def __init__(self, cells: dict[str, str], table: str, file: str, line: int):
        super().__init__(cells)
        self.table, self.file, self.line = table, file, line

    def problem(self, column: str, message: str) -> Problem:
        """Return the problem that `message` tells of the cell in `column`."""
        return Problem(self.file, self.line, column, self.get(column, ""), message)

    @property
    def key(self) -> str:
        """The value of the row's first column, which is its id wherever rows have one."""
        return next(iter(self.values()), "")

    @property
    def digest(self) -> str:
        """Ten hexadecimal digits of all cells but the note and what supersedes the row."""
        return self._digest("note", "superseded_by")

    @property
    def whole(self) -> str:
        """Ten hexadecimal digits of all cells, notes too: all but what supersedes the row."""
        return self._digest("superseded_by")

    def _digest(self, *apart: str) -> str:
        cells = [(c, v) for c in _in_order(tuple(self), apart) if (v := self[c])]
        return short_digest(_ENCODE([self.table, cells]))


@lru_cache
def _in_order(columns: tuple[str, ...], apart: tuple[str, ...]) -> list[str]:
    return sorted(set(columns) - {*apart})


@dataclass(frozen=True)
class Ledger:
    """Digests of the rows of the newest release, and of the tables that commands write."""

    version: str = ""
    rows: dict[str, str] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Dataset:
    """All that the check looks at: descriptor, rows, fingerprints and any articles at hand."""

    folder: Path
    package: dict[str, Any]
    tables: dict[str, list[Record]]
    fingerprints: dict[str, Fingerprint] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    ledger: Ledger | None = None
    made: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What several rules read and one of them has made, by its name."""

    def live(self, table: str) -> list[Record]:
        """Return the rows of a table that no other row supersedes, none if there is no table."""
        return [row for row in self.tables.get(table, ()) if not row.get("superseded_by")]

    def by_key(self, table: str) -> dict[str, Record]:
        """Return the rows of a table that no other row supersedes by their key."""
        return {row.key: row for row in self.live(table)}

    def articles(self) -> list[Record]:
        """Return the rows of `sources` that are articles, no pages of the record beyond them."""
        return [row for row in self.live("sources") if row.get("tier") != CONTEXT]

    def every(self) -> Iterator[Record]:
        """Yield the rows of all tables of facts that no other row supersedes."""
        for table in self.tables:
            yield from self.live(table) if table not in OF_READING else ()

    def resource(self, table: str) -> dict[str, Any]:
        """Return a table's entry in the descriptor."""
        return next(r for r in self.package["resources"] if r["name"] == table)

    def columns(self, table: str) -> list[dict[str, Any]]:
        """Return the fields of a table, as the descriptor has them."""
        fields: list[dict[str, Any]] = self.resource(table)["schema"]["fields"]
        return fields

    def codes(self, table: str, column: str) -> list[dict[str, Any]]:
        """Return the codes of a column, as the descriptor has them: none if it has none."""
        return next((f.get("codes", []) for f in self.columns(table) if f["name"] == column), [])


def gathered(make: Callable[[Dataset], Value]) -> Callable[[Dataset], Value]:
    """Make something from data once, however many rules read it."""
    name = make.__qualname__

    def made(data: Dataset) -> Value:
        if name not in data.made:
            data.made[name] = make(data)
        value: Value = data.made[name]
        return value

    return made


@gathered
def labels(data: Dataset) -> dict[tuple[str, str], dict[str, str]]:
    """Return {table and column: {code: its label}} of all columns that have codes."""
    return {
        (table, column["name"]): {code["code"]: code["label"] for code in column["codes"]}
        for table in data.tables
        for column in data.columns(table)
        if column.get("codes")
    }


def read(folder: Path) -> tuple[Dataset | None, list[Problem]]:
    """Read the descriptor and all files of `folder`. Return the data or None, and problems."""
    name = f"{folder.name}/{DESCRIPTOR}"
    try:
        content = (folder / DESCRIPTOR).read_bytes()
        if b"\r" in content:
            raise ValueError(_WINDOWS)
        package = json.loads(content.decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        return None, [Problem(name, None, "", "", reason(error))]
    if problems := [Problem(name, None, "", "", message) for message in _unusable(package)]:
        return None, problems
    tables, problems = {}, []
    for resource in package["resources"]:
        text, found = _content(folder, resource["path"])
        problems += found
        if text is not None:
            tables[resource["name"]], found = rows(
                text, resource, f"{folder.name}/{resource['path']}"
            )
            problems += found
    known = {resource["path"] for resource in package["resources"]}
    problems += [
        Problem(f"{folder.name}/{path.name}", None, "", "", f"is not in {DESCRIPTOR}")
        for path in sorted(folder.glob("*.csv"))
        if path.name not in known
    ]
    return Dataset(folder, package, tables), problems


def rows(content: str, resource: dict[str, Any], file: str) -> tuple[list[Record], list[Problem]]:
    """Return the rows of a CSV file's text, and what is wrong with its header and lines."""
    columns = [f["name"] for f in resource["schema"]["fields"]]
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    found, problems, line = [], [], 1
    try:
        header = next(reader, [])
        if header != columns:
            wrong = f"the columns are {','.join(header)}; they should be {','.join(columns)}"
            return [], [Problem(file, 1, "", "", wrong)]
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(columns):
                row = dict(zip(columns, cells, strict=True))
                found.append(Record(row, resource["name"], file, line))
            else:
                wrong = f"{len(cells)} cells instead of {len(columns)}"
                problems.append(Problem(file, line, "", "", wrong))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(file, line, "", "", f"is not CSV: {error}"))
    return found, problems


def _content(folder: Path, path: str) -> tuple[str | None, list[Problem]]:
    file = f"{folder.name}/{path}"
    try:
        content = (folder / path).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return None, [Problem(file, None, "", "", reason(error))]
    problems = []
    if content.startswith("\ufeff"):
        problems.append(Problem(file, 1, "", "", "begins with a byte-order mark"))
        content = content[1:]
    if "\r" in content:
        line = content.count("\n", 0, content.index("\r")) + 1
        problems.append(Problem(file, line, "", "", "has a carriage return: lines end in LF alone"))
        content = content.replace("\r\n", "\n").replace("\r", "\n")
    if not content.endswith("\n") or content.endswith("\n\n"):
        line = content.count("\n") + 1
        problems.append(Problem(file, line, "", "", "does not end in one line end"))
    return content, problems


def reason(error: Exception) -> str:
    """Return in words why a file could not be read."""
    if isinstance(error, UnicodeDecodeError):
        return f"is not UTF-8 (byte {error.start + 1})"
    if isinstance(error, FileNotFoundError):
        return "is missing"
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror}"
    json_error = isinstance(error, (json.JSONDecodeError, RecursionError))
    return f"is not JSON: {error}" if json_error else str(error)


def _unusable(package: Any) -> Iterator[str]:
    """Yield what keeps the check from using the descriptor at all."""
    try:
        names = {r["name"] for r in package["resources"]}
        for resource in package["resources"]:
            name, schema = resource["name"], resource["schema"]
            fields = {f["name"]: f for f in schema["fields"]}
            for column, description in fields.items():
                if (kind := description["type"]) not in TYPES:
                    yield f"{name}.{column}: type {kind} is none of {', '.join(TYPES)}"
                constraints = description.get("constraints", {})
                re.compile(constraints.get("pattern", ""))
                if [c["code"] for c in description.get("codes", [])] != constraints.get("enum", []):
                    yield f"{name}.{column}: `codes` and `constraints.enum` differ"
            foreign, unique = schema.get("foreignKeys", []), schema.get("uniqueKeys", [])
            noted = schema.get("uniqueUnlessNoted", [])
            keys = [
                *key_columns(resource),
                *(k["fields"] for k in foreign),
                *chain(*unique, *noted),
            ]
            for part in chain(*(rule.values() for rule in schema.get("dependencies", []))):
                keys += part
            for rule in schema.get("conditions", []):
                patterns = rule["if"] | rule["then"]
                keys += [column for column in patterns if re.compile(patterns[column])]
            missing = (f"names the column {key}" for key in keys if key not in fields)
            tables = (k["reference"]["resource"] for k in foreign)
            no_table = (f"refers to {table}" for table in tables if table not in names | {""})
            yield from (
                f"{name}: a key {what}, which is not there" for what in (*missing, *no_table)
            )
            if Path(resource["path"]).name != resource["path"]:
                yield f"{name}: path {resource['path']} leads out of the folder"
    except (KeyError, TypeError, AttributeError, re.error) as error:
        yield f"is not a Data Package of tables: {type(error).__name__}: {error}"


def key_columns(resource: dict[str, Any]) -> list[str]:
    """Return the columns of a resource's primary key."""
    key = resource["schema"]["primaryKey"]
    return [key] if isinstance(key, str) else list(key)
