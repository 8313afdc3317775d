"""The year on a phone: time runs downward, a narrow lane a side, words at the right."""

import altair as alt
import pandas as pd

from explainer.charts._board import Board, key, lines, marks, surface, words
from explainer.charts._year import (
    GROUND,
    before,
    due,
    happened,
    lane_names,
    note,
    spoken,
    subtitle,
)
from explainer.charts.grammar.text import BOLD, flow, fold, leading, measure, tall
from explainer.data.tables import Tables
from explainer.theme import NARROW
from explainer.words.formats import day

SIZE, WIDTH = NARROW.small, surface(NARROW)
LANE, FIRST, TEXT = 20, 19, 98  # px: from lane to lane, the first lane, where words begin
PAST, ENTRIES = (
    10,
    60,
)  # events of history; entries before the least told ones are left to the wide drawing


def draw(tables: Tables, finding: str) -> alt.LayerChart:
    """Return the narrow composition."""
    frames = [spoken(tables), happened(tables), due(tables)]
    items = pd.concat(frames, ignore_index=True).assign(due=lambda f: f["code"].eq("deadline"))
    kept = items.sort_values(["due", "n"], ascending=False, kind="stable").head(ENTRIES)
    items = kept.sort_values(["first", "last", "lane"], kind="stable").reset_index(drop=True)
    past, y = _past(before(tables, PAST), 0)
    keys, y = _key(items, tables, y + 14)
    heads, top = _heads(tables, y + 12)
    entries = _entries(items, tables, top)
    low = entries["y"].iloc[-1] + entries["high"].iloc[-1]
    stems = pd.DataFrame(
        [{"x": _lane_x(tables, lane), "y": head + SIZE + 2} for lane, head in heads[1]]
    ).assign(x2=lambda f: f["x"], y2=low)
    layers = [*past, *keys, *lines(stems), *heads[0], *_layers(entries)]
    return Board(NARROW, layers).chart(round(low), finding, subtitle())


def _lane_x(tables: Tables, lane: str) -> float:
    return FIRST + LANE * list(lane_names(tables)).index(lane)


def _past(past: pd.DataFrame, y: float) -> tuple[list[alt.Chart], float]:
    """Return history as a list, the year before the words."""
    left = 38 + BOLD * max((measure(when, SIZE) for when in past["when"]), default=0.0)
    text = [fold(t, WIDTH - left - 2, SIZE) for t in past["text"]]
    high = pd.Series([tall(t, SIZE) + 4 for t in text], dtype=float)
    rows = past.reset_index(drop=True).assign(
        y=y + leading(SIZE) + 6 + high.cumsum() - high, body=text
    )
    head = pd.DataFrame({"x": [0], "y": [y], "text": ["Before, not to scale"]})
    low = y + leading(SIZE) + 6 + high.sum()
    stem = pd.DataFrame(
        {"x": [FIRST], "x2": [FIRST], "y": [y + leading(SIZE) + 10], "y2": [low - 8]}
    )
    return [
        *words(head, SIZE, "soft"),
        *lines(stem),
        *marks(rows.assign(x=FIRST, y=rows["y"] + SIZE / 2, area=36)),
        *words(rows.assign(x=30, text=rows["when"]), SIZE, "soft", fontWeight="bold"),
        *words(rows.assign(x=left, text=rows["body"]), SIZE, "soft"),
    ], low


def _key(items: pd.DataFrame, tables: Tables, y: float) -> tuple[list[alt.Chart], float]:
    """Return what the colours and shapes stand for, as a line of small marks with names."""
    names = {**tables.labels("statements", "position"), **tables.labels("events", "kind")}
    codes = [c for c in names if c in set(items["code"]) - {"deadline"}]
    used = items.drop_duplicates("code").set_index("code")
    placed = flow([names[c] for c in codes], 14, y, WIDTH - 14, SIZE, gap=12).assign(area=55)
    placed["colour"] = [used.at[c, "colour"] for c in codes]
    acts = used["lane"].eq(GROUND)
    placed["shape"] = [used.at[c, "shape"] if acts[c] else "circle" for c in codes]
    low = placed["y"].max() + leading(SIZE) if len(placed) else y
    return [
        *key(placed.assign(x=placed["x"] - 8, y=placed["y"] + SIZE / 2)),
        *words(placed, SIZE),
    ], low


def _heads(
    tables: Tables, y: float
) -> tuple[tuple[list[alt.Chart], list[tuple[str, float]]], float]:
    """Return the lanes' names as stairs, each over its own lane, and the y below them."""
    names = lane_names(tables)
    rows = pd.DataFrame(
        [
            {"x": _lane_x(tables, lane) - 4, "y": y + i * leading(NARROW.label), "text": name}
            for i, (lane, name) in enumerate(names.items())
        ]
    )
    low = rows["y"].max() + leading(NARROW.label) + 6
    return (
        words(rows, NARROW.label, fontWeight="bold"),
        list(zip(names, rows["y"], strict=True)),
    ), low


def _entries(items: pd.DataFrame, tables: Tables, y: float) -> pd.DataFrame:
    """Place the entries one below the other under month names: `y`, `high`, `head`, `skipped` months above it."""
    lanes = lane_names(tables)
    month = items["first"].dt.to_period("M")
    new = month.ne(month.shift())
    gaps = month.astype("int64").diff().fillna(1).sub(1).clip(lower=0).astype(int)
    items = items.assign(
        words=[fold(t, WIDTH - TEXT, SIZE) for t in items["text"]],
        new=new,
        skipped=gaps,
        head=[day(str(m)) for m in month],
    )
    items["note"] = [
        fold(f"{lanes[lane]} · {text}", WIDTH - TEXT, SIZE)
        for lane, text in zip(items["lane"], note(items), strict=True)
    ]
    above = 24 * items["new"] + 22 * items["skipped"].gt(0)
    items["high"] = [
        tall(f"{w}\n{n}", SIZE) + 9 for w, n in zip(items["words"], items["note"], strict=True)
    ]
    items["y"] = y + (items["high"] + above).cumsum() - items["high"]
    return items.assign(
        x=[_lane_x(tables, lane) for lane in items["lane"]], area=50 + 14 * items["n"].clip(upper=9)
    )


def _layers(entries: pd.DataFrame) -> list[alt.Chart]:
    """Return marks, words, month names, breaks, and dashed lines from a statement to the deadline it sets."""
    text = entries.assign(x=TEXT, text=entries["words"])
    below = text.assign(y=text["y"] + [tall(w, SIZE) for w in text["words"]], text=text["note"])
    heads = (
        text[text["new"]]
        .drop(columns="row")
        .assign(y=lambda f: f["y"] - 20, text=lambda f: f["head"])
    )
    breaks = text[text["skipped"].gt(0)].drop(columns="row").assign(y=lambda f: f["y"] - 42)
    breaks["text"] = [f"// {n} month{'s' * (n > 1)} left out" for n in breaks["skipped"]]
    at = entries.assign(y=entries["y"] + SIZE / 2)
    start = {row: y for ids, y in zip(at["row"], at["y"], strict=True) for row in ids.split()}
    set_ = at[at["due"] & at["setter"].isin(start)]
    dashed = set_.assign(x2=set_["x"], y2=set_["y"] - 7, y=set_["setter"].map(start) + 7)
    dashed = dashed.groupby("x", as_index=False).agg(
        x2=("x2", "first"), y=("y", "min"), y2=("y2", "max")
    )
    cut = breaks.assign(x=0, x2=TEXT - 12, y=breaks["y"] + SIZE / 2, y2=breaks["y"] + SIZE / 2)
    return [
        *lines(dashed, "soft", strokeDash=[4, 3]),
        *lines(cut, "soft", strokeDash=[1, 3]),
        *words(text, SIZE),
        *words(below, SIZE, "soft"),
        *words(heads, NARROW.label, fontWeight="bold"),
        *words(breaks, SIZE, "soft"),
        *marks(at[~at["due"]]),
        *marks(at[at["due"]].assign(area=80), hollow=True),
    ]
