"""The build: notebooks, Jupyter Book, the finishing steps, the guard; then the site is replaced whole, or not at all."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat

from explainer.paths import ROOT
from explainer.site import link_checker, live
from explainer.site.endnotes import annotate
from explainer.site.execute import digest, execute
from explainer.site.optimize import lighten
from explainer.site.publish import (
    book_archive,
    data_package,
    embeds,
    feed,
    head,
    notebooks,
    page_files,
    pdf,
    redirects,
)
from explainer.site.sphinx_ext import EXECUTED

BUILT = "_build"
STAMP = "built.txt"
INPUTS = (
    "_config.yml",
    "_toc.yml",
    "_redirects.yml",
    "index.md",
    "chapters",
    "data",
    "explainer",
    "figures",
    "_static",
    "_templates",
    "requirements.txt",
    "CHANGELOG.md",
    "CITATION.cff",
    "LICENSE",
    "LICENSE-DATA",
    "README.md",
    "CONTRIBUTING.md",
    "Makefile",
    "pyproject.toml",
    "tools",
    "requirements-dev.txt",
    "requirements-lab.txt",
)
SETTINGS = ("SITE_ADDRESS", pdf.SETTING)  # environment variables that the site depends on
_UNTOUCHED = "the book was not built: the lines above say why; the site of before, if there is one, is untouched"
# What happens to the pages after Sphinx, in this order: each takes the folder of the site.
STEPS: tuple[Callable[[Path], None], ...] = (
    live.write,
    page_files.svg_links,
    data_package.data,
    embeds.charts,
    notebooks.notebooks,
    book_archive.rerun,
    page_files.sizes,
    head.write,
    feed.write,
    redirects.redirect,
    annotate,
    lighten,
    pdf.offer,
    redirects.not_found,
)


def build(root: Path = ROOT) -> list[str]:
    """Build the book in `root` into `_build/html` and return what is wrong with it; only a site in order is put there.

    Where neither an input nor the site has changed since the last build, nothing is done.
    """
    built, made = root / BUILT, root / BUILT / "next"
    if _stamp(root) == _read(built / STAMP):
        return []
    pdf.ready()
    shutil.rmtree(made, ignore_errors=True)
    (built / STAMP).unlink(missing_ok=True)
    try:
        runs = execute(
            root, link_checker.pages(root / "_toc.yml"), built / "executed", made / "cache"
        )
    except ValueError as error:
        return [*str(error).splitlines(), _UNTOUCHED]
    print(
        f"notebooks: {sum(run.fresh for run in runs)} run, {sum(not run.fresh for run in runs)} unchanged",
        flush=True,
    )
    command = [
        str(Path(sys.executable).with_name("jupyter-book")),
        "build",
        str(root),
        "--path-output",
        str(made),
        "-W",
        "-n",
        "--keep-going",
        "-q",
    ]
    book = subprocess.run(
        command,
        cwd=root,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, EXECUTED: str(made / "cache")},
    )
    if book.returncode:
        return [book.stdout.strip(), _UNTOUCHED]
    for (
        run
    ) in runs:  # MyST-NB leaves the notebooks there without the outputs it took from the cache
        (made / BUILT / "jupyter_execute" / f"{run.page}.ipynb").write_text(
            nbformat.writes(run.notebook), encoding="utf-8"
        )
    site = made / BUILT / "html"
    for step in STEPS:
        step(site)
    found = list(link_checker.problems(site, link_checker.published(root)))
    if not found:
        for name in ("html", "jupyter_execute"):
            _replace(built / name, made / BUILT / name)
        shutil.rmtree(made)
        (built / STAMP).write_text(_stamp(root), encoding="utf-8")
    return found


def _stamp(root: Path) -> str:
    """Return digests of all that the site is made from, and of the site itself: changed by hand, it is built again."""
    inputs = [
        path
        for name in INPUTS
        for path in ([root / name] if (root / name).is_file() else sorted((root / name).rglob("*")))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    site = [
        path
        for name in ("html", "jupyter_execute")
        for path in (root / BUILT / name).rglob("*")
        if path.is_file()
    ]
    settings = {name: os.environ.get(name, "") for name in SETTINGS}
    return f"{digest(inputs, root)} {digest(site, root)} {settings}\n"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _replace(old: Path, new: Path) -> None:
    """Put the folder `new` where `old` is: one rename each, so that nobody meets half a site."""
    aside = old.with_name(old.name + ".old")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        os.replace(old, aside)
    os.replace(new, old)
    shutil.rmtree(aside, ignore_errors=True)
