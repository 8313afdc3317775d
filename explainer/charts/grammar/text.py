"""How much room words take: measuring, folding and lining up text without drawing it."""

from bisect import bisect_left
from math import fsum

import altair as alt
import pandas as pd

from explainer.theme import Canvas

# Advances of Arial in ems; the rest, lower-case letters and figures, are 0.556.
_ADVANCE = {
    c: w
    for w, group in {
        0.222: "ijl'‘’",
        0.278: "ft.,:;!|/I []\N{NO-BREAK SPACE}",
        0.333: "r()-“”",
        0.5: "ckvxyzsJ",
        0.722: "wCDHNRU",
        0.778: "GOQ",
        0.833: "mM",
        0.667: "ABEKPSVXY&",
        0.611: "FTZLz",
        0.944: "W",
    }.items()
    for c in group
}
_LEADING = 1.22
BOLD = 1.07  # a bold letter is that much wider


def measure(text: str, size: float) -> float:
    """Return how many px the longest line of `text` takes at font size `size`."""
    return max(fsum(_ADVANCE.get(c, 0.556) for c in line) * size for line in text.split("\n"))


def fold(text: str, width: float, size: float) -> str:
    """Wrap `text` to `width` px in as few and as even lines as it needs, joined by line breaks.

    What is too long is broken where two parts meet first, and the dot between them goes.
    """
    if "\n" not in text and measure(text, size) > width:
        text = text.replace(" · ", "\n")
    if "\n" in text:
        return "\n".join(fold(part, width, size) for part in text.split("\n"))
    fewest = _broken(text, width, size).count("\n")
    widths = [*range(40, int(width), 4), width]
    even = bisect_left(widths, -fewest, key=lambda w: -_broken(text, w, size).count("\n"))
    return _broken(text, widths[even], size)


def _broken(text: str, width: float, size: float) -> str:
    done: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if line and measure(longer, size) > width:
            done, longer = [*done, line], word
        line = longer
    return "\n".join([*done, line])


def brief(texts: pd.Series) -> pd.Series:
    """Return texts with short months in dates that no line breaks: '15 Jan 2021'."""
    date = r"(?:\b(\d+) )?\b([A-Z][a-z]{2})[a-z]* (\d{4})"
    parts = texts.str.replace(date, "\\1\N{NO-BREAK SPACE}\\2\N{NO-BREAK SPACE}\\3", regex=True)
    return parts.str.replace(" \N{NO-BREAK SPACE}", " ")


def tall(text: str, size: float) -> float:
    """Return how many px high a text is."""
    return (text.count("\n") + 1) * leading(size)


def leading(size: float) -> int:
    """Return the distance from line to line at font size `size`."""
    return round(size * _LEADING)


def title(text: str, canvas: Canvas, subtitle: str = "") -> alt.TitleParams:
    """Return a finding as a chart's title, folded to the canvas, with a quieter second line."""
    folded = fold(text, canvas.width - 8, canvas.title * BOLD).split("\n")
    under = fold(subtitle, canvas.width - 8, canvas.small).split("\n")
    return alt.TitleParams(
        folded, fontSize=canvas.title, subtitle=under if subtitle else alt.Undefined
    )


def heading(text: str, canvas: Canvas) -> alt.TitleParams:
    """Return the name of one view among several, flush with its marks."""
    return alt.TitleParams(text.split("\n"), fontSize=canvas.label, frame="group", offset=6)
