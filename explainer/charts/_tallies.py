"""Counts of attacks, each with its own body, area and start."""

import re
from calendar import month_abbr

import pandas as pd

from explainer.data.dates import as_of
from explainer.data.tables import Tables
from explainer.words import record
from explainer.words.formats import count, day
from explainer.words.sources import date_of, in_time

_PANEL = ["tier", "who", "area", "what"]  # what the numbers of one body have in common


def tallies(tables: Tables) -> pd.DataFrame:
    """Return a row for each count of more than one attack on US forces, of articles first, then
    of the record, in order of time.

    `who` counts, in which `area`, `what` (with its start), `at` (the day to which it counts)
    and `when`, `value`, `printed`; `start` (NaT where it is not known) and `exact` (whether the
    start is a day); `together`: in both countries. ValueError where a series of the record mixes.
    """
    found = pd.concat([_articles(tables), _context(tables)], ignore_index=True)
    starts = [start(what, at) for what, at in zip(found["what"], found["at"], strict=True)]
    found = found.assign(
        start=pd.to_datetime([moment for moment, _ in starts]),
        exact=[exact for _, exact in starts],
        what=[_worded(what) for what in found["what"]],
        value=found["value"].astype(float),
    )
    first = found.groupby(_PANEL)["at"].transform("min")
    order = found.assign(first=first).sort_values(["tier", "first", "at"], kind="stable")
    return order.drop(columns="first").reset_index(drop=True)


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
    at = [as_of(r.evidence, r.published.date()) for r in frame.itertuples()]
    areas, hedges = tables.labels("attacks", "scope"), tables.labels("attacks", "qualifier")
    return pd.DataFrame(
        {
            "tier": "article",
            "who": frame["label"],
            "area": frame["scope"].astype(str).map(areas),
            "at": pd.to_datetime(at),
            "when": [
                date_of(article) if iso == f"{article['published']:%Y-%m-%d}" else day(iso)
                for iso, (_, article) in zip(at, frame.iterrows(), strict=True)
            ],
            "what": ("attacks since " + began).where(began.ne(""), "attacks"),
            "value": frame["value"],
            "printed": [count(r.value, r.qualifier, hedges) for r in frame.itertuples()],
            "together": frame["scope"].astype(str).eq("iraq_and_syria"),
            "row": frame["id"],
        }
    )


def start(what: str, at: pd.Timestamp) -> tuple[pd.Timestamp, bool]:
    """Return when a count starts, by the words for what is counted, and whether that is a day:
    (NaT, False) where they have no date.
    """
    if iso := re.search(r"\d{4}-\d\d(-\d\d)?", what):
        return pd.Timestamp(iso[0]), iso[1] is not None
    names = "|".join(month_abbr[1:])  # a quarter begins with its first month
    if month := re.search(rf"(mid-)?\b({names})[a-z]*(?:-[A-Z][a-z]{{2}})? (\d{{4}})", what):
        number, middle = list(month_abbr).index(month[2]), 14 * bool(month[1])
        return pd.Timestamp(int(month[3]), number, 1 + middle), "quarter" in what
    return pd.NaT, False


def _worded(what: str) -> str:
    """Return what is counted with its dates in words, months of a quarter with a dash."""
    dated = re.sub(r"\d{4}-\d\d(?:-\d\d)?", lambda iso: day(iso[0]), what)
    return re.sub(r"\b([A-Z][a-z]{2})-([A-Z][a-z]{2})\b", r"\1–\2", dated)
