"""Dates of statements and of troop numbers: what the article's words give, else the event, else
publication.
"""

from collections.abc import Iterator
from datetime import date

from explainer.check.rules.calendar import by_id, held, publication, shown
from explainer.data.dataset import Dataset, Problem, Record
from explainer.data.dates import Resolved, find, readings, resolve

DATED = ("announcement", "talks", "political")  # what is said at these was said on their day
OCCASIONS = (
    "announcement",
    "political",
)  # and always at them: of talks people speak on other days, too


def statements(data: Dataset) -> Iterator[Problem]:
    """A statement has the date that its words give, else that of its event, else that of
    publication.
    """
    known, published = by_id(data), publication(data)
    for row in data.live("statements"):
        if row["form"] in ("narration", "headline"):
            due: Resolved | str = Resolved(published[row["source_id"]].isoformat(), "", "published")
        else:
            due = _due(row, known.get(row["event_id"]), published[row["source_id"]])
        if isinstance(due, str):
            yield row.problem("date" if row["date"] else "precision", due)
        elif due.precision != row["precision"]:
            yield row.problem("precision", f"should be {due.precision}: {_reason(row)}")
        elif due.start != row["date"]:
            yield row.problem("date", f"should be {due.start or 'empty'}: {_reason(row)}")


def _due(row: Record, event: Record | None, published: date) -> Resolved | str:
    """Return the date that a spoken statement should have, or what is wrong with it."""
    written, precision = row["date_as_written"], row["precision"]
    if written and (meant := resolve(written, published)):
        held_by = (row["date"], precision) if row["note"] else ()  # which says why
        others = readings(written, published)
        return next((r for r in others if (r.start, r.precision) == held_by), meant)
    if written and not row["note"]:
        return f'rests on "{written}", which no rule reads, and `note` is empty'
    if precision == "undated":
        occasion = event and event["kind"] in OCCASIONS and event["start"]
        if (
            occasion and not row["via_person_id"]
        ):  # what was told to a publisher was told before the publisher's own day
            return "stands at an event that is dated"
        return Resolved("", "", "undated")
    if event is None:
        return "has neither an event nor words to rest on"
    if precision == "between":
        undated = event["precision"] == "undated"
        return "has an event without a date" if undated else Resolved(event["start"], "", precision)
    if event["kind"] not in DATED:
        return f"rests on an event of kind {event['kind']}, at which nothing is said"
    dated = [
        written
        for written, _ in find(row["evidence"])
        if resolve(written, published) == held(event)
    ]
    return (
        f'rests on "{dated[0]}", which date_as_written leaves out'
        if dated and not written
        else held(event)
    )


def troops(data: Dataset) -> Iterator[Problem]:
    """A troop number is of the day of publication, or of the date that the article writes for
    it."""
    published = publication(data)
    for row in data.live("troops"):
        written = row["date_as_written"]
        if not written:
            if found := find(row["evidence"]):
                yield row.problem(
                    "date_as_written", f'is empty, but the evidence has "{found[0][0]}"'
                )
            elif row["as_of"] != published[row["source_id"]].isoformat():
                yield row.problem(
                    "as_of", f"is not the day of publication: {published[row['source_id']]}"
                )
        elif (
            not (meant := resolve(written, published[row["source_id"]]))
            or meant.start != row["as_of"]
        ):
            yield row.problem(
                "as_of",
                f'is not what "{written}" means: {shown(meant) if meant else "no rule reads it"}',
            )


def _reason(row: Record) -> str:
    if row["precision"] == "published" or row["form"] in ("narration", "headline"):
        return "the day of publication"
    return (
        f'"{row["date_as_written"]}"'
        if row["date_as_written"]
        else f"the date of {row['event_id']}"
    )
