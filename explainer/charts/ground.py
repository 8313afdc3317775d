"""What happened where: the places that the articles and the context name, on a map."""

import math
from typing import Any

import altair as alt
import pandas as pd

from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.labels import around
from explainer.charts.grammar.locator import AT, View, land
from explainer.charts.grammar.marks import INK, NAME, PROOF, Layers, words
from explainer.charts.grammar.text import brief, fold, leading
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words.places import named

_NAMED = {False: "In the reports", True: "Only in other sources"}  # by whether it is context
COUNTRIES = pd.DataFrame(  # where a name stands on the map
    {
        "text": ["IRAQ", "SYRIA", "IRAN", "TURKEY", "JORDAN", "SAUDI\nARABIA", "Kurdistan\nRegion"],
        "longitude": [42.3, 39.75, 45.6, 41.2, 38.2, 39.8, 45.2],
        "latitude": [35.2, 35.2, 36.55, 37.4, 32.3, 31.85, 35.6],
    }
)
VIEWS = {"wide": (42.95, 34.58, 12.2), "narrow": (42.62, 34.75, 6.8)}  # its middle, its span
BAR = 44.4, 32.05, 100  # longitude and latitude of the scale's left end, its km
_RING = 250  # square px around a place that is known only roughly
_MATTER = 170  # px of what happened at a place, at most


@figure
def places(tables: Tables) -> Figure:
    """Draw the places that the articles or the context name, with who names each."""
    rows = named(tables)
    names = (~rows["context"]).sum()
    finding = f"Where it happened: the reports place events in {names or 'none'} of these"
    finding += f" {len(rows)} places"
    near = " and ".join(rows.loc[rows["precision"].eq("nearest_town"), "name"])
    bare = " and ".join(rows.loc[rows["matter"].eq(""), "name"])
    last, none = rows["row"].str.split().str[-1], rows["matter"].eq("")
    at = dict(zip(last[~none], rows["name"][~none], strict=True))
    told = "Named with the event at " + last.map(at).astype(object)
    rows["matter"] = rows["matter"].mask(none, told.fillna("Named with an event elsewhere"))
    each = "; ".join(f"{row.name}: {row.by}" for row in rows.itertuples(index=False))
    table = rows.drop(columns=["context", "start", "matter"]).rename(columns=str.capitalize)
    table["Precision"] = table["Precision"].map(tables.labels("places", "precision"))
    return Figure(
        rows,
        draw,
        finding=finding,
        subtitle=(
            "One event for each place, from the reports or else from other sources"
            + f"; for {bare}, none of its own" * bool(bare)
            + "."
        ),
        caption=(
            f"{near}: drawn at the nearest town. The outline of the Kurdistan Region follows"
            " three governorates and is approximate: Halabja is drawn as part of Sulaymaniyah, and"
            " disputed areas are not shown. Borders are from Natural Earth (public domain) and take"
            " no side in any dispute; coordinates: GeoNames (CC BY 4.0) and Wikipedia."
        ),
        description=f"A map of Iraq and its neighbours. {finding}. Who names each place: {each}.",
        base="Borders: Natural Earth. Coordinates: GeoNames (CC BY 4.0), Wikipedia. ",
        data=table.rename(columns={"Name": "Place", "By": "Named by", "Row": "row"}),
    )


def draw(rows: pd.DataFrame, canvas: Canvas) -> Layers | alt.VConcatChart:
    """Draw borders, the Kurdistan Region, the places with their names, a scale and a key. What
    happened there stands under a name; on a phone, which has no room for it, in a list.
    """
    width = canvas.width - 8
    view = View(*VIEWS[canvas.name], width, width if canvas.phone else round(width * 0.6))
    countries = view.inside(COUNTRIES, canvas.small)
    west, north, km = BAR
    east = west + km / (111.3 * math.cos(math.radians(north)))
    bar = pd.DataFrame({"longitude": [west], "east": east, "latitude": north, "text": f"{km} km"})
    rows = rows.assign(matter=brief(rows["matter"]), named=rows["context"].map(_NAMED))
    points = rows[["name", "longitude", "latitude", "precision", "named", "row"]]
    key: dict[str, Any] = {"title": None, "symbolType": "circle", "symbolStrokeWidth": 2}
    key |= {"direction": "vertical" if canvas.phone else "horizontal"}
    key |= {"symbolStrokeColor": light("ink"), "labelExpr": "datum.label + '\u2003'"}
    near = alt.Legend(**key | {"symbolSize": _RING, "labelExpr": "'At the nearest town'"})
    dash = alt.Scale(domain=["nearest_town"], range=[[3, 2]])
    fill = alt.Scale(domain=list(_NAMED.values()), range=[light("ink"), light("paper")])
    ink: dict[str, Any] = {"stroke": light("ink"), "strokeWidth": 2, "filled": False}
    # no line runs behind these words
    plain: dict[str, Any] = {"fontSize": canvas.small, "strokeOpacity": 0, "lineBreak": "\n"}
    up = f"datum.dy - {leading(canvas.small) / 2} * (length(split(datum.text, '\\n')) - 1)"
    scale, point = alt.Chart(bar).encode(*AT, text="text:N"), alt.Chart(points)
    ring = point.transform_filter("datum.precision == 'nearest_town'")
    layers = [
        land(),
        alt.Chart(countries).mark_text(color=light("soft"), **plain).encode(*AT, text="text:N"),
        scale.mark_rule(color=light("ink")).encode(longitude2="east:Q", latitude2="latitude:Q"),
        scale.mark_text(align="left", dy=-8, **plain),
        point.mark_point(size=70, **ink).encode(
            *AT, PROOF, NAME, alt.Fill("named:N", scale=fill, legend=alt.Legend(**key))
        ),
        ring.mark_point(size=_RING, **ink).encode(
            *AT, PROOF, NAME, alt.StrokeDash("precision:N", scale=dash, legend=near)
        ),
        *(
            words(text, *AT, canvas, strokeOpacity=0, dy={"expr": up})
            for text in labelled(rows, view, canvas)
        ),
    ]
    chart = alt.layer(*map(view.project, layers)).properties(width=width, height=view.height)
    return alt.vconcat(chart, _list(rows, canvas)) if canvas.phone else chart


def _list(rows: pd.DataFrame, canvas: Canvas) -> Layers:
    """Return what happened at each place, in order of time."""
    rows = rows.sort_values("start", key=lambda start: start.replace("", "undated"))
    y = alt.Y("name:N", sort=rows["name"].tolist(), axis=None)
    base = alt.Chart(rows[["name", "matter", "context", "row"]])
    base = base.encode(y, PROOF, NAME)
    fill = alt.condition("datum.context", alt.value(light("paper")), INK)
    layers = [
        base.mark_point(size=70, strokeWidth=2, x=6).encode(fill=fill, stroke=INK),
        base.mark_text(align="left", x=18, fontWeight="bold").encode(text="name:N"),
        base.mark_text(align="left", x=102).encode(text="matter:N"),
    ]
    return alt.layer(*layers).properties(width=canvas.width - 8, height=alt.Step(18))


def labelled(rows: pd.DataFrame, view: View, canvas: Canvas) -> list[pd.DataFrame]:
    """Return the names of the places, and on a desk what happened there under them: in the map,
    off other places and words, and off borders if it can be.
    """
    under = [fold(text, _MATTER, canvas.small) * (not canvas.phone) for text in rows["matter"]]
    text = (rows["name"] + "\n" + pd.Series(under, rows.index)).str.strip()
    reach = rows["precision"].map({"nearest_town": 10, "town": 7})
    rows = view.px(rows.assign(text=text, reach=reach, bold=True))
    countries = view.boxes(view.inside(COUNTRIES, canvas.small), canvas.small)
    for barred in (countries + view.borders(), countries):
        rows["barred"] = [barred] * len(rows)
        at = around(rows, (0, 0, view.width, view.height), canvas, far=1)
        if at["text"].ne("").all():
            break
    at["gap"] = at["dx"].where(at["align"].eq("left"), -at["dx"])
    rows = rows[["name", "longitude", "latitude", "row"]].join(at[["align", "gap", "dy"]])
    lines = at["text"].str
    name = rows.assign(text=lines.replace(r"\n[^\n]+", "\n ", regex=True), bold=True)
    event = rows.assign(text=lines.replace(r"^[^\n]+", " ", regex=True))[lines.contains("\n")]
    return [name] if event.empty else [name, event]
