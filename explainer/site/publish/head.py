"""What a search engine or a preview reads of each page: Open Graph, card, structured data, feed.

Sphinx asks for it when it writes a page; `_templates/head.html` prints it.
"""

from pathlib import Path
from typing import Any

from explainer import book
from explainer.charts.figure import registry
from explainer.site.publish import previews
from explainer.site.publish.address import url
from explainer.site.publish.structured_data import Page, json_ld, things

BOOK = "Staying or Leaving?"
FEED = "feed.xml"
FIRST = "index.html"
ASIDE = ("404.html", "search.html", "genindex.html")  # pages that are no place to arrive at
_ALT = f"{BOOK} A chart of the book, and its title"


def head(page: Page, site: Path, base: str) -> dict[str, Any]:
    """Return what the head of a page says: `description`, `tags` (kind, name, content), `feed`,
    `structured`.

    `base` is the site's address, "" for none: then no image, address or feed is named, because Open
    Graph, schema.org and Atom ask for absolute addresses. `site` is the folder with the figures and
    the downloads.
    """
    if page.name in ASIDE:
        return {}
    # a page without a chart is shared with that of the landing page
    image = base and (_card(site, page, base) if page.figure else url(base, _card_name(FIRST)))
    return {
        "description": page.description,
        "tags": [(kind, name, text) for kind, name, text in _tags(page, base, image) if text],
        "feed": f"{'../' * page.name.count('/')}{FEED}" if base else "",
        "structured": json_ld(things(book(), page, site, base, BOOK, image)),
    }


def _card(site: Path, page: Page, base: str) -> str:
    """Draw the card of a page with a chart into the site and return its address."""
    path = site / _card_name(page.name)
    path.parent.mkdir(exist_ok=True)
    if page.name == FIRST:
        png = previews.whole(registry()[page.figure](book()), BOOK)
    else:
        drawing = (site / "figures" / f"{page.figure}.svg").read_text(encoding="utf-8")
        png = previews.card(page.title, BOOK, drawing)
    path.write_bytes(png)
    return url(base, _card_name(page.name))


def _card_name(page: str) -> str:
    return f"cards/{page.removesuffix('.html').replace('/', '-')}.png"


def _tags(page: Page, base: str, image: str) -> list[tuple[str, str, str]]:
    """Return the tags of the Open Graph protocol (ogp.me), and of the card that X made of them."""
    kind = "website" if page.name == FIRST else "article"
    card = "summary_large_image" if image else "summary"
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
        ("property", "og:image:alt", _ALT if image else ""),
        ("name", "twitter:card", card),
        ("name", "twitter:title", page.title),
        ("name", "twitter:description", page.description),
        ("name", "twitter:image", image),
    ]
