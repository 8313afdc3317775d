"""The numbers that the book counts itself, one function each; how each was counted is shown
beside its proof.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

import pandas as pd

from explainer.data.reads import remembered
from explainer.data.tables import Tables
from explainer.words.formats import spelled


@dataclass(frozen=True)
class Number:
    """A number or date as prose shows it. `rows` prove it; `how` says how it was counted, where
    it was.
    """

    text: str
    rows: tuple[str, ...]
    how: str = ""


_counts: dict[str, Callable[[Tables], Number]] = {}


def counted(function: Callable[[Tables], Number]) -> Callable[[Tables], Number]:
    """Register a count under the name of its function."""
    _counts[function.__name__] = remembered(function)
    return _counts[function.__name__]


def registry() -> dict[str, Callable[[Tables], Number]]:
    """Import every module of this package and return {key: function} of every count."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return dict(_counts)


def tally(frame: pd.DataFrame, what: str, id_column: str = "id") -> Number:
    """Return the number of rows of a frame, proved by their ids. `what` says what they are."""
    return Number(spelled(len(frame)), tuple(frame[id_column]), what)
