"""A built site as trees: each page is read once, changed by the finishing steps and written once.
`rewrite` is the one place that changes links.
"""

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from posixpath import dirname, normpath
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

from explainer.pages.templates import environment

LINKS = ("href", "src", "action", "data-content_root")
TEMPLATES = environment("explainer.site")
# One class for every element, known in C: lxml's own way asks Python about each.
PARSER = html.HTMLParser()
PARSER.set_element_class_lookup(
    etree.ElementDefaultClassLookup(element=HtmlElement, comment=html.HtmlComment)
)


class Site:
    """A built site in `folder`, with its pages as trees by address, `chapters/troops.html` say."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.pages: dict[str, HtmlElement] = {
            path.relative_to(folder).as_posix(): parse(path.read_text(encoding="utf-8"))
            for path in sorted(folder.rglob("*.html"))
            if "_static" not in path.parts
        }

    def write(self) -> None:
        """Write every page."""
        for name, tree in self.pages.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(serialize(tree), encoding="utf-8")


def render(template: str, **values: Any) -> str:
    """Return the HTML of a template of `site/templates/`, every value escaped."""
    return TEMPLATES.get_template(template).render(**values)


def parse(text: str) -> HtmlElement:
    """Return a page as a tree."""
    return html.document_fromstring(text, parser=PARSER)


def parts(text: str) -> HtmlElement:
    """Return a piece of HTML as the children of a `<div>`."""
    whole = PARSER.makeelement("div")
    for part in html.fragments_fromstring(text, parser=PARSER):
        if isinstance(part, str):  # what stands before the first element
            whole.text = part
        else:
            whole.append(part)
    return whole


def serialize(tree: HtmlElement) -> str:
    """Return the HTML of a page."""
    return etree.tostring(tree, method="html", encoding="unicode", doctype="<!DOCTYPE html>") + "\n"


def inner(element: HtmlElement) -> str:
    """Return the HTML inside an element."""
    start = escape(element.text or "", quote=False)
    return start + "".join(
        etree.tostring(child, method="html", encoding="unicode") for child in element
    )


def text_of(element: HtmlElement) -> str:
    """Return the text inside an element on one line."""
    return " ".join(element.text_content().split())


def append(element: HtmlElement, text: str) -> None:
    """Put a piece of HTML at the end of an element."""
    for child in parts(text):
        element.append(child)


class Text(NamedTuple):
    """A run of text: that of an element, or that behind it."""

    owner: HtmlElement
    behind: bool

    @property
    def text(self) -> str:
        """What it says."""
        return (self.owner.tail if self.behind else self.owner.text) or ""

    def write(self, text: str) -> None:
        """Put another text in its place."""
        setattr(self.owner, "tail" if self.behind else "text", text)

    def put(self, element: HtmlElement, start: int, end: int) -> None:
        """Put an element in place of the characters from `start` to `end`."""
        element.tail = self.text[end:]
        self.write(self.text[:start])
        if self.behind:
            self.owner.addnext(element)
        else:
            self.owner.insert(0, element)


# ---------------------------------------------------------------- links
def target(page: str, link: str) -> str | None:
    """Return where a link of a page leads, from the site's root; None out of the site."""
    address = urlsplit(link)
    if address.scheme or address.netloc or link.startswith("/"):
        return None
    path = normpath(f"{dirname(page)}/{address.path}").lstrip("/") if address.path else page
    return link.replace(address.path, path, 1) if address.path else path + link


def rewrite(tree: HtmlElement, page: str, place: Callable[[str], str], *names: str) -> None:
    """Let `place` write each link of a tree that stays in the site anew, from what it is from the
    root. `page` is what the links were written for, `names` the attributes (default: `href`).
    """
    for element, name, link in links(tree, *names):
        if (to := target(page, link)) is not None:
            element.set(name, place(to))


def new_links(tree: HtmlElement) -> None:
    """Turn `xlink:href` of drawings, which JupyterLab leaves alone, into `href`."""
    for element, name, link in list(links(tree, "xlink:href")):
        del element.attrib[name]
        element.set("href", link)


def links(tree: HtmlElement, *names: str) -> Iterator[tuple[HtmlElement, str, str]]:
    """Yield each element of a tree with an attribute that is a link, its name and the link."""
    for element in tree.iter(etree.Element):
        for name in names or ("href",):
            if (link := element.get(name)) is not None:
                yield element, name, link
