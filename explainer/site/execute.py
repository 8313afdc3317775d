"""Run the chapters' notebooks, several at a time, and only those whose inputs have changed since they last ran.

A notebook is run again when its own text, the code, the descriptor, a fingerprint, the lock file or a table that it read
has changed: a kernel says after the run which tables it read. MyST-NB gets the results through a jupyter-cache made
anew for each build, so that nothing else can be taken from it.
"""

import asyncio
import hashlib
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.read import read_myst_markdown_notebook
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError

TIMEOUT = 120  # seconds for a cell: the first import is slow on a small runner
_ASK = "import json; from explainer.data.tables import NAMES, READ; print(json.dumps([name for name in NAMES if name in READ]))"
_QUIET = ["--log-level=40"]  # a kernel warns about TCP, which never leaves this machine


@dataclass(frozen=True)
class Run:
    """A notebook that was run: its page, the executed notebook, the tables it read, and whether it ran in this build."""

    page: str
    notebook: nbformat.NotebookNode
    tables: tuple[str, ...]
    fresh: bool


def execute(root: Path, pages: list[str], store: Path, cache: Path) -> list[Run]:
    """Return the pages' executed notebooks, kept in `store` for the next build, and put them into a new jupyter-cache.

    Raises ValueError with one line for each page that failed: page, cell, and what went wrong.
    """
    same = _common(root)
    kept = {page: run for page in pages if (run := _kept(root, page, store, same))}
    stale = [page for page in pages if page not in kept]
    with ThreadPoolExecutor(
        1
    ) as apart:  # a thread of its own: the caller may have an event loop, as a notebook has
        made = (
            {run.page: run for run in apart.submit(lambda: asyncio.run(_run(root, stale))).result()}
            if stale
            else {}
        )
    store.mkdir(parents=True, exist_ok=True)
    for run in made.values():
        _keep(root, run, store, same)
    runs = [made.get(page) or kept[page] for page in pages]
    filled = get_cache(cache)
    for run in runs:
        filled.cache_notebook_bundle(
            CacheBundleIn(run.notebook, run.page), check_validity=False, overwrite=True
        )
    return runs


async def _run(root: Path, pages: list[str]) -> list[Run]:
    at_once = asyncio.Semaphore(max(2, os.cpu_count() or 1))
    done = await asyncio.gather(
        *(_one(root, page, at_once) for page in pages), return_exceptions=True
    )
    if failed := [result for result in done if isinstance(result, BaseException)]:
        raise ValueError("\n".join(str(error) for error in failed))
    return done


async def _one(root: Path, page: str, at_once: asyncio.Semaphore) -> Run:
    path = root / f"{page}.md"
    notebook = read_myst_markdown_notebook(path.read_text(encoding="utf-8"), path=path)
    asked = nbformat.v4.new_code_cell(_ASK)
    notebook.cells.append(asked)
    async with at_once:
        client = NotebookClient(
            notebook,
            timeout=TIMEOUT,
            resources={"metadata": {"path": str(path.parent)}},
            record_timing=False,
            extra_arguments=list(_QUIET),
        )
        try:
            await client.async_execute()
        except (CellControlSignal, DeadKernelError) as error:
            raise ValueError(_failure(page, notebook, error)) from error
    notebook.cells.remove(asked)
    return Run(page, notebook, tuple(json.loads(asked.outputs[0]["text"])), True)


def _failure(page: str, notebook: nbformat.NotebookNode, error: Exception) -> str:
    """Return one line: the page, the cell that failed, its first line, and the error."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    number, cell = next(
        (
            (i, c)
            for i, c in enumerate(cells, 1)
            if any(o.output_type == "error" for o in c.outputs)
        ),
        (0, None),
    )
    what = (
        f"{error.ename}: {error.evalue}"
        if isinstance(error, CellExecutionError)
        else f"{type(error).__name__}: {error}"
    )
    where = f"code cell {number} ({cell.source.splitlines()[-1]})" if cell else "no cell finished"
    return f"{page}.md: {where}: {' '.join(what.split())}"


def _keep(root: Path, run: Run, store: Path, same: str) -> None:
    name = run.page.replace("/", "-")
    (store / f"{name}.ipynb").write_text(nbformat.writes(run.notebook), encoding="utf-8")
    (store / f"{name}.json").write_text(
        json.dumps({"tables": run.tables, "inputs": _inputs(root, run.page, run.tables, same)}),
        encoding="utf-8",
    )


def _kept(root: Path, page: str, store: Path, same: str) -> Run | None:
    """Return what an earlier build ran, if every input is still the same."""
    name = page.replace("/", "-")
    try:
        told = json.loads((store / f"{name}.json").read_text(encoding="utf-8"))
        if told["inputs"] != _inputs(root, page, told["tables"], same):
            return None
        return Run(
            page,
            nbformat.reads((store / f"{name}.ipynb").read_text(encoding="utf-8"), 4),
            tuple(told["tables"]),
            False,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _inputs(root: Path, page: str, tables: tuple[str, ...], same: str) -> dict[str, str]:
    files = {
        "page": root / f"{page}.md",
        **{name: root / "data" / f"{name}.csv" for name in tables},
    }
    return {"common": same, **{name: digest([path], root) for name, path in files.items()}}


def _common(root: Path) -> str:
    """Return a digest of what every notebook depends on: code, descriptor, fingerprints, locked packages, Python."""
    files = [
        *(root / "explainer").rglob("*.py"),
        root / "data" / "datapackage.json",
        root / "requirements.txt",
        *(root / "data" / "fingerprints").glob("*.txt"),
        *root.glob("CHANGELOG.md"),
    ]  # the page of corrections reads it
    return digest(files, root)


def digest(files: list[Path], root: Path) -> str:
    """Return a digest of the names and the bytes of files, and of the Python that reads them."""
    total = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for path in sorted(files):
        total.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()
