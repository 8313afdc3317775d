"""What a search engine or a preview reads of each page: Open Graph, card, structured data, feed."""

import os
from pathlib import Path

from explainer import book
from explainer.charts.figure import registry
from explainer.site.publish import previews
from explainer.site.publish.address import address, url
from explainer.site.publish.metadata import Page, add, meta, pages
from explainer.site.publish.structured_data import script, things

BOOK = "Staying or Leaving?"
FEED = "feed.xml"
CARDS = "cards"
_FIRST = "index.html"


def write(site: Path, base: str | None = None) -> None:
    """Add to each page of a built site what it is and how it looks when shared.

    `base` is the site's address (default: the configured one). Without it no image, address or feed is named:
    Open Graph, schema.org and Atom ask for absolute addresses.
    """
    base = address() if base is None else base
    found = pages(site)
    drawn = {page.name: _card(site, page, base) for page in found if base and page.figure}
    for page in found:
        image = drawn.get(
            page.name, drawn.get(_FIRST, "")
        )  # a page without a chart is shared with that of the landing page
        add(
            site,
            page.name,
            [
                *_graph(page, base, image),
                *_feed(page, base),
                script(things(book(), page, site, base, BOOK, image)),
            ],
        )


def _card(site: Path, page: Page, base: str) -> str:
    """Draw the card of a page with a chart into the site and return its address."""
    name = f"{CARDS}/{page.name.removesuffix('.html').replace('/', '-')}.png"
    (site / CARDS).mkdir(exist_ok=True)
    if page.name == _FIRST:
        png = previews.whole(registry()[page.figure](book()), BOOK)
    else:
        drawing = site / "figures" / f"{page.figure}.svg"
        png = previews.card(page.title, BOOK, drawing.read_text(encoding="utf-8"))
    (site / name).write_bytes(png)
    return url(base, name)


def _graph(page: Page, base: str, image: str) -> list[str]:
    """Return the tags of the Open Graph protocol (ogp.me), and of the card that X made of them."""
    tags = [
        ("property", "og:type", "website" if page.name == _FIRST else "article"),
        ("property", "og:site_name", BOOK),
        ("property", "og:locale", "en_GB"),
        ("property", "og:title", page.title),
        ("property", "og:description", page.description),
        ("property", "og:url", url(base, page.name)),
        ("property", "og:image", image),
    ]
    if image:
        tags += [
            ("property", "og:image:width", str(previews.WIDTH)),
            ("property", "og:image:height", str(previews.HEIGHT)),
            (
                "property",
                "og:image:alt",
                f"{BOOK} A chart of the book, and its title",
            ),
        ]
    tags += [
        ("name", "twitter:card", "summary_large_image" if image else "summary"),
        ("name", "twitter:title", page.title),
        ("name", "twitter:description", page.description),
        ("name", "twitter:image", image),
    ]
    return [meta(*tag) for tag in tags if tag[2]]


def _feed(page: Page, base: str) -> list[str]:
    up = os.path.relpath(FEED, os.path.dirname(page.name) or ".").replace(os.sep, "/")
    return (
        [
            f'<link rel="alternate" type="application/atom+xml" title="Corrections and versions" href="{up}">'
        ]
        if base
        else []
    )
