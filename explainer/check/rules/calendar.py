"""Dates of events: of the form that their precision asks for, and the same as the articles' words
for them say.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from explainer.data.dataset import Dataset, Problem, Record
from explainer.data.dates import Resolved, days, find, overlap, readings, resolve

PAST = ("announcement", "attack", "strike", "political", "personal")  # over when they are told


def shapes(data: Dataset) -> Iterator[Problem]:
    """A week is told by its Monday, and nothing ends before it starts."""
    for row in (*data.live("events"), *data.live("statements")):
        first = "start" if row.table == "events" else "date"
        if row["precision"] == "week" and days(row[first])[0].weekday():
            yield row.problem(first, "is not the Monday of its week")
        if row.get("end") and row["start"] and days(row["end"])[1] < days(row["start"])[0]:
            yield row.problem("end", f"is before the start {row['start']}")


def mentions(data: Dataset) -> Iterator[Problem]:
    """What an article writes for an event's date agrees with the event; a date that it writes is
    not left out.
    """
    events, published = by_id(data), publication(data)
    given = defaultdict(set)
    for row in data.live("mentions"):
        event, written = events[row["event_id"]], row["date_as_written"]
        meant = resolve(written, published[row["source_id"]]) if written else None
        if row["note"]:  # which says why it is read otherwise
            others = readings(written, published[row["source_id"]])
            meant = next((other for other in others if other == held(event)), meant)
        if meant:
            given[row["event_id"]].add(meant)
        if not written and (found := find(row["evidence"])):
            yield row.problem("date_as_written", f'is empty, but the evidence has "{found[0][0]}"')
        elif written and not meant and not row["note"] and not event["note"]:
            yield row.problem(
                "date_as_written",
                f"is read by no rule, and neither the row nor {event['event_id']} has a note",
            )
        elif (
            meant and event["start"] and not overlap(days(meant.start, meant.end), _interval(event))
        ):
            yield row.problem(
                "date_as_written",
                f"means {shown(meant)}, but {event['event_id']} is {_interval_shown(event)}"
                f"{_or_else(written, published[row['source_id']])}",
            )
    for event in events.values():
        read, due = given[event["event_id"]], held(event)
        as_exact = {meant for meant in read if meant.precision == event["precision"]}
        if due not in read and (as_exact or not event["note"]):
            said = " or ".join(sorted(map(shown, as_exact))) or "none"
            yield event.problem(
                "start",
                f"to {event['end'] or 'the same'} is no date that the articles' words give: {said}",
            )


def events(data: Dataset) -> Iterator[Problem]:
    """A deadline, and nothing else, lies ahead of the articles; an undated event ends with one of
    its articles.
    """
    published, telling, read = publication(data), defaultdict(list), set()
    for row in data.live("mentions"):
        telling[row["event_id"]].append(row["source_id"])
        if row["date_as_written"] and resolve(row["date_as_written"], published[row["source_id"]]):
            read.add(row["event_id"])
    dating = {event["start"] for event in data.live("events") if event["kind"] == "personal"}
    later = _followed(data)
    for event in data.live("events"):
        told = [published[source] for source in telling[event["event_id"]]]
        if event["start"] and told:
            ahead = days(event["start"])[0] > max(told)
            if ahead != (event["kind"] == "deadline"):
                yield event.problem(
                    "kind",
                    f"does not go with the start {event['start']}: "
                    f"{'after' if ahead else 'not after'} the articles that tell of it",
                )
        open_ended = event["precision"] == "undated" or (
            event["precision"] == "between" and event["kind"] in PAST
        )
        if event["end"] and open_ended and event["event_id"] not in read:
            if event["end"] not in {
                *dating,
                *later[event["event_id"]],
                *(day.isoformat() for day in told),
            }:
                yield event.problem(
                    "end",
                    "is neither the day of an article that tells of it nor that of a "
                    "personal event, "
                    "nor the last one of an event that a link ties after it",
                )
        elif (
            event["end"]
            and event["kind"] in PAST
            and days(event["end"])[0] > max(told, default=date.max)
        ):
            yield event.problem("end", f"is after the last article that tells of it: {max(told)}")


def _or_else(written: str, published: date) -> str:
    """Return which other readings of a date a note allows."""
    others = " or ".join(map(shown, readings(written, published)[1:]))
    return f"; with a note that says why, it may be {others}" if others else ""


def _followed(data: Dataset) -> dict[str, set[str]]:
    """Return the last days of the events that a link ties after each: it was over when they
    ended.
    """
    events, later = by_id(data), defaultdict(set)
    for row in data.live("links"):
        event = events[row["to_event"]]
        if event["start"]:
            later[row["from_event"]].add(days(event["start"], event["end"])[1].isoformat())
    return later


def by_id(data: Dataset) -> dict[str, Record]:
    """Return the events by their id."""
    return {event["event_id"]: event for event in data.live("events")}


def publication(data: Dataset) -> dict[str, date]:
    """Return the day of publication of each article."""
    return {
        source["source_id"]: date.fromisoformat(source["published"]) for source in data.articles()
    }


def held(event: Record) -> Resolved:
    """Return the date that an event's row holds."""
    return Resolved(event["start"], event["end"], event["precision"])


def _interval(event: Record) -> tuple[date, date]:
    return days(event["start"], event["end"])


def _interval_shown(event: Record) -> str:
    return shown(held(event))


def shown(meant: Resolved) -> str:
    """Return a date in the words of a message."""
    return f"{meant.start} to {meant.end}" if meant.end else meant.start
