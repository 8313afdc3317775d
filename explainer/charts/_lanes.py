"""The year on a wide page: time to the right, a lane a side, history as a strip at the left."""

import altair as alt
import pandas as pd

from explainer.charts._board import Board, key, lines, marks, surface, words
from explainer.charts._margins import AXIS, PAST, SIZE, STRIP, axis, strip
from explainer.charts._months import Piece, pieces, place
from explainer.charts._year import (
    before,
    due,
    happened,
    lane_names,
    note,
    spoken,
    subtitle,
    tally,
)
from explainer.charts.grammar.text import flow, fold, leading, measure, tall
from explainer.data.tables import Tables
from explainer.theme import WIDE

WIDTH, LEFT = surface(WIDE), STRIP + 22  # px: where the lanes end and begin
BREAK, AHEAD, EDGE = (
    22,
    76,
    16,
)  # px: a cut in the axis, a month with deadlines only, room for a mark at the end
LABEL, LINE, NEAR, GAP = (
    205,
    280,
    9,
    6,
)  # px: the widest label, and with its note; from mark to label, and to note
BESIDE = 118  # px: the label of a deadline that stands beside its mark
LABELLED = 10  # labels a lane; what else happened in it stands as marks without words
LEVEL = 11  # px: from mark to mark where several stand one above the other


def draw(tables: Tables, finding: str) -> alt.LayerChart:
    """Return the wide composition."""
    told, acts, ahead = spoken(tables), happened(tables), due(tables)
    months = lambda moments: set(moments.dt.to_period("M"))
    crowded = months(pd.concat([told["first"], acts["first"]]))
    scale = pieces(crowded, months(ahead["first"]), LEFT, WIDTH - LEFT - EDGE, BREAK, AHEAD)
    hung, free = _hung(told, ahead)
    items = _boxes(pd.concat([told, acts, free], ignore_index=True), hung, scale)
    layers, y = axis(scale), AXIS + 4
    for lane, name in lane_names(tables).items():
        made, y = _lane(items[items["lane"] == lane], lane, name, y, tables)
        layers += made
    past, low = strip(before(tables, PAST))
    return Board(WIDE, [*layers, *past]).chart(round(max(y, low)), finding, subtitle())


def _hung(told: pd.DataFrame, ahead: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the deadlines that hang on a drawn statement, one a mark, and those that stand alone."""
    mark = ahead["setter"].map({row: i for i, ids in enumerate(told["row"]) for row in ids.split()})
    hangs = mark.notna() & ~mark.duplicated()
    return ahead[hangs], ahead[~hangs]


def _boxes(items: pd.DataFrame, ahead: pd.DataFrame, scale: list[Piece]) -> pd.DataFrame:
    """Place items in time and fold their labels; say from where to where each reaches, and how high it is.

    `x0` and `x1` are the ends of the mark's time, `far` is where a deadline stands that hangs on it. A label
    stands `right` of the mark, or left where the page ends or a deadline hangs; its note may follow `inline`.
    """
    middle = lambda frame: (_spot(frame["first"], scale) + _spot(frame["last"], scale)) / 2
    free = items["code"].eq("deadline")
    x = middle(items)
    by_row = {d["setter"]: d for d in ahead.assign(far=middle(ahead)).to_dict("records")}
    hangs = [next((by_row[i] for i in ids.split() if i in by_row), None) for ids in items["row"]]
    items = items.assign(
        x=x,
        hangs=hangs,
        free=free,
        area=60 + 22 * items["n"].clip(upper=9),
        note=note(items),
        words=[fold(t, LABEL, SIZE) for t in items["text"]],
        far=[h["far"] if h else at for h, at in zip(hangs, x, strict=True)],
    )
    told = _spot(items["told"], scale).clip(upper=x) if free.any() else x
    items["x0"] = told.where(free, _spot(items["first"], scale))
    reach = x + (items["area"] / 4) ** 0.5 - 4  # a big mark ends later
    items["x1"] = _spot(items["last"], scale).where(~free, x).clip(lower=reach)
    return _sized(_labelled(items))


def _spot(moments: pd.Series, scale: list[Piece]) -> pd.Series:
    return pd.Series(
        [place(scale, m) if pd.notna(m) else float("nan") for m in moments],
        moments.index,
        dtype=float,
    )


def _labelled(items: pd.DataFrame) -> pd.DataFrame:
    """Decide where each label stands and how wide it is: `right`, `inline`, `ends` (its last line), `takes`."""
    wide, notes = (
        pd.Series([measure(t, SIZE) for t in items[c]], items.index, dtype=float)
        for c in ("words", "note")
    )
    ends = pd.Series(
        [measure(w.split("\n")[-1], SIZE) for w in items["words"]], items.index, dtype=float
    )
    joined, start = ends + GAP + notes, items["x1"] + NEAR
    right = items["hangs"].isna() & (start + notes.clip(lower=wide) <= WIDTH)
    inline = right & (joined <= LINE) & (start + joined <= WIDTH)
    return items.assign(
        right=right, inline=inline, ends=ends, takes=joined.where(inline, notes).clip(lower=wide)
    )


def _sized(items: pd.DataFrame) -> pd.DataFrame:
    """Fold the labels of hanging deadlines; say from where to where an item reaches and how high it is."""
    hung = items["hangs"].notna()
    beside = hung & (items["far"] + NEAR + BESIDE <= WIDTH)
    items = items.assign(
        beside=beside,
        ahead=[
            fold(f"{h['text']}: {h['when']}", BESIDE if b else far - x - 12, SIZE) if h else ""
            for h, b, far, x in zip(items["hangs"], beside, items["far"], items["x"], strict=True)
        ],
    )
    items["from_"] = items["x0"] - (NEAR + items["takes"]).where(~items["right"], 0) - 8
    far = items["far"] + (NEAR + BESIDE) * beside + 8
    items["to"] = (items["x1"] + NEAR + items["takes"] + 8).where(items["right"], far)
    own = [
        tall(w if i else f"{w}\n", SIZE)
        for w, i in zip(items["words"], items["inline"], strict=True)
    ]
    due_ = [
        (tall(a, SIZE) + leading(SIZE) * (not b)) * bool(a)
        for a, b in zip(items["ahead"], beside, strict=True)
    ]
    return items.assign(high=[max(pair) + 6 for pair in zip(own, due_, strict=True)])


def stack(items: pd.DataFrame) -> list[int]:
    """Return the row of each item: the first in which it meets no other (`from_`, `to`), in the given order."""
    rows: list[list[tuple[float, float]]] = []
    chosen = []
    for low, high in zip(items["from_"], items["to"], strict=True):
        free = (i for i, row in enumerate(rows) if all(high <= a or low >= b for a, b in row))
        index = next(free, len(rows))
        if index == len(rows):
            rows.append([])
        rows[index].append((low, high))
        chosen.append(index)
    return chosen


def _lane(
    items: pd.DataFrame, lane: str, name: str, y: float, tables: Tables
) -> tuple[list[alt.Chart], float]:
    """Return a lane's layers and the y below it: name and tally, labelled rows, then marks without words."""
    head, low = _head(items, lane, name, y, tables)
    ranked = items.assign(first_=items["hangs"].notna() | items["free"])
    ranked = ranked.sort_values(["first_", "n"], ascending=False, kind="stable").index[:LABELLED]
    shown, rest = items[items.index.isin(ranked)], items[~items.index.isin(ranked)]
    shown = shown.assign(line=stack(shown))
    highs = shown.groupby("line")["high"].max()
    shown = shown.assign(top=shown["line"].map(low + highs.cumsum() - highs).astype(float))
    shown["y"] = shown["top"] + leading(SIZE) / 2
    low += highs.sum()
    heaps = _heaps(rest)
    heaps["y"] = low + 6 + LEVEL * heaps["level"]
    low += LEVEL * (heaps["level"].max() + 1) + 6 if len(heaps) else 0
    return [*head, *_rows(shown), *marks(heaps)], low + 8


def _heaps(rest: pd.DataFrame) -> pd.DataFrame:
    """Return the marks without words: one for each 12 px of time and code, with all its rows, one above the other."""
    bins = rest.assign(x=rest["x"].floordiv(12) * 12 + 6)
    heaps = (
        bins.groupby(["x", "code"], sort=True)
        .agg(
            colour=("colour", "first"),
            shape=("shape", "first"),
            area=("area", "min"),
            href=("href", "first"),
            label=("label", "first"),
            row=("row", " ".join),
        )
        .reset_index()
    )
    return heaps.assign(level=heaps.groupby("x").cumcount())


def _head(
    items: pd.DataFrame, lane: str, name: str, y: float, tables: Tables
) -> tuple[list[alt.Chart], float]:
    """Return a lane's name over a line, its tally beside it as a key of its colours, and the y below them."""
    rule = pd.DataFrame({"x": [LEFT], "x2": [WIDTH], "y": [y], "y2": [y]})
    bold = pd.DataFrame({"x": [LEFT], "y": [y + 6], "text": [name]})
    start, counts = LEFT + measure(name, WIDE.label) * 1.12 + 28, tally(items, lane, tables)
    placed = flow(list(counts["text"]), start, y + 7, WIDTH - start, SIZE)
    dots = counts.drop(columns="text").assign(
        x=placed["x"] - 9, y=placed["y"] + SIZE / 2 - 0.5, area=60
    )
    low = placed["y"].max() if len(placed) else y + 7
    return [
        *lines(rule),
        *words(bold, WIDE.label, fontWeight="bold"),
        *key(dots),
        *words(placed[:1], SIZE),
        *words(placed[1:], SIZE, "soft"),
    ], low + leading(SIZE) + 8


def _rows(shown: pd.DataFrame) -> list[alt.Chart]:
    """Return marks, time spans, labels and deadlines of the labelled items."""
    right, hung = shown["right"], shown[shown["hangs"].notna()]
    long = shown[(shown["last"] > shown["first"]) & ~shown["free"]]
    spans = long.assign(x2=2 * long["x"] - long["x0"], x=long["x0"], y2=long["y"])
    until = hung.assign(x=hung["x"] + 8, x2=hung["far"] - 7, y2=hung["y"])
    free = shown[shown["free"]]
    waits = free.assign(x2=free["x"] - 7, x=free["x0"], y2=free["y"])
    ends = pd.DataFrame([*hung["hangs"]]).assign(x=[*hung["far"]], y=[*hung["y"]], area=110)
    text = shown.assign(
        x=(shown["x1"] + NEAR).where(right, shown["x0"] - NEAR), y=shown["top"], text=shown["words"]
    )
    named = hung.assign(
        x=(hung["far"] + NEAR).where(hung["beside"], hung["far"] + 6),
        text=hung["ahead"],
        y=hung["top"].where(hung["beside"], hung["top"] + leading(SIZE)),
    )
    return [
        *lines(spans, "soft"),
        *lines(pd.concat([until, waits]), "soft", strokeDash=[4, 3]),
        *words(text[right], SIZE),
        *words(text[~right], SIZE, align="right"),
        *words(_notes(text), SIZE, "soft"),
        *words(named[named["beside"]], SIZE),
        *words(named[~named["beside"]], SIZE, align="right"),
        *marks(shown[~shown["free"]]),
        *marks(free, hollow=True),
        *marks(ends, hollow=True),
    ]


def _notes(text: pd.DataFrame) -> pd.DataFrame:
    """Return the quiet notes: after the last word where they fit, else on a line of their own."""
    below = text["y"] + [tall(w, SIZE) for w in text["words"]]
    starts = text["x"].where(text["right"], text["x"] - [measure(n, SIZE) for n in text["note"]])
    return text.assign(
        text=text["note"],
        x=(text["x"] + text["ends"] + GAP).where(text["inline"], starts),
        y=(below - leading(SIZE)).where(text["inline"], below),
    )
