"""Events by articles as a grid of marks: on a wide page, on a phone, and with many articles."""

import altair as alt
import pandas as pd

from explainer.charts._board import HALO, Board
from explainer.charts.grammar.text import measure
from explainer.theme import Canvas, light

_PATHS = {
    "reported": "M-{r},0a{r},{r} 0 1,0 {d},0a{r},{r} 0 1,0 -{d},0Z",
    "differently": "M0,-{e}L{e},0L0,{e}L-{e},0Z",
    "absent": "M-{s},0a{s},{s} 0 1,0 {t},0a{s},{s} 0 1,0 -{t},0Z",
}
_AGAIN = 8  # rows from which a section repeats the names of the articles
_EDGE = 6  # px that a halo may need at the right and, on a phone, at the left


def path(state: str, pitch: float) -> str:
    """Return the SVG path of a state's symbol, in pixels around 0,0, for columns `pitch` px apart."""
    r = min(5.0, pitch * 0.36)
    return _PATHS[state].format(
        r=f"{r:g}",
        d=f"{2 * r:g}",
        e=f"{min(1.4 * r, 0.45 * pitch):g}",
        s=f"{0.7 * r:g}",
        t=f"{1.4 * r:g}",
    )


def columns(articles: int, canvas: Canvas) -> dict:
    """Return the layout: x of dates, titles and marks, widths, `pitch`, and how articles are named.

    `head` is 'level' where names fit over their column, 'turned' where they stand upright, 'numbered' where
    not even that fits; on a phone with many articles the marks stand below the titles.
    """
    width = Board(canvas).width
    if canvas.phone:
        below = articles > 7
        pitch = min(28.0, (width - 2 * _EDGE if below else 192) / articles)
        grid = _EDGE if below else width - _EDGE - articles * pitch
        made = {
            "dates": None,
            "titles": 0,
            "title_width": (width if below else grid) - 6,
            "below": below,
        }
    else:
        few = articles <= 12
        grid, dates = (416, 130) if few else (312, 104)
        pitch = min(68.0, (width - _EDGE - grid) / articles)
        made = {
            "dates": (0, dates),
            "titles": dates + 4,
            "title_width": grid - dates - 8,
            "below": False,
        }
    head = "level" if pitch >= 58 else "turned" if pitch >= canvas.small + 1 else "numbered"
    return {
        **made,
        "grid": grid,
        "pitch": pitch,
        "head": head,
        "at": [grid + (i + 0.5) * pitch for i in range(articles)],
    }


def matrix(
    frame: pd.DataFrame,
    articles: pd.DataFrame,
    states: dict[str, str],
    canvas: Canvas,
    finding: str,
) -> alt.LayerChart:
    """Return the grid of `frame` (a row a cell, articles in order within an event) as a chart."""
    board, lay = Board(canvas), columns(len(articles), canvas)
    turned, marks = [], []
    y = _key(board, states)
    if lay["head"] == "numbered":
        y = _numbers(board, articles, y)
    for number, (section, part) in enumerate(frame.groupby("section", sort=False)):
        repeat = number == 0 or part["event_id"].nunique() >= _AGAIN
        y = _section(board, section, articles if repeat else None, lay, y + 8, turned)
        for _, row in part.groupby("event_id", sort=False):
            y = _event(board, row.reset_index(drop=True), lay, y, marks)
    board.layers += [
        *_marks(pd.DataFrame(marks), board.place(y), min(HALO, lay["pitch"] / 2)),
        *_upright(pd.DataFrame(turned), board.place(y)),
    ]
    return board.chart(y, finding)


def _key(board: Board, states: dict[str, str]) -> float:
    """Explain the symbols in one line, or in as many as they need; return the y below."""
    x, y, size = 0.0, 0.0, board.canvas.small
    for state in _PATHS:
        wide = measure(states[state], size) + 34
        if x and x + wide - 20 > board.width:
            x, y = 0.0, y + board.leading + 3
        board.mark(
            x + 7, y + 6, path(state, 14), "soft" if state == "absent" else "ink", state != "absent"
        )
        board.text(x + 18, y, states[state], board.width, "soft")
        x += wide
    blank = f"no mark: {states['unknown']}"
    if x + measure(blank, size) > board.width:
        x, y = 0.0, y + board.leading + 3
    return board.text(x, y, blank, board.width - x, "soft") + 4


def _numbers(board: Board, articles: pd.DataFrame, y: float) -> float:
    """List the articles with their numbers in columns, where their names do not fit over the grid."""
    across = 2 if board.canvas.phone else 4
    tall = -(-len(articles) // across)
    for i, name in enumerate(articles["label"]):
        board.text(
            i // tall * board.width / across,
            y + 8 + i % tall * board.leading,
            f"{i + 1} {name}",
            board.width / across,
        )
    return y + 12 + tall * board.leading


def _section(
    board: Board, section: str, articles: pd.DataFrame | None, lay: dict, y: float, turned: list
) -> float:
    """Write a section's heading, with the articles over their columns; return the y below its line."""
    wide = (
        board.width
        if articles is None
        else lay["title_width"]
        if board.canvas.phone
        else lay["grid"]
    )
    own = Board(board.canvas).text(0, 0, section, wide, bold=True)
    tall = own if articles is None else max(own, _names(board, articles, lay, y, turned))
    board.text(0, y + tall - own, section, wide, bold=True)
    board.line(0, y + tall + 3, board.width, y + tall + 3, "soft")
    return y + tall + 9


def _names(board: Board, articles: pd.DataFrame, lay: dict, y: float, turned: list) -> float:
    """Name the articles over their columns; return how high that is."""
    size, dates = board.canvas.small, _dates(articles)
    if lay["head"] == "numbered":
        for i, x in enumerate(lay["at"]):
            board.text(x, y + i % 2 * board.leading, str(i + 1), 40, "soft", align="center")
        return (3 if lay["below"] else 2) * board.leading
    if lay["head"] == "level":
        for x, name, date in zip(lay["at"], articles["outlet_short"], dates, strict=True):
            low = board.text(x, y, name, lay["pitch"] * 1.1, align="center", bold=True)
            board.text(x, low, date, lay["pitch"] * 1.3, "soft", align="center")
        return 2 * board.leading
    lines = [
        (n, d) if lay["pitch"] >= 2.2 * size else (f"{n} {d}",)
        for n, d in zip(articles["outlet_short"], dates, strict=True)
    ]
    room = board.width - lay["grid"] if lay["below"] else 0
    tall = (
        max(measure(line, size) for pair in lines for line in pair)
        + 6
        + (board.leading + 4 if room else 0)
    )
    for x, pair in zip(lay["at"], lines, strict=True):
        for i, line in enumerate(pair):
            turned.append(
                {
                    "x": x + (i - (len(pair) - 1) / 2) * (size + 2),
                    "y": y + tall - 2 - (board.leading + 4 if room else 0),
                    "text": line,
                    "ink": light("soft" if i else "ink"),
                }
            )
    return tall


def _dates(articles: pd.DataFrame) -> list[str]:
    """Return the days of publication in short, with the year where there are several, 'c.' where inferred."""
    form = "%b" if articles["published"].dt.year.nunique() == 1 else "%b %y"
    return [
        ("" if a.published_precision == "day" else "c. ")
        + f"{a.published.day} {a.published:{form}}"
        for a in articles.itertuples()
    ]


def _event(board: Board, row: pd.DataFrame, lay: dict, y: float, marks: list) -> float:
    """Write an event's date and title and put its marks; return the y below."""
    event = row.iloc[0]
    if lay["dates"]:
        dated = board.text(lay["dates"][0], y, event["short"], lay["dates"][1], "soft")
        titled = board.text(lay["titles"], y, event["title"], lay["title_width"])
    else:
        low = board.text(lay["titles"], y, event["short"], lay["title_width"], "soft")
        dated = titled = board.text(lay["titles"], low, event["title"], lay["title_width"])
    low = max(dated, titled)
    middle = low + 10 if lay["below"] else (y + titled) / 2 - 1
    seen = row[row["state"] != "unknown"]
    if len(seen):
        board.line(lay["at"][seen.index[0]], middle, lay["at"][seen.index[-1]], middle, "faint")
    for i, cell in seen.iterrows():
        marks.append(
            {
                "x": lay["at"][i],
                "y": middle,
                "path": path(cell["state"], lay["pitch"]),
                "state": cell["state"],
                "label": cell["label"],
                "row": cell["row"],
            }
        )
    return (middle + 12 if lay["below"] else max(low, y + 20)) + 4


def _marks(frame: pd.DataFrame, place: dict, halo: float) -> list[alt.Chart]:
    """Return the symbols: a ring for silence, no link; the others lead to the words."""
    shape = alt.Shape("path:N", scale=None)
    silent, told = frame[frame["state"] == "absent"], frame[frame["state"] != "absent"]
    rings = alt.Chart(silent[["x", "y", "path"]]).mark_point(
        filled=False, size=4, strokeWidth=1.2, color=light("soft"), aria=False
    )
    dots = alt.Chart(told[["x", "y", "path", "label", "row"]]).mark_point(
        size=4, fill=light("ink"), stroke="transparent", strokeJoin="round", strokeWidth=halo
    )
    return [
        rings.encode(**place, shape=shape),
        dots.encode(
            **place, shape=shape, href=alt.Href("row:N"), description=alt.Description("label:N")
        ),
    ]


def _upright(frame: pd.DataFrame, place: dict) -> list[alt.Chart]:
    if frame.empty:
        return []
    return [
        alt.Chart(frame)
        .mark_text(angle=270, align="left", baseline="middle")
        .encode(**place, text="text:N", color=alt.Color("ink:N", scale=None))
    ]
