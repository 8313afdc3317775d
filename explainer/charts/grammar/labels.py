"""Where words beside marks may stand, so that none covers another or a mark."""

from collections.abc import Iterable, Iterator
from itertools import count, repeat
from typing import Any

import altair as alt
import pandas as pd

from explainer.charts.grammar.axes import Heights, Time, iso
from explainer.charts.grammar.marks import INK, NAME, PROOF, Layers, words
from explainer.charts.grammar.text import fold, heading, leading, measure, tall
from explainer.theme import Canvas, light

Box = tuple[float, float, float, float]  # left, top, right, bottom in px
_GAP = 10  # px from a mark to its words
_LOOSE = 1.12  # room between the lines of a strip
_LINES = 6  # how many lines up or down from its mark a label may move
_FOLDS = (200, 130)  # px to which a label may be broken


def strip(
    rows: pd.DataFrame,
    time: Time,
    canvas: Canvas,
    *,
    color: Any,
    shape: Any,
    filled: bool = True,
    title: str = "",
    axis: bool = False,
) -> Layers:
    """Return marks on their days with their words beside them, in as few lines as they need.

    `rows` has `date`, `text` and `row`, and, where no day is known, `first` and `last`: a line
    behind the mark. `title` heads the strip. `axis`: whether that of time stands under it.
    """
    placed = in_lines(rows.assign(name=rows["text"].str.replace("\n", ": ")), time, canvas)
    lines = int((placed["line"] + placed["text"].str.count("\n") + 1).max())
    scale = alt.Scale(domain=[lines - 0.4, -0.6], nice=False, zero=False)
    axes: dict[str, Any] = {"labels": axis, "ticks": axis, "domain": axis}
    x, y, base = time.x(**axes), alt.Y("line:Q", axis=None, scale=scale), alt.Chart(placed)
    look: dict[str, Any] = {} if filled else {"fill": light("paper"), "strokeDash": [2, 2]}
    marks = base.mark_point(filled=filled, size=100, strokeWidth=2, opacity=1, **look)
    layers = [
        marks.encode(x, y, PROOF, NAME, color=color, shape=shape),
        words(placed[["date", "line", "text", "name", "row", "align", "gap"]], x, y, canvas, dy=0),
    ]
    if "first" in placed and placed["first"].lt(placed["last"]).any():
        within = base.transform_filter("datum.first < datum.last")
        within = within.mark_rule(strokeWidth=2)
        since = time.x("first", **axes)
        layers.insert(0, within.encode(since, y, PROOF, NAME, color=color, x2="last:T"))
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
    frame = rows.assign(text=texts, align=aligns, line=line)
    far = [f if align == "right" else e for f, e, align in zip(*ends, aligns, strict=True)]
    apart = [abs(time.px(b) - time.px(a)) for a, b in zip(rows["date"], far, strict=True)]
    days = {name: iso(rows[name]) for name in ("date", "first", "last") if name in rows}
    return frame.assign(gap=[_GAP + px for px in apart], **days)


def levels(
    rows: pd.DataFrame,
    time: Time,
    heights: Heights,
    canvas: Canvas,
    barred: Iterable[Box] = (),
    color: Any = INK,
) -> list[alt.Chart]:
    """Return numbers at (`date`, `value`) with their words: a disc for each of an article, a ring
    for each of context, over the time from `first` to `last`, dashed unless `exact`.

    `text` stands beside the mark as `beside` places it, `name` is read out.
    """
    x, y = time.x(), heights.y()
    long = rows[rows["first"].lt(rows["last"])]
    ends = zip(long["first"].map(time.px), long["last"].map(time.px), long["value"], strict=True)
    lines = [(a, heights.px(value) - 2, b, heights.px(value) + 2) for a, b, value in ends]
    proofs = rows["proofs"] if "proofs" in rows else rows["row"]  # a label can lead to more
    labels = beside(rows.assign(row=proofs), time, heights, canvas, [*barred, *lines])
    days = {name: iso(rows[name]) for name in ("date", "first", "last")}
    rows = rows.drop(columns=["text", "proofs"], errors="ignore").assign(**days)
    within = alt.Chart(rows.loc[long.index]).mark_rule(color=light("soft"), strokeWidth=2)
    dash = alt.condition("datum.exact", alt.value([1, 0]), alt.value([6, 2]))
    within = within.encode(time.x("first"), y, PROOF, NAME, x2="last:T", strokeDash=dash)
    dot: dict[str, Any] = {"size": 50 if canvas.phone else 80, "opacity": 1}
    ring: dict[str, Any] = {"filled": False, "fill": light("paper"), "strokeWidth": 2, **dot}
    own = rows["tier"].eq("article")
    marks = [alt.Chart(rows[~own]).mark_point(**ring), alt.Chart(rows[own]).mark_circle(**dot)]
    return [
        *[within] * bool(len(long)),
        *labels,
        *(mark.encode(x, y, PROOF, NAME, color=color) for mark in marks),
    ]


def beside(
    rows: pd.DataFrame, time: Time, heights: Heights, canvas: Canvas, barred: list[Box]
) -> list[alt.Chart]:
    """Return the words of marks at (`date`, `value`), and a thin line to those that had to move.

    Marks on each other share a label. What finds no place free of marks, of `barred` and of other
    words is left to the table.
    """
    rows = _joined(rows.assign(x=rows["date"].map(time.px), y=rows["value"].map(heights.px)))
    room = (-4.0, -20.0, time.width + 12, float(heights.tall))
    lines = rows["text"].astype(str).str.count("\n")
    order = lines.sort_values(ascending=False, kind="stable").index  # the tallest first
    at = _around(rows.loc[order], room, canvas, barred)
    lost = rows.index[at["text"].reindex(rows.index).eq("") & rows["text"].ne("")]
    if len(lost):  # they choose first
        at = _around(rows.loc[[*lost, *order.drop(lost)]], room, canvas, barred)
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


def _around(rows: pd.DataFrame, room: Box, canvas: Canvas, barred: list[Box]) -> pd.DataFrame:
    """Return `text`, broken where it has to be, and its `align`, `dx` and `dy` (px) around its
    mark at (`x`, `y`).

    The nearest place is taken that is inside `room`, not `barred`, and free of marks and of labels
    before it, as is the way to it. A label without one has no text.
    """
    marks = [(x - 7, y - 7, x + 7, y + 7) for x, y in zip(rows["x"], rows["y"], strict=True)]
    taken, places = list(marks), []
    for label, x, y, own in zip(rows["text"], rows["x"], rows["y"], marks, strict=True):
        texts = list(dict.fromkeys([label, *(fold(label, w, canvas.small) for w in _FOLDS)]))
        narrow = texts[::-1] if canvas.phone and "\n" not in label else texts
        free = (
            (text, align, dx, dy, [box, way])
            for align, dx, dy in _offsets(canvas)
            for text in (texts if dy == 0 else narrow)
            for box in [_box(x + dx, y + dy, text, canvas, align)]
            for way in [(x - 1, min(y, y + dy), x + 1, max(y, y + dy))]
            if room[0] <= box[0] <= box[2] <= room[2]
            and room[1] <= box[1] <= box[3] <= room[3]
            and not any(meet(box, other) for other in [*taken, *barred])
            and not any(meet(way, other) for other in taken if not meet(other, own))
        )
        *place, boxes = next(free if label else iter(()), ("", "left", 0.0, 0.0, []))
        taken += boxes
        places.append(place)
    return pd.DataFrame(places, rows.index, ["text", "align", "dx", "dy"])


def _offsets(canvas: Canvas) -> Iterator[tuple[str, float, float]]:
    """Yield places around a mark, the nearest first: beside it, then above and below."""
    yield from (("left", _GAP, 0.0), ("right", -_GAP, 0.0))
    for line in range(1, _LINES + 1):
        for dy in (-line * leading(canvas.small), line * leading(canvas.small)):
            yield from (("left", -4.0, dy), ("right", 4.0, dy), ("center", 0.0, dy))
            yield ("right", -8.0, dy)


def _box(x: float, y: float, text: str, canvas: Canvas, align: str) -> Box:
    wide, high = measure(text, canvas.small) + 2, tall(text, canvas.small)
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
