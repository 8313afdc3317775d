"""Troop numbers on a wide page: a panel an era, each with its own scale from zero, and under it what is not a level."""

import pandas as pd

from explainer.charts._board import Board, key, lines, marks, surface, words
from explainer.charts._hung import Box, along, apart, hung
from explainer.charts._levels import SHAPES, gathered
from explainer.charts._reported import ticks
from explainer.charts.grammar.text import flow, leading, measure
from explainer.theme import WIDE, Canvas
from explainer.words.formats import number

SUBTITLE = "Time to the right, numbers up from zero"
SIZE = WIDE.small
_LEFT, _TALL, _PITCH = (
    52,
    160,
    12,
)  # px: the axis's numbers, the height of a scale, from mark to mark
YEARS = 2  # a longer time without a number is named
KEY = {
    "article": "an article prints it",
    "level": "context: US forces in the whole country",
    "scope": "context: others included",
    "other": "context: a plan, an event or a part, no level",
}
JOINED = "one body, counting in one way"


def draw(eras: list[pd.DataFrame], joined: list[pd.DataFrame], finding: str, place: str):
    """Return the wide composition of the eras of a country; `joined` are the rows that a line may join."""
    layers, y = legend(eras, surface(WIDE), WIDE, bool(joined))
    for era in eras:
        drawn, y = _panel(era, joined, y + 16, title(era, eras, place))
        layers += drawn
    return Board(WIDE, layers).chart(round(y + 4), finding, SUBTITLE)


def legend(
    eras: list[pd.DataFrame], width: float, canvas: Canvas, line: bool
) -> tuple[list, float]:
    """Explain the marks that are drawn, in lines no wider than `width`; return the layers and the y below."""
    used = {
        tier if tier == "article" else kind
        for era in eras
        for tier, kind in zip(era["tier"], era["kind"], strict=True)
    }
    kinds = [kind for kind in KEY if kind in used]
    placed = flow(
        [*(KEY[kind] for kind in kinds), *[JOINED] * line], 16, 0, width - 16, canvas.small, gap=20
    )
    at = placed.assign(x=placed["x"] - 9, y=placed["y"] + canvas.small / 2)
    shapes = at.head(len(kinds)).assign(
        shape=[SHAPES.get(kind, "circle") for kind in kinds], area=64, colour="ink", kind=kinds
    )
    inner = shapes[shapes["kind"] != "article"].assign(colour="paper", area=26)
    dash = at.tail(int(line)).assign(
        x2=lambda f: f["x"] + 6, y2=lambda f: f["y"], x=lambda f: f["x"] - 7
    )
    return [
        *key(shapes),
        *key(inner),
        *lines(dash, "soft", strokeDash=[4, 3]),
        *words(placed, canvas.small, "soft"),
    ], placed["y"].max() + leading(canvas.small)


def title(era: pd.DataFrame, eras: list[pd.DataFrame], place: str) -> str:
    """Return an era's heading: its years, and how its scale compares with that of the era with the largest number."""
    most = [part.loc[part["kind"] != "other", "value"].max() for part in (era, *eras)]
    times = round(max(most) / most[0])
    return f"{place}, {era['first'].min().year} to {era['last'].max().year}" + (
        f": numbers drawn {times} times as large" if times > 1 else ""
    )


def _panel(
    era: pd.DataFrame, joined: list[pd.DataFrame], y: float, heading: str
) -> tuple[list, float]:
    """Return one era and the y below: heading, scale with levels and their words, years, and what is no level."""
    full = surface(WIDE)
    start, end = (
        pd.Timestamp(year=year, month=1, day=1)
        for year in (era["first"].min().year, era["last"].max().year + 1)
    )
    at = lambda moment: _LEFT + 8 + (moment - start) / (end - start) * (full - _LEFT - 28)
    shown = gathered(era, _PITCH, at)
    shown = shown.assign(
        start=[at(moment) for moment in shown["first"]],
        end=[at(moment) for moment in shown["last"]],
    )
    levels, others = (
        part.assign(x=apart([at(moment) for moment in part["x0"]], _PITCH, full - 16))
        for whole in (True, False)
        for part in [shown[(shown["kind"] != "other") == whole].reset_index(drop=True)]
    )
    pace = _TALL / max(1, levels["value"].max())
    levels = levels.assign(
        y=-levels["value"] * pace
    )  # from zero up: how high the words reach is not known yet
    named = hung(levels, full, SIZE, [*along(joins(levels, joined)), *_boxes(gaps(levels, 0))])
    base = y + leading(WIDE.label) + 8 - min(-_TALL, named["top"].min())
    levels, named = (
        levels.assign(y=levels["y"] + base),
        named.assign(**{c: named[c] + base for c in ("y", "top", "hook")}),
    )
    layers = [
        *_grid(levels, base, pace, full),
        *_axis(start, end, at, base),
        *_dashed(joins(levels, joined)),
        *_spans(levels),
        *labels(named, 5),
        *words(gaps(levels, base), SIZE, "soft", align="center", fontStyle="italic"),
        *points(levels),
        *words(
            pd.DataFrame({"x": [0], "y": [y], "text": [heading]}), WIDE.label, fontWeight="bold"
        ),
    ]
    if others.empty:
        return layers, base + 24
    below = hung(others.assign(y=base + 30), full, SIZE, way=1)
    return [*layers, *labels(below, 9), *points(below.assign(y=below["hook"]))], (
        below["top"] + leading(SIZE)
    ).max() + 4


def _boxes(texts: pd.DataFrame) -> list[Box]:
    return [
        Box(
            t.x - measure(t.text, SIZE) / 2,
            t.y,
            t.x + measure(t.text, SIZE) / 2,
            t.y + leading(SIZE),
        )
        for t in texts.itertuples()
    ]


def _grid(levels: pd.DataFrame, base: float, pace: float, full: float) -> list:
    at = pd.DataFrame({"value": list(ticks(levels["value"].max(), 4))})
    at = at.assign(x=_LEFT, x2=_LEFT + 6, y=base - at["value"] * pace, y2=base - at["value"] * pace)
    at["x2"] = at["x2"].where(at["value"] > 0, full)
    named = at.assign(x=_LEFT - 6, y=at["y"] - SIZE / 2, text=at["value"].map(number))
    return [*lines(at, "soft"), *words(named, SIZE, "soft", align="right")]


def _axis(start: pd.Timestamp, end: pd.Timestamp, at, base: float) -> list:
    """Return a tick a year, with as many names as have room."""
    years = pd.date_range(start, end, freq="YS")
    ticked = pd.DataFrame(
        {"x": [at(year) for year in years], "text": years.strftime("%Y"), "y": base, "y2": base + 5}
    ).assign(x2=lambda f: f["x"])
    every = -(-40 // max(1, int(ticked["x"].diff().min())))
    return [*lines(ticked, "soft"), *words(ticked.iloc[:-1:every].assign(y=base + 7), SIZE, "soft")]


def gaps(levels: pd.DataFrame, base: float) -> pd.DataFrame:
    """Return the names of the long times without a level, x, y, text, where the words have room between the points."""
    found = []
    for a, b in zip(levels.iloc[:-1].itertuples(), levels.iloc[1:].itertuples(), strict=True):
        text = f"no level for {int((b.first - a.last).days / 365.25)} years"
        if (b.first - a.last).days >= YEARS * 365.25 and measure(text, SIZE) < b.x - a.x - 24:
            found.append({"x": (a.x + b.x) / 2, "y": base - 18, "text": text})
    return pd.DataFrame(found, columns=["x", "y", "text"])


def joins(levels: pd.DataFrame, joined: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the lines between the drawn levels of each of `joined`: x, y, x2, y2."""
    at, found = levels.set_index("row")[["x", "y"]], []
    for part in joined:
        ids = [row for row in part["row"] if row in at.index]
        found += [
            {"x": at.at[a, "x"], "y": at.at[a, "y"], "x2": at.at[b, "x"], "y2": at.at[b, "y"]}
            for a, b in zip(ids, ids[1:], strict=False)
        ]
    return pd.DataFrame(found, columns=["x", "y", "x2", "y2"])


def _dashed(joined: pd.DataFrame) -> list:
    return lines(joined, "soft", strokeDash=[5, 4])


def _spans(levels: pd.DataFrame) -> list:
    """Return a flat line over the time that a date covers, where it is longer than its mark."""
    long = levels.assign(x=levels["start"], x2=levels["end"], y2=levels["y"])
    return lines(long[long["x2"] - long["x"] > 2 * _PITCH], "soft", strokeWidth=2)


def labels(items: pd.DataFrame, air: float, size: float = SIZE) -> list:
    """Return stems from the marks to the labels, and the labels, `air` px beside them."""
    stems = items.drop(columns="row").assign(x2=items["x"], y2=items["hook"])
    text = items.assign(
        y=items["top"],
        x=items["x"] + air * items["align"].map({"left": 1, "right": -1}),
        text=items["folded"],
    )
    return [
        *lines(stems, "rule"),
        *(
            layer
            for align, part in text.groupby("align")
            for layer in words(part, size, align=align)
        ),
    ]


def points(frame: pd.DataFrame) -> list:
    """Return the marks: those of the articles full, those of the record open."""
    context = frame["tier"] == "context"
    frame = frame.assign(
        colour="ink", area=(90.0 * context).where(context, 130.0), shape=frame["kind"].map(SHAPES)
    )
    return [
        *key(frame[context].assign(colour="paper")),
        *marks(frame[context], hollow=True),
        *marks(frame[~context]),
    ]
