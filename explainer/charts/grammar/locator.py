"""A locator map in Mercator's projection: its land, and px to measure words by."""

import json
import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from explainer.charts.grammar.labels import Box
from explainer.charts.grammar.text import measure, tall
from explainer.data.manifest import BORDERS
from explainer.paths import DATA
from explainer.theme import light

AT = alt.Longitude("longitude:Q"), alt.Latitude("latitude:Q")
_STEP = 5  # px from point to point of a border: no word fits between two


def shapes() -> Any:
    """Return the countries and the Kurdistan Region, as GeoJSON has them."""
    return json.loads((DATA / BORDERS).read_text(encoding="utf-8"))["features"]


def land() -> alt.Chart:
    """Return the countries, Iraq darker, and the Kurdistan Region without an outline of its own."""
    region, iraq = "datum.properties.kind == 'region'", "datum.properties.name == 'Iraq'"
    fill = f"{region} ? '{light('rule')}' : {iraq} ? '{light('faint')}' : '{light('paper')}'"
    look: dict[str, Any] = {"fill": {"expr": fill}, "strokeOpacity": {"expr": f"{region} ? 0 : 1"}}
    look |= {"stroke": light("side-other"), "strokeWidth": 0.8, "clip": True}
    return alt.Chart(alt.Data(values=shapes())).mark_geoshape(**look)


@dataclass(frozen=True)
class View:
    """A map around a point, `span` degrees of longitude on `width` px."""

    longitude: float
    latitude: float
    span: float
    width: int
    height: int

    def project(self, layer: alt.Chart) -> alt.Chart:
        """Return a layer in the map's projection. Of a map above a list Vega-Lite does not know
        the middle.
        """
        at, middle = [self.longitude, self.latitude], [self.width / 2, self.height / 2]
        return layer.project("mercator", center=at, scale=self._scale, translate=middle)

    def px(self, points: pd.DataFrame) -> pd.DataFrame:
        """Add `x` and `y` of points: how far from the left and from the top they stand."""
        east = np.radians(points["longitude"] - self.longitude)
        north, middle = (
            np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2))
            for latitude in (points["latitude"], self.latitude)
        )
        x, y = self.width / 2 + self._scale * east, self.height / 2 - self._scale * (north - middle)
        return points.assign(x=x, y=y)

    def boxes(self, texts: pd.DataFrame, size: float) -> list[Box]:
        """Return what words cover whose first line has its middle at a point."""
        at = zip(*(self.px(texts)[column] for column in ("text", "x", "y")), strict=True)
        wide = ((measure(text, size) / 2, tall(text, size) - size / 2, x, y) for text, x, y in at)
        return [(x - half, y - size / 2, x + half, y + low) for half, low, x, y in wide]

    def inside(self, texts: pd.DataFrame, size: float) -> pd.DataFrame:
        """Return the words that are inside the map."""
        box = pd.DataFrame(self.boxes(texts, size), texts.index)
        return texts[box.min(axis=1).ge(0) & box[2].le(self.width) & box[3].le(self.height)]

    def borders(self) -> list[Box]:
        """Return small boxes along all borders."""
        boxes = list[Box]()
        for shape in shapes():
            points = re.findall(r"\[(-?[\d.]+), (-?[\d.]+)\]", json.dumps(shape["geometry"]))
            line = pd.DataFrame(points, columns=["longitude", "latitude"], dtype=float)
            at = self.px(line)[["x", "y"]].to_numpy()
            for a, b in pairwise(at[: len(at) * (shape["properties"]["kind"] != "region")]):
                steps = math.ceil(math.dist(a, b) / _STEP) + 1
                boxes += [(x - 1, y - 1, x + 1, y + 1) for x, y in np.linspace(a, b, steps)]
        return [box for box in boxes if 0 < box[0] < self.width and 0 < box[1] < self.height]

    @property
    def _scale(self) -> float:
        return self.width / math.radians(self.span)  # px of a radian
