"""Make the built pages light and strict: one style sheet, no unused file, a strict policy."""

import hashlib
import re
import shutil
from base64 import b64encode
from pathlib import Path
from urllib.parse import unquote

from lxml import etree
from lxml.html import HtmlElement
from lxml.html.builder import E

from explainer.data.files import digest, digest_of, kept
from explainer.paths import ROOT
from explainer.site.document import Site, serialize, target
from explainer.site.icons import draw
from explainer.site.stylesheet import known, pruned, rules, vocabulary

SHEET = "_static/site.css"
OWN = {"_static/book.css", "_static/theme.css"}  # ours, kept whole; the theme's are purged
# Search needs 'self' for its form, its index and its fetches of pages.
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self'; connect-src"
    " 'self'; form-action 'self'; base-uri 'none'"
)
# The page with the SQLite engine alone: WebAssembly, in a worker that the page makes from its own
# text, because a browser starts none from a file.
_ENGINE = ("'wasm-unsafe-eval'", "; worker-src blob:")
# what Sphinx writes for itself, and for books that would link here
UNUSED = ("_sources", ".buildinfo", "objects.inv")
_IDLE = re.compile(r"\s*\n\s*")
_WRAPPED = (  # text of several lines whose white space says nothing
    "//text()[contains(., '\n')]"
    "[not(ancestor::pre or ancestor::textarea or ancestor::script or ancestor::style)]"
)


def optimize(site: Site, store: Path) -> None:
    """Give the pages one style sheet and a Content-Security-Policy, take comments and idle space
    out. A page that stands alone, a chart to embed, keeps its own small sheet. Files below
    `_static` that nothing names, themselves or by folder, are removed. The sheet is kept in the
    folder `store`: to read those of the theme takes long.
    """
    for tree in site.pages.values():
        draw(tree)
    whole, sheets, sources = dict[str, HtmlElement](), dict[str, None](), dict[str, None]()
    for page, tree in site.pages.items():
        own = _loaded(page, tree, "link", "href")
        if any(link.startswith("_static/") for link in own):
            whole[page] = tree
            sheets |= dict.fromkeys(own)
            sources |= dict.fromkeys(_loaded(page, tree, "script", "src"))
    scripts = [(site.folder / name).read_text(encoding="utf-8") for name in sources]
    static, texts = site.folder / "_static", [*map(serialize, whole.values()), *scripts]
    written = {path: path.read_text(encoding="utf-8") for path in sorted(static.rglob("*.css"))}
    theirs = [text for path, text in written.items() if f"_static/{path.name}" not in OWN]
    used = known(vocabulary(whole.values(), scripts), theirs)
    others = known({n for text in texts for n in re.findall(r"--[\w-]+", text)}, written.values())

    def joined() -> str:
        found = []
        for name in sheets:
            found += rules(site.folder / name, static, None if name in OWN else used)
        return "".join(map(str, pruned(found, others)))

    code = [ROOT / "requirements.txt", Path(__file__), Path(__file__).with_name("stylesheet.py")]
    made_from = (digest(code, ROOT), digest(static.rglob("*.css"), static), [*sheets])
    key = digest_of(repr((*made_from, sorted(used), sorted(others))).encode())
    css = kept(store / "site.css", key, joined)
    (site.folder / SHEET).write_text(css, encoding="utf-8")
    version = hashlib.blake2b(css.encode(), digest_size=4).hexdigest()
    for page, tree in whole.items():
        for link in tree.xpath("//link[@rel='stylesheet' or @as='style']"):
            link.drop_tree()
        sheet = E.link(rel="stylesheet", href=f"{'../' * page.count('/')}{SHEET}?v={version}")
        next(tree.iter("title")).addnext(sheet)
    for tree in site.pages.values():
        tighten(tree)
    _remove_unused(site)


def _loaded(page: str, tree: HtmlElement, tag: str, attribute: str) -> list[str]:
    """Return the style sheets or scripts of the site that a page loads, from the site's root on."""
    named = (target(page, e.get(attribute)) for e in tree.iter(tag) if e.get(attribute))
    paths = (link.partition("?")[0] for link in named if link)
    return [path for path in paths if path.endswith((".css", ".js"))]


def tighten(tree: HtmlElement) -> None:
    """Put the policy first in a page's head; take comments, idle space and attributes out."""
    for comment in list(tree.iter(etree.Comment)):
        comment.drop_tree()
    for tag, name in (("main", "role"), ("svg", "version")):
        for element in tree.iter(tag):
            element.attrib.pop(name, None)
    for text in tree.xpath(_WRAPPED):
        place = "text" if text.is_text else "tail"
        setattr(text.getparent(), place, _IDLE.sub("\n", text))
    rule = {"http-equiv": "Content-Security-Policy", "content": policy(tree)}
    tree.head.insert(0, E.meta(rule))


def policy(tree: HtmlElement) -> str:
    """Return a page's Content-Security-Policy: its site's files, its inline scripts by their
    hashes. Source: W3C, "Content Security Policy Level 3", 2.3.1.
    """
    inline = [s.text or "" for s in tree.iter("script") if not (s.get("src") or s.get("type"))]
    digests = (hashlib.sha256(script.encode()).digest() for script in dict.fromkeys(inline))
    hashes = [f"'sha256-{b64encode(digest).decode()}'" for digest in digests]
    allowed, worker = _ENGINE if tree.xpath("boolean(//*[@data-engine])") else ("", "")
    sources = ["'self'", *hashes, *allowed.split()]
    return POLICY.format(scripts=" ".join(sources)) + worker


def _remove_unused(site: Site) -> None:
    static = site.folder / "_static"
    named = {link for tree in site.pages.values() for link in tree.xpath("//@href | //@src")}
    named |= set(re.findall(r'url\("([^"]+)"\)', (site.folder / SHEET).read_text("utf-8")))
    paths = (re.split("[?#]", name)[0] for name in named if name[:5] != "data:")
    wanted = {unquote(path).rpartition("/")[2] for path in paths}
    loaded = [path for path in static.rglob("*.js") if path.name in wanted]
    scripts = "".join(path.read_text(encoding="utf-8") for path in loaded)
    wanted |= set(re.findall(r"""([\w.-]+\.\w+)(?=["'`])""", scripts))
    # a script makes the names of its files in them
    folders = set(re.findall(r"""["'`/]([\w-]+)/(?=["'`$])""", scripts))
    for path in sorted(static.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        elif path.is_file() and path.name not in wanted and path.parent.name not in folders:
            path.unlink()
    for name in UNUSED:
        path = site.folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
