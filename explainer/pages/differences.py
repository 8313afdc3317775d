"""Where the articles differ: who reports what, and each matter with every article's position."""

from typing import Any

import pandas as pd

from explainer.data.tables import Tables
from explainer.pages.prose import Shown, figure
from explainer.pages.templates import render
from explainer.words import truncate
from explainer.words.event_dates import in_order
from explainer.words.sources import in_time, labels

STATES = {  # of an event in an article: its sign in the table, and what it means
    "reported": ("●", "reported"),
    "differently": ("≠", "reported, and the reports differ on it"),
    "absent": ("–", "not reported"),
    "unknown": ("", "blank: happened, or may have happened, after the report appeared"),
}
_DIFFER = ("contradiction", "framing")


def coverage(tables: Tables) -> Shown:
    """Return a table of events by articles, first what most articles report."""
    part = truncate.latest(tables)
    every, articles = cells(part), list(in_time(part)["label"])
    events = every.drop_duplicates("event_id")["event_id"]
    kept = truncate.truncate(events)
    finding = _finding(every, len(articles))
    caption = (
        "“≠” means that the reports contradict each other or frame the event differently; in"
        " the second case both may be right. A report whose subject is not the event need not"
        " mention it."
    )
    left, what = len(events) - len(kept), "more events, in fewer reports each,"
    groups = _groups(every[every["event_id"].isin(kept)], len(articles))
    values = {"states": STATES, "articles": articles, "groups": groups}
    template = "differences_coverage.html"
    return figure(template, part, tables, finding, caption, left, what, **values)


def _groups(frame: pd.DataFrame, articles: int) -> list[tuple[str, list[dict[str, object]]]]:
    groups = []
    for count, part in frame.groupby("reports", sort=False):
        rows = (row.to_dict("records") for _, row in part.groupby("event_id", sort=False))
        events = [{**row[0], "cells": row} for row in rows]
        events_in = f"{len(events)} event{'s' * (len(events) != 1)} in"
        some = f"all {articles}" if count == articles else f"{count} of {articles}"
        name = "one report alone" if count == 1 else f"{some} reports"
        groups.append((f"{events_in} {name}", events))
    return groups


def cells(tables: Tables) -> pd.DataFrame:
    """Return a row for each event and article, the events that most articles report first.

    Its columns: `title` and `when` of the event; `reports`, how many articles speak of it;
    `article`; `mention` and `row`, the ids of what proves the cell; `state`, a key of `STATES`;
    `label`, the cell in words. An article that mentions the event differs where a contradiction or
    a framing about the event has two positions or more among the articles that mention it, and
    this article takes one of them. Only an article later than the event is said to be silent.
    """
    articles = in_time(tables)[["source_id", "label", "published"]]
    events = in_order(tables)
    events = events[events["event_id"].isin(tables.mentions["event_id"])]
    events["latest"] = [_latest(event) for event in events.itertuples()]
    told = tables.mentions.groupby("event_id")["source_id"].nunique()
    events["reports"] = events["event_id"].map(told)
    events = events.sort_values("reports", ascending=False, kind="stable")
    frame = events[["event_id", "title", "when", "latest", "reports"]].merge(
        articles.rename(columns={"label": "article"}), how="cross"
    )
    keys = ["event_id", "source_id"]
    mentions = tables.mentions.groupby(keys)["id"].agg(" ".join).rename("mention").reset_index()
    frame = frame.merge(mentions, on=keys, how="left").merge(
        _positions(tables), on=keys, how="left"
    )
    frame = frame.fillna({"mention": "", "matter": "", "words": ""})
    frame["state"] = [_state(cell) for cell in frame.itertuples()]
    frame["row"] = (frame["matter"] + " " + frame["mention"]).str.strip()
    signs = frame["state"].map({state: words for state, (_, words) in STATES.items()})
    frame["label"] = frame["article"] + ": " + frame["title"] + ", " + signs
    differ = frame["state"] == "differently"
    frame["label"] += (". " + frame["words"]).where(differ, "")
    return frame


def _latest(event: Any) -> pd.Timestamp:
    """Return the last day on which an event can have begun."""
    ranged = event.precision in ("week", "between") and event.end
    return pd.Period(event.end if ranged else event.order).end_time.normalize()


def _positions(tables: Tables) -> pd.DataFrame:
    """Return event, article, ids and words of the positions on which articles differ."""
    keys = ["event_id", "source_id"]
    rows = tables.disagreements.merge(
        tables.topics[["topic_id", "question", "kind", "event_id"]], on="topic_id"
    )
    rows = rows[(rows["stance"] == "says") & rows["kind"].isin(_DIFFER) & (rows["event_id"] != "")]
    rows = rows.merge(tables.mentions[keys].drop_duplicates(), on=keys)
    rows = rows[rows.groupby("topic_id")["says"].transform("nunique") > 1]
    rows = rows.assign(words=rows["question"] + " " + rows["says"])
    return rows.groupby(keys).agg(matter=("id", " ".join), words=("words", " ".join)).reset_index()


def _state(cell: Any) -> str:
    if cell.mention:
        return "differently" if cell.matter else "reported"
    return "unknown" if cell.latest > cell.published else "absent"


def _finding(frame: pd.DataFrame, articles: int) -> str:
    events = frame.drop_duplicates("event_id")
    alone, whole = (int((events["reports"] == count).sum()) for count in (1, articles))
    differ = frame.loc[frame["state"] == "differently", "event_id"].nunique()
    appear = "appears" if alone == 1 else "appear"
    return (
        f"{alone or 'None'} of {len(events)} events {appear} in only one report, "
        f"{whole or 'none'} in all {articles}; the reports differ on {differ or 'none'}"
    )


def matters(tables: Tables, *kinds: str) -> Shown:
    """Return the matters of the given kinds, with each article's position or silence."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in tables.disagreements.to_dict("records"):
        rows.setdefault(row["topic_id"], []).append(row)
    topics = tables.topics[tables.topics["kind"].isin(kinds)].to_dict("records")
    listed = [_matter(tables, topic, rows.get(topic["topic_id"], [])) for topic in topics]
    html = render("differences_matters.html", tables, matters=listed)
    return Shown(html, f"{len(topics)} matters")


def _matter(tables: Tables, topic: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    order = list(labels(tables))
    said = [row for row in rows if row["stance"] == "says"]
    positions: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(said, key=lambda row: order.index(row["source_id"])):
        positions.setdefault(row["says"], []).append(row)
    looked = {row["source_id"]: row["id"] for row in rows if row["stance"] == "silent"}
    silent = set(looked)
    if topic["kind"] == "omission":
        silent |= _later(tables, topic["event_id"]) - {row["source_id"] for row in said}
    return {
        **topic,
        "positions": list(positions.items()),
        # each with the row that says so, else its own
        "silent": [{"id": looked.get(a, a), "source_id": a} for a in order if a in silent],
    }


def _later(tables: Tables, event: str) -> set[str]:
    """Return the articles of an event's day or later: of an omission the others are silent."""
    begun = dict(zip(tables.events["event_id"], tables.events["start"], strict=True)).get(event, "")
    days = tables.sources["published"].dt.strftime("%Y-%m-%d")
    return set(tables.sources.loc[days >= begun, "source_id"])


def unanswered(tables: Tables) -> Shown:
    """Return the questions that no article answers."""
    topics = tables.topics[tables.topics["kind"] == "unanswered"].to_dict("records")
    html = render("differences_unanswered.html", tables, topics=topics)
    return Shown(html, f"{len(topics)} questions")
