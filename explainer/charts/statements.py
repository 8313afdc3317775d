"""Who said what: statements from staying to leaving, by the side that made them."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts._panels import bars, laid, read_out
from explainer.charts._said import LEAVING, said
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.marks import SIDES, side
from explainer.data.tables import Tables
from explainer.theme import Canvas

_COLUMNS = {"side": "Side", "when": "When", "says": "Position", "words": "Key words"}
_COLUMNS |= {"who": "Speaker", "via": "Reported by", "article": "Report", "row": "row"}
_MAIN = ("iraq", "us")  # of these a position without a statement is said


@figure
def positions(tables: Tables) -> Figure:
    """Draw every statement of a speaker by side and position, with the most telling words."""
    statements = rows(tables)
    table = statements[statements["row"].ne("")]
    counts = table.groupby(["code", "position"]).size()
    iraq, us = (counts.reindex([(code, end) for end in LEAVING], fill_value=0) for code in _MAIN)
    every = table["code"].value_counts().reindex(_MAIN, fill_value=0)
    finding = (
        f"Of {every['iraq']} statements by {SIDES['iraq']}, {iraq.iloc[0] or 'none'} point to an"
        f" end of the mission and {iraq.iloc[1] or 'none'} to a departure of forces; of"
        f" {every['us']} by {SIDES['us']} alone, {us.sum() or 'none'}"
    )
    elsewhere = said(tables)["about"].ne("").sum()
    left = tables.statements["side"].eq("outlet") & tables.statements["position"].ne("none")
    return Figure(
        statements,
        draw,
        finding=finding,
        subtitle="Each part of a bar is one passage in one report",
        caption=(
            "Each passage is counted, even a second one on the same announcement. “Should or will”:"
            " a demand, a wish or a forecast. Not shown:"
            f" {left.sum()} headlines or sentences in an outlet’s own voice, and {elsewhere} about"
            " another country. The chart on the first page shows fewer: no"
            " undated or earlier ones, and only those by the two governments, Iraq’s parliament or"
            " its members, about the coalition or US forces."
        ),
        description=(
            f"Bars by side, one for each position from staying to leaving. {finding}."
            f" {read_out(statements, 'panel', 'says')}"
        ),
        data=table[list(_COLUMNS)].rename(columns=_COLUMNS).reset_index(drop=True),
    )


def rows(tables: Tables) -> pd.DataFrame:
    """Return a row for each statement, sides and positions in order, and for each empty cell.

    `code` is the side, `panel` its name with all its statements counted; `quotation` are the words
    of the cell that stand best for it, with their speaker, `proofs` the id of their row.
    """
    sides, names = tables.labels("statements", "side"), tables.labels("statements", "position")
    names = {code: name for code, name in names.items() if code != "none"}
    frame = said(tables).query("about == ''").astype({"side": str, "position": str})
    grid = pd.MultiIndex.from_product([_MAIN, names], names=["side", "position"]).to_frame(False)
    frame = grid.merge(frame, how="outer", on=["side", "position"]).fillna({"row": ""})
    frame["said"] = [_label(row) for row in frame.itertuples()]
    other = frame["position"].eq("mission_ends") & frame["words"].str.contains("forces|troops")
    cells = (
        frame.assign(apt=~other)
        .sort_values(["apt", "telling", "first"])
        .groupby(["side", "position"])
    )
    made = frame["row"].ne("").groupby(frame["side"]).transform("sum")
    plural = made.eq(1).map({True: "", False: "s"})
    best = cells[["said", "row"]].transform("last")
    frame = frame.assign(
        code=frame["side"],
        side=frame["side"].map(sides),
        says=frame["position"].map(names),
        panel=frame["side"].map(sides) + ": " + made.astype(str) + " statement" + plural,
        quotation=best["said"],
        proofs=best["row"],
        name=frame["words"] + ", " + frame["who"] + ", " + frame["when"],
        rank=frame["position"].map(list(names).index),
        order=frame["side"].map([*_MAIN, *(code for code in sides if code not in _MAIN)].index),
    )
    frame = frame.sort_values(["order", "rank", "first"], kind="stable", ignore_index=True)
    return laid(frame, "side", "says")


def _label(row: Any) -> str:
    if not row.row:
        return ""
    who = [row.short or row.who] * (row.side != "joint") + [f"via {row.via}"] * bool(row.via)
    return f"{row.words} ({', '.join(who)})" if who else row.words


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.FacetChart:
    """Return a bar of squares for each side and position, on a desk with its most telling words."""
    text = rows["total"].astype(int).replace(0, "none").astype(str)
    if not canvas.phone:
        such = rows["total"].gt(1).map({True: ", one of them: ", False: ": "})
        text = text + (such + rows["quotation"]).where(rows["quotation"] != "", "")
    fields = ["panel", "side", "says", "start", "end", "last", "label", "name", "words", "row"]
    fields += ["proofs"] * (not canvas.phone)  # there the words beside a bar count all of it
    rows, color = rows.assign(label=text)[fields], side(rows["side"])
    return bars(rows, canvas, panel="panel", category="says", color=color, square=True)
