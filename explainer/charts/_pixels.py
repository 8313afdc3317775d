"""Charts laid out in pixels: text, marks and lines at places that Python has computed.

For drawings that are read like a page (a list, a chain) and not along two scales. A row of people is one
mark, not one mark a person, so that it is one link and one stop for the keyboard.
"""

from dataclasses import dataclass, field

import altair as alt
import pandas as pd

from explainer.charts._board import fold
from explainer.theme import Canvas, light, title

_PADDING = 6  # theme.dress: 2 px on either side; and a line at the edge is as thick as it is
_BOLD = 1.07  # a bold letter is that much wider


@dataclass
class Board:
    """A drawing `canvas` wide. Put things on it, then `chart()` it; heights are known after `down`."""

    canvas: Canvas
    texts: list[dict] = field(default_factory=list)
    marks: list[dict] = field(default_factory=list)
    lines: list[dict] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Width of the drawing area."""
        return self.canvas.width - _PADDING

    @property
    def leading(self) -> int:
        """Distance of two lines of text."""
        return self.canvas.small + 3

    def text(self, x: float, y: float, text: str, width: float, colour: str = "ink", bold: bool = False,
             href: str = "", label: str = "", align: str = "left") -> float:
        """Write `text` with its upper left (or right) corner at x, y, wrapped to `width`; return the y below."""
        folded = fold(text, width, self.canvas.small * (_BOLD if bold else 1))
        self.texts.append({"x": x, "y": y, "text": folded, "colour": light(colour), "bold": bold,
                           "href": href, "label": label or text, "align": align})
        return y + (folded.count("\n") + 1) * self.leading

    def mark(self, x: float, y: float, path: str, colour: str, filled: bool = True, href: str = "",
             label: str = "") -> None:
        """Put the SVG `path`, written in pixels around 0,0, at x, y."""
        self.marks.append({"x": x, "y": y, "path": path, "colour": light(colour), "filled": filled,
                           "href": href, "label": label})

    def line(self, x: float, y: float, x2: float, y2: float, colour: str = "rule") -> None:
        """Draw a line."""
        self.lines.append({"x": x, "y": y, "x2": x2, "y2": y2, "colour": light(colour)})

    def chart(self, height: float, finding: str, subtitle: str = "") -> alt.LayerChart:
        """Return all that is on the board as one chart."""
        place = {"x": alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, self.width], nice=False)),
                 "y": alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False)),
                 "color": alt.Color("colour:N", scale=None)}
        layers = [*self._lines(place), *self._marks(place), *self._texts(place)]
        return alt.layer(*layers).properties(width=self.width, height=height,
                                             title=title(finding, self.canvas, subtitle))

    def _lines(self, place: dict) -> list[alt.Chart]:
        if not self.lines:
            return []
        return [alt.Chart(pd.DataFrame(self.lines)).mark_rule(aria=False).encode(**place, x2="x2:Q", y2="y2:Q")]

    def _marks(self, place: dict) -> list[alt.Chart]:
        shape = alt.Shape("path:N", scale=None)  # size 4: a path in units of one pixel
        return [alt.Chart(part).mark_point(filled=filled, size=4, strokeWidth=0 if filled else 1.5)
                .encode(**place, shape=shape, **linked) for (filled,), part, linked in _split(self.marks, ["filled"])]

    def _texts(self, place: dict) -> list[alt.Chart]:
        return [alt.Chart(part).mark_text(baseline="top", align=align, lineBreak="\n", lineHeight=self.leading,
                                          fontWeight="bold" if bold else "normal")
                .encode(**place, text="text:N", **linked) for (bold, align), part, linked
                in _split(self.texts, ["bold", "align"])]


def _split(rows: list[dict], by: list[str]):
    """Yield (values of `by`, rows that share them, their link encoding): what a mark cannot encode by row."""
    if not rows:
        return
    frame = pd.DataFrame(rows)
    for (*values, linked), part in frame.groupby([*by, frame["href"] != ""], sort=True):
        link = {"href": alt.Href("href:N"), "description": alt.Description("label:N")} if linked else {}
        yield tuple(values), part.drop(columns=[*by, *([] if linked else ["href", "label"])]), link


def circles(number: int, a_row: int, pitch: float, radius: float) -> str:
    """Return the path of `number` circles in rows of `a_row`, the first one centred on 0,0."""
    return "".join(f"M{x - radius:g},{y:g}a{radius:g},{radius:g} 0 1,0 {2 * radius:g},0"
                   f"a{radius:g},{radius:g} 0 1,0 {-2 * radius:g},0Z" for x, y in _grid(number, a_row, pitch))


def squares(number: int, a_row: int, pitch: float, side: float) -> str:
    """Return the path of `number` squares in rows of `a_row`, the first one centred on 0,0."""
    return "".join(f"M{x - side / 2:g},{y - side / 2:g}h{side:g}v{side:g}h{-side:g}Z"
                   for x, y in _grid(number, a_row, pitch))


def _grid(number: int, a_row: int, pitch: float) -> list[tuple[float, float]]:
    return [(i % a_row * pitch, i // a_row * pitch) for i in range(number)]


def arrowhead(down: bool = False) -> str:
    """Return the path of an arrowhead whose tip is at 0,0, pointing right or down."""
    return "M0,0L-4,-6L4,-6Z" if down else "M0,0L-6,-4L-6,4Z"
