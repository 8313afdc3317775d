"""Bars of countable parts under headings: what four charts have in common."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts.grammar.marks import PROOF, Layers
from explainer.charts.grammar.text import fold, leading, measure
from explainer.theme import Canvas, light

_GAP = 8  # px between a bar and its words
_LABEL = {"wide": 270, "narrow": 138}  # px of a category's name, at most
_BESIDE = {"wide": 590, "narrow": 110}  # px of the words beside a bar, at most
_SQUARE = 20  # px of a part that stands for one, with room
_NAME = "split(datum.{0}, '|')"  # of a line: its heading, and its own name


def laid(rows: pd.DataFrame, panel: str, category: str, value: str = "") -> pd.DataFrame:
    """Add `start` and `end` of each part of a bar, its width `value`, or one where none is named.

    Parts stand one after the other in the order given, a row without ids has none. `total` is the
    sum of the bar, `last` whether the part ends it: the one that carries its words.
    """
    width = rows[value] if value else rows["row"].ne("").astype(int)
    bars = width.groupby([rows[panel], rows[category]], observed=True, sort=False)
    end, last = bars.cumsum(), ~rows.duplicated([panel, category], keep="last")
    return rows.assign(start=end - width, end=end, total=bars.transform("sum"), last=last)


def read_out(rows: pd.DataFrame, panel: str, category: str) -> str:
    """Return the bars of `laid` and their sums in words, for listening."""
    bars = rows.drop_duplicates([panel, category])
    each = bars[category] + " " + bars["total"].astype(int).astype(str)
    groups = each.groupby(bars[panel], sort=False)
    return ". ".join(f"{name}: {', '.join(part)}" for name, part in groups) + "."


def bars(
    rows: pd.DataFrame,
    canvas: Canvas,
    *,
    panel: str,
    category: str,
    color: Any,
    square: bool = False,
    outline: bool = False,
) -> Layers:
    """Return a heading for each value of `panel`, and under it a bar for each of `category`.

    `rows` are those of `laid`, with `name`, which is read out of a part, and `label`, the words
    beside a bar. Its parts are squares where `square`, with a line around where `outline`.
    """
    size = canvas.small
    longest = max((measure(name, size) for name in rows[category]), default=0)
    label = min(_LABEL[canvas.name], longest + 14)
    width = canvas.width - label - 8
    text = [fold(words, _BESIDE[canvas.name], size) for words in rows["label"]]
    names = [fold(name, label - 14, size) for name in rows[category]]
    line = rows[panel] + "|" + names
    rows = rows.assign(label=text, line=line)
    groups = list(rows.groupby(panel, sort=False)["line"])
    order = [one for p, part in groups for one in (f"{p}|", f"{p}|{p}", *part.unique())][1:]
    # px of one: as many as leave each bar room for its words
    rooms = [
        (width - measure(row.label, size) - 2 * _GAP) / max(row.end, 1)
        for row in rows[rows["last"].astype(bool)].itertuples()
    ]
    unit = min([*rooms, width / 4] + [_SQUARE] * square)
    scale = alt.Scale(domain=[0, width / max(unit, 1e-3)], nice=False)
    heading = f"{_NAME.format('value')}[0] == {_NAME.format('value')}[1]"
    broken = "indexof(datum.value, '\\n') > 0"
    axis = alt.Axis(
        labelExpr=f"split({_NAME.format('label')}[1], '\\n')",
        labelFontWeight=alt.condition(heading, alt.value("bold"), alt.value("normal")),
        labelFontSize=alt.condition(heading, alt.value(canvas.label), alt.value(size)),
        labelColor=light("ink"),
        labelOffset=alt.condition(broken, alt.value(-leading(size) / 2), alt.value(0)),
        labelAlign="left",
        labelPadding=label,
        labelLimit=0,
        minExtent=label,
        domain=False,
        ticks=False,
    )
    y = alt.Y("line:N", sort=order, title=None, axis=axis).scale(domain=order)
    base = alt.Chart(rows).encode(y)
    part = base.transform_filter("datum.end > datum.start").mark_bar(
        height=_SQUARE - 4, stroke=light("ink" if outline else "paper"), strokeWidth=1
    )
    words = base.transform_filter("datum.last").mark_text(
        align="left", dx=_GAP, lineBreak="\n", lineHeight=leading(size)
    )
    start, end = (alt.X(f"{name}:Q", scale=scale, axis=None) for name in ("start", "end"))
    lines = 1 + max((text.count("\n") for text in [*names, *text]), default=0)
    return alt.layer(
        part.encode(start, PROOF, alt.Description("name:N"), color=color, x2="end:Q"),
        words.encode(end, text="label:N"),
    ).properties(width=width, height=alt.Step(max(_SQUARE + 3, lines * leading(size))))
