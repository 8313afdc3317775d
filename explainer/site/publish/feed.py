"""The Atom feed of corrections and versions (RFC 4287), the sitemap, robots.txt (RFC 9309)."""

from urllib.parse import urlsplit
from xml.etree import ElementTree as Tree

from explainer.data.corrections import (
    Correction,
    Release,
    corrections,
    dates,
    history,
    releases,
)
from explainer.data.tables import Tables
from explainer.paths import CHANGELOG
from explainer.site.document import Site
from explainer.site.publish.address import address, url
from explainer.site.publish.citation import sentence
from explainer.site.publish.head import ASIDE, BOOK, FEED
from explainer.words.sources import labels

PAGE = "chapters/corrections.html"
_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write(site: Site, base: str | None = None) -> None:
    """Write `robots.txt` and, where the site has an address (default: the configured one),
    `sitemap.xml` and `feed.xml`.

    Both have to name absolute addresses, and the feed's ids are made from the host's name.
    """
    base = address() if base is None else base
    robots = "User-agent: *\nAllow: /\n" + (f"Sitemap: {base}sitemap.xml\n" if base else "")
    (site.folder / "robots.txt").write_text(robots, encoding="utf-8")
    if base:
        listed = [p for p in site.pages if p not in ASIDE and not p.startswith("figures/")]
        tables, versions = history(), releases(CHANGELOG.read_text(encoding="utf-8"))
        addresses = [url(base, page) for page in listed]
        (site.folder / "sitemap.xml").write_bytes(sitemap(addresses, dates(tables)[1]))
        (site.folder / FEED).write_bytes(feed(tables, versions, base))


def sitemap(addresses: list[str], changed: str) -> bytes:
    """Return the sitemap of addresses, last changed with the data, never with a build."""
    root = Tree.Element("urlset", xmlns=_SITEMAP)
    for each in addresses:
        _fill(Tree.SubElement(root, "url"), loc=each, lastmod=changed)
    return _printed(root)


def feed(tables: Tables, versions: list[Release], base: str) -> bytes:
    """Return the feed: an entry a correction and a version, the latest first."""
    first, last = versions[-1].date, max([versions[0].date, *(c.date for c in corrections(tables))])
    root = Tree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _fill(
        root,
        id=_tag(base, first, "feed"),
        title=f"{BOOK} Corrections and versions",
        updated=_moment(last),
        rights="CC BY 4.0",
    )
    for relation, address_ in (("self", url(base, FEED)), ("alternate", url(base, PAGE))):
        Tree.SubElement(root, "link", rel=relation, href=address_)
    Tree.SubElement(Tree.SubElement(root, "author"), "name").text = tables.descriptor[
        "contributors"
    ][0]["title"]
    entries = [(c.date, 1, _correction(tables, c, base, first)) for c in corrections(tables)] + [
        (r.date, 0, _release(r, base, first)) for r in versions
    ]
    for _, _, entry in sorted(entries, key=lambda e: e[:2], reverse=True):
        root.append(entry)
    return _printed(root)


def _correction(tables: Tables, correction: Correction, base: str, first: str) -> Tree.Element:
    old, new = correction.old, correction.new
    where = labels(tables).get(old.source_id, "")
    title = f"Corrected: {old.id}" if new else f"Withdrawn: {old.id}"
    told = [correction.reason]
    if not correction.in_place:
        title += f", now {new.id}" if new else ""
        told.append(f"Before: {sentence(old.says)}")
    told.append(f"Now: {sentence(new.says)}" if new else "No row takes its place.")
    if new and new.words:
        told.append(f"Words: “{new.words}”")
    return _entry(
        base,
        first,
        f"correction/{correction.id}",
        f"{title} ({where})" if where else title,
        correction.date,
        " ".join(told),
        correction.id,
    )


def _release(release: Release, base: str, first: str) -> Tree.Element:
    told = " ".join(f"{name}: {' '.join(lines)}" for name, lines in release.sections.items())
    return _entry(
        base,
        first,
        f"version/{release.version}",
        f"Version {release.version}",
        release.date,
        told,
        release.anchor,
    )


def _entry(
    base: str, first: str, name: str, title: str, day: str, text: str, anchor: str
) -> Tree.Element:
    entry = Tree.Element("entry")
    _fill(entry, id=_tag(base, first, name), title=title, updated=_moment(day), summary=text)
    Tree.SubElement(entry, "link", rel="alternate", href=f"{url(base, PAGE)}#{anchor}")
    return entry


def _tag(base: str, first: str, name: str) -> str:
    """Return an id that stays when the site moves within its host: a tag URI (RFC 4151)."""
    return f"tag:{urlsplit(base).hostname},{first}:staying-or-leaving/{name}"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _fill(element: Tree.Element, **texts: str) -> None:
    for name, text in texts.items():
        Tree.SubElement(element, name).text = text


def _printed(root: Tree.Element) -> bytes:
    Tree.indent(root)
    return Tree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
