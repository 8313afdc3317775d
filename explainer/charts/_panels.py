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
    if "proofs" not in rows:
        whole = rows.groupby([panel, category], observed=True)["row"]
        rows = rows.assign(proofs=whole.transform(" ".join).where(rows["last"], ""))
    rows = rows.assign(
        spoken=rows[category] + ": " + rows["label"],
        label=[fold(words, _BESIDE[canvas.name], size) for words in rows["label"]],
        heading=[fold(name, _LABEL[canvas.name], size) for name in rows[category]],
    )
    named = 14 + max((measure(name, size) for name in rows["heading"]), default=0)
    # px of one: as many as leave each bar room for its words
    rooms = [
        (width - named - measure(row.label, size) - 2 * _GAP) / max(row.end, 1)
        for row in rows[rows["last"].astype(bool)].itertuples()
    ]
    unit = max(min([*rooms, width / 4] + [_SQUARE] * square), 1e-3)
    scale = alt.Scale(domain=[-named / unit, (width - named) / unit], nice=False)
    start, end = (alt.X(f"{name}:Q", scale=scale, axis=None) for name in ("start", "end"))
    base = alt.Chart().encode(alt.Y(f"{category}:N", sort=None, axis=None))
    part = base.transform_filter("datum.end > datum.start").mark_bar(
        height=_SQUARE - 4, stroke=light("ink" if outline else "paper"), strokeWidth=1
    )
    names, text = base.transform_filter("datum.last"), base.transform_filter("datum.last")
    text = text.transform_calculate(row="datum.proofs")
    lines: dict[str, Any] = {"align": "left", "lineBreak": "\n", "lineHeight": leading(size)}
    up = f"{-leading(size) / 2} * (length(split(datum.%s, '\\n')) - 1)"  # to the bar's middle
    layers = alt.layer(
        names.mark_text(**lines, dy={"expr": up % "heading"}).encode(
            x=alt.value(0), text="heading:N"
        ),
        part.encode(start, PROOF, alt.Description("name:N"), color=color, x2="end:Q"),
        text.mark_text(**lines, dy={"expr": up % "label"}, dx=_GAP).encode(
            end, PROOF, alt.Description("spoken:N"), text="label:N"
        ),
        data=rows,
    )
    most = 1 + max((t.count("\n") for t in [*rows["heading"], *rows["label"]]), default=0)
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
    on a phone, what `bars` returns of those that have a `label`. `rows` are those of `bars`.
    """
    if canvas.phone:
        given = rows[rows["label"].ne("")]
        return bars(given, canvas, panel=panel, category=category, color=color)
    heads, names, size = rows[panel].unique(), list(rows[category].unique()), canvas.small
    named = 14 + max((measure(name, size) for name in names), default=0)
    width = (canvas.width - named - 8) / max(len(heads), 1) - _APART
    if any(measure(head, canvas.label * BOLD) > width for head in heads):
        rows = rows.assign(**{panel: rows[panel].str.replace(" · ", "\n")})
    rooms = [width - measure(label, size) - 2 * _GAP for label in rows["label"]]
    # as much as leaves each bar room for its words
    most = max(
        (width * end / room for end, room in zip(rows["end"], rooms, strict=True)), default=0
    )
    start, end = (
        alt.X(f"{name}:Q", scale=alt.Scale(domain=[0, most or 1], nice=False), axis=None)
        for name in ("start", "end")
    )
    left: dict[str, Any] = {"labelAlign": "left", "labelPadding": named, "labelLimit": named}
    axis = alt.Axis(title=None, domain=False, ticks=False, labelColor=light("ink"), **left)
    base = alt.Chart().encode(alt.Y(f"{category}:N", sort=names, axis=axis))
    part = base.transform_filter("datum.end > datum.start").mark_bar(
        height=_SQUARE - 4, stroke=light("paper"), strokeWidth=1
    )
    text = base.transform_filter("datum.last").transform_calculate(
        row="datum.whole", spoken=f"datum.{panel} + ', ' + datum.{category} + ': ' + datum.label"
    )
    layers = alt.layer(
        part.encode(start, PROOF, alt.Description("name:N"), color=color, x2="end:Q"),
        text.mark_text(align="left", dx=_GAP).encode(
            end, PROOF, alt.Description("spoken:N"), text="label:N"
        ),
        data=rows.assign(whole=rows.groupby([panel, category])["row"].transform(" ".join)),
    )
    lines: dict[str, Any] = {
        "labelExpr": "split(datum.value, '\\n')",
        "labelLineHeight": leading(canvas.label),
    }
    head = alt.Header(title=None, labelAnchor="start", labelPadding=6, **lines)
    facet = alt.Column(f"{panel}:N", sort=list(rows[panel].unique()), header=head)
    return layers.properties(width=width, height=alt.Step(_SQUARE + 3)).facet(
        column=facet, spacing=_APART
    )
