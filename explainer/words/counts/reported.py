"""Counts of what the articles report: articles, troops, statements, positions, differences."""

from functools import partial

import pandas as pd

from explainer.data.tables import Tables
from explainer.words.counts import Count, Number, tally
from explainer.words.formats import count, number, spelled
from explainer.words.sources import in_time

_LEAVE = ("mission_ends", "forces_leave")


def _articles(tables: Tables) -> Number:
    return tally(in_time(tables), "reports that we read.", "source_id")


def _outlets(tables: Tables) -> Number:
    frame = in_time(tables).drop_duplicates("outlet")
    return tally(frame, "publishers of the reports.", "source_id")


def _outlet_names(tables: Tables) -> Number:
    frame = in_time(tables).drop_duplicates("outlet")
    *names, last = frame["outlet"].astype(str)
    text = f"{', '.join(names)} and {last}" if names else last
    return Number(text, tuple(in_time(tables)["source_id"]), "publishers of the reports.")


def _published(tables: Tables, place: int, which: str) -> Number:
    source = in_time(tables).iloc[place]
    how = f"day of publication of the {which} report."
    return Number(source["day"], (source["source_id"],), how)


def _in(tables: Tables, place: str) -> pd.DataFrame:
    return tables.troops[tables.troops["place"] == place]


def _level(tables: Tables, place: str) -> Number:
    """Return the number that the articles give for a place, hedged as most of them print it."""
    rows = _in(tables, place)
    if rows.empty:
        return Number("no figure", (), "no report gives a number.")
    hedge, hedges = rows["qualifier"].mode()[0], tables.labels("troops", "qualifier")
    low, high = rows["count"].min(), rows["count"].max()
    text = count(low, hedge, hedges)
    how = "the number in every report that gives one"
    how += "." if hedge == "exact" else f", in most with “{hedges[hedge]}” or a similar word."
    if low != high:
        text = f"{text} to {number(high)}"
        how = "the lowest and the highest number that a report gives."
    return Number(text, tuple(rows["id"]), how)


def _troops_course(tables: Tables) -> Number:
    rows = _in(tables, "iraq")
    if rows["count"].nunique() == 1:
        text, how = "the same figure", "every report that gives a number for Iraq gives this one."
    else:
        text = "different figures"
        how = "the reports that give a number for Iraq do not all give the same."
    return Number(text, tuple(rows["id"]), how)


def _given(tables: Tables, place: str, begins: bool = False) -> Number:
    """Return how many reports give troops: 'all five reports', 'five of the six reports'."""
    rows = _in(tables, place).drop_duplicates("source_id")
    every, some = len(tables.sources), len(rows)
    text = f"all {spelled(every)} reports" if some == every else ""
    text = text or f"{spelled(some)} of the {spelled(every)} reports"
    how = f"reports that give a number of troops in {tables.labels('troops', 'place')[place]}."
    return Number(text[0].upper() + text[1:] if begins else text, tuple(rows["id"]), how)


def _spoken(tables: Tables, side: str) -> tuple[pd.DataFrame, str]:
    """Return the statements of a side that take a position, and how the side is called."""
    rows = tables.statements
    rows = rows[(rows["side"] == side) & (rows["position"] != "none")]
    return rows, tables.labels("statements", "side")[side]


def _positions(tables: Tables, side: str, positions: tuple[str, ...] = ()) -> Number:
    rows, who = _spoken(tables, side)
    if not positions:
        return tally(rows, f"statements by {who} that take a position on staying or leaving.")
    rows = rows[rows["position"].isin(positions)]
    names = tables.labels("statements", "position")
    says = " or ".join(f"“{names[position]}”" for position in positions)
    if rows.empty:
        return tally(rows, f"no statement by {who} has the position {says}.")
    return tally(rows, f"statements by {who} with the position {says}.")


def _concern(tables: Tables, side: str, concern: str) -> Number:
    rows, who = _spoken(tables, side)
    what = tables.labels("statements", "concerns")[concern]
    how = f"statements by {who} that take a position on staying or leaving and are about {what}."
    return tally(rows[rows["concerns"] == concern], how)


def _unanswered(tables: Tables) -> Number:
    rows = tables.topics[tables.topics["kind"] == "unanswered"]
    proofs = tables.disagreements[tables.disagreements["topic_id"].isin(rows["topic_id"])]
    return Number(spelled(len(rows)), tuple(proofs["id"]), "questions that no report answers.")


COUNTS: dict[str, Count] = {
    "articles": _articles,
    "outlets": _outlets,
    "outlet_names": _outlet_names,
    "first_published": partial(_published, place=0, which="earliest"),
    "last_published": partial(_published, place=-1, which="latest"),
    "troops_iraq": partial(_level, place="iraq"),
    "troops_syria": partial(_level, place="syria"),
    "troops_course": _troops_course,
    "articles_with_iraq_figure": partial(_given, place="iraq", begins=True),
    "articles_with_syria_figure": partial(_given, place="syria"),
    "iraqi_leave": partial(_positions, side="iraq", positions=_LEAVE),
    "iraqi_positions": partial(_positions, side="iraq"),
    "us_positions": partial(_positions, side="us"),
    "us_leave": partial(_positions, side="us", positions=_LEAVE),
    "iraqi_on_coalition": partial(_concern, side="iraq", concern="coalition_mission"),
    "us_on_us_forces": partial(_concern, side="us", concern="us_forces"),
    "iraqi_on_us_forces": partial(_concern, side="iraq", concern="us_forces"),
    "iraqi_on_others": partial(_concern, side="iraq", concern="all_foreign_forces"),
    "unanswered": _unanswered,
}
