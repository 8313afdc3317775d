"""The long line: troop numbers since 2003 from beyond the articles, and the articles'."""

from functools import partial
from typing import Any

import altair as alt
import pandas as pd

from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.axes import Heights, Time, iso
from explainer.charts.grammar.labels import Box, levels, strip
from explainer.charts.grammar.marks import CIRCLE, DATED, INK, marked
from explainer.charts.grammar.text import brief, heading
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words import record
from explainer.words.troops import LEVEL, PLANNED, numbers

_RETURN = pd.Timestamp("2012-01-01")  # US forces had left; before, one size of force, then another
KINDS = {"level": "level", "other": "not to scale"}
_DRAWN = 30  # numbers of the record in one drawing: the latest, so that words have room
_BAND = 4  # px of the time of the reports, at least
_NEAR = pd.Timedelta(days=30)  # as far from the articles a number is of their time


@figure
def iraq(tables: Tables) -> Figure:
    """Draw every troop number for Iraq; the years before 2012 have a panel of their own."""
    return _figure(tables, "iraq")


@figure
def syria(tables: Tables) -> Figure:
    """Draw every troop number for Syria."""
    return _figure(tables, "syria")


def _figure(tables: Tables, place: str) -> Figure:
    every = numbers(tables, place)
    name = tables.labels("troops", "place")[place]
    context = every[every["tier"].eq("context")]
    finding, shown = _finding(every, name), every.drop(index=context.index[:-_DRAWN])
    left = len(every) - len(shown)
    less = f" {left} earlier numbers are left out; the file of the table has them." * bool(left)
    last = context[context["kind"].ne("other")].tail(20)
    each = "; ".join(f"{row.printed}, {row.who}, {row.when}" for row in last.itertuples())
    own = every[every["as_of"].str[:4] < every["first"].dt.strftime("%Y")]
    older = "; ".join(own["outlet_short"] + " dates its number to " + own["as_of"].str[:4])
    older = f" ({older})" * bool(older)
    tier, drawn = every["tier"].map(tables.labels("sources", "tier")), every["kind"].map(KINDS)
    columns = {"tier": "From", "place": "Place", "when": "When", "printed": "Number"}
    columns |= {"what": "What", "counted_by": "Who counted or published it", "scope": "Scope"}
    columns |= {"drawn": "Drawn as", "row": "row"}
    table = every.assign(place=name, drawn=drawn, tier=tier)[list(columns)]
    return Figure(
        rows(shown),
        draw,
        finding=finding,
        subtitle=(
            "US troop numbers as printed, at their dates; reports on the day of publication"
            f"{older}. Shaded: the time of the reports. Dashed line: their number."
        ),
        caption=(
            "A gap means that we found no number, not that there were no troops. "
            "No line joins counts by different institutions. Below the axis, not to scale:"
            " plans, events, and numbers that cover a part of the country or of the forces, or"
            f" include other forces.{less}"
        ),
        description=(
            f"Marks on an axis of time, {name}. {finding}. {len(every) - len(context)} filled marks"
            f" stand for articles, {len(context)} outlines for other sources, of which"
            f" {context['kind'].eq('other').sum()} are {KINDS['other']}. Levels: {each}."
        ),
        data=table.rename(columns=columns),
    )


def rows(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers with what a mark says. Articles, and who prints their number at their
    time, share a label, which leads to the articles' rows in `proofs`.
    """
    who, what = shown["who"].map(record.short), ", " + shown["what"].replace(PLANNED, "planned")
    who = who.mask(record.us_only(shown), who.str.split(", ").str[0])
    other = shown["printed"] + what.str.removeprefix(f", {LEVEL}") + " (" + who + ")"
    name = other.where(shown["kind"].eq("other"), shown["printed"] + " · " + who)
    level, named = shown["kind"].eq("level"), shown["row"].isin(_compared(shown)["row"])
    long = level & (shown["last"] - shown["first"]).gt(_NEAR)
    name += (" · " + brief(shown["when"])).where(named | long, "")  # `named` in the title, too
    own = shown["tier"].eq("article")
    looks = {"mark": marked(shown), "span": long.map({True: DATED, False: ""}), "bold": own | named}
    shown = shown.assign(name=name, text=name, proofs=shown["row"], **looks)
    articles = shown[own]
    if len(articles):
        printed, time = articles["printed"].mode()[0], articles["date"].agg(["min", "max"])
        then = shown["date"].between(time["min"] - _NEAR, time["max"] + _NEAR)
        same = then & shown["printed"].isin(articles["printed"])
        shown.loc[own | same, "text"] = ""
        months = articles["first"].dt.strftime("%b %Y").value_counts(sort=False)  # these overlap
        each = "".join(f"\n{n} in {month}" for month, n in months.items())
        each = f", {months.index[0]}" if len(months) == 1 else f":{each}" * (len(months) < 5)
        shown.loc[articles.index[0], "text"] = f"{printed}\n{len(articles)} reports{each}"
        shown.loc[articles.index[0], "proofs"] = " ".join(articles["row"])
    # an article's is drawn over what has no words of its own, under what has them
    front = own + 2 * (shown["text"].ne("") & ~own)
    columns = ["tier", "kind", "value", "date", "first", "last", "row", "name", "text", "proofs"]
    return shown.loc[front.sort_values(kind="stable").index, [*columns, *looks]]


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart | alt.HConcatChart:
    """Draw the years since the return and, on a scale of their own, the years before: on a desk
    to their left, on a phone under them.
    """
    before, since = rows[rows["date"] < _RETURN], rows[rows["date"] >= _RETURN]
    era, full = partial(_era, canvas=canvas, key=rows[rows["kind"].ne("other")]), canvas.width - 58
    if before["kind"].eq("other").all() or since["kind"].eq("other").all():
        return era(rows, width=full, tall=290 if canvas.phone else 250)
    left, right = (full, full) if canvas.phone else (240, full - 314)
    low, high = (120, 290) if canvas.phone else (270, 270)
    times = round(before["value"].max() / low / (since["value"].max() / high))
    heads = [f"{part['first'].min():%Y} to {part['last'].max():%Y}" for part in (before, since)]
    way = "compressed" if canvas.phone else "enlarged"
    heads[not canvas.phone] += f" (scale {way} {times} times)"  # of the panel that is read second
    early = era(before, width=left, tall=low, head=heads[0])
    late = era(since, width=right, tall=high, head=heads[1])
    if canvas.phone:
        return alt.vconcat(late, early, spacing=16)
    return alt.hconcat(early, late, spacing=24).resolve_scale(x="independent", y="independent")


def _era(
    rows: pd.DataFrame, canvas: Canvas, key: pd.DataFrame, width: float, tall: int, head: str = ""
) -> alt.VConcatChart:
    """Return one era: levels over a true axis, and under it what is no level."""
    first, last = rows["first"].min(), rows["last"].max()
    # beyond the last year, so that its name and words after the reports have room
    wider = int(canvas.phone and rows["tier"].eq("article").any())
    end = pd.Timestamp(last.year + 1 + wider, 3 if wider else 4, 1)
    time = Time(pd.Timestamp(first.year, 1, 1), end, width)
    counted, others = (rows[rows["kind"].eq("other") == which] for which in (False, True))
    days = (counted["last"] - counted["first"]) / (end - first) * width
    counted = counted.assign(reach=(2 + days / 2).clip(7, 12))  # no label touches a short span
    heights = Heights(counted["value"].max() * 1.15, tall, grid=False)
    articles = counted[counted["tier"].eq("article")]
    same = articles["value"].mode().head(1)
    barred: list[Box] = [(0, heights.px(v) - 2, width, heights.px(v) + 2) for v in same]
    ends = [time.px(day) for day in articles["first"].agg(["min", "max"])] if len(articles) else []
    thin = max(_BAND - ends[1] + ends[0], 0) if ends else 0
    barred += [(ends[0] - thin / 2, 0, ends[1] + thin / 2, tall)] if ends else []
    layers = levels(counted, time, heights, canvas, barred, key)
    if len(articles):
        level = alt.Chart(same.to_frame()).mark_rule(color=light("soft"), strokeDash=[4, 3])
        shade = alt.Chart(articles[["first"]].apply(iso))
        shade = shade.mark_rect(color=light("faint"), stroke=light("faint"), strokeWidth=thin)
        shade = shade.encode(time.x("min(first)"), x2="max(first):T")
        layers = [shade, level.encode(heights.y()), *layers]
    whole = alt.layer(*layers).properties(width=width, height=tall)
    charts = [whole.properties(title=heading(head, canvas)) if head else whole]
    if len(others):
        parts = others[["tier", "kind", "date", "text", "row"]]
        look: dict[str, Any] = {"color": INK, "shape": CIRCLE, "filled": False}
        charts.append(strip(parts, time, canvas, title="Not drawn to scale", **look))
    return alt.vconcat(*charts, spacing=12)


def _finding(every: pd.DataFrame, name: str) -> str:
    """Return what the articles print beside a later, larger number, or when it was reached."""
    articles, levels = (every[every["tier"].eq(tier)] for tier in ("article", "context"))
    levels = levels[levels["kind"].eq("level")]
    if articles.empty or levels.empty:
        return f"US troops in {name}: {len(every)} numbers, none to set beside another"
    text = f"US troops in {name}: {articles['printed'].mode()[0]} in the reports"
    for row in _compared(every).itertuples():
        if row.date < articles["date"].min():
            return f"{text}, a level reached by {row.when}"
        return f"{text}; a later figure was {row.printed} ({record.short(row.who)}, {row.when})"
    return f"{text}; the last figure was {levels.iloc[-1]['printed']}"


def _compared(every: pd.DataFrame) -> pd.DataFrame:
    """Return the number that the title sets beside the articles': the first later, larger one, or
    else the first of their size before them, if there is one.
    """
    articles = every[every["tier"].eq("article")]
    levels = every[every["tier"].eq("context") & every["kind"].eq("level")]
    printed = articles["value"].mode().sum()
    later = levels[(levels["first"] > articles["last"].max()) & (levels["value"] > printed)]
    before = levels[(levels["last"] < articles["first"].min()) & levels["value"].eq(printed)]
    return pd.concat([later, before]).head(1)
