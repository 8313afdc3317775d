"""Chapters stay thin, uniform and free of typed figures; names follow the mirror rule."""

import re

import pytest

from explainer.charts.figure import registry
from explainer.data.manifest import pages
from explainer.data.rows import book_rows
from explainer.data.tables import book
from explainer.paths import ROOT
from explainer.words.numbers import numbers

CHAPTERS = [ROOT / f"{name}.md" for name in pages()]
HEADER = CHAPTERS[0].read_text(encoding="utf-8").split("\n---\n")[0]
CAPTIONS = re.compile(r"```\{container\} steps\n.*?```", re.S)
CELL = re.compile(r"```\{code-cell\}.*?\n(.*?)```", re.S)

chapters = pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)


# of explainer/pages: what chapters share, and the pages that no chapter makes
SHARED = {"article", "figure", "prose", "quickstart", "record", "templates"}


@chapters
def test_header_is_the_same_everywhere(path):
    """A chapter without the Jupytext header is silently not executed."""
    assert path.read_text(encoding="utf-8").split("\n---\n")[0] == HEADER
    assert "format_name: myst" in HEADER


@chapters
def test_cells_are_thin(path):
    """Chart code in prose: a cell calls, it never defines, reads files or imports pandas."""
    for cell in CELL.findall(path.read_text(encoding="utf-8")):
        code = [line for line in cell.splitlines() if line.strip() and not line.startswith(":")]
        assert len(code) <= 5
        assert not re.search(r"\bdef\b|\blambda\b|pandas|altair|open\(|\bfor\b", "\n".join(code))


@chapters
def test_roles_and_keys_exist(path):
    """A marker to a row, or a number, that does not exist."""
    text = path.read_text(encoding="utf-8")
    known, rows = numbers(book()), book_rows()
    assert not [k for k in re.findall(r"\{glue:\}`([^`]+)`", text) if k not in known]
    named = [
        i for ids in re.findall(r"\{(?:proof|words|outlet)\}`([^`]+)`", text) for i in ids.split()
    ]
    assert not [i for i in named if i not in rows]


@chapters
def test_opens_with_question_and_finding(path):
    """A page whose first paragraph is not its finding, in bold; captions of its picture aside."""
    body = path.read_text(encoding="utf-8").split("\n---\n", 1)[1].strip()
    first = [
        block for block in re.split(r"\n\n+", CAPTIONS.sub("", CELL.sub("", body))) if block.strip()
    ]
    assert first[0].startswith("# ")
    assert first[1].startswith("**")


def test_every_figure_is_shown_once_and_belongs_to_a_chapter():
    """A figure that no chapter calls, a chapter that calls another chapter's figure."""
    called = {}
    for path in CHAPTERS:
        text = path.read_text(encoding="utf-8")
        for function in re.findall(r"charts\.(\w+)\(tables\)", text):
            called[f"{path.stem}_{function}"] = called.get(f"{path.stem}_{function}", 0) + 1
    assert called == dict.fromkeys(registry(), 1)


def test_modules_mirror_chapters():
    """A chart or view module without its chapter, a chapter with neither."""
    names = {path.stem for path in CHAPTERS}
    charts = {p.stem for p in (ROOT / "explainer/charts").glob("[!_]*.py")} - {"figure"}
    views = {p.stem for p in (ROOT / "explainer/pages").glob("[!_]*.py")} - SHARED
    assert charts <= names and views <= names and charts | views == names


def test_every_chapter_is_in_the_contents():
    """A chapter file that `_toc.yml` does not name is never built."""
    assert {p.resolve() for p in (ROOT / "chapters").glob("*.md")} == {
        p.resolve() for p in CHAPTERS[1:]
    }
