"""The build: what runs again after a change, what a reader meets when it fails, and that no result is older than its data."""

import json
import multiprocessing
import os
import re
import shutil
from pathlib import Path
from urllib.request import urlopen

import nbformat
import pytest

from explainer.charts.figure import registry
from explainer.data.manifest import PARTS, book_files, data_files, pages, unknown
from explainer.data.tables import NAMES, book, history
from explainer.paths import ROOT
from explainer.site import build as module
from explainer.site import execute as execute_module
from explainer.site import serve, state, web_server
from explainer.site.build import build
from explainer.site.document import Site
from explainer.site.execute import LIMIT, execute
from explainer.site.preflight import Verdict

PAGES = ["index", "chapters/one", "chapters/two"]
PASSED = lambda root, draft: Verdict([], "", "")  # noqa: E731  # a check that finds nothing
CHAPTER = """---
kernelspec: {name: python3, display_name: Python 3}
---
# A page

```{code-cell} python
import os
from IPython.display import display, HTML
display(HTML("<b>shown</b>"))
number = globals().get("number", 0) + 1
print(os.path.basename(os.getcwd()))
```

```{code-cell} python
(number, "PAGE")
```
"""


@pytest.fixture
def tree(tmp_path, monkeypatch) -> Path:
    """A small book of three chapters that import nothing of ours."""
    monkeypatch.delenv(LIMIT, raising=False)
    root = tmp_path / "a book, (ü)"
    for name in ("chapters", "data", "explainer"):
        (root / name).mkdir(parents=True)
    (root / "_config.yml").write_text("execute: {timeout: 60}\n")
    (root / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters: [{file: chapters/one}, {file: chapters/two}]\n"
    )
    for name in ("requirements.txt", "explainer/code.py", "data/rows.csv", "CHANGELOG.md"):
        (root / name).write_text("x\n")
    for page in PAGES:
        (root / f"{page}.md").write_text(CHAPTER.replace("PAGE", page))
    return root


def ran(root: Path) -> set[str]:
    """Execute the chapters and return those that really ran."""
    return {run.page for run in execute(root, PAGES, root / "store") if run.fresh}


def test_each_chapter_has_its_own_names_folder_and_outputs(tree):
    """A chapter that finds a name of the one before it, runs in another folder, or loses what it showed."""
    runs = [run for _ in range(2) for run in execute(tree, PAGES, tree / "store")]
    for run in runs:  # first run, then kept
        first, last = [cell for cell in run.notebook.cells if cell.cell_type == "code"]
        kinds = [output.output_type for output in first.outputs]
        assert kinds == ["stream", "display_data"]
        folder = tree.name if run.page == "index" else "chapters"
        assert first.outputs[0].text == f"{folder}\n"
        assert first.outputs[1].data["text/html"] == "<b>shown</b>"
        assert last.outputs[0].data == {"text/plain": f"(1, '{run.page}')"}
        assert (first.execution_count, last.outputs[0].execution_count) == (1, 2)
        assert len(run.notebook.cells) == 3  # with its text


READS = {  # what each chapter reads beside its own text
    "index": "open('CHANGELOG.md').read()",
    "chapters/one": "open('../data/rows.csv').read()",
    "chapters/two": "os.listdir('../data')",
}


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("", set()),
        ("chapters/one.md", {"chapters/one"}),
        ("data/rows.csv", {"chapters/one"}),
        ("data/more.csv", {"chapters/two"}),
        ("CHANGELOG.md", {"index"}),
        ("explainer/code.py", set(PAGES)),
        ("requirements.txt", set(PAGES)),
    ],
)
def test_what_a_change_concerns_runs_again(tree, name, again):
    """A page that keeps its old numbers; a page that runs although nothing of its own has changed."""
    for page, code in READS.items():
        with (tree / f"{page}.md").open("a") as chapter:
            chapter.write(f"\n```{{code-cell}} python\n{code}\n```\n")
    assert ran(tree) == set(PAGES)
    if name:
        with (tree / name).open("a") as file:
            file.write("\nx\n")
    assert ran(tree) == again


def run_without(page: str, hidden: list[str]) -> str:
    """Run a chapter of the book in a warm worker, without these tables."""
    held = [
        (tables, name, getattr(tables, name)) for tables in (book(), history()) for name in hidden
    ]
    execute_module.forget()  # what was counted with them
    try:
        for tables, name, _ in held:
            object.__setattr__(tables, name, None)
        return execute_module.run_chapter(ROOT, page, 600)[0]
    finally:
        for tables, name, frame in held:
            object.__setattr__(tables, name, frame)


def test_a_chapter_reads_no_table_that_is_not_noted():
    """A page that keeps an old number when a table changes that nobody noted it had read: here each
    chapter shows the same without the tables that the build did not note."""
    (folder,) = (ROOT / state.BUILT / module.KEPT / "notebooks").iterdir()
    kept = {page: (folder / f"{page}.ipynb").read_text().partition("\n") for page in pages()}
    hidden = {
        page: [name for name in NAMES if f"data/{name}.csv" not in json.loads(read)]
        for page, (read, _, _) in kept.items()
    }
    assert any(hidden.values()) and "troops" not in hidden["chapters/troops"]
    with execute_module._workers(2, ROOT, ROOT / state.BUILT / module.KEPT / "drawings") as pool:
        runs = {page: pool.submit(run_without, page, names) for page, names in hidden.items()}
    for page, (_, _, text) in kept.items():
        before, after = nbformat.reads(text, 4), nbformat.reads(runs[page].result(), 4)
        assert before == after, page


def test_a_damaged_cache_is_not_taken(tree):
    """Half a file left by a build that was stopped."""
    ran(tree)
    for path in (tree / "store").rglob("*.ipynb"):
        path.write_text("{")
    assert ran(tree) == set(PAGES)


def test_what_has_finished_is_kept_when_a_chapter_fails(tree):
    """An hour of work thrown away for one cell; a failure told by a page of traceback."""
    page = tree / "chapters/two.md"
    page.write_text(CHAPTER.replace('(number, "PAGE")', "1 / 0"))
    with pytest.raises(ValueError) as error:
        execute(tree, PAGES, tree / "store")
    assert str(error.value).splitlines() == [
        "chapters/two.md: code cell 2 (1 / 0): ZeroDivisionError: division by zero",
        "2 chapters that finished are kept and do not run again",
    ]
    page.write_text(CHAPTER.replace("PAGE", "chapters/two"))
    assert ran(tree) == {"chapters/two"}


def test_a_cell_that_takes_too_long_says_what_to_do(tree, monkeypatch):
    """A limit that cannot be set, a message that does not say how, a cell that takes the interruption for an error."""
    code = "import time\ntry:\n    time.sleep(50)\nexcept Exception:\n    pass"
    (tree / "chapters/two.md").write_text(CHAPTER.replace('(number, "PAGE")', code))
    monkeypatch.setenv(LIMIT, "0.5")
    with pytest.raises(ValueError) as error:
        execute(tree, PAGES, tree / "store")
    told, kept = str(error.value).splitlines()
    assert told == (
        "chapters/two.md: code cell 2 (    pass): ran longer than 0.5 s. On a busy machine allow more: "
        "'CELL_TIMEOUT=1 make book', or execute: timeout: in _config.yml"
    )
    assert kept == "2 chapters that finished are kept and do not run again"


@pytest.mark.parametrize("given", ["soon", "0", "-1", "inf", "nan"])
def test_a_limit_that_is_none(tree, monkeypatch, given):
    """A typing error that means no limit at all, or one that stops every cell."""
    monkeypatch.setenv(LIMIT, given)
    with pytest.raises(ValueError, match=f"^{LIMIT}: '{given}' is no number of seconds above 0"):
        execute(tree, PAGES, tree / "store")


def test_a_failed_build_keeps_the_previous_site(tree, monkeypatch):
    """A failing cell that is published, or that takes the last good site with it."""
    site = tree / "_build/html"
    site.mkdir(parents=True)
    (site / "index.html").write_text("old")
    (tree / "index.md").write_text(CHAPTER.replace('(number, "PAGE")', "number ="))
    monkeypatch.setattr(module, "verdict", PASSED)
    monkeypatch.delenv("SITE_PDF", raising=False)
    found = build(tree)
    assert re.match(r"index\.md: code cell 2 \(number =\): SyntaxError: ", found[0])
    assert "previous site, if there is one, is kept" in found[-1] and len(found) == 3
    assert (site / "index.html").read_text() == "old"


def test_what_the_check_refuses_comes_before_what_it_breaks(tree, monkeypatch):
    """A chapter's traceback in place of the wrong cell, because the chapters ran beside the check."""
    monkeypatch.delenv("SITE_PDF", raising=False)
    (tree / "index.md").write_text(CHAPTER.replace('(number, "PAGE")', "1 / 0"))
    wrong = Verdict(["data/rows.csv:2: wrong"], "", "")
    monkeypatch.setattr(module, "verdict", lambda root, draft: wrong)
    assert build(tree)[:-1] == ["data/rows.csv:2: wrong"]
    assert not (tree / "_build/html").exists()


def test_what_the_link_checker_refuses_is_not_put_in_place(tree, monkeypatch):
    """A site with a dead link that replaces a good one."""
    monkeypatch.delenv("SITE_PDF", raising=False)  # another test may hold a browser
    (tree / "data/sources.csv").write_text("source_id,tier\n")
    (tree / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters: []\n")

    def sphinx(root: Path, folder: Path, *_: object) -> list[str]:
        (folder / "html").mkdir(parents=True)
        (folder / "html/index.html").write_text('<a href="gone.html">x</a>')
        return []

    finish = lambda folder, executed, store: Site(folder)  # noqa: E731
    for name, replaced in {"verdict": PASSED, "sphinx": sphinx, "finish": finish}.items():
        monkeypatch.setattr(module, name, replaced)
    monkeypatch.setattr(module, "execute", lambda *_: [])
    assert "index.html: gone.html: no such file" in build(tree)
    assert not (tree / "_build/html").exists() and not list((tree / "_build").glob("next-*"))


def hold(root: Path, held, release) -> None:
    """Hold the lock of a build until told."""
    with state.only_build(root):
        held.set()
        release.wait(30)


def test_two_builds_at_once(tree):
    """A site of two builds at once: a search without chapters, buttons that stand twice."""
    context = multiprocessing.get_context("spawn")
    held, release = context.Event(), context.Event()
    other = context.Process(target=hold, args=(tree, held, release))
    other.start()
    try:
        assert held.wait(30)
        with pytest.raises(ValueError, match=rf"^another build \(process {other.pid}\) is at work"):
            build(tree)
    finally:
        release.set()
        other.join(30)
    with state.only_build(tree) as folder:  # free again; what a killed build left is gone
        assert folder.parent == tree / "_build" and not any(folder.iterdir())


def test_a_page_reloads_when_another_build_is_in_place(tmp_path, monkeypatch):
    """A reader of a change who has to press a key; a script of the preview that ends up in the site."""
    page, stamp = tmp_path / "index.html", tmp_path / "built.txt"
    page.write_text("<html><body>one</body></html>")
    stamp.write_text("1")
    monkeypatch.setattr(serve, "STAMP", stamp)
    with web_server.served(tmp_path, serve.Handler) as address:
        shown = urlopen(f"{address}/", timeout=10).read().decode()
        assert shown == '<html><body>one<script src="/_reload.js"></script></body></html>'
        assert b"EventSource" in urlopen(f"{address}/_reload.js", timeout=10).read()
        with urlopen(f"{address}/_reload", timeout=10) as events:
            assert events.readline() == b":\n"
            os.utime(stamp, ns=(1, 1))
            assert any(events.readline() == b"data: built\n" for _ in range(20))
    assert "script" not in page.read_text()


def test_an_error_in_the_code_is_one_line(tree, capsys, monkeypatch):
    """A traceback in the terminal of whoever is writing; a watcher that ends with the first error."""
    monkeypatch.setattr(serve, "import_module", lambda name: 1 / 0)
    monkeypatch.setattr(serve.sys, "modules", dict(serve.sys.modules))
    serve._build(tree, 0, "")
    said = capsys.readouterr().out
    assert re.fullmatch(
        r"ZeroDivisionError: division by zero \(test_build\.py:\d+\): the last good page stays\n",
        said,
    )


def test_every_folder_of_the_book_is_an_input():
    """A new folder of inputs that a build would not notice, or that the archive of the book would lack."""
    outside = {"tests", "bench", "node_modules"}
    there = {
        path.name
        for path in ROOT.iterdir()
        if not path.name.startswith((".", "_build")) and path.suffix != ".egg-info"
    }
    assert there - outside - {"node_modules"} <= set(PARTS)


def test_a_site_changed_by_hand_is_built_again(tree):
    """A page that somebody edited in the built site, and that stays."""
    with state.only_build(tree) as folder:
        for name in state.PUBLISHED:
            (folder / name).mkdir()
        (folder / "html/index.html").write_text("built")
        state.replace_site(tree, folder, state.inputs(tree))
    assert state.is_current(tree)
    (tree / "_build/html/index.html").write_text("edited")
    assert not state.is_current(tree)


def test_what_is_edited_while_the_book_is_built_is_built_again(tree):
    """An edit made while a build runs, which the site lacks and no later build notices."""
    with state.only_build(tree) as folder:
        made_from = state.inputs(tree)
        for name in state.PUBLISHED:
            (folder / name).mkdir()
        (tree / "data").mkdir(exist_ok=True)
        (tree / "data/troops.csv").write_text("edited meanwhile")
        state.replace_site(tree, folder, made_from)
    assert not state.is_current(tree)


def test_stray_files_are_named_and_not_part_of_the_book(tmp_path):
    """Private notes, an editor's copy or what a system leaves in a folder, published with the book."""
    root = tmp_path / "book"
    for name in ("chapters", "data", "figures", "explainer", "_static", "_templates", "tools"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "_toc.yml", root)
    before = book_files(registry(), root)
    assert list(unknown(root)) == []
    stray = {
        "chapters": ["notes.md", "troops.md.bak", ".DS_Store"],
        "data": ["troops.csv~", "private.csv", "fingerprints/.DS_Store", "fingerprints/notes.txt"],
        "figures": ["troops_reported.svg~", "notes.csv"],
    }
    names = [f"{folder}/{name}" for folder, found in stray.items() for name in found]
    for name in [*names, "_static/.DS_Store", "_static/notes.txt", "explainer/notes.txt~"]:
        (root / name).write_text("private")
    assert book_files(registry(), root) == before
    assert sorted(name for name, _ in unknown(root)) == sorted(names)


def test_the_site_holds_no_file_that_nothing_names():
    """A file in the site's folders of downloads that is on no list."""
    made = {path.name for path in (ROOT / "_build/html/data").glob("*")}
    listed = {path.relative_to(ROOT / "data").parts[0] for path in data_files(ROOT / "data")}
    kinds = (".zip", ".sqlite", ".xlsx", ".json", ".jsonld", "questions.sql")
    derived = {name for name in made if name.endswith(kinds)}
    assert made == listed | derived | {"index.html"}
