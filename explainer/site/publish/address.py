"""The site's public address: from `_config.yml` or SITE_ADDRESS, "" where neither has one."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

from explainer.data.files import yaml_of
from explainer.paths import ROOT

VARIABLE = "SITE_ADDRESS"
_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(:\d+)?(/[\w.~%/-]*)?", re.I | re.A)


def address(root: Path = ROOT, environ: Mapping[str, str] = os.environ) -> str:
    """Return the address of the site with a slash at its end, "" where there is none; an empty
    variable, as CI sets it, says nothing. ValueError where it is none of the web.
    """
    where, given = VARIABLE, environ.get(VARIABLE, "").strip()
    if not given:
        where = "_config.yml: html: baseurl"
        settings = yaml_of((root / "_config.yml").read_text(encoding="utf-8")).get("html") or {}
        given = str(settings.get("baseurl") or "").strip()
    if given and not _ADDRESS.fullmatch(given):
        raise ValueError(f"{where}: {given!r} is no address like https://example.org/book/")
    return given and given.rstrip("/") + "/"


def path(base: str) -> str:
    """Return the path under which a server has the site, with slashes; "/" is the best guess."""
    return urlsplit(base).path or "/"


def url(base: str, name: str) -> str:
    """Return a file's public address, the folder's for the landing page; "" without one."""
    return base and base + ("" if name == "index.html" else quote(name))
