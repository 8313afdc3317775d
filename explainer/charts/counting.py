"""Counting attacks: what each body counted, from when to when, and what the articles print."""

import re

import altair as alt
import pandas as pd

from explainer.charts._tallies import tallies
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar import Box, Heights, Layers, Time, beside, iso, points
from explainer.data.tables import Tables
from explainer.theme import Canvas, light

_MOST = 24  # counts of pages beyond the articles in one drawing: the latest
_FLOOR = re.compile("at least|more than")


@figure
def bodies(tables: Tables) -> Figure:
    """Draw each count of attacks on US forces from its start to its day, at its height."""
    every = tallies(tables)
    articles, context = (every[every["tier"].eq(tier)] for tier in ("article", "context"))
    finding, left = _finding(articles, context), max(0, len(context) - _MOST)
    columns = {"tier": "from", "who": "who counts, or prints", "area": "area"}
    columns |= {"what": "what is counted", "when": "up to", "printed": "number", "row": "row"}
    return Figure.of(
        rows(pd.concat([articles, context.tail(_MOST)])),
        draw,
        finding=finding,
        subtitle=(
            "A line is the time counted, dashed where its first day is not given; the dot is the "
            "count. Filled: from the reports. An upward stroke: at least so many."
        ),
        caption=(
            "Each line is a count of its own: who counts, where, since when, and what counts as an "
            "attack differ. A higher line does not mean that there were more attacks, and none can "
            "be added to another. The grey bar joins two counts of one day."
            + f" {left} further numbers are left out; the file of the table has them."
            * bool(left)
        ),
        description=_description(finding, every),
        data=every[list(columns)].rename(columns=columns),
    )


def rows(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the counts with what a mark says and whether the number is a floor."""
    who = shown["who"].str.replace(r" \(.*?\)| via .*", "", regex=True)
    text, floor = shown["printed"] + " · " + who, shown["printed"].str.contains(_FLOOR)
    columns = ["tier", "area", "value", "start", "exact", "together", "row"]
    return shown[columns].assign(date=shown["at"], text=text, floor=floor).reset_index(drop=True)


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart | alt.HConcatChart:
    """Draw the counts of both countries together, and beside them those of each alone."""
    first = min(rows["start"].min(), rows["date"].min()).to_period("M").start_time
    last, top = rows["date"].max() + pd.Timedelta(days=9), float(rows["value"].max()) * 1.12
    areas = [part for _, part in rows.groupby(["together", "area"])]
    main = areas.pop() if rows["together"].any() else areas.pop(0)
    full = canvas.width - 48
    wide = full if canvas.phone or not areas else full * 0.62
    large = _area(main, Time(first, last, wide), Heights(top, 420), canvas)
    wide = full * (0.44 if canvas.phone else 0.3)
    size = Time(first, last, wide), Heights(top, 150 if canvas.phone else 172)
    small = [_area(part, *size, canvas) for part in areas]
    if canvas.phone:
        return alt.vconcat(large, alt.hconcat(*small, spacing=6), spacing=14)
    return alt.hconcat(large, alt.vconcat(*small, spacing=14), spacing=18)


def _area(rows: pd.DataFrame, time: Time, heights: Heights, canvas: Canvas) -> Layers:
    """Return the counts of one area: a line for the time of each, a dot at its day."""
    x, y, ink = time.x(), heights.y(), light("ink")
    day = rows[rows["date"].isin(rows.loc[rows["tier"].eq("article"), "date"])]
    barred: list[Box] = []
    for row in rows.itertuples():
        right, high = time.px(row.date), heights.px(row.value)
        if row.start < row.date:
            barred.append((time.px(row.start), high - 2, right, high + 2))
        if row.floor:
            barred.append((right - 3, high - heights.tall / 20, right + 3, high))
    if day["tier"].nunique() == 2:
        at, ends = time.px(day["date"].iloc[0]), day["value"].map(heights.px)
        barred.append((at - 3, ends.min(), at + 3, ends.max()))
    labels = beside(rows, time, heights, canvas, barred)
    days = {column: iso(rows[column]) for column in ("date", "start")}
    rows = rows.assign(upto=rows["value"] + heights.top * 0.05, **days)
    begun, floor = alt.Chart(rows[rows["start"].notna()]), alt.Chart(rows[rows["floor"]])
    dash = alt.condition("datum.exact", alt.value([1, 0]), alt.value([5, 4]))
    layers = [
        begun.mark_rule(color=light("soft"), strokeWidth=2).encode(
            time.x("start"), y, x2="date:T", strokeDash=dash
        ),
        floor.mark_rule(color=ink, strokeWidth=2).encode(x, y, y2="upto:Q"),
        *_bracket(day, x, y),
        *points(rows, x, y, "text"),
        *labels,
    ]
    title = alt.TitleParams(rows["area"].iloc[0], fontSize=canvas.label, frame="group", offset=8)
    return alt.layer(*layers).properties(width=time.width, height=heights.tall, title=title)


def _bracket(day: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the difference between an article's count and the largest of the same day and area."""
    if day["tier"].nunique() < 2:
        return []
    ends = day[day["tier"].eq("article")].head(1)[["date", "value"]]
    ends = ends.assign(date=iso(ends["date"]), upto=day["value"].max())
    rule = alt.Chart(ends).mark_rule(color=light("ink"), strokeWidth=4, opacity=0.35)
    return [rule.encode(x, y, y2="upto:Q")]


def _finding(articles: pd.DataFrame, context: pd.DataFrame) -> str:
    """Return what the first article prints, and the largest count of the same day and area."""
    if articles.empty:
        return f"No article counts the attacks; other sources have {len(context)} counts"
    one = articles.iloc[0]
    same = context[context["at"].eq(one["at"]) & context["area"].eq(one["area"])]
    text = f"{one['who']} wrote of {one['printed']} attacks"
    if same.empty:
        return text
    most = same.loc[same["value"].idxmax()]
    who = most["who"].partition(" (")[0]
    return f"{text}; the {who}’s count up to the same day was {most['printed']}"


def _description(finding: str, found: pd.DataFrame) -> str:
    each = "; ".join(
        f"{r.who}, {r.area}, {r.what}: {r.printed} by {r.when}" for r in found.itertuples()
    )
    return (
        f"Lines from the start of each count to its day, as high as the count. {finding}. {each}."
    )
