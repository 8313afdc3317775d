"""Copies of the tree to build in: nothing is ever built or changed in the working tree."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from explainer.paths import ROOT

_LEFT = shutil.ignore_patterns(
    "_build",
    ".venv",
    ".git",
    "node_modules",
    "__pycache__",
    ".pytest_cache",
    ".hypothesis",
    "*.egg-info",
)


def copy(folder: Path) -> Path:
    """Copy the tree, without what was built in it, to the new folder `folder`, and return that."""
    return Path(shutil.copytree(ROOT, folder, ignore=_LEFT))


def make_book(tree: Path, limit: float | None = None) -> tuple[float, str]:
    """Do in a copy what `make book` does once the environment is ready: return the seconds and what
    was printed.

    ValueError, with the first line of what went wrong, where it fails; subprocess.TimeoutExpired
    after `limit` seconds.
    """
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "explainer", "build"],
        cwd=tree,
        env=environment(tree),
        timeout=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["nothing was said"]
        raise ValueError(f"build: {said[0]}")
    return time.perf_counter() - start, done.stdout


def environment(*first: Path) -> dict[str, str]:
    """Return the environment of a process that imports from these folders before all others, and
    makes no PDFs: the stock book has none.
    """
    return {
        **os.environ,
        "SITE_PDF": "",
        "DRAFT": "1",
        "PYTHONPATH": os.pathsep.join(map(str, first)),
    }
