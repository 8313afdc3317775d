"""What all marks share: the rows that prove them, the colour of a side, words beside them."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts.grammar.text import leading
from explainer.theme import Canvas, light

# Ids of rows, joined by spaces: the page makes a link and a tooltip of them.
PROOF = alt.Href("row:N")
_LOOKS: dict[str, Any] = {
    "align": "left",
    "gap": 10,
    "bold": False,
    "big": False,
    "top": False,
    "row": "",
}


def side(names: dict[str, str], field: str = "side", **legend: Any) -> alt.Color:
    """Return the colour of a side. `names` maps codes of sides to the names in `field`.

    The legend prints these names above the chart; `legend` changes it as `alt.Legend` does.
    """
    scale = alt.Scale(domain=list(names.values()), range=[light(f"side-{code}") for code in names])
    style = {"orient": "top", "direction": "horizontal", "symbolType": "square", "symbolSize": 110}
    return alt.Color(
        f"{field}:N", scale=scale, legend=alt.Legend(title=None, **{**style, **legend})
    )


def words(rows: pd.DataFrame, x: alt.X, y: alt.Y, canvas: Canvas, **style: Any) -> alt.Chart:
    """Return the words in the field `text`, in lines as they are broken there, beside (x, y).

    Optional fields: `align`, which end of a text stands at its place ("left" unless given), and
    `gap`, how many px from it; `bold` and `big`; `top`, whether y is the top of its first line
    and not its middle; `row`. `style` changes the mark as `alt.MarkDef` does.
    """
    looks = {
        name: [empty if name not in row or pd.isna(row[name]) else row[name] for row in records]
        for records in [rows.to_dict("records")]
        for name, empty in _LOOKS.items()
    }
    mark = {
        "align": {"expr": "datum.align"},
        "dx": {"expr": "datum.align == 'left' ? datum.gap : -datum.gap"},
        "baseline": {"expr": "datum.top ? 'top' : 'middle'"},
        "fontWeight": {"expr": "datum.bold ? 'bold' : 'normal'"},
        "fontSize": {"expr": f"datum.big ? {canvas.title * 2} : {canvas.small}"},
        "lineBreak": "\n",
        "lineHeight": leading(canvas.small),
        **style,
    }
    return alt.Chart(rows.assign(**looks)).mark_text(**mark).encode(x, y, PROOF, text="text:N")
