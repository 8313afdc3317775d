"""What speakers say on staying or leaving, as the charts of positions draw it: words, speaker,
day, rank.
"""

import re
from collections import Counter

import pandas as pd

from explainer.data.tables import Tables
from explainer.words.formats import when
from explainer.words.sources import labels

LEAVING = ("mission_ends", "forces_leave")  # the positions that name an end
CLAUSES = {  # each position, after "says (that)"
    "stays": "the forces stay",
    "no_plan": "nothing is asked or planned",
    "transition": "the mission changes form",
    "mission_ends": "the mission ends",
    "forces_leave": "the forces leave",
}
HOME = "iraq"  # the place that a statement is about unless its words name another


def said(tables: Tables) -> pd.DataFrame:
    """Return the statements of speakers that take a position, in order of time, undated ones
    last.

    Columns added: `first` and `last` day, `when` in words, `who`, `short` (a name for a label,
    empty where the side says it), `via`, `article`, `about` (another place than Iraq), `words`
    (the deciding words, in quotation marks where the article quotes), `telling` (see there),
    `row`.
    """
    rows = tables.statements
    rows = rows[rows["form"].isin(["quote", "paraphrase"]) & (rows["position"] != "none")]
    ends = tables.events.set_index("event_id")["end"]
    end = rows["event_id"].map(ends).fillna("").where(rows["precision"].eq("between"), "")
    people = tables.people.set_index("person_id")
    names, short = (
        people["name"],
        people["named_as"].where(people["kind"] == "person", people["name"]),
    )
    rows = rows.assign(
        end=end,
        who=rows["person_id"].map(names).fillna("somebody not named"),
        via=rows["via_person_id"].map(names).fillna(""),
        short=rows["person_id"].map(short).where(rows["side"] != "joint").fillna(""),
        article=rows["source_id"].map(labels(tables)),
        about=_about(tables, rows),
        telling=telling(rows),
        words=rows["key_words"].where(rows["form"] != "quote", "“" + rows["key_words"] + "”"),
        row=rows["id"],
        when=[when(*r) for r in zip(rows["date"], rows["precision"], end, strict=True)],
    )
    rows["words"] += rows["about"].map(lambda place: f" ({place})" if place else "")
    return dated(rows.rename(columns={"date": "start"}))


def dated(frame: pd.DataFrame) -> pd.DataFrame:
    """Add `first` and `last`, the days between which something dated by `start`, `end`,
    `precision` lies; sort.
    """
    spans = [
        span(*r)
        for r in zip(frame["start"], frame["end"], frame["precision"].astype(str), strict=True)
    ]
    frame = frame.assign(
        first=pd.to_datetime([s[0] for s in spans]), last=pd.to_datetime([s[1] for s in spans])
    )
    return frame.sort_values(["first", "last"], kind="stable", na_position="last").reset_index(
        drop=True
    )


def span(start: str, end: str, precision: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last day that a date can mean: '2024-01' is the whole month."""
    if not start:
        return pd.NaT, pd.NaT
    far = pd.Period(end or start).end_time.normalize()
    if precision == "week" and not end:
        far += pd.Timedelta(days=6)
    return pd.Period(start).start_time, far


def telling(rows: pd.DataFrame) -> pd.Series:
    """Return how well a statement's key words stand for its position: the highest in a group is
    the label.

    A figure (a date) counts most, then a quotation, then words that others use for the same
    position.
    """
    terms = rows["key_words"].map(lambda text: set(re.findall(r"[a-z]{5,}", text.lower())))
    common = {
        p: Counter(t for group in g for t in group)
        for p, g in terms.groupby(rows["position"].astype(str))
    }
    typical = [
        max((common[p][t] for t in group), default=0)
        for p, group in zip(rows["position"].astype(str), terms, strict=True)
    ]
    figure = rows["key_words"].str.contains(r"\d{4}")
    return (
        10_000 * figure
        + 1_000 * rows["form"].eq("quote")
        + pd.Series(typical, rows.index, dtype=float)
    )


def _about(tables: Tables, rows: pd.DataFrame) -> pd.Series:
    """Return the place other than Iraq that the words name, if they do not name Iraq as well."""
    places = tables.labels("troops", "place")  # where forces can stay or leave
    others = "|".join(re.escape(name) for code, name in places.items() if code != HOME)
    found = rows["evidence"].str.extract(f"({others})", expand=False).fillna("")
    return found.where(~rows["evidence"].str.contains(places[HOME]), "")
