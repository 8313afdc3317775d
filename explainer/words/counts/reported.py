"""Counts of what the articles report: articles, troops, statements, positions, differences."""

from typing import Any

from explainer.data.tables import Tables
from explainer.words.counts import Number, counted, tally
from explainer.words.formats import count, number, spelled
from explainer.words.sources import date_of, in_time


@counted
def articles(tables: Tables) -> Number:
    return tally(in_time(tables), "reports read.", "source_id")


@counted
def outlets(tables: Tables) -> Number:
    frame = in_time(tables).drop_duplicates("outlet")
    return tally(frame, "publishers of the reports.", "source_id")


@counted
def outlet_names(tables: Tables) -> Number:
    frame = in_time(tables).drop_duplicates("outlet")
    *names, last = frame["outlet"].astype(str)
    text = f"{', '.join(names)} and {last}" if names else last
    return Number(text, tuple(in_time(tables)["source_id"]), "publishers of the reports.")


@counted
def first_published(tables: Tables) -> Number:
    source = in_time(tables).iloc[0]
    return Number(
        date_of(source), (source["source_id"],), "day of publication of the earliest report."
    )


@counted
def last_published(tables: Tables) -> Number:
    source = in_time(tables).iloc[-1]
    return Number(
        date_of(source), (source["source_id"],), "day of publication of the latest report."
    )


@counted
def troops_iraq(tables: Tables) -> Number:
    return _level(tables, "iraq")


@counted
def troops_syria(tables: Tables) -> Number:
    return _level(tables, "syria")


def _level(tables: Tables, place: str) -> Number:
    """Return the number that the articles give for a place, with the hedge that most of them
    print.
    """
    rows = tables.troops[tables.troops["place"] == place]
    if rows.empty:
        return Number("no figure", (), "no report gives a number.")
    hedge, hedges = rows["qualifier"].mode()[0], tables.labels("troops", "qualifier")
    low, high = rows["count"].min(), rows["count"].max()
    text = count(low, hedge, hedges)
    how = "the number in every report that gives one"
    how += "." if hedge == "exact" else f", in most with “{hedges[hedge]}” or a similar word."
    if low != high:
        text, how = (
            f"{text} to {number(high)}",
            "the lowest and the highest number that a report gives.",
        )
    return Number(text, tuple(rows["id"]), how)


@counted
def troops_course(tables: Tables) -> Number:
    rows = tables.troops[tables.troops["place"] == "iraq"]
    same = rows["count"].nunique() == 1
    return Number(
        "the same figure" if same else "different figures",
        tuple(rows["id"]),
        "every report that gives a number for Iraq gives this one."
        if same
        else "the reports that give a number for Iraq do not all give the same.",
    )


@counted
def articles_with_iraq_figure(tables: Tables) -> Number:
    given = _given(tables, "iraq")
    return Number(given.text[0].upper() + given.text[1:], given.rows, given.how)


@counted
def articles_with_syria_figure(tables: Tables) -> Number:
    return _given(tables, "syria")


def _given(tables: Tables, place: str) -> Number:
    """Return 'all five reports', or 'five of the six reports': those with a number of troops."""
    rows = tables.troops[tables.troops["place"] == place].drop_duplicates("source_id")
    every, some = len(tables.sources), len(rows)
    text = f"all {spelled(every)} reports" if some == every else ""
    text = text or f"{spelled(some)} of the {spelled(every)} reports"
    how = f"reports that give a number of troops in {tables.labels('troops', 'place')[place]}."
    return Number(text, tuple(rows["id"]), how)


@counted
def quotations(tables: Tables) -> Number:
    return tally(
        tables.statements[tables.statements["form"] == "quote"],
        "direct quotations in all reports.",
    )


@counted
def iraqi_leave(tables: Tables) -> Number:
    return _positions(tables, "iraq", ("mission_ends", "forces_leave"))


@counted
def iraqi_positions(tables: Tables) -> Number:
    return _positions(tables, "iraq", None)


@counted
def us_positions(tables: Tables) -> Number:
    return _positions(tables, "us", None)


@counted
def us_leave(tables: Tables) -> Number:
    return _positions(tables, "us", ("mission_ends", "forces_leave"))


@counted
def iraqi_on_coalition(tables: Tables) -> Number:
    return _concern(tables, "iraq", "coalition_mission")


@counted
def us_on_us_forces(tables: Tables) -> Number:
    return _concern(tables, "us", "us_forces")


def _spoken(tables: Tables, side: str) -> Any:
    rows = tables.statements
    return rows[(rows["side"] == side) & (rows["position"] != "none")]


def _positions(tables: Tables, side: str, positions: tuple[str, ...] | None) -> Number:
    rows = _spoken(tables, side)
    rows = rows[rows["position"].isin(positions)] if positions else rows
    who = tables.labels("statements", "side")[side]
    if not positions:
        return tally(rows, f"statements by {who} on staying or leaving.")
    names = tables.labels("statements", "position")
    says = " or ".join(f"“{names[position]}”" for position in positions)
    how = (
        "no statement by {} has the position {}."
        if rows.empty
        else "statements by {} with the position {}."
    )
    return tally(rows, how.format(who, says))


def _concern(tables: Tables, side: str, concern: str) -> Number:
    rows = _spoken(tables, side)
    return tally(
        rows[rows["concerns"] == concern],
        f"statements by {tables.labels('statements', 'side')[side]} on staying "
        f"or leaving that are about {tables.labels('statements', 'concerns')[concern]}.",
    )


@counted
def iraqi_on_us_forces(tables: Tables) -> Number:
    return _concern(tables, "iraq", "us_forces")


@counted
def iraqi_on_others(tables: Tables) -> Number:
    return _concern(tables, "iraq", "all_foreign_forces")


@counted
def unanswered(tables: Tables) -> Number:
    return _topics(tables, "unanswered")


def _topics(tables: Tables, kind: str) -> Number:
    rows = tables.topics[tables.topics["kind"] == kind]
    proofs = tables.disagreements[tables.disagreements["topic_id"].isin(rows["topic_id"])]
    return Number(spelled(len(rows)), tuple(proofs["id"]), "questions that no report answers.")
