"""The files of the repository, and copies of it to be run: in a clone or in a downloaded archive."""

import os
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from explainer.paths import ROOT

INVENTED = Path(__file__).parent / "invented"
LONG = 900  # seconds: a whole build, on a runner that does other things


def tracked(root: Path = ROOT) -> list[str]:
    """Return the files git tracks, or would; where there is no git, all that .gitignore lets through."""
    if shutil.which("git") and (root / ".git").exists():
        command = ["git", "-C", root, "ls-files", "-coz", "--exclude-standard"]
        listed = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        names = listed.stdout.strip("\0").split("\0")
    else:
        lines = (root / ".gitignore").read_text(encoding="utf-8").split()
        left_out = [".git", *(line.strip("/") for line in lines)]
        names = []
        for folder, inside, files in os.walk(root):
            for part in (inside, files):
                part[:] = [n for n in part if not any(fnmatch(n, pattern) for pattern in left_out)]
            names += [(Path(folder) / name).relative_to(root).as_posix() for name in files]
    return sorted(name for name in names if (root / name).is_file())


def lacking(error: ValueError) -> None:
    """Fail in CI, and skip elsewhere, for want of what the machine does not have."""
    pytest.fail(str(error)) if os.environ.get("CI") else pytest.skip(str(error))


def copied(folder: Path) -> Path:
    """Copy what git tracks, or would, into `folder`: contents alone, with other times of change."""
    for name in tracked():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def run(tree: Path, *arguments: str | Path, **settings: str) -> str:
    """Run Python in a copy, with the copy's own `explainer`: kernels and Sphinx find it first, too.

    It has to succeed; rows that nobody read a second time are a draft, unless `settings`, which go
    into the environment, say otherwise. Return what it printed.
    """
    env = {k: v for k, v in os.environ.items() if k not in ("ARTICLES", "SITE_PDF")}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=tree,
        env=env
        | {"DRAFT": "1", "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
        | settings,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=LONG,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    return done.stdout
