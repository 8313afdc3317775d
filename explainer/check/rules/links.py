"""Links: every article and event is used, and what is tied to an event is where it is told."""

import re
from collections import defaultdict
from collections.abc import Iterator

from explainer.data.dataset import CONTEXT, Dataset, Problem, Record
from explainer.data.dates import days
from explainer.data.evidence import fragments
from explainer.data.evidence import sentences as within

# Kinds of event of which a sentence tells one.
OF_VIOLENCE = ("attack", "strike", "war", "political")


def used(data: Dataset) -> Iterator[Problem]:
    """Every article is cited by a row, every page is that of a fact, every event is mentioned."""
    cited = {row["source_id"] for row in data.every() if row.get("evidence")}
    read = {row["source_id"] for row in data.live("record")}
    mentioned = {row["event_id"] for row in data.live("mentions")}
    for source in data.live("sources"):
        if source.key not in (read if source["tier"] == CONTEXT else cited):
            yield source.problem("source_id", "is cited by no row")
    for event in data.live("events"):
        if event.key not in mentioned:
            yield event.problem("event_id", "is mentioned by no article")


def mentioned(data: Dataset) -> Iterator[Problem]:
    """An article that counts, quotes or ties something to an event has a mention of it."""
    known = {(row["event_id"], row["source_id"]) for row in data.live("mentions")}
    for row in data.every():
        for column in ("event_id", "from_event", "to_event") if "source_id" in row else ():
            if row.get(column) and (row[column], row["source_id"]) not in known:
                yield row.problem(column, f"is in no mention of {row['source_id']}")


def chains(data: Dataset) -> Iterator[Problem]:
    """An article ties an event to a later one."""
    events = data.by_key("events")
    for row in data.live("links"):
        first, second = events[row["from_event"]], events[row["to_event"]]
        start, end = first["start"], second["end"] or second["start"]
        if first is second:
            yield row.problem("to_event", "is tied to itself")
        if start and end and days(start)[0] > days(end)[1]:
            yield row.problem("from_event", f"is of {start}, later than {second.key}: {end}")


def sentences(data: Dataset) -> Iterator[Problem]:
    """What was counted or said of violence belongs to the event of which its sentence speaks."""
    kinds = {event.key: event["kind"] for event in data.live("events")}
    spoken_of = _spoken_of(data, "mentions")
    for table in ("attacks", "quantities", "statements"):
        for row in data.live(table):
            event = row["event_id"]
            if kinds.get(event) in OF_VIOLENCE:
                here = set[str]().union(*(spoken_of[one] for one in _sentences(row, data)))
                others = sorted(other for other in here if kinds[other] == kinds[event])
                if others and event not in here:
                    what = f"is not the event of which the sentence speaks: {' or '.join(others)}"
                    yield row.problem("event_id", what)


def ends(data: Dataset) -> Iterator[Problem]:
    """Where an end of a link is not told in its sentence, the sentence mentions no other event."""
    mentioned = _spoken_of(data, "mentions")
    told = _spoken_of(data, "mentions", "attacks", "quantities", "statements")
    for row in data.live("links"):
        here = _sentences(row, data)
        others = set[str]().union(*(mentioned[one] for one in here))
        others -= {row["from_event"], row["to_event"]}
        every = set[str]().union(*(told[one] for one in here))
        for column in ("from_event", "to_event"):
            if others and row[column] not in every:
                what = "is not an event of which the sentence speaks"
                yield row.problem(column, f"{what}: {' or '.join(sorted(others))}")


def _spoken_of(data: Dataset, *tables: str) -> dict[tuple[str, int], set[str]]:
    """Return by article and sentence the events of which rows of these tables have its words."""
    events: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in (row for table in tables for row in data.live(table) if row["event_id"]):
        for sentence in _sentences(row, data):
            events[sentence].add(row["event_id"])
    return events


def _sentences(row: Record, data: Dataset) -> set[tuple[str, int]]:
    """Return the sentences of its article, as numbers, in which a row's words begin."""
    if not (known := data.fingerprints.get(row["source_id"])):
        return set()
    runs = fragments(row["evidence"])
    return {(row["source_id"], number) for run in runs for number in within(run, known)}


def slug(name: str) -> str:
    """Return a name as the beginning of an id: small letters and digits."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())
