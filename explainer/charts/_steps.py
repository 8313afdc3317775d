"""Statements on the scale from staying to leaving, on a phone: a list with five steps at its left."""

import altair as alt
import pandas as pd

from explainer.charts._board import Board, lines, marks, surface, words
from explainer.charts._scale import CELL, cells, positions, speaker
from explainer.charts.grammar.text import fold, leading, tall
from explainer.data.tables import Tables
from explainer.theme import NARROW

SUBTITLE = "×2: two statements at one time and position; words from the most telling one"
SIZE, WIDTH = NARROW.small, surface(NARROW)
FIRST, STEP, TEXT = 19, 15, 92  # px: the first position, from one to the next, where words begin
HEAD = 34  # px over the first entry of a side


def draw(tables: Tables, finding: str) -> alt.LayerChart:
    """Return the list: a mark on its step at the left, words, speaker and period at the right."""
    names = positions(tables)
    xs = {code: FIRST + i * STEP for i, code in enumerate(names)}
    top = len(names) * leading(NARROW.label) + 8
    entries = _entries(cells(tables), xs, top)
    low = float(entries["y"].iloc[-1] + entries["high"].iloc[-1])
    layers = [*_stairs(names, xs, low), *_heads(entries, tables), *_layers(entries)]
    return Board(NARROW, layers).chart(round(low), finding, SUBTITLE)


def _entries(rows: pd.DataFrame, xs: dict, y: float) -> pd.DataFrame:
    """Return the cells one below the other: by side, then time, then position."""
    best = rows[rows["best"]].assign(x=lambda f: f["position"].map(xs))
    best = best.sort_values(["order", "bucket", "x"], kind="stable").reset_index(drop=True)
    by = [", ".join([*speaker(r), r.period, *[f"×{r.n}"] * (r.n > 1)]) for r in best.itertuples()]
    ids = rows.groupby(CELL)["row"].agg(" ".join)  # a mark stands for its whole cell
    best = best.assign(
        row=[ids[tuple(cell)] for cell in best[CELL].itertuples(index=False)],
        folded=[fold(w, WIDTH - TEXT, SIZE) for w in best["words"]],
        by=[fold(b, WIDTH - TEXT, SIZE) for b in by],
        new=best["side"].ne(best["side"].shift()),
        area=55 + 12 * best["n"].clip(upper=9),
    )
    best["high"] = [
        tall(f"{w}\n{b}", SIZE) + 9 for w, b in zip(best["folded"], best["by"], strict=True)
    ]
    return best.assign(y=y + (best["high"] + HEAD * best["new"]).cumsum() - best["high"])


def _stairs(names: dict, xs: dict, low: float) -> list[alt.Chart]:
    """Return the positions' names as stairs, each over a line in its colour down the list."""
    step = leading(NARROW.label)
    stairs = pd.DataFrame(
        [{"x": xs[c] - 5, "y": i * step, "text": name} for i, (c, name) in enumerate(names.items())]
    )
    stem = lambda i, x: pd.DataFrame(
        {"x": [x], "x2": [x], "y": [i * step + NARROW.label + 2], "y2": [low]}
    )
    stems = [
        layer
        for i, (c, x) in enumerate(xs.items())
        for layer in lines(stem(i, x), f"position-{c}", strokeWidth=1)
    ]
    return [*stems, *words(stairs, NARROW.label)]


def _heads(entries: pd.DataFrame, tables: Tables) -> list[alt.Chart]:
    first, sides = entries[entries["new"]].drop(columns="row"), tables.labels("statements", "side")
    over = first["y"] - HEAD
    names = first.assign(x=TEXT, y=over + 10, text=first["side"].map(sides))
    return [
        *lines(first.assign(x=0, x2=WIDTH, y=over, y2=over), "soft"),
        *words(names, NARROW.label, fontWeight="bold"),
    ]


def _layers(entries: pd.DataFrame) -> list[alt.Chart]:
    text = entries.assign(x=TEXT, text=entries["folded"])
    below = text.assign(y=text["y"] + [tall(w, SIZE) for w in text["folded"]], text=text["by"])
    return [
        *words(text, SIZE),
        *words(below, SIZE, "soft"),
        *marks(entries.assign(y=entries["y"] + SIZE / 2)),
    ]
