"""The timeline: who said what, what happened and what is due, each on its day."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts._said import said
from explainer.charts._year import DUE, LANES, due, happened, lane_names, opening, spoken
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar import PROOF, Time, fold, iso, side, words
from explainer.charts.grammar.text import leading
from explainer.data.tables import Tables
from explainer.theme import Canvas
from explainer.words.formats import day

_DID = {  # each position, as what a side did
    "stays": "said that forces stay",
    "no_plan": "said that nothing was asked or planned",
    "transition": "spoke of a change of form",
    "mission_ends": "demanded an end of the mission",
    "forces_leave": "demanded that forces leave",
}
_ENDS = {"mission_ends": "the mission’s end", "forces_leave": "that forces leave"}
_STROKE = "M-0.2,-1L0.2,-1L0.2,1L-0.2,1Z"
_SHAPES = {"attack": "triangle-up", "strike": "cross", "war": _STROKE, DUE: "diamond"}
_MOST = 12  # rows of a lane: of more, the latest


@figure
def year(tables: Tables) -> Figure:
    """Draw who said what, what happened and what is due, a lane each, on a true axis."""
    table = rows(tables)
    finding = _finding(tables)
    return Figure.of(
        table,
        draw,
        finding=finding,
        subtitle=(
            "Square: one statement, the most telling of what a side said on a day. Triangle:"
            " attack. Cross: US strike. Upright: a war. Diamond: a date that was set. A line behind"
            " a mark: the time within which it lies"
        ),
        caption=_caption(tables, table),
        description=_description(table, finding),
        data=_data(table),
    )


def rows(tables: Tables) -> pd.DataFrame:
    """Return a row for each occasion, event and date due, by lane and in order of time.

    `date` is its day or the middle of the time, `first` to `last`, in which it lies; of what is
    due, the last day. `n` is how many passages the articles have of it.
    """
    names = lane_names(tables)
    frame = pd.concat([spoken(tables), happened(tables), due(tables)], ignore_index=True)
    middle = frame["first"] + (frame["last"] - frame["first"]) / 2
    frame = frame.assign(
        date=middle.mask(frame["code"].eq(DUE), frame["last"]),
        loose=frame["first"].lt(frame["last"]) & frame["code"].ne(DUE),
        order=frame["lane"].map(list(names).index),
        opens=opening(tables),
    )
    frame = frame.sort_values(["order", "date", "row"], kind="stable")
    return frame.groupby("order").tail(_MOST).reset_index(drop=True)


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.TopLevelMixin:
    """Return a lane for each side and the ground, a line an occasion, its words beside it."""
    end = rows["last"].max() + pd.offsets.MonthEnd(1)
    first = min(rows["first"].min(), rows["opens"].min()).to_period("M").start_time
    time = Time(first, end, canvas.width - 12)
    heads = rows.drop_duplicates("lane")["lane_name"]
    text, align, gap = [], [], []
    for row in rows.itertuples():
        at = time.px(row.date)
        late = at > time.width * 0.6
        text.append(fold(_label(row), (at if late else time.width - at) - 14, canvas.small))
        align.append("right" if late else "left")
        gap.append(10 + (time.px(row.last) - at) * (row.loose and not late))
    lines = max(label.count("\n") + 1 for label in text)
    rows = rows.assign(text=text, align=align, gap=gap, line=[str(i) for i in range(len(rows))])
    order = [
        line
        for name, part in rows.groupby("lane_name", sort=False)
        for line in [f"before {name}", name, *part["line"]]
    ][1:]
    y = alt.Y("line:N", sort=order, axis=None).scale(domain=order)
    days = {name: iso(rows[name]) for name in ("date", "first", "last")}
    fields = [
        "lane_name",
        "side",
        "code",
        "line",
        "text",
        "align",
        "gap",
        "n",
        "loose",
        "row",
        *days,
    ]
    rows = rows.assign(**days)
    lane = alt.Chart(rows[fields])
    names = dict(
        rows.loc[rows["side"].ne(""), ["colour_code", "side"]].drop_duplicates().to_numpy()
    )
    shape = alt.Shape("code:N", legend=None).scale(
        domain=list(_SHAPES) + [c for c in rows["code"].unique() if c not in _SHAPES],
        range=[*_SHAPES.values(), *["square"] * len(set(rows["code"]) - set(_SHAPES))],
    )
    color = side(names, columns=2 if canvas.phone else 0)
    title = pd.DataFrame({"line": heads, "text": heads, "bold": True, "date": f"{first:%Y-%m-%d}"})
    shift = {"expr": f"-{leading(canvas.small) / 2} * (length(split(datum.text, '\\n')) - 1)"}
    name = alt.Description("text:N")
    return alt.layer(
        lane.transform_filter("datum.loose")
        .mark_rule(strokeWidth=3, opacity=0.35)
        .encode(time.x("first"), y, color, x2="last:T"),
        lane.mark_point(size=100, filled=True, opacity=1, strokeWidth=2).encode(
            time.x(), y, color, shape, PROOF, name
        ),
        words(rows[fields], time.x(), y, canvas, dy=shift),
        words(title, time.x(), y, canvas, dx=0, fontSize=canvas.label),
    ).properties(width=time.width, height=alt.Step(lines * leading(canvas.small) + 6))


def _label(row: Any) -> str:
    passages = f", {row.n} passages" if row.n > 1 and row.lane in LANES else ""
    via = f", via {row.via}" if row.via else ""
    return f"{row.when}: {row.text}{via}{passages}"


def _finding(tables: Tables) -> str:
    """Return what either side did in the first month that both speak in, and what both set."""
    rows = said(tables)
    rows = rows[rows["first"] >= opening(tables)]
    rows = rows.assign(month=rows["first"].dt.to_period("M"), position=rows["position"].astype(str))
    names, sides, parts = lane_names(tables), ("iraq", "us"), []
    months = [set(rows.loc[rows["side"] == one, "month"]) for one in sides]
    if both := sorted(set.intersection(*months)):
        early = rows[rows["month"] == both[0]]
        did = [
            f"{names[one]} {_DID[early.loc[early['side'] == one, 'position'].mode()[0]]}"
            for one in sides
        ]
        parts.append(f"In {day(str(both[0]))} {', '.join(did)}")
    end = rows[(rows["side"] == "joint") & rows["position"].isin(list(_ENDS))].tail(1)
    for row in end.itertuples():
        ahead = due(tables)
        ahead = ahead[ahead["setter"].isin(rows.loc[rows["event_id"].eq(row.event_id), "row"])]
        by = f" by {ahead['when'].iloc[0]}" if len(ahead) else ""
        month = day(str(row.month), not both or row.month.year != both[0].year)
        parts.append(f"in {month} both announced {_ENDS[row.position]}{by}")
    text = "; ".join(parts) or f"{len(rows)} statements on staying or leaving, in order of time"
    return text[0].upper() + text[1:]


def _caption(tables: Tables, table: pd.DataFrame) -> str:
    statements = said(tables)
    others = statements["first"].ge(opening(tables)) & ~statements["side"].isin(LANES)
    return (
        "Words are the report’s, in quotation marks where it quotes. Passages of one day and side"
        " that say the same stand as one statement, which leads to them all. Statements are what"
        f" these reports have, not all that was said; {statements['first'].isna().sum()} without a"
        f" date and {others.sum()} by others than these two sides are not drawn, nor events before"
        f" {day(str(table['first'].min().to_period('M')))}."
    )


def _description(table: pd.DataFrame, finding: str) -> str:
    """Return the picture in words, for listening."""
    lanes = [
        f"{name}: " + "; ".join(_label(row) for row in part.itertuples())
        for name, part in table.groupby("lane_name", sort=False)
    ]
    return (
        f"A timeline with a lane each for {', '.join(table['lane_name'].unique())}. {finding}."
        f" {'. '.join(lanes)}."
    )


def _data(table: pd.DataFrame) -> pd.DataFrame:
    """Return the drawn rows under readable names."""
    columns = {"when": "When", "lane_name": "Lane", "what": "What", "text": "Words or event"}
    columns |= {"via": "Through", "n": "Passages", "row": "row"}
    return table[list(columns)].rename(columns=columns)
