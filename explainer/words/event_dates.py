"""When an event was: in words that keep its precision, and as a place in the order of events."""

from typing import Any

import pandas as pd

from explainer.data import dates
from explainer.data.tables import Tables
from explainer.data.tracking import remembered
from explainer.words.formats import day, interval
from explainer.words.sources import in_time


def in_order(tables: Tables) -> pd.DataFrame:
    """Return `events` in order of time with `order` (ISO date) and `when` (words). Without a start
    an event takes its end; without either, the day of the first report: later than it was, never
    earlier.
    """
    told = tables.mentions.merge(tables.sources[["source_id", "published"]], on="source_id")
    first = told.groupby("event_id")["published"].min().dt.strftime("%Y-%m-%d")
    frame = tables.events.copy()
    fallback = frame["event_id"].map(first).astype(object).fillna("")
    end = frame["end"].where(frame["end"] != "", fallback)
    frame["order"] = frame["start"].where(frame["start"] != "", end)
    frame["when"] = [words(event) for event in frame.itertuples()]
    return frame.sort_values(["order", "event_id"], kind="stable").reset_index(drop=True)


def words(dated: Any) -> str:
    """Return when an event was, or words that were read as one: '4 January 2024', 'between 5
    and 11 August 2024', 'no date given; by 26 January 2024 at the latest'.
    """
    if not dated.start:
        return f"no date given; by {day(dated.end)} at the latest" if dated.end else "no date given"
    if dated.precision in ("week", "between") and dated.end:
        ends = interval(dated.start, dated.end)
        return "between " + ends.replace("–", " and ").replace(" to ", " and ")
    return day(dated.start)


@remembered
def resolved(tables: Tables) -> dict[str, str]:
    """Return {mention id: how its written date was read} where that does not say it all by itself.
    Words that no rule reads so are those of the event, whose note says how it was dated.
    """
    events = tables.events[["event_id", "start", "end", "precision"]]
    frame = tables.mentions.merge(events, on="event_id")
    frame = frame[(frame["date_as_written"] != "") & (frame["start"] != "")]
    articles = {a["source_id"]: a for _, a in in_time(tables).iterrows()}
    found = {}
    for row in frame.itertuples():
        written, article = row.date_as_written, articles[row.source_id]
        days = dates.days(row.start, row.end)
        readings = dates.readings(written, article["published"].date())
        fitting = (r for r in readings if dates.overlap(dates.days(r.start, r.end), days))
        if (read := words(next(fitting, row))) != written:
            found[row.id] = f"“{written}”, in a report of {article['day']}: {read}."
    return found
