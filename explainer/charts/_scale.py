"""Statements on the scale from staying to leaving: what stands in which cell, and the matrix of a wide page."""

import altair as alt
import pandas as pd

from explainer.charts._board import Board, lines, marks, surface, words
from explainer.charts._said import said
from explainer.charts.grammar.text import fold, tall
from explainer.charts._year import SHAPES, opening
from explainer.data.tables import Tables
from explainer.theme import WIDE
from explainer.words.formats import day

SUBTITLE = (
    "A mark is a statement as one article gives it; words from the most telling one of each cell"
)
CELL = ["side", "bucket", "position"]
DATE, PAD, PITCH = 84, 9, 11.5  # px: the column of dates, between cells, from mark to mark
HEAD = 26  # px over the first row of a side
HEAP = 14  # statements in a cell that are drawn one by one; more become one mark with their number
ROWS = 30  # rows before months become quarters, and quarters years


def cells(tables: Tables) -> pd.DataFrame:
    """Return the statements with `side`, `bucket` and `period` (the same in words), `n` in the cell, `best` of it."""
    rows = said(tables)
    sides = dict.fromkeys([*SHAPES, *tables.labels("statements", "side")])
    rows = rows.assign(side=rows["side"].astype(str), position=rows["position"].astype(str))
    rows["order"] = rows["side"].map({side: i for i, side in enumerate(sides)})
    rows["bucket"] = _buckets(rows, opening(tables))
    rows["period"] = rows["bucket"].map(_period)
    rows = rows.sort_values(
        ["order", "bucket", "first"], kind="stable", na_position="last"
    ).reset_index(drop=True)
    rows["n"] = rows.groupby(CELL)["row"].transform("size")
    return rows.assign(
        best=rows.index.isin(rows.groupby(CELL)["telling"].idxmax()),
        colour="position-" + rows["position"],
        shape=rows["side"].map(SHAPES).fillna("triangle-down"),
        label=[f"{r.who}, {r.when}, in {r.article}: {r.words}" for r in rows.itertuples()],
    )


def _buckets(rows: pd.DataFrame, start: pd.Timestamp) -> pd.Series:
    """Return the period of each row as a text that sorts: months, or what keeps the rows few enough.

    What is older than `start`, or dated to a year only, stands by its year; what is undated stands last.
    """
    year = rows["first"].dt.year.astype("Int64").astype(str)
    old = (rows["first"] < start) | rows["precision"].eq("year")
    for unit in ("M", "Q", "Y"):
        bucket = (
            rows["first"]
            .dt.to_period(unit)
            .astype(str)
            .where(~old, year)
            .where(rows["first"].notna(), "~")
        )
        if len(set(zip(rows["side"], bucket, strict=True))) <= ROWS:
            break
    return bucket


def _period(bucket: str) -> str:
    if bucket == "~":
        return "no date given"
    return f"{bucket[4:]} {bucket[:4]}" if "Q" in bucket else day(bucket)


def positions(tables: Tables) -> dict[str, str]:
    """Return {code: label} of the scale, from staying to leaving."""
    return {
        code: name
        for code, name in tables.labels("statements", "position").items()
        if code != "none"
    }


def speaker(row) -> list[str]:
    """Return the speaker as a label has him, and the publisher through which the article has it."""
    return [part for part in (row.short, f"via {row.via}" if row.via else "") if part]


def draw(tables: Tables, finding: str) -> alt.LayerChart:
    """Return the matrix: a row a side and period, a column a position."""
    names, rows = positions(tables), cells(tables)
    column = (surface(WIDE) - DATE) / len(names)
    lefts = {code: DATE + i * column for i, code in enumerate(names)}
    rows = rows.assign(left=rows["position"].map(lefts))
    top, y = _top(names, lefts, column)
    best = _folded(rows[rows["best"]], column)
    bands = _bands(best, y)
    low = float(bands["y"].iloc[-1] + bands["high"].iloc[-1])
    guides = pd.DataFrame({"x": [x - PAD for x in lefts.values()]}).assign(
        x2=lambda f: f["x"], y=y, y2=low
    )
    layers = [
        *lines(guides, "faint"),
        *top,
        *_heads(bands, tables),
        *_cells(rows, best, bands, column),
    ]
    return Board(WIDE, layers).chart(round(low), finding, SUBTITLE)


def _top(names: dict, lefts: dict, column: float) -> tuple[list[alt.Chart], float]:
    """Return the columns' heads, each over a bar in its colour, and the y below them."""
    text = {code: fold(name, column - PAD - 6, WIDE.label) for code, name in names.items()}
    high = max(tall(t, WIDE.label) for t in text.values())
    rows = pd.DataFrame(
        [{"x": lefts[c], "y": high - tall(t, WIDE.label), "text": t} for c, t in text.items()]
    )
    bar = lambda x: pd.DataFrame(
        {"x": [x], "x2": [x + column - 2 * PAD], "y": [high + 5], "y2": [high + 5]}
    )
    bars = [
        layer
        for code, x in lefts.items()
        for layer in lines(bar(x), f"position-{code}", strokeWidth=5)
    ]
    return [*words(rows, WIDE.label, fontWeight="bold"), *bars], high + 16


def _folded(best: pd.DataFrame, column: float) -> pd.DataFrame:
    """Fold the words of each cell and say how high it is: `folded`, `by`, `deep` (px of its marks), `high`."""
    size, width, room = WIDE.small, column - PAD - 4, int((column - PAD) // PITCH)
    best = best.assign(
        folded=[fold(w, width, size) for w in best["words"]],
        room=room,
        by=["\n".join(fold(part, width, size) for part in speaker(r)) for r in best.itertuples()],
        deep=[PITCH * (1 if n > HEAP else -(-n // room)) + 6 for n in best["n"]],
    )
    high = [
        deep + tall(w, size) + tall(b, size) * bool(b) + 9
        for deep, w, b in zip(best["deep"], best["folded"], best["by"], strict=True)
    ]
    return best.assign(high=high)


def _bands(best: pd.DataFrame, y: float) -> pd.DataFrame:
    """Return the rows of the matrix: `side`, `bucket`, `period`, `y`, `high`, `new` where a side begins."""
    bands = (
        best.groupby(CELL[:2], sort=False)
        .agg(high=("high", "max"), period=("period", "first"))
        .reset_index()
    )
    new = bands["side"].ne(bands["side"].shift())
    return bands.assign(new=new, y=y + (bands["high"] + HEAD * new).cumsum() - bands["high"])


def _heads(bands: pd.DataFrame, tables: Tables) -> list[alt.Chart]:
    """Return the sides' names, each under a line, and the dates."""
    first, sides = bands[bands["new"]], tables.labels("statements", "side")
    over = first["y"] - HEAD
    dates = bands.assign(x=0, text=[fold(p, DATE - 6, WIDE.small) for p in bands["period"]])
    return [
        *lines(first.assign(x=0, x2=surface(WIDE), y=over, y2=over)),
        *words(dates, WIDE.small, "soft"),
        *words(
            first.assign(x=0, y=over + 7, text=first["side"].map(sides)),
            WIDE.label,
            fontWeight="bold",
        ),
    ]


def _cells(
    rows: pd.DataFrame, best: pd.DataFrame, bands: pd.DataFrame, column: float
) -> list[alt.Chart]:
    """Return marks, numbers of full cells, words and speakers."""
    size, tops = WIDE.small, bands[[*CELL[:2], "y"]].rename(columns={"y": "top"})
    dots = heap(rows, int((column - PAD) // PITCH)).merge(tops, on=CELL[:2])
    dots["y"] = dots["top"] + 8 + PITCH * dots["level"]
    full = dots[dots["n"] > HEAP]
    counts = full.assign(x=full["x"] + 12, y=full["y"] - size / 2, text="×" + full["n"].astype(str))
    best = best.merge(tops, on=CELL[:2]).assign(
        x=lambda f: f["left"], y=lambda f: f["top"] + f["deep"]
    )
    by = best.assign(y=best["y"] + [tall(w, size) for w in best["folded"]], text=best["by"])
    return [
        *marks(dots),
        *words(counts, size),
        *words(best.assign(text=best["folded"]), size),
        *words(by, size, "soft"),
    ]


def heap(rows: pd.DataFrame, room: int) -> pd.DataFrame:
    """Return the marks of the cells, in lines of `room`; a cell too full for them is one mark with all its rows."""
    full = rows["n"] > HEAP
    few, many = rows[~full], rows[full & rows["best"]]
    ids = rows.groupby(CELL)["row"].agg(" ".join).rename("row").reset_index()
    many = (
        many.drop(columns="row")
        .merge(ids, on=CELL)
        .assign(x=lambda f: f["left"] + 6, level=0, area=110)
    )
    index = few.groupby(CELL).cumcount()
    few = few.assign(x=few["left"] + 6 + PITCH * (index % room), level=index // room, area=66)
    return pd.concat([few, many], ignore_index=True)
