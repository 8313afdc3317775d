"""Where words beside marks may stand, so that none covers another or a mark."""

from collections.abc import Iterable, Iterator

import pandas as pd

from explainer.charts.grammar.lanes import lanes
from explainer.charts.grammar.text import fold, leading, measure
from explainer.charts.grammar.time import Time, iso
from explainer.theme import Canvas

Box = tuple[float, float, float, float]  # left, top, right, bottom in px
_GAP = 10  # px from a mark to its words
_LINES = 6  # how many lines up or down from its mark a label may move


def in_lines(rows: pd.DataFrame, time: Time, canvas: Canvas, most: float) -> pd.DataFrame:
    """Return the rows with `line`, the line of text on which each label begins, and no two meeting.

    `text` is broken to `most` of the width; `align` says on which side of its day it stands; `date`
    becomes ISO text.
    """
    left = rows["date"].map(time.px)
    texts, aligns, starts, ends = [], [], [], []
    for label, x in zip(rows["text"], left, strict=True):
        text = _broken(label, time.width * most, canvas)
        rooms = {"left": time.width - x, "right": x}
        fits = [side for side, room in rooms.items() if measure(text, canvas.small) + 14 <= room]
        align = fits[0] if fits else max(rooms, key=lambda side: rooms[side])
        text = text if fits else _broken(label, rooms[align] - 14, canvas)
        wide = measure(text, canvas.small) + 14
        texts.append(text)
        aligns.append(align)
        starts.append(x if align == "left" else x - wide)
        ends.append(x + wide if align == "left" else x)
    lane = pd.Series(lanes(starts, ends, gap=8), rows.index, dtype=int)
    high = pd.Series([label.count("\n") + 1 for label in texts], rows.index, dtype=int)
    above = high.groupby(lane).max().cumsum().shift(fill_value=0)
    return rows.assign(text=texts, align=aligns, line=lane.map(above), date=iso(rows["date"]))


def _broken(label: str, width: float, canvas: Canvas) -> str:
    return "\n".join(fold(line, width, canvas.small) for line in label.split("\n"))


def around(
    texts: Iterable[str],
    xs: Iterable[float],
    ys: Iterable[float],
    room: Box,
    canvas: Canvas,
    barred: Iterable[Box] = (),
) -> pd.DataFrame:
    """Return `align`, `dx` and `dy` (px) of one-line labels around their marks at (x, y).

    The nearest place is taken that is inside `room`, not `barred`, and free of marks and of labels
    before it. A label without one gets `align` "none": it is not drawn, the table has it.
    """
    points = list(zip(xs, ys, strict=True))
    taken = [*barred, *((x - 7, y - 7, x + 7, y + 7) for x, y in points)]
    places = []
    for text, (x, y) in zip(texts, points, strict=True):
        wide, high = measure(text, canvas.small) + 2, canvas.small + 2
        free = (
            (align, dx, dy, box)
            for align, dx, dy in _offsets(canvas)
            for box in [_box(x + dx, y + dy, wide, high, align)]
            if _inside(box, room) and not any(_meet(box, other) for other in taken)
        )
        align, dx, dy, box = next(free, ("none", 0.0, 0.0, (0.0, 0.0, 0.0, 0.0)))
        if align != "none":
            taken.append(box)
        places.append((align, dx, dy))
    return pd.DataFrame(places, columns=["align", "dx", "dy"])


def _offsets(canvas: Canvas) -> Iterator[tuple[str, float, float]]:
    """Yield places around a mark, the nearest first: beside it, then above and below."""
    yield from (("left", _GAP, 0.0), ("right", -_GAP, 0.0))
    for line in range(1, _LINES + 1):
        for dy in (-line * leading(canvas.small), line * leading(canvas.small)):
            yield from (("left", -4.0, dy), ("right", 4.0, dy), ("center", 0.0, dy))


def _box(x: float, y: float, wide: float, high: float, align: str) -> Box:
    left = x - {"left": 0, "center": wide / 2, "right": wide}[align]
    return left, y - high / 2, left + wide, y + high / 2


def _inside(box: Box, room: Box) -> bool:
    return box[0] >= room[0] and box[1] >= room[1] and box[2] <= room[2] and box[3] <= room[3]


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
