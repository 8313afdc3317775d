"""What happened where: the places that the articles and the context name, on a map."""

import json
import math
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import altair as alt
import pandas as pd

from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.labels import Box, meet
from explainer.charts.grammar.marks import PROOF, Layers
from explainer.charts.grammar.text import BOLD, measure
from explainer.data.contents import BORDERS
from explainer.data.rows import RECORD, article_of
from explainer.data.tables import NAMES, Tables
from explainer.paths import DATA
from explainer.theme import Canvas, light
from explainer.words.sources import labels

COUNTRIES = [  # where a name stands on the map: longitude, latitude
    ("IRAQ", 43.6, 31.6),
    ("SYRIA", 39.7, 34.75),
    ("IRAN", 46.8, 34.6),
    ("TURKEY", 40.6, 37.4),
    ("SAUDI ARABIA", 40.6, 30.6),
    ("Kurdistan\nRegion", 45.36, 35.68),
]
CENTRE = [43, 34.1]
SPAN = {"wide": 11.5, "narrow": 9}  # degrees of longitude from edge to edge


@figure
def places(tables: Tables) -> Figure:
    """Draw the places that the articles or the context name, with who names each."""
    named = rows(tables)
    names = list(named.loc[~named["context"], "name"])
    listed = " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
    finding = f"The reports mention {len(names) or 'none'} of these {len(named)} places"
    finding += f": {listed}" * bool(names)
    near = " and ".join(named.loc[named["precision"].eq("nearest_town"), "name"])
    each = "; ".join(f"{row.name}: {row.by}" for row in named.itertuples(index=False))
    table = named.drop(columns=["context"]).rename(columns=str.capitalize)
    table["Precision"] = table["Precision"].map(tables.labels("places", "precision"))
    return Figure(
        named,
        draw,
        finding=finding,
        subtitle=(
            "Dot: named in the reports. Ring: named only by other sources (context). Dashed disc: "
            "place not known exactly."
        ),
        caption=(
            f"{near}: drawn at the nearest town, because the exact position was not found. "
            "The outline of the Kurdistan Region follows three governorates and is "
            "approximate: Halabja is drawn as part of Sulaymaniyah, and disputed "
            "areas are not shown. Borders are from Natural Earth (public domain) and take no "
            "side in any dispute; coordinates: GeoNames (CC BY 4.0) and Wikipedia."
        ),
        description=f"A map of Iraq and its neighbours. {finding}. Who names each place: {each}.",
        base="Borders: Natural Earth. Coordinates: GeoNames (CC BY 4.0), Wikipedia. ",
        data=table.rename(columns={"Name": "Place", "By": "Named by", "Row": "row"}),
    )


def rows(tables: Tables) -> pd.DataFrame:
    """Return the places with `row`, the rows that name each, and `by`, the articles they are of."""
    texts, found = list(_texts(tables)), []
    for place in tables.places.to_dict("records"):
        names = [place["name"], *filter(None, re.split("; *", place["also_written"]))]
        pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names))
        ids = [row for row, text in texts if pattern.search(text)]
        by = [labels(tables).get(article_of(tables, row), RECORD) for row in ids]
        articles = [label for label in labels(tables).values() if label in by]
        who = articles if len(articles) < 3 else [f"{len(articles)} reports"]
        who = who + ["context"] * (RECORD in by)
        found.append((" ".join(ids), ", ".join(who), not articles))
    frame = tables.places.reset_index(drop=True)[["name", "latitude", "longitude", "precision"]]
    frame = frame.astype({"latitude": float, "longitude": float, "precision": str})
    return frame.join(pd.DataFrame(found, columns=["row", "by", "context"]))


def _texts(tables: Tables) -> Iterator[tuple[str, str]]:
    """Yield (row id, words) of what may name a place: a row's own evidence, and context."""
    for name in NAMES:
        frame = getattr(tables, name)
        if name == RECORD:
            yield from zip(frame["id"], frame["title"] + " " + frame["what"], strict=True)
        elif "evidence" in frame and "id" in frame:
            yield from zip(frame["id"], frame["evidence"], strict=True)


def draw(rows: pd.DataFrame, canvas: Canvas) -> Layers:
    """Draw borders, the Kurdistan Region, and the places with their names."""
    width, high = (canvas.width - 8, 1.0) if canvas.phone else (778, 0.76)
    scale = width / math.radians(SPAN[canvas.name])
    rows = rows.assign(**_labels(rows, scale, canvas))
    names = pd.DataFrame(COUNTRIES, columns=["text", "longitude", "latitude"])
    ink, near = light("ink"), "datum.precision == 'nearest_town'"
    dot: dict[str, Any] = {
        "size": {"expr": f"{near} ? {600 if canvas.phone else 1100} : 70"},
        "strokeDash": {"expr": f"{near} ? [3, 2] : [1, 0]"},
        "fill": {"expr": f"datum.context && !({near}) ? '{light('paper')}' : '{ink}'"},
        "fillOpacity": {"expr": f"{near} ? (datum.context ? 0 : 0.35) : 1"},
    }
    text: dict[str, Any] = {"align": {"expr": "datum.align"}, "dx": {"expr": "datum.gap"}}

    def at(frame: pd.DataFrame) -> alt.Chart:
        place = {"longitude": "longitude:Q", "latitude": "latitude:Q"}
        return alt.Chart(frame).encode(alt.Description("name:N"), **place)

    places = [
        at(rows).mark_point(stroke=ink, strokeWidth=2, opacity=1, **dot),
        at(rows).mark_text(**text, fontSize=canvas.label, fontWeight="bold").encode(text="name:N"),
        at(rows).mark_text(**text, fontSize=canvas.small, dy=canvas.label + 1).encode(text="by:N"),
    ][: 2 if canvas.phone else 3]
    country = at(names).mark_text(lineBreak="\n", fontSize=canvas.small).encode(text="text:N")
    layers = [*_areas(), country, *(layer.encode(PROOF) for layer in places)]
    layers = [layer.project(type="mercator", center=CENTRE, scale=scale) for layer in layers]
    return alt.layer(*layers).properties(width=width, height=round(width * high))


def _borders() -> Any:
    """Return the countries and the Kurdistan Region, as GeoJSON has them."""
    return json.loads((DATA / BORDERS).read_text(encoding="utf-8"))["features"]


def _areas() -> list[alt.Chart]:
    """Return the countries, Iraq, and the Kurdistan Region."""
    shapes = _borders()
    regions = [shape for shape in shapes if shape["properties"]["kind"] == "region"]
    iraq = [shape for shape in shapes if shape["properties"]["name"] == "Iraq"]
    others = [shape for shape in shapes if shape not in regions + iraq]
    border: dict[str, Any] = {"stroke": light("paper"), "strokeWidth": 1.5}
    line: dict[str, Any] = {"stroke": light("soft"), "strokeDash": [3, 2], "fillOpacity": 0.15}
    looks = [(others, "faint", border), (iraq, "rule", border), (regions, "soft", line)]
    return [
        alt.Chart(alt.Data(values=part)).mark_geoshape(clip=True, fill=light(fill), **look)
        for part, fill, look in looks
    ]


def _labels(rows: pd.DataFrame, scale: float, canvas: Canvas) -> dict[str, list[Any]]:
    """Return each name's side of its place: free of other names, and of borders if it can be."""
    rings = [ring for shape in _borders() for ring in _rings(shape["geometry"]["coordinates"])]
    ends = [line for ring in rings for line in zip(ring, ring[1:], strict=False)]
    lines = [
        _px(a + (c - a) * i / 9, b + (d - b) * i / 9, scale)
        for (a, b), (c, d) in ends
        for i in range(9)
    ]
    boxes: dict[Any, tuple[Box, float]] = {}
    for row in rows.sort_values("latitude", ascending=False).itertuples():  # from north to south
        wide, high = measure(row.name, canvas.label * BOLD), canvas.label / 2
        wide = wide if canvas.phone else max(wide, measure(row.by, canvas.small))
        x, y = _px(row.longitude, row.latitude, scale)
        gap = (18 if canvas.phone else 23) if row.precision == "nearest_town" else 9
        low = y + high + (0 if canvas.phone else canvas.small + 4)
        sides = ((x + gap, gap), (x - gap - wide, -gap))
        places = [((left, y - high, left + wide, low), dx) for left, dx in sides]
        crossed = [sum(meet(box, (a, b, a, b)) for a, b in lines) for box, _ in places]
        places = places[::-1] if crossed[1] < crossed[0] else places
        free = (p for p in places if not any(meet(p[0], box) for box, _ in boxes.values()))
        boxes[row.Index] = next(free, places[0])
    gaps = [boxes[index][1] for index in rows.index]
    return {"gap": gaps, "align": ["left" if gap > 0 else "right" for gap in gaps]}


def _rings(part: Any) -> Iterator[Any]:
    """Yield the rings of a polygon, or of several."""
    yield from [part] if isinstance(part[0][0], int | float) else chain(*map(_rings, part))


def _px(longitude: float, latitude: float, scale: float) -> tuple[float, float]:
    """Return where a point stands in Mercator's projection: to measure words by."""
    north = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return scale * math.radians(longitude), -scale * north
