"""What the site needs when Sphinx builds it: roles for prose, palette and rows as files, downloads, descriptions."""

import json
import os
import re
import shutil
from html import unescape
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from explainer import book, prose, theme
from explainer.prose import panel
from explainer.render import at
from explainer.rows import book_rows

ROOT = Path(__file__).resolve().parents[1]
DOWNLOADS = ("figures", "data")
EXECUTED = "EXPLAINER_EXECUTED"  # environment variable: the jupyter-cache in which `explainer.build` put what it ran
DESCRIPTION = 160  # characters: what a search engine shows
_log = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict:
    """Register with Sphinx. Roles: `{proof}`, `{words}` and `{outlet}`, each with one or several row ids."""
    app.add_role("proof", _role(prose.markers))
    app.add_role("words", _role(prose.quotations))
    app.add_role("outlet", _role(prose.outlets))
    app.add_css_file("theme.css", priority=400)
    app.connect("config-inited", _take_executed)
    app.connect("builder-inited", _write_made)
    app.connect("html-page-context", _describe)
    app.connect("build-finished", _copy_downloads)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _take_executed(app: Sphinx, config: Config) -> None:
    """Take the outputs from `explainer.build`, where it has run the notebooks; else MyST-NB runs them all."""
    if cache := os.environ.get(EXECUTED):
        config.nb_execution_mode, config.nb_execution_cache_path = "cache", cache


def _role(write):
    def role(name: str, rawtext: str, text: str, lineno: int, inliner: Inliner, options=None, content=()):
        document = inliner.document.settings.env.docname
        known = book_rows()
        ids = text.replace(",", " ").split()
        for row_id in ids:
            if row_id not in known:
                _log.warning("%s: no row has the id %r", name, row_id, location=(document, lineno))
        html = write(book(), [known[row_id] for row_id in ids if row_id in known])
        return [nodes.raw("", at(Path(document).name, html), format="html")], []

    return role


def _write_made(app: Sphinx) -> None:
    if app.builder.format == "html":
        folder = Path(app.outdir) / "_static"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "theme.css").write_text(theme.css(), encoding="utf-8")
        (folder / "rows.js").write_text(f"window.bookRows={json.dumps(panel(book()), ensure_ascii=False)};", encoding="utf-8")


def _describe(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Give each page the description that search engines and previews show: its own first sentence."""
    first = next(doctree.findall(nodes.paragraph), None) if doctree is not None else None
    if first is not None:
        text = " ".join(_plain(first).split())
        if len(text) > DESCRIPTION:
            text = text[:DESCRIPTION].rsplit(" ", 1)[0] + " …"
        tag = nodes.unescape(text).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        context["metatags"] = context.get("metatags", "") + f'\n<meta name="description" content="{tag}">'


def _plain(paragraph: nodes.paragraph) -> str:
    """Return a paragraph's text with glued numbers, which are raw HTML, as their text and without markers."""
    parts = []
    for node in paragraph.findall(lambda n: isinstance(n, (nodes.Text, nodes.raw))):
        if isinstance(node.parent, nodes.raw):
            continue
        parts.append("" if 'class="proof"' in node.astext() and isinstance(node, nodes.raw) else
                     re.sub(r"<[^>]+>", "", node.astext()))
    return unescape("".join(parts))


def _copy_downloads(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.format == "html":
        for name in DOWNLOADS:
            shutil.copytree(ROOT / name, Path(app.outdir) / name, dirs_exist_ok=True)
