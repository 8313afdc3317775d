"""Addresses that are no page, or no longer: `_redirects.yml`, and the page for unknown ones."""

from pathlib import Path

from explainer.data.files import yaml_of
from explainer.paths import ROOT
from explainer.site.document import LINKS, Site, parse, render, rewrite
from explainer.site.publish.address import address, path, url

REDIRECTS = ROOT / "_redirects.yml"
NOT_FOUND = "404.html"


def add_redirects(site: Site, base: str | None = None, file: Path = REDIRECTS) -> None:
    """Add a page for each old address that leads to the new one. ValueError if it cannot."""
    base = address() if base is None else base
    moves = yaml_of(file.read_text(encoding="utf-8")) or {}
    for old, new in moves.items():
        path = (site.folder / old).resolve()
        if not old.endswith(".html") or not path.is_relative_to(site.folder.resolve()):
            raise ValueError(f"{file.name}: {old}: is no page below the root of the site")
        if old in site.pages:
            raise ValueError(f"{file.name}: {old}: there is a page at this address")
        if new.partition("#")[0] not in site.pages:
            raise ValueError(f"{file.name}: {old}: leads to {new}, which is not there")
    for old, new in moves.items():
        home = url(base, new.partition("#")[0])
        up = "../" * old.count("/")
        site.pages[old] = parse(render("moved.html", new=f"{up}{new}", up=up, home=home))


def root_links(site: Site, base: str | None = None) -> None:
    """Make the links of `404.html` start at the root, the path of the site's address: a server
    shows it at any depth. Runs after all steps that look for the files a page names.
    """
    root = path(address() if base is None else base)

    def place(link: str) -> str:
        inside = link.removeprefix(NOT_FOUND)
        return inside if inside.startswith("#") else root + link

    rewrite(site.pages[NOT_FOUND], NOT_FOUND, place, *LINKS)
