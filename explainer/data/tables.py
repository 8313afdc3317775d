"""The data as typed tables: `data/datapackage.json` and the CSVs beside it, read once, frozen."""

import json
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from explainer.data.dataset import ARTICLE, CONTEXT
from explainer.data.tracking import NOTED
from explainer.paths import DATA


@dataclass(frozen=True, eq=False)  # compared and hashed as one object: frames have no truth value
class Tables:
    """One DataFrame for each file of the descriptor, rows in file order. Text is `str` with "" for
    an empty cell, integers `Int64`, codes an ordered `Categorical` in the descriptor's order,
    `sources.published` `datetime64`. `sources` has the articles, `pages` the context pages of that
    file, so that no count of articles can take one in.
    """

    sources: pd.DataFrame
    pages: pd.DataFrame
    people: pd.DataFrame
    places: pd.DataFrame
    troops: pd.DataFrame
    attacks: pd.DataFrame
    quantities: pd.DataFrame
    events: pd.DataFrame
    mentions: pd.DataFrame
    statements: pd.DataFrame
    wording: pd.DataFrame
    links: pd.DataFrame
    topics: pd.DataFrame
    disagreements: pd.DataFrame
    record: pd.DataFrame
    comparisons: pd.DataFrame
    set_aside: pd.DataFrame
    corrections: pd.DataFrame
    agreement: pd.DataFrame
    readings: pd.DataFrame
    answers: pd.DataFrame
    coverage: pd.DataFrame
    corruption: pd.DataFrame
    descriptor: dict[str, Any]

    def __getattribute__(self, name: str) -> Any:
        """Return an attribute, and note of which file it is: what a page was made from."""
        if name in _FILES:
            NOTED.add(_FILES[name])
        return object.__getattribute__(self, name)

    def schema(self, table: str) -> dict[str, Any]:
        """Return the descriptor's resource for `table`. KeyError if there is none."""
        return resource(self.descriptor, table)

    def labels(self, table: str, column: str) -> dict[str, str]:
        """Return {code: label} of a coded column, in the descriptor's order."""
        return {code["code"]: code["label"] for code in field(self.schema(table), column)["codes"]}


NAMES = tuple(f.name for f in fields(Tables) if f.name not in ("descriptor", "pages"))
_FILES = {name: f"data/{name}.csv" for name in NAMES} | {"pages": "data/sources.csv"}


def descriptor(data: Path = DATA) -> dict[str, Any]:
    """Read the Data Package descriptor of the folder `data`."""
    package: dict[str, Any] = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    return package


def resource(package: dict[str, Any], table: str) -> dict[str, Any]:
    """Return the resource called `table`. KeyError if there is none."""
    return _named(package["resources"], table, "table")


def field(schema: dict[str, Any], column: str) -> dict[str, Any]:
    """Return the field called `column` of a resource. KeyError if there is none."""
    return _named(schema["schema"]["fields"], column, "column")


def _named(entries: list[dict[str, Any]], name: str, what: str) -> dict[str, Any]:
    for entry in entries:
        if entry["name"] == name:
            return entry
    raise KeyError(f"datapackage.json has no {what} {name!r}")


def key(schema: dict[str, Any]) -> str:
    """Return the name of a resource's primary key column, "" where several are the key."""
    primary = schema["schema"]["primaryKey"]
    return primary if isinstance(primary, str) else ""


def load(data: Path = DATA, superseded: bool = False) -> Tables:
    """Read all tables of the folder `data`, which `explainer.check.run` has found valid, without
    the rows that others supersede unless `superseded`.
    """
    package = descriptor(data)
    frames = {name: _read(data, resource(package, name)) for name in NAMES}
    tables = Tables(**{**frames, **_apart(frames["sources"])}, descriptor=package)
    return tables if superseded else _current(tables)


@cache
def history() -> Tables:
    """Return the tables of this repository with the superseded rows, read once in a process."""
    return load(superseded=True)


@cache
def book() -> Tables:
    """Return the tables of this repository, made once in a process."""
    return _current(history())


def _current(tables: Tables) -> Tables:
    """Return tables without the rows that others supersede."""
    frames = {name: getattr(tables, name) for name in NAMES}
    current = {
        name: frame[frame["superseded_by"] == ""].reset_index(drop=True)
        for name, frame in frames.items()
        if "superseded_by" in frame
    }
    return replace(tables, **current)


def _apart(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the rows of `sources.csv` as two tables: the articles, and the context pages."""
    articles, others = (
        frame[frame["tier"] == tier].reset_index(drop=True) for tier in (ARTICLE, CONTEXT)
    )
    published = pd.to_datetime(articles["published"], format="%Y-%m-%d")
    return {"sources": articles.assign(published=published), "pages": others}


def _read(data: Path, schema: dict[str, Any]) -> pd.DataFrame:
    frame = pd.read_csv(data / schema["path"], dtype=str, keep_default_na=False, encoding="utf-8")
    for column in schema["schema"]["fields"]:
        name, kind = column["name"], column["type"]
        if kind in ("integer", "number"):
            numbers = pd.to_numeric(frame[name].replace("", None))
            frame[name] = numbers.astype("Int64" if kind == "integer" else "Float64")
        elif kind == "date":
            frame[name] = pd.to_datetime(frame[name], format="%Y-%m-%d")
        elif "codes" in column:
            codes = [code["code"] for code in column["codes"]]
            held = frame[name].where(frame[name] != "")
            frame[name] = pd.Categorical(held, categories=codes, ordered=True)
    return frame
