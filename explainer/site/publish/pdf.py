"""The book on paper: a PDF of each page, and one of the whole book with contents, page numbers and evidence as notes.

Chromium prints; the pages' own print style (`_static/book.css`) says how. It is printed twice: the first print tells on
which page each chapter begins, the second has the contents. Dates are those of the version, so the same book is the same file.
"""

import os
import re
from collections.abc import Iterable
from html import escape
from io import BytesIO
from pathlib import Path
from posixpath import normpath

import yaml
from bs4 import BeautifulSoup, Tag

from explainer.data import contents
from explainer.paths import ROOT
from explainer.site import browser
from explainer.site.publish import fonts_css
from explainer.site.publish.address import address

FOLDER = "pdf"
BOOK = "staying-or-leaving"
SETTING = "SITE_PDF"  # environment variable: makes the PDFs, too
_TAKEN = '<p class="take-page">Take this page: '
_PAPER = {
    "format": "A4",
    "print_background": True,
    "outline": True,
    "tagged": True,
    "display_header_footer": True,
    "margin": {"top": "16mm", "bottom": "18mm", "left": "15mm", "right": "15mm"},
    "header_template": "<span></span>",
}
_FOOT = (
    '<div style="font:8px Arial,sans-serif;color:#555;width:100%;padding:0 15mm;display:flex;justify-content:space-between">'
    '<span>{title}</span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>'
)
_DATE = re.compile(rb"D:\d{14}[+-]\d\d'\d\d'")
_NODE, _LISTED = re.compile(rb"\(node(\d{8})\)"), re.compile(rb"\(node\d{8}\) \d+ 0 R")
_TREE = re.compile(rb"/Limits \[\(node\d{8}\) \(node\d{8}\)\]\n/Names \[(\(node[^]]*)\]")
_OUT = "script, .headerlink, .narrow, figure.chart .beside, figure.text .take, .take-page, nav.articles, .d-print-none, .filter, dialog, .copy"


# A page is printed from a file: what it links to is on this machine. With an address the links lead there, without one there are none.
_LINKS = """([root, base]) => {
  for (const link of document.querySelectorAll("a[href]")) {
    const [to, here] = [new URL(link.getAttribute("href"), document.baseURI).href, document.URL.split("#")[0] + "#"];
    if (!to.startsWith(root) || to.startsWith(here)) continue;
    if (base) link.setAttribute("href", base + to.slice(root.length));
    else link.removeAttribute("href");
  }
}"""


def wanted() -> bool:
    """Whether this build makes PDFs: they need a browser, and a reader who only builds the book needs none."""
    return bool(os.environ.get(SETTING))


def ready() -> None:
    """Where this build makes PDFs, see that there is a browser before anything is built. ValueError where there is none."""
    if wanted():
        with browser.opened():
            pass


def offer(site: Path) -> None:
    """Where this build makes PDFs, print them and put a link to each at the end of its page."""
    if not wanted():
        return
    write(site)
    for name in contents.pages():
        path, up = site / f"{name}.html", "../" * name.count("/")
        links = " · ".join(
            f'<a href="{up}{FOLDER}/{file}.pdf">{text}</a>'
            for file, text in ((Path(name).name, "PDF"), (BOOK, "PDF of the whole book"))
        )
        html = path.read_text(encoding="utf-8")
        if _TAKEN not in html:
            raise ValueError(
                f"{name}: the page has no line on what to take, where the link to its PDF belongs"
            )
        path.write_text(html.replace(_TAKEN, f"{_TAKEN}{links} · ", 1), encoding="utf-8")


def write(site: Path) -> list[Path]:
    """Print every page of the contents, and the whole book, into `site`/pdf; return the files.

    Raises ValueError where there is no browser.
    """
    names = contents.pages()
    version = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    made = []
    with browser.opened() as opened:
        for name in names:
            printed = _print(opened, site, f"{name}.html", _title(site / f"{name}.html"))
            made.append(_keep(folder / f"{Path(name).name}.pdf", printed, version))
        sheet = site / "_book.html"
        try:
            pages: dict[str, int] = {}
            for _ in range(2):
                sheet.write_text(whole(site, names, version, pages), encoding="utf-8")
                printed = _print(opened, site, sheet.name, str(version["title"]))
                pages = _begins(printed, names)
        finally:
            sheet.unlink(missing_ok=True)
        made.append(_keep(folder / f"{BOOK}.pdf", printed, version))
    return made


def _print(opened, site: Path, name: str, title: str) -> bytes:
    page = opened.new_page(bypass_csp=True)  # the pages allow no style but their own sheet
    try:
        page.goto((site / name).resolve().as_uri(), wait_until="load")
        page.emulate_media(media="print", color_scheme="light")
        page.evaluate(_LINKS, [f"{site.resolve().as_uri()}/", address()])
        page.add_style_tag(content=fonts_css.style())
        page.evaluate("document.fonts.ready.then(() => true)")
        return page.pdf(
            **_PAPER,
            footer_template=f"<style>{fonts_css.style()}</style>{_FOOT.format(title=escape(title))}",
        )
    finally:
        page.close()


def _keep(path: Path, printed: bytes, version: dict) -> Path:
    """Write a PDF with the day of the version in place of the hour of printing: the same length, so nothing moves."""
    day = re.sub(r"\D", "", str(version["date-released"])).encode()
    path.write_bytes(numbered(_DATE.sub(b"D:" + day + b"000000+00'00'", printed)))
    return path


def numbered(printed: bytes) -> bytes:
    """Return a PDF with the ids of its structure counted from 1 as they stand in it, and their list sorted: the same length.

    Chromium takes them from all that the browser numbers meanwhile: the same page now and then has other ids, in another order.
    """
    places = {
        node: b"(node%08d)" % place
        for place, node in enumerate(dict.fromkeys(re.findall(rb"/ID \(node(\d{8})\)", printed)), 1)
    }
    known = _NODE.sub(lambda match: places.get(match[1], match[0]), printed)

    def sorted_list(match: re.Match) -> bytes:
        pairs = sorted(_LISTED.findall(match[1]))
        return b"/Limits [%s %s]\n/Names [%s]" % (pairs[0][:14], pairs[-1][:14], b" ".join(pairs))

    made = _TREE.sub(sorted_list, known)
    if len(made) != len(printed):
        raise ValueError(
            "a PDF lists its structure in another way than is known here: it cannot be made the same twice"
        )
    return made


def _begins(printed: bytes, names: Iterable[str]) -> dict[str, int]:
    """Return the page, counted from 1, on which each chapter begins."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(printed))
    found = {
        name.lstrip("/"): reader.get_destination_page_number(at) + 1
        for name, at in reader.named_destinations.items()
    }
    return {name: found[_anchor(name)] for name in names}


def whole(site: Path, names: list[str], version: dict, pages: dict[str, int]) -> str:
    """Return the whole book as one HTML page for printing: title, contents with `pages`, then every chapter."""
    first = BeautifulSoup((site / f"{names[0]}.html").read_text(encoding="utf-8"), "html.parser")
    sheets = "".join(
        f'<link rel="stylesheet" href="{escape(link["href"])}">'
        for link in first.select('link[rel="stylesheet"]')
    )
    items = "".join(
        f'<li><a href="#{_anchor(name)}">{escape(_title(site / f"{name}.html"))}</a> <span>{pages.get(name, "")}</span></li>'
        for name in names
    )
    title, _, rest = str(version["title"]).partition("? ")
    style = (Path(__file__).parent / "print.css").read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html><html lang="en" data-theme="light" data-mode="light"><head><meta charset="utf-8"><title>{escape(str(version["title"]))}</title>{sheets}<style>{style}</style></head>'
        f'<body class="book"><section class="cover"><h1>{escape(title)}?</h1><p>{escape(rest)}</p>'
        f"<p>Version {escape(str(version['version']))}, {escape(str(version['date-released']))}. {escape(str(version['authors'][0]['name']))}. "
        f"Text and data: {escape(str(version['license']))}.</p></section>"
        f'<nav class="pages"><h2>Contents</h2><ol>{items}</ol></nav>{"".join(_chapter(site, name, names) for name in names)}</body></html>'
    )


def _chapter(site: Path, name: str, names: list[str]) -> str:
    """Return a page's article for the book: ids made unique, links turned to where they lead in it."""
    soup = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    article = soup.select_one("article.bd-article")
    for element in article.select(_OUT):
        element.decompose()
    here = _anchor(name)
    own = {element["id"] for element in article.select("[id]")}
    for element in article.find_all(True):
        _rename(element, here)
        if element.name == "a" and element.get("href"):
            element["href"] = _leads(name, element["href"], names, own)
    return f'<div class="chapter bd-content" id="{here}">{article.decode()}</div>'


def _rename(element: Tag, here: str) -> None:
    for attribute in ("id", "aria-labelledby", "aria-describedby"):
        if value := element.get(attribute):
            element[attribute] = " ".join(
                f"{here}-{part}" for part in (value if isinstance(value, list) else value.split())
            )
    for attribute, value in element.attrs.items():
        if isinstance(value, str) and "url(#" in value:
            element[attribute] = value.replace("url(#", f"url(#{here}-")


def _leads(name: str, href: str, names: list[str], own: set[str]) -> str:
    """Return where a link of page `name` leads from the root of the site, or in the whole book where the book holds it."""
    if re.match(r"[a-z]+:", href):
        return href
    path, _, fragment = href.partition("#")
    file = normpath(f"{Path(name).parent.as_posix()}/{path}") if path else f"{name}.html"
    target = file.removesuffix(".html")
    if target not in names:
        return file + (f"#{fragment}" if fragment else "")
    return f"#{_anchor(target)}" + (
        f"-{fragment}" if fragment and (target != name or fragment in own) else ""
    )


def _anchor(name: str) -> str:
    return "page-" + name.replace("/", "-")


def _title(path: Path) -> str:
    heading = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select_one(
        "article h1"
    )
    return re.sub(r"\s*#$", "", heading.get_text(" ", strip=True))
