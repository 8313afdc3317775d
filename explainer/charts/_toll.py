"""The counts of attacks, strikes, dead and injured: equal ones joined, never added up; and their marks."""

import pandas as pd

from explainer.charts._board import circles, squares
from explainer.data.tables import Tables
from explainer.words.event_dates import in_order
from explainer.words.formats import count, day
from explainer.words.sources import in_time, labels

VIOLENCE = ("attack", "strike")  # kinds of event
_PEOPLE = ("killed", "critically_injured", "injured")
_DRAWN = 200  # a longer row of marks is a texture, not a count: it stands in words


def counts(tables: Tables) -> pd.DataFrame:
    """Return one row for each different count of an event, in order of time, with what a chart says of it.

    Two articles that print the same number of the same thing in the same place are one count: `articles`
    and `ids` list them, in order of publication. Nothing is added up, whatever the scope.
    """
    events = in_order(tables)[["event_id", "title", "kind", "actor_side", "when", "order"]]
    article = {source: i for i, source in enumerate(in_time(tables)["source_id"])}
    frame = tables.attacks.merge(events, on="event_id")
    frame = frame.sort_values("source_id", key=lambda s: s.map(article), kind="stable")
    frame = frame.merge(tables.sources[["source_id", "published"]], on="source_id")
    several = frame.groupby("event_id")["target"].transform("nunique") > 1
    frame["words"] = [
        _words(tables, row, aim) for row, aim in zip(frame.itertuples(), several, strict=True)
    ]
    frame["place"] = (
        frame["scope"]
        .astype(str)
        .map({**tables.labels("attacks", "scope"), "unstated": "place not stated"})
    )
    frame["articles"], frame["ids"] = _told_by(tables, frame), frame["id"]
    first = ["title", "kind", "actor_side", "when", "order", "target", "value"]
    same = frame.groupby(
        ["event_id", "place", "measure", "words"], sort=False, observed=True, as_index=False
    )
    joined = same.agg({**{c: "first" for c in first}, "articles": list, "ids": list})
    joined["silent"] = joined["value"].isna()
    by = ["order", "event_id", "silent", "measure", "target"]
    return joined.sort_values(by, kind="stable").reset_index(drop=True)


def _told_by(tables: Tables, frame: pd.DataFrame) -> pd.Series:
    """Return who says so: the article's label, and the office that it cites for the number."""
    office = frame["person_id"].map(tables.people.set_index("person_id")["name"])
    label = frame["source_id"].map(labels(tables))
    return label.where(office.isna(), label + ", citing " + office.fillna(""))


def _words(tables: Tables, row, aim: bool) -> str:
    """Return '12 injured (US forces)', 'several attacks', 'at least 100 attacks by 9 January 2024'."""
    noun, act = tables.labels("attacks", "measure")[row.measure], row.measure not in _PEOPLE
    target = (
        f" ({tables.labels('attacks', 'target')[row.target]})"
        if aim or row.kind not in VIOLENCE
        else ""
    )
    if pd.isna(row.value):
        return ("several " if row.qualifier == "several" else "") + noun + target
    noun = noun.removesuffix("s") if act and row.value == 1 else noun
    until = f" by {day(f'{row.published:%Y-%m-%d}')}" if act and row.value > 1 else ""
    names = ", counted from names" if row.qualifier == "named" else ""
    return f"{count(row.value, row.qualifier, tables.labels('attacks', 'qualifier'))} {noun}{target}{until}{names}"


def drawn(row) -> bool:
    """Whether a count has marks: it has a number, and one that can be counted by eye."""
    return not pd.isna(row.value) and row.value <= _DRAWN


def marks(row, room: float) -> dict:
    """Return the path, colour, filling, height and pitch of a count's marks in `room` px of width.

    A square is an act in the colour of the side that acted; a circle is a person: full, killed; with a
    point, in critical condition; empty, injured.
    """
    many = row.value > 30
    pitch = 7 if many else 12
    a_row = min(25 if many else 12, int(room / pitch))
    size = pitch - 2 if many else 8
    if row.measure in _PEOPLE:
        path, colour = circles(row.value, a_row, pitch, size / 2), "ink"
        path += circles(row.value, a_row, pitch, 0.8) if row.measure == "critically_injured" else ""
    else:
        path, colour = squares(row.value, a_row, pitch, size), f"side-{row.actor_side}"
    return {
        "path": path,
        "colour": colour,
        "filled": row.measure not in _PEOPLE[1:],
        "pitch": pitch,
        "height": -(-row.value // a_row) * pitch,
    }
