"""Where words beside marks may stand, so that none covers another or a mark."""

from collections.abc import Iterable, Iterator
from itertools import count, repeat
from typing import Any

import altair as alt
import pandas as pd

from explainer.charts.grammar.axes import Heights, Time, iso
from explainer.charts.grammar.marks import DOT, INK, NAME, PROOF, STEMMED, looks, spans, words
from explainer.charts.grammar.text import BOLD, fold, heading, leading, measure, tall
from explainer.theme import Canvas, light

Box = tuple[float, float, float, float]  # left, top, right, bottom in px
_GAP = 10  # px from a mark to its words
_REACH = 7  # px from the middle of a mark to its edge, with room
_LOOSE = 1.12  # room between the lines of a strip
_FAR = 6  # how many lines up or down from its mark a label may move
_FOLDS = (200, 130)  # px to which a label may be broken


def strip(
    rows: pd.DataFrame, time: Time, canvas: Canvas, title: str = "", axis: bool = False, **look: Any
) -> alt.LayerChart | alt.FacetChart:
    """Return marks on their days with their words beside them, in as few lines as they need.

    `rows` has `date`, `text` and `row`, and, where no day is known, `first` and `last`: a line
    behind the mark. `title` heads the strip. `axis`: whether that of time stands under it. `look`:
    `color` and `shape` of the marks, and whether they are `filled`.
    """
    placed = in_lines(rows.assign(name=rows["text"].str.replace("\n", ": ")), time, canvas)
    lines = int((placed["line"] + placed["text"].str.count("\n") + 1).max())
    scale = alt.Scale(domain=[lines - 0.4, -0.6], nice=False, zero=False)
    axes: dict[str, Any] = {"labels": axis, "ticks": axis, "domain": axis}
    x, y, base = time.x(**axes), alt.Y("line:Q", axis=None, scale=scale), alt.Chart(placed)
    filled = look.pop("filled", True)
    edge: dict[str, Any] = {} if filled else {"fill": light("paper"), "strokeDash": [2, 2]}
    marks = base.mark_point(filled=filled, size=100, strokeWidth=2, opacity=1, **edge)
    layers = [
        marks.encode(x, y, PROOF, NAME, **look),
        words(placed[["date", "line", "text", "name", "row", "align", "gap"]], x, y, canvas, dy=0),
    ]
    if "first" in placed and placed["first"].lt(placed["last"]).any():
        within = base.transform_filter("datum.first < datum.last")
        within = within.mark_rule(strokeWidth=2)
        since = time.x("first", **axes)
        layers.insert(0, within.encode(since, y, PROOF, NAME, color=look["color"], x2="last:T"))
    high = (lines + 0.2) * leading(canvas.small) * _LOOSE
    chart = alt.layer(*layers).properties(width=time.width, height=high)
    return chart.properties(title=heading(title, canvas)) if title else chart


def in_lines(rows: pd.DataFrame, time: Time, canvas: Canvas) -> pd.DataFrame:
    """Return the rows with `line`, the line of text on which each label begins, and no two meeting.

    `text` is broken to a part of the width; `align` says on which side of its day it stands, `gap`
    px from it; days become ISO text.
    """
    ends = [rows[name] if name in rows else rows["date"] for name in ("first", "last")]
    texts, aligns, spans = [], [], []
    most = time.width * (0.75 if canvas.phone else 0.62)
    for label, first, last in zip(rows["text"], *ends, strict=True):
        left, right = max(time.px(first), 0), min(time.px(last), time.width)
        rooms = {"left": time.width - right - 14, "right": left - 14}
        needed = measure(fold(label, most, canvas.small), canvas.small)
        widest = max(rooms, key=rooms.__getitem__)
        side = next((side for side, room in rooms.items() if needed <= room), widest)
        texts.append(fold(label, min(rooms[side], most), canvas.small))
        aligns.append(side)
        wide = measure(texts[-1], canvas.small) + 14
        spans.append((left - 6, right + wide) if side == "left" else (left - wide, right + 6))
    high = [text.count("\n") + 1 for text in texts]
    line = lanes([s for s, _ in spans], [e for _, e in spans], gap=3, high=high)
    frame = rows.assign(text=pd.Series(texts, rows.index, dtype=str), align=aligns, line=line)
    far = [f if align == "right" else e for f, e, align in zip(*ends, aligns, strict=True)]
    apart = [abs(time.px(b) - time.px(a)) for a, b in zip(rows["date"], far, strict=True)]
    days = {name: iso(rows[name]) for name in ("date", "first", "last") if name in rows}
    return frame.assign(gap=[_GAP + px for px in apart], **days)


def levels(
    rows: pd.DataFrame,
    time: Time,
    heights: Heights,
    canvas: Canvas,
    barred: Iterable[Box],
    key: pd.DataFrame,
) -> list[alt.Chart]:
    """Return numbers at (`date`, `value`), each as its `mark` looks, with their words, and a line
    from `first` to `last` where it has a `span`. `key` has all rows that the chart's key explains.

    `text` stands beside the mark as `beside` places it, `name` is read out.
    """
    x, y, barred = time.x(), heights.y(), [*barred]
    for row in rows.itertuples():
        at, high = time.px(row.date), heights.px(row.value)
        if row.span:
            barred.append((time.px(row.first), high - 2, time.px(row.last), high + 2))
        if row.mark in STEMMED:
            barred.append((at - 3, high - 16, at + 3, high))
    proofs = rows["proofs"] if "proofs" in rows else rows["row"]  # a label can lead to more
    labels = beside(rows.assign(row=proofs), time, heights, canvas, barred)
    rows = rows.drop(columns=["text", "proofs", "reach"], errors="ignore")
    rows = rows.assign(**{day: iso(rows[day]) for day in ("date", "first", "last")})
    own = "datum.tier == 'article'"
    within = alt.Chart(rows[rows["span"].ne("")]).mark_rule()
    within = within.encode(time.x("first"), y, PROOF, NAME, spans(key["span"], canvas), x2="last:T")
    within = within.encode(
        strokeWidth=alt.condition(own, alt.value(3), alt.value(1.5)),
        color=alt.condition(own, INK, alt.value(light("soft"))),
    )
    marks = alt.Chart(rows).mark_point(filled=False, size=DOT, strokeWidth=2)
    marks = marks.encode(x, y, PROOF, NAME, *looks(key["mark"], canvas))
    return [*[within] * bool(rows["span"].any()), *labels, marks]


def beside(
    rows: pd.DataFrame, time: Time, heights: Heights, canvas: Canvas, barred: list[Box]
) -> list[alt.Chart]:
    """Return the words of marks at (`date`, `value`), and a thin line to those that had to move.

    Marks on each other share a label. What finds no place free of marks, of `barred` and of other
    words is left to the table.
    """
    rows = _joined(rows.assign(x=rows["date"].map(time.px), y=rows["value"].map(heights.px)))
    room = (-4.0, -20.0, time.width + 12, float(heights.tall))
    reach = rows.get("reach", _REACH)
    rows = rows.assign(reach=reach, bold=rows.get("bold", False), barred=[barred] * len(rows))
    # what is bold chooses first, then the longest
    order = -rows["text"].astype(str).str.len() - 99 * rows["bold"]
    at = around(rows.loc[order.sort_values(kind="stable").index], room, canvas)
    placed = rows[[*rows.columns.intersection(["date", "value", "name", "row", "bold"])]].join(at)
    half = at["text"].map(lambda text: tall(text, canvas.small) / 2)
    placed = placed.assign(
        date=iso(rows["date"]),
        at=rows["value"] - at["dy"] * heights.top / heights.tall,
        gap=at["dx"].where(at["align"].eq("left"), -at["dx"]),
        far=at["dy"].abs() - half > leading(canvas.small),
    )
    placed = placed[placed["text"].ne("")].drop(columns=["dx", "dy"])
    far = placed[placed["far"]]
    labels = [words(placed, time.x(), heights.y("at"), canvas)]
    if far.empty:
        return labels
    half = half[far.index] * heights.top / heights.tall
    near = far["at"] + (far["value"] - far["at"]).clip(-1, 1) * half
    line = alt.Chart(far.assign(near=near)).mark_rule(color=light("soft"), strokeWidth=1)
    return [line.encode(time.x(), heights.y(), PROOF, NAME, y2="near:Q"), *labels]


def _joined(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the words of marks that lie on each other at the first of these."""
    heads, at = list[Any](), rows[["x", "y"]]
    for i in rows.index[rows["text"].ne("")]:
        on = [head for head in heads if (at.loc[head] - at.loc[i]).abs().le([6, 2]).all()]
        for head in on:
            both = ["\n" + rows.at[i, "text"], "; " + rows.at[i, "name"], " " + rows.at[i, "row"]]
            rows.loc[head, ["text", "name", "row"]] += both
            rows.loc[i, "text"] = ""
        heads += [i] * (not on)
    return rows


def around(rows: pd.DataFrame, room: Box, canvas: Canvas, far: int = _FAR) -> pd.DataFrame:
    """Return `text`, broken where it has to be, and its `align`, `dx` and `dy` (px) around its
    mark at (`x`, `y`), which reaches `reach` px.

    The nearest place is taken that is inside `room`, free of marks, of the boxes in `barred` and
    of labels before it, as is the way to it, which is `far` lines at most; of one line it crosses
    nothing barred. A label that finds none chooses first; without any it has no text.
    """
    index = rows.index
    for n in range(max(1, len(index))):  # without a row, too, it says of what columns
        at = _around(rows, room, canvas, far)
        lost = at["text"].eq("") & rows["text"].ne("")
        if not lost.any():
            break
        first = rows["bold"] + lost * (1 + n)
        rows = rows.loc[first.sort_values(ascending=False, kind="stable").index]
    return at.reindex(index)


def _around(rows: pd.DataFrame, room: Box, canvas: Canvas, far: int) -> pd.DataFrame:
    marks = [
        (r.x - r.reach, r.y - r.reach, r.x + r.reach, r.y + r.reach) for r in rows.itertuples()
    ]
    taken, places = list(marks), []
    for row, own in zip(rows.itertuples(), marks, strict=True):
        free = (
            (text, align, dx, dy, [(box[0] - 6, box[1] - 1, box[2] + 6, box[3] + 1), way])
            for text, align, dx, dy in _tries(row, canvas, far)
            for box in [_box(row.x + dx, row.y + dy, text, canvas.small, align, row.bold)]
            for way in [(row.x - 1, min(row.y, row.y + dy), row.x + 1, max(row.y, row.y + dy))]
            if room[0] <= box[0] <= box[2] <= room[2]
            and room[1] <= box[1] <= box[3] <= room[3]
            and not any(meet(box, other) for other in [*taken, *row.barred])
            and not any(
                meet(way, other)
                for other in [*taken, *row.barred * (far == 1)]
                if not meet(other, own)
            )
        )
        *place, boxes = next(free if row.text else iter(()), ("", "left", 0.0, 0.0, []))
        taken += boxes
        places.append(place)
    return pd.DataFrame(places, rows.index, ["text", "align", "dx", "dy"])


def _tries(row: Any, canvas: Canvas, far: int) -> Iterator[tuple[str, str, float, float]]:
    """Yield what to write around a mark, and where, the nearest first: right of it, left, above,
    below. Beside it a text is broken between its parts only.
    """
    lead, small, gap = leading(canvas.small), canvas.small, row.reach + 3
    parts = list(dict.fromkeys([row.text, row.text.replace(" · ", "\n")]))
    texts = list(dict.fromkeys([*parts, *(fold(row.text, width, small) for width in _FOLDS)]))
    for align, dx in (("left", gap), ("right", -gap)):
        for line in (0, 0.5, -0.5):  # its middle at the mark, its first line, its last
            for text in parts:
                yield text, align, dx, line * text.count("\n") * lead
    for line in range(far):
        for way in (-1, 1):
            for align, dx in (("left", -4.0), ("right", 4.0), ("center", 0.0), ("right", -8.0)):
                for text in texts[::-1] if canvas.phone else texts:
                    dy = tall(text, small) / 2 + row.reach + line * lead + 0.01
                    yield text, align, dx, way * dy


def _box(x: float, y: float, text: str, size: float, align: str, bold: bool) -> Box:
    wide, high = measure(text, size) * (BOLD if bold else 1) + 2, tall(text, size)
    left = x - {"left": 0, "center": wide / 2, "right": wide}[align]
    return left, y - high / 2, left + wide, y + high / 2


def meet(a: Box, b: Box) -> bool:
    """Return whether two boxes share more than an edge."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def lanes(
    starts: Iterable[float], ends: Iterable[float], gap: float = 0, high: Iterable[int] = repeat(1)
) -> list[int]:
    """Return a lane for each interval from `starts` to `ends` (px), in the order given: the lowest
    where it is `gap` px from any other. `high` is how many lanes, one under the other, each takes.
    """
    taken: list[Box] = []
    for start, end, lines in zip(starts, ends, high, strict=False):
        boxes = ((start - gap, lane, end + gap, lane + lines) for lane in count())
        _, lane, _, below = next(box for box in boxes if not any(meet(box, one) for one in taken))
        taken.append((start, lane, end, below))
    return [int(lane) for _, lane, _, _ in taken]
