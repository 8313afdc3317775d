"""Small multiples of counts: each panel its own heading and its own marks, on one scale, with the counted time as a bar on its axis."""

import pandas as pd

from explainer.charts._board import Board, key, lines, surface, words
from explainer.charts._eras import labels, points
from explainer.charts._hung import Box, along, apart, hung
from explainer.charts.grammar.text import BOLD, flow, fold, leading, measure, tall
from explainer.theme import Canvas

SUBTITLE = "One scale in all panels; height is the number of attacks, from zero. No panel can be added to another"
_TALL, _AIR, _PITCH = (
    64,
    20,
    16,
)  # px: the height of the largest number, between panels, from mark to mark
_MONTH = 34  # px that the name of a month takes
_COLUMNS, _HEADING = 3, 136  # on a wide page; px of a heading beside its panel on a phone
SECTIONS = {True: "Iraq and Syria together", False: "One of the two countries"}


def draw(parts: list[pd.DataFrame], finding: str, canvas: Canvas):
    """Return one composition: panels in columns on a wide page, one below the other on a phone."""
    full = surface(canvas)
    every = pd.concat(parts, ignore_index=True)
    width, edge = (
        (full - _HEADING, 6) if canvas.phone else ((full - _AIR * (_COLUMNS - 1)) / _COLUMNS, 18)
    )  # a mark at the canvas's edge needs room
    scale = _Scale(every, width, edge)
    layers, y = _legend(full, canvas, every)
    for together, name in SECTIONS.items():
        held = [part for part in parts if part["together"].iloc[0] == together]
        if held:
            heads = pd.DataFrame({"x": [0], "y": [y + 22], "text": [name]})
            layers += [
                *lines(heads.assign(x2=full, y=y + 14, y2=y + 14)),
                *words(heads, canvas.label, fontWeight="bold"),
            ]
            y += 22 + leading(canvas.label)
            drawn, y = (
                _list(held, scale, y, canvas) if canvas.phone else _rows(held, scale, y, canvas)
            )
            layers += drawn
    return Board(canvas, layers).chart(round(y), finding, SUBTITLE)


class _Scale:
    """The place of a day and of a number in a panel `width` px wide, the same in all panels; and the articles' numbers."""

    def __init__(self, every: pd.DataFrame, width: float, edge: float):
        self.edge, self.width, self.first = (
            edge,
            width,
            pd.concat([every["start"], every["at"]]).min(),
        )
        self.last, self.most = every["at"].max(), every["value"].max()
        self.articles = every[every["tier"] == "article"]

    def x(self, moment: pd.Timestamp) -> float:
        return self.edge + (self.width - self.edge - 24) * (
            (moment - self.first) / max(self.last - self.first, pd.Timedelta(days=1))
        )

    def y(self, value: float) -> float:
        return -_TALL * value / self.most


def _legend(full: float, canvas: Canvas, every: pd.DataFrame) -> tuple[list, float]:
    names = {
        "article": "an article prints it",
        "context": "context",
        "bar": "time counted; dashed: start day not given",
        "dotted": "the article’s number and day, same area only",
        "line": "one body, counting in one way",
    }
    used = [
        name
        for name in names
        if name in ("bar", *every["tier"])
        or (name == "dotted" and "article" in set(every["tier"]))
        or (name == "line" and every["line"].duplicated().any())
    ]
    placed = flow([names[name] for name in used], 26, 0, full - 26, canvas.small, gap=22).assign(
        name=used
    )
    at = placed.assign(
        x=placed["x"] - 12, y=placed["y"] + canvas.small / 2, y2=placed["y"] + canvas.small / 2
    )
    dots = at[at["name"].isin(["article", "context"])].assign(shape="circle", area=64, colour="ink")
    rules = at.assign(x=at["x"] - 8, x2=at["x"] + 8).set_index("name", drop=False)
    made = [*key(dots), *key(dots[dots["name"] == "context"].assign(colour="paper", area=26))]
    for name, style in (
        ("bar", {"strokeWidth": 5}),
        ("dotted", {"strokeDash": [1, 3]}),
        ("line", {"strokeDash": [5, 4]}),
    ):
        made += lines(rules[rules["name"] == name], "soft", **style)
    wrapped = placed.assign(
        text=[
            fold(text, full - x, canvas.small)
            for text, x in zip(placed["text"], placed["x"], strict=True)
        ]
    )
    return [*made, *words(wrapped, canvas.small, "soft")], placed["y"].max() + tall(
        wrapped["text"].iloc[-1], canvas.small
    )


def _rows(parts: list[pd.DataFrame], scale: _Scale, y: float, canvas: Canvas) -> tuple[list, float]:
    layers = []
    for i in range(0, len(parts), _COLUMNS):
        row = parts[i : i + _COLUMNS]
        heads = [_heading(part, scale.width, canvas) for part in row]
        named = [_named(part, scale, canvas) for part in row]
        head = max(high for _, high in heads)
        base = y + 10 + head + max(_high(frame, scale) for frame in named) + 8
        for column, ((texts, _), frame) in enumerate(zip(heads, named, strict=True)):
            left = column * (scale.width + _AIR)
            layers += [
                layer
                for text, style in texts
                for layer in words(text.assign(x=left, y=text["y"] + y + 10), canvas.small, **style)
            ]
            layers += _pane(frame, scale, left, base, canvas)
        y = base + 14 + leading(canvas.small)
    return layers, y


def _list(parts: list[pd.DataFrame], scale: _Scale, y: float, canvas: Canvas) -> tuple[list, float]:
    layers = []
    for part in parts:
        texts, head = _heading(part, _HEADING - 8, canvas)
        frame = _named(part, scale, canvas)
        base = y + 12 + max(_high(frame, scale), head - 14 - leading(canvas.small))
        layers += [
            layer
            for text, style in texts
            for layer in words(text.assign(x=0, y=text["y"] + y + 12), canvas.small, **style)
        ]
        layers += _pane(frame, scale, _HEADING, base, canvas)
        y = base + 18 + leading(canvas.small)
    return layers, y


def _heading(
    part: pd.DataFrame, width: float, canvas: Canvas
) -> tuple[list[tuple[pd.DataFrame, dict]], float]:
    """Return who counts, in which area, since when, as texts with their style; and how high they are."""
    first, size = part.iloc[0], canvas.small
    who, what = (
        fold(first["who"], width, size * BOLD),
        fold(f"{first['area']}: {first['what']}", width, size),
    )
    texts = [
        (pd.DataFrame({"y": [0.0], "text": [who]}), {"fontWeight": "bold"}),
        (pd.DataFrame({"y": [tall(who, size)], "text": [what]}), {"colour": "soft"}),
    ]
    return texts, tall(f"{who}\n{what}", size)


def _named(part: pd.DataFrame, scale: _Scale, canvas: Canvas) -> pd.DataFrame:
    """Place the marks of a panel and their words over zero."""
    x = apart([scale.x(moment) for moment in part["at"]], _PITCH, scale.width - 24)
    part = part.assign(
        x=x, y=part["value"].map(scale.y), text=part["printed"] + "\n" + part["when"]
    )
    taken = [Box(0, y - 2, scale.width, y + 1) for y in _beside(part, scale)["value"].map(scale.y)]
    return hung(part, scale.width, canvas.small, [*taken, *along(_joins(part))])


def _joins(part: pd.DataFrame) -> pd.DataFrame:
    pairs = [
        (a, b)
        for _, line in part.groupby("line", sort=False)
        for a, b in zip(line.iloc[:-1].itertuples(), line.iloc[1:].itertuples(), strict=True)
    ]
    return pd.DataFrame(
        [{"x": a.x, "y": a.y, "x2": b.x, "y2": b.y} for a, b in pairs],
        columns=["x", "y", "x2", "y2"],
    )


def _pane(frame: pd.DataFrame, scale: _Scale, left: float, base: float, canvas: Canvas) -> list:
    """Draw one panel over its axis at `base`: the counted time, the articles' number, stems, marks, words."""
    flat = pd.DataFrame({"x": [left], "x2": [left + scale.width], "y": [base], "y2": [base]})
    counted = frame.tail(1)[frame.tail(1)["start"].notna()].drop(columns="row")
    counted = counted.assign(
        x=[left + scale.x(moment) for moment in counted["start"]],
        x2=[left + scale.x(moment) for moment in counted["at"]],
        y=base,
        y2=base,
    )
    moved = frame.assign(
        **{column: frame[column] + base for column in ("y", "top", "hook")}, x=frame["x"] + left
    )
    stems = moved.drop(columns="row").assign(x2=moved["x"], y2=base)
    joined = _joins(frame).assign(
        x=lambda f: f["x"] + left,
        x2=lambda f: f["x2"] + left,
        y=lambda f: f["y"] + base,
        y2=lambda f: f["y2"] + base,
    )
    return [
        *_ghost(frame, scale, left, base),
        *lines(flat, "rule"),
        *lines(counted[counted["exact"]], "soft", strokeWidth=5),
        *lines(counted[~counted["exact"]], "soft", strokeWidth=5, strokeDash=[6, 4]),
        *_months(scale, left, base, canvas),
        *lines(stems, "rule"),
        *lines(joined, "soft", strokeDash=[5, 4]),
        *labels(moved, 5, canvas.small),
        *points(moved.assign(kind="level")),
    ]


def _beside(part: pd.DataFrame, scale: _Scale) -> pd.DataFrame:
    """Return the articles' counts that a panel of the record may be compared with: those of its area."""
    alike = scale.articles["area"].eq(part["area"].iloc[0]) & (part["tier"].iloc[0] == "context")
    return scale.articles[alike]


def _ghost(part: pd.DataFrame, scale: _Scale, left: float, base: float) -> list:
    """Return dotted lines at the articles' number and day, without a mark, as they are not of this count."""
    same = _beside(part, scale)
    high = base + same["value"].map(scale.y).astype(float)
    at = pd.DataFrame({"x": left, "x2": left + scale.width, "y": high, "y2": high})
    days = pd.DataFrame(
        {"x": [left + scale.x(moment) for moment in same["at"]], "y": base, "y2": high.to_numpy()}
    ).assign(x2=lambda f: f["x"])
    return lines(pd.concat([at, days], ignore_index=True), "soft", strokeDash=[1, 3])


def _high(part: pd.DataFrame, scale: _Scale) -> float:
    """Return how far a panel reaches up from zero."""
    return max(
        -part["top"].min(), *(6 - scale.y(value) for value in _beside(part, scale)["value"]), 0
    )


def _months(scale: _Scale, left: float, base: float, canvas: Canvas) -> list:
    """Name as many months under the axis as have room."""
    months = pd.date_range(scale.first.replace(day=1), scale.last, freq="MS")
    months = months[months >= scale.first - pd.Timedelta(days=20)]
    places = [left + max(0.0, scale.x(month)) for month in months]
    pace = (places[-1] - places[0]) / max(1, len(places) - 1)
    every = max(1, -(-_MONTH // max(1, int(pace)))) if len(places) > 1 else 1
    form = "%b %Y" if every > 11 else "%b"
    made = pd.DataFrame(
        {"x": places, "x2": places, "y": base, "y2": base + 5, "text": months.strftime(form)}
    ).iloc[::every]
    fits = [
        x + measure(text, canvas.small) <= left + scale.width
        for x, text in zip(made["x"], made["text"], strict=True)
    ]
    return [*lines(made, "soft"), *words(made[fits].assign(y=base + 7), canvas.small, "soft")]
