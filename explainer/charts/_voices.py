"""Quoted words as bars: a block an article, a bar a side, a segment a quotation."""

import altair as alt
import pandas as pd

from explainer.charts._board import Board
from explainer.charts.grammar.text import measure
from explainer.theme import Canvas
from explainer.words.formats import number

_NAMES = 10  # articles up to which the speakers are named under their bar
_THIN = 3.0  # px: where segments are thinner on average, a bar is drawn in one piece
_GAP = 1.0
_LABELS, _SIDES = 176, 96  # px on a wide page
_NOBODY = "nobody quoted"
_SUBTITLE = "Words in quotation marks, by the side of their speaker, and their share of the article’s length"


def bars(frame: pd.DataFrame, canvas: Canvas, finding: str) -> alt.LayerChart:
    """Return the bars of `frame` (a row a quotation, 0 words where a side has none) as a chart."""
    board, sums = Board(canvas), frame.groupby(["at", "side"], observed=True)["words"].sum()
    start = 0 if canvas.phone else _LABELS + _SIDES
    room = (
        board.width
        - start
        - (
            0
            if canvas.phone
            else max(
                measure(_sum(p), canvas.small)
                for _, p in frame.groupby(["at", "side"], observed=True)
            )
            + 12
        )
    )
    scale = room / max(1, sums.max())
    frame = whole(frame) if thin(frame, scale) else frame
    y, named = 0.0, frame["source_id"].nunique() <= _NAMES
    for _, article in frame.groupby("at"):
        y = (_narrow if canvas.phone else _wide)(board, article, y, scale, named)
    return board.chart(y, finding, _SUBTITLE)


def thin(frame: pd.DataFrame, scale: float) -> bool:
    """Whether the quotations are too short, or too many, to be told apart at `scale` px a word."""
    counted = frame.loc[frame["words"] > 0, "words"]
    return bool(len(counted)) and counted.mean() * scale < _THIN


def whole(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each article and side: all its words, led to by the first quotation."""
    keys = ["at", "side"]
    first = frame.drop_duplicates(keys)
    sums = frame.groupby(keys, observed=True)["words"].sum().reset_index()
    made = first.drop(columns="words").merge(sums, on=keys)
    return made.assign(
        label=made["side_label"]
        + ", "
        + made["words"].astype(str)
        + " quoted words, "
        + made["article"]
    )


def _sum(part: pd.DataFrame) -> str:
    words, length = part["words"].sum(), part["length"].iloc[0]
    return (
        f"{number(words)} word{'' if words == 1 else 's'}, {100 * words / length:.0f}%"
        if words
        else _NOBODY
    )


def _length(article: pd.DataFrame) -> str:
    return f"{number(article['length'].iloc[0])} words, {number(article['words'].sum())} quoted"


def _segments(
    board: Board, part: pd.DataFrame, x: float, y: float, tall: float, scale: float
) -> float:
    """Draw a side's quotations one after the other; return the x after the last."""
    board.line(x, y - 2, x, y + tall + 2, "soft")
    for row in part[part["words"] > 0].itertuples():
        wide = max(row.words * scale - _GAP, 1)
        board.mark(
            x + _GAP,
            y,
            f"M0,0h{wide:g}v{tall:g}h-{wide:g}Z",
            f"side-{row.side}",
            href=row.href,
            label=row.label,
        )
        x += row.words * scale
    return x


def _speakers(part: pd.DataFrame) -> str:
    return ", ".join(dict.fromkeys(part.loc[part["words"] > 0, "speaker"]))


def _wide(board: Board, article: pd.DataFrame, y: float, scale: float, named: bool) -> float:
    """Write an article's name at the left and its bars at the right; return the y below."""
    head = article.iloc[0]
    board.line(0, y, board.width, y, "rule")
    low = board.text(0, y + 8, head["article"], _LABELS - 10, bold=True)
    low = board.text(0, low, head["day"], _LABELS - 10, "soft")
    low = board.text(0, low, _length(article), _LABELS - 10, "soft")
    line, start = y + 8, _LABELS + _SIDES
    for _, part in article.groupby("side", observed=True):
        board.text(_LABELS, line + 1, part["side_label"].iloc[0], _SIDES)
        end = _segments(board, part, start, line, 15, scale)
        board.text(end + 8, line + 1, _sum(part), 200, "ink" if part["words"].sum() else "soft")
        line += 20
        if named and _speakers(part):
            line = board.text(start + 4, line, _speakers(part), board.width - start, "soft")
        line += 5
    return max(low, line) + 4


def _narrow(board: Board, article: pd.DataFrame, y: float, scale: float, named: bool) -> float:
    """Write an article's name and, below each other, its sides with their bars; return the y below."""
    head = article.iloc[0]
    board.line(0, y, board.width, y, "soft")
    low = board.text(0, y + 6, head["article"], board.width, bold=True)
    y = board.text(0, low, f"{head['day']} · {_length(article)}", board.width, "soft") + 4
    for _, part in article.groupby("side", observed=True):
        some = part["words"].sum() > 0
        text = f"{part['side_label'].iloc[0]}: {_sum(part)}"
        speakers = f" · {_speakers(part)}" if named and some else ""
        y = board.text(0, y, text + speakers, board.width, "ink" if some else "soft") + 1
        if some:
            _segments(board, part, 0, y, 12, scale)
            y += 21
    return y + 10
