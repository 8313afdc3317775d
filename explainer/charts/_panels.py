"""Bars of countable parts under headings, or beside each other: what four charts share."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts.grammar.marks import PROOF
from explainer.charts.grammar.text import BOLD, fold, leading, measure
from explainer.theme import Canvas, light

_GAP = 8  # px between a bar and its words
_LABEL = {"wide": 310, "narrow": 160}  # px of a category's name, at most
_BESIDE = {"wide": 590, "narrow": 110}  # px of the words beside a bar, at most
_SQUARE = 20  # px of a part that stands for one, with room
_APART = 24  # px between two columns


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
) -> alt.FacetChart:
    """Return a heading for each value of `panel`, and under it a bar for each of `category`.

    `rows` are those of `laid`, with `name`, which is read out of a part, and `label`, the words
    beside a bar, and `proofs`, the ids these words lead to, if not to those of the whole bar. Its
    parts are squares where `square`, with a line around where `outline`.
    """
    size, width = canvas.small, canvas.width - 8
    rows = _spoken(rows, panel, category)
    rows = rows.assign(
        label=[fold(words, _BESIDE[canvas.name], size) for words in rows["label"]],
        heading=[fold(name, _LABEL[canvas.name], size) for name in rows[category]],
    )
    named = 14 + max((measure(name, size) for name in rows["heading"]), default=0)
    most = 1 + max((t.count("\n") for t in [*rows["heading"], *rows["label"]]), default=0)
    base = alt.Chart().encode(alt.Y(f"{category}:N", sort=None, axis=None))
    names = base.transform_filter("datum.last").mark_text(**_lines("heading", size))
    unit = min([_unit(rows, width - named, size)] + [_SQUARE] * square)
    scale = alt.Scale(domain=[-named / unit, (width - named) / unit], nice=False)
    parts = _parts(base, scale, color, size, "soft" if outline else "paper")
    layers = alt.layer(names.encode(x=alt.value(0), text="heading:N"), *parts, data=rows)
    head = alt.Header(title=None, labelOrient="top", labelAnchor="start", labelPadding=4)
    facet = alt.Row(f"{panel}:N", sort=list(rows[panel].unique()), header=head)
    high = alt.Step(_SQUARE + 3 if most == 1 else most * leading(size) + 6)
    return (
        layers.properties(width=width, height=high)
        .facet(row=facet, spacing=14)
        .resolve_scale(y="independent")
    )


def columns(
    rows: pd.DataFrame, canvas: Canvas, *, panel: str, category: str, color: Any
) -> alt.FacetChart:
    """Return a column for each value of `panel`, in it a bar for each of `category`, on one scale;
    on a phone, what `bars` returns. `rows` are those of `bars`.
    """
    if canvas.phone:
        return bars(rows, canvas, panel=panel, category=category, color=color)
    names, size = list(rows[category].unique()), canvas.small
    named = 14 + max((measure(name, size) for name in names), default=0)
    width = (canvas.width - named - 8) / max(rows[panel].nunique(), 1) - _APART
    rows = _spoken(rows, panel, category)
    if any(measure(head, canvas.label * BOLD) > width for head in rows[panel]):
        rows[panel] = rows[panel].str.replace(" · ", "\n")
    left: dict[str, Any] = {"labelAlign": "left", "labelPadding": named, "labelLimit": named}
    axis = alt.Axis(title=None, domain=False, ticks=False, labelColor=light("ink"), **left)
    base = alt.Chart().encode(alt.Y(f"{category}:N", sort=names, axis=axis))
    scale = alt.Scale(domain=[0, width / _unit(rows, width, size)], nice=False)
    layers = alt.layer(*_parts(base, scale, color, size, "paper"), data=rows)
    lines: dict[str, Any] = {"labelExpr": "split(datum.value, '\\n')"}
    lines |= {"labelLineHeight": leading(canvas.label), "labelPadding": 6}
    head = alt.Header(title=None, labelAnchor="start", **lines)
    facet = alt.Column(f"{panel}:N", sort=list(rows[panel].unique()), header=head)
    layers = layers.properties(width=width, height=alt.Step(_SQUARE + 3))
    return layers.facet(column=facet, spacing=_APART)


def _spoken(rows: pd.DataFrame, panel: str, category: str) -> pd.DataFrame:
    """Add what is read out of the words beside a bar, and `proofs`, if the rows have none."""
    whole = rows.groupby([panel, category], observed=True)["row"].transform(" ".join)
    rows = rows if "proofs" in rows else rows.assign(proofs=whole.where(rows["last"], ""))
    return rows.assign(spoken=rows[category] + ": " + rows["label"])


def _unit(rows: pd.DataFrame, width: float, size: float) -> float:
    """Return the px of one: as many as leave each bar room for its words."""
    ends = zip(rows["label"], rows["end"], rows["last"], strict=True)
    rooms = [
        (width - measure(text, size) - 2 * _GAP) / max(end, 1) for text, end, last in ends if last
    ]
    return max(min([*rooms, width / 4]), 1e-3)


def _parts(
    base: alt.Chart, scale: alt.Scale, color: Any, size: float, around: str
) -> list[alt.Chart]:
    """Return the parts of the bars and, after the last part of each, its words."""
    start, end = (alt.X(f"{name}:Q", scale=scale, axis=None) for name in ("start", "end"))
    part = base.transform_filter("datum.end > datum.start")
    part = part.mark_bar(height=_SQUARE - 4, stroke=light(around), strokeWidth=1)
    text = base.transform_filter("datum.last").transform_calculate(row="datum.proofs")
    text = text.mark_text(**_lines("label", size), dx=_GAP)
    return [
        part.encode(start, PROOF, alt.Description("name:N"), color=color, x2="end:Q"),
        text.encode(end, PROOF, alt.Description("spoken:N"), text="label:N"),
    ]


def _lines(field: str, size: float) -> dict[str, Any]:
    """Return how the words of a field stand in lines whose middle is the bar's."""
    up = f"{-leading(size) / 2} * (length(split(datum.{field}, '\\n')) - 1)"
    return {"align": "left", "lineBreak": "\n", "lineHeight": leading(size), "dy": {"expr": up}}
