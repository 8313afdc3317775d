"""Counts of attacks on US forces, in the articles and beyond: who counts what, since when."""

import re

import pandas as pd

from explainer.data.dates import as_of
from explainer.data.tables import Tables
from explainer.words import record
from explainer.words.formats import count, day
from explainer.words.sources import in_time


def tallies(tables: Tables) -> pd.DataFrame:
    """Return a row for each count of more than one attack on US forces, of articles first, then
    of the record, in order of time.

    `who` counts, in which `area`, `what` (with its start), `at` (the day to which it counts)
    and `when`, `value`, `printed`; `start` (NaT where it is not known) and `exact` (whether the
    start is a day); `together`: in both countries. ValueError where a series of the record mixes.
    """
    found = pd.concat([_articles(tables), _context(tables)], ignore_index=True)
    starts = [start(what) for what in found["what"]]
    found = found.assign(
        start=pd.to_datetime([moment for moment, _ in starts]),
        exact=[exact for _, exact in starts],
        what=found["what"].map(_worded),
        value=found["value"].astype(float),
    )
    found["first"] = found.groupby(["tier", "who", "area", "what"])["at"].transform("min")
    return found.sort_values(["tier", "first", "at"], ignore_index=True)


def _context(tables: Tables) -> pd.DataFrame:
    facts = record.facts(tables)
    record.lines(facts)  # refuses a series that mixes bodies, scopes or measures
    facts = facts[facts["part"].astype(str).eq("attacks") & facts["value"].notna()]
    names = {"counted_by": "who", "place_label": "area", "measure": "what", "last": "at"}
    names |= {"when": "when", "value": "value", "number": "printed", "id": "row"}
    together = facts["place"].astype(str).eq("iraq_and_syria")
    return facts[list(names)].rename(columns=names).assign(tier="context", together=together)


def _articles(tables: Tables) -> pd.DataFrame:
    rows = tables.attacks
    counts = rows["measure"].eq("attacks") & rows["target"].eq("us_forces") & rows["value"].gt(1)
    frame = in_time(tables).merge(rows[counts.fillna(False)], on="source_id")
    began = frame["event_id"].map(tables.events.set_index("event_id")["start"]).fillna("")
    areas, hedges = tables.labels("attacks", "scope"), tables.labels("attacks", "qualifier")
    at = [as_of(r.evidence, r.published.date()) for r in frame.itertuples()]
    own, days = frame["published"].dt.strftime("%Y-%m-%d").eq(at), map(day, at)
    printed = [count(r.value, r.qualifier, hedges) for r in frame.itertuples()]
    return frame.rename(columns={"label": "who", "id": "row"}).assign(
        tier="article",
        at=pd.to_datetime(at),
        when=frame["day"].where(own, pd.Series(days, frame.index, dtype=str)),
        area=frame["scope"].astype(str).map(areas),
        what=("attacks since " + began).where(began.ne(""), "attacks"),
        printed=pd.Series(printed, frame.index, dtype=str),
        together=frame["scope"].astype(str).eq("iraq_and_syria"),
    )


def start(what: str) -> tuple[pd.Timestamp, bool]:
    """Return when a count starts, by its words, and whether that is a day; NaT without a date."""
    if iso := re.search(r"\d{4}-\d\d(-\d\d)?", what):
        return pd.Timestamp(iso[0]), iso[1] is not None
    # a quarter begins with its first month
    if month := re.search(r"(mid-)?\b([A-Z][a-z]{2})[a-z]*(?:-[A-Z][a-z]{2})? (\d{4})", what):
        written = f"{15 if month[1] else 1} {month[2]} {month[3]}"
        return pd.to_datetime(written, format="%d %b %Y", errors="coerce"), "quarter" in what
    return pd.NaT, False


def _worded(what: str) -> str:
    """Return what is counted with its dates in words, months of a quarter with a dash."""
    dated = re.sub(r"\d{4}-\d\d(?:-\d\d)?", lambda iso: day(iso[0]), what)
    return re.sub(r"\b([A-Z][a-z]{2})-([A-Z][a-z]{2})\b", r"\1–\2", dated)
