"""What happened where: the places that the articles and the context name, on a map."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

import altair as alt
import pandas as pd

from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.labels import Box, meet
from explainer.charts.grammar.marks import PROOF, Layers
from explainer.charts.grammar.text import BOLD, fold, leading, measure, tall
from explainer.data.manifest import BORDERS
from explainer.data.rows import RECORD, article_of
from explainer.data.tables import NAMES, Tables
from explainer.paths import DATA
from explainer.theme import Canvas, light
from explainer.words.formats import day
from explainer.words.sources import labels

_NAMED = {False: "In the reports", True: "Only in other sources"}  # by whether it is context
COUNTRIES = [  # where a name stands on the map: longitude, latitude
    ("IRAQ", 42.5, 35.1),
    ("SYRIA", 39.6, 35.1),
    ("IRAN", 46.9, 34.6),
    ("TURKEY", 41.9, 37.5),
    ("JORDAN", 38.2, 32.3),
    ("SAUDI\nARABIA", 39.9, 31.95),
    ("Kurdistan\nRegion", 45.36, 35.68),
]
CENTRE = [42.95, 34.6]
SPAN = {"wide": 12.2, "narrow": 9}  # degrees of longitude from edge to edge
BAR = 45.3, 31.75, 100  # longitude and latitude of the scale's left end, its km


@figure
def places(tables: Tables) -> Figure:
    """Draw the places that the articles or the context name, with who names each."""
    named = rows(tables)
    names = (~named["context"]).sum()
    finding = f"The reports place events in {names or 'none'} of these {len(named)} places"
    finding += "; the rest come from other sources" * bool(named["context"].any())
    near = " and ".join(named.loc[named["precision"].eq("nearest_town"), "name"])
    each = "; ".join(f"{row.name}: {row.by}" for row in named.itertuples(index=False))
    table = named.drop(columns=["context", "matter"]).rename(columns=str.capitalize)
    table["Precision"] = table["Precision"].map(tables.labels("places", "precision"))
    return Figure(
        named,
        draw,
        finding=finding,
        subtitle="Under a name: an event there, from the reports or else from other sources.",
        caption=(
            f"{near}: drawn at the nearest town. The outline of the Kurdistan Region follows three"
            " governorates and is approximate: Halabja is drawn as part of Sulaymaniyah, and"
            " disputed areas are not shown. Borders are from Natural Earth (public domain) and take"
            " no side in any dispute; coordinates: GeoNames (CC BY 4.0) and Wikipedia."
        ),
        description=f"A map of Iraq and its neighbours. {finding}. Who names each place: {each}.",
        base="Borders: Natural Earth. Coordinates: GeoNames (CC BY 4.0), Wikipedia. ",
        data=table.rename(columns={"Name": "Place", "By": "Named by", "Row": "row"}),
    )


def rows(tables: Tables) -> pd.DataFrame:
    """Return the places with `row`, the rows that name each, `by`, the articles they are of, and
    `matter`: the last event of these rows whose title names the place; of context, the last title.
    """
    texts, found = list(_texts(tables)), []
    events = tables.events.rename(columns={"event_id": "key", "start": "date"})
    facts = tables.record.rename(columns={"id": "key"})
    for place in tables.places.to_dict("records"):
        names = [place["name"], *filter(None, re.split("; *", place["also_written"]))]
        pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names))
        named = [(row, key) for row, text, key in texts if pattern.search(text)]
        ids = [row for row, _ in named]
        by = [labels(tables).get(article_of(tables, row), RECORD) for row in ids]
        articles = [label for label in labels(tables).values() if label in by]
        titles = events if articles else facts
        titles = titles[titles["key"].isin([key for _, key in named])].sort_values("date")
        who = articles if len(articles) < 3 else [f"{len(articles)} reports"]
        who = who + ["other sources"] * (RECORD in by)
        found.append((" ".join(ids), ", ".join(who), not articles, _matter(titles, pattern)))
    frame = tables.places.reset_index(drop=True)[["name", "latitude", "longitude", "precision"]]
    frame = frame.astype({"latitude": float, "longitude": float, "precision": str})
    return frame.join(pd.DataFrame(found, columns=["row", "by", "context", "matter"]))


def _matter(titles: pd.DataFrame, place: re.Pattern[str]) -> str:
    """Return the last title without its place, with its month: 'US drone strike, January 2024'."""
    for last in titles[titles["title"].str.contains(place)].tail(1).itertuples():
        bare = re.sub(rf"^({place.pattern}) | (in|on|at|near) .*", "", last.title)
        return ", ".join(filter(None, [bare[:1].upper() + bare[1:], day(last.date[:7])]))
    return ""


def _texts(tables: Tables) -> Iterator[tuple[str, str, str]]:
    """Yield (row id, words, event) of what may name a place: a row's evidence, and context."""
    for name in NAMES:
        frame = getattr(tables, name)
        if name == RECORD:
            told = frame["title"] + " " + frame["what"]
            yield from zip(frame["id"], told, frame["id"], strict=True)
        elif "evidence" in frame and "id" in frame:
            event = frame["event_id"] if "event_id" in frame else frame["id"]
            yield from zip(frame["id"], frame["evidence"], event, strict=True)


def draw(rows: pd.DataFrame, canvas: Canvas) -> Layers:
    """Draw borders, the Kurdistan Region, the places with their names, a scale and a key."""
    width, high = canvas.width - 8, 0.9 if canvas.phone else 0.6
    scale = width / math.radians(SPAN[canvas.name])
    most, month = (81, ",.*") if canvas.phone else (160, "$")  # a phone has no room for months
    matter = rows["matter"].str.replace(month, "", regex=True)
    rows = rows.assign(matter=[fold(text, most, canvas.small) for text in matter])
    rows = rows.assign(named=rows["context"].map(_NAMED), **_labels(rows, scale, canvas))
    names = pd.DataFrame(COUNTRIES, columns=["text", "longitude", "latitude"])
    names = names[(names["longitude"] - CENTRE[0]).abs() < SPAN[canvas.name] / 2 - 0.5]
    west, north, km = BAR
    east = west + km / (111.3 * math.cos(math.radians(north)))
    bar = pd.DataFrame({"longitude": [west], "east": east, "latitude": north, "text": f"{km} km"})
    # no line runs behind these words
    plain: dict[str, Any] = {"fontSize": canvas.small, "strokeOpacity": 0, "lineBreak": "\n"}
    text = plain | {"align": {"expr": "datum.align"}, "dx": {"expr": "datum.gap"}}
    bold = {"fontSize": canvas.label, "fontWeight": "bold", "dy": {"expr": "datum.up"}}
    low = {"dy": {"expr": f"datum.up + {canvas.label + 1}"}, "lineHeight": leading(canvas.small)}
    look: dict[str, Any] = {"title": None, "symbolType": "circle", "symbolSize": 80}
    look |= {"symbolStrokeColor": light("ink"), "symbolStrokeWidth": 2}
    look |= {"direction": "vertical"} if canvas.phone else {}
    near = {"values": ["nearest_town"], "labelExpr": "'At the nearest town'", **look}
    fill = alt.Scale(domain=list(_NAMED.values()), range=[light("ink"), light("paper")])
    dash = alt.Scale(domain=["nearest_town", "town"], range=[[3, 2], [1, 0]])
    key = [
        alt.Fill("named:N", scale=fill, legend=alt.Legend(**look)),
        alt.StrokeDash(
            "precision:N", scale=dash, legend=alt.Legend(symbolFillColor=light("paper"), **near)
        ),
    ]
    about = "datum.precision == 'nearest_town' ?"
    disc: dict[str, Any] = {"size": {"expr": f"{about} {400 if canvas.phone else 700} : 70"}}
    disc |= {"fillOpacity": {"expr": f"{about} 0.35 : 1"}, "stroke": light("ink")}

    def at(frame: pd.DataFrame) -> alt.Chart:
        return alt.Chart(frame).encode(longitude="longitude:Q", latitude="latitude:Q")

    named = [
        at(rows).mark_point(strokeWidth=2, **disc).encode(*key),
        at(rows).mark_text(**text | bold).encode(text="name:N"),
        at(rows[rows["matter"].ne("")]).mark_text(**text | low).encode(text="matter:N"),
    ]
    layers = [
        _areas(),
        at(names).mark_text(color=light("soft"), **plain).encode(text="text:N"),
        at(bar).mark_rule(color=light("ink")).encode(longitude2="east:Q", latitude2="latitude:Q"),
        at(bar).mark_text(align="left", dy=-8, **plain).encode(text="text:N"),
        *(layer.encode(PROOF, alt.Description("name:N")) for layer in named),
    ]
    layers = [layer.project(type="mercator", center=CENTRE, scale=scale) for layer in layers]
    return alt.layer(*layers).properties(width=width, height=round(width * high))


def _borders() -> Any:
    """Return the countries and the Kurdistan Region, as GeoJSON has them."""
    return json.loads((DATA / BORDERS).read_text(encoding="utf-8"))["features"]


def _areas() -> alt.Chart:
    """Return the countries, Iraq darker, and the Kurdistan Region without an outline of its own."""
    region, iraq = "datum.properties.kind == 'region'", "datum.properties.name == 'Iraq'"
    fill = f"{region} ? '{light('rule')}' : {iraq} ? '{light('faint')}' : '{light('paper')}'"
    look: dict[str, Any] = {"fill": {"expr": fill}, "strokeOpacity": {"expr": f"{region} ? 0 : 1"}}
    look |= {"stroke": light("side-other"), "strokeWidth": 0.8, "clip": True}
    return alt.Chart(alt.Data(values=_borders())).mark_geoshape(**look)


def _labels(rows: pd.DataFrame, scale: float, canvas: Canvas) -> dict[str, list[Any]]:
    """Return each name's side of its place: in the map, free of other places and their names, and
    of borders if it can be.
    """
    shapes = [shape for shape in _borders() if shape["properties"]["kind"] != "region"]
    points = re.findall(r"\[(-?[\d.]+), (-?[\d.]+)\]", json.dumps(shapes))
    lines = [_px(float(east), float(north), scale) for east, north in points]
    centres = {row.Index: _px(row.longitude, row.latitude, scale) for row in rows.itertuples()}
    taken: list[Box] = [(x - 7, y - 7, x + 7, y + 7) for x, y in centres.values()]
    middle, looks = _px(CENTRE[0], CENTRE[1], scale)[0], {}

    def cost(place: tuple[int, float, Box]) -> tuple[bool, int, int]:
        box = place[-1]
        out = max(middle - box[0], box[2] - middle) > canvas.width / 2
        crossed = sum(meet(box, (a, b, a, b)) for a, b in lines)
        return out, sum(meet(box, other) for other in taken), crossed

    for row in rows.sort_values("latitude", ascending=False).itertuples():  # from north to south
        wide = max(measure(row.name, canvas.label * BOLD), measure(row.matter, canvas.small))
        high, (x, y) = tall(row.matter, canvas.small), centres[row.Index]
        gap = (16 if canvas.phone else 20) if row.precision == "nearest_town" else 9
        sides = [(gap, x + gap), (-gap, x - gap - wide)]
        tops = [(up, y + up - canvas.label / 2) for up in (0.0, -high)]
        places = [
            (dx, up, (left, top, left + wide, top + canvas.label + high))
            for up, top in tops
            for dx, left in sides
        ]
        dx, up, box = min(places, key=cost)
        looks[row.Index] = {"gap": dx, "up": up, "align": "left" if dx > 0 else "right"}
        taken.append(box)
    return pd.DataFrame.from_dict(looks, orient="index").reindex(rows.index).to_dict("list")


def _px(longitude: float, latitude: float, scale: float) -> tuple[float, float]:
    """Return where a point stands in Mercator's projection: to measure words by."""
    north = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return scale * math.radians(longitude), -scale * north
