"""The guard after a build: each chapter of `_toc.yml` and each article has its page, and no link in the site leads nowhere."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from explainer.data.contents import published


class _Page(HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.anchors: Counter[str] = Counter()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.root = "./"  # where the page's links start: a path from the server's root in a page for any depth
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "html":
            self.root = values.get("data-content_root") or "./"
        if values.get("id"):
            self.anchors[values["id"]] += 1
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        if tag in ("script", "img", "iframe", "source") and values.get("src"):
            self.loads.append(values["src"])
        if tag == "link" and values.get("rel") not in (
            "canonical",
            "search",
            "index",
            "next",
            "prev",
        ):
            self.loads.append(values.get("href", ""))


def problems(site: Path, wanted: list[str] | None = None) -> Iterator[str]:
    """Yield one line for each missing page, dead link, missing or repeated anchor, and thing from elsewhere."""
    wanted = published() if wanted is None else wanted
    for name in wanted:
        if not (site / f"{name}.html").is_file():
            yield f"{name}: the page was not built"
    read = {
        path.resolve(): _Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.parts
    }
    for path, page in read.items():
        name = path.relative_to(site.resolve())
        for anchor in sorted(a for a, times in page.anchors.items() if times > 1):
            yield f"{name}: the id {anchor!r} stands more than once"
        for link in dict.fromkeys(page.links):
            if reason := _dead(path, _from_root(link, page.root, len(name.parts) - 1), read):
                yield f"{name}: {link}: {reason}"
        for load in page.loads:
            if urlsplit(load).netloc:
                yield f"{name}: {load} comes from another host"


def _from_root(link: str, root: str, depth: int) -> str:
    """Return a link that starts at the server's root as one that starts at the page."""
    return (
        "../" * depth + link.removeprefix(root)
        if root.startswith("/") and link.startswith(root)
        else link
    )


def _dead(path: Path, link: str, read: dict[Path, _Page]) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not target.exists():
        return "no such file"
    if parts.fragment and target in read and unquote(parts.fragment) not in read[target].anchors:
        return "no such anchor"
    return ""
