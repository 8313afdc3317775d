"""What structured data has to hold: the properties that Google requires or that this book promises, and those schema.org knows.

Required: https://developers.google.com/search/docs/appearance/structured-data/dataset (Dataset: name, description of 50 to
5,000 characters; DataDownload: contentUrl) and …/article (Article has none; recommended: author, author.name,
datePublished, dateModified, headline, image). What the book promises beyond is in brackets. Known: https://schema.org/<type>.
"""

import re
from collections.abc import Iterator

WORK = {
    "name",
    "description",
    "url",
    "image",
    "inLanguage",
    "author",
    "publisher",
    "datePublished",
    "dateModified",
    "license",
    "citation",
    "isPartOf",
    "headline",
    "keywords",
    "version",
    "creator",
    "isAccessibleForFree",
    "isBasedOn",
    "temporalCoverage",
    "spatialCoverage",
}  # of CreativeWork
REQUIRED = {
    "Dataset": {
        "name",
        "description",
        "version",
        "license",
        "creator",
        "variableMeasured",
        "temporalCoverage",
        "spatialCoverage",
        "isBasedOn",
        "identifier",
        "citation",
        "measurementTechnique",
    },
    "DataDownload": {"contentUrl", "encodingFormat"},
    "Article": {
        "headline",
        "description",
        "author",
        "publisher",
        "datePublished",
        "dateModified",
        "isPartOf",
        "citation",
    },
    "NewsArticle": {"headline", "publisher", "datePublished"},
    "Book": {"name"},
    "WebSite": {"name"},
    "WebPage": {"name", "isPartOf"},
    "Organization": {"name"},
    "Person": {"name"},
    "Place": {"name"},
}
KNOWN = {
    "Dataset": WORK | {"distribution", "variableMeasured", "identifier", "measurementTechnique"},
    "DataDownload": WORK | {"contentUrl", "encodingFormat", "contentSize"},
    "Article": WORK,
    "NewsArticle": WORK,
    "Book": WORK | {"bookFormat"},
    "WebSite": WORK,
    "WebPage": WORK,
    "Organization": {"name", "url"},
    "Person": {"name", "url"},
    "Place": {"name"},
}
TYPES = {
    "author": {"Organization", "Person"},
    "creator": {"Organization", "Person"},
    "publisher": {"Organization", "Person"},
    "isPartOf": {"Book", "WebSite"},
    "citation": {"NewsArticle"},
    "isBasedOn": {"NewsArticle"},
    "distribution": {"DataDownload"},
    "spatialCoverage": {"Place"},
}
ADDRESSES = ("url", "image", "contentUrl", "license")
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def faults(blocks: list[dict]) -> Iterator[str]:
    """Yield what is wrong with the JSON-LD blocks of a page."""
    if len(blocks) != 1 or blocks[0].get("@context") != "https://schema.org":
        yield f"{len(blocks)} blocks, or another context"
        return
    for thing in blocks[0].get("@graph", [blocks[0]]):
        yield from _thing(thing, thing.get("@type", "no type"))


def _thing(thing: dict, where: str) -> Iterator[str]:
    kind = thing.get("@type")
    if kind not in REQUIRED:
        yield f"{where}: the type {kind}"
        return
    properties = thing.keys() - {"@type", "@context"}
    yield from (f"{where}: {name} is missing" for name in sorted(REQUIRED[kind] - properties))
    yield from (
        f"{where}: schema.org knows no {name} of {kind}"
        for name in sorted(properties - KNOWN[kind])
    )
    for name in properties:
        for value in thing[name] if isinstance(thing[name], list) else [thing[name]]:
            # schema.org: a citation is text or a work; how the data set itself is cited is text
            if (kind, name) != ("Dataset", "citation"):
                yield from _value(name, value, where)
    if kind in ("Dataset",) and not 50 <= len(thing.get("description", "")) <= 5000:
        yield f"{where}: the description has not 50 to 5,000 characters"
    if "headline" in thing and kind == "Article" and len(thing["headline"]) > 110:
        yield f"{where}: the headline is longer than 110 characters"


def _value(name: str, value: object, where: str) -> Iterator[str]:
    if (
        isinstance(value, dict) != (name in TYPES)
        or name in TYPES
        and value["@type"] not in TYPES[name]
    ):
        yield f"{where}: {name} holds {value}"
    elif isinstance(value, dict):
        yield from _thing(value, f"{where}.{name}")
    elif value == "" or name in ADDRESSES and not re.match(r"https?://[^/ ]+/?", value):
        yield f"{where}: {name} is {value!r}"
    elif name.startswith("date") and not DAY.fullmatch(value):
        yield f"{where}: {name} is no day: {value}"
