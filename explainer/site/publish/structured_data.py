"""What the pages are, in schema.org's words: the book, its chapters, the data set."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explainer.data.corrections import dates
from explainer.data.tables import Tables
from explainer.site.publish import citation
from explainer.site.publish.address import url
from explainer.words.sources import in_time

DATA_PAGE = "chapters/data.html"
_HEADLINE = 110  # characters: what Google asks a headline to stay under
# Files a reader can take the data as; a folder of the site is looked through for them, so that none
# is promised that is not there.
FORMATS = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
    ".sqlite": "application/vnd.sqlite3",
    ".db": "application/vnd.sqlite3",
    ".json": "application/json",
}
_FOLDERS = ("data", ".")

_TECHNIQUE = (
    "Content analysis of news articles: each value is coded by written rules from quoted words,"
    " read by a second reader and checked against a fingerprint of the article"
)

Thing = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """One page: its address from the site's root, what it is called, its first sentence, its first
    figure and what that shows ("" for none).
    """

    name: str
    title: str
    description: str
    figure: str = ""
    finding: str = ""


def things(
    tables: Tables, page: Page, site: Path, base: str, book: str, image: str = ""
) -> list[Thing]:
    """Return what stands on a page; without an address (`base` is ""), nothing that needs one."""
    if page.name == "index.html":
        return [_site(book, page, base), _book(tables, book, page, base, image)]
    if page.name == DATA_PAGE:
        return [_article(tables, book, page, base, image), dataset(tables, site, base)]
    if page.name.startswith("chapters/"):
        return [_article(tables, book, page, base, image)]
    return [
        _thing(
            "WebPage",
            name=page.title,
            description=page.description,
            url=url(base, page.name),
            inLanguage="en",
            isPartOf=_part(book, base),
        )
    ]


def json_ld(found: list[Thing]) -> str:
    """Return things as JSON-LD. `<` is escaped, so that no string of the data ends its script."""
    content = found[0] if len(found) == 1 else {"@graph": found}
    data = {"@context": "https://schema.org", **content}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _thing(kind: str, **properties: Any) -> Thing:
    """Return a thing with the properties that have a value."""
    return {
        "@type": kind,
        **{name: value for name, value in properties.items() if value not in ("", None, [])},
    }


def _makers(tables: Tables, base: str) -> Thing:
    return _thing("Organization", name=tables.descriptor["contributors"][0]["title"], url=base)


def _licence(tables: Tables) -> str:
    return tables.descriptor["licenses"][0]["path"]


def _site(book: str, page: Page, base: str) -> Thing:
    return _thing("WebSite", name=book, description=page.description, url=base, inLanguage="en")


def _part(book: str, base: str) -> Thing:
    return _thing("Book", name=book, url=base)


def _book(tables: Tables, book: str, page: Page, base: str, image: str) -> Thing:
    published, modified = dates(tables)
    return _thing(
        "Book",
        name=book,
        headline=page.title[:_HEADLINE],
        description=page.description,
        url=base,
        image=image,
        inLanguage="en",
        author=_makers(tables, base),
        publisher=_makers(tables, base),
        datePublished=published,
        dateModified=modified,
        version=tables.descriptor["version"],
        license=_licence(tables),
        bookFormat="https://schema.org/EBook",
        citation=articles(tables),
    )


def _article(tables: Tables, book: str, page: Page, base: str, image: str) -> Thing:
    published, modified = dates(tables)
    return _thing(
        "Article",
        headline=page.title[:_HEADLINE],
        description=page.description,
        url=url(base, page.name),
        image=image,
        inLanguage="en",
        author=_makers(tables, base),
        publisher=_makers(tables, base),
        datePublished=published,
        dateModified=modified,
        license=_licence(tables),
        isPartOf=_part(book, base),
        citation=articles(tables),
    )


def articles(tables: Tables) -> list[Thing]:
    """Return the news articles in order of time; an inferred day, which none can say, as month."""
    return [
        _thing(
            "NewsArticle",
            headline=source["headline"],
            author=_thing("Person", name=source["author"]) if source["author"] else None,
            publisher=_thing("Organization", name=source["outlet"]),
            url=source["url"],
            datePublished=(
                source["published"].strftime(
                    "%Y-%m-%d" if source["published_precision"] == "day" else "%Y-%m"
                )
            ),
        )
        for _, source in in_time(tables).iterrows()
    ]


def dataset(tables: Tables, site: Path, base: str) -> Thing:
    """Return the data set: what is in it, what it was read from, and each file of the site that
    holds it.

    The time it covers is that of the articles: it holds what they say, and nothing of other days.
    """
    package, days = tables.descriptor, tables.sources["published"]
    published, modified = dates(tables)
    places = tables.labels("troops", "place")
    return _thing(
        "Dataset",
        name=package["title"],
        description=package["description"],
        version=package["version"],
        keywords=package["keywords"],
        identifier=f"{package['name']}-data-{package['version']}",
        citation=citation.text(citation.work(), address=base),
        measurementTechnique=_TECHNIQUE,
        license=_licence(tables),
        creator=_makers(tables, base),
        publisher=_makers(tables, base),
        url=url(base, DATA_PAGE),
        inLanguage="en",
        isAccessibleForFree=True,
        datePublished=published,
        dateModified=modified,
        distribution=distribution(site, base),
        variableMeasured=[
            r["title"]
            for r in package["resources"]
            if any(f["name"] == "evidence" for f in r["schema"]["fields"])
        ],
        temporalCoverage=f"{days.min():%Y-%m-%d}/{days.max():%Y-%m-%d}",
        spatialCoverage=[
            _thing("Place", name=places[place])
            for place in sorted(set(tables.troops["place"].astype(str)))
        ],
        isBasedOn=articles(tables),
    )


def distribution(site: Path, base: str) -> list[Thing]:
    """Return the site's downloads of the data by address: none where it has no address."""
    if not base:
        return []
    found = {
        path.relative_to(site).as_posix(): path
        for folder in _FOLDERS
        for path in (site / folder).glob("*")
        if path.suffix in FORMATS
    }
    return [
        _thing(
            "DataDownload",
            name=path.name,
            contentUrl=url(base, name),
            encodingFormat=FORMATS[path.suffix],
            contentSize=f"{path.stat().st_size} B",
        )
        for name, path in sorted(found.items())
    ]
