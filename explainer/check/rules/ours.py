"""Our own words: a date in a title, question, position or note is one that the data has."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from explainer.check.rules.figures import VALUE
from explainer.data.dataset import CONTEXT, Dataset, Problem, Record
from explainer.data.dates import days, exists, find, overlap, resolve

COLUMNS = ("title", "question", "why_it_matters", "says", "institution", "note")
_ISO = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b")
_ROW = re.compile(r"\b[a-z]{3}-\d{4,}\b")
_GIVE_OR_TAKE = timedelta(2)  # of an inferred day of publication

BESIDE = (
    "record",
    "comparisons",
)  # of other days and numbers than the articles: see explainer.check.rules.record
COMPARING = {
    "disagreements": ("note",),
    "people": ("institution", "note"),
}  # these may go beyond one article
_DIGIT = re.compile(r"\d")
_GROUPED = re.compile(r"\b\d{1,3}(?:,\d{3})+\b")

Interval = tuple[date, date]
NEVER: Interval = (date.min, date.min)  # no such day, or the weekday is another


def dates(data: Dataset) -> Iterator[Problem]:
    """A date that we write is that of an event, in a row of an article, one that the article mentions."""
    by_event = {
        e["event_id"]: days(e["start"], e["end"]) for e in data.live("events") if e["start"]
    }
    published = {s["source_id"]: _published(s) for s in data.articles()}
    ends = [days(e["end"]) for e in data.live("events") if e["end"]]
    every = _merged([*by_event.values(), *ends, *published.values()])
    telling, known = (
        defaultdict(list),
        {source: [interval] for source, interval in published.items()},
    )
    for row in data.live("mentions"):
        telling[row["event_id"]].append(published[row["source_id"]][1])
        known[row["source_id"]] += (
            [by_event[row["event_id"]]] if row["event_id"] in by_event else []
        )
    latest = max((last for _, last in published.values()), default=date.max)
    for row in _of_articles(data):
        event = by_event.get(row.get("event_id", ""))
        told = telling[row.get("event_id", "")]
        said_on = (
            published[row["source_id"]][1] if "source_id" in row else max(told, default=latest)
        )
        for column in COLUMNS:
            text = row.get(column, "")
            for written, meant in _dates(text, said_on) if _DIGIT.search(text) else ():
                free = row.table in COMPARING and column in COMPARING[row.table]
                own = [] if free else known.get(row.get("source_id", ""), [])
                allowed = [event] if event and column in ("title", "question") else own
                if not (
                    any(overlap(meant, interval) for interval in allowed)
                    if allowed
                    else _within(meant, every)
                ):
                    yield row.problem(
                        column, f'has the date "{written}", of no event or article that it can mean'
                    )


def figures(data: Dataset) -> Iterator[Problem]:
    """A large number that we write is one that the data has."""
    known = {row[column] for table, column in VALUE.items() for row in data.live(table)}
    for row in _of_articles(data):
        for column in COLUMNS:
            for number in _GROUPED.findall(row.get(column, "")):
                if number.replace(",", "") not in known:
                    yield row.problem(column, f"has the number {number}, which is in no table")


def rows(data: Dataset) -> Iterator[Problem]:
    """A row that a note names is there."""
    ids = {row["id"] for records in data.tables.values() for row in records if "id" in row}
    for row in data.every():
        for name in _ROW.findall(row.get("note", "")):
            if name not in ids:
                yield row.problem("note", f"names {name}, which is not there")


def _of_articles(data: Dataset) -> Iterator[Record]:
    """Yield the rows that tell of the articles and of what they report."""
    return (row for row in data.every() if row.table not in BESIDE and row.get("tier") != CONTEXT)


def _merged(intervals: list[Interval]) -> list[Interval]:
    """Return the days of all intervals as intervals in order that have none in common."""
    merged: list[Interval] = []
    for first, last in sorted(intervals):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged


def _within(meant: Interval, merged: list[Interval]) -> bool:
    """Tell whether an interval has a day in common with one of `merged`: the last that begins before it ends."""
    place = bisect_right(merged, meant[1], key=lambda interval: interval[0]) - 1
    return place >= 0 and overlap(meant, merged[place])


def _published(source: Record) -> Interval:
    day = date.fromisoformat(source["published"])
    slack = timedelta(0) if source["published_precision"] == "day" else _GIVE_OR_TAKE
    return day - slack, day + slack


def _dates(text: str, said_on: date) -> Iterator[tuple[str, Interval]]:
    """Yield every date of a day, month or year in a text of ours, quoted words apart."""
    text = re.sub(r"'[^']*'|“[^”]*”|\"[^\"]*\"", " ", text)
    for iso in _ISO.findall(text):
        yield iso, days(iso) if exists(iso) else NEVER
    text = _ISO.sub(" ", text)
    for written, _ in find(text):
        text = text.replace(written, " ", 1)
        if any(c.isdecimal() for c in written):
            meant = resolve(written, said_on)
            yield written, days(meant.start, meant.end) if meant else NEVER
    for year in re.findall(r"(?<![\d,-])\d{4}\b", text):
        yield year, NEVER
