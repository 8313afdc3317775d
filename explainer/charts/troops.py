"""How many troops: the numbers that the articles print, a row a report, a column a place."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.marks import INK, NAME, PROOF, Layers, words
from explainer.charts.grammar.text import BOLD, fold, heading, leading, measure
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words.formats import number
from explainer.words.troops import figures

_FOLDED = 90  # px of the words beside a dot on a phone, at most


@figure
def reported(tables: Tables) -> Figure:
    """Draw every troop number by place and report, with its words."""
    numbers = figures(tables)
    finding = _finding(numbers)
    silent = "; ".join((numbers["series"] + " in " + numbers["label"])[numbers["count"].isna()])
    columns = {"series": "What", "when": "When", "label": "Report", "printed": "Number"}
    drawn = rows(numbers)
    years = " and ".join(sorted(numbers["as_of"][drawn["open"]].str[:4].unique()))
    return Figure(
        drawn,
        draw,
        finding=finding,
        subtitle=f"Open dot: the report dates the number to {years}." if years else "",
        caption="Reports in order of publication. Each place is counted separately.",
        description=(
            f"A row a report, in order of publication, with a dot for its number in each place."
            f" {finding}. No figure: {silent or 'nowhere'}."
        ),
        data=numbers[[*columns, "row"]].rename(columns=columns),
    )


def rows(numbers: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn: `report`, `count`, `text` beside it, `open` if it is of another year.

    The date of a number is beside it where it is of an earlier year than its report.
    """
    days = numbers["when"].str.replace(r"(?<=[A-Z]..)[a-z]+ ", " ", regex=True)  # 9 Jan 2024
    report = numbers["outlet_short"] + ", " + days
    earlier = numbers["as_of"].str[:4].lt(numbers["published"].dt.strftime("%Y"))
    text = numbers["printed"].where(earlier, numbers["printed"].str.split(", as of").str[0])
    rows = numbers[["series", "source_id", "count", "row"]]
    name = report + ": " + numbers["printed"]
    return rows.assign(report=report, text=text, open=earlier, name=name)


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.ConcatChart:
    """Draw a column of dots for each place, all on one scale from zero, with words beside them."""
    size, most = canvas.small, _FOLDED if canvas.phone else canvas.width
    rows = rows.assign(text=[fold(text, most, size) for text in rows["text"]], gap=12)
    named = 0 if canvas.phone else 24 + max(measure(name, size) for name in rows["report"])
    room = (canvas.width - named) / 2 - 24 - max(measure(text, size) for text in rows["text"])
    step, up = (4 * leading(size), 1.5 * leading(size)) if canvas.phone else (32, 0)
    scale = alt.Scale(domain=[0, rows["count"].max()], nice=False)
    zero = alt.condition("datum.value", alt.value(0), alt.value(1))  # its line alone is the axis's
    look: dict[str, Any] = {"gridOpacity": zero, "gridColor": light("rule"), "labelFlush": False}
    # on a phone the line of a number ends where the name of a report begins
    under = leading(size) * canvas.phone
    tick: dict[str, Any] = {"size": step - under, "yOffset": under / 2, "color": light("rule")}
    y, parts = alt.Y("report:N", sort=None, axis=None), list[Layers]()
    fill = alt.condition("datum.open", alt.value(light("paper")), INK)
    for series, part in rows.groupby("series", sort=False):
        part = part.assign(at=part["count"].fillna(part["count"].max()))
        lines = part[["count"]].dropna().drop_duplicates().merge(part[["report"]], how="cross")
        given = [0, *lines["count"].unique()]
        axis = alt.Axis(values=given, format=",d", domain=False, ticks=False, **look)
        x, at = (alt.X(f"{name}:Q", title=None, scale=scale, axis=axis) for name in ("count", "at"))
        dots = alt.Chart(part.dropna(subset="count")).mark_point(size=110, strokeWidth=2)
        layers = [
            alt.Chart(lines).mark_tick(thickness=1, **tick).encode(x, y),
            dots.encode(x, y, PROOF, NAME, fill=fill, stroke=INK),
            words(part, at, y, canvas),
        ]
        if len(parts) % 2 == 0:  # the first of two columns
            names = part.assign(text=part["report"], row=part["source_id"], gap=5 if up else 0)
            names = names[["report", "text", "row", "gap"]].drop_duplicates()
            style = {"fontWeight": "bold", "dy": -up} if up else {}
            layers.append(words(names, alt.X(value=-named), y, canvas, **style))
        head = heading(fold(series, (canvas.width - named) / 2 - 24, canvas.label * BOLD), canvas)
        view = alt.layer(*layers).properties(width=room, height=alt.Step(step), title=head)
        parts.append(view)
    return alt.concat(*parts, columns=2, align="each", spacing=16)


def _finding(numbers: pd.DataFrame) -> str:
    """Return 'All 5 reports give about 2,500 US troops in Iraq; 3 of 5 give about 900 in Syria'."""
    parts = list[str]()
    for _, part in numbers.groupby("series", sort=False):
        given, place = part.dropna(subset="count"), part["place_label"].iloc[0]
        some, every = given["source_id"].nunique(), part["source_id"].nunique()
        who = f"all {every}" if some == every else f"{some} of {every}"
        low, high = number(given["count"].min()), number(given["count"].max())
        hedged = set(given["hedged"])  # who prints no "about" gives about that number, too
        what = " or ".join(sorted(hedged - {low} or hedged)) if low == high else f"{low} to {high}"
        where = f"in {place}" if place[0].isupper() else place
        noun, troops = (" reports", " US troops") if not parts else ("", "")
        parts.append(f"{who}{noun} {'gives' if some == 1 else 'give'} {what}{troops} {where}")
    text = "; ".join(parts) or "No report gives a number of US troops"
    return text[0].upper() + text[1:]
