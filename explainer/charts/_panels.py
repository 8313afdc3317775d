"""Bars of countable parts under headings: what four charts have in common."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts.grammar import PROOF, fold, measure
from explainer.theme import Canvas, light

_GAP = 8  # px between a bar and its words
_LABEL = {"wide": 270, "narrow": 138}  # px of a category's name, at most
_BESIDE = {"wide": 480, "narrow": 110}  # px of the words beside a bar, at most
_SQUARE = 20  # px of a part that stands for one, with room
_NAME = "split(datum.{0}, '|')"  # of a line: its heading, and its own name


def laid(rows: pd.DataFrame, panel: str, category: str, value: str = "") -> pd.DataFrame:
    """Add `start` and `end` of each part of a bar, its width `value`, or one where none is named.

    Parts stand one after the other in the order given, a row without ids has none. `total` is the
    sum of the bar, `last` whether the part ends it: the one that carries its words.
    """
    width = rows[value] if value else rows["row"].ne("").astype(int)
    keys = [rows[panel], rows[category]]
    end = width.groupby(keys, observed=True, sort=False).cumsum()
    return rows.assign(
        start=end - width,
        end=end,
        total=width.groupby(keys, observed=True).transform("sum"),
        last=~rows.duplicated([panel, category], keep="last"),
    )


def sided(names: dict[str, str], rows: pd.DataFrame) -> alt.Color:
    """Return the colour of the field `side`, without a legend: the bars are named."""
    shown = {code: name for code, name in names.items() if name in set(rows["side"])}
    scale = alt.Scale(domain=list(shown.values()), range=[light(f"side-{code}") for code in shown])
    return alt.Color("side:N", scale=scale, legend=None)


def bars(
    rows: pd.DataFrame,
    canvas: Canvas,
    *,
    panel: str,
    category: str,
    color: Any,
    square: bool = False,
    outline: bool = False,
) -> alt.TopLevelMixin:
    """Return a heading for each value of `panel`, and under it a bar for each of `category`.

    `rows` are those of `laid`, with the fields `name`, which is read out of a part, and `label`,
    the words beside a bar. The parts of a bar are squares where `square`,
    and have a line around them where `outline`.
    """
    size = canvas.small
    label = min(
        _LABEL[canvas.name], max((measure(name, size) for name in rows[category]), default=0) + 14
    )
    width = canvas.width - label - 8
    text = [fold(words, _BESIDE[canvas.name], size) for words in rows["label"]]
    names = [fold(name, label - 14, size) for name in rows[category]]
    rows = rows.assign(
        label=text, line=[f"{p}|{c}" for p, c in zip(rows[panel], names, strict=True)]
    )
    heads = {p: f"{p}|{p}" for p in rows[panel]}
    order = [
        line
        for p, head in heads.items()
        for line in [f"{p}|", head, *rows.loc[rows[panel] == p, "line"]]
    ][1:]
    ends = rows[rows["last"].astype(bool)]
    beside = max((measure(words, size) for words in ends["label"]), default=0) + 2 * _GAP
    reach = max([1, *rows["end"]]) * width / max(width - beside, width / 4)
    scale = alt.Scale(domain=[0, max(reach, width / _SQUARE) if square else reach], nice=False)
    tall = 1 + max([text.count("\n") for text in [*names, *rows["label"]]], default=0)
    heading = f"{_NAME.format('value')}[0] == {_NAME.format('value')}[1]"
    axis = alt.Axis(
        labelExpr=f"split({_NAME.format('label')}[1], '\\n')",
        labelFontWeight=alt.condition(heading, alt.value("bold"), alt.value("normal")),
        labelFontSize=alt.condition(heading, alt.value(canvas.label), alt.value(size)),
        labelColor=light("ink"),
        labelAlign="left",
        labelPadding=label,
        labelLimit=0,
        minExtent=label + 2,
        domain=False,
        ticks=False,
    )
    y = alt.Y("line:N", sort=list(dict.fromkeys(order)), title=None, axis=axis)
    y = y.scale(domain=list(dict.fromkeys(order)))
    base = alt.Chart(rows).encode(y)
    part = base.transform_filter("datum.end > datum.start").mark_bar(
        height=_SQUARE - 4, stroke=light("ink" if outline else "paper"), strokeWidth=1
    )
    words = base.transform_filter("datum.last").mark_text(
        align="left", dx=_GAP, lineBreak="\n", lineHeight=size + 2, baseline="middle"
    )
    start, end = (alt.X(f"{name}:Q", scale=scale, axis=None) for name in ("start", "end"))
    return alt.layer(
        part.encode(start, PROOF, alt.Description("name:N"), color=color, x2="end:Q"),
        words.encode(end, text="label:N"),
    ).properties(width=width, height=alt.Step(max(_SQUARE + 4, tall * (size + 2) + 4)))
