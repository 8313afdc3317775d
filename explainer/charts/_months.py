"""A time scale with the empty months cut out: runs of months drawn to scale, breaks between them."""

from dataclasses import dataclass
from math import fsum

import pandas as pd


@dataclass(frozen=True)
class Piece:
    """A run of months without a gap, drawn to scale from `left` to `right` px."""

    first: pd.Timestamp
    end: pd.Timestamp
    left: float
    right: float


def pieces(
    crowded: set[pd.Period],
    ahead: set[pd.Period],
    left: float,
    width: float,
    gap: float,
    room: float,
) -> list[Piece]:
    """Return the time scale: every `crowded` month equally wide, months `ahead` `room` px, the others cut out.

    Where a month is missing the axis is broken by `gap` px, so that an empty year takes no more than a break.
    """
    months = sorted(crowded | ahead)
    runs = [[m] for m in months[:1]]
    for month in months[1:]:
        runs[-1].append(month) if month == runs[-1][-1] + 1 else runs.append([month])
    lone = len(ahead - crowded)
    gap = min(gap, width * 0.3 / max(1, len(runs)))
    room = min(room, width / 6 / max(1, lone) * 2)
    each = (width - gap * (len(runs) - 1) - room * lone) / max(1, len(crowded))
    made = []
    for run in runs:
        takes = fsum(each if m in crowded else room for m in run)
        made.append(Piece(run[0].start_time, (run[-1] + 1).start_time, left, left + takes))
        left += takes + gap
    return made


def place(scale: list[Piece], moment: pd.Timestamp) -> float:
    """Return the px at which a moment stands; in a break, its middle."""
    for piece in scale:
        if moment < piece.first:
            return piece.left - 2
        if moment < piece.end:
            return piece.left + (piece.right - piece.left) * (
                (moment - piece.first) / (piece.end - piece.first)
            )
    return scale[-1].right
