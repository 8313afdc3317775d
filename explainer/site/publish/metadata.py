"""The pages of a built site as search engines see them: title, description, first figure, and where tags go in."""

import re
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

ASIDE = ("404.html", "search.html", "genindex.html")  # pages that are no place to arrive at
ICON = "_static/favicon.svg"
_TITLE = re.compile(r"<title>(.*?)</title>", re.S)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
_FIGURE = re.compile(r'<figure class="chart" id="fig-([a-z0-9-]+)"')
_BETWEEN = " — "  # Sphinx writes "page — book"


@dataclass(frozen=True)
class Page:
    """One page: its name from the root of the site, what it is called, its first sentence, its first figure ("" for none)."""

    name: str
    title: str
    description: str
    figure: str


def pages(site: Path) -> list[Page]:
    """Return the pages a reader may arrive at, sorted by name: no search, no index, no redirect, no embedded chart."""
    found = []
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if name in ASIDE or name.startswith(("_", "figures/")):
            continue
        text = path.read_text(encoding="utf-8")
        head = text.partition("</head>")[0]
        if 'http-equiv="refresh"' in head or 'content="noindex"' in head:
            continue
        title, description, figure = (
            _TITLE.search(head),
            _DESCRIPTION.search(head),
            _FIGURE.search(text),
        )
        found.append(
            Page(
                name,
                unescape(title[1]).strip().rpartition(_BETWEEN)[0] or unescape(title[1]).strip()
                if title
                else name,
                unescape(description[1]) if description else "",
                figure[1].replace("-", "_") if figure else "",
            )
        )
    return found


def add(site: Path, name: str, tags: list[str]) -> None:
    """Put tags at the end of a page's head."""
    path = site / name
    head, end, rest = path.read_text(encoding="utf-8").partition("</head>")
    path.write_text(head + "".join(f"{tag}\n" for tag in tags) + end + rest, encoding="utf-8")


def meta(kind: str, name: str, content: str) -> str:
    """Return a `<meta>` tag. `kind` is 'name' or 'property'."""
    return f'<meta {kind}="{escape(name, quote=True)}" content="{escape(content, quote=True)}">'
