"""What the latest joint announcement sets: spans, the ends that words give them, open questions."""

import pandas as pd

from explainer.charts._said import LEAVING, ends, said
from explainer.charts.grammar.marks import named
from explainer.data.dates import days, find, resolve
from explainer.data.tables import Tables
from explainer.words.formats import when

HEADINGS = {
    "ends": "What ends",
    "on": "What changes or continues",
    "open": "What the reports leave open",
}
# an open question about the presence
_OPEN = r"\b(?:troops?|soldiers?|bases?|forces?|mission|coalition|withdraw\w*)\b"


def announcement(tables: Tables) -> pd.Series:
    """Return the latest reported announcement of both governments; of anyone, if there is none;
    of no words, without any.
    """
    events = tables.events[tables.events["kind"].eq("announcement") & tables.events["start"].ne("")]
    events = events[events["event_id"].isin(said(tables)["event_id"])]
    events = events.sort_values("start", kind="stable")
    joint = events[events["actor_side"].eq("joint")]
    events = joint if len(joint) else events
    return events.iloc[-1] if len(events) else pd.Series("", events.columns)


def terms(tables: Tables) -> pd.DataFrame:
    """Return a row a span or question: `group` and its `heading`, `text`, `who`, `side`, `code`
    (its position), `until` (a day or none), `at` in words, `deadline` (what that means), `row`.

    Statements of the joint announcement and of that day's briefings are one span a side, position,
    place and date. It ends where a deadline does that one of its statements names, or on a later
    day that its words give.
    """
    rows = said_of_it(tables).sort_values("telling", ascending=False, kind="stable")
    rows = rows.join(_dates(tables, rows), on="row")
    keys = ["side", "position", "about", "concerns"]
    # an end that an article dates is that of a side; of what goes on, each speaks for himself
    who = rows["person_id"].where(~rows["position"].isin(LEAVING), "")
    own = rows.groupby([*keys, "source_id", who], observed=True)["at"].transform("first")
    rows["term"] = rows["at"].fillna(own).fillna("")  # two dates of a side are two spans
    groups = rows.groupby([*keys, "term", who], observed=True, sort=False, as_index=False)
    best, ids = groups.first(), groups["row"].agg(" ".join)["row"]
    side, code = named(best["side"]), best["position"].astype(str)
    frame = best.assign(
        group=code.isin(LEAVING).map({True: "ends", False: "on"}),
        text=best["words"],
        code=code,
        side=side,
        who=best["short"].mask(best["short"].eq(""), side),
        at=best["at"].fillna("no end date"),
        row=(ids + " " + best["setter"].fillna("")).str.strip(),
        later=best["side"].ne("joint"),
        rank=code.map(list(tables.labels("statements", "position"))[::-1].index),
    ).sort_values(["group", "later", "rank"], kind="stable")
    words = ["code", "side", "who", "at", "deadline"]
    frame = pd.concat([frame[["group", "text", "until", "row", *words]], _open(tables)])
    frame = frame.fillna(dict.fromkeys(words, "")).reset_index(drop=True)
    return frame.assign(heading=frame["group"].map(HEADINGS))


def said_of_it(tables: Tables) -> pd.DataFrame:
    """Return the statements of the joint announcement's day, and those without a day that set a
    date for what is to come, of articles that tell of it.
    """
    events, latest, rows = tables.events, announcement(tables), said(tables)
    same = events["kind"].eq("announcement") & events["start"].eq(latest["start"])
    that_day = rows["event_id"].isin(events[same]["event_id"])
    telling = tables.mentions.loc[tables.mentions["event_id"].eq(latest["event_id"]), "source_id"]
    undated = rows["first"].isna() & rows["source_id"].isin(telling)
    return rows[that_day | undated & rows["row"].isin(ends(tables).index)]


def _dates(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Return for each statement that gives a date its `until`, `at`, `deadline` and `setter`: the
    deadline that it names; else what its own words say of a day after the announcement.
    """
    dated = {r.Index: (r.last, r.when, r.text, r.row) for r in ends(tables).itertuples()}
    published = tables.sources.set_index("source_id")["published"].dt.date
    last = pd.Timestamp(announcement(tables)["start"])
    for row in rows.itertuples():
        for written, _ in find(row.evidence):
            meant = resolve(written, published[row.source_id])
            until = pd.Timestamp(days(meant.start, meant.end)[1]) if meant else last
            if meant and until > last:
                at = when(meant.start, meant.precision, meant.end)
                dated.setdefault(row.row, (until, at, "", ""))
    columns, known = ["until", "at", "deadline", "setter"], pd.Index(list(dated), dtype=str)
    return pd.DataFrame(list(dated.values()), known, columns)


def _open(tables: Tables) -> pd.DataFrame:
    """Return the questions on the presence that no article answers, with the rows that say so."""
    topics = tables.topics[tables.topics["kind"].eq("unanswered")]
    event = announcement(tables)["event_id"]  # without one no axis begins
    about = (topics["event_id"].eq(event) | topics["question"].str.contains(_OPEN)) & bool(event)
    silent = tables.disagreements.groupby("topic_id")["id"].agg(" ".join)
    topics = topics[about & topics["topic_id"].isin(silent.index)]
    rows = topics["topic_id"].map(silent)
    open_ = {"group": "open", "text": topics["question"], "at": "no report says", "row": rows}
    return pd.DataFrame(open_)
