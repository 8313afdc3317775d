"""The build: notebooks, Jupyter Book, finishing steps, link check; the site is replaced whole."""

import gc
import os
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr
from functools import partial
from importlib import import_module
from io import StringIO
from pathlib import Path

import nbformat
from jupyter_book.sphinx import build_sphinx
from sphinx.util.console import nocolor

from explainer.check import passages
from explainer.data.files import digest, digest_of
from explainer.data.manifest import pages, published
from explainer.data.tables import book
from explainer.pages.templates import TEMPLATES, keep
from explainer.paths import ROOT
from explainer.site import document, link_checker
from explainer.site.background import Background
from explainer.site.document import Site, new_links
from explainer.site.endnotes import annotate
from explainer.site.execute import execute
from explainer.site.glossary import add_terms
from explainer.site.optimize import optimize
from explainer.site.preflight import Verdict, verdict
from explainer.site.publish import book_archive, chart_metadata, epub, feed, pdf, search_index
from explainer.site.publish.embeds import add_embeds, charts
from explainer.site.publish.notebooks import add_notebooks
from explainer.site.publish.notebooks import write as write_notebooks
from explainer.site.publish.page_files import add_sizes
from explainer.site.publish.redirects import add_redirects, root_links
from explainer.site.sphinx_ext import write_files
from explainer.site.state import BUILT, DRAFT, only_build, replace_site

KEPT, DOCTREES = "kept", "doctrees"  # folders: what a build leaves to the next one
LOADED = ("sphinx_book_theme", "sphinx_comments")  # by Sphinx else, one by one
_STAYS = (
    "the book was not built: the lines above say why; the previous site, if there is one, is kept"
)


def build(root: Path = ROOT, checked: Background[Verdict] | None = None) -> list[str]:
    """Build the book in `root` into `_build/html` and return what is wrong with it; only a site in
    order is put there. `checked` is the check, where it has begun already.

    ValueError where another build is at work, or where a page cannot be finished.
    """
    with only_build(root) as folder:
        checked = checked or Background(partial(verdict, root, bool(os.environ.get(DRAFT))))
        for name, templates in (("pages", TEMPLATES), ("site", document.TEMPLATES)):
            keep(templates, root / BUILT / KEPT / "templates" / name)
        if problems := _build(root, folder, checked):
            return [*problems, _STAYS]
        replace_site(root, folder, checked.result().made_from)
        os.replace(folder / DOCTREES, root / BUILT / KEPT / DOCTREES)
    return []


def _build(root: Path, folder: Path, checked: Background[Verdict]) -> list[str]:
    """Build the site into `folder`/html and return what is wrong."""
    store = root / BUILT / KEPT
    pdf.ready()

    def meanwhile() -> None:  # while the chapters run
        if problems := checked.result().problems:
            raise ValueError("\n".join(problems))
        write_files(folder / "html", store)
        for name in LOADED:
            import_module(name)

    try:
        runs = execute(root, pages(root / "_toc.yml"), store, meanwhile)
    except Exception as error:
        if problems := checked.result().problems:  # with such data anything can fail
            return problems
        if isinstance(error, ValueError):
            return str(error).splitlines()
        raise
    fresh = sum(run.fresh for run in runs)
    print(f"notebooks: {fresh} run, {len(runs) - fresh} unchanged", flush=True)
    notebooks = {run.page: nbformat.writes(run.notebook) for run in runs}
    executed = folder / "executed"
    executed.mkdir()
    for page, notebook in notebooks.items():
        path = executed / f"{page}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(notebook, encoding="utf-8")
    archive = Background(partial(_archive, folder))
    if (store / DOCTREES).exists():
        os.replace(store / DOCTREES, folder / DOCTREES)
    sources = made_from(root, notebooks)
    if warnings := sphinx(root, folder, sources, checked.result().unread):
        return warnings
    site = finish(folder / "html", archive.result, store)
    shutil.rmtree(folder / "jupyter_execute", ignore_errors=True)  # MyST-NB's have no outputs
    executed.rename(folder / "jupyter_execute")
    shown = {chart.name: (chart.finding, chart.caption) for chart in charts(site)}
    others = () if os.environ.get(DRAFT) else passages.others(root, shown)
    return [*link_checker.problems(site, published(root)), *map(str, others)]


def _archive(folder: Path) -> None:
    """Write the notebooks, and the archive of the book with them."""
    write_notebooks(folder / "html", folder / "executed")
    book_archive.write(folder / "html")


def finish(folder: Path, archived: Callable[[], object], store: Path) -> Site:
    """Complete the pages that Sphinx wrote, and what is published beside them. `archived` waits for
    the archive, in `store` lies what is kept from build to build.
    """
    site = Site(folder)
    for tree in site.pages.values():
        new_links(tree)
    search_index.write(site, book())
    chart_metadata.write(site)
    add_embeds(site)
    add_notebooks(site)
    add_terms(site)
    annotate(site)
    book_made = Background(partial(epub.write, site))
    feed.write(site)
    add_redirects(site)
    optimize(site, store)
    archived(), book_made.result()
    add_sizes(site)
    root_links(site)
    site.write()
    if pdf.wanted():
        pdf.write(site)
    return site


def made_from(root: Path, notebooks: dict[str, str]) -> dict[str, str]:
    """Return for each page a digest of all that Sphinx reads of it: notebook, settings, code.

    A page whose digest is that of the build before is not read again, only written. That keeps no
    warning back: what is kept is that of a build without warnings, and what rests on other pages or
    on the data is worked out when a page is written.
    """
    code = [p for kind in ("*.py", "*.html") for p in (root / "explainer").rglob(kind)]
    settings = [root / name for name in ("_config.yml", "_toc.yml", "requirements.txt")]
    shared = digest([*code, *settings], root)
    return {page: digest_of((shared + text).encode()) for page, text in notebooks.items()}


def sphinx(root: Path, folder: Path, pages: dict[str, str], unread: int) -> list[str]:
    """Build the pages with Jupyter Book into `folder`/html from the notebooks in `folder`/executed;
    return all warnings. `pages` are digests of what each is made from: one that is the same as in
    `folder`/doctrees, of an earlier build, is not read again. `unread` stands on each of a draft.
    """
    said = StringIO()
    nocolor()
    gc.freeze()  # an extension of Jupyter Book looks through all objects that are not frozen
    with redirect_stderr(said):
        status = build_sphinx(
            root,
            folder / "html",
            doctreedir=folder / DOCTREES,
            noconfig=True,
            path_config=root / "_config.yml",
            confoverrides={
                "external_toc_path": "_toc.yml",
                "latex_individualpages": False,
                "nitpicky": True,
                "nb_execution_mode": "off",
                "nb_custom_formats": {".md": ["nbformat.reads", {"as_version": 4}]},
                "executed": str(folder / "executed"),
                "drafts": unread,
                "made_from": pages,
                "store": str(root / BUILT / KEPT),
            },
            warningiserror=True,
            keep_going=True,
            quiet=True,
        )
    if isinstance(status, KeyboardInterrupt):  # caught there like any error, and returned
        raise status
    return said.getvalue().strip().splitlines() or ["Sphinx failed"] if status else []
