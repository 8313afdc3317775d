"""Words for the same thing as a typographic table: things by articles, or a block a thing."""

from math import fsum

import altair as alt
import pandas as pd

from explainer.charts._board import Board
from explainer.theme import NARROW, WIDE, Canvas

SILENT = "–"
_SUBTITLE = f"With a bar, and in quotation marks: a speaker’s words, with the side; else the article’s own; {SILENT} not named"
_LIMIT = {"wide": 1600, "narrow": 2600}  # px; beyond it, the things that come first are drawn
_COLUMNS = 6  # articles that stand side by side as columns
_ACROSS = 4  # terms side by side where there are more articles
_USERS = 3  # articles named under a term; the table beside the chart has every row
_AGAIN = 560  # px after which the articles are named again
_GUTTER = 16
_THING = 104  # px of the things' names


def chosen(frame: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the terms of as many things, those that come first, as both compositions hold; one at least."""
    heights = {canvas.name: _heights(frame, articles, canvas) for canvas in (WIDE, NARROW)}
    fits = [
        i
        for i in range(len(heights["wide"]))
        if all(fsum(heights[c][: i + 1]) <= _LIMIT[c] for c in heights)
    ]
    kept = list(dict.fromkeys(frame["referent"]))[: max(len(fits), 1)]
    return frame[frame["referent"].isin(kept)].reset_index(drop=True)


def _heights(frame: pd.DataFrame, articles: pd.DataFrame, canvas: Canvas) -> list[float]:
    block, board = _block(articles, canvas), Board(canvas)
    return [block(board, part, articles, 0) for _, part in frame.groupby("referent", sort=False)]


def draw(
    frame: pd.DataFrame, articles: pd.DataFrame, canvas: Canvas, finding: str
) -> alt.LayerChart:
    """Return the terms, thing by thing, as a chart."""
    board, block, y, head = Board(canvas), _block(articles, canvas), 0.0, None
    for _, part in frame.groupby("referent", sort=False):
        if block is _row and (head is None or y - head > _AGAIN):
            head, y = y, _names(board, articles, y)
        y = block(board, part, articles, y)
    return board.chart(y, finding, _SUBTITLE)


def _block(articles: pd.DataFrame, canvas: Canvas):
    if len(articles) > _COLUMNS:
        return _cells
    return _list if canvas.phone else _row


def _columns(board: Board, number: int) -> list[tuple[float, float]]:
    """Return x and width of `number` columns at the right of the things' names."""
    wide = min((board.width - _THING) / number, 300)
    return [(_THING + i * wide + _GUTTER, wide - _GUTTER) for i in range(number)]


def _names(board: Board, articles: pd.DataFrame, y: float) -> float:
    lows = [
        board.text(x, y + 6, name, width, "soft", bold=True)
        for name, (x, width) in zip(articles["label"], _columns(board, len(articles)), strict=True)
    ]
    return max(lows) + 4


def _row(board: Board, part: pd.DataFrame, articles: pd.DataFrame, y: float) -> float:
    """Write a thing and under each article its terms; return the y below."""
    board.line(0, y, board.width, y)
    low = board.text(0, y + 8, _capital(part["thing"].iloc[0]), _THING, bold=True)
    for source, (x, width) in zip(
        articles["source_id"], _columns(board, len(articles)), strict=True
    ):
        low = max(low, _terms(board, part[part["source_id"] == source], x, y + 8, width))
    return low + 6


def _cells(board: Board, part: pd.DataFrame, articles: pd.DataFrame, y: float) -> float:
    """Write a thing and below it each of its terms once, with the articles that use it; return the y below."""
    y, across = _heading(board, part, y), 1 if board.canvas.phone else _ACROSS
    wide, terms = board.width / across, distinct(part)
    for first in range(0, len(terms), across):
        lows = [
            board.text(
                i * wide + 8,
                _terms(board, terms.iloc[[first + i]], i * wide + 8, y, wide - _GUTTER) - 4,
                terms["users"].iloc[first + i],
                wide - _GUTTER,
                "soft",
            )
            for i in range(min(across, len(terms) - first))
        ]
        y = max(lows) + 6
    return _unnamed(board, part, articles, y)


def distinct(part: pd.DataFrame) -> pd.DataFrame:
    """Return the first row of each term, whatever its capitals, with `users`: the articles that use it."""
    word = part["text"].str.casefold()
    users = part.groupby(word)["article"].agg(lambda a: _few(list(dict.fromkeys(a))))
    first = part.loc[~word.duplicated()]
    return first.assign(users=word[first.index].map(users)).reset_index(drop=True)


def _few(names: list[str]) -> str:
    more = len(names) - _USERS
    return ", ".join(names[:_USERS]) + (f" and {more} more" if more > 0 else "")


def _list(board: Board, part: pd.DataFrame, articles: pd.DataFrame, y: float) -> float:
    """Write a thing and below it, one after the other, the articles with their terms; return the y below."""
    y, left = _heading(board, part, y), 84
    for _, group in part.groupby("at"):
        low = board.text(0, y, group["article"].iloc[0], left - 8, "soft")
        y = max(low, _terms(board, group, left + 8, y, board.width - left - 8)) + 4
    return _unnamed(board, part, articles, y)


def _heading(board: Board, part: pd.DataFrame, y: float) -> float:
    board.line(0, y, board.width, y, "soft")
    return board.text(0, y + 7, _capital(part["thing"].iloc[0]), board.width, bold=True) + 4


def _unnamed(board: Board, part: pd.DataFrame, articles: pd.DataFrame, y: float) -> float:
    """Say which articles do not name the thing: how many, where they are many; return the y below."""
    silent = articles.loc[~articles["source_id"].isin(part["source_id"]), "label"]
    text = ", ".join(silent) if len(silent) <= _COLUMNS else f"{len(silent)} articles"
    return (board.text(0, y, f"{SILENT} {text}", board.width, "soft") if text else y) + 10


def _terms(board: Board, terms: pd.DataFrame, x: float, y: float, width: float) -> float:
    """Write the terms below each other, a bar in the colour of the side beside a speaker's; return the y below."""
    if terms.empty:
        return board.text(x, y, SILENT, width, "soft")
    for row in terms.itertuples():
        low = board.text(x, y, row.text, width, href=row.href, label=row.label)
        if row.side:
            board.mark(x - 7, y, f"M0,0h3v{low - y - 3:g}h-3Z", f"side-{row.side}", row=row.id)
        y = low + 4
    return y


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
