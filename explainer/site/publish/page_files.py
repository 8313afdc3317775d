"""The built pages as the publishing steps read and complete them: links from another folder, sizes of downloads."""

import re
from collections.abc import Callable
from pathlib import Path
from posixpath import normpath

from explainer.data.contents import pages

_DOWNLOAD = re.compile(r'(<a class="download" href="([^"]+)"[^>]*>.*?</a>)', re.S)


def change(site: Path, changed: Callable[[str, str], str]) -> None:
    """Replace the HTML of each page of the book in `site` by what `changed` makes of the page's name and HTML."""
    for page in pages():
        path = site / f"{page}.html"
        path.write_text(changed(page, path.read_text(encoding="utf-8")), encoding="utf-8")


def svg_links(site: Path) -> None:
    """Turn `xlink:href` of the drawings, which JupyterLab leaves alone, into `href`, as HTML of today has it."""
    change(site, lambda page, html: re.sub(r'(<a\b[^>]*?) xlink:href="', r'\1 href="', html))


def sizes(site: Path) -> None:
    """Write behind each link of the class `download` how much it weighs. ValueError where there is no such file."""

    def sized(page: str, html: str) -> str:
        return _DOWNLOAD.sub(
            lambda m: f"{m[1]} <small>{weight(_file(site, page, m[2]))}</small>", html
        )

    change(site, sized)


def weight(path: Path) -> str:
    """Return a file's size as a reader counts: '3 kB', '1.2 MB'."""
    size = path.stat().st_size
    return f"{max(1, round(size / 1000))} kB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"


def relinked(page: str, html: str, site: str = "../") -> str:
    """Return a page's HTML for a file in another folder of the site: each link within the site from its root `site` on.

    `site` is "../" for a file one folder deep, or the site's address.
    """
    here = page.rpartition("/")[0]

    def moved(match: re.Match) -> str:
        link = match[1]
        if re.match(r"[a-z]+:|//", link):
            return match[0]
        target = (
            f"{page}.html{link}" if link.startswith("#") else normpath(f"{here}/{link}").lstrip("/")
        )
        return f'href="{site}{target}"'

    return re.sub(r'(?<![\w:-])href="([^"]*)"', moved, html)


def _file(site: Path, page: str, link: str) -> Path:
    path = ((site / f"{page}.html").parent / link).resolve()
    if not path.is_file():
        raise ValueError(f"{page}: {link}: the page offers a download that was not made")
    return path
