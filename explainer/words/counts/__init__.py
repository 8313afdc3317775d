"""The numbers that the book counts itself: `COUNTS` of each module, and how each is counted."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from explainer.data.tables import Tables
from explainer.words.formats import spelled


@dataclass(frozen=True)
class Number:
    """A number or date as prose shows it. `rows` prove it; `how` says how it was counted, if so."""

    text: str
    rows: tuple[str, ...]
    how: str = ""


Count = Callable[[Tables], Number]


def tally(frame: pd.DataFrame, what: str, id_column: str = "id") -> Number:
    """Return the number of rows of a frame, proved by their ids. `what` says what they are."""
    return Number(spelled(len(frame)), tuple(frame[id_column]), what)
