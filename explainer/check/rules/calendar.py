"""Dates of events: the same as the articles' words for them say, and on the right side of them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from explainer.data.dataset import Dataset, Problem, Record
from explainer.data.dates import Resolved, days, find, overlap, readings
from explainer.data.grammar import WISH

PAST = ("announcement", "attack", "strike", "political", "personal")  # over when they are told


_BEGINS = re.compile(r"\b(?:begins?|starts?|restarts?)\b")  # of a title
_BEGUN = re.compile(
    r"\b(?:since|(?:re)?start\w*|beg[aiu]n\w*|launch\w*|resum\w+|broke out)\b", re.I
)


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
    not left out; and one that begins begins in its words, too.
    """
    events, published = data.by_key("events"), publication(data)
    given = defaultdict(set)
    for row in data.live("mentions"):
        event, written = events[row["event_id"]], row["date_as_written"]
        possible = readings(written, published[row["source_id"]])
        noted = [meant for meant in possible if meant == held(event)] if row["note"] else []
        meant = next(iter(noted + possible), None)
        if meant:
            given[event.key].add(meant)
        wrong = ""
        if not written and (found := find(row["evidence"])):
            wrong = f'is empty, but the evidence has "{found[0][0]}"'
        elif written and not meant and not row["note"] and not event["note"]:
            wrong = f"is read by no rule, and neither the row nor {event.key} has a note"
        elif meant and event["start"] and not overlap(_days(meant), _days(held(event))):
            others = " or ".join(map(shown, possible[1:]))
            wrong = f"means {shown(meant)}, but {event.key} is {shown(held(event))}"
            wrong += f"; with a note that says why, it may be {others}" if others else ""
        if wrong:
            yield row.problem("date_as_written", wrong)
        elif _BEGINS.search(event["title"]) and not written and not _BEGUN.search(row["evidence"]):
            how = "what has no beginning there is an event of its own, undated"
            yield row.problem("event_id", f'begins, and "{row["evidence"]}" does not say so: {how}')
    for event in events.values():
        as_exact = {meant for meant in given[event.key] if meant.precision == event["precision"]}
        if held(event) not in given[event.key] and (as_exact or not event["note"]):
            said = " or ".join(sorted(map(shown, as_exact))) or "none"
            until = f"to {event['end'] or 'the same'}"
            yield event.problem(
                "start", f"{until} is no date that the articles' words give: {said}"
            )


def settled(data: Dataset) -> Iterator[Problem]:
    """What both governments have due is no wish of one, unless `note` tells how they settled it."""
    events = data.by_key("events")
    for row in (row for row in data.live("mentions") if not row["note"]):
        event, wish = events[row["event_id"]], WISH.search(row["evidence"])
        if wish and (event["kind"], event["actor_side"]) == ("deadline", "joint"):
            how = "what one side wants is an event of its own, or `note` says how both settled it"
            yield row.problem("event_id", f'is of both governments, "{wish[0]}" of one: {how}')


def events(data: Dataset) -> Iterator[Problem]:
    """A deadline, and nothing else, lies ahead of the articles; an undated event ends with one of
    its articles, with a personal event, or with one that a link ties after it.
    """
    published, telling, read = publication(data), defaultdict(list), set()
    known, ends = data.by_key("events"), _followed(data)
    for row in data.live("mentions"):
        day = published[row["source_id"]]
        telling[row["event_id"]].append(day)
        ends[row["event_id"]].add(day.isoformat())
        if readings(row["date_as_written"], day):
            read.add(row["event_id"])
    dating = {event["start"] for event in known.values() if event["kind"] == "personal"}
    for event in known.values():
        last, past = max(telling[event.key], default=date.max), event["kind"] in PAST
        if event["start"] and telling[event.key]:
            due = event["kind"] == "deadline"  # 'this month' has begun, and its end is ahead
            ahead = days(event["start"], event["end"])[due] > last
            if ahead != due:
                where = f"{'after' if ahead else 'not after'} the articles that tell of it"
                yield event.problem("kind", f"does not go with the start {event['start']}: {where}")
        bounded = event["precision"] == "undated" or (event["precision"] == "between" and past)
        if event["end"] and bounded and event.key not in read:
            if event["end"] not in dating | ends[event.key]:
                what = "is neither the day of an article that tells of it nor that of an event"
                yield event.problem("end", f"{what} that a person's row or a link ties to it")
        elif event["end"] and past and days(event["end"])[0] > last:
            yield event.problem("end", f"is after the last article that tells of it: {last}")


def _followed(data: Dataset) -> dict[str, set[str]]:
    """Return the last days of events by what a link ties before each: it was over by then."""
    events, ends = data.by_key("events"), defaultdict(set)
    for row in data.live("links"):
        if (later := events[row["to_event"]])["start"]:
            ends[row["from_event"]].add(_days(held(later))[1].isoformat())
    return ends


def publication(data: Dataset) -> dict[str, date]:
    """Return the day of publication of each article."""
    return {source.key: date.fromisoformat(source["published"]) for source in data.articles()}


def held(event: Record) -> Resolved:
    """Return the date that an event's row holds."""
    return Resolved(event["start"], event["end"], event["precision"])


def _days(meant: Resolved) -> tuple[date, date]:
    return days(meant.start, meant.end)


def shown(meant: Resolved) -> str:
    """Return a date in the words of a message."""
    return f"{meant.start} to {meant.end}" if meant.end else meant.start
