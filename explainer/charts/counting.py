"""Counting attacks: what each body counted, from when to when, and what the articles print."""

import re
from typing import Any

import altair as alt
import pandas as pd

from explainer.charts._tallies import tallies
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar import PROOF, Time, around, iso
from explainer.data.tables import Tables
from explainer.theme import Canvas, light

_MOST = 24  # counts of pages beyond the articles in one drawing: the latest
_FLOOR = re.compile("at least|more than")


@figure
def bodies(tables: Tables) -> Figure:
    """Draw each count of attacks on US forces from its start to its day, at its height."""
    every = tallies(tables)
    shown = pd.concat(
        [every[every["tier"].eq("article")], every[every["tier"].ne("article")].tail(_MOST)]
    )
    finding, left = _finding(every), len(every) - len(shown)
    return Figure.of(
        rows(shown),
        draw,
        finding=finding,
        subtitle=(
            "A line is the time counted, dashed where its first day is not given; the dot is the "
            "count. Filled: an article of this book. An upward stroke: at least so many."
        ),
        caption=(
            "Each line is a count of its own: who counts, where, since when, and what counts as an "
            "attack differ. A higher line does not mean that there were more attacks, and none can "
            "be added to another."
            + f" {left} further numbers are left out; the file of the table has them."
            * bool(left)
        ),
        description=_description(finding, every),
        data=_data(every),
    )


def rows(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the counts with what a mark says and whether the number is a floor."""
    who = shown["who"].str.replace(r" \(.*?\)| via .*", "", regex=True)
    text = shown["printed"] + " · " + who
    floor = shown["printed"].str.contains(_FLOOR)
    columns = ["tier", "area", "value", "start", "exact", "together", "row"]
    return shown[columns].assign(date=shown["at"], text=text, floor=floor).reset_index(drop=True)


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart | alt.HConcatChart:
    """Draw both countries together, and each alone beside them, on one scale."""
    first = min(rows["start"].min(), rows["date"].min()).to_period("M").start_time
    last = rows["date"].max() + pd.Timedelta(days=10)
    top = float(rows["value"].max()) * 1.12
    areas = sorted(
        rows["area"].unique(),
        key=lambda area: not rows.loc[rows["area"].eq(area), "together"].any(),
    )
    room = canvas.width - 60 - (0 if canvas.phone else 30 * len(areas))
    charts = []
    for area in areas:
        part = rows[rows["area"].eq(area)]
        share = (
            1
            if canvas.phone or len(areas) == 1
            else 0.5
            if area == areas[0]
            else 0.5 / (len(areas) - 1)
        )
        height = 330 if not canvas.phone or area == areas[0] else 190
        charts.append(_area(part, Time(first, last, room * share), top, height, canvas, area))
    return alt.vconcat(*charts, spacing=14) if canvas.phone else alt.hconcat(*charts, spacing=18)


def _area(
    rows: pd.DataFrame, time: Time, top: float, height: int, canvas: Canvas, area: str
) -> alt.LayerChart | alt.FacetChart:
    axis = alt.Axis(tickCount=4, domain=False, ticks=False, gridColor=light("faint"), format="d")
    scale = alt.Scale(domain=[0, top], nice=False)
    x, y = time.x(), alt.Y("value:Q", title=None, scale=scale, axis=axis)
    places = height * (1 - rows["value"] / top)
    starts = rows["start"].fillna(rows["date"]).map(time.px)
    lines = zip(starts, places, rows["date"].map(time.px), strict=True)
    floors = [
        (time.px(row.date), height * (1 - row.value / top))
        for row in rows[rows["floor"]].itertuples()
    ]
    at = around(
        rows["text"],
        rows["date"].map(time.px),
        places,
        (-4, -20, time.width + 12, height),
        canvas,
        [
            *((left, high - 2, right, high + 2) for left, high, right in lines if right > left),
            *((right - 3, high - height / 20, right + 3, high) for right, high in floors),
        ],
    ).set_index(rows.index)
    drawn = rows.join(at).assign(
        label=rows["text"].where(at["align"].ne("none"), ""),
        upto=rows["value"] + top * 0.05,
        date=iso(rows["date"]),
        start=iso(rows["start"]),
    )
    ink, name = light("ink"), alt.Description("text:N")
    dot: dict[str, Any] = {"size": 80, "opacity": 1, "color": ink}
    text: dict[str, Any] = {
        "align": {"expr": "datum.align"},
        "dx": {"expr": "datum.dx"},
        "dy": {"expr": "datum.dy"},
    }
    begun = drawn[drawn["start"].notna()]
    stroke = alt.condition("datum.exact", alt.value([1, 0]), alt.value([5, 4]))
    layers = [
        alt.Chart(begun)
        .mark_rule(color=light("soft"), strokeWidth=2)
        .encode(time.x("start"), y, x2="date:T", strokeDash=stroke),
        alt.Chart(drawn[drawn["floor"]])
        .mark_rule(color=ink, strokeWidth=2)
        .encode(x, y, y2="upto:Q"),
        alt.Chart(drawn[drawn["tier"].ne("article")])
        .mark_point(filled=False, fill=light("paper"), strokeWidth=2, **dot)
        .encode(x, y, PROOF, name),
        alt.Chart(drawn[drawn["tier"].eq("article")]).mark_circle(**dot).encode(x, y, PROOF, name),
        alt.Chart(drawn[drawn["label"].ne("")])
        .mark_text(**text)
        .encode(x, y, PROOF, text="label:N"),
        *_bracket(rows, x, y),
    ]
    title = alt.TitleParams(area, fontSize=canvas.label, frame="group", offset=8)
    return alt.layer(*layers).properties(width=time.width, height=height, title=title)


def _bracket(rows: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the difference between an article's count and the largest of the same day and area."""
    day = rows[rows["date"].isin(rows.loc[rows["tier"].eq("article"), "date"])]
    if day["tier"].nunique() < 2:
        return []
    ends = pd.DataFrame(
        [
            {
                "date": f"{day['date'].iloc[0]:%Y-%m-%d}",
                "value": day.loc[day["tier"].eq("article"), "value"].iloc[0],
                "upto": day["value"].max(),
            }
        ]
    )
    rule = alt.Chart(ends).mark_rule(color=light("ink"), strokeWidth=4, opacity=0.35)
    return [rule.encode(x, y, y2="upto:Q")]


def _finding(found: pd.DataFrame) -> str:
    """Return what the first article prints, and the largest count of the same day and area."""
    articles, context = (found[found["tier"].eq(tier)] for tier in ("article", "context"))
    if articles.empty:
        return f"No article counts the attacks; pages beyond them have {len(context)} counts"
    one = articles.iloc[0]
    same = context[context["at"].eq(one["at"]) & context["area"].eq(one["area"])]
    text = f"{one['printed'][0].upper()}{one['printed'][1:]} attacks, {one['who']} printed"
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


def _data(found: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "from": found["tier"],
            "who counts, or prints": found["who"],
            "area": found["area"],
            "what is counted": found["what"],
            "up to": found["when"],
            "number": found["printed"],
            "row": found["row"],
        }
    )
