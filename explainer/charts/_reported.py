"""The troop numbers on a wide page: a panel a place on one time axis, with the announcements between them."""

import numpy as np
import pandas as pd

from explainer.charts._board import Board, circles
from explainer.charts.grammar.text import measure
from explainer.theme import WIDE, Canvas
from explainer.words.formats import number

CROSS = "M-4,-4L4,4M4,-4L-4,4"
RADIUS = 5
_LEFT, _RIGHT, _TALL = (
    46,
    26,
    205,
)  # px: the axis's numbers, the margin, the height of the largest number
_LANE = 17  # px between labels that hang from the same line
_NAMED = 6  # labels in either half of a line


def wide(rows: pd.DataFrame, notices: pd.DataFrame, canvas: Canvas, finding: str):
    """Return the chart: numbers up from zero, time to the right, announcements hung above the first panel."""
    board, scale = Board(canvas), _TALL / max(1, rows["count"].max())
    dates = pd.concat([rows["published"], notices["date"]])
    first, days = dates.min(), max(1, (dates.max() - dates.min()).days)
    notices, rows = (
        f.assign(x=_LEFT + 14 + (f[c] - first).dt.days / days * (board.width - _LEFT - _RIGHT - 14))
        for f, c in ((notices, "date"), (rows, "published"))
    )
    named = fan(notices[notices["named"]], board.width / 2)
    top = key(board, board.width) + 8 + (named["lane"].max() + 1 if len(named) else 0) * _LANE
    _announce(board, named, top)
    y = top
    for _, part in rows.groupby("series", sort=False):
        y = _panel(board, part, notices, named if y == top else named.iloc[:0], y, scale) + 20
    _months(board, rows, notices, y - 12)
    return board.chart(y + 8, finding)


def key(board: Board, width: float) -> float:
    """Explain the marks in lines no wider than `width`; return the y below."""
    dot, tick = circles(1, 1, 1, RADIUS - 0.5), "M-5,0h10" if board.canvas.phone else "M0,-6v12"
    x, y = 0, 0
    for path, filled, text in (
        (dot, True, "printed with a hedge"),
        (dot, False, "without a hedge"),
        (CROSS, False, "no figure"),
        (tick, False, "announcement"),
    ):
        needed = 18 + measure(text, board.canvas.small)
        x, y = (x, y) if x + needed <= width else (0, y + _LANE)
        board.mark(x + 6, y + 6, path, "ink", filled)
        board.text(x + 16, y, text, needed, "soft")
        x += needed + 14
    return y + _LANE


def fan(items: pd.DataFrame, middle: float) -> pd.DataFrame:
    """Give the labels of one line lanes, 0 nearest it, so that no stem crosses a label: columns `lane`, `align`.

    In the left half a label reaches to the right of its stem, so the rightmost hangs nearest; in the right
    half it is the other way round. Halves share lanes unless a label of one reaches one of the other.
    """
    right = items["x"] > middle
    left, right = (
        items[~right].sort_values("x", kind="stable").iloc[::-1],
        items[right].sort_values("x", kind="stable"),
    )
    ends, starts = left["x"] + left["text"].map(_wide), right["x"] - right["text"].map(_wide)
    meet = len(left) and len(right) and ends.max() + 20 > starts.min()
    return pd.concat(
        [
            left.assign(lane=range(len(left)), align="left"),
            right.assign(
                lane=range(len(left) * bool(meet), len(right) + len(left) * bool(meet)),
                align="right",
            ),
        ]
    )


def _wide(text: str) -> float:
    return measure(text, WIDE.small)


def _announce(board: Board, named: pd.DataFrame, top: float) -> None:
    for row in named.itertuples():
        y = top - (row.lane + 1) * _LANE
        board.mark(row.x, y + 6, circles(1, 1, 1, 4), f"side-{row.side}", True, row.href, row.text)
        board.text(
            row.x + (9 if row.align == "left" else -9),
            y,
            row.text,
            board.width,
            "soft",
            align=row.align,
            row=row.row,
        )


def _panel(
    board: Board,
    part: pd.DataFrame,
    notices: pd.DataFrame,
    named: pd.DataFrame,
    y: float,
    scale: float,
) -> float:
    """Draw one place: grid from zero, line, dots, their words hung below; return the y below."""
    given, most = part.dropna(subset="count"), part["count"].max()
    roof = y + 34
    base = roof + most * scale
    _grid(board, most, base, scale)
    given = given.assign(x=_dodge(given), y=base - given["count"].astype(float) * scale)
    board.text(
        _LEFT + (board.width - _LEFT) / 2 - 40,
        roof - 18,
        part["series"].iloc[0],
        board.width,
        bold=True,
    )
    for row in named.itertuples():
        board.line(row.x, y - (row.lane + 1) * _LANE + 12, row.x, roof + 10, "rule")
    inside = notices.loc[notices["x"].between(given["x"].min(), given["x"].max()), "x"]
    for x, height in zip(inside, np.interp(inside, given["x"], given["y"]), strict=True):
        board.line(x, height - 10, x, height + 10, "soft")
    for a, b in zip(given.iloc[:-1].itertuples(), given.iloc[1:].itertuples(), strict=True):
        board.line(a.x, a.y, b.x, b.y, "ink")
    low = _label(board, given, base)
    return _silent(board, part[part["count"].isna()], max(low, base))


def _grid(board: Board, most: float, base: float, scale: float) -> None:
    for value in ticks(most):
        board.line(
            _LEFT,
            base - value * scale,
            _LEFT + 6 if value else board.width,
            base - value * scale,
            "soft",
        )
        board.text(_LEFT - 6, base - value * scale - 6, number(value), _LEFT, "soft", align="right")


def ticks(most: float, few: int = 3) -> range:
    """Return zero and at most `few` round numbers up to `most`."""
    step = next(s * 10**k for k in range(9) for s in (1, 2, 5) if s * 10**k * (few + 0.99) >= most)
    return range(0, int(most) + 1, step)


def _dodge(given: pd.DataFrame) -> pd.Series:
    """Return x with dots of one day moved apart, so that each can be seen and reached."""
    same = given.groupby("published")["x"]
    return given["x"] + (same.cumcount() - (same.transform("size") - 1) / 2) * (2 * RADIUS + 2)


def _label(board: Board, given: pd.DataFrame, base: float) -> float:
    """Draw the dots and hang their words below the line, or below zero where there is no room; return the y below."""
    named = fan(given[telling(given)], board.width / 2)
    lowest, lanes = given["y"].max(), named["lane"].max() + 1
    start = lowest + 12 if lowest + 12 + lanes * _LANE < base else base + 8
    for row in named.itertuples():
        y = start + row.lane * _LANE
        board.line(row.x, row.y, row.x, y + 8, "soft")
        board.text(
            row.x + (5 if row.align == "left" else -5),
            y,
            row.text,
            board.width,
            align=row.align,
            row=row.row,
        )
    for row in given.itertuples():
        board.mark(
            row.x,
            row.y,
            circles(1, 1, 1, RADIUS),
            "paper" if not row.hedged else "ink",
            True,
            row=row.row,
        )
        board.mark(row.x, row.y, circles(1, 1, 1, RADIUS), "ink", row.hedged, row.href, row.label)
    return start + lanes * _LANE


def telling(given: pd.DataFrame) -> pd.Series:
    """Tell which dots are labelled: all of a few; of many, the first, the last, and what differs from the one before."""
    if len(given) <= 2 * _NAMED:
        return pd.Series(True, index=given.index)
    order = given["printed"].ne(given["printed"].shift()).astype(int)
    order.iloc[[0, -1]] = 2
    return given.index.isin(order.sort_values(ascending=False, kind="stable").index[:_NAMED])


def _silent(board: Board, rows: pd.DataFrame, y: float) -> float:
    """Mark the articles without a figure below the scale, where no height can be read into them."""
    for row in rows.itertuples():
        board.mark(row.x, y + 16, CROSS, "soft", False, row.href, row.label)
    if len(rows) > _NAMED:
        return board.text(_LEFT, y + 10, f"no figure in {len(rows)} articles:", board.width, "soft")
    named = fan(rows, board.width / 2)
    for row in named.itertuples():
        line = y + 10 + row.lane * _LANE
        board.text(
            row.x + (9 if row.align == "left" else -9),
            line,
            row.text,
            board.width,
            "soft",
            align=row.align,
            row=row.row,
        )
    return y + (10 + (named["lane"].max() + 1) * _LANE if len(named) else 0)


def _months(board: Board, rows: pd.DataFrame, notices: pd.DataFrame, y: float) -> None:
    """Write the months under the last panel, as many as have room."""
    points = pd.concat(
        [rows[["published", "x"]].set_axis(["date", "x"], axis=1), notices[["date", "x"]]]
    ).sort_values("date")
    begin, end = points.iloc[0], points.iloc[-1]
    pace = (end["x"] - begin["x"]) / max(1, (end["date"] - begin["date"]).days)
    months = pd.date_range(begin["date"].replace(day=1), end["date"], freq="MS")
    every = max(1, int(-(-72 // max(1, pace * 30))))
    for i, month in enumerate(months[::every]):
        x = begin["x"] + (month - begin["date"]).days * pace
        name = f"{month:%B %Y}" if i == 0 or month.month == 1 else f"{month:%B}"
        board.line(max(x, _LEFT), y, max(x, _LEFT), y + 5, "soft")
        board.text(max(x, _LEFT), y + 7, name, 90, "soft")
