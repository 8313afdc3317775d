"""Corrections: each superseded row has its date and reason, and none is claimed that was not
made.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from explainer.check.ledger import numbers
from explainer.data.changelog import MADE, line
from explainer.data.dataset import Dataset, Problem, Record
from explainer.data.evidence import share


def entries(data: Dataset) -> Iterator[Problem]:
    """Every superseded row has its line in the corrections, and every line its superseded row."""
    replaced = {
        next(iter(row.values())): row
        for rows in data.tables.values()
        for row in rows
        if row.get("superseded_by")
    }
    told = data.tables.get("corrections", [])
    told_of = {entry["row"] for entry in told}
    for key, row in replaced.items():
        if key not in told_of:
            yield row.problem(
                "superseded_by",
                f"corrects {key}, and corrections.csv has no line with the day and the reason",
            )
    kept = {row.key for rows in data.tables.values() for row in rows if "superseded_by" not in row}
    for entry in told:
        if entry["row"] not in replaced and entry["row"] not in kept:
            yield entry.problem(
                "row",
                "is no row that another supersedes, and none of a table that is corrected in place",
            )


def told(data: Dataset) -> Iterator[Problem]:
    """The changelog beside the data tells of these corrections and of no others."""
    path = data.folder.parent / "CHANGELOG.md"
    now = {r.key: r["superseded_by"] * (r["superseded_by"] != r.key) for r in _superseded(data)}
    due = Counter(
        line(e["date"], e["row"], now.get(e["row"], e["row"]), e["reason"])
        for e in data.tables.get("corrections", ())
    )
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    there = Counter(one for one in lines if one.startswith(MADE))
    for one in (due - there) + (there - due) if lines else ():
        how = "is not what the corrections say: 'python -m explainer changelog --write'"
        yield Problem(path.name, None, "", one, how)


def _superseded(data: Dataset) -> list[Record]:
    return [r for rows in data.tables.values() for r in rows if r.get("superseded_by")]


def related(data: Dataset) -> Iterator[Problem]:
    """The row in a row's place is about the same: it shares a reference, or words of the
    evidence.
    """
    for resource in data.package["resources"]:
        rows = {row.key: row for row in data.tables.get(resource["name"], ())}
        keys = [
            k["fields"]
            for k in resource["schema"].get("foreignKeys", [])
            if k["fields"] not in ("source_id", "superseded_by")
        ]
        same = [*keys, "row", "title", "locator", "text", "referent"]
        for row in rows.values():
            later = rows.get(row.get("superseded_by", ""))
            if (
                later is not None
                and not any(row.get(c) and row[c] == later[c] for c in same)
                and not share(row.get("evidence", ""), later.get("evidence", ""))
            ):
                yield row.problem(
                    "superseded_by",
                    "is a row about something else: it shares neither a reference nor "
                    "words of the evidence",
                )


def order(data: Dataset) -> Iterator[Problem]:
    """Corrections stand in order of time, and none belongs to a version that is not there yet."""
    told = data.tables.get("corrections", [])
    for before, entry in zip(told, told[1:], strict=False):
        if entry["date"] < before["date"]:
            yield entry.problem("date", f"is before the correction above it, of {before['date']}")
        if numbers(entry["version"]) < numbers(before["version"]):
            yield entry.problem(
                "version", f"is before that of the correction above it, {before['version']}"
            )
    for entry in told:
        if entry["date"] > date.today().isoformat():
            yield entry.problem("date", "has not come yet")
        if numbers(entry["version"]) > numbers(data.package.get("version", "")):
            yield entry.problem(
                "version", f"is later than that of the data, {data.package.get('version')}"
            )
