"""Run the chapters' notebooks in warm IPython shells, and only those whose inputs have changed
since they last ran.

A worker is forked from this process, which has charts and data loaded: what a fresh kernel costs
for each chapter is paid once. Each chapter begins in a clean namespace, in its own folder; that
none leans on another is proved by `pytest --nbval` in fresh kernels. Executed notebooks are kept in
a folder named by the digest of what all chapters share. A chapter is run again when a file that it
read has changed: its own text, a CSV, whatever it opened. `explainer.data.tracking` notes the
tables, Python itself each file and folder.
"""

import gc
import json
import multiprocessing
import os
import shutil
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from IPython.core.displayhook import CapturingDisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode, v4
from traitlets.config import Config

from explainer.charts.figure import keep_drawings, registry
from explainer.data.files import digest, digest_of, replace, yaml_of
from explainer.data.tables import book, history
from explainer.data.tracking import NOTED, forget
from explainer.pages.evidence import counted
from explainer.paths import ROOT
from explainer.site.state import BUILT

LIMIT = "CELL_TIMEOUT"  # environment variable: seconds for a cell, instead of those of _config.yml
_READING = ("open", "os.listdir", "os.scandir")  # audit events of Python
_noting: list[Path] = []  # the folders below which this process notes what it reads
_LANGUAGE = {
    "name": "python",
    "pygments_lexer": "ipython3",
    "file_extension": ".py",
    "mimetype": "text/x-python",
}


@dataclass(frozen=True)
class Run:
    """A chapter that was run: its page, the executed notebook, whether it ran in this build."""

    page: str
    notebook: NotebookNode
    fresh: bool


class ChapterError(Exception):
    """A chapter that could not be run: one line with the page, the cell and what went wrong."""


class _Timeout(BaseException):
    """A cell ran out of time: nothing in a chapter's code can take it for an error of its own."""


# ---------------------------------------------------------------- all chapters
def execute(
    root: Path, pages: list[str], store: Path, meanwhile: Callable[[], object] = int
) -> list[Run]:
    """Return the executed notebooks of `pages`, which are kept below `store`, as drawings of charts
    are. `meanwhile` is called when the chapters have begun.

    What has finished is kept although another chapter fails. ValueError with one line for each that
    did.
    """
    folder = store / "notebooks" / shared_digest(root)
    for other in folder.parent.glob("*"):
        if other != folder:
            shutil.rmtree(other)
    seconds, now = time_limit(root), Contents(root)
    found = {page: _kept(folder / f"{page}.ipynb", now) for page in pages}
    kept = {page: notebook for page, notebook in found.items() if notebook}
    failures = []
    with _workers(len(pages) - len(kept), root, store / "drawings") as workers:
        waiting = {
            workers.submit(run_chapter, root, page, seconds): page
            for page in pages
            if page not in kept
        }
        meanwhile()
        fresh = {}
        for done in as_completed(waiting):
            page = waiting[done]
            try:
                text, read = done.result()
            except ChapterError as error:
                failures.append(str(error))
            else:
                fresh[page] = nbformat.reads(text, as_version=4)
                _keep(folder / f"{page}.ipynb", {name: now[name] for name in read}, text)
    if failures:
        finished = f"{len(fresh)} chapters that finished are kept and do not run again"
        raise ValueError("\n".join([*sorted(failures), *[finished] * bool(fresh)]))
    return [Run(page, (kept | fresh)[page], page in fresh) for page in pages]


def time_limit(root: Path) -> float:
    """Return the seconds that a cell may take. ValueError where the variable is none above 0."""
    given = os.environ.get(LIMIT)
    if not given:
        config = yaml_of((root / "_config.yml").read_text(encoding="utf-8"))
        return float(config["execute"]["timeout"])
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise ValueError(f"{LIMIT}: {given!r} is no number of seconds above 0, as 600 is")
    return seconds


def shared_digest(root: Path) -> str:
    """Return a digest of what every chapter depends on: code, descriptor, packages, Python."""
    code = [p for kind in ("*.py", "*.html") for p in (root / "explainer").rglob(kind)]
    code = [path for path in code if root / "explainer" / "site" not in path.parents]
    return digest([*code, *root.glob("data/*.json"), root / "requirements.txt"], root)


class Contents(dict[str, str]):
    """A digest of each file and folder below `root` by its name: of a file's bytes, of a folder's
    names, "" of what is not there. All are taken at once, before a chapter reads them: one that is
    edited meanwhile differs in the next build.
    """

    def __init__(self, root: Path):
        self.root = root
        parts = [root / "data", root / "chapters"]
        paths = [*root.glob("*.md"), *parts, *(path for part in parts for path in part.rglob("*"))]
        super().__init__({str(path.relative_to(root)): self._digest(path) for path in paths})

    def __missing__(self, name: str) -> str:
        return self.setdefault(name, self._digest(self.root / name))

    def _digest(self, path: Path) -> str:
        if path.is_dir():
            return digest_of("\0".join(sorted(os.listdir(path))).encode())
        return digest_of(path.read_bytes()) if path.is_file() else ""


def _keep(path: Path, read: dict[str, str], text: str) -> None:
    """Keep an executed notebook under a line on what it read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, f"{json.dumps(read)}\n{text}")


def _kept(path: Path, now: Contents) -> NotebookNode | None:
    """Return the notebook of an earlier build if each file that it read is the same, else None."""
    try:
        read, _, text = path.read_text(encoding="utf-8").partition("\n")
        if all(now[name] == before for name, before in json.loads(read).items()):
            return nbformat.reads(text, as_version=4)
    except (OSError, ValueError):  # not there, or damaged
        pass
    return None


def _source(root: Path, page: str) -> NotebookNode:
    path = root / f"{page}.md"
    text = path.read_text(encoding="utf-8")
    notebook = read_myst_markdown_notebook(text, path=path, add_source_map=True)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"  # a new one has a random id, another one in each build
    return notebook


@contextmanager
def _workers(number: int, root: Path, drawings: Path) -> Iterator[ProcessPoolExecutor]:
    """Yield as many warm workers as there are processors, at most `number`."""
    if sys.platform == "linux" and number:
        _load(root)  # here, it is there in each fork
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with warnings.catch_warnings():
        # Python 3.12 warns of a fork beside threads: those of numpy's algebra, which knows of forks
        warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
        size = max(1, min(number, os.cpu_count() or 1))
        with ProcessPoolExecutor(size, context, _begin, (root, drawings)) as pool:
            try:
                yield pool
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise


def _load(root: Path) -> None:
    """Load charts, data and the numbers of the prose, all that chapters begin with, and from then
    on note what is read below `root`. What was remembered before is forgotten: nobody noted it.
    """
    if root not in _noting:
        sys.addaudithook(partial(_note, f"{root}{os.sep}"))
        _noting.append(root)
        forget()
    registry(), history()
    if root == ROOT:
        counted(book())


def _note(inside: str, event: str, given: tuple[object, ...]) -> None:
    if event in _READING and isinstance(given[0], str | os.PathLike):
        path = os.path.abspath(os.fspath(given[0]))
        if path.startswith(inside):
            NOTED.add(path.removeprefix(inside))


def _begin(root: Path, drawings: Path) -> None:
    """Make a new process a worker that notes what it reads below `root`."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends a worker, not only its chapter
    _load(root)
    gc.freeze()  # a shell that is reset looks through all that is left
    keep_drawings(drawings)


# ---------------------------------------------------------------- one chapter, in a worker
def run_chapter(root: Path, page: str, seconds: float) -> tuple[str, list[str]]:
    """Run the chapter `page` in a clean namespace, return the executed notebook as JSON, and the
    files and folders below `root` that it read.

    ChapterError where a cell fails or takes more than `seconds`.
    """
    NOTED.clear()
    notebook = _source(root, page)
    notebook.metadata["language_info"] = dict(_LANGUAGE)
    with TemporaryDirectory() as profile, chdir((root / page).parent), _same_path():
        quiet = Config({"HistoryManager": {"enabled": False}})
        shell: Any = InteractiveShell.instance(config=quiet, ipython_dir=profile)
        shell.reset(new_session=True)
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for number, cell in enumerate(cells, 1):
            if failure := _run_cell(shell, cell, seconds):
                raise ChapterError(
                    f"{page}.md: code cell {number} ({cell.source.splitlines()[-1]}): {failure}"
                )
    return nbformat.writes(notebook), sorted(filter(_is_input, NOTED))


def _is_input(name: str) -> bool:
    """Whether a file is an input by itself: code is one of all chapters, what is built is none."""
    code = name.startswith("explainer/") and Path(name).suffix in ("", ".py", ".pyc", ".html")
    return not code and not name.startswith((f"{BUILT}/", "."))


@contextmanager
def _same_path() -> Iterator[None]:
    """Put the import path back: a chapter adds its own."""
    before = list(sys.path)
    try:
        yield
    finally:
        sys.path[:] = before


def _run_cell(shell: Any, cell: NotebookNode, seconds: float) -> str:
    """Run a cell and fill in its outputs. Return what went wrong, "" where nothing did."""
    printed = {"stdout": StringIO(), "stderr": StringIO()}
    shell.display_pub = CapturingDisplayPublisher()
    shown = shell.display_pub.outputs
    shell.display_trap.hook = CapturingDisplayHook(shell, shown)
    cell.execution_count = shell.execution_count
    with redirect_stdout(printed["stdout"]), redirect_stderr(printed["stderr"]), _limit(seconds):
        result = shell.run_cell(cell.source, store_history=True)
    if isinstance(result.error_in_exec, _Timeout):
        return (
            f"ran longer than {seconds:g} s. On a busy machine allow more: "
            f"'{LIMIT}={2 * seconds:g} make book', or execute: timeout: in _config.yml"
        )
    if error := result.error_before_exec or result.error_in_exec:
        return " ".join(f"{type(error).__name__}: {error}".split())
    streams = [v4.new_output("stream", name=n, text=t.getvalue()) for n, t in printed.items()]
    cell.outputs = [stream for stream in streams if stream.text]
    count = {"execution_count": cell.execution_count}
    for one in shown:
        # of what IPython keeps, only what was displayed could be an update
        kind, more = ("display_data", {}) if "update" in one else ("execute_result", count)
        output = v4.new_output(kind, one["data"], metadata=one["metadata"] or {}, **more)
        cell.outputs.append(output)
    return ""


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    """Interrupt what runs longer than `seconds`, where the system has an alarm: not on Windows."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise _Timeout

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
