"""The timeline: who said what, what happened and what is due, each on its day."""

import altair as alt
import pandas as pd

from explainer.charts._said import DUE, LANES, NAMES, due, happened, opening, said, spoken
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.axes import Time
from explainer.charts.grammar.labels import strip
from explainer.charts.grammar.marks import side
from explainer.data.tables import Tables
from explainer.theme import Canvas
from explainer.words.formats import day

_DID = {  # each position, as what a side did
    "stays": "said that forces stay",
    "no_plan": "said that no withdrawal was planned or asked for",
    "transition": "spoke of a change of form",
    "mission_ends": "called for an end to the mission",
    "forces_leave": "demanded that forces leave",
}
_ENDS = {"mission_ends": "the mission’s end", "forces_leave": "that forces leave"}
_STROKE = "M-0.2,-1L0.2,-1L0.2,1L-0.2,1Z"
_SHAPES = {"attack": "triangle-up", "strike": "cross", "war": _STROKE, DUE: "diamond"}
_MOST = 12  # rows of a lane: of more, the latest


@figure
def year(tables: Tables) -> Figure:
    """Draw who said what, what happened and what is due, a lane each, on a true axis."""
    table, statements, finding = rows(tables), said(tables), _finding(tables)
    others = statements["first"].ge(opening(tables)) & ~statements["side"].isin(LANES)
    lanes = table.groupby("lane_name", sort=False)["text"].agg("; ".join)
    columns = {"when": "When", "lane_name": "Who", "what": "What", "words": "Words or event"}
    columns |= {"via": "Reported by", "n": "Passages", "row": "row"}
    return Figure(
        table,
        draw,
        finding=finding,
        subtitle=(
            "Square: a statement. Triangle: attack. Cross: US strike. Stroke: a war. Diamond: a"
            " date set for the future. A line behind a mark: the period in which it falls."
        ),
        caption=(
            "Labels of statements are a report’s own words, in quotation marks where the report"
            " itself quotes. Passages in which a side says the same thing on the same day share"
            " one mark, which opens them all. Not"
            f" shown: {statements['first'].isna().sum()} undated statements, {others.sum()} by"
            " neither side, and anything from before"
            f" {day(str(table['first'].min().to_period('M')))} or dated only to a year."
        ),
        description=(
            f"A timeline with a lane each for {', '.join(lanes.index)}. {finding}."
            f" {' '.join(f'{name}: {texts}.' for name, texts in lanes.items())}"
        ),
        data=table[list(columns)].rename(columns=columns),
    )


def rows(tables: Tables) -> pd.DataFrame:
    """Return a row for each occasion, event and date due, by lane and in order of time.

    `date` is its day or the middle of the time, `first` to `last`, in which it lies; of what is
    due, the last day. `n` is how many passages the articles have of it.
    """
    frame = pd.concat([spoken(tables), happened(tables), due(tables)], ignore_index=True)
    ahead, several = frame["code"].eq(DUE), frame["n"].gt(1) & frame["lane"].isin(LANES)
    passages = (", " + frame["n"].astype(str) + " passages").where(several, "")
    via = (", via " + frame["via"]).where(frame["via"].ne(""), "")
    frame["first"] = frame["first"].mask(ahead, frame["last"])
    frame = frame.assign(
        date=frame["first"] + (frame["last"] - frame["first"]) / 2,
        order=frame["lane_name"].map(list(NAMES.values()).index),
        words=frame["text"],
        text=frame["when"] + ": " + frame["text"] + via + passages,
        opens=opening(tables),
    )
    frame = frame.sort_values(["order", "date", "row"], kind="stable")
    return frame.groupby("order").tail(_MOST).reset_index(drop=True)


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart:
    """Return a strip for each side and one for the ground, over one axis."""
    end = rows["last"].max() + pd.offsets.MonthEnd(1)
    first = min(rows["first"].min(), rows["opens"].min()).to_period("M").start_time
    time = Time(first, end, canvas.width - 12)
    codes = list(dict.fromkeys([*_SHAPES, *rows["code"]]))
    shape = alt.Shape("code:N", legend=None)
    shape = shape.scale(domain=codes, range=[_SHAPES.get(code, "square") for code in codes])
    rows = rows[["lane_name", "side", "code", "date", "first", "last", "text", "n", "row"]]
    last, color, strips = rows["lane_name"].iloc[-1], side(rows["side"]), []
    for name, part in rows.groupby("lane_name", sort=False):
        look = {"color": color, "shape": shape, "title": name, "axis": name == last}
        strips.append(strip(part, time, canvas, **look))
    return alt.vconcat(*strips, spacing=12)


def _finding(tables: Tables) -> str:
    """Return what either side did in the first month that both speak in, and what both ended."""
    rows = said(tables)
    rows = rows[rows["first"] >= opening(tables)]
    rows = rows.assign(month=rows["first"].dt.to_period("M"), position=rows["position"].astype(str))
    sides, parts = ("iraq", "us"), []
    both = [part for _, part in rows.groupby("month") if set(sides) <= set(part["side"])][:1]
    for early in both:
        most = early.groupby("side", observed=True)["position"].agg(lambda part: part.mode()[0])
        did = " and ".join(f"{NAMES[one]} {_DID[most[one]]}" for one in sides)
        parts.append(f"In {day(str(early['month'].iloc[0]))} {did}")
    end = rows[(rows["side"] == "joint") & rows["position"].isin(list(_ENDS))].tail(1)
    for row in end.itertuples():
        year = all(row.month.year != early["month"].iloc[0].year for early in both)
        parts.append(f"in {day(str(row.month), year)} both announced {_ENDS[row.position]}")
    text = "; ".join(parts) or f"{len(rows)} statements on staying or leaving, in order of time"
    return text[0].upper() + text[1:]
