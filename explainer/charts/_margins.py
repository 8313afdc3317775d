"""What stands around the lanes of the year on a wide page: the months above, the years before at the left."""

import altair as alt
import pandas as pd

from explainer.charts._board import lines, marks, words
from explainer.charts._months import Piece, place
from explainer.charts.grammar.text import fold, leading, measure, tall
from explainer.theme import WIDE

SIZE = WIDE.small
STRIP = 120  # px: how wide history is
PAST = 10  # events in it
AXIS = 30  # px: how high the axis is


def axis(scale: list[Piece]) -> list[alt.Chart]:
    """Return month names over a line that is cut where months are left out."""
    ticks = pd.DataFrame(_ticks(scale), columns=["x", "text"])
    cuts = [
        {"x": (a.right + b.left) / 2, "y": AXIS - 15, "text": "//"}
        for a, b in zip(scale, scale[1:], strict=False)
    ]
    base = pd.DataFrame({"x": [p.left for p in scale], "x2": [p.right for p in scale]}).assign(
        y=AXIS - 6, y2=AXIS - 6
    )
    small = ticks.assign(x2=ticks["x"], y=AXIS - 10, y2=AXIS - 2)
    return [
        *lines(base, "soft"),
        *lines(small, "soft"),
        *words(ticks.assign(y=4), SIZE, "soft"),
        *words(pd.DataFrame(cuts), SIZE, "soft", align="center"),
    ]


def _ticks(scale: list[Piece]) -> list[dict]:
    """Return the first of each month: x, and its name unless it would touch the one before."""
    ticks, clear = [], -1.0
    for piece in scale:
        for month in pd.period_range(piece.first, piece.end - pd.Timedelta(days=1), freq="M"):
            x = place(scale, month.start_time)
            name = month.strftime("%b %Y" if x == piece.left or month.month == 1 else "%b")
            ticks.append({"x": x, "text": name if x >= clear else ""})
            clear = x + measure(name, SIZE) + 6 if x >= clear else clear
    return ticks


def strip(past: pd.DataFrame) -> tuple[list[alt.Chart], float]:
    """Return history as a list beside the lanes, not to scale, and the y below it."""
    rows = past.reset_index(drop=True).assign(
        body=[fold(t, STRIP - 24, SIZE) for t in past["text"]]
    )
    high = pd.Series([leading(SIZE) + tall(t, SIZE) + 9 for t in rows["body"]], dtype=float)
    rows["y"] = AXIS + 10 + high.cumsum() - high
    low = AXIS + 10 + high.sum()
    head = pd.DataFrame({"x": [0], "y": [4], "text": ["Before, not to scale"]})
    stem = pd.DataFrame({"x": [16], "x2": [16], "y": [AXIS + 16], "y2": [low - 16]})
    return [
        *words(head, SIZE, "soft"),
        *lines(stem),
        *marks(rows.assign(x=16, y=rows["y"] + SIZE / 2 - 1, area=40)),
        *words(rows.assign(x=25, text=rows["when"]), SIZE, "soft", fontWeight="bold"),
        *words(rows.assign(x=25, y=rows["y"] + leading(SIZE), text=rows["body"]), SIZE, "soft"),
    ], low
