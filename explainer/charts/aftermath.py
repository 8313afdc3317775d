"""What happened next: what other sources tell after the joint statement, against its two dates."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts._after import (
    CLAIM,
    DUE,
    LANES,
    PLAN,
    SAID,
    deadlines,
    happened,
    last_seen,
    opening,
)
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar import (
    PROOF,
    Box,
    Heights,
    Time,
    beside,
    fold,
    iso,
    named,
    side,
    strip,
    words,
)
from explainer.charts.longline import short
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words import record
from explainer.words.formats import day, number

_KINDS = {SAID: "told or counted", PLAN: "a plan", CLAIM: "a claim", DUE: "a date ahead"}
_TROOPS = ("troops", "personnel")  # units that stand on the scale of troops
_SHAPES = {CLAIM: "triangle-up", PLAN: "square", SAID: "square"}
_ROOM = pd.DateOffset(months=3)  # after the last date


@figure
def timeline(tables: Tables) -> Figure:
    """Draw the facts from the month after the joint announcement on, and the deadlines."""
    facts, ahead = happened(tables), deadlines(tables)
    finding, last = _finding(facts, ahead), last_seen(tables)
    return Figure.of(
        rows(tables, facts, ahead),
        draw,
        finding=finding,
        subtitle=(
            "Circle: a number of troops, as high as it is large. Square: what happened or was"
            " said; a plan stands on the day it was told. Triangle: a claimed attack."
            f" Grey: after our latest source, of {day(last)}."
        ),
        caption=_caption(tables, facts),
        description=_description(facts, ahead, finding, opening(tables)),
        data=_data(facts, ahead),
    )


def rows(tables: Tables, facts: pd.DataFrame, ahead: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each fact and deadline: `date`, its day or the middle of its time; `value`,
    how many troops were there, if it says so; `sort`; the `side` whose word it is; `text`.
    """
    frame = pd.concat([facts, ahead], ignore_index=True)
    due = frame["sort"].eq(DUE)
    middle = frame["first"] + (frame["last"] - frame["first"]) / 2
    there = frame["unit"].isin(_TROOPS) & frame["sort"].eq(SAID)
    place = (", " + frame["place_label"]).where(~frame["place"].isin(list(LANES)), "")
    counted = frame["number"] + place + " · " + frame["who"].map(short, na_action="ignore")
    end = max([pd.Timestamp(last_seen(tables)), *frame["last"]]) + _ROOM
    return pd.DataFrame(
        {
            "lane": frame["lane"].map(LANES),
            "date": middle.mask(due, frame["last"]),
            "value": frame["value_max"].fillna(frame["value"]).astype(float).where(there),
            "sort": frame["sort"],
            "side": named(frame["side"].replace({"both": "joint"})).where(~due, ""),
            "what": frame["text"],
            "text": counted.where(there, frame["text"] + [_who(row) for row in frame.itertuples()]),
            "seen": last_seen(tables),
            "start": f"{opening(tables):%Y-%m-%d}",
            "end": f"{end:%Y-%m-%d}",
            "row": frame["row"],
        }
    )


def _who(row: Any) -> str:
    """Return ', a plan' and whose word it is, where the title does not say so."""
    if row.sort == DUE:
        return ""
    plan = ", a plan" * (row.sort == PLAN and "plan" not in row.text.lower())
    who = short(row.who)
    return plan + f" · {who}" * (who.split()[0] not in row.text)


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart:
    """Return for each country a scale of troops, under it what has no number, one time for all."""
    first, end = (pd.Timestamp(rows[name].iloc[0]) for name in ("start", "end"))
    time = Time(first, end, canvas.width - 56)
    # over the highest number the words of the deadline have room
    heights = Heights(float(rows["value"].max()) * (1.42 if canvas.phone else 1.2), 210)
    color = side(rows["side"], canvas)
    unknown = rows[["seen", "end"]].drop_duplicates().set_axis(["first", "last"], axis=1)
    later, parts = alt.Chart(unknown).mark_rect(color=light("faint")), list[Any]()
    for lane, part in rows.groupby("lane"):
        told = part[part["value"].isna() & part["sort"].ne(DUE)]
        shade = later.encode(time.x("first", grid=True), x2="last:T")
        marks = alt.layer(shade, *_numbers(part, time, heights, canvas, color))
        title = alt.Title(f"{lane}: troops, as counted", fontSize=canvas.label, frame="group")
        parts.append(marks.properties(width=time.width, height=heights.tall, title=title))
        if len(told):
            told = told[["date", "sort", "side", "what", "text", "row", "seen"]]
            shape = alt.Shape("sort:N", legend=None)
            shape = shape.scale(domain=list(_SHAPES), range=list(_SHAPES.values()))
            look: dict[str, Any] = {"color": color, "shape": shape, "behind": later}
            parts.append(strip(told, time, canvas, filled=False, **look))
    return alt.vconcat(*parts, spacing=10).resolve_scale(color="shared")


def _numbers(
    rows: pd.DataFrame, time: Time, heights: Heights, canvas: Canvas, color: alt.Color
) -> list[alt.Chart]:
    """Return numbers of troops as high as they are large, on their days, and deadlines as rules."""
    x, y, name = time.x(grid=True), heights.y(), alt.Description("what:N")
    wide = time.width * 0.48
    text = [fold(text, wide, canvas.small) if canvas.phone else text for text in rows["text"]]
    rows = rows.assign(text=text).drop(columns=["start", "end"])
    due, counted = rows[rows["sort"].eq(DUE)], rows[rows["value"].notna()]
    barred: list[Box] = [(at - 3, 0, at + 3, heights.tall) for at in due["date"].map(time.px)]
    look: dict[str, Any] = {"filled": False, "size": 90, "strokeWidth": 2, "fill": light("paper")}
    point = alt.Chart(counted.assign(date=iso(counted["date"]))).mark_point(**look)
    marks = [
        *beside(counted, time, heights, canvas, barred),
        point.encode(x, y, color, PROOF, name),
    ]
    if due.empty:
        return marks
    late = due["date"].map(time.px) > time.width * 0.55
    align, date = late.map({True: "right", False: "left"}), iso(due["date"])
    due = due.assign(align=align, date=date, value=heights.top, bold=True, top=True, gap=6)
    rule = alt.Chart(due).mark_rule(color=light("ink"), strokeWidth=1.5)
    return [rule.encode(x, PROOF, name), words(due, x, y, canvas), *marks]


def _finding(facts: pd.DataFrame, ahead: pd.DataFrame) -> str:
    """Return how many troops were counted in Iraq after the date for the mission's end."""
    dates = ahead.loc[ahead["lane"].eq("iraq"), "last"]
    end = dates.min() if len(dates) else facts["first"].min()
    later = facts["lane"].eq("iraq") & facts["sort"].eq(SAID) & facts["first"].gt(end)
    counted = facts[later & facts["measure"].eq("troop level") & facts["number"].ne("")]
    month = day(f"{end:%Y-%m}")
    if counted.empty:
        return f"No source gives a number of troops in Iraq after {month}"
    last = counted.iloc[-1]
    text = f"{last['number']} foreign troops were still counted in the {last['place_label']}"
    return f"{text[0].upper()}{text[1:]} after {month}"


def _caption(tables: Tables, facts: pd.DataFrame) -> str:
    shown = int((record.facts(tables)["first"] >= opening(tables)).sum())
    less = f" Drawn are the latest {number(len(facts))} facts." if shown > len(facts) else ""
    return (
        "The two lines are dates that the reports give; all else is context, from other sources."
        " Plans have no height, because they are not counts. The troop numbers are of different"
        " places and forces and form no series." + less
    )


def _description(
    facts: pd.DataFrame, ahead: pd.DataFrame, finding: str, start: pd.Timestamp
) -> str:
    told = facts["text"].astype(str) + ", " + facts["note"].astype(str)
    lanes = told.groupby(facts["lane"].map(LANES))
    each = " ".join(f"{name}: {'; '.join(parts)}." for name, parts in lanes)
    return (
        f"A timeline from {day(f'{start:%Y-%m}')} on, with a lane each for"
        f" {' and '.join(LANES.values())}. {finding}. Dates ahead:"
        f" {'; '.join(ahead['text']) or 'none'}. {each}"
    )


def _data(facts: pd.DataFrame, ahead: pd.DataFrame) -> pd.DataFrame:
    """Return a row a fact or deadline, in order of time."""
    facts = facts.assign(source=record.LABEL + ": " + facts["outlet"], said=facts["what"])
    who = "the joint statement, as reported"
    ahead = ahead.assign(source="the articles", said=ahead["text"], who=who, kind="article")
    rows = pd.concat([facts, ahead]).sort_values(["last", "first"], kind="stable")
    rows = rows.assign(lane=rows["lane"].map(LANES), sort=rows["sort"].map(_KINDS))
    columns = {"when": "When", "lane": "Where", "said": "What", "sort": "Which"}
    columns |= {"who": "Who says so", "source": "From", "kind": "Kind of page", "row": "row"}
    return rows[list(columns)].rename(columns=columns).reset_index(drop=True)
