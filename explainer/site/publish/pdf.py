"""The book on paper: a PDF of each page, and one of the whole book with contents and notes.
Chromium prints with the pages' own print style (`_static/book.css`), the book twice: the first
print tells where each chapter begins. Dates are the version's: the same book, the same file.
"""

import os
import re
from collections.abc import Iterable
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.html import HtmlElement
from markupsafe import Markup

from explainer.data import manifest
from explainer.data.files import yaml_of
from explainer.paths import ROOT
from explainer.site import browser
from explainer.site.document import Site, render, rewrite, text_of
from explainer.site.publish import fonts_css, pdf_tags
from explainer.site.publish.address import address
from explainer.site.publish.citation import work

FOLDER = "pdf"
BOOK = "staying-or-leaving"
SETTING = "SITE_PDF"  # environment variable: makes the PDFs, too
_PAPER = {
    "format": "A4",
    "print_background": True,
    "outline": True,
    "tagged": True,
    "display_header_footer": True,
    "margin": {"top": "16mm", "bottom": "18mm", "left": "15mm", "right": "15mm"},
    "header_template": "<span></span>",
}
_DATE = re.compile(rb"D:\d{14}[+-]\d\d'\d\d'")
_NODE, _LISTED = re.compile(rb"\(node(\d{8})\)"), re.compile(rb"\(node\d{8}\) \d+ 0 R")
_TREE = re.compile(rb"/Limits \[\(node\d{8}\) \(node\d{8}\)\]\n/Names \[(\(node[^]]*)\]")
_OUT = {
    "headerlink", "narrow", "beside", "take", "take-page", "articles", "d-print-none", "filter",
    "copy",
}  # fmt: skip


def wanted() -> bool:
    """Whether this build makes PDFs, for which it needs a browser."""
    return bool(os.environ.get(SETTING))


def ready() -> None:
    """See that a build that makes PDFs has a browser, before all else. ValueError if not."""
    if wanted():
        with browser.opened():
            pass


def links(page: str) -> dict[str, str]:
    """Return the PDFs of this build at a page's end: {address from the root: what it is}."""
    name = Path(page).name
    files = {f"{FOLDER}/{name}.pdf": "PDF", f"{FOLDER}/{BOOK}.pdf": "PDF of the whole site"}
    return files if wanted() else {}


def write(site: Site) -> list[Path]:
    """Print every page, and the whole book, into `pdf`. ValueError where there is no browser."""
    names = manifest.pages()
    version = yaml_of((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    folder = site.folder / FOLDER
    folder.mkdir(exist_ok=True)
    files = []
    with browser.opened() as opened:
        for name in names:
            page = f"{name}.html"
            printed = _print(opened, site.folder, page, _title(site.pages[page]))
            files.append(_keep(folder / f"{Path(name).name}.pdf", *printed, version))
        sheet = site.folder / "_book.html"
        try:
            places: dict[str, int] = {}
            for _ in range(2):
                sheet.write_text(whole(site, names, version, places), encoding="utf-8")
                printed = _print(opened, site.folder, sheet.name, str(version["title"]))
                places = _begins(printed[0], names)
        finally:
            sheet.unlink(missing_ok=True)
        files.append(_keep(folder / f"{BOOK}.pdf", *printed, version))
    return files


def _print(opened: Any, site: Path, name: str, title: str) -> tuple[bytes, dict[str, str]]:
    """Return a page as a PDF, and what its links are called by where they lead."""
    page = opened.new_page(bypass_csp=True)  # the pages allow no style but their own sheet
    try:
        page.goto((site / name).resolve().as_uri(), wait_until="load")
        page.emulate_media(media="print", color_scheme="light")
        page.evaluate(_read("pdf.js"))
        page.evaluate("leadLinks", [f"{site.resolve().as_uri()}/", address()])
        page.add_style_tag(content=fonts_css.style())
        page.evaluate("document.fonts.ready.then(() => true)")
        page.evaluate("prepare")
        foot = render("pdf_foot.html", style=Markup(fonts_css.style()), title=title)
        return page.pdf(**_PAPER, footer_template=foot), page.evaluate("called")
    finally:
        page.close()


def _keep(path: Path, printed: bytes, called: dict[str, str], version: dict[str, Any]) -> Path:
    """Write a PDF with what a listener needs, and the version's day as that of printing."""
    day = re.sub(r"\D", "", str(version["date-released"])).encode()
    dated = numbered(_DATE.sub(b"D:" + day + b"000000+00'00'", printed))
    path.write_bytes(pdf_tags.described(dated, work(), called))
    return path


def numbered(printed: bytes) -> bytes:
    """Return a PDF with the ids of its structure counted from 1 and their list sorted, as long as
    before. Chromium takes them from all that the browser numbers meanwhile: each print has others.
    """
    nodes = dict.fromkeys(re.findall(rb"/ID \(node(\d{8})\)", printed))
    places = {node: b"(node%08d)" % place for place, node in enumerate(nodes, 1)}
    known = _NODE.sub(lambda match: places.get(match[1], match[0]), printed)

    def sorted_list(match: re.Match[bytes]) -> bytes:
        pairs = sorted(_LISTED.findall(match[1]))
        return b"/Limits [%s %s]\n/Names [%s]" % (pairs[0][:14], pairs[-1][:14], b" ".join(pairs))

    made = _TREE.sub(sorted_list, known)
    if len(made) != len(printed):
        raise ValueError("a PDF lists its structure in an unknown way: no two would be the same")
    return made


def _begins(printed: bytes, names: Iterable[str]) -> dict[str, int]:
    """Return the page, counted from 1, on which each chapter begins."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(printed))
    found = {
        name.lstrip("/"): (reader.get_destination_page_number(at) or 0) + 1
        for name, at in reader.named_destinations.items()
    }
    return {name: found[_anchor(name)] for name in names}


def whole(site: Site, names: list[str], version: dict[str, Any], places: dict[str, int]) -> str:
    """Return the whole book as one page to print: title, contents with `places`, chapters."""
    title, _, rest = str(version["title"]).partition("? ")
    trees = {name: site.pages[f"{name}.html"] for name in names}
    return render(
        "book.html", version=version, title=f"{title}?", rest=rest,
        sheets=[link.get("href") for link in trees[names[0]].xpath("//link[@rel='stylesheet']")],
        style=_read("print.css"),
        chapters=[
            (_anchor(name), _title(tree), places.get(name, ""), _chapter(name, tree, names))
            for name, tree in trees.items()
        ],
    )  # fmt: skip


def _read(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _chapter(name: str, tree: HtmlElement, names: list[str]) -> str:
    """Return a page's article for the book: ids unique, links to where they lead in it."""
    article = deepcopy(next(tree.iter("article")))
    for element in [e for e in article.iter(etree.Element) if _left_out(e)]:
        element.drop_tree()
    here, own = _anchor(name), set(article.xpath(".//@id"))

    def place(link: str) -> str:
        path, mark, anchor = link.partition("#")
        chapter = path.removesuffix(".html")
        if chapter not in names:
            return link
        inside = anchor and (chapter != name or anchor in own)
        return f"#{_anchor(chapter)}" + (f"-{anchor}" if inside else "")

    rewrite(article, f"{name}.html", place)
    for element in article.iter(etree.Element):
        for attribute, value in element.attrib.items():
            if attribute in ("id", "aria-labelledby", "aria-describedby"):
                element.set(attribute, " ".join(f"{here}-{part}" for part in value.split()))
            elif "url(#" in value:
                element.set(attribute, value.replace("url(#", f"url(#{here}-"))
    return etree.tostring(article, method="html", encoding="unicode", with_tail=False)


def _left_out(element: HtmlElement) -> bool:
    """Whether the book on paper has no use for an element of a page."""
    return element.tag in ("script", "dialog") or bool(set(element.classes) & _OUT)


def _anchor(name: str) -> str:
    return "page-" + name.replace("/", "-")


def _title(tree: HtmlElement) -> str:
    """Return the heading of a page, without the sign of its link."""
    return text_of(next(tree.iter("h1"))).removesuffix("#").strip()
