"""The page of corrections: wrong rows beside those in their place; what each version brought."""

from markupsafe import Markup

from explainer.data.changelog import MADE
from explainer.data.corrections import corrections, dates, releases
from explainer.data.dates import days
from explainer.data.tables import Tables
from explainer.pages.prose import Shown
from explainer.pages.templates import render
from explainer.paths import CHANGELOG
from explainer.words.numbers import numbers


def made(tables: Tables) -> Shown:
    """Return every correction, the latest first: before, now, the day and the reason."""
    found = corrections(tables)
    titles = dict(tables.events[["event_id", "title"]].itertuples(index=False))
    html = render("corrections_made.html", tables, corrections=found[::-1], titles=titles)
    return Shown(html, f"{len(found)} corrections")


def versions(tables: Tables) -> Shown:
    """Return what each version brought, as the changelog tells it, the newest first; its lines on
    corrections as one, because each stands on this page.
    """
    found = releases(CHANGELOG.read_text(encoding="utf-8"))
    for lines in (lines for version in found for lines in version.sections.values()):
        other = [line for line in lines if not line.startswith(MADE.removeprefix("- "))]
        if rows := len(lines) - len(other):
            made = "1 row corrected" if rows == 1 else f"{rows} rows corrected"
            lines[:] = [f"{made}; see above.", *other]
    html = render("corrections_versions.html", tables, versions=found)
    return Shown(html, f"{len(found)} versions")


def edition(tables: Tables, page: str = "") -> Markup:
    """Return the line that each page ends in: when the book was published first and corrected last,
    and the day of its latest source. `page` as for `templates.render`.
    """
    pages = [days(published)[0] for published in tables.pages["published"]]
    later = pages and max(pages) >= tables.sources["published"].max().date()
    key = "last_page_seen" if later else "last_published"
    latest = numbers(tables, frozenset({key}))[key]
    return render(
        "corrections_edition.html", tables, page,
        published=dates(tables)[0],
        corrected=max((f"{day:%Y-%m-%d}" for day in tables.corrections["date"]), default=""),
        latest=latest.text,
        row=latest.rows[-1],
    )  # fmt: skip
