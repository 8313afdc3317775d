"""Dates of statements and troop numbers: what the words give, else event or publication."""

from collections.abc import Iterator
from datetime import date

from explainer.check.rules.calendar import held, publication, shown
from explainer.data.dataset import Dataset, Problem, Record
from explainer.data.dates import Resolved, find, readings, resolve

DATED = ("announcement", "talks", "political")  # what is said at these was said on their day
OCCASIONS = ("announcement", "political")  # always: of talks people speak on other days, too


def statements(data: Dataset) -> Iterator[Problem]:
    """A statement has the date that its words give, else its event's, else the article's."""
    known, published = data.by_key("events"), publication(data)
    for row in data.live("statements"):
        day, why = published[row["source_id"]], row["date_as_written"] or f"of {row['event_id']}"
        if row["form"] in ("narration", "headline"):
            due: Resolved | str = Resolved(day.isoformat(), "", "published")
            why = "the day of publication"
        else:
            due = _due(row, known.get(row["event_id"]), day)
        if isinstance(due, str):
            yield row.problem("date" if row["date"] else "precision", due)
        elif due.precision != row["precision"]:
            yield row.problem("precision", f"should be {due.precision}: {why}")
        elif due.start != row["date"]:
            yield row.problem("date", f"should be {due.start or 'empty'}: {why}")


def _due(row: Record, event: Record | None, published: date) -> Resolved | str:
    """Return the date that a spoken statement should have, or what is wrong with it."""
    written, precision = row["date_as_written"], row["precision"]
    if possible := readings(written, published):
        held_by = (row["date"], precision) if row["note"] else ()  # which says why
        return next((r for r in possible if (r.start, r.precision) == held_by), possible[0])
    if written and not row["note"]:
        return f'rests on "{written}", which no rule reads, and `note` is empty'
    if precision == "undated":
        # What was told to a publisher was told before the publisher's own day.
        told_there = event and event["kind"] in OCCASIONS and not row["via_person_id"]
        dated = told_there and event and event["start"]
        return "stands at an event that is dated" if dated else Resolved("", "", "undated")
    if event is None:
        return "has neither an event nor words to rest on"
    if precision == "between":
        undated = event["precision"] == "undated"
        return "has an event without a date" if undated else Resolved(event["start"], "", precision)
    if event["kind"] not in DATED:
        return f"rests on an event of kind {event['kind']}, at which nothing is said"
    for said, _ in find(row["evidence"]) if not written else ():
        if resolve(said, published) == held(event):
            return f'rests on "{said}", which date_as_written leaves out'
    return held(event)


def troops(data: Dataset) -> Iterator[Problem]:
    """A troop number is of the day of publication, or of the date written for it."""
    published = publication(data)
    for row in data.live("troops"):
        day, written = published[row["source_id"]], row["date_as_written"]
        meant = resolve(written, day) if written else Resolved(day.isoformat(), "", "published")
        if not written and (found := find(row["evidence"])):
            yield row.problem("date_as_written", f'is empty, but the evidence has "{found[0][0]}"')
        elif meant is None or meant.start != row["as_of"]:
            due = shown(meant) if meant else "no rule reads it"
            yield row.problem("as_of", f"is not {written or 'the day of publication'}: {due}")
