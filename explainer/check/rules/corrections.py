"""Corrections: each superseded row has its date and reason, and none is claimed that was not made."""

from collections.abc import Iterator

from explainer.data.dataset import Dataset, Problem


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
    for entry in told:
        if entry["row"] not in replaced:
            yield entry.problem("row", "is no row that another supersedes")


def order(data: Dataset) -> Iterator[Problem]:
    """Corrections stand in order of time, and none belongs to a version that is not there yet."""
    told = data.tables.get("corrections", [])
    for before, entry in zip(told, told[1:], strict=False):
        if entry["date"] < before["date"]:
            yield entry.problem("date", f"is before the correction above it, of {before['date']}")
        if _parts(entry["version"]) < _parts(before["version"]):
            yield entry.problem(
                "version", f"is before that of the correction above it, {before['version']}"
            )
    for entry in told:
        if _parts(entry["version"]) > _parts(data.package.get("version", "")):
            yield entry.problem(
                "version", f"is later than that of the data, {data.package.get('version')}"
            )


def _parts(version: str) -> tuple[int, ...]:
    """Return a version as numbers, so that 1.10.0 comes after 1.9.0."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())
