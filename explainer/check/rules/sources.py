"""Articles: their fingerprint, their date and where it was read, their outlet."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from explainer.data.dataset import CONTEXT, Dataset, Problem
from explainer.data.dates import find, resolve

# Days in addresses.
_ORDERS = ("%Y/%m/%d", "%Y-%m-%d", "%Y%m%d", "%d%m%Y", "%d-%m-%Y", "%m%d%Y", "%Y/%b/%d")
_MONTH, _DAY = r"(?P<m>0[1-9]|1[0-2])", r"(?P<d>0[1-9]|[12]\d|3[01])"
_IN_PATH = (
    re.compile(rf"(?P<y>20\d\d)/{_MONTH}/{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d)(?P<y>20\d\d){_MONTH}{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_DAY}{_MONTH}(?P<y>20\d\d)(?!\d{{2}})"),
)
_STATE = re.compile(r"\.(?:gov|mil|int|gouv|gob|gc|europa)(?:\.|$)")


def fingerprints(data: Dataset) -> Iterator[Problem]:
    """Each article has a fingerprint, of the length and digest that its row gives, and no
    fingerprint is over.
    """
    for source in data.articles():
        file = f"fingerprints/{source.key}.txt"
        if (known := data.fingerprints.get(source.key)) is None:
            yield source.problem("source_id", f"has no fingerprint in {file}")
            continue
        for column, value in (("words", str(known.words)), ("sha256", known.sha256)):
            if source[column] != value:
                yield source.problem(column, f"is {value} in the fingerprint")
    for source_id in sorted(set(data.fingerprints) - {source.key for source in data.articles()}):
        file = f"{data.folder.name}/fingerprints/{source_id}.txt"
        yield Problem(file, None, "", "", "is of no article in sources.csv")


def published(data: Dataset) -> Iterator[Problem]:
    """The day of publication stands where its basis says."""
    printed = defaultdict(set)
    for row in data.live("set_aside"):
        for written, _ in find(row["text"]) if row["reason"] == "byline" else ():
            printed[row["source_id"]].add(written)
    for source in data.articles():
        day, basis = date.fromisoformat(source["published"]), source["published_basis"]
        found = (resolve(written, day) for written in printed[source.key])
        if basis == "address" and not any(
            day.strftime(order).casefold() in source["url"] for order in _ORDERS
        ):
            place = source["url"] or "(there is none)"
            yield source.problem("published", f"is not in the address {place}")
        if basis == "printed" and not any(meant and meant.start == str(day) for meant in found):
            what = "is in no row of set_aside.csv with the reason byline"
            yield source.problem("published", what)


def addresses(data: Dataset) -> Iterator[Problem]:
    """An address names its publisher, or whoever copied it, and no other day; a state's own page
    is a document.
    """
    for source in data.live("sources"):
        url, outlet = urlsplit(source["url"]), source["outlet"]
        if not (host := url.hostname):
            continue
        if not any(
            name in _letters(host) or name.endswith(host.split(".")[0])
            for name in _short_names(f"{outlet} ({source['outlet_short']})")
        ):
            what = f"names neither {outlet} nor a copy that the outlet names"
            yield source.problem("url", f"is at {host}, which {what}")
        document = source["kind"] == "primary_document"
        if source["tier"] == CONTEXT and bool(_STATE.search(host)) != document:
            yield source.problem("kind", f"does not go with an address at {host}")
        first, _, copier = outlet.partition("copy")
        if copier and _letters(first) in _letters(host):
            yield source.problem("url", f"is at {host}, and the outlet calls the page a copy")
        found = [match for order in _IN_PATH for match in order.finditer(url.path)]
        days = sorted({f"{match['y']}-{match['m']}-{match['d']}" for match in found})
        known = any(day.startswith(source["published"]) for day in days)
        if days and not known and source["published_precision"] != "about":
            yield source.problem("published", f"is not the day in the address: {' or '.join(days)}")


def _letters(text: str) -> str:
    return re.sub("[^a-z]", "", text.casefold())


def _short_names(outlet: str) -> set[str]:
    """Return what a host may be called after an outlet: its names and long words in letters
    alone, its initials.
    """
    names = re.split(r"[()]|copy:|with|citing|relaying", outlet)
    whole = {_letters(name) for name in names}
    whole |= {_letters(word) for word in re.split(r"\W", outlet) if len(word) > 3}
    whole |= {"".join(word[0] for word in re.findall(r"\w+", name)).casefold() for name in names}
    return {name for name in whole if len(name) > 2}


def set_aside(data: Dataset) -> Iterator[Problem]:
    """A byline holds the author or a date."""
    authors = {source["source_id"]: source["author"] for source in data.articles()}
    for row in data.live("set_aside"):
        author, text = authors[row["source_id"]], row["text"]
        if row["reason"] == "byline" and not find(text) and not (author and author in text):
            yield row.problem("reason", "but the text has neither a date nor the author")


def coverage(data: Dataset) -> Iterator[Problem]:
    """What was found in each article is counted as cited or set aside."""
    counted = {row["source_id"] for row in data.live("coverage")}
    for source in data.articles():
        if "coverage" in data.tables and source["source_id"] not in counted:
            yield source.problem("source_id", "is not in coverage.csv: run the audit with --write")
