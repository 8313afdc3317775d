"""Links: every article and event is used, and an article that counts or quotes at an event
mentions the event.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from explainer.data.dataset import Dataset, Problem
from explainer.data.dates import days
from explainer.data.evidence import Fingerprint, fragments
from explainer.data.evidence import sentences as within_sentences

OF_VIOLENCE = (
    "attack",
    "strike",
    "war",
    "political",
)  # kinds of event of which a sentence tells one


def used(data: Dataset) -> Iterator[Problem]:
    """Every article is cited by a row of its own, every event is mentioned by an article."""
    cited = {row["source_id"] for row in data.every() if row.get("evidence")}
    for source in data.articles():
        if source["source_id"] not in cited:
            yield source.problem("source_id", "is cited by no row")
    mentioned = {row["event_id"] for row in data.live("mentions")}
    for event in data.live("events"):
        if event["event_id"] not in mentioned:
            yield event.problem("event_id", "is mentioned by no article")


def mentioned(data: Dataset) -> Iterator[Problem]:
    """An article that counts, quotes or ties something to an event has a row in `mentions` for
    it.
    """
    known = {(row["event_id"], row["source_id"]) for row in data.live("mentions")}
    for row in data.every():
        for column in ("event_id", "from_event", "to_event"):
            if (
                "source_id" in row
                and row.get(column)
                and (row[column], row["source_id"]) not in known
            ):
                yield row.problem(column, f"is in no mention of {row['source_id']}")


def chains(data: Dataset) -> Iterator[Problem]:
    """An article ties an event to a later one, and ties the two once."""
    starts = {event["event_id"]: event["start"] for event in data.live("events")}
    ends = {event["event_id"]: event["end"] or event["start"] for event in data.live("events")}
    seen: dict[tuple[str, ...], int] = {}
    for row in data.live("links"):
        first, second = row["from_event"], row["to_event"]
        if first == second:
            yield row.problem("to_event", "is tied to itself")
        if starts[first] and ends[second] and days(starts[first])[0] > days(ends[second])[1]:
            yield row.problem(
                "from_event", f"is of {starts[first]}, later than {second}: {ends[second]}"
            )
        if (tied := (row["source_id"], *sorted((first, second)))) in seen:
            yield row.problem("to_event", f"is tied to {first} in line {seen[tied]} already")
        seen.setdefault(tied, row.line)


def sentences(data: Dataset) -> Iterator[Problem]:
    """What was counted or said of violence belongs to the event of which its sentence speaks."""
    kinds = {event["event_id"]: event["kind"] for event in data.live("events")}
    spoken_of: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in data.live("mentions"):
        if known := data.fingerprints.get(row["source_id"]):
            for number in _numbers(row["evidence"], known):
                spoken_of[row["source_id"], number].add(row["event_id"])
    for table in ("attacks", "quantities", "statements"):
        for row in data.live(table):
            event, known = row["event_id"], data.fingerprints.get(row["source_id"])
            if not known or kinds.get(event) not in OF_VIOLENCE:
                continue
            here = {
                e for n in _numbers(row["evidence"], known) for e in spoken_of[row["source_id"], n]
            }
            others = sorted(e for e in here if kinds[e] == kinds[event])
            if others and event not in here:
                yield row.problem(
                    "event_id",
                    f"is not the event of which the sentence speaks: {' or '.join(others)}",
                )


def _numbers(evidence: str, known: Fingerprint) -> set[int]:
    return {number for run in fragments(evidence) for number in within_sentences(run, known)}


def slug(name: str) -> str:
    """Return a name as the beginning of an id: small letters and digits."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())
