"""Counting attacks: what each body counted, from when to when, and what the articles print."""

from functools import partial

import altair as alt
import pandas as pd

from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.axes import Heights, Time, iso
from explainer.charts.grammar.labels import Box, levels
from explainer.charts.grammar.marks import COUNTED, SINCE, Layers, marked
from explainer.charts.grammar.text import heading
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words import record
from explainer.words.attacks import tallies

_MOST = 24  # counts of pages beyond the articles in one drawing: the latest


@figure
def bodies(tables: Tables) -> Figure:
    """Draw each count of attacks on US forces from its start to its day, at its height."""
    every = tallies(tables)
    articles, context = (every[every["tier"].eq(tier)] for tier in ("article", "context"))
    finding, left = _finding(articles, context), max(0, len(context) - _MOST)
    less = f" {left} further numbers are left out; the file of the table has them." * bool(left)
    counts = (f"{r.who}, {r.area}, {r.what}: {r.printed} by {r.when}" for r in every.itertuples())
    columns = {"tier": "From", "who": "Who counted or published it", "area": "Area"}
    columns |= {"what": "What is counted", "when": "Up to", "printed": "Number", "row": "row"}
    tier = every["tier"].map(tables.labels("sources", "tier"))
    return Figure(
        rows(pd.concat([articles, context.tail(_MOST)])),
        draw,
        finding=finding,
        subtitle=("Each dot is a count of attacks on US forces, on the day to which it runs."),
        caption=(
            "Each line is a separate count: they differ in who counts, where, since when, and in "
            f"what counts as an attack.{less}"
        ),
        description=(
            "Lines from the start of each count to its day, as high as the count."
            f" {finding}. {'; '.join(counts)}."
        ),
        data=every[list(columns)].assign(tier=tier).rename(columns=columns),
    )


def rows(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the counts with what a mark says; those in the title are bold, and a `pair`."""
    text = shown["printed"] + " · " + shown["who"].map(record.short)
    ends = {"first": shown["start"], "last": shown["at"], "date": shown["at"]}
    spans = shown["exact"].map({True: COUNTED, False: SINCE}).where(shown["start"].notna(), "")
    looks = {"text": text, "name": text, "span": spans, "mark": marked(shown)}
    pair = shown["row"].isin(_pair(shown)["row"])
    shown = shown[["tier", "area", "value", "together", "row"]]
    shown = shown.assign(**ends, **looks, pair=pair, bold=pair | shown["tier"].eq("article"))
    return shown.reset_index(drop=True)


def _pair(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the first count of an article and the largest other one of its day and area."""
    one = shown[shown["tier"].eq("article")].head(1)
    same = shown["at"].isin(one["at"]) & shown["area"].isin(one["area"])
    return pd.concat([one, shown[same & shown["tier"].eq("context")].nlargest(1, "value")])


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart | alt.HConcatChart:
    """Draw the counts of both countries together, and beside them those of each alone."""
    first = min(rows["first"].min(), rows["date"].min()) - pd.Timedelta(days=9)
    last, top = rows["date"].max() + pd.Timedelta(days=18), float(rows["value"].max()) * 1.12
    large, *small = [part for _, part in rows.groupby([~rows["together"], "area"])]
    area, full = partial(_area, canvas=canvas, key=rows), canvas.width - 48
    wide, narrow, tall = (1, 0.44, 150) if canvas.phone else (0.61 if small else 1, 0.29, 172)
    main = area(large, Time(first, last, full * wide), Heights(top, 420, grid=False))
    size = Time(first, last, full * narrow), Heights(top, tall, grid=False)
    beside = [area(part, *size) for part in small]
    if canvas.phone:
        return alt.vconcat(main, alt.hconcat(*beside, spacing=6), spacing=14)
    return alt.hconcat(main, alt.vconcat(*beside, spacing=14), spacing=38)


def _area(
    rows: pd.DataFrame, time: Time, heights: Heights, canvas: Canvas, key: pd.DataFrame
) -> Layers:
    """Return the counts of one area: a line for the time of each, a dot at its day."""
    pair, barred, layers = rows[rows["pair"]], list[Box](), list[alt.Chart]()
    if pair["value"].nunique() > 1:
        x, y = time.px(pair["date"].iloc[0]), heights.px(pair["value"].mean())
        barred = [(x - 3, y - 12, x + 80, y + 12)]
        both = alt.Chart(pair[["date", "value"]].assign(date=iso(pair["date"])))
        bar = both.mark_rule(strokeWidth=4, color=light("side-other"))
        text = both.mark_text(text="same day", align="left", dx=8)
        layers = [bar.encode(time.x(), heights.y("min(value)"), y2="max(value):Q")]
        layers += [text.encode(time.x(), heights.y("mean(value)"))]
    layers += levels(rows, time, heights, canvas, barred, key)
    title = heading(rows["area"].iloc[0], canvas)
    return alt.layer(*layers).properties(width=time.width, height=heights.tall, title=title)


def _finding(articles: pd.DataFrame, context: pd.DataFrame) -> str:
    """Return what the first article prints, and the largest count of the same day and area."""
    if articles.empty:
        return f"No article counts the attacks; other sources have {len(context)} counts"
    one, *most = _pair(pd.concat([articles, context])).itertuples()
    text = f"{one.who} wrote of {one.printed} attacks on US forces"
    for other in most:
        who = other.who.partition(" (")[0]
        text += f"; the {who} counted {other.printed} up to the same day"
    return text
