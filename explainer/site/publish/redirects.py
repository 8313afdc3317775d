"""Addresses that are not, or no longer, a page: redirects from `_redirects.yml`, and the page for unknown ones."""

import os
import re
from html import escape
from pathlib import Path

import yaml

from explainer.paths import ROOT
from explainer.site.publish.address import address, path, url
from explainer.site.publish.metadata import ICON

REDIRECTS = ROOT / "_redirects.yml"
NOT_FOUND = "404.html"
_RELATIVE = re.compile(
    r'\b(href|src|action|data-content_root)="(?!(?:[a-z][a-z0-9+.-]*:|/|#))(?:\./)?([^"]*)"', re.I
)


def redirect(site: Path, base: str | None = None, file: Path = REDIRECTS) -> None:
    """Write a page for each old address that leads to the new one, without a script. ValueError where either cannot be."""
    base = address() if base is None else base
    for old, new in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).items():
        if not old.endswith(".html") or not (site / old).resolve().is_relative_to(site.resolve()):
            raise ValueError(f"{file.name}: {old}: is no page below the root of the site")
        if (site / old).exists():
            raise ValueError(f"{file.name}: {old}: there is a page at this address")
        if not (site / new.partition("#")[0]).is_file():
            raise ValueError(f"{file.name}: {old}: leads to {new}, which is not there")
    for old, new in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).items():
        (site / old).parent.mkdir(parents=True, exist_ok=True)
        (site / old).write_text(_page(old, new, base), encoding="utf-8")


def _page(old: str, new: str, base: str) -> str:
    way = escape(os.path.relpath(new, os.path.dirname(old) or ".").replace(os.sep, "/"), quote=True)
    icon = os.path.relpath(ICON, os.path.dirname(old) or ".").replace(
        os.sep, "/"
    )  # or a browser asks for /favicon.ico, and says that there is none
    canonical = (
        f'<link rel="canonical" href="{escape(url(base, new.partition("#")[0]), quote=True)}">\n'
        if base
        else ""
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>This page has moved</title>\n<meta http-equiv="refresh" content="0; url={way}">\n{canonical}<link rel="icon" href="{icon}">\n</head>\n'
        f'<body>\n<main>\n<h1>This page has moved</h1>\n<p>It is now <a href="{way}">here</a>.</p>\n</main>\n</body>\n</html>\n'
    )


def not_found(site: Path, base: str | None = None) -> None:
    """Make the links of `404.html` start at the root: a server shows it at whatever depth the unknown address has.

    The root is the path of the site's address: on GitHub Pages a project lives below its own name. Runs after all
    steps that look for the files a page names.
    """
    base = address() if base is None else base
    page = site / NOT_FOUND
    page.write_text(
        _RELATIVE.sub(lambda m: f'{m[1]}="{path(base)}{m[2]}"', page.read_text(encoding="utf-8")),
        encoding="utf-8",
    )
