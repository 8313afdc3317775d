"""A drawing surface in pixels: charts whose positions a layout computes, because words must not collide."""

import altair as alt
import pandas as pd

from explainer.theme import Canvas, light

# Advances of Arial in ems; the rest, lower-case letters and figures, are 0.556.
_ADVANCE = {c: w for w, group in {
    0.222: "ijl'‘’", 0.278: "ft.,:;!|/I [] ", 0.333: "r()-“”", 0.5: "ckvxyzsJ", 0.722: "wCDHNRU",
    0.778: "GOQ", 0.833: "mM", 0.667: "ABEKPSVXY&", 0.611: "FTZLz", 0.944: "W"}.items() for c in group}
_LEADING = 1.22
_HALO = 12  # transparent stroke that widens a mark's target for fingers


def measure(text: str, size: float) -> float:
    """Return how many px the longest line of `text` takes at font size `size`."""
    return max(sum(_ADVANCE.get(c, 0.556) for c in line) * size for line in text.split("\n"))


def fold(text: str, width: float, size: float) -> str:
    """Wrap `text` to `width` px in as few lines as it needs, as even as they get, joined by line breaks."""
    widest = _broken(text, width, size)
    even = (_broken(text, w, size) for w in range(40, max(41, int(width)), 4))
    return next((t for t in even if t.count("\n") == widest.count("\n") and measure(t, size) <= width), widest)


def _broken(text: str, width: float, size: float) -> str:
    done, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and measure(longer, size) > width:
            done, longer = [*done, line], word
        line = longer
    return "\n".join([*done, line])


def tall(text: str, size: float) -> float:
    """Return how many px high a text is."""
    return (text.count("\n") + 1) * leading(size)


def leading(size: float) -> int:
    """Return the distance from line to line at font size `size`."""
    return round(size * _LEADING)


def surface(canvas: Canvas) -> int:
    """Return the width in px that a chart can draw on: the canvas without its padding and a hair for strokes."""
    return canvas.width - 6


def board(layers: list[alt.Chart], canvas: Canvas, height: float, heading: alt.TitleParams) -> alt.LayerChart:
    """Return the layers as one chart of the canvas's full width."""
    return alt.layer(*layers).properties(width=surface(canvas), height=round(height), title=heading)


def _place(field: str, axis: type) -> object:
    return axis(f"{field}:Q", scale=None, axis=None)


def words(frame: pd.DataFrame, size: float, colour: str = "ink", align: str = "left", **style) -> list[alt.Chart]:
    """Return text at (x, y), y being the top of its first line; a list, empty where the frame is."""
    if frame.empty:
        return []
    mark = {"align": align, "baseline": "top", "lineBreak": "\n", "lineHeight": leading(size), "fontSize": size,
            "color": light(colour), **style}
    return [alt.Chart(frame[["x", "y", "text"]]).mark_text(**mark).encode(
        x=_place("x", alt.X), y=_place("y", alt.Y), text="text:N")]


def lines(frame: pd.DataFrame, colour: str = "rule", **style) -> list[alt.Chart]:
    """Return straight lines from (x, y) to (x2, y2)."""
    if frame.empty:
        return []
    return [alt.Chart(frame[["x", "y", "x2", "y2"]]).mark_rule(**{"color": light(colour), **style}).encode(
        x=_place("x", alt.X), y=_place("y", alt.Y), x2="x2:Q", y2="y2:Q")]


def marks(frame: pd.DataFrame, hollow: bool = False) -> list[alt.Chart]:
    """Return linked marks at (x, y): columns `colour` (a theme name), `shape`, `area`, `href`, `label`.

    A hollow mark is drawn as an outline: something due, not something that happened.
    """
    if frame.empty:
        return []
    drawn = frame.assign(ink=frame["colour"].map(light))[["x", "y", "ink", "shape", "area", "href", "label"]]
    base = alt.Chart(drawn).encode(
        x=_place("x", alt.X), y=_place("y", alt.Y), shape=alt.Shape("shape:N", scale=None), href="href:N",
        size=alt.Size("area:Q", scale=None), description="label:N")
    if hollow:
        hollow_mark = base.mark_point(filled=False, strokeWidth=2, fill="transparent")
        return [hollow_mark.encode(stroke=alt.Stroke("ink:N", scale=None))]
    return [base.mark_point(stroke="transparent", strokeWidth=_HALO).encode(fill=alt.Fill("ink:N", scale=None))]


def key(frame: pd.DataFrame) -> list[alt.Chart]:
    """Return small marks at (x, y) without a link: the colours of an inline key, the points of a quiet line."""
    if frame.empty:
        return []
    drawn = frame.assign(ink=frame["colour"].map(light))[["x", "y", "ink", "shape", "area"]]
    return [alt.Chart(drawn).mark_point().encode(
        x=_place("x", alt.X), y=_place("y", alt.Y), shape=alt.Shape("shape:N", scale=None),
        size=alt.Size("area:Q", scale=None), fill=alt.Fill("ink:N", scale=None),
        stroke=alt.Stroke("ink:N", scale=None))]


def flow(names: list[str], x: float, y: float, width: float, size: float, gap: float = 16) -> pd.DataFrame:
    """Return places for short labels set one after the other, `gap` px apart, broken at `width`: x, y, text."""
    placed, left = [], x
    for name in names:
        takes = measure(name, size) + gap
        if left > x and left + takes - gap > x + width:
            left, y = x, y + leading(size) + 3
        placed.append({"x": left, "y": y, "text": name})
        left += takes + size
    return pd.DataFrame(placed, columns=["x", "y", "text"])
