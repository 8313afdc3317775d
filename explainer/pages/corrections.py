"""The page of corrections: each row that was wrong beside the one in its place, and what each
version brought.
"""

from explainer.data.corrections import corrections, releases
from explainer.data.tables import Tables
from explainer.pages.prose import Shown
from explainer.pages.templates import render
from explainer.paths import CHANGELOG


def made(tables: Tables) -> Shown:
    """Return every correction, the latest first: what stood there, what stands there now, the day
    and the reason.
    """
    found = corrections(tables)
    html = render("corrections_made.html", tables, corrections=found[::-1])
    return Shown(html, f"{len(found)} corrections")


def versions(tables: Tables) -> Shown:
    """Return what each version brought, as the changelog tells it, the newest first."""
    found = releases(CHANGELOG.read_text(encoding="utf-8"))
    return Shown(
        render("corrections_versions.html", tables, versions=found), f"{len(found)} versions"
    )
