"""The timeline: who said what, what happened and what is due, in one picture."""

import pandas as pd

from explainer.charts import _column, _lanes
from explainer.charts._margins import PAST
from explainer.charts._said import CLAUSES, LEAVING, said
from explainer.charts._year import (
    LANES,
    before,
    due,
    happened,
    lane_names,
    opening,
    spoken,
)
from explainer.charts.figure import Figure, figure
from explainer.data.tables import Tables
from explainer.words.formats import day


@figure
def year(tables: Tables) -> Figure:
    """Draw who said what, what happened and what is due, from the month before the first article."""
    finding = _finding(tables)
    return Figure(
        finding=finding,
        caption=_caption(tables),
        description=_description(tables, finding),
        data=_data(tables),
        wide=_lanes.draw(tables, finding),
        narrow=_column.draw(tables, finding),
    )


def _finding(tables: Tables) -> str:
    """Return what both sides say in the first month in which both speak, and on the last day they speak as one."""
    rows = said(tables)
    rows = rows[rows["first"] >= opening(tables)].assign(
        month=lambda f: f["first"].dt.to_period("M")
    )
    names, sides = lane_names(tables), ("iraq", "us")
    both = sorted(
        set.intersection(*(set(rows.loc[rows["side"] == side, "month"]) for side in sides))
    )
    parts = []
    if both:
        first = rows[rows["month"] == both[0]]
        iraq, us = (
            CLAUSES[first.loc[first["side"] == side, "position"].astype(str).mode()[0]]
            for side in sides
        )
        parts.append(f"In {day(str(both[0]))} {names['iraq']} says {iraq}, {names['us']} that {us}")
    end = rows[(rows["side"] == "joint") & rows["position"].isin(LEAVING)].tail(1)
    if len(end):
        parts.append(_end(tables, rows, end.iloc[0], names["us"], both[0].year if both else 0))
    text = "; ".join(parts) or f"{len(rows)} statements on staying or leaving, in order of time"
    return text[0].upper() + text[1:]


def _end(tables: Tables, rows: pd.DataFrame, end: pd.Series, name: str, year: int) -> str:
    """Return what both say in the month of a common end, its deadline, and what Washington says on that day."""
    setters = rows[rows["event_id"].eq(end["event_id"]) & rows["position"].isin(LEAVING)]["row"]
    ahead = due(tables)
    ahead = ahead[ahead["setter"].isin(setters)]
    by = f" by {ahead['when'].iloc[0]}" if len(ahead) else ""
    text = f"in {day(str(end['month']), end['month'].year != year)} both say {CLAUSES[end['position']]}{by}"
    same = rows[
        (rows["side"] == "us")
        & (rows["first"] == end["first"])
        & rows["position"].isin(["stays", "no_plan"])
    ]
    return text + (
        f", and {name} says “{same.loc[same['telling'].idxmax(), 'key_words']}”"
        if len(same)
        else ""
    )


def _caption(tables: Tables) -> str:
    rows, most = said(tables), spoken(tables)["n"].max()
    others = (rows["first"].ge(opening(tables)) & ~rows["side"].isin(LANES)).sum()
    return (
        "A mark is what one side said on one occasion, with the deciding words of the article (in quotation marks where "
        f"it quotes). ×{most} stands for {most} passages, which often repeat each other: a big mark is not a stronger "
        "one. A line through a mark is the time within which it lies. Statements are what the articles of this book "
        f"report, not all that was said; {rows['first'].isna().sum()} without a date and {others} by others than these "
        "two sides are not drawn."
    )


def _description(tables: Tables, finding: str) -> str:
    """Return the picture in words, for listening."""
    names, positions = lane_names(tables), tables.labels("statements", "position")
    sums = (
        spoken(tables)
        .groupby(["lane", "code"])["n"]
        .sum()
        .sort_values(ascending=False, kind="stable")
    )
    lanes = [
        f"{names[lane]}: " + ", ".join(f"{positions[code]} {n}" for code, n in sums[lane].items())
        for lane in LANES
        if lane in sums.index
    ]
    ahead = "; ".join(f"{d.text}, {d.when}" for d in due(tables).itertuples())
    top = spoken(tables).sort_values("n", ascending=False, kind="stable").head(1)
    most = "".join(
        f" Most passages on one occasion: {m.n}, {names[m.lane]}, {m.when}: {m.text}."
        for m in top.itertuples()
    )
    return (
        f"A timeline from {day(f'{opening(tables):%Y-%m}')} on, with a lane each for {', '.join(names.values())}. "
        f"{finding}. Passages by position: {'; '.join(lanes)}.{most} On the ground: {len(happened(tables))} dated attacks and "
        f"strikes. Due: {ahead or 'nothing'}."
    )


def _data(tables: Tables) -> pd.DataFrame:
    """Return the drawn rows, history first."""
    names = lane_names(tables) | tables.labels("events", "actor_side")
    labels = tables.labels("events", "kind") | tables.labels("statements", "position")
    past = before(tables, PAST).assign(lane="Before", code=lambda f: f["kind"].astype(str), via="")
    later = (
        frame.assign(lane=frame["lane"].map(names))
        for frame in (spoken(tables), happened(tables), due(tables))
    )
    rows = pd.concat([past, *later], ignore_index=True).sort_values(
        ["first", "lane"], kind="stable", ignore_index=True
    )
    made = {
        "When": rows["when"],
        "Lane": rows["lane"],
        "What": rows["code"].map(labels),
        "Words or event": rows["text"],
        "Through": rows["via"],
        "Passages": rows["n"],
    }
    return pd.DataFrame(made).assign(row=rows["row"])
