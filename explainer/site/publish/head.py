"""What search engines and previews read of each page; `_templates/head.html` prints it."""

from pathlib import Path
from typing import Any

from explainer.charts.figure import registry
from explainer.data.corrections import dates
from explainer.data.files import digest, kept_files
from explainer.data.tables import book
from explainer.paths import ROOT
from explainer.site.publish import citation, previews
from explainer.site.publish.address import url
from explainer.site.publish.structured_data import Page, json_ld, things
from explainer.theme import INK

BOOK = "Staying or Leaving?"
FEED = "feed.xml"
FIRST = "index.html"
ASIDE = ("404.html", "search.html", "genindex.html")  # pages that are no place to arrive at
ICONS = {"icon-192.png": 192, "touch-icon.png": 180}  # px: of a home screen, which reads no SVG


def head(page: Page, site: Path, base: str) -> dict[str, Any]:
    """Return what `_templates/head.html` prints of a page, made with the files of the folder
    `site`. Without an address (`base` is "") no image, address or feed, which all have to be
    absolute.
    """
    if page.name in ASIDE:
        return {}
    image = base and _card(site, page, base)
    up = "../" * page.name.count("/")
    published, modified = dates(book())
    return {
        "description": page.description,
        "about": page,
        "alternative": f"{citation.sentence(page.title)} {page.finding}".strip(),
        "book": BOOK,
        "site": BOOK if page.name != FIRST else "",
        "address": url(base, page.name),
        "image": image,
        "size": (previews.WIDTH, previews.HEIGHT),
        "published": published,
        "modified": modified,
        "work": citation.work(),
        "theme_colors": list(zip(("light", "dark"), INK["paper"], strict=True)),
        "icons": f"{up}_static/",
        "license": book().descriptor["licenses"][0]["path"],
        "feed": f"{up}{FEED}" if base else "",
        "structured": json_ld(things(book(), page, site, base, BOOK, image)),
    }


def icons(folder: Path, store: Path) -> None:
    """Draw the site's icon as PNG files into a folder, for what reads no SVG; kept in `store`."""
    drawing = ROOT / "_static/favicon.svg"
    made_from = [drawing, Path(__file__), Path(previews.__file__), ROOT / "requirements.txt"]

    def drawn() -> dict[str, bytes]:
        text = drawing.read_text(encoding="utf-8")
        return {name: previews.icon(text, size) for name, size in ICONS.items()}

    for name, png in kept_files(store / "icons.zip", digest(made_from, ROOT), drawn).items():
        (folder / name).write_bytes(png)


def _card(site: Path, page: Page, base: str) -> str:
    """Draw a page's card, with its first chart if any, into the site; return its address."""
    path = site / _card_name(page.name)
    path.parent.mkdir(exist_ok=True)
    if page.name == FIRST:
        png = previews.whole(registry()[page.figure](book()), BOOK)
    else:
        figure = page.figure and site / "figures" / f"{page.figure}.svg"
        drawing = figure.read_text(encoding="utf-8") if figure else ""
        png = previews.card(page.title, BOOK, drawing)
    path.write_bytes(png)
    return url(base, _card_name(page.name))


def _card_name(page: str) -> str:
    return f"cards/{page.removesuffix('.html').replace('/', '-')}.png"
