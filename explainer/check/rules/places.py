"""Places: each is named by a row, and one that was not located says which town stands for it."""

import re
from collections.abc import Iterator
from itertools import chain

from explainer.data.dataset import Dataset, Problem, Record
from explainer.data.evidence import words

_AT = re.compile(
    r"\b(?:in|on|at|near) (?!US\b|U\.S|American)"
    r"((?:[A-Z][\w’'-]*(?: al-[A-Z][\w’'-]*)*(?: and )?)+)"
)
_DRAWN = ("iraq", "syria", "iraq_and_syria")  # what the map shows
_SILENT = ("places", "coverage", "agreement")  # tables that speak of no place


def spellings(place: Record) -> list[str]:
    """Return how a place is written: its name, and the other spellings, parted by ';'."""
    return [place["name"], *filter(None, re.split("; *", place["also_written"]))]


def named(data: Dataset) -> Iterator[Problem]:
    """A place of the map is named by a row of the articles, of the events or of the context."""
    texts = [" ".join(row.values()) for row in data.every() if row.table not in _SILENT]
    for place in data.live("places"):
        patterns = [(name, rf"\b{re.escape(name)}\b") for name in spellings(place)]
        if not any(name in text and re.search(p, text) for name, p in patterns for text in texts):
            how = "write it as a row does, or add that spelling to also_written"
            yield place.problem("name", f"is named by no row: {how}")


def mapped(data: Dataset) -> Iterator[Problem]:
    """A town that the title of an attack or a strike in Iraq or Syria names is on the map."""
    known = {name for place in data.live("places") for name in spellings(place)}
    column = next(c for c in data.columns("places") if c["name"] == "name")
    regions = {*column["regions"], *(code["code"] for code in data.codes("events", "place"))}
    for event in data.live("events"):
        drawn = event["kind"] in ("attack", "strike") and event["place"] in _DRAWN
        named = [match[1].split(" and ") for match in _AT.finditer(event["title"])]
        for name in chain(*named) if drawn else ():
            if not regions & set(words(name)) and not any(n in name for n in known):
                how = "add it; a province goes to `regions` of places.name in datapackage.json"
                yield event.problem("title", f"names {name}, which places.csv does not have: {how}")


def approximate(data: Dataset) -> Iterator[Problem]:
    """A place drawn at the nearest town says so where its coordinates are another place's."""
    for place in data.live("places"):
        town = place["coordinates_from"].partition(", ")[2]
        elsewhere = town not in ("", *spellings(place))
        if (place["precision"] == "nearest_town") != elsewhere:
            yield place.problem("precision", f"but the coordinates are those of {town or 'itself'}")
