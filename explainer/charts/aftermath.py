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
from explainer.charts.grammar import PROOF, Time, fold, iso, measure, side, tall, words
from explainer.charts.grammar.text import leading
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words import record
from explainer.words.formats import day, number

_KINDS = {SAID: "told or counted", PLAN: "a plan", CLAIM: "a claim", DUE: "a date ahead"}
_TROOPS = ("troops", "personnel")  # units that stand on the scale of troops
_HIGH = 250  # px of the scale of troops
_AXIS = 44  # px of its numbers
_ROOM = pd.DateOffset(months=3)  # after the last date
_UP = (0, 16, -16, 30, -30)  # px that words may stand above or below their point


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
            "Each outlined mark is context, on the word of whoever is named. Broken stem: a plan,"
            f" on the day it was told. Grey: after our latest source, of {day(last)}"
        ),
        caption=_caption(tables, facts),
        description=_description(facts, ahead, finding, opening(tables)),
        data=_data(tables, facts, ahead),
    )


def rows(tables: Tables, facts: pd.DataFrame, ahead: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each fact and deadline: `date`, its day or the middle of its time; `count`,
    the number of troops, if it gives one; `sort`; the `side` whose word it is.
    """
    sides = tables.labels("record", "side")
    frame = pd.concat([facts, ahead], ignore_index=True)
    middle = frame["first"] + (frame["last"] - frame["first"]) / 2
    counts = frame["value_max"].fillna(frame["value"]).where(frame["unit"].isin(_TROOPS))
    due = frame["sort"].eq(DUE)
    return pd.DataFrame(
        {
            "lane": frame["lane"].map(LANES),
            "date": iso(middle.mask(due, frame["last"])),
            "count": counts.astype("Float64").astype(object).where(counts.notna(), None),
            "sort": frame["sort"],
            "code": frame["colour"].str.removeprefix("side-"),
            "side": [
                s[:1].upper() + s[1:] for s in frame["side"].astype(str).map(sides).fillna("")
            ],
            "number": frame["number"].fillna(""),
            "who": frame["who"].fillna(""),
            "place": frame["place_label"].fillna(""),
            "what": frame["text"],
            "note": frame["note"],
            "row": frame["row"],
            "start": f"{opening(tables):%Y-%m-%d}",
            "seen": last_seen(tables),
            "end": f"{max(frame['last']) + _ROOM:%Y-%m-%d}",
        }
    )


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart:
    """Return for each country a scale of troops, under it what has no number, one time for all."""
    first, end = (pd.Timestamp(rows[name].iloc[0]) for name in ("start", "end"))
    time = Time(first, end, canvas.width - _AXIS - 12)
    lanes = [(lane, rows[rows["lane"] == lane]) for lane in rows["lane"].unique()]
    names = rows[rows["sort"].ne(DUE)].drop_duplicates("side")
    color = side(
        dict(zip(names["code"], names["side"], strict=True)), columns=2 if canvas.phone else 0
    )
    top = float(rows["count"].astype(float).max())
    parts: list[Any] = [
        chart
        for lane, part in sorted(lanes)
        for chart in (
            _numbers(part, time, canvas, color, top).properties(
                title=alt.Title(
                    lane, anchor="start", frame="group", fontSize=canvas.label, offset=8
                )
            ),
            _events(part, time, canvas, color),
        )
        if chart is not None
    ]
    return alt.vconcat(*parts, spacing=8).resolve_scale(color="shared")


def _unknown(rows: pd.DataFrame, time: Time, **bare: bool) -> alt.Chart:
    """Return the shade over the time after the latest source."""
    frame = rows[["seen", "end"]].drop_duplicates()
    return (
        alt.Chart(frame).mark_rect(color=light("faint")).encode(time.x("seen", **bare), x2="end:T")
    )


def _numbers(
    rows: pd.DataFrame, time: Time, canvas: Canvas, color: alt.Color, top: float
) -> alt.TopLevelMixin:
    """Return numbers of troops as heights at their days, and the deadline as a rule."""
    y = alt.Y("count:Q", title=None).scale(domain=[0, top * 1.12], nice=False)
    y = y.axis(tickCount=4, grid=True, domain=False, ticks=False, minExtent=_AXIS, format=",d")
    given, due = rows[rows["count"].notna()], rows[rows["sort"].eq(DUE)]
    name = alt.Description("what:N")
    base = alt.Chart(given)
    stem = base.mark_rule(strokeWidth=2).encode(
        time.x(),
        y,
        color,
        strokeDash=alt.condition(f"datum.sort == '{PLAN}'", alt.value([4, 3]), alt.value([])),
    )
    point = base.mark_point(filled=False, size=90, strokeWidth=2, fill=light("paper"))
    rule = (
        alt.Chart(due)
        .mark_rule(color=light("ink"), strokeWidth=1.5)
        .encode(time.x(), PROOF, alt.Description("what:N"))
    )
    text = [fold(text, time.width * 0.45, canvas.small) for text in due["what"]]
    late = [time.px(pd.Timestamp(date)) > time.width * 0.55 for date in due["date"]]
    due = due.assign(text=text, bold=True, count=top * 1.12)
    due["align"] = ["right" if one else "left" for one in late]
    above = {"baseline": "bottom", "dy": _shift(canvas, 1, "6"), "dx": 0}
    labels = words(
        _beside(given, time, canvas, top), time.x(), y, canvas, dy=_shift(canvas, 0.5, "datum.up")
    )
    layers = [
        *(_unknown(rows, time), rule, stem, point.encode(time.x(), y, color, PROOF, name), labels),
        words(due, time.x(), y, canvas, **above),
    ]
    return alt.layer(*layers).properties(width=time.width, height=_HIGH)


def _shift(canvas: Canvas, part: float, more: str = "0") -> dict[str, str]:
    """Return how far up words of several lines move, so that `part` of them stands above."""
    lines = "length(split(datum.text, '\\n'))"
    return {"expr": f"-{leading(canvas.small) * part} * ({lines} - 1) - {more}"}


def _beside(rows: pd.DataFrame, time: Time, canvas: Canvas, top: float) -> pd.DataFrame:
    """Return the words beside the points: right of them, or left where they would cover another."""
    scale = _HIGH / (top * 1.12)
    points = [
        (time.px(pd.Timestamp(r.date)), r.count * scale) for r in rows.itertuples(index=False)
    ]
    taken: list[tuple[float, float, float, float]] = [
        (x - 7, y - 7, x + 7, y + 7) for x, y in points
    ]
    labels = []
    for (x, y), row in zip(points, rows.itertuples(index=False), strict=True):
        text = _words(row, canvas)
        options = []
        for up in _UP:
            for align, room in (("left", time.width - x - 14), ("right", x - 14)):
                folded = fold(text, min(room, 340), canvas.small)
                wide, high = measure(folded, canvas.small), tall(folded, canvas.small)
                left = x + 10 if align == "left" else x - 10 - wide
                box = (left, y + up - high / 2, left + wide, y + up + high / 2)
                narrow = (wide > room) + (folded.count("\n") > 3) + (box[1] < 0)
                cost = 9 * (_hits(box, taken) + narrow) + abs(up) / 9
                options.append((cost, align, up, folded, box))
        _, align, up, folded, box = min(options, key=lambda option: option[0])
        taken.append(box)
        labels.append({"text": folded, "align": align, "up": up})
    return rows.reset_index(drop=True).join(pd.DataFrame(labels, columns=["text", "align", "up"]))


def _hits(box: tuple[float, ...], taken: list[tuple[float, float, float, float]]) -> int:
    left, low, right, high = box
    return sum(
        left < other[2] and other[0] < right and low < other[3] and other[1] < high
        for other in taken
    )


def _words(row: Any, canvas: Canvas) -> str:
    if not canvas.phone:
        return f"{row.what}. {row.note}"
    plan = ", a plan" if row.sort == PLAN else ""
    where = f", {row.place}" if row.place not in (row.lane, "") else ""
    return f"{row.number}{plan}{where}, {row.who}"


def _events(
    rows: pd.DataFrame, time: Time, canvas: Canvas, color: alt.Color
) -> alt.TopLevelMixin | None:
    """Return what happened without a number of troops, a line each, or None."""
    rows = rows[rows["count"].isna() & rows["sort"].ne(DUE)].sort_values("date", kind="stable")
    if rows.empty:
        return None
    text, align = [], []
    for row in rows.itertuples():
        at = time.px(pd.Timestamp(row.date))
        late = at > time.width / 2
        room = at + _AXIS if late else time.width - at
        text.append(fold(f"{row.what}. {row.note}", room - 12, canvas.small))
        align.append("right" if late else "left")
    lines = max(label.count("\n") + 1 for label in text)
    rows = rows.assign(line=range(len(rows)), text=text, align=align)
    y = alt.Y("line:O", axis=None)
    mark = alt.Chart(rows).mark_point(filled=False, size=80, strokeWidth=2)
    shape = alt.condition(f"datum.sort == '{CLAIM}'", alt.value("triangle-up"), alt.value("square"))
    bare = time.x(labels=False, ticks=False, domain=False)
    return alt.layer(
        _unknown(rows, time, labels=False, ticks=False, domain=False),
        mark.encode(bare, y, color, PROOF, alt.Description("what:N"), shape=shape),
        words(rows, bare, y, canvas, dy=_shift(canvas, 0.5)),
    ).properties(width=time.width, height=alt.Step(lines * round(canvas.small * 1.22) + 6))


def _finding(facts: pd.DataFrame, ahead: pd.DataFrame) -> str:
    """Return how many troops were counted in Iraq after the date for the mission's end."""
    dates = ahead.loc[ahead["lane"].eq("iraq"), "last"]
    end = dates.min() if len(dates) else facts["first"].min()
    counted = facts[
        facts["lane"].eq("iraq")
        & facts["sort"].eq(SAID)
        & facts["first"].gt(end)
        & facts["measure"].eq("troop level")
        & facts["number"].ne("")
    ]
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
        "The two rules are dates that the articles report. All else is context: proved by a page’s"
        " address, the figure as printed and its place. A plan is not what happened, and a claim is"
        " no count. Numbers of troops are of different bodies, places and scopes: they are no"
        " series." + less
    )


def _description(
    facts: pd.DataFrame, ahead: pd.DataFrame, finding: str, start: pd.Timestamp
) -> str:
    parts: list[Any] = [
        f"{name}: "
        + "; ".join(f"{row.text}, {row.note}" for row in facts[facts["lane"] == lane].itertuples())
        for lane, name in LANES.items()
        if (facts["lane"] == lane).any()
    ]
    return (
        f"A timeline from {day(f'{start:%Y-%m}')} on, with a lane each for"
        f" {' and '.join(LANES.values())}. {finding}. Dates ahead:"
        f" {'; '.join(ahead['text']) or 'none'}. {'. '.join(parts)}."
    )


def _data(tables: Tables, facts: pd.DataFrame, ahead: pd.DataFrame) -> pd.DataFrame:
    """Return a row a fact or deadline, in order of time."""
    facts = facts.assign(source=record.LABEL + ": " + facts["outlet"], said=facts["what"])
    ahead = ahead.assign(
        source="the articles",
        said=ahead["text"],
        who="the joint statement, as reported",
        kind="article",
    )
    rows = pd.concat([facts, ahead], ignore_index=True).sort_values(
        ["last", "first"], kind="stable"
    )
    return pd.DataFrame(
        {
            "When": rows["when"],
            "Where": rows["lane"].map(LANES),
            "What": rows["said"],
            "Which": rows["sort"].map(_KINDS),
            "Who says so": rows["who"],
            "From": rows["source"],
            "Kind of page": rows["kind"],
            "row": rows["row"],
        }
    )
