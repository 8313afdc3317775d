"""The build: what runs again after a change, what a reader meets when it fails, and that no result is older than its data."""

import re
import shutil
from pathlib import Path

import pytest

from explainer.paths import ROOT
from explainer.site import build as module
from explainer.site.build import build
from explainer.site.execute import execute

PAGES = ["chapters/people", "chapters/differences"]


@pytest.fixture(autouse=True)
def without_pdfs(monkeypatch):
    """Print nothing here: tests/test_pdf.py looks at the PDFs."""
    monkeypatch.delenv("SITE_PDF", raising=False)


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    """A copy of what the notebooks are made from, in which two of them have run."""
    root = tmp_path_factory.mktemp("book") / "tree"
    for name in ("chapters", "data", "explainer"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("index.md", "requirements.txt", "_toc.yml", "_config.yml"):
        shutil.copy(ROOT / name, root / name)
    (root / "_toc.yml").write_text(
        "format: jb-book\nroot: chapters/people\nchapters: [{file: chapters/differences}]\n"
    )
    assert ran(root) == set(PAGES)
    return root


def ran(root: Path) -> set[str]:
    """Execute the two pages and return those that really ran."""
    shutil.rmtree(root / "cache", ignore_errors=True)
    return {run.page for run in execute(root, PAGES, root / "store", root / "cache") if run.fresh}


def touched(root: Path, name: str) -> Path:
    """Change one file by a character at its end."""
    path = root / name
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    return path


def test_nothing_runs_again_when_nothing_has_changed(tree):
    """A notebook that runs for nothing."""
    assert ran(tree) == set()


@pytest.mark.parametrize(
    "name, again",
    [
        ("data/statements.csv", {"chapters/people"}),
        ("data/disagreements.csv", {"chapters/differences"}),
        ("data/wording.csv", set()),
        ("data/sources.csv", set(PAGES)),
        ("chapters/people.md", {"chapters/people"}),
        ("data/datapackage.json", set(PAGES)),
        ("explainer/theme.py", set(PAGES)),
    ],
)
def test_only_what_depends_on_a_change_runs_again(tree, name, again):
    """A page that keeps its old numbers; a page that runs although nothing it reads has changed."""
    kept = (tree / name).read_bytes()
    shutil.copytree(tree / "store", tree / "store.kept")
    touched(tree, name)
    try:
        assert ran(tree) == again
    finally:
        (tree / name).write_bytes(kept)
        shutil.rmtree(tree / "store")
        (tree / "store.kept").rename(tree / "store")


def test_a_damaged_store_is_not_taken(tree):
    """Half a file left by a build that was stopped."""
    (tree / "store" / "chapters-people.ipynb").write_text("{", encoding="utf-8")
    assert ran(tree) == {"chapters/people"}


def test_a_broken_notebook_is_one_line_and_the_old_site_stays(tree):
    """A failing cell that is published, told by a page of traceback, or that takes the last good site with it."""
    site = tree / "_build" / "html"
    site.mkdir(parents=True)
    (site / "index.html").write_text("old")
    page = tree / "chapters/people.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("tables = book()", "tables = book(", 1), encoding="utf-8")
    try:
        found = build(tree)
    finally:
        page.write_text(text, encoding="utf-8")
    assert len(found) == 2 and re.match(
        r"chapters/people\.md: code cell 1 \(.*\): SyntaxError: ", found[0]
    )
    assert "untouched" in found[1] and (site / "index.html").read_text() == "old"


def test_what_the_guard_refuses_is_not_put_in_place(tmp_path, monkeypatch):
    """A site with a dead link that replaces a good one."""
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters: []\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/sources.csv").write_text("source_id\n")

    class Done:
        returncode, stdout = 0, ""

    def book(command, **_):
        site = Path(command[command.index("--path-output") + 1]) / "_build/html"
        site.mkdir(parents=True)
        (site / "index.html").write_text('<a href="gone.html">x</a>')
        return Done

    monkeypatch.setattr(module, "execute", lambda *_: [])
    monkeypatch.setattr(module, "STEPS", ())
    monkeypatch.setattr(module.subprocess, "run", book)
    assert build(tmp_path) == ["index.html: gone.html: no such file"]
    assert not (tmp_path / "_build/html").exists()


def test_the_stamp_knows_every_folder_the_site_is_made_from():
    """A new folder of inputs that a build would not notice."""
    outside = {
        "tests",
        "tools",
        "bench",
        "requirements-dev.txt",
        "requirements-lab.txt",
        "CONTRIBUTING.md",
    }
    there = {
        path.name
        for path in ROOT.iterdir()
        if not path.name.startswith((".", "_build")) and path.suffix != ".egg-info"
    }
    assert there - outside - {"node_modules"} <= set(module.INPUTS)


def test_a_site_changed_by_hand_is_built_again(tmp_path, monkeypatch):
    """A page that somebody edited in the built site, and that stays."""
    monkeypatch.setattr(module, "INPUTS", ())
    site = tmp_path / "_build/html"
    site.mkdir(parents=True)
    (site / "index.html").write_text("built")
    stamp = module._stamp(tmp_path)
    (site / "index.html").write_text("edited")
    assert module._stamp(tmp_path) != stamp
