"""The troop numbers on a phone: time runs down, an entry an article or an announcement, numbers to the right."""

import pandas as pd

from explainer.charts._board import Board, circles
from explainer.charts._reported import CROSS, RADIUS, key, ticks
from explainer.theme import Canvas
from explainer.words.formats import number

_WORDS = 0.5  # of the width; the rest is for the dots
_GAP = 9


def narrow(rows: pd.DataFrame, notices: pd.DataFrame, canvas: Canvas, finding: str):
    """Return the list: words at the left, dots on a scale from zero at the right, in order of time, evenly spaced."""
    board = Board(canvas)
    half = board.width * _WORDS
    pace = (board.width - half - RADIUS - 3) / max(1, rows["count"].max())
    start = y = _scale(board, rows, half, pace, key(board, board.width) + 6)
    dots = []
    for entry in entries(rows, notices[notices["named"]]):
        if isinstance(entry, pd.DataFrame):
            y = _article(board, entry, half, pace, y, dots) + _GAP
        else:
            board.line(half - 8, y + 6, board.width, y + 6)
            board.mark(
                5, y + 6, circles(1, 1, 1, 4), f"side-{entry.side}", True, entry.href, entry.text
            )
            y = board.text(14, y, entry.text, half - 28, "soft", row=entry.row) + _GAP
    for series in dict.fromkeys(rows["series"]):
        _thread(board, [dot for dot in dots if dot[0] == series])
    for value in ticks(rows["count"].max()):
        board.line(half + value * pace, start - 8, half + value * pace, y, "faint")
    return board.chart(y, finding)


def entries(rows: pd.DataFrame, notices: pd.DataFrame) -> list:
    """Return articles (the rows of each) and announcements in order of time; an announcement of the day first."""
    articles = [
        (part["published"].iloc[0], 1, part) for _, part in rows.groupby("source_id", sort=False)
    ]
    said = [(row.date, 0, row) for row in notices.itertuples()]
    return [entry for *_, entry in sorted([*said, *articles], key=lambda item: item[:2])]


def _scale(board: Board, rows: pd.DataFrame, half: float, pace: float, y: float) -> float:
    """Head the scale with the numbers and, over its first number, the name of each place; return the y below."""
    first = rows.dropna(subset="count").drop_duplicates("series").sort_values("count")
    edge = half
    for row in first.itertuples():
        x = min(half + row.count * pace + 20, board.width)
        y = y + board.leading if x - 44 < edge else y
        board.text(x, y, row.place_label, 90, bold=True, align="right")
        edge = x
    y += board.leading + 2
    for value in ticks(rows["count"].max()):
        board.text(
            half + value * pace + (0 if value else 4), y, number(value), 60, "soft", align="right"
        )
    return y + board.leading + 8


def _article(
    board: Board, rows: pd.DataFrame, half: float, pace: float, y: float, dots: list
) -> float:
    head = rows.iloc[0]
    board.line(0, y - 4, half - 12, y - 4)
    dot = y + 6
    y = board.text(0, y, head["article"], half - 12, bold=True)
    y = board.text(0, y, head["published_words"], half - 12, "soft")
    for row in rows.itertuples():
        if pd.isna(row.count):
            board.mark(5, y + 6, CROSS, "soft", False, row.href, row.label)
            y = board.text(
                14, y, f"{row.place_label}: {row.printed}", half - 26, "soft", row=row.row
            )
        else:
            dots.append((row.series, half + row.count * pace, dot, row))
            y = board.text(0, y, f"{row.place_label}: {row.printed}", half - 12, row=row.row)
    return y


def _thread(board: Board, dots: list) -> None:
    """Join the dots of one place and draw them over the line."""
    for (_, x, y, _), (_, x2, y2, _) in zip(dots, dots[1:]):
        board.line(x, y, x2, y2, "ink")
    for _, x, y, row in dots:
        if not row.hedged:
            board.mark(x, y, circles(1, 1, 1, RADIUS), "paper", row=row.row)
        board.mark(x, y, circles(1, 1, 1, RADIUS), "ink", row.hedged, row.href, row.label)
