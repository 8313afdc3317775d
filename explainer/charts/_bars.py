"""What a joint statement ends, lets go on and leaves open: bars on an axis of time."""

import altair as alt
import pandas as pd

from explainer.charts._board import Board, key, lines, marks, surface, words
from explainer.charts._spans import GROUPS, announcement, spans
from explainer.charts.grammar.text import fold, leading, measure, tall
from explainer.charts._year import SHAPES
from explainer.data.tables import Tables
from explainer.theme import Canvas
from explainer.words.formats import day

SUBTITLE = "Solid bar: up to a date that is given. Dashed: no end is given. Dotted: no article says"
BAR = 9  # px: how thick a span is
HEAD = 36  # px over the first row of a group
BELOW = 10  # px from the middle of a bar to the words under it
TIP = 22  # px from the edge to the arrows' heads, which stand for "later"


def draw(tables: Tables, finding: str, canvas: Canvas) -> alt.LayerChart:
    """Return one composition: bars beside their words on a wide page, below them on a phone."""
    full = surface(canvas)
    left, right = (19.0, full - 52.0) if canvas.phone else (282.0, full - 60.0)
    frame, start = spans(tables), pd.Period(announcement(tables)["start"]).start_time
    dated = frame[frame["until"].notna()]
    last = dated["until"].max() if len(dated) else start + pd.DateOffset(years=1)
    at = lambda moment: left + (right - left) * ((moment - start) / (last - start))
    ticks = dated.drop_duplicates("until").sort_values("until")
    ticks = pd.DataFrame(
        {"x": [left, *ticks["until"].map(at)], "text": [day(f"{start:%Y-%m-%d}"), *ticks["at"]]}
    )
    axis, top = _axis(ticks, full, canvas.small)
    rows = _placed(frame, tables, top, full if canvas.phone else left - 24, canvas)
    rows = rows.assign(
        x0=left, x1=[at(moment) if pd.notna(moment) else float("nan") for moment in rows["until"]]
    )
    layers = [
        *axis,
        *_heads(rows, full, canvas),
        *_ticks(rows, ticks),
        *_bars(rows, full - TIP),
        *_marks(rows, full - TIP),
        *_labels(rows, full, canvas),
    ]
    return Board(canvas, layers).chart(
        round(rows["y"].iloc[-1] + rows["high"].iloc[-1]), finding, SUBTITLE
    )


def _axis(ticks: pd.DataFrame, full: float, size: float) -> tuple[list[alt.Chart], float]:
    """Return the days over the bars, without those that would touch the one before, and the y below them."""
    kept, clear = [], -1.0
    for x, text in zip(ticks["x"], (fold(t, 78, size) for t in ticks["text"]), strict=True):
        half = measure(text, size) / 2
        x = min(max(half, x), full - half)
        if x - half >= clear:
            kept.append({"x": x, "text": text})
            clear = x + half + 6
    high = max(tall(tick["text"], size) for tick in kept)
    kept = pd.DataFrame(kept).assign(y=lambda f: high - f["text"].map(lambda t: tall(t, size)))
    return words(kept, size, "soft", align="center"), high + 4


def _placed(
    frame: pd.DataFrame, tables: Tables, y: float, room: float, canvas: Canvas
) -> pd.DataFrame:
    """Place the rows: `y` of the words, `noted` of their note, `bar` the middle of the bar, `high`; fold the words."""
    size, positions, sides = (
        canvas.small,
        tables.labels("statements", "position"),
        tables.labels("statements", "side"),
    )
    notes = [
        f"{positions[r.code]} · {', '.join(dict.fromkeys([sides[r.side], r.who]))}"
        if r.code
        else ""
        for r in frame.itertuples()
    ]
    under = (
        frame["deadline"]
        .where(frame["deadline"] != "", "no date given")
        .where(frame["code"] != "", "")
    )
    frame = frame.assign(
        words=[fold(t, room, canvas.label) for t in frame["text"]],
        under=under,
        note=[fold(n, room, size) for n in notes],
        new=frame["group"].ne(frame["group"].shift()),
    )
    own = frame["words"].map(lambda t: tall(t, canvas.label))
    text = own + frame["note"].map(lambda t: tall(t, size) if t else 0)
    below = BELOW + 4 + leading(size) * under.ne("")
    if canvas.phone:
        high, bar = text + 12 + below + 8, text + 12
    else:
        high, bar = (
            text.clip(lower=below + 4) + 12,
            pd.Series(leading(canvas.label) / 2, frame.index),
        )
    top = y + (high + HEAD * frame["new"]).cumsum() - high
    return frame.assign(high=high, y=top, bar=top + bar, noted=top + own)


def _heads(rows: pd.DataFrame, full: float, canvas: Canvas) -> list[alt.Chart]:
    """Return the names of the groups, each under a line."""
    first = rows[rows["new"]].drop(columns="row")
    over = first["y"] - HEAD + 4
    names = first.assign(x=0, y=over + 8, text=first["group"].map(GROUPS))
    return [
        *lines(first.assign(x=0, x2=full, y=over, y2=over)),
        *words(names, canvas.label, "soft", fontWeight="bold"),
    ]


def _ticks(rows: pd.DataFrame, ticks: pd.DataFrame) -> list[alt.Chart]:
    """Return a short line at each day of the axis, in each row."""
    crossed = rows[["bar"]].merge(ticks[["x"]], how="cross")
    return lines(crossed.assign(x2=crossed["x"], y=crossed["bar"] - 7, y2=crossed["bar"] + 7))


def _bars(rows: pd.DataFrame, tip: float) -> list[alt.Chart]:
    """Return solid bars up to a date, dashed ones with an arrow where none is an end, dotted lines for questions."""
    level = rows.assign(y=rows["bar"], y2=rows["bar"])
    layers = []
    for code, group in level[level["code"] != ""].groupby("code", sort=False):
        solid = group[group["x1"].notna()]
        loose = group[group["group"].ne("ends") | group["x1"].isna()]
        loose = loose.assign(x=loose["x1"].fillna(loose["x0"]) + 10, x2=tip)
        heads = loose.assign(x=tip, colour=f"position-{code}", shape="triangle-right", area=110)
        layers += [
            *lines(
                solid.assign(x=solid["x0"], x2=solid["x1"]), f"position-{code}", strokeWidth=BAR
            ),
            *lines(loose, f"position-{code}", strokeWidth=3, strokeDash=[7, 4]),
            *key(heads),
        ]
    asked = level[level["code"] == ""]
    asked = asked.assign(x=asked["x0"], x2=tip - 4)
    return [*layers, *lines(asked, "soft", strokeDash=[1, 4], strokeCap="round", strokeWidth=2)]


def _marks(rows: pd.DataFrame, tip: float) -> list[alt.Chart]:
    """Return what leads to the words: the start of a bar, the date at its end, the question mark."""
    ids = rows["row"].str.split()
    rows = rows.assign(y=rows["bar"], start=ids.str[0], end=ids.str[-1])
    said, dated, asked = (
        rows[rows["code"] != ""],
        rows[rows["x1"].notna()],
        rows[rows["code"] == ""],
    )
    said = said.assign(
        x=said["x0"],
        colour="position-" + said["code"],
        area=150,
        href=said["start"],
        shape=said["side"].map(SHAPES).fillna("circle"),
        label=said["who"] + ": " + said["text"],
    )
    dated = dated.assign(
        x=dated["x1"],
        colour="ink",
        shape="diamond",
        area=110,
        href=dated["end"],
        label=dated["deadline"] + ", " + dated["at"],
    )
    asked = asked.assign(
        x=tip + 4,
        colour="soft",
        shape="circle",
        area=260,
        href=asked["end"],
        label="No article says: " + asked["text"],
    )
    return [
        *marks(said),
        *marks(dated, hollow=True),
        *words(
            asked.drop(columns="row").assign(y=asked["bar"] - 6, text="?"),
            13,
            align="center",
            fontWeight="bold",
        ),
        *marks(asked, hollow=True),
    ]  # over its question mark, which would take the clicks


def _labels(rows: pd.DataFrame, full: float, canvas: Canvas) -> list[alt.Chart]:
    """Return the words of each row, who said them, and under the bar what its date means."""
    size, under = canvas.small, rows[rows["under"] != ""]
    room = pd.Series([measure(t, size) for t in under["under"]], under.index, dtype=float)
    x = (
        (under["x1"].fillna(full - 12) + 6 - room)
        .clip(lower=under["x0"] - 6)
        .clip(upper=full - room)
    )
    return [
        *words(rows.assign(x=0, text=rows["words"]), canvas.label),
        *words(
            rows[rows["note"] != ""].assign(x=0, y=rows["noted"], text=rows["note"]), size, "soft"
        ),
        *words(under.assign(x=x, y=under["bar"] + BELOW, text=under["under"]), size, "soft"),
    ]
