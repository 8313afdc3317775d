"""What Sphinx needs to build the site: roles, pages of articles, files, addresses."""

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from lxml.html import HtmlElement
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.util import logging

from explainer import theme
from explainer.charts.figure import registry
from explainer.data import manifest
from explainer.data.grammar import sentences
from explainer.data.rows import book_rows
from explainer.data.tables import book, history
from explainer.pages import corrections, evidence, prose, record
from explainer.pages.article import pages
from explainer.pages.templates import keep
from explainer.paths import BUILD, ROOT
from explainer.site import proof_files
from explainer.site.document import parts, text_of
from explainer.site.publish import data_package, hosting
from explainer.site.publish.address import address, url
from explainer.site.publish.head import ASIDE, head, icons
from explainer.site.publish.redirects import NOT_FOUND
from explainer.site.publish.structured_data import Page

Context = dict[str, Any]

DESCRIPTION = 160  # characters that a search engine shows; a longer first sentence is kept whole
# Scripts of the repository: those that every page loads, and those of a few pages. The theme's are
# left out by _templates/layout.html.
OWN_SCRIPTS = ["_static/charts.js", "_static/page.js", "_static/proof.js"]
PAGE_SCRIPTS = {
    "search": ["_static/search.js"],
    "chapters/evidence": ["_static/search.js"],
    "chapters/ask": ["_static/ask.js"],
}
_WRITE: dict[str, Callable[..., str]] = {  # a role's HTML of rows
    "proof": prose.proof,
    "words": prose.quotations,
    "outlet": prose.outlets,
    "counted-numbers": lambda tables, *_: evidence.counted_numbers(tables).html,
}
_written: list[Path] = []  # sites that have their files from this process: a build begins with them
_log = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx. Roles: `{proof}`, `{words}` and `{outlet}`, each with one or several
    row ids. Directives: `{counted-numbers}`, `{report-link}`.
    """
    for name in ("proof", "words", "outlet"):
        app.add_role(name, _role(name))
    app.add_config_value("executed", "", "")
    app.connect("source-read", _executed)
    app.add_config_value("made_from", {}, "")
    app.add_config_value("store", str(BUILD / "kept"), "")
    app.add_config_value("drafts", 0, "")
    app.connect("env-get-outdated", _changed)
    app.connect("doctree-resolved", _prove)
    app.add_directive("counted-numbers", CountedNumbers)
    app.add_directive("report-link", ReportLink)
    app.add_config_value("report_address", "", "html")
    app.add_css_file("theme.css", priority=400)
    app.connect("config-inited", _take_address)
    app.connect("env-updated", _write_beside)
    app.connect("builder-inited", _prepare)
    app.connect("builder-inited", _write_files)
    app.connect("html-collect-pages", _articles)
    app.connect("html-collect-pages", lambda app: [("search", {}, "search.html")])
    app.connect("html-page-context", _describe)
    app.connect("html-page-context", _place)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _executed(app: Sphinx, page: str, source: list[str]) -> None:
    """Read a chapter's notebook, where the build has executed it, in place of its text."""
    if app.config.executed:
        path = Path(app.config.executed, f"{page}.ipynb")
        source[0] = path.read_text(encoding="utf-8")


def _changed(app: Sphinx, env: Any, *_: set[str]) -> list[str]:
    """Return the pages to read again: those not made from the same as when they were read."""
    before, now = getattr(env, "made_from", {}), app.config.made_from
    env.made_from = dict(now)
    return [page for page in env.found_docs if before.get(page) != now.get(page)]


def _take_address(app: Sphinx, config: Config) -> None:
    """Give Sphinx, which writes the canonical links, the address that the finishing steps use."""
    config.html_baseurl = address()


def _write_beside(app: Sphinx, env: Any) -> None:
    """Let pages be written in two processes beside this one. Not read: not all extensions can."""
    app.parallel = 3 if sys.platform == "linux" else 1


def _prepare(app: Sphinx) -> None:
    """Leave out Sphinx's own search: ours is `publish/search_index.py`. Keep its templates."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.search = False
        keep(app.builder.templates.environment, Path(app.config.store) / "templates/sphinx")


class Proofs(nodes.Inline, nodes.Element):
    """What a role or directive stands for: its rows are looked up when a page is written."""


def _role(name: str) -> Callable[..., Any]:
    def role(_: str, raw: str, text: str, lineno: int, *more: Any) -> tuple[list[Any], list[Any]]:
        return [Proofs(role=name, ids=text.replace(",", " ").split(), lineno=lineno)], []

    return role


def _prove(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put what the roles and directives of a page stand for in their place."""
    for node in list(doctree.findall(Proofs)):
        name, place, known = node["role"], (page, node["lineno"]), book_rows()
        for row_id in node["ids"]:
            if row_id not in known:
                _log.warning("%s: no row has the id %r", name, row_id, location=place)
        try:
            held = [known[row_id] for row_id in node["ids"] if row_id in known]
            html = str(_WRITE[name](book(), held, Path(page).name))
        except ValueError as error:
            _log.warning("%s: %s", name, error, location=place)
            html = ""
        node.replace_self(nodes.raw("", html, format="html"))


def _write_files(app: Sphinx) -> None:
    if app.builder.format == "html" and Path(app.outdir) not in _written:
        write_files(Path(app.outdir), Path(app.config.store))


def write_files(site: Path, store: Path) -> None:
    """Write into a site what needs no page: the files of its script, its icons, and what the pages
    offer to take, before a page is written that says what there is. `store` is what builds keep.
    """
    _written.append(site)
    folder = site / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "theme.css").write_text(theme.css(), encoding="utf-8")
    icons(folder, store)
    (folder / "rows").mkdir(exist_ok=True)
    for name, script in proof_files.files(book(), history()).items():
        (folder / "rows" / f"{name}.js").write_text(script, encoding="utf-8")
    (site / "evidence").mkdir(exist_ok=True)
    for name, text in proof_files.downloads(book()).items():
        (site / "evidence" / name).write_text(text, encoding="utf-8")
    figures = manifest.figure_files(registry(), ROOT / "figures")
    for path in [*figures, *manifest.data_files(ROOT / "data")]:
        copy = site / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    data_package.write(site, store)


class CountedNumbers(Directive):
    """The numbers that chapters count; no cell of a notebook: it depends on every chapter."""

    def run(self) -> list[nodes.Node]:
        """Return the place of the list."""
        return [Proofs(role="counted-numbers", ids=[], lineno=self.lineno)]


class ReportLink(Directive):
    """The link to report an error that is of no row, where `_config.yml` says to whom."""

    def run(self) -> list[nodes.Node]:
        """Return the link, or nothing."""
        address = hosting.report("")
        link = nodes.reference("", "Report an error", refuri=address, internal=False)
        return [nodes.paragraph("", "", link)] if address else []


def _articles(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the evidence page of each article, and the record's: name, context, template."""
    made = pages(book(), history(), hosting.report)
    if len(book().pages):
        made.append(record.page(book(), history(), hosting.report))
    for i, page in enumerate(made):
        near = {
            way: {"link": f"{made[j].name}.html", "title": made[j].title}
            for way, j in (("prev", i - 1), ("next", i + 1))
            if 0 <= j < len(made)
        }
        about = {"title": f"{page.title} — The evidence", "pagetitle": page.title}
        about |= {"body": page.body, "description": page.description}
        yield f"evidence/{page.name}", {**about, **near}, "page.html"


def _describe(app: Sphinx, page: str, template: str, context: Context, _: Any) -> None:
    """Give each page its scripts, its head, and the exact words behind its charts' marks."""
    context["own_scripts"] = [*OWN_SCRIPTS, *PAGE_SCRIPTS.get(page, [])]
    context["draft"] = app.config.drafts
    # the layout has its own viewport
    tags = re.sub(r'\s*<meta [^>]*name="viewport"[^>]*>', "", context.get("metatags", ""))
    context["metatags"] = tags
    told = context.get("description")  # of a page without a chapter, which has no chart
    body = parts("" if told else context.get("body") or "")
    figures = body.xpath(".//figure[@class='chart']")
    about = Page(
        f"{page}.html",
        Markup(context.get("title", "")).striptags(),
        _shortened(told or _first_sentence(body)),
        figures[0].get("id").removeprefix("fig-").replace("-", "_") if figures else "",
        next(map(text_of, figures[0].iter("title")), "") if figures else "",
    )
    context |= head(about, Path(app.outdir), app.config.html_baseurl)
    if about.name not in ASIDE:
        context["edition"] = corrections.edition(book(), Path(page).name)
    context["report"] = hosting.report("ROW")
    if ids := [row for marks in body.xpath(".//figure//@data-rows") for row in marks.split()]:
        context["proofs"] = proof_files.excerpt(book(), ids, history())


def _first_sentence(body: HtmlElement) -> str:
    """Return the text of a page's first paragraph without its proofs."""
    first = deepcopy(next(body.iter("p"), body))
    for proof in first.xpath(".//a[contains(@class, 'numeral')]"):
        proof.drop_tree()
    return re.sub(r" (?=[,.;:])", "", text_of(first))


def _shortened(text: str) -> str:
    """Return the first sentences of a description that fit: never less than one, none cut."""
    first, *more = sentences(text) or [""]
    for sentence in more:
        if len(first) + len(sentence) > DESCRIPTION:
            break
        first += sentence
    return first


def _place(app: Sphinx, page: str, template: str, context: Context, _: Any) -> None:
    """Name the landing page by its folder; give the page for unknown addresses its content."""
    if context.get("pageurl"):
        context["pageurl"] = url(app.config.html_baseurl, f"{page}.html")
    if f"{page}.html" == NOT_FOUND:
        titles = ((name, app.env.titles.get(name)) for name in manifest.pages())
        chapters = [(name, title.astext()) for name, title in titles if title]
        context |= {"title": "Page not found", "pageurl": None, "chapters": chapters}
