"""The toll as a list: a block an event, a line a count, a name an article; on a wide page and on a phone."""

import pandas as pd

from explainer.charts._board import Board
from explainer.charts.grammar.text import measure
from explainer.charts._toll import drawn, marks
from explainer.theme import Canvas

_ARTICLES = 3  # named under one count; the table beside the chart has every row
_WIDE = {"event": (0, 182), "marks": (198, 176), "words": (388, 170), "who": (566, 150)}


def listed(
    frame: pd.DataFrame,
    apart: pd.DataFrame,
    sections: dict[str, str],
    key: list,
    canvas: Canvas,
    finding: str,
):
    """Return the list of the counts in `frame`, section by section, and of those set `apart`, as a chart."""
    board = Board(canvas)
    y = _key(board, key)
    y = y if canvas.phone else _columns(board, y)
    for kind, heading in sections.items():
        part = frame[frame["kind"] == kind]
        y = _heading(board, heading, y) if len(part) else y
        for _, block in part.groupby("event_id", sort=False):
            y = (_narrow if canvas.phone else _wide)(board, block, y)
    if len(apart):
        y = _apart(board, apart, y)
    return board.chart(y, finding)


def _key(board: Board, key: list) -> float:
    """Explain the marks, in one line or, on a phone, in two columns."""
    x, y = 0, 0
    for i, (row, text) in enumerate(key):
        if board.canvas.phone:
            x, y = i % 2 * board.width / 2, i // 2 * 18
        made = marks(row, 20)
        board.mark(x + 5, y + 6, made["path"], made["colour"], made["filled"])
        board.text(x + 14, y, text, board.width, "soft")
        x += 14 + measure(text, board.canvas.small) + 24
    return y + 22


def _columns(board: Board, y: float) -> float:
    for column, text in zip(
        _WIDE.values(), ("Event", "One mark each", "As printed", "Who says so"), strict=True
    ):
        low = board.text(column[0], y + 10, text, column[1], "soft")
    return low - 8


def _heading(board: Board, heading: str, y: float) -> float:
    below = board.text(0, y + 14, heading, board.width, bold=True) + 4
    board.line(0, below, board.width, below, "soft")
    return below + 8


def _wide(board: Board, block: pd.DataFrame, y: float) -> float:
    """Write an event's block in four columns; return the y below."""
    head, (x, width) = block.iloc[0], _WIDE["event"]
    low = board.text(x, y, head["title"], width, bold=True)
    low = board.text(x, low, f"{head['when']} · {head['place']}", width, "soft")
    line = y
    for row in block.itertuples():
        line = (
            max(
                _marks(board, row, _WIDE["marks"], line),
                _said(board, row, head, _WIDE["words"], line),
                _who(board, row, _WIDE["who"], line),
            )
            + 5
        )
    return _rule(board, max(low, line - 5))


def _narrow(board: Board, block: pd.DataFrame, y: float) -> float:
    """Write an event's block in two columns, marks at the left, words over articles; return the y below."""
    head, half = block.iloc[0], board.width * 0.46
    y = board.text(0, y, head["title"], board.width, bold=True)
    y = board.text(0, y, f"{head['when']} · {head['place']}", board.width, "soft") + 5
    for row in block.itertuples():
        column = (half + 8, board.width - half - 8)
        y = (
            max(
                _marks(board, row, (0, half), y),
                _who(board, row, column, _said(board, row, head, column, y)),
            )
            + 5
        )
    return _rule(board, y - 5)


def _rule(board: Board, y: float) -> float:
    board.line(0, y + 6, board.width, y + 6)
    return y + 12


def _marks(board: Board, row, column: tuple, y: float) -> float:
    """Draw a count, or say that there is none to draw."""
    x, width = column
    if not drawn(row):
        return board.text(
            x, y, "no number given" if pd.isna(row.value) else "too many to draw", width, "soft"
        )
    made = marks(row, width)
    height, pitch = made.pop("height"), made.pop("pitch")
    board.mark(
        x + pitch / 2, y + 6, **made, href=row.ids[0], label=_label(row), row=" ".join(row.ids)
    )
    return y + height + 4


def _said(board: Board, row, head: pd.Series, column: tuple, y: float) -> float:
    place = "" if row.place == head["place"] else f", {row.place}"
    return board.text(column[0], y, row.words + place, column[1], row=" ".join(row.ids))


def _who(board: Board, row, column: tuple, y: float) -> float:
    """Name each article once, each name a link to its words; past the third, say how many more there are."""
    named = (
        pd.DataFrame({"article": row.articles, "id": row.ids})
        .groupby("article", sort=False)["id"]
        .first()
    )
    for article, identifier in named.iloc[:_ARTICLES].items():
        y = board.text(
            column[0],
            y,
            article,
            column[1],
            "soft",
            href=identifier,
            label=f"{article}: {row.words}",
        )
    more = len(named) - _ARTICLES
    return board.text(column[0], y, f"and {more} more", column[1], "soft") if more > 0 else y


def _apart(board: Board, apart: pd.DataFrame, y: float) -> float:
    """Write counts of another scale and another side as text."""
    y = _heading(board, "Set aside: another place, another side, another scale", y)
    for row in apart.itertuples():
        text = f"{row.title} ({row.place}): {row.words}"
        y = board.text(0, y, text, board.width, href=row.ids[0], label=text, row=" ".join(row.ids))
        y = board.text(0, y, ", ".join(dict.fromkeys(row.articles)), board.width, "soft") + 6
    return y


def _label(row) -> str:
    return f"{row.title}, {row.when}: {row.words}, {row.place}. {', '.join(dict.fromkeys(row.articles))}"
