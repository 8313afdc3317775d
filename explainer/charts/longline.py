"""The long line: troop numbers since 2003 from beyond the articles, and the articles'."""

import re
from typing import Any

import altair as alt
import pandas as pd

from explainer.charts._levels import KINDS, kept, numbers
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar import PROOF, Time, around, in_lines, iso, words
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words.formats import number

_RETURN = pd.Timestamp("2012-01-01")  # US forces had left; before, one size of force, then another
_TALL = 270  # px: the numbers of the years since
_INSET = 230  # px: the years before, beside them at a desk


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
    return Figure.of(
        rows(shown),
        draw,
        finding=finding,
        subtitle=(
            "US troops as printed, on their dates. Filled: an article of this book. Outline: a "
            "page beyond them. Shaded: the time of the articles."
        ),
        caption=(
            "Where no mark is, no number was found; troops may have been there all the same. "
            "Counts of other bodies or scopes are not joined. Under the axis stands what is no "
            "level: a plan, an event, a part of the country or of the forces."
            + f" {left} earlier numbers are left out; the file of the table has them."
            * bool(left)
        ),
        description=_description(finding, every, name),
        data=_data(every, name),
    )


def rows(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers with what a mark says; articles that print the same share a label."""
    articles = shown[shown["tier"].eq("article")]
    who = shown["who"].map(_short)
    level = shown["kind"].eq("level")
    label = shown["printed"] + " · " + who.where(~level, who.str.partition(", ")[0])
    plan = shown["printed"] + " " + shown["what"] + " · " + who
    label = label.where(
        shown["kind"].ne("other"), plan.str.replace("planned troop level", "planned")
    )
    name = label.copy()
    if len(articles):
        label[articles.index] = ""
        most = number(int(articles["value"].mode().iloc[0]))
        label[articles.index[0]] = f"{most} · {len(articles)} articles"
    columns = ["tier", "kind", "value", "first", "last", "row"]
    return shown[columns].assign(date=shown["x0"], name=name, text=label)


def _short(who: str) -> str:
    """Return who counted, without through whom: 'Pentagon' for 'Pentagon (Ryder)'."""
    return re.sub(r" \(.*?\)| via [^,]*", "", who)


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart | alt.HConcatChart:
    """Draw the years since the return, with the years before them as an inset."""
    before, since = rows[rows["date"] < _RETURN], rows[rows["date"] >= _RETURN]
    full = canvas.width - 60
    if before["kind"].eq("other").all():
        return _era(rows, canvas, full, _TALL)
    inset = full if canvas.phone else _INSET
    heads = [f"{part['first'].min():%Y} to {part['last'].max():%Y}" for part in (before, since)]
    times = round(before["value"].max() / since["value"].max())
    parts = [
        _era(since, canvas, full if canvas.phone else full - inset - 70, _TALL, heads[1]),
        _era(
            before, canvas, inset, 150 if canvas.phone else _TALL, f"{heads[0]}, scale 1 : {times}"
        ),
    ]
    if canvas.phone:
        return alt.vconcat(*parts, spacing=16)
    return alt.hconcat(*parts, spacing=24).resolve_scale(x="independent", y="independent")


def _era(
    rows: pd.DataFrame, canvas: Canvas, width: float, height: int, head: str = ""
) -> alt.VConcatChart:
    """Return one era: levels over a true axis, and under it what is no level."""
    first, last = rows["first"].min(), rows["last"].max()
    time = Time(pd.Timestamp(first.year, 1, 1), pd.Timestamp(last.year + 1, 1, 1), width)
    levels, others = (rows[rows["kind"].eq("other") == which] for which in (False, True))
    top = levels["value"].max() * 1.12
    scale = alt.Scale(domain=[0, top], nice=False)
    axis = alt.Axis(tickCount=4, domain=False, ticks=False, gridColor=light("faint"), format=",d")
    y = alt.Y("value:Q", title=None, scale=scale, axis=axis)
    title = alt.TitleParams(head, fontSize=canvas.label, frame="group", offset=8)
    upper = _levels(levels, time, y, top, height, canvas)
    chart = alt.layer(*upper).properties(width=width, height=height, title=title if head else "")
    return alt.vconcat(chart, *_strip(others, time, canvas), spacing=6)


def _levels(
    rows: pd.DataFrame, time: Time, y: alt.Y, top: float, height: int, canvas: Canvas
) -> list[alt.Chart]:
    x, ink = time.x(), light("ink")
    same = rows.loc[rows["tier"].eq("article"), "value"].mode().head(1)
    lines = list(height * (1 - same / top))
    rows = rows.iloc[::-1]  # the latest first: that is where most numbers stand
    places = height * (1 - rows["value"] / top)
    spans = zip(rows["first"].map(time.px), places, rows["last"].map(time.px), strict=True)
    at = around(
        rows["text"],
        rows["date"].map(time.px),
        places,
        (-4, -30, time.width + 6, height - 4),
        canvas,
        [
            *((0, line - 2, time.width, line + 2) for line in lines),
            *(
                (left, high - 1, right, high + 1)
                for left, high, right in spans
                if right - left > 14
            ),
        ],
    ).set_index(rows.index)
    drawn = rows.join(at).assign(
        label=rows["text"].where(at["align"].ne("none"), ""),
        **{column: iso(rows[column]) for column in ("date", "first", "last")},
    )
    articles, context = (drawn[drawn["tier"].eq(tier)] for tier in ("article", "context"))
    text = alt.Chart(drawn[drawn["label"].ne("")]).mark_text(
        align={"expr": "datum.align"}, dx={"expr": "datum.dx"}, dy={"expr": "datum.dy"}
    )
    dot: dict[str, Any] = {"size": 80, "opacity": 1, "color": ink}
    name = alt.Description("name:N")
    layers = [
        alt.Chart(drawn[drawn["first"].ne(drawn["last"])])
        .mark_rule(color=light("soft"), strokeWidth=2)
        .encode(time.x("first"), y, x2="last:T"),
        alt.Chart(context)
        .mark_point(filled=False, fill=light("paper"), strokeWidth=2, **dot)
        .encode(x, y, PROOF, name),
        alt.Chart(articles).mark_circle(**dot).encode(x, y, PROOF, name),
        text.encode(x, y, PROOF, text="label:N"),
    ]
    if articles.empty:
        return layers
    band = pd.DataFrame([{"first": articles["first"].min(), "last": articles["last"].max()}])
    level = pd.DataFrame({"value": same})
    shade = alt.Chart(band).mark_rect(color=light("rule"), opacity=0.6)
    rule = alt.Chart(level).mark_rule(color=light("soft"), strokeDash=[4, 3])
    return [shade.encode(time.x("first"), x2="last:T"), rule.encode(y), *layers]


def _strip(rows: pd.DataFrame, time: Time, canvas: Canvas) -> list[alt.LayerChart | alt.FacetChart]:
    """Return what is no level, as ticks with words."""
    if rows.empty:
        return []
    placed = in_lines(rows, time, canvas, 0.8).drop(columns=["first", "last", "value"])
    lines = int((placed["line"] + placed["text"].str.count("\n") + 1).max())
    x = time.x(labels=False, ticks=False, domain=False, grid=True, gridColor=light("faint"))
    y = alt.Y(
        "line:Q",
        axis=None,
        scale=alt.Scale(domain=[lines - 0.5, -0.5], nice=False, zero=False),
    )
    tick = alt.Chart(placed).mark_tick(
        thickness=3, height=12, color=light("ink"), opacity=1, orient="vertical"
    )
    marks = tick.encode(x, y, PROOF, alt.Description("text:N"))
    labels = words(placed[["date", "line", "text", "row", "align"]], x, y, canvas)
    return [
        alt.layer(marks, labels).properties(width=time.width, height=lines * (canvas.small + 5))
    ]


def _finding(every: pd.DataFrame, name: str) -> str:
    """Return what the articles print beside a later, larger number, or when it was reached."""
    articles = every[every["tier"].eq("article")]
    levels = every[every["tier"].eq("context") & every["kind"].eq("level")]
    if articles.empty or levels.empty:
        return f"US troops in {name}: {len(every)} numbers, none to set beside another"
    printed = articles["value"].mode().iloc[0]
    text = f"The articles print {number(int(printed))} US troops in {name}"
    later = levels[(levels["first"] > articles["last"].max()) & (levels["value"] > printed)]
    before = levels[levels["value"].eq(printed) & (levels["last"] < articles["first"].min())]
    if len(later):
        row = later.iloc[0]
        return f"{text}; a later figure was {row['printed']} ({_short(row['who'])}, {row['when']})"
    if len(before):
        return f"{text}, a level reached by {before.iloc[0]['when']}"
    return f"{text}; the last figure was {levels.iloc[-1]['printed']}"


def _description(finding: str, every: pd.DataFrame, name: str) -> str:
    context = every[every["tier"].eq("context")]
    levels = context[context["kind"].ne("other")]
    each = "; ".join(f"{r.printed}, {r.who}, {r.when}" for r in levels.tail(20).itertuples())
    return (
        f"Marks on an axis of time, {name}. {finding}. {every['tier'].eq('article').sum()} filled "
        f"marks stand for articles, {len(context)} outlines for pages beyond them, of which "
        f"{context['kind'].eq('other').sum()} are a plan, an event or a part. Levels: {each}."
    )


def _data(every: pd.DataFrame, name: str) -> pd.DataFrame:
    columns = {
        "from": every["tier"].astype(str),
        "place": name,
        "when": every["when"],
        "number": every["printed"],
        "what": every["what"],
        "who counts, or prints": every["counted_by"],
        "scope": every["scope"],
        "drawn as": every["kind"].map(KINDS),
        "row": every["row"],
    }
    return pd.DataFrame(columns)
