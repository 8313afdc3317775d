"""What all marks share: the rows that prove them, the colour of a side, words beside them."""

from collections.abc import Iterable
from typing import Any

import altair as alt
import pandas as pd

from explainer.charts.grammar.text import leading
from explainer.theme import Canvas, light

Layers = alt.LayerChart | alt.FacetChart  # what Altair calls layers that have a size
# Ids of rows, joined by spaces: the page makes a link and a tooltip of them.
PROOF = alt.Href("row:N")
NAME = alt.Description("name:N")  # what is read out of a mark, and stands over its exact words
SQUARE, CIRCLE = alt.value("square"), alt.value("circle")
INK = alt.value(light("ink"))
# The names of the sides, as the data has them; everybody else is one of the others.
SIDES = {
    "iraq": "Baghdad",
    "us": "Washington",
    "joint": "Both governments",
    "armed_group": "Armed groups",
    "other": "Others",
}
_STEM = "M0,-1V-3.2M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0Z"  # a circle with a line up
MARKS = {  # of numbers: shape, fill, edge
    "From the reports": ("circle", light("ink"), light("ink")),
    "From other sources": ("circle", light("paper"), light("ink")),
    "At least that many, from the reports": (_STEM, light("ink"), light("ink")),
    "At least that many": (_STEM, light("paper"), light("ink")),
}
STEMMED = list(MARKS)[2:]
DOT = 64  # square px of a number's mark
COUNTED, SINCE, DATED = "Period counted", "First day not given", "Day not given"
SPANS = {COUNTED: [1, 0], SINCE: [6, 2], DATED: [2, 2]}  # of a number's time: its dashes
_LOOKS: dict[str, Any] = {"align": "left", "gap": 10, "row": ""}
_LOOKS |= dict.fromkeys(("bold", "big", "top"), False)


def named(codes: pd.Series) -> pd.Series:
    """Return the names of sides by their codes."""
    return codes.astype(str).map(SIDES).fillna(SIDES["other"])


def side(names: Iterable[str], canvas: Canvas | None = None) -> alt.Color:
    """Return the colour of the field `side`, with a legend of its `names` if a canvas is given."""
    codes = {name: code for code, name in SIDES.items()}
    shown = sorted(set(names) - {""}, key=lambda name: [*codes, name].index(name))
    scale = alt.Scale(domain=shown, range=[light(f"side-{codes.get(n, 'other')}") for n in shown])
    columns = 2 if canvas and canvas.phone and len(shown) > 3 else 0
    legend = alt.Legend(title=None, columns=columns)
    return alt.Color("side:N", scale=scale, legend=legend if canvas else None)


def marked(rows: pd.DataFrame) -> pd.Series:
    """Return the mark of each number, one of `MARKS`, by its `tier` and as it is `printed`."""
    floor = rows["printed"].astype(str).str.contains("^(?:at least|more than)").astype(int)
    return (2 * floor + rows["tier"].eq("context")).map(dict(enumerate(MARKS)))


def looks(marks: pd.Series, canvas: Canvas) -> list[Any]:
    """Return the encodings of the field `mark`, with a key that explains a stem once."""
    shown = [mark for mark in MARKS if mark in {*list(MARKS)[:2], *marks} - {STEMMED[0]}]
    key = alt.Legend(**_key(canvas), values=shown, symbolSize=DOT)
    shape, fill, edge = (
        alt.Scale(domain=list(MARKS), range=list(of)) for of in zip(*MARKS.values(), strict=True)
    )
    channels = ((alt.Shape, shape), (alt.Fill, fill), (alt.Stroke, edge))
    return [channel("mark:N", scale=scale, legend=key) for channel, scale in channels]


def spans(named: pd.Series, canvas: Canvas) -> alt.StrokeDash:
    """Return the dashes of the field `span`, with a key of those of `SPANS` that are `named`."""
    shown = [span for span in SPANS if span in set(named)]
    key = alt.Legend(**_key(canvas), symbolType="stroke", symbolSize=280, symbolStrokeWidth=2)
    scale = alt.Scale(domain=shown, range=[SPANS[span] for span in shown])
    return alt.StrokeDash("span:N", scale=scale, legend=key)


def _key(canvas: Canvas) -> dict[str, Any]:
    way = "vertical" if canvas.phone else "horizontal"
    return {"title": None, "direction": way, "labelExpr": "datum.label + '\u2003'"}


def words(rows: pd.DataFrame, x: Any, y: Any, canvas: Canvas, **style: Any) -> alt.Chart:
    """Return the words in the field `text`, in lines as they are broken there, beside (x, y).

    Optional fields: `align`, which end of a text stands at its place ("left" unless given), and
    `gap`, how many px from it; `bold` and `big`; `top`, whether y is the top of its first line
    and not its middle; `row`; `name`, what is read out if not the text. `style` changes the mark
    as `alt.MarkDef` does.
    """
    looks = {name: empty for name, empty in _LOOKS.items() if name not in rows}
    rows = rows.assign(**looks).fillna(_LOOKS)
    lines, up = "length(split(datum.text, '\\n'))", -leading(canvas.small) / 2
    mark = {
        "align": {"expr": "datum.align"},
        "dx": {"expr": "datum.align == 'left' ? datum.gap : -datum.gap"},
        "dy": {"expr": f"datum.top ? 0 : {up} * ({lines} - 1)"},
        "baseline": {"expr": "datum.top ? 'top' : 'middle'"},
        "fontWeight": {"expr": "datum.bold ? 'bold' : 'normal'"},
        "fontSize": {"expr": f"datum.big ? {canvas.title * 2} : {canvas.small}"},
        "lineBreak": "\n",
        "lineHeight": leading(canvas.small),
        **style,
    }
    name = NAME if "name" in rows else alt.Description("text:N")
    text = alt.Chart(rows).mark_text(**mark)
    return text.encode(x, y, PROOF, name, text="text:N")
