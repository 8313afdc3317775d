"""Time running down a page: facts in the lane of their country, cut by deadlines and by the end of what is known; on a phone one lane."""

import pandas as pd

from explainer.charts._after import CLAIM, DUE, END, LANES, PLAN, SAID
from explainer.charts._board import Board, circles, lines
from explainer.theme import Canvas

_MONTH = 8  # px of room for a month between two items
_GAP, _BESIDE = (
    9,
    16,
)  # px between two items of a lane, and at least from one to a later one of the other lane
_YEARS, _BETWEEN = 42, 20  # px at the left of a wide page, and between its lanes
_FIRST = 0.55  # of the width for the lane of Iraq, where most of the facts are
_WORDS = 15  # from a mark to its words
_DIAMOND = "M0,-7L7,0L0,7L-7,0Z"
_PATHS = {
    SAID: circles(1, 1, 1, 5),
    PLAN: _DIAMOND,
    DUE: _DIAMOND,
    CLAIM: "M0,-6.5L6.5,5L-6.5,5Z",
    END: "M-7,-2h14v4h-14Z",
}
_DOTTED = {"strokeDash": [1, 4], "strokeCap": "round", "strokeWidth": 2}
_KEY = (
    "Filled: a date ahead as the articles report it. Hollow: context, on the word of whoever is named. Diamond: a plan or a date ahead. "
    "Triangle: a claim. Dotted: not known here. More room: more time, but not to scale"
)


def draw(items: pd.DataFrame, canvas: Canvas, finding: str):
    """Return one composition of `items`: `lane`, `first`, `last`, `text`, `note`, `sort`, `colour`, `row`, `href`, `label`."""
    board, lanes = Board(canvas), _lanes(canvas)
    y = _heads(board, lanes)
    lows, year, before = dict.fromkeys(lanes, y), 0, None
    for row in items.sort_values(["last", "first"], kind="stable").itertuples():
        lane = row.lane if row.lane in lanes else next(iter(lanes))
        months = (row.last - before).days / 30.4 if before is not None else 0
        y = max(lows[lane], y + _BESIDE * (before is not None)) + _MONTH * months
        if row.sort in (DUE, END):  # it holds for both lanes: nothing later stands above it
            y = max(y, *lows.values()) + 6
            _rule(board, row.sort, y - 8)
        if row.last.year != year:
            year, y = row.last.year, _year(board, row.last.year, y)
        before, lows[lane] = row.last, _item(board, row, *lanes[lane], y) + _GAP
    return board.chart(max(lows.values()), finding, _KEY)


def _lanes(canvas: Canvas) -> dict[str, tuple[float, float]]:
    """Return {lane: (x of its marks, width)}: one on a phone."""
    width = Board(canvas).width
    if canvas.phone:
        return {next(iter(LANES)): (8, width - 8)}
    most = round((width - _YEARS - _BETWEEN) * _FIRST)
    wide = (most, width - _YEARS - _BETWEEN - most)
    return {lane: (_YEARS + 8 + i * (most + _BETWEEN), wide[i] - 8) for i, lane in enumerate(LANES)}


def _heads(board: Board, lanes: dict) -> float:
    """Head the lanes, where there are several; return the y below."""
    if board.canvas.phone:
        return 0.0
    for lane, (x, width) in lanes.items():
        low = board.text(x - 8, 0, LANES[lane], width, bold=True)
    return low + 8


def _rule(board: Board, sort: str, y: float) -> None:
    board.layers += lines(
        pd.DataFrame({"x": [2], "x2": [board.width - 2], "y": [y], "y2": [y]}),
        "soft",
        **(_DOTTED if sort == END else {}),
    )


def _year(board: Board, year: int, y: float) -> float:
    """Write a year: at the left on a wide page, over its items on a phone; return the y of what comes next."""
    low = board.text(0, y, str(year), _YEARS, "soft", bold=True)
    return low + 4 if board.canvas.phone else y


def _item(board: Board, row, x: float, width: float, y: float) -> float:
    """Write one item: its mark, its words, and quietly whose they are; return the y below."""
    board.mark(
        x, y + 6, _PATHS[row.sort], row.colour, row.sort in (DUE, END), row.href, row.label, row.row
    )
    room, note = (
        width - _WORDS,
        f"{LANES[row.lane]}, {row.note}"
        if board.canvas.phone and row.sort not in (DUE, END)
        else row.note,
    )
    low = board.text(
        x + _WORDS,
        y,
        row.text,
        room,
        "soft" if row.sort == END else "ink",
        bold=row.sort in (DUE, END),
        row=row.row,
    )
    return board.text(x + _WORDS, low, note, room, "soft", row=row.row)
