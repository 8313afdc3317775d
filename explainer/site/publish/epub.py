"""The book as an EPUB 3.3: every page with its proofs, to read and keep without a network."""

import re
import zipfile
from copy import deepcopy
from io import BytesIO

from lxml import etree
from lxml.html import HtmlElement

from explainer.data.corrections import dates
from explainer.data.manifest import published
from explainer.data.tables import history
from explainer.site.document import Site, render, rewrite, text_of
from explainer.site.publish import citation
from explainer.site.publish.address import address
from explainer.site.publish.archive import entry

NAME = "staying-or-leaving.epub"
_COVER = "figures/index_answer.png"
# What a page has for a screen with scripts, for paper, or to take away.
_TAGS = ("script", "noscript", "form", "button", "input", "output")
_CLASSES = ("beside", "wide", "take-page", "hint")
_CASE = {"viewbox": "viewBox", "clippath": "clipPath"}  # which HTML does not tell apart, XML does
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_COLOUR = re.compile(r"var\(--[\w-]+,\s*(#[0-9a-f]{6})\)", re.I)  # of a page; readers know no theme


def write(site: Site, base: str | None = None) -> None:
    """Write the EPUB into the folder `epub` of a finished site. `base` is the site's
    address, "" for none: then links to files that are not in the EPUB become text.
    """
    base = address() if base is None else base
    names = [f"{name}.html" for name in published()]
    pages = {name: site.pages[name] for name in names}
    titles = {name: text_of(next(tree.iter("h1"))).rstrip("#") for name, tree in pages.items()}
    files = {_inside(p): _page(p, tree, titles, base).encode() for p, tree in pages.items()}
    about = {
        "work": citation.work(),
        "modified": dates(history())[1],
        "pages": [(_inside(name), titles[name]) for name in names],
        "cover": _COVER,
        "drawn": [name for name, content in files.items() if b"<svg" in content],
    }
    files |= {
        "content.opf": render("epub.opf", **about).encode(),
        "nav.xhtml": render("epub_nav.xhtml", **about).encode(),
        "style.css": render("epub.css").encode(),
        _COVER: (site.folder / _COVER).read_bytes(),
    }
    path = site.folder / "epub" / NAME
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(_packed(files))


def _inside(page: str) -> str:
    return page.removesuffix(".html") + ".xhtml"


def _page(page: str, tree: HtmlElement, titles: dict[str, str], base: str) -> str:
    """Return the article of a page as XHTML, with the narrow drawings, which fit a reader."""
    article = deepcopy(tree.find_class("bd-article")[0])
    for element in [*article.iter(*_TAGS), *(e for c in _CLASSES for e in article.find_class(c))]:
        element.drop_tree()
    for element in article.iter(etree.Element):
        element.tag = _CASE.get(element.tag, element.tag)
        for name, value in list(element.attrib.items()):
            if name.startswith(("data-", "xmlns")) or name in ("hidden", "tabindex", "open"):
                del element.attrib[name]
            elif name in _CASE:
                element.set(_CASE[name], element.attrib.pop(name))
            else:
                element.set(name, _COLOUR.sub(r"\1", value))
    _lead(article, page, titles, base)
    for drawing in list(article.iter("svg")):
        _named(drawing)
    up = "../" * page.count("/")
    content = etree.tostring(article, method="xml", encoding="unicode", with_tail=False)
    return render("epub_page.xhtml", title=titles[page], up=up, content=content)


def _lead(article: HtmlElement, page: str, titles: dict[str, str], base: str) -> None:
    """Let each link lead to a page of the EPUB, or to the site; else it becomes text."""
    up = "../" * page.count("/")

    def place(to: str) -> str:
        path, _, anchor = to.partition("#")
        if path in titles:
            return f"{up}{_inside(path)}{'#' if anchor else ''}{anchor}"
        return base and base + to

    rewrite(article, page, place)
    for link in list(article.iter("a")):
        if not link.get("href"):
            link.drop_tag()


def _named(drawing: HtmlElement) -> None:
    """Give a drawing the namespace of SVG, and its links the form that readers know."""
    drawing.set("role", "document" if drawing.get("role") == "group" else "img")
    for link in drawing.iter("a"):
        link.set(f"{{{_XLINK}}}href", link.attrib.pop("href"))
        link.set(f"{{{_XLINK}}}title", link.get("aria-label") or text_of(link))
    tail, parent = drawing.tail, drawing.getparent()
    text = etree.tostring(drawing, method="xml", encoding="unicode", with_tail=False)
    named = etree.fromstring(text.replace("<svg", f'<svg xmlns="{_SVG}"', 1))
    named.tail = tail
    parent.replace(drawing, named)


def _packed(files: dict[str, bytes]) -> bytes:
    """Return the container: the file `mimetype` first and uncompressed, as EPUB OCF 3.3 asks."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(entry("mimetype", zipfile.ZIP_STORED), b"application/epub+zip")
        archive.writestr(entry("META-INF/container.xml"), render("epub_container.xml").encode())
        for name, content in sorted(files.items()):
            archive.writestr(entry(f"EPUB/{name}"), content)
    return made.getvalue()
