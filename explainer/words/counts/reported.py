"""Counts of what the articles report: articles, troops, statements, positions, differences."""

from typing import Any

from explainer.data.tables import Tables
from explainer.words.counts import Number, counted, tally
from explainer.words.formats import count, number, spelled
from explainer.words.sources import date_of, in_time


@counted
def articles(tables: Tables) -> Number:
    return tally(in_time(tables), "Articles read.", "source_id")


@counted
def outlets(tables: Tables) -> Number:
    frame = in_time(tables).drop_duplicates("outlet")
    return tally(frame, "Publishers of the articles.", "source_id")


@counted
def outlet_names(tables: Tables) -> Number:
    frame = in_time(tables).drop_duplicates("outlet")
    *names, last = frame["outlet_short"].astype(str)
    text = f"{', '.join(names)} and {last}" if names else last
    return Number(text, tuple(in_time(tables)["source_id"]), "Publishers of the articles.")


@counted
def first_published(tables: Tables) -> Number:
    source = in_time(tables).iloc[0]
    return Number(
        date_of(source), (source["source_id"],), "Day of publication of the earliest article."
    )


@counted
def last_published(tables: Tables) -> Number:
    source = in_time(tables).iloc[-1]
    return Number(
        date_of(source), (source["source_id"],), "Day of publication of the latest article."
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
        return Number("no figure", (), "No article gives a number.")
    hedge = rows["qualifier"].mode()[0]
    low, high = rows["count"].min(), rows["count"].max()
    text = count(low, hedge, tables.labels("troops", "qualifier"))
    how = (
        "The number given by every article that gives one, with the hedge that most of them print."
    )
    if low != high:
        text, how = (
            f"{text} to {number(high)}",
            "The lowest and the highest number that an article gives.",
        )
    return Number(text, tuple(rows["id"]), how)


@counted
def troops_course(tables: Tables) -> Number:
    rows = tables.troops[tables.troops["place"] == "iraq"]
    return Number(
        "the same figure" if rows["count"].nunique() == 1 else "different figures",
        tuple(rows["id"]),
        "Whether every article that gives a number of troops in Iraq gives the same.",
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
    how = f"Articles that give a number of troops in {tables.labels('troops', 'place')[place]}."
    return Number(text, tuple(rows["id"]), how)


@counted
def quotations(tables: Tables) -> Number:
    return tally(
        tables.statements[tables.statements["form"] == "quote"],
        "Direct quotations in all articles.",
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
    names = tables.labels("statements", "position")
    what = (
        f" with the position “{' or '.join(names[p] for p in positions)}”"
        if positions
        else " on staying or leaving"
    )
    return tally(rows, f"Statements of {tables.labels('statements', 'side')[side]}{what}.")


def _concern(tables: Tables, side: str, concern: str) -> Number:
    rows = _spoken(tables, side)
    return tally(
        rows[rows["concerns"] == concern],
        f"Statements of {tables.labels('statements', 'side')[side]} on staying "
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
    return Number(
        spelled(len(rows)),
        tuple(proofs["id"]),
        f"Questions of the kind “{tables.labels('topics', 'kind')[kind]}”.",
    )
