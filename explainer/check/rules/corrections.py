"""Corrections: each superseded row has its day and reason, and no other is told of."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from explainer.check.ledger import numbers
from explainer.data.changelog import MADE, line
from explainer.data.dataset import WITHOUT_IDS, Dataset, Problem, Record
from explainer.data.evidence import share

# What a row has in common with the one in its place, but for its keys.
_SAME = ("row", "title", "locator", "text", "referent")


def entries(data: Dataset) -> Iterator[Problem]:
    """Every superseded row has its line in the corrections, and every line its superseded row."""
    replaced, told = {row.key: row for row in _superseded(data)}, data.tables.get("corrections", [])
    kept = {row.key for rows in data.tables.values() for row in rows if "superseded_by" not in row}
    for key in replaced.keys() - {entry["row"] for entry in told}:
        how = "corrections.csv has no line with the day and the reason"
        yield replaced[key].problem("superseded_by", f"corrects {key}, and {how}")
    for entry in told:
        if entry["row"] not in replaced.keys() | kept:
            what = "is no row that another supersedes, and none of a table that is"
            yield entry.problem("row", f"{what} corrected in place")


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
    """The row in a row's place is a later one of the same article, about the same: it shares a
    reference, or words of the evidence. A row that names itself is withdrawn.
    """
    tables = [rows for table, rows in data.tables.items() if table not in WITHOUT_IDS]
    rows = {row.key: row for table in tables for row in table}
    for row in _superseded(data):
        later, wrong = rows.get(row["superseded_by"], row), ""
        keys = [c for c in row if c.endswith(("_id", "_event")) and c != "source_id"]
        same = any(row.get(c) and row[c] == later.get(c) for c in (*keys, *_SAME))
        if (len(later.key), later.key) < (len(row.key), row.key):  # dis-9999 before dis-10000
            wrong = "is not a later row"
        elif later.get("source_id") != row.get("source_id"):
            wrong = "is a row of another article"
        elif not same and not share(row.get("evidence", ""), later.get("evidence", "")):
            wrong = "is a row about something else: it shares neither a reference nor words"
        if wrong and later is not row:
            yield row.problem("superseded_by", wrong)


def order(data: Dataset) -> Iterator[Problem]:
    """Corrections stand in order of time, and none belongs to a version that is not there yet."""
    told, version = data.tables.get("corrections", []), data.package.get("version", "")
    today = date.today().isoformat()
    for before, entry in zip([*told[:1], *told], told, strict=False):
        if entry["date"] < before["date"]:
            yield entry.problem("date", f"is before the correction above it, of {before['date']}")
        if numbers(entry["version"]) < numbers(before["version"]):
            above = f"that of the correction above it, {before['version']}"
            yield entry.problem("version", f"is before {above}")
        if entry["date"] > today:
            yield entry.problem("date", "has not come yet")
        if numbers(entry["version"]) > numbers(version):
            yield entry.problem("version", f"is later than that of the data, {version}")
