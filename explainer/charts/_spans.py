"""What a joint statement ends, lets go on and leaves open: the rows of the chart."""

from typing import Any

import pandas as pd

from explainer.charts._said import LEAVING, said
from explainer.charts._year import due
from explainer.data.tables import Tables

GROUPS = {"ends": "What ends", "on": "What changes or goes on", "open": "What is left open"}
# an open question about the presence
OPEN = r"\b(?:troops?|soldiers?|bases?|forces?|mission|coalition|withdraw\w*)\b"
_NONE = {"code": "", "side": "", "who": "", "until": pd.NaT, "at": "", "deadline": ""}


def announcement(tables: Tables) -> pd.Series:
    """Return the latest announcement of both governments that statements report; of anyone, if
    there is none.
    """
    events = tables.events[tables.events["kind"].eq("announcement") & tables.events["start"].ne("")]
    events = events[events["event_id"].isin(said(tables)["event_id"])]
    events = events.sort_values("start", kind="stable")
    joint = events[events["actor_side"].eq("joint")]
    return (joint if len(joint) else events).iloc[-1]


def spans(tables: Tables) -> pd.DataFrame:
    """Return a row a span: `group`, `text`, `who`, `side`, `code`, `until` (a day or none),
    `at` in words, `row`.

    The statements of the joint announcement and of briefings of the same day are one span for
    each side, position and place. A span ends where a deadline does that one of its statements
    names.
    """
    events, day = tables.events, announcement(tables)["start"]
    same = events[events["kind"].eq("announcement") & events["start"].eq(day)]["event_id"]
    rows = said(tables)
    rows = rows[rows["event_id"].isin(same)].sort_values("telling", ascending=False, kind="stable")
    ends = due(tables).query("setter != ''").drop_duplicates("setter").set_index("setter")
    groups = rows.groupby(["side", "position", "about"], observed=True, sort=False)
    frame = pd.DataFrame([_span(tables, group, ends) for _, group in groups])
    order = {code: i for i, code in enumerate(tables.labels("statements", "position"))}
    frame = frame.assign(rank=-frame["code"].map(order), later=frame["side"].ne("joint"))
    frame = frame.sort_values(["group", "later", "rank"], kind="stable")
    return pd.concat([frame.drop(columns=["rank", "later"]), _questions(tables)], ignore_index=True)


def _span(tables: Tables, group: pd.DataFrame, ends: pd.DataFrame) -> dict[str, Any]:
    """Return the span of statements of one side, position and place, most telling first."""
    best, row = group.iloc[0], " ".join(group["row"])
    code, side = str(best["position"]), str(best["side"])
    who = best["short"] or tables.labels("statements", "side")[side]
    where = "ends" if code in LEAVING else "on"
    span = {**_NONE, "group": where, "text": best["words"], "code": code, "side": side, "who": who}
    for end in [ends.loc[one] for one in group["row"] if one in ends.index][:1]:
        span |= {"until": end["last"], "at": end["when"], "deadline": end["text"]}
        row += f" {end['row']}"
    return {**span, "row": row}


def _questions(tables: Tables) -> pd.DataFrame:
    """Return the questions on the presence that no article answers, with the rows that say so."""
    topics = tables.topics[tables.topics["kind"].eq("unanswered")]
    about = topics["event_id"].eq(announcement(tables)["event_id"])
    about |= topics["question"].str.contains(OPEN)
    silent = tables.disagreements.groupby("topic_id")["id"].agg(" ".join)
    topics = topics[about & topics["topic_id"].isin(silent.index)]
    rows = topics["topic_id"].map(silent)
    frame = pd.DataFrame({"group": "open", "text": topics["question"], "row": rows})
    return frame.assign(**_NONE)
