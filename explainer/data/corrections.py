"""What was corrected, in which version: from `corrections.csv`, old rows and `CHANGELOG.md`."""

import re
from dataclasses import dataclass

from explainer.data.changelog import MADE, line
from explainer.data.rows import Row, rows
from explainer.data.tables import NAMES, Tables
from explainer.data.tables import history as history  # the chapter takes it from here
from explainer.paths import CHANGELOG

_HEADING = re.compile(r"## (\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)")


@dataclass(frozen=True)
class Correction:
    """The row that was wrong, the one in its place, if any, why, the day and the version."""

    id: str
    date: str
    version: str
    old: Row
    new: Row | None
    reason: str

    @property
    def in_place(self) -> bool:
        """Whether the row itself was changed: one of a table that keeps no superseded rows."""
        return self.new == self.old


@dataclass(frozen=True)
class Release:
    """One version in the changelog: its day (YYYY-MM-DD) and its lines under each heading."""

    version: str
    date: str
    sections: dict[str, list[str]]

    @property
    def anchor(self) -> str:
        """The anchor of the version in the page of corrections."""
        return "version-" + self.version.replace(".", "-")


def followed(tables: Tables) -> dict[str, str]:
    """Return {id of a superseded row: id of the row in its place, its own if withdrawn}."""
    found: dict[str, str] = {}
    for frame in (getattr(tables, name) for name in NAMES):
        if "superseded_by" in frame:
            found |= frame[frame["superseded_by"] != ""].set_index("id")["superseded_by"]
    return found


def corrections(tables: Tables) -> list[Correction]:
    """Return the corrections in order of time. `tables` has to hold the superseded rows."""
    held, follows, found = rows(tables), followed(tables), []
    for c in tables.corrections.itertuples():
        new = None if follows.get(c.row) == c.row else held[follows.get(c.row, c.row)]
        day = f"{c.date:%Y-%m-%d}"
        found.append(Correction(c.id, day, c.version, held[c.row], new, c.reason))
    return found


def releases(changelog: str) -> list[Release]:
    """Return a changelog's versions, newest first. ValueError where a heading names none."""
    found: list[Release] = []
    section: list[str] = []
    for number, one in enumerate(changelog.splitlines(), 1):
        if one.startswith("## "):
            heading = _HEADING.fullmatch(one)
            if not heading:
                form = "is not of the form ## 1.0.0 (2026-01-31)"
                raise ValueError(f"CHANGELOG.md:{number}: {one} {form}")
            found.append(Release(heading[1], heading[2], {}))
        elif one.startswith("### ") and found:
            section = found[-1].sections.setdefault(one.removeprefix("### "), [])
        elif one.startswith("- ") and found:
            section.append(one.removeprefix("- "))
        elif one.startswith("  ") and found and section:
            section[-1] += " " + one.strip()
    return found


def dates(tables: Tables) -> tuple[str, str]:
    """Return the days (YYYY-MM-DD) of first publication and last change: none of a clock."""
    versions = releases(CHANGELOG.read_text(encoding="utf-8"))
    changed = [f"{day:%Y-%m-%d}" for day in tables.corrections["date"]]
    return versions[-1].date, max([versions[0].date, *changed])


def written(changelog: str, made: list[Correction]) -> str:
    """Return the changelog with a line for each correction. ValueError where none can stand."""
    lines = [one for one in changelog.splitlines() if not one.startswith(MADE)]
    for correction in reversed(made):
        now = correction.new.id if correction.new else ""
        told = line(correction.date, correction.old.id, now, correction.reason)
        lines.insert(_data_section(lines, correction.version) + 1, told)
    return "\n".join(lines) + "\n"


def _data_section(lines: list[str], version: str) -> int:
    inside = False
    for i, one in enumerate(lines):
        if one.startswith("## "):
            inside = one.startswith(f"## {version} ")
        if inside and one == "### Data":
            return i
    why = "the corrections of that version belong there"
    raise ValueError(f"CHANGELOG.md: has no section ### Data under ## {version}: {why}")
