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


def words(rows: pd.DataFrame, x: alt.X, y: alt.Y, canvas: Canvas, **style: Any) -> alt.Chart:
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
