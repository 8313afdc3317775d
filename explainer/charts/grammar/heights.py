"""A scale of numbers from zero, and px to measure words by."""

from dataclasses import dataclass
from typing import Any

import altair as alt

from explainer.theme import light


@dataclass(frozen=True)
class Heights:
    """Numbers from 0 to `top` on `tall` px, with quiet lines behind them."""

    top: float
    tall: int

    def px(self, value: float) -> float:
        """Return how far from the top a number stands: to measure words by, never to draw at."""
        return self.tall * (1 - value / self.top)

    def y(self, field: str = "value") -> alt.Y:
        """Return the encoding of the numbers in `field`."""
        scale = alt.Scale(domain=[0, self.top], nice=False)
        quiet: dict[str, Any] = {"domain": False, "ticks": False, "gridColor": light("faint")}
        axis = alt.Axis(tickCount=4, format=",d", grid=True, **quiet)
        return alt.Y(f"{field}:Q", title=None, scale=scale, axis=axis)
