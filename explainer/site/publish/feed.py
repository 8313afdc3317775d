"""The Atom feed of corrections and versions (RFC 4287), the sitemap, robots.txt (RFC 9309)."""

from urllib.parse import urlsplit

from explainer.data.corrections import (
    Correction,
    Release,
    corrections,
    dates,
    releases,
)
from explainer.data.tables import Tables, history
from explainer.paths import CHANGELOG
from explainer.site.document import Site, render
from explainer.site.publish.address import address, url
from explainer.site.publish.citation import sentence
from explainer.site.publish.head import ASIDE, BOOK, FEED
from explainer.words.sources import labels

PAGE = "chapters/corrections.html"


def write(site: Site, base: str | None = None) -> None:
    """Write `robots.txt` and, where the site has an address, `sitemap.xml` and `feed.xml`."""
    base = address() if base is None else base
    files = {"robots.txt": "User-agent: *\nAllow: /\n"}
    if base:
        files["robots.txt"] += f"Sitemap: {base}sitemap.xml\n"
        listed = [p for p in site.pages if p not in ASIDE and not p.startswith("figures/")]
        tables, versions = history(), releases(CHANGELOG.read_text(encoding="utf-8"))
        # last changed with the data or the version, never with a build
        about = {"addresses": [url(base, page) for page in listed], "changed": dates(tables)[1]}
        files |= {"sitemap.xml": render("sitemap.xml", **about) + "\n"}
        files |= {FEED: feed(tables, versions, base)}
    for name, text in files.items():
        (site.folder / name).write_text(text, encoding="utf-8")


def feed(tables: Tables, versions: list[Release], base: str) -> str:
    """Return the feed: an entry a correction and a version, the latest first.

    Its ids stay when the site moves within its host: tag URIs (RFC 4151) of the first version.
    """
    entries = [_correction(tables, one) for one in corrections(tables)]
    entries += [_release(version) for version in versions]
    text = render(
        "feed.xml",
        tag=f"tag:{urlsplit(base).hostname},{versions[-1].date}:staying-or-leaving",
        title=BOOK,
        feed=url(base, FEED),
        page=url(base, PAGE),
        author=tables.descriptor["contributors"][0]["title"],
        entries=sorted(entries, key=lambda entry: entry["date"], reverse=True),
    )
    return text + "\n"


def _correction(tables: Tables, correction: Correction) -> dict[str, str]:
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
    return {
        "name": f"correction/{correction.id}",
        "title": f"{title} ({where})" if where else title,
        "date": correction.date,
        "text": " ".join(told),
        "anchor": correction.id,
    }


def _release(release: Release) -> dict[str, str]:
    sections = (f"{name}: {' '.join(lines)}" for name, lines in release.sections.items())
    return {
        "name": f"version/{release.version}",
        "title": f"Version {release.version}",
        "date": release.date,
        "text": " ".join(sections),
        "anchor": release.anchor,
    }
