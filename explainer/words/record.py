"""The record beyond the articles: its facts as the book names them, lines through facts."""

import re
from typing import Any

import pandas as pd

from explainer.data.dates import days
from explainer.data.tables import Tables
from explainer.data.tracking import remembered
from explainer.words.formats import count, day

LABEL = "Context"  # what marks it wherever it shows
_US = "US only"  # how a scope begins in which no other forces are counted
APART = "Another source, not one of the reports"  # where there is room to say so
_OF_PAGE = ["source_id", "kind", "outlet", "outlet_short", "headline", "published", "url"]


@remembered
def facts(tables: Tables) -> pd.DataFrame:
    """Return `record` with the page of each fact and readable columns, in file order.

    Beside the columns of the table: `first_of_page` (whether the part is the first in which the
    page stands), `outlet`, `label` (the page's short name), `headline`, `url`, `published`,
    `kind` (label of the page's kind), `first` and `last` (the days its date covers,
    datetime64), `when` (its date in words), `number` (its figure with the hedge, "" where it
    has none), `place_label`.
    """
    frame = tables.record.merge(
        tables.pages[_OF_PAGE].rename(columns={"outlet_short": "label"}), on="source_id", how="left"
    )
    hedges, kinds = tables.labels("record", "qualifier"), tables.labels("sources", "kind")
    covered = [days(date) for date in frame["date"]]
    return frame.assign(
        url=frame["url"].where(frame["url"].str.match(r"https?://"), ""),  # it becomes a link
        first_of_page=~frame["source_id"].duplicated() | frame.duplicated(["source_id", "part"]),
        kind=frame["kind"].astype(str).map(kinds),
        when=frame["date"].map(day),
        published=frame["published"].map(day),
        first=pd.to_datetime([start for start, _ in covered]),
        last=pd.to_datetime([end for _, end in covered]),
        number=[figure(row, hedges) for row in frame.itertuples()],
        proof=[_proof(row) for row in frame.itertuples()],
        place_label=frame["place"].astype(str).map(tables.labels("record", "place")),
    )


def figure(row: Any, hedges: dict[str, str]) -> str:
    """Return a fact's figure with its hedge, a range as 'from–to', "" where it has none."""
    if pd.isna(row.value):
        return ""
    shown = count(row.value, row.qualifier, hedges)
    return shown if pd.isna(row.value_max) else f"{shown}–{row.value_max:,}"


def us_only(facts: pd.DataFrame) -> pd.Series:
    """Return which facts count US forces alone: all of them or a part."""
    return facts["scope"].str.startswith(_US)


def counter(row: Any) -> str:
    """Return who counted, and the scope where it is not all US forces: 'Reuters, US+UK'."""
    scope = row.scope.removeprefix(_US).strip(" ,()")
    return scope if row.counted_by in scope else ", ".join(filter(None, (row.counted_by, scope)))


def short(who: str) -> str:
    """Return who counted, without through whom: 'Pentagon' for 'Pentagon (Ryder)'."""
    return re.sub(r"(?<!press) \([A-Z].*?\)| via [^,]*", "", who)


def lines(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows of `frame` in lists, one a line through them; a row of no series is alone.
    The check holds that the rows of a series were counted by one body in one scope and measure.
    """
    apart = frame["series"].where(frame["series"] != "", frame["id"])
    return [part for _, part in frame.groupby(apart, sort=False)]


def _proof(row: Any) -> str:
    """Return what proves a fact: the figure as printed and its place on the page."""
    printed = f"As printed: “{row.printed_figure}”. " if row.printed_figure else ""
    return f"{printed}Where on the page: {row.locator}."


def said_kind(row: Any) -> str:
    """Return in a sentence what kind of page proves a fact: 'A copy of a news agency report.'"""
    itself = row.kind.endswith(("report", "document"))
    return f"{'A' if itself else 'From a'} {row.kind}."
