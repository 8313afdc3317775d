"""A curator's script, read from Markdown and typed: the text, the command, the decisions, the rows."""

import csv
import io
import re
import shlex
import textwrap
from dataclasses import dataclass
from pathlib import Path

from repository import run

from explainer.data.dataset import OPEN
from explainer.paths import ROOT

GUIDE = "CONTRIBUTING.md"
SCRIPTS = sorted((Path(__file__).parent / "invented" / "scripts").glob("*.md"))


@dataclass(frozen=True)
class Script:
    """What a curator has and types for one article."""

    text: str
    command: list[str]
    decisions: list[list[str]]  # file, what the line holds, column, value
    rows: dict[str, list[str]]  # lines to add to a file

    @property
    def file(self) -> str:
        """The name of the article's file: what the command calls it."""
        return next(part for part in self.command if part.endswith(".txt"))

    @property
    def source(self) -> str:
        """The id of the article."""
        return self.file.removesuffix(".txt")


def script(path: Path) -> Script:
    """Read a script: of CONTRIBUTING.md the section on a new article."""
    markdown = path.read_text(encoding="utf-8")
    if path.name == GUIDE:
        markdown = markdown.partition("\n## Add an article\n")[2].partition("\n## ")[0]
    added: dict[str, list[str]] = {}
    for line in _block(markdown, "rows").splitlines():
        if re.fullmatch(r"data/\w+\.csv", line):
            added[line] = []
        else:
            added[list(added)[-1]].append(line)
    python, *command = shlex.split(_block(markdown, "sh").replace("\\\n", ""))
    assert python == ".venv/bin/python"
    decisions = list(csv.reader(_block(markdown, "csv").splitlines()))
    return Script(_block(markdown, "text"), command, decisions, added)


def scripts() -> list[Script]:
    """Return that of the guide and those of the invented articles."""
    return [script(path) for path in (ROOT / GUIDE, *SCRIPTS)]


def draft(tree: Path, typed: Script) -> str:
    """Save a text beside a copy of the book, and draft it; return what the command says."""
    folder = tree.parent / "articles"
    folder.mkdir(exist_ok=True)
    (folder / typed.file).write_text(typed.text, encoding="utf-8")
    there = [str(folder / typed.file) if a == typed.file else a for a in typed.command]
    return run(tree, *there)


def decide(tree: Path, typed: Script) -> None:
    """Type the decisions into the open cells, and the rows that the curator adds."""
    for name, holds, column, value in typed.decisions:
        head, *rows = csv.reader((tree / name).read_text(encoding="utf-8").splitlines())
        keyed = "source_id" in head
        at = head.index(column)
        before = list(csv.reader((ROOT / name).read_text(encoding="utf-8").splitlines()))
        own = (
            [row for row in rows if row[head.index("source_id")] == typed.source]
            if keyed
            else [row for row in rows if row not in before]
        )
        lines = [row for row in own if holds == row[0]]
        lines = lines or [row for row in own if any(holds in cell for cell in row)]
        assert len(lines) == 1, f"{name}: {holds}: {len(lines)} lines"
        was = lines[0][at]
        assert was != value, f"{name}: {holds}: {column} is {value} already"
        lines[0][at] = value
        _save(tree / name, head, rows)
    for name, lines in typed.rows.items():
        with (tree / name).open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)


def open_cells(tree: Path) -> list[str]:
    """Return the files and lines that hold an open cell."""
    found = []
    for path in sorted((tree / "data").glob("*.csv")):
        for number, row in enumerate(csv.reader(path.read_text(encoding="utf-8").splitlines()), 1):
            found += [f"{path.name}:{number}"] * row.count(OPEN)
    return found


def _save(path: Path, head: list[str], rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *rows])
    path.write_text(out.getvalue(), encoding="utf-8")


def _block(markdown: str, language: str) -> str:
    found = re.search(rf"^ *```{language}\n(.*?)^ *```$", markdown, re.M | re.S)
    return textwrap.dedent(found[1]) if found else ""
