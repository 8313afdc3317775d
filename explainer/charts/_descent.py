"""Troop numbers on a phone: time runs down, an entry a number, its words at the left and its mark on the scale at the right."""

import pandas as pd

from explainer.charts._board import Board, lines, surface, words
from explainer.charts._eras import YEARS, joins, legend, points, title
from explainer.charts._reported import ticks
from explainer.charts.grammar.text import BOLD, fold, leading, measure, tall
from explainer.theme import NARROW
from explainer.words.formats import number

SUBTITLE = "Time downward, numbers to the right, from zero"
SIZE, WIDTH = NARROW.small, surface(NARROW)
_ZERO, _WORDS = 184, 168  # px: where the scales begin, how wide the words are
_GAP, _INDENT = 9, 14  # px between entries; what is no level stands in by so much


def draw(eras: list[pd.DataFrame], joined: list[pd.DataFrame], finding: str, place: str):
    """Return the narrow composition of the eras of a country; `joined` are the rows that a line may join."""
    layers, y = legend(eras, WIDTH, NARROW, bool(joined))
    for era in eras:
        drawn, y = _era(era, joined, y + 16, title(era, eras, place))
        layers += drawn
    return Board(NARROW, layers).chart(round(y), finding, SUBTITLE)


def _era(era: pd.DataFrame, joined: list[pd.DataFrame], y: float, head: str) -> tuple[list, float]:
    most = era.loc[era["kind"] != "other", "value"].max()
    pace = (WIDTH - _ZERO - 18) / most  # a full mark’s target reaches so far beyond it
    heading = fold(head, WIDTH, NARROW.label * BOLD)
    names = words(
        pd.DataFrame({"x": [0], "y": [y], "text": [heading]}), NARROW.label, fontWeight="bold"
    )
    y += tall(heading, NARROW.label) + 6
    scale = pd.DataFrame({"value": list(ticks(most, 2))})
    scale = scale.assign(x=_ZERO + scale["value"] * pace, text=scale["value"].map(number), y=y)
    items = _placed(era, y + leading(SIZE) + 8)
    low = float(items["y"].iloc[-1] + items["high"].iloc[-1])
    grid = scale.assign(x2=scale["x"], y=y + leading(SIZE) + 2, y2=low - 2)
    level = items[items["kind"] != "other"].assign(
        x=lambda f: _ZERO + f["value"] * pace, y=lambda f: f["y"] + leading(SIZE) / 2
    )
    other = items[items["kind"] == "other"].assign(x=6, y=lambda f: f["y"] + leading(SIZE) / 2)
    sticks = level.assign(x=_ZERO, x2=level["x"] - 6, y2=level["y"])
    named = scale.assign(
        x=[
            min(x, WIDTH - measure(text, SIZE) / 2)
            for x, text in zip(scale["x"], scale["text"], strict=True)
        ]
    )
    return [
        *names,
        *words(named, SIZE, "soft", align="center"),
        *lines(grid, "faint"),
        *_breaks(items),
        *lines(joins(level, joined), "soft", strokeDash=[5, 4]),
        *lines(sticks[sticks["x2"] > _ZERO].drop(columns="row"), "rule"),
        *_entries(items),
        *points(pd.concat([level, other])),
    ], low


def _placed(era: pd.DataFrame, y: float) -> pd.DataFrame:
    """Place the entries one below the other: `y`, `high`, the folded words, `years` without a level above each."""
    level = era["kind"] != "other"
    before = era["last"].where(level).ffill().shift()
    years = (
        ((era["first"] - before).dt.days / 365.25)
        .fillna(0)
        .astype(int)
        .where(level & before.notna(), 0)
    )
    room = [_WORDS if whole else _WORDS - _INDENT for whole in level]
    head = [
        r.printed if whole else f"{r.printed}: {r.what}"
        for r, whole in zip(era.itertuples(), level, strict=True)
    ]
    head = [fold(text, width, SIZE * BOLD) for text, width in zip(head, room, strict=True)]
    note = [
        fold(f"{r.who}, {r.when}", width, SIZE)
        for r, width in zip(era.itertuples(), room, strict=True)
    ]
    high = pd.Series(
        [tall(f"{h}\n{n}", SIZE) + _GAP for h, n in zip(head, note, strict=True)], era.index
    )
    above = (leading(SIZE) + 8) * (years >= YEARS)
    return era.assign(
        head=head, note=note, high=high, years=years, y=y + (high + above).cumsum() - high
    )


def _breaks(items: pd.DataFrame) -> list:
    """Name the long times without a level."""
    long = items[items["years"] >= YEARS].drop(columns="row")
    long = long.assign(
        x=0,
        y=long["y"] - leading(SIZE) - 6,
        text="// no level for " + long["years"].astype(str) + " years",
    )
    return words(long, SIZE, "soft", fontStyle="italic")


def _entries(items: pd.DataFrame) -> list:
    """Return the words of each entry: the number in bold, who and when below."""
    left = (items["kind"] == "other") * _INDENT
    below = items["y"] + [tall(text, SIZE) for text in items["head"]]
    return [
        *words(items.assign(x=left, text=items["head"]), SIZE, fontWeight="bold"),
        *words(items.assign(x=left, y=below, text=items["note"]), SIZE, "soft"),
    ]
