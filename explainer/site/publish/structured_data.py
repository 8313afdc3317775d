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
# Files a reader can take the data as; the site's folder is looked through for them, so that none
# is promised that is not there.
FORMATS = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
    ".sqlite": "application/vnd.sqlite3",
    ".json": "application/json",
}

_TECHNIQUE = (
    "Content analysis of news articles: each value is coded by written rules from quoted words,"
    " read by a second reader and checked against a fingerprint of the article"
)

Thing = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """One page: its address, its title, its first sentence, its first figure and its finding."""

    name: str
    title: str
    description: str
    figure: str = ""
    finding: str = ""


def things(
    tables: Tables, page: Page, site: Path, base: str, book: str, image: str = ""
) -> list[Thing]:
    """Return what stands on a page; without an address (`base` is ""), nothing that needs one."""
    of = {"description": page.description, "url": url(base, page.name), "inLanguage": "en"}
    part = _thing("Book", name=book, url=base)
    if not (page.name == "index.html" or page.name.startswith("chapters/")):
        return [_thing("WebPage", name=page.title, isPartOf=part, **of)]
    of_work = {**of, **_published(tables, base), "headline": page.title[:_HEADLINE], "image": image}
    of_work |= {"author": of_work["publisher"], "citation": articles(tables)}
    if page.name == "index.html":
        version, form = tables.descriptor["version"], "https://schema.org/EBook"
        whole = _thing("Book", name=book, version=version, bookFormat=form, **of_work)
        return [_thing("WebSite", name=book, **of), whole]
    article = _thing("Article", isPartOf=part, **of_work)
    return [article, *[dataset(tables, site, base)] * (page.name == DATA_PAGE)]


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


def _published(tables: Tables, base: str) -> Thing:
    """Return by whom, when and under which licence the book and its data are published."""
    published, modified = dates(tables)
    name = tables.descriptor["contributors"][0]["title"]
    return {
        "publisher": _thing("Organization", name=name, url=base),
        "datePublished": published,
        "dateModified": modified,
        "license": tables.descriptor["licenses"][0]["path"],
    }


def articles(tables: Tables) -> list[Thing]:
    """Return the news articles in order of time; an inferred day, which none can say, as month."""
    listed = []
    for source in in_time(tables).to_dict("records"):
        form = "%Y-%m-%d" if source["published_precision"] == "day" else "%Y-%m"
        author = _thing("Person", name=source["author"]) if source["author"] else None
        article = _thing(
            "NewsArticle",
            headline=source["headline"],
            author=author,
            publisher=_thing("Organization", name=source["outlet"]),
            url=source["url"],
            datePublished=source["published"].strftime(form),
        )
        listed.append(article)
    return listed


def dataset(tables: Tables, site: Path, base: str) -> Thing:
    """Return the data set: what is in it, what it was read from, and each file that holds it.

    The time it covers is that of the articles: it holds what they say, and nothing of other days.
    """
    package, days = tables.descriptor, tables.sources["published"]
    about, places = _published(tables, base), tables.labels("troops", "place")
    proven = [
        r["title"]
        for r in package["resources"]
        if any(f["name"] == "evidence" for f in r["schema"]["fields"])
    ]
    return _thing(
        "Dataset",
        name=package["title"],
        description=package["description"],
        version=package["version"],
        keywords=package["keywords"],
        identifier=f"{package['name']}-data-{package['version']}",
        citation=citation.text(citation.work(), address=base),
        measurementTechnique=_TECHNIQUE,
        creator=about["publisher"],
        url=url(base, DATA_PAGE),
        inLanguage="en",
        isAccessibleForFree=True,
        distribution=distribution(site, base),
        variableMeasured=proven,
        temporalCoverage=f"{days.min():%Y-%m-%d}/{days.max():%Y-%m-%d}",
        spatialCoverage=[
            _thing("Place", name=places[place])
            for place in sorted(set(tables.troops["place"].astype(str)))
        ],
        isBasedOn=articles(tables),
        **about,
    )


def distribution(site: Path, base: str) -> list[Thing]:
    """Return the site's downloads of the data by address: none where it has no address."""
    files = sorted(path for path in (site / "data").glob("*") if path.suffix in FORMATS)
    return [
        _thing(
            "DataDownload",
            name=path.name,
            contentUrl=url(base, f"data/{path.name}"),
            encodingFormat=FORMATS[path.suffix],
            contentSize=f"{path.stat().st_size} B",
        )
        for path in files
        if base
    ]
