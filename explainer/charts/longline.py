"""The long line: troop numbers since 2003 from beyond the articles, and the articles'."""

import re
from typing import Any

import altair as alt
import pandas as pd

from explainer.charts._levels import KINDS, kept, numbers
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar import CIRCLE, Box, Heights, Time, beside, iso, points, strip
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words.formats import number

_RETURN = pd.Timestamp("2012-01-01")  # US forces had left; before, one size of force, then another
_INSET = 230  # px: the years before, beside the others at a desk


@figure
def iraq(tables: Tables) -> Figure:
    """Draw every troop number for Iraq since 2014, and the years before as an inset."""
    return _figure(tables, "iraq")


@figure
def syria(tables: Tables) -> Figure:
    """Draw every troop number for Syria."""
    return _figure(tables, "syria")


def _figure(tables: Tables, place: str) -> Figure:
    every = numbers(tables, place)
    name = tables.labels("troops", "place")[place]
    finding, shown = _finding(every, name), kept(every)
    left = len(every) - len(shown)
    table = every.assign(place=name, drawn=every["kind"].map(KINDS))
    columns = {"tier": "from", "place": "place", "when": "when", "printed": "number"}
    columns |= {"what": "what", "counted_by": "who counts, or prints", "scope": "scope"}
    columns |= {"drawn": "drawn as", "row": "row"}
    return Figure.of(
        rows(shown),
        draw,
        finding=finding,
        subtitle=(
            "US troops as printed, on their dates. Filled: from the reports. Outline: from "
            "other sources (context). Shaded: the time of the reports."
        ),
        caption=(
            "Where there is no mark, no number was found; there may have been troops. "
            "Counts by different bodies are not joined. Under the axis: plans, events, and "
            "numbers for a part of the country or of the forces."
            + f" {left} earlier numbers are left out; the file of the table has them."
            * bool(left)
        ),
        description=_description(finding, every, name),
        data=table[list(columns)].rename(columns=columns),
    )


def rows(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers with what a mark says; articles that print the same share a label."""
    articles = shown[shown["tier"].eq("article")]
    who = shown["who"].map(short)
    plan = shown["printed"] + " " + shown["what"].str.replace("planned troop level", "planned")
    name = shown["printed"].where(shown["kind"].ne("other"), plan) + " · "
    name += who.where(shown["kind"].ne("level"), who.str.partition(", ")[0])
    text = name.copy()
    if len(articles):
        text[articles.index] = ""
        most = number(int(articles["value"].mode().iloc[0]))
        text[articles.index[0]] = f"{most} · {len(articles)} articles"
    columns = ["tier", "kind", "value", "first", "last", "row"]
    return shown[columns].assign(date=shown["x0"], name=name, text=text)


def short(who: str) -> str:
    """Return who counted, without through whom: 'Pentagon' for 'Pentagon (Ryder)'."""
    return re.sub(r" \(.*?\)| via [^,]*", "", who)


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart | alt.HConcatChart:
    """Draw the years since the return, with the years before them as an inset."""
    before, since = rows[rows["date"] < _RETURN], rows[rows["date"] >= _RETURN]
    full = canvas.width - 60
    if before["kind"].eq("other").all():
        return _era(rows, canvas, full, 250)
    inset, tall = (full, 150) if canvas.phone else (_INSET, 270)
    times = round(before["value"].max() / since["value"].max())
    heads = [f"{part['first'].min():%Y} to {part['last'].max():%Y}" for part in (since, before)]
    wide = full if canvas.phone else full - inset - 70
    late = _era(since, canvas, wide, 270, heads[0])
    early = _era(before, canvas, inset, tall, f"{heads[1]}, scale 1 : {times}")
    if canvas.phone:
        return alt.vconcat(late, early, spacing=16)
    return alt.hconcat(late, early, spacing=24).resolve_scale(x="independent", y="independent")


def _era(
    rows: pd.DataFrame, canvas: Canvas, width: float, tall: int, head: str = ""
) -> alt.VConcatChart:
    """Return one era: levels over a true axis, and under it what is no level."""
    first, last = rows["first"].min(), rows["last"].max()
    time = Time(pd.Timestamp(first.year, 1, 1), pd.Timestamp(last.year + 1, 1, 1), width)
    levels, others = (rows[rows["kind"].eq("other") == which] for which in (False, True))
    title = alt.TitleParams(head, fontSize=canvas.label, frame="group", offset=8)
    layers = _levels(levels, time, Heights(levels["value"].max() * 1.12, tall), canvas)
    charts: list[Any] = [alt.layer(*layers).properties(width=width, height=tall, title=title)]
    if len(others):
        ink = alt.value(light("ink"))
        parts = others[["tier", "kind", "date", "text", "row"]]
        charts.append(strip(parts, time, canvas, color=ink, shape=CIRCLE, filled=False))
    return alt.vconcat(*charts, spacing=6)


def _levels(rows: pd.DataFrame, time: Time, heights: Heights, canvas: Canvas) -> list[alt.Chart]:
    rows = rows.iloc[::-1]  # the latest first: that is where most numbers stand
    articles = rows[rows["tier"].eq("article")]
    same = articles["value"].mode().head(1)
    long = rows[rows["first"].lt(rows["last"])]
    barred: list[Box] = [
        (time.px(r.first), heights.px(r.value) - 2, time.px(r.last), heights.px(r.value) + 2)
        for r in long.itertuples()
    ]
    barred += [(0, heights.px(v) - 2, time.width, heights.px(v) + 2) for v in same]
    labels = beside(rows, time, heights, canvas, barred)
    y = heights.y()
    rows = rows.assign(**{column: iso(rows[column]) for column in ("date", "first", "last")})
    span = alt.Chart(rows[rows["row"].isin(long["row"])])
    layers = [
        span.mark_rule(color=light("soft"), strokeWidth=2).encode(time.x("first"), y, x2="last:T"),
        *labels,
        *points(rows, time.x(), y, "name"),
    ]
    if articles.empty:
        return layers
    articles = rows.loc[articles.index]  # with their days in no time zone
    band = pd.DataFrame([{"first": articles["first"].min(), "last": articles["last"].max()}])
    shade = alt.Chart(band).mark_rect(color=light("rule"), opacity=0.6)
    level = alt.Chart(pd.DataFrame({"value": same}))
    rule = level.mark_rule(color=light("soft"), strokeDash=[4, 3])
    return [shade.encode(time.x("first"), x2="last:T"), rule.encode(y), *layers]


def _finding(every: pd.DataFrame, name: str) -> str:
    """Return what the articles print beside a later, larger number, or when it was reached."""
    articles = every[every["tier"].eq("article")]
    levels = every[every["tier"].eq("context") & every["kind"].eq("level")]
    if articles.empty or levels.empty:
        return f"US troops in {name}: {len(every)} numbers, none to set beside another"
    printed = articles["value"].mode().iloc[0]
    text = f"The reports give {number(int(printed))} US troops in {name}"
    later = levels[(levels["first"] > articles["last"].max()) & (levels["value"] > printed)]
    before = levels[levels["value"].eq(printed) & (levels["last"] < articles["first"].min())]
    if len(later):
        row = later.iloc[0]
        return f"{text}; a later figure was {row['printed']} ({short(row['who'])}, {row['when']})"
    if len(before):
        return f"{text}, a level reached by {before.iloc[0]['when']}"
    return f"{text}; the last figure was {levels.iloc[-1]['printed']}"


def _description(finding: str, every: pd.DataFrame, name: str) -> str:
    context = every[every["tier"].eq("context")]
    levels = context[context["kind"].ne("other")]
    each = "; ".join(f"{r.printed}, {r.who}, {r.when}" for r in levels.tail(20).itertuples())
    return (
        f"Marks on an axis of time, {name}. {finding}. {every['tier'].eq('article').sum()} filled "
        f"marks stand for articles, {len(context)} outlines for other sources, of which "
        f"{context['kind'].eq('other').sum()} are a plan, an event or a part. Levels: {each}."
    )
