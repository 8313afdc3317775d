"""The drawing surface of charts whose positions a layout computes, in pixels, because words must not collide."""

from dataclasses import dataclass, field

import altair as alt
import pandas as pd

from explainer.charts.grammar.text import BOLD, fold, leading
from explainer.theme import Canvas, light, title

HALO = 12  # px of transparent stroke that widens a mark's target for fingers
_PADDING = 6  # px: theme.dress takes 2 on either side; and a line at the edge is as thick as it is


def surface(canvas: Canvas) -> int:
    """Return the width in px that a chart can draw on: the canvas without its padding and a hair for strokes."""
    return canvas.width - _PADDING


@dataclass
class Board:
    """A drawing as wide as its canvas. Put things on it, then `chart()` it: its height is known only then.

    What is read like a page (a list, a chain) is put down one thing at a time, by `text`, `mark` and `line`,
    which say how far down they reach. What stands along a scale is laid out as frames; `words`, `lines`,
    `marks` and `key` below make them `layers`, drawn in their order and over the single things. A row of people
    is one mark, not one mark a person, so that it is one link and one stop for the keyboard.
    """

    canvas: Canvas
    layers: list[alt.Chart] = field(default_factory=list)
    _texts: list[dict] = field(default_factory=list)
    _marks: list[dict] = field(default_factory=list)
    _lines: list[dict] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Width of the drawing area."""
        return surface(self.canvas)

    @property
    def leading(self) -> int:
        """Distance of two lines of text that is put down singly."""
        return self.canvas.small + 3

    def text(
        self,
        x: float,
        y: float,
        text: str,
        width: float,
        colour: str = "ink",
        bold: bool = False,
        href: str = "",
        label: str = "",
        align: str = "left",
        row: str = "",
    ) -> float:
        """Write `text` with its upper left (or right) corner at x, y, wrapped to `width`; return the y below.

        `row`: the ids of the rows it stands for, joined by spaces; it links to the first, or to `href` where that is given.
        """
        folded = fold(text, width, self.canvas.small * (BOLD if bold else 1))
        self._texts.append(
            {
                "x": x,
                "y": y,
                "text": folded,
                "colour": light(colour),
                "bold": bold,
                "row": _joined(href, row),
                "label": label or text,
                "align": align,
            }
        )
        return y + (folded.count("\n") + 1) * self.leading

    def mark(
        self,
        x: float,
        y: float,
        path: str,
        colour: str,
        filled: bool = True,
        href: str = "",
        label: str = "",
        row: str = "",
    ) -> None:
        """Put the SVG `path`, written in pixels around 0,0, at x, y; `row` as for `text`."""
        self._marks.append(
            {
                "x": x,
                "y": y,
                "path": path,
                "colour": light(colour),
                "filled": filled,
                "label": label,
                "row": _joined(href, row),
            }
        )

    def line(self, x: float, y: float, x2: float, y2: float, colour: str = "rule") -> None:
        """Draw a line."""
        self._lines.append({"x": x, "y": y, "x2": x2, "y2": y2, "colour": light(colour)})

    def place(self, height: float) -> dict:
        """Return the encoding of x and y as pixels of a drawing that is `height` px high."""
        return {
            "x": alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, self.width], nice=False)),
            "y": alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False)),
        }

    def chart(self, height: float, finding: str, subtitle: str = "") -> alt.LayerChart:
        """Return all that is on the board as one chart: lines, marks, texts, then the layers."""
        singles = {**self.place(height), "color": alt.Color("colour:N", scale=None)}
        layers = [
            *self._ruled(singles),
            *self._marked(singles),
            *self._written(singles),
            *self.layers,
        ]
        return alt.layer(*layers).properties(
            width=self.width, height=height, title=title(finding, self.canvas, subtitle)
        )

    def _ruled(self, place: dict) -> list[alt.Chart]:
        if not self._lines:
            return []
        return [
            alt.Chart(pd.DataFrame(self._lines))
            .mark_rule(aria=False)
            .encode(**place, x2="x2:Q", y2="y2:Q")
        ]

    def _marked(self, place: dict) -> list[alt.Chart]:
        shape = alt.Shape("path:N", scale=None)  # size 4: a path in units of one pixel
        parts = sorted(
            _split(self._marks, ["filled"]), key=lambda made: not made[0][0]
        )  # outlines last: what backs one would take its clicks
        return [
            alt.Chart(part)
            .mark_point(filled=filled, size=4, strokeWidth=0 if filled else 1.5)
            .encode(**place, shape=shape, **linked)
            for (filled,), part, linked in parts
        ]

    def _written(self, place: dict) -> list[alt.Chart]:
        return [
            alt.Chart(part)
            .mark_text(
                baseline="top",
                align=align,
                lineBreak="\n",
                lineHeight=self.leading,
                fontWeight="bold" if bold else "normal",
            )
            .encode(**place, text="text:N", **linked)
            for (bold, align), part, linked in _split(self._texts, ["bold", "align"])
        ]


def _split(rows: list[dict], by: list[str]):
    """Yield (values of `by`, rows that share them, their link encoding): what a mark cannot encode by row."""
    if not rows:
        return
    frame = pd.DataFrame(rows)
    for (*values, linked), part in frame.groupby([*by, frame["row"] != ""], sort=True):
        link = (
            {"href": alt.Href("row:N"), "description": alt.Description("label:N")} if linked else {}
        )
        yield tuple(values), part.drop(columns=[*by, *([] if linked else ["row", "label"])]), link


def _joined(href: str, row: str) -> str:
    """Return the ids of rows, that of `href` first, joined by spaces."""
    return " ".join(dict.fromkeys([*href.split(), *row.split()]))


def words(
    frame: pd.DataFrame, size: float, colour: str = "ink", align: str = "left", **style
) -> list[alt.Chart]:
    """Return text at (x, y), y being the top of its first line, linked where `row` names rows; a list, empty where the frame is."""
    mark = {
        "align": align,
        "baseline": "top",
        "lineBreak": "\n",
        "lineHeight": leading(size),
        "fontSize": size,
        "color": light(colour),
        **style,
    }
    link = {"href": alt.Href("row:N")} if "row" in frame else {}
    frame = (
        frame.assign(row=frame["row"].where(frame["text"] != "", ""))
        if link and len(frame)
        else frame
    )
    return [
        layer.mark_text(**mark).encode(text="text:N", **link)
        for layer in _layer(frame, "text", *(["row"] if link else []))
    ]


def lines(frame: pd.DataFrame, colour: str = "rule", **style) -> list[alt.Chart]:
    """Return straight lines from (x, y) to (x2, y2)."""
    return [
        layer.mark_rule(**{"color": light(colour), **style}).encode(x2="x2:Q", y2="y2:Q")
        for layer in _layer(frame, "x2", "y2")
    ]


def marks(frame: pd.DataFrame, hollow: bool = False) -> list[alt.Chart]:
    """Return linked marks at (x, y): columns `colour` (a theme name), `shape`, `area`, `href`, `label`.

    A hollow mark is drawn as an outline: something due, not something that happened. Round joins: of mitred ones a
    browser assumes the worst and frames a focused mark many times too large.
    """
    style = (
        {"filled": False, "strokeWidth": 2, "fill": "transparent"}
        if hollow
        else {"stroke": "transparent", "strokeWidth": HALO, "strokeJoin": "round"}
    )
    ink = (
        {"stroke": alt.Stroke("ink:N", scale=None)}
        if hollow
        else {"fill": alt.Fill("ink:N", scale=None)}
    )
    rows = (
        frame
        if frame.empty
        else frame.assign(
            row=[
                _joined(*ids)
                for ids in zip(
                    frame["href"], frame.get("row", frame["href"]).fillna(""), strict=True
                )
            ]
        )
    )
    return [
        layer.mark_point(**style).encode(href="row:N", description="label:N", **ink)
        for layer in _points(rows, "row", "label")
    ]


def key(frame: pd.DataFrame) -> list[alt.Chart]:
    """Return small marks at (x, y) without a link: the colours of an inline key, the points of a quiet line."""
    return [
        layer.mark_point().encode(
            fill=alt.Fill("ink:N", scale=None), stroke=alt.Stroke("ink:N", scale=None)
        )
        for layer in _points(frame)
    ]


def _points(frame: pd.DataFrame, *columns: str) -> list[alt.Chart]:
    inked = frame if frame.empty else frame.assign(ink=frame["colour"].map(light))
    return [
        layer.encode(shape=alt.Shape("shape:N", scale=None), size=alt.Size("area:Q", scale=None))
        for layer in _layer(inked, "ink", "shape", "area", *columns)
    ]


def _layer(frame: pd.DataFrame, *columns: str) -> list[alt.Chart]:
    """Return a chart of these columns at (x, y), without a scale: pixels as they are. None where nothing is to draw."""
    if frame.empty:
        return []
    return [
        alt.Chart(frame[["x", "y", *columns]]).encode(
            x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None)
        )
    ]


def circles(number: int, a_row: int, pitch: float, radius: float) -> str:
    """Return the path of `number` circles in rows of `a_row`, the first one centred on 0,0."""
    return "".join(
        f"M{x - radius:g},{y:g}a{radius:g},{radius:g} 0 1,0 {2 * radius:g},0"
        f"a{radius:g},{radius:g} 0 1,0 {-2 * radius:g},0Z"
        for x, y in _grid(number, a_row, pitch)
    )


def squares(number: int, a_row: int, pitch: float, side: float) -> str:
    """Return the path of `number` squares in rows of `a_row`, the first one centred on 0,0."""
    return "".join(
        f"M{x - side / 2:g},{y - side / 2:g}h{side:g}v{side:g}h{-side:g}Z"
        for x, y in _grid(number, a_row, pitch)
    )


def _grid(number: int, a_row: int, pitch: float) -> list[tuple[float, float]]:
    return [(i % a_row * pitch, i // a_row * pitch) for i in range(number)]


def arrowhead(down: bool = False) -> str:
    """Return the path of an arrowhead whose tip is at 0,0, pointing right or down."""
    return "M0,0L-4,-6L4,-6Z" if down else "M0,0L-6,-4L-6,4Z"
