"""Claims beside the record: the comparisons as rows, and as countable marks by article and finding."""

import pandas as pd

from explainer.charts._board import Board, circles, squares
from explainer.data.tables import Tables
from explainer.theme import Canvas
from explainer.words.sources import date_of, in_time

SAME = "supported"
NONE = ("not_found", "not_sought")  # nothing to compare: no mark stands for these
_PITCH = {"wide": 20, "narrow": 22}  # px from mark to mark
_MOST = 36  # marks of one finding of one article; more are counted in words
_LABELS = 124  # px for an article on a wide page
_NAMED = 118  # px for the name of a finding on a phone
_PATHS = {
    SAME: circles(1, 1, 1, 6),
    "worded_differently": "M0,-7.5L7.5,0L0,7.5L-7.5,0Z",
    "scoped_differently": squares(1, 1, 1, 11),
    "conflicting": "M0,-8L8,6L-8,6Z",
}
SUBTITLE = (
    "A mark is one comparison. It leads to the claim, and from there to what it was compared with"
)


def compared(tables: Tables) -> pd.DataFrame:
    """Return a row a comparison, articles in order of publication, in each in file order.

    Columns beside those of the table: `article` (short label), `day`, `at` (its place in time), `told` (the finding in words).
    """
    articles = in_time(tables)
    named = pd.DataFrame(
        {
            "source_id": articles["source_id"],
            "article": articles["label"],
            "at": range(len(articles)),
            "day": [date_of(article) for _, article in articles.iterrows()],
        }
    )
    frame = tables.comparisons.merge(named, on="source_id").assign(
        verdict=lambda f: f["verdict"].astype(str)
    )
    frame = frame.assign(told=frame["verdict"].map(tables.labels("comparisons", "verdict")))
    return frame.sort_values(["at", "id"], kind="stable").reset_index(drop=True)


def draw(tables: Tables, frame: pd.DataFrame, canvas: Canvas, finding: str):
    """Return one composition: findings as columns on a wide page, as lines under each article on a phone."""
    board, labels = Board(canvas), tables.labels("comparisons", "verdict")
    names = {code: label for code, label in labels.items() if code not in NONE}
    y = 0.0 if canvas.phone else _heads(board, names)
    for _, article in frame.groupby("at"):
        y = (_narrow if canvas.phone else _wide)(board, article, names, y)
    return board.chart(y, finding, SUBTITLE)


def _column(board: Board, index: int, number: int) -> tuple[float, float]:
    wide = (board.width - _LABELS) / number
    return _LABELS + index * wide, wide


def _heads(board: Board, names: dict[str, str]) -> float:
    for index, name in enumerate(names.values()):
        x, wide = _column(board, index, len(names))
        low = board.text(x, 0, name, wide - 8, "soft", bold=True)
    return low + 4


def _wide(board: Board, article: pd.DataFrame, names: dict[str, str], y: float) -> float:
    """Write an article at the left and its marks in a column a finding; return the y below."""
    board.line(0, y, board.width, y)
    low = board.text(0, y + 8, article["article"].iloc[0], _LABELS - 10, bold=True)
    low = board.text(0, low, article["day"].iloc[0], _LABELS - 10, "soft")
    for index, code in enumerate(names):
        x, wide = _column(board, index, len(names))
        part = article[article["verdict"] == code]
        board.text(
            x, y + 8, str(len(part)), 24, "ink" if len(part) else "soft", row=" ".join(part["id"])
        )
        low = max(low, _dots(board, part, x + 26, y + 15, wide - 28))
    return low + 8


def _narrow(board: Board, article: pd.DataFrame, names: dict[str, str], y: float) -> float:
    """Write an article and, below each other, its findings with their marks; return the y below."""
    board.line(0, y, board.width, y, "soft")
    y = board.text(0, y + 6, article["article"].iloc[0], board.width, bold=True)
    y = board.text(0, y, article["day"].iloc[0], board.width, "soft") + 5
    for code, name in names.items():
        part = article[article["verdict"] == code]
        low = board.text(
            0,
            y,
            f"{len(part)} {name}",
            _NAMED,
            "ink" if len(part) else "soft",
            row=" ".join(part["id"]),
        )
        y = max(low, _dots(board, part, _NAMED + 6, y + 7, board.width - _NAMED - 6)) + 4
    return y + 8


def _dots(board: Board, part: pd.DataFrame, x: float, y: float, width: float) -> float:
    """Put a mark for each comparison, in rows; return the y below."""
    pitch = _PITCH[board.canvas.name]
    a_row = max(1, int((width - 8) // pitch) + 1)
    for i, row in enumerate(part.head(_MOST).itertuples()):
        board.mark(
            x + i % a_row * pitch,
            y + i // a_row * pitch,
            _PATHS[row.verdict],
            "ink",
            href=row.id,
            label=f"{row.article}, {row.told}: {row.says}",
            row=row.id,
        )
    low = y + -(-min(len(part), _MOST) // a_row) * pitch - 8
    return (
        low
        if len(part) <= _MOST
        else board.text(x, low, f"and {len(part) - _MOST} more", width, "soft")
    )
