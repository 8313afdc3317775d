"""A true time axis: days as they are written, months and years under them, px to measure words."""

import math
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from explainer.theme import light

_MONTH = 28  # px that the name of a month takes, with room beside it
_YEAR = 42  # likewise a year


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

    def bare(self, field: str = "date") -> alt.X:
        """Return the encoding of the days in `field` where another view has the axis."""
        return self.x(field, labels=False, ticks=False, domain=False, grid=True)

    def _axis(self) -> dict[str, Any]:
        """Return ticks a month, a quarter or a year apart, as their names have room."""
        months = pd.date_range(self.first, self.last, freq="MS")
        step = next((n for n in (1, 3) if self.width * n >= _MONTH * len(months)), 0)
        step = step or 12 * math.ceil(_YEAR * len(months) / 12 / self.width)
        room = _YEAR if step >= 12 else _MONTH
        ticks = [m for m in months if (12 * m.year + m.month - 1) % step == 0]
        named = [month for month in ticks if self.px(month) + room <= self.width + 4]
        month, year = "utcFormat(datum.value, '%b')", "utcFormat(datum.value, '%Y')"
        januaries = [self.px(m) for m in named[1:] if m.month == 1]
        alone = named and all(at - self.px(named[0]) >= _YEAR for at in januaries)
        first = f"{named[0]:%Y-%m}" if alone else ""
        whether = f"utcmonth(datum.value) == 0 || utcFormat(datum.value, '%Y-%m') == '{first}'"
        return {
            "values": [utc(month) for month in named],
            "labelExpr": year if step >= 12 else f"[{month}, {whether} ? {year} : '']",
            "labelAlign": "left",
            "labelFlush": False,
            "labelOverlap": False,
            "labelPadding": 3,
            "grid": False,
            "gridColor": light("faint"),
        }
