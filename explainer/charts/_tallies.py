"""Counts of attacks, each with its own body, area and start: what may stand in one panel, and
what may not.
"""

import re

import pandas as pd

from explainer.data.tables import Tables
from explainer.words import record
from explainer.words.formats import count, day
from explainer.words.sources import date_of, in_time

PANEL = ["tier", "who", "area", "what"]  # what the numbers of one panel have in common
_MONTHS = {
    f"{month:%b}": month.month for month in pd.date_range("2024-01-01", periods=12, freq="MS")
}


def tallies(tables: Tables) -> pd.DataFrame:
    """Return a row for each count of more than one attack on US forces, of articles first, then
    of the record, in order of time.

    `who` counts, in which `area`, `what` (with its start), `at` (the day to which it counts)
    and `when`, `value`, `printed`; `start` (NaT where it is not known) and `exact` (whether the
    start is a day); `together`: in both countries; `line`: the rows that share it may be
    joined. ValueError where a series of the record mixes.
    """
    found = pd.concat([_articles(tables), _context(tables)], ignore_index=True)
    starts = [start(what, at) for what, at in zip(found["what"], found["at"], strict=True)]
    found = found.assign(
        start=pd.to_datetime([moment for moment, _ in starts]),
        exact=[exact for _, exact in starts],
        href=found["row"],
        what=[_worded(what) for what in found["what"]],
    )
    found["label"] = [
        f"{'Context' if r.tier == 'context' else 'Article'}: {r.printed}, {r.who}, {r.area},"
        f" {r.what}, by {r.when}"
        for r in found.itertuples()
    ]
    first = found.groupby(PANEL)["at"].transform("min")
    return (
        found.assign(first=first)
        .sort_values(["tier", "first", "at"], kind="stable")
        .reset_index(drop=True)
    )


def _context(tables: Tables) -> pd.DataFrame:
    facts = record.facts(tables)
    line = {row: i for i, part in enumerate(record.lines(facts)) for row in part["id"]}
    frame = facts[facts["part"].astype(str).eq("attacks") & facts["value"].notna()]
    return pd.DataFrame(
        {
            "tier": "context",
            "who": frame["counted_by"],
            "area": frame["place_label"],
            "what": frame["measure"],
            "at": frame["last"],
            "when": frame["when"],
            "value": frame["value"].astype(float),
            "printed": frame["number"],
            "together": frame["place"].astype(str) == "iraq_and_syria",
            "line": frame["id"].map(line),
            "row": frame["id"],
        }
    )


def _articles(tables: Tables) -> pd.DataFrame:
    articles = in_time(tables)
    articles = articles.assign(when=[date_of(article) for _, article in articles.iterrows()])
    of_us = (
        tables.attacks["measure"].eq("attacks")
        & tables.attacks["target"].eq("us_forces")
        & tables.attacks["value"].gt(1)
    )
    frame = articles.merge(tables.attacks[of_us.fillna(False)], on="source_id").merge(
        tables.events[["event_id", "start"]], on="event_id", how="left"
    )
    areas, hedges = tables.labels("attacks", "scope"), tables.labels("attacks", "qualifier")
    return pd.DataFrame(
        {
            "tier": "article",
            "who": frame["label"],
            "area": frame["scope"].astype(str).map(areas),
            "at": frame["published"],
            "when": frame["when"],
            "what": [f"attacks since {began}" if began else "attacks" for began in frame["start"]],
            "value": frame["value"].astype(float),
            "printed": [count(r.value, r.qualifier, hedges) for r in frame.itertuples()],
            "together": frame["scope"].astype(str) == "iraq_and_syria",
            "line": [-1 - i for i in range(len(frame))],
            "row": frame["id"],
        }
    )


def start(what: str, at: pd.Timestamp) -> tuple[pd.Timestamp, bool]:
    """Return when a count starts, by the words for what is counted, and whether that is a day:
    (NaT, False) where they have no date.
    """
    if iso := re.search(r"\d{4}-\d\d(-\d\d)?", what):
        return pd.Timestamp(iso[0]), iso[1] is not None
    if month := re.search(r"(mid-)?\b([A-Z][a-z]{2})[a-z]*(?:-[A-Z][a-z]{2})? (\d{4})", what):
        name, year, middle = month[2], int(month[3]), 14 * bool(month[1])
        if name in _MONTHS:  # a quarter begins with its first month
            return pd.Timestamp(year=year, month=_MONTHS[name], day=1 + middle), "quarter" in what
    return pd.NaT, False


def _worded(what: str) -> str:
    """Return what is counted with its dates in words, months of a quarter with a dash."""
    dated = re.sub(r"\d{4}-\d\d(?:-\d\d)?", lambda iso: day(iso[0]), what)
    return re.sub(r"\b([A-Z][a-z]{2})-([A-Z][a-z]{2})\b", r"\1–\2", dated)
