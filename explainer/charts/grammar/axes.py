"""Axes: days on a true axis of time, numbers on a scale from zero, and px to measure words by."""

import math
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from explainer.theme import light

_MONTH = 28  # px that the name of a month takes, with room beside it
_QUARTER = 25  # likewise of the first month of a quarter, all short
_YEAR = 37  # likewise a year
_APART = 32  # px from a year to the next


def iso(days: pd.Series) -> pd.Series:
    """Return days as `2024-01-05`: the same day in every time zone, and readable in an editor."""
    return pd.to_datetime(days).dt.strftime("%Y-%m-%d")


def utc(day: pd.Timestamp) -> alt.DateTime:
    """Return a day for the domain of a scale."""
    return alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True)


@dataclass(frozen=True)
class Time:
    """The days from `first` to `last` on `width` px. Nothing is left out or stretched."""

    first: pd.Timestamp
    last: pd.Timestamp
    width: float

    def px(self, day: pd.Timestamp) -> float:
        """Return how far from the left a day stands: to measure words by, never to draw at."""
        return float(round((day - self.first) / (self.last - self.first) * self.width, 2))

    def x(self, field: str = "date", **style: Any) -> alt.X:
        """Return the encoding of the days in `field`; `style` is what its axis has of its own."""
        scale = alt.Scale(type="utc", domain=[utc(self.first), utc(self.last)], nice=False)
        axis = alt.Axis(**{**self._axis(), **style})
        return alt.X(f"{field}:T", title=None, scale=scale, axis=axis)

    def _axis(self) -> dict[str, Any]:
        """Return ticks from the first month on, as far apart as their names have room: a month, a
        quarter where the year begins with one, two months, or years.
        """
        months = pd.date_range(self.first, self.last, freq="MS")
        quarters = next(iter(months), self.first).month % 3 == 1
        rooms = {1: _MONTH, 3: _QUARTER} if quarters else {1: _MONTH, 2: _MONTH}
        step = next((n for n in rooms if self.width * n >= rooms[n] * len(months)), 0)
        years = math.ceil(_YEAR * len(months) / 12 / self.width)
        named = [month for month in months if self.px(month) + _MONTH <= self.width + 4]
        # of years the last is named, and those before it
        named = named[::step] if step else [m for m in named if m.month == 1][::-years][::-1]
        month, year = "utcFormat(datum.value, '%b')", "utcFormat(datum.value, '%Y')"
        dated = list[pd.Timestamp]()  # the first, then the first of each year that meets no other
        for m in named:
            if not dated or m.year > dated[-1].year and self.px(m) - self.px(dated[-1]) >= _APART:
                dated.append(m)
        whether = f"indexof({[f'{m:%Y-%m}' for m in dated]}, utcFormat(datum.value, '%Y-%m')) >= 0"
        return {
            "values": [utc(month) for month in named],
            "labelExpr": f"[{month}, {whether} ? {year} : '']" if step else year,
            "labelAlign": "left",
            "labelFlush": False,
            "labelOverlap": False,
            "labelPadding": 3,
            "grid": False,
            "gridColor": light("faint"),
        }


@dataclass(frozen=True)
class Heights:
    """Numbers from 0 to `top` on `tall` px, with quiet lines behind them."""

    top: float
    tall: int
    grid: bool = True

    def px(self, value: float) -> float:
        """Return how far from the top a number stands: to measure words by, never to draw at."""
        return self.tall * (1 - value / self.top)

    def y(self, field: str = "value", **style: Any) -> alt.Y:
        """Return the encoding of the numbers in `field`; `style` is what its axis has."""
        scale = alt.Scale(domain=[0, self.top], nice=False)
        quiet: dict[str, Any] = {"domain": False, "ticks": False, "gridColor": light("faint")}
        axis = alt.Axis(**{"tickCount": 4, "format": ",d", "grid": self.grid, **quiet, **style})
        return alt.Y(f"{field}:Q", title=None, scale=scale, axis=axis)
