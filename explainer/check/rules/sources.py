"""Articles: their fingerprint, their date and where it was read, their outlet."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from explainer.data.dataset import CONTEXT, Dataset, Problem, Record
from explainer.data.dates import find, resolve

_ORDERS = (
    "%Y/%m/%d",
    "%Y-%m-%d",
    "%Y%m%d",
    "%d%m%Y",
    "%d-%m-%Y",
    "%m%d%Y",
    "%Y/%b/%d",
)  # days in addresses


def fingerprints(data: Dataset) -> Iterator[Problem]:
    """Each article has a fingerprint, of the length and digest that its row gives, and no
    fingerprint is over.
    """
    for source in data.articles():
        known = data.fingerprints.get(source["source_id"])
        if known is None:
            yield source.problem(
                "source_id", f"has no fingerprint in fingerprints/{source['source_id']}.txt"
            )
            continue
        for column, value in (("words", str(known.words)), ("sha256", known.sha256)):
            if source[column] != value:
                yield source.problem(column, f"is {value} in the fingerprint")
    for source_id in sorted(
        set(data.fingerprints) - {source["source_id"] for source in data.articles()}
    ):
        yield Problem(
            f"{data.folder.name}/fingerprints/{source_id}.txt",
            None,
            "",
            "",
            "is of no article in sources.csv",
        )


def published(data: Dataset) -> Iterator[Problem]:
    """The day of publication stands where its basis says."""
    bylines = defaultdict(list)
    for row in data.live("set_aside"):
        if row["reason"] == "byline":
            bylines[row["source_id"]].append(row)
    for source in data.articles():
        day, basis = date.fromisoformat(source["published"]), source["published_basis"]
        if basis == "address" and not any(
            day.strftime(order).casefold() in source["url"] for order in _ORDERS
        ):
            yield source.problem(
                "published", f"is not in the address {source['url'] or '(there is none)'}"
            )
        if basis == "printed" and not any(
            _prints(row, day) for row in bylines[source["source_id"]]
        ):
            yield source.problem(
                "published", "is in no row of set_aside.csv with the reason byline"
            )


def addresses(data: Dataset) -> Iterator[Problem]:
    """An address names its publisher, or whoever copied it, and no other day; a state's own page
    is a document.
    """
    for source in data.live("sources"):
        if not source["url"]:
            continue
        host, path = urlsplit(source["url"]).hostname or "", urlsplit(source["url"]).path
        if not any(
            name in _letters(host) or name.endswith(host.split(".")[0])
            for name in _short_names(f"{source['outlet']} ({source['outlet_short']})")
        ):
            yield source.problem(
                "url",
                f"is at {host}, which names neither {source['outlet']} nor a copy that the "
                f"outlet names",
            )
        if source["tier"] == CONTEXT and bool(_STATE.search(host)) != (
            source["kind"] == "primary_document"
        ):
            yield source.problem("kind", f"does not go with an address at {host}")
        first, _, copier = source["outlet"].partition("copy")
        if copier and _letters(first) in _letters(host):
            yield source.problem("url", f"is at {host}, and the outlet calls the page a copy")
        days = {
            f"{y}-{m}-{d}"
            for order in _IN_PATH
            for y, m, d in [(x["y"], x["m"], x["d"]) for x in order.finditer(path)]
        }
        if (
            days
            and not any(day.startswith(source["published"]) for day in days)
            and source["published_precision"] != "about"
        ):
            yield source.problem(
                "published", f"is not the day in the address: {' or '.join(sorted(days))}"
            )


def _letters(text: str) -> str:
    return re.sub("[^a-z]", "", text.casefold())


def _short_names(outlet: str) -> set[str]:
    """Return what a host may be called after an outlet: its names and long words in letters
    alone, its initials.
    """
    names = re.split(r"[()]|copy:|with|citing|relaying", outlet)
    whole = {_letters(name) for name in names} | {
        _letters(word) for word in re.split(r"\W", outlet) if len(word) > 3
    }
    initials = {"".join(word[0] for word in re.findall(r"\w+", name)).casefold() for name in names}
    return {name for name in whole | initials if len(name) > 2}


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


_STATE = re.compile(r"\.(?:gov|mil|int|gouv|gob|gc|europa)(?:\.|$)")
_MONTH_AND_DAY = r"(?P<m>0[1-9]|1[0-2]){0}(?P<d>0[1-9]|[12]\d|3[01])"
_IN_PATH = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<y>20\d\d)/{_MONTH_AND_DAY.format('/')}(?!\d)",
        rf"(?<!\d)(?P<y>20\d\d){_MONTH_AND_DAY.format('')}(?!\d)",
        r"(?<!\d)(?P<d>0[1-9]|[12]\d|3[01])(?P<m>0[1-9]|1[0-2])(?P<y>20\d\d)(?!\d{2})",
    )
)


def _prints(row: Record, day: date) -> bool:
    return any(
        (meant := resolve(written, day)) and meant.start == day.isoformat()
        for written, _ in find(row["text"])
    )
