"""Labels hung from marks, so that no stem crosses a label and nothing touches: each as near to its mark as there is room."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from explainer.charts.grammar.text import fold, leading, measure, tall

MARK = 7  # px: half of the room of a mark
_AIR, _STEP = (
    8,
    3,
)  # px: from a stem to its label; how far a label is moved on where there is no room
_LEAST = 90  # px that a folded label may be narrow


class Box(NamedTuple):
    """A rectangle that is taken, in px."""

    left: float
    top: float
    right: float
    low: float

    def meets(self, other: "Box") -> bool:
        """Whether two rectangles have room in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.low
            and other.top < self.low
        )


def apart(x: Iterable[float], pitch: float, most: float) -> list[float]:
    """Return the places `x`, which ascend, moved as little as needed to lie `pitch` px apart, none beyond `most`."""
    placed = []
    for at in x:
        placed.append(max(at, placed[-1] + pitch) if placed else at)
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], most if i == len(placed) - 1 else placed[i + 1] - pitch)
    return placed


def along(joined: pd.DataFrame) -> list[Box]:
    """Return boxes along lines from (x, y) to (x2, y2), which no label may take."""
    steps = [i / 40 for i in range(41)]
    spots = [
        (line.x + (line.x2 - line.x) * i, line.y + (line.y2 - line.y) * i)
        for line in joined.itertuples()
        for i in steps
    ]
    return [Box(x - 4, y - 4, x + 4, y + 4) for x, y in spots]


def hung(
    items: pd.DataFrame, width: float, size: float, taken: Iterable[Box] = (), way: int = -1
) -> pd.DataFrame:
    """Place the labels of marks at `x`, `y` with `text`: `align`, `folded`, `top`; and `hook`, the y at which the stem ends.

    The marks fall in two halves at the widest gap. Labels of the left half reach to the right, as far as that gap goes;
    those of the right half reach to the left. So a stem meets a label only where the label can hang farther out: up
    (`way` -1) or down (1).
    """
    items = items.sort_values("x", kind="stable").reset_index(drop=True)
    cut = _halves(items["x"], width)
    edge = items["x"][cut] - _AIR if cut < len(items) else width  # of the left half's labels
    room = [edge - x - _AIR if i < cut else x - _AIR for i, x in enumerate(items["x"])]
    folded = [
        "\n".join(fold(line, max(_LEAST, room), size) for line in text.split("\n"))
        for text, room in zip(items["text"], room, strict=True)
    ]
    items = items.assign(
        folded=folded,
        align=["left" if i < cut else "right" for i in range(len(items))],
        top=0.0,
        hook=0.0,
    )
    used = (
        [
            *taken,
            *(
                Box(x - MARK, y - MARK, x + MARK, y + MARK)
                for x, y in zip(items["x"], items["y"], strict=True)
            ),
        ]
        if way < 0
        else [*taken]
    )
    for i in [
        *range(cut - 1, -1, -1),
        *range(cut, len(items)),
    ]:  # the nearest to the gap finds its place first
        label = _free(items.loc[i], size, used, way)
        hook = label.low - leading(size) / 2 if way < 0 else label.top + leading(size) / 2
        items.loc[i, ["top", "hook"]] = label.top, hook
        x, y = items.loc[i, ["x", "y"]]
        used += [label, Box(x - 1, min(y, hook), x + 1, max(y, hook))]
    return items


def _free(item: pd.Series, size: float, used: list[Box], way: int) -> Box:
    """Return the nearest place for a label that nothing has taken, and that its stem reaches without crossing one."""
    wide, high = measure(item["folded"], size), tall(item["folded"], size)
    left = item["x"] + _AIR / 2 if item["align"] == "left" else item["x"] - _AIR / 2 - wide
    top = item["y"] - MARK - high + leading(size) / 2 if way < 0 else item["y"]
    while any(Box(left - 3, top, left + wide + 3, top + high).meets(box) for box in used):
        top += way * _STEP
    return Box(left, top, left + wide, top + high)


def _halves(x: pd.Series, width: float) -> int:
    """Return how many points are in the left half: those before the widest gap of those that leave each label its least room."""
    gaps = [
        i
        for i in range(1, len(x))
        if x[i - 1] <= width - _LEAST - _AIR and x[i] >= _LEAST + 2 * _AIR
    ]
    if not gaps or x.iloc[-1] < width * 0.4:
        return len(x) if len(x) and width - x.iloc[-1] > x.iloc[0] else 0
    return max(gaps, key=lambda i: x[i] - x[i - 1])
