"""The guard after a build: each chapter and article has its page, each link leads somewhere."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from explainer.data.manifest import published
from explainer.site.document import Site, target
from explainer.site.publish.search_index import FILE, found


def problems(site: Site, wanted: list[str] | None = None) -> Iterator[str]:
    """Yield one line for each missing page, dead link, missing or repeated anchor, thing from
    elsewhere, and for what the search finds where nothing is.
    """
    wanted = published() if wanted is None else wanted
    for name in wanted:
        if f"{name}.html" not in site.pages:
            yield f"{name}: the page was not built"
    anchors = {page: Counter(tree.xpath("//@id")) for page, tree in site.pages.items()}
    for page, tree in site.pages.items():
        twice = sorted(anchor for anchor, times in anchors[page].items() if times > 1)
        yield from (f"{page}: the id {anchor!r} stands more than once" for anchor in twice)
        for link in dict.fromkeys(tree.xpath("//a/@href")):
            if reason := _dead(site, anchors, page, _from_root(link, tree)):
                yield f"{page}: {link}: {reason}"
        for load in _loads(tree):
            if urlsplit(load).netloc:
                yield f"{page}: {load} comes from another host"
    for entry in found(site):
        if reason := _dead(site, anchors, "index.html", entry["at"]):
            yield f"{FILE}: {entry['at']}: {reason}"


def _loads(tree: HtmlElement) -> list[str]:
    links = tree.xpath("//link[not(@rel='canonical' or @rel='search' or @rel='license')]/@href")
    return [*tree.xpath("//script/@src | //img/@src | //iframe/@src | //source/@src"), *links]


def _from_root(link: str, tree: HtmlElement) -> str:
    """Return a link from the server's root, as in a page for any depth, as one from the page."""
    root = tree.get("data-content_root") or "./"
    return link.removeprefix(root) if root.startswith("/") and link.startswith(root) else link


def _dead(site: Site, anchors: dict[str, Counter[str]], page: str, link: str) -> str:
    to = target(page, link)
    if to is None:
        return "no such file" if link.startswith("/") else ""
    path, _, fragment = unquote(to).partition("#")
    path = path.partition("?")[0]
    if path not in site.pages and not (site.folder / path).exists():
        return "no such file"
    if fragment and path in anchors and fragment not in anchors[path]:
        return "no such anchor"
    return ""
