"""The build: check, Jupyter Book, the finishing steps, the guard; then the site is replaced whole, or not at all."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from explainer import guard

ROOT = Path(__file__).resolve().parents[1]
BUILT = "_build"
# What happens to the pages after Sphinx, in this order: each takes the folder of the site.
STEPS: tuple[Callable[[Path], None], ...] = ()


def build(root: Path = ROOT) -> list[str]:
    """Build the book in `root` into `_build/html` and return what is wrong with it; only a site in order is put there."""
    made = root / BUILT / "next"
    shutil.rmtree(made, ignore_errors=True)
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(root), "--path-output", str(made), "-W", "-n", "--keep-going", "--quiet"]
    if subprocess.run(command, cwd=root, check=False).returncode:
        return ["the book was not built: the lines above say why; the site of before is untouched"]
    site = made / BUILT / "html"
    for step in STEPS:
        step(site)
    found = list(guard.problems(site))
    if not found:
        for name in ("html", "jupyter_execute"):
            _replace(root / BUILT / name, made / BUILT / name)
        shutil.rmtree(made)
    return found


def _replace(old: Path, new: Path) -> None:
    """Put the folder `new` where `old` is: one rename each, so that nobody meets half a site."""
    aside = old.with_name(old.name + ".old")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        os.replace(old, aside)
    os.replace(new, old)
    shutil.rmtree(aside, ignore_errors=True)
