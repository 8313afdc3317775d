"""The timeline: what either side said first and last, what happened and what is due, by day."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts._said import DUE, GROUND, HOME, LANES, NAMES, due, happened, said, spoken
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.axes import Time
from explainer.charts.grammar.labels import strip
from explainer.charts.grammar.marks import side
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words.formats import day

_DOES = {  # each position, as what a side does
    "stays": "says that forces stay",
    "no_plan": "says it knows of no plan to leave",
    "mission_ends": "calls for the mission’s end",
    "forces_leave": "demands that forces leave",
}
_ENDS = {"mission_ends": "the mission’s end", "forces_leave": "a withdrawal"}
_SAID = "statement"
_KINDS = {"attack": "attack", "strike": "US strike", DUE: "date set for the future"}
_SHAPES = {_SAID: "square", "attack": "triangle-up", "US strike": "cross"}
_SHAPES |= {_KINDS[DUE]: "diamond"}
_MOST = 6  # marks of a lane: of more, the latest


@figure
def year(tables: Tables) -> Figure:
    """Draw what each side said, a mark a month, what happened and what is due, on a true axis."""
    table = rows(tables)
    finding = _finding(table)
    each = table.groupby("lane_name", sort=False)["text"].agg("; ".join)
    each = {name: texts.replace("\n", ": ") for name, texts in each.items()}
    columns = {"when": "When", "lane_name": "Who", "what": "What", "words": "Words or event"}
    columns |= {"via": "Reported by", "n": "Passages", "row": "row"}
    return Figure(
        table,
        draw,
        finding=finding,
        subtitle=(
            "Passages: how many in the reports say this. A line behind a mark: the time within"
            " which it falls, if longer than the mark"
        ),
        caption=(
            "For each side and month the chart shows one occasion: that with the most passages on"
            " ending or staying. Its mark opens all of these passages; its label has the"
            " words of one report, in quotation marks where the report quotes. Not drawn:"
            " statements that the mission or presence will change, statements about another"
            " country, and undated ones; attacks and strikes that only one passage"
            " mentions, and other events, such as wars."
        ),
        description=(
            f"A timeline with a lane each for {', '.join(each)}. {finding}."
            f" {' '.join(f'{name}: {texts}.' for name, texts in each.items())}"
        ),
        data=table[list(columns)].rename(columns=columns),
    )


def rows(tables: Tables) -> pd.DataFrame:
    """Return a row for each occasion, event and date due that is drawn, by lane, in order of time.

    `date` is its day or the middle of the time, `first` to `last`, in which it lies; of what is
    due, the last day. `n` is how many passages the articles have of it.
    """
    here = said(tables).query("about == ''")["row"]
    occasions, events, ahead = spoken(tables), happened(tables), due(tables)
    occasions = occasions[occasions["row"].str.split().str[0].isin(here)]
    occasions = occasions[occasions["code"].isin(list(_DOES))]
    events = events[events["n"].gt(1) & events["code"].isin(list(_KINDS))]
    frame = pd.concat([occasions, events, ahead[ahead["place"].eq(HOME)]], ignore_index=True)
    frame["first"] = frame["first"].where(frame["code"].ne(DUE), frame["last"])
    frame = frame.assign(
        kind=frame["code"].map(_KINDS).fillna(_SAID),
        date=frame["first"] + (frame["last"] - frame["first"]) / 2,
        order=frame["lane_name"].map(list(NAMES.values()).index),
        month=frame["first"].dt.strftime("%Y-%m"),
        words=frame["text"],
        text=[_label(row) for row in frame.itertuples()],
    )
    frame = frame.sort_values("n", ascending=False, kind="stable")
    frame = frame.drop_duplicates(["lane", "month", "kind"]).sort_values(["order", "date"])
    return frame.groupby("order").tail(_MOST).reset_index(drop=True)


def _label(row: Any) -> str:
    """Return a day and under it the words, through whom, and how many passages have them."""
    passages = f", {row.n} passages" * (row.n > 1 and row.lane != GROUND)
    return f"{row.when}\n{row.text}{f', via {row.via}' * bool(row.via)}{passages}"


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart:
    """Return a strip for each side and one for the ground, over one axis."""
    end = rows["last"].max() + pd.offsets.QuarterEnd(1)
    first = rows["first"].min().to_period("M").start_time
    time = Time(first, end, canvas.width - 12)
    shapes = {kind: shape for kind, shape in _SHAPES.items() if kind in set(rows["kind"])}
    scale = alt.Scale(domain=list(shapes), range=list(shapes.values()))
    key = alt.Legend(
        title=None, columns=2 * canvas.phone, symbolStrokeWidth=0, symbolFillColor=light("soft")
    )
    shape = alt.Shape("kind:N", scale=scale, legend=key)
    rows = rows[["lane_name", "side", "kind", "date", "first", "last", "text", "n", "row"]]
    last, color, strips = rows["lane_name"].iloc[-1], side(rows["side"]), []
    for name, part in rows.groupby("lane_name", sort=False):
        look = {"color": color, "shape": shape, "title": name, "axis": name == last}
        strips.append(strip(part, time, canvas, **look))
    return alt.vconcat(*strips, spacing=12).resolve_scale(shape="shared")


def _finding(rows: pd.DataFrame) -> str:
    """Return what either side did in the first month that both speak in, and what both ended."""
    said = rows[rows["code"].isin(list(_DOES))]
    by_month = said.pivot(index="month", columns="lane", values="code").reindex(columns=LANES)
    parts = [
        f"{day(row.Index)}: {NAMES['iraq']} {_DOES[row.iraq]}, {NAMES['us']} {_DOES[row.us]}"
        for row in by_month.dropna(subset=["iraq", "us"]).head(1).itertuples()
    ]
    for row in by_month[by_month["joint"].isin(list(_ENDS))].tail(1).itertuples():
        before, what = "".join(parts), _ENDS[row.joint]
        when = day(row.Index, year=row.Index[:4] not in before)
        parts.append(f"{when}: both announce {'its end' if what in before else what}")
    return ". ".join(parts) or f"{len(said)} statements on staying or leaving, in order of time"
