"""What a search engine or a preview reads of each page: Open Graph, card, structured data, feed.
`_templates/head.html` prints it.
"""

from pathlib import Path
from typing import Any

from explainer import book
from explainer.charts.figure import registry
from explainer.data.corrections import dates
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
    return {
        "description": page.description,
        "tags": [(kind, name, text) for kind, name, text in _tags(page, base, image) if text],
        "theme_colors": list(zip(("light", "dark"), INK["paper"], strict=True)),
        "icons": f"{up}_static/",
        "license": book().descriptor["licenses"][0]["path"],
        "feed": f"{up}{FEED}" if base else "",
        "structured": json_ld(things(book(), page, site, base, BOOK, image)),
    }


def icons(folder: Path) -> None:
    """Draw the site's icon as PNG files into a folder, for what reads no SVG."""
    drawing = (ROOT / "_static/favicon.svg").read_text(encoding="utf-8")
    for name, size in ICONS.items():
        (folder / name).write_bytes(previews.icon(drawing, size))


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


def _tags(page: Page, base: str, image: str) -> list[tuple[str, str, str]]:
    """Return the tags of the Open Graph protocol (ogp.me), of the card that X made of them, of
    Highwire Press (what Google Scholar and Zotero read) and of Dublin Core.
    """
    work, (published, modified) = citation.work(), dates(book())
    kind = "website" if page.name == FIRST else "article"
    card = "summary_large_image" if image else "summary"
    alternative = f"{citation.sentence(page.title)} {page.finding}".strip() if image else ""
    author = work.authors[0]
    return [
        ("property", "og:type", kind),
        ("property", "og:site_name", BOOK),
        ("property", "og:locale", "en_GB"),
        ("property", "og:title", page.title),
        ("property", "og:description", page.description),
        ("property", "og:url", url(base, page.name)),
        ("property", "og:image", image),
        ("property", "og:image:width", str(previews.WIDTH) if image else ""),
        ("property", "og:image:height", str(previews.HEIGHT) if image else ""),
        ("property", "og:image:alt", alternative),
        ("property", "article:published_time", published if kind == "article" else ""),
        ("property", "article:modified_time", modified if kind == "article" else ""),
        ("name", "twitter:card", card),
        ("name", "twitter:title", page.title),
        ("name", "twitter:description", page.description),
        ("name", "twitter:image", image),
        ("name", "twitter:image:alt", alternative),
        ("name", "citation_title", page.title),
        ("name", "citation_author", author),
        ("name", "citation_publication_date", modified.replace("-", "/")),
        ("name", "citation_inbook_title", "" if page.name == FIRST else BOOK),
        ("name", "citation_language", "en"),
        ("name", "citation_public_url", url(base, page.name)),
        ("name", "DC.title", page.title),
        ("name", "DC.creator", author),
        ("name", "DC.date", modified),
        ("name", "DC.type", "Text"),
        ("name", "DC.language", "en"),
        ("name", "DC.rights", work.licence),
        ("name", "DC.identifier", url(base, page.name)),
    ]
