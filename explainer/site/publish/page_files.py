"""The weight of each download, behind its link."""

from pathlib import Path

from lxml.html.builder import E

from explainer.site.document import Site


def add_sizes(site: Site) -> None:
    """Write each download's weight behind its link. ValueError where there is no such file."""
    for page, tree in site.pages.items():
        for link in tree.xpath("//a[@class='download']"):
            path = (site.folder / page).parent / link.get("href")
            if not path.is_file():
                raise ValueError(
                    f"{page}: {link.get('href')}: the page offers a download that was not made"
                )
            size, size.tail, link.tail = E.small(weight(path)), link.tail, " "
            link.addnext(size)


def weight(path: Path) -> str:
    """Return a file's size as a reader counts: '3 kB', '1.2 MB'."""
    size = path.stat().st_size
    return f"{max(1, round(size / 1000))} kB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"
