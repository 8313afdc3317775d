"""The long line: troop numbers since 2003 from beyond the articles, and the articles'."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.axes import Heights, Time, iso
from explainer.charts.grammar.labels import Box, levels, strip
from explainer.charts.grammar.marks import CIRCLE, INK
from explainer.charts.grammar.text import heading
from explainer.charts.troops import figures
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words import record
from explainer.words.formats import day

_RETURN = pd.Timestamp("2012-01-01")  # US forces had left; before, one size of force, then another
PLACES = {  # a country and its parts
    "iraq": ("iraq", "baghdad", "anbar", "ain_al_asad", "kurdistan", "erbil"),
    "syria": ("syria",),
}
KINDS = {"level": "level", "other": "not to scale"}
_LEVEL, _PLANNED = "troop level", "planned troop level"
_DRAWN = 30  # numbers of the record in one drawing: the latest, so that words have room
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
    spans = context["kind"].ne("other") & (context["last"] - context["first"]).gt(_NEAR)
    time = " A line through a mark: the time of the count." * bool(spans.any())
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
            "US troop numbers as printed, at their dates. Filled: from the reports, whose time is"
            " shaded and whose number is a dashed line. Outline: from other sources."
        ),
        caption=(
            "A gap means that we found no number, not that there were no troops. "
            "No line joins counts by different institutions. Under the axis, without a height:"
            " plans, events, and numbers that cover a part of the country or of the forces, or"
            f" include other forces.{time}{less}"
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
    who, what = shown["who"].map(record.short), ", " + shown["what"].replace(_PLANNED, "planned")
    who = who.mask(record.us_only(shown), who.str.split(", ").str[0])
    other = shown["printed"] + what.str.removeprefix(f", {_LEVEL}") + " (" + who + ")"
    name = other.where(shown["kind"].eq("other"), shown["printed"] + " · " + who)
    own = shown["tier"].eq("article")
    shown = shown.assign(name=name, text=name, proofs=shown["row"], bold=own)
    articles = shown[own]
    if len(articles):
        printed, time = articles["printed"].mode()[0], articles["date"].agg(["min", "max"])
        then = shown["date"].between(time["min"] - _NEAR, time["max"] + _NEAR)
        same = then & shown["printed"].isin(articles["printed"])
        shown.loc[own | same, "text"] = ""
        shown.loc[articles.index[0], "text"] = f"{printed}\n{len(articles)} reports"
        shown.loc[articles.index[0], "proofs"] = " ".join(articles["row"])
    columns = ["tier", "kind", "value", "date", "first", "last", "row", "name", "text", "proofs"]
    return shown[[*columns, "bold"]]


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart | alt.HConcatChart:
    """Draw the years since the return and, on a scale of their own, the years before: on a desk
    to their left, on a phone under them.
    """
    before, since = rows[rows["date"] < _RETURN], rows[rows["date"] >= _RETURN]
    full = canvas.width - 56
    if before["kind"].eq("other").all() or since["kind"].eq("other").all():
        return _era(rows, canvas, full, 250)
    left, right, tall = (full, full, 120) if canvas.phone else (240, full - 314, 270)
    times = round(before["value"].max() / tall / (since["value"].max() / 270))
    heads = [f"{part['first'].min():%Y} to {part['last'].max():%Y}" for part in (before, since)]
    early = _era(before, canvas, left, tall, heads[0])
    late = _era(since, canvas, right, 270, f"{heads[1]} (scale enlarged {times} times)")
    if canvas.phone:
        return alt.vconcat(late, early, spacing=16)
    return alt.hconcat(early, late, spacing=24).resolve_scale(x="independent", y="independent")


def _era(
    rows: pd.DataFrame, canvas: Canvas, width: float, tall: int, head: str = ""
) -> alt.VConcatChart:
    """Return one era: levels over a true axis, and under it what is no level."""
    first, last = rows["first"].min(), rows["last"].max()
    # beyond the last year, so that its name has room
    time = Time(pd.Timestamp(first.year, 1, 1), pd.Timestamp(last.year + 1, 4, 1), width)
    counted, others = (rows[rows["kind"].eq("other") == which] for which in (False, True))
    heights = Heights(counted["value"].max() * 1.12, tall, grid=False)
    articles = counted[counted["tier"].eq("article")]
    same = articles["value"].mode().head(1)
    barred: list[Box] = [(0, heights.px(v) - 2, width, heights.px(v) + 2) for v in same]
    # the reports' first, then the latest: that is where most numbers stand
    ordered = counted.assign(exact=True).iloc[::-1].sort_values("tier", kind="stable")
    layers = levels(ordered, time, heights, canvas, barred)
    if len(articles):
        level = alt.Chart(same.to_frame()).mark_rule(color=light("soft"), strokeDash=[4, 3])
        shade = alt.Chart(articles[["first"]].apply(iso)).mark_rect(color=light("faint"), clip=True)
        shade = shade.encode(time.x("min(first)"), x2="max(first):T")
        layers = [shade, level.encode(heights.y()), *layers]
    whole = alt.layer(*layers)
    charts = [whole.properties(width=width, height=tall, title=heading(head, canvas))]
    if len(others):
        parts = others[["tier", "kind", "date", "text", "row"]]
        look: dict[str, Any] = {"color": INK, "shape": CIRCLE, "filled": False}
        charts.append(strip(parts, time, canvas, title="Not drawn to scale", **look))
    return alt.vconcat(*charts, spacing=12)


def _finding(every: pd.DataFrame, name: str) -> str:
    """Return what the articles print beside a later, larger number, or when it was reached."""
    articles = every[every["tier"].eq("article")]
    levels = every[every["tier"].eq("context") & every["kind"].eq("level")]
    if articles.empty or levels.empty:
        return f"US troops in {name}: {len(every)} numbers, none to set beside another"
    printed = articles["value"].mode().iloc[0]
    text = f"US troops in {name}: {articles['printed'].mode()[0]} in the reports"
    later = levels[(levels["first"] > articles["last"].max()) & (levels["value"] > printed)]
    before = levels[levels["value"].eq(printed) & (levels["last"] < articles["first"].min())]
    for row in later.head(1).itertuples():
        return f"{text}; a later figure was {row.printed} ({record.short(row.who)}, {row.when})"
    for row in before.head(1).itertuples():
        return f"{text}, a level reached by {row.when}"
    return f"{text}; the last figure was {levels.iloc[-1]['printed']}"


def numbers(tables: Tables, place: str) -> pd.DataFrame:
    """Return a row for each number of a country, in order of time; an article's is of its day.

    `tier`: "article" or "context"; `kind`: "level" (US forces in the whole country) or "other" (a
    plan, an event, a part of the country or of the forces, or other forces, too);
    `first`, `last` and `date`, the middle; `printed`, with its hedge.
    """
    found = pd.concat([_context(tables, place), _articles(tables, place)], ignore_index=True)
    middle = found["first"] + (found["last"] - found["first"]) / 2
    found = found.assign(date=middle, value=found["value"].astype(float))
    return found.sort_values(["date", "tier"], ascending=[True, False], ignore_index=True)


def _context(tables: Tables, place: str) -> pd.DataFrame:
    facts = record.facts(tables)
    troops = facts["part"].astype(str).eq("troops") | facts["measure"].eq(_PLANNED)
    facts = facts[facts["place"].astype(str).isin(PLACES[place]) & troops & facts["value"].notna()]
    here, us = facts["place"].astype(str).eq(place), record.us_only(facts)
    whole = here & facts["measure"].eq(_LEVEL)
    kind = pd.Series("other", facts.index).mask(whole & us, "level")
    columns = ["first", "last", "value", "when", "scope", "counted_by"]
    return facts[columns].assign(
        tier="context",
        kind=kind,
        printed=facts["number"],
        who=[record.counter(row) for row in facts.itertuples()],
        what=facts["measure"] + (", " + facts["place_label"]).where(~here, ""),
        row=facts["id"],
    )


def _articles(tables: Tables, place: str) -> pd.DataFrame:
    frame = figures(tables)
    frame = frame[frame["place"].eq(place) & frame["count"].notna()]
    dated = " (dated " + frame["as_of"].map(day) + ")"
    names = {"published": "first", "count": "value", "outlet": "counted_by"}
    frame = frame.assign(
        tier="article",
        kind="level",
        last=frame["published"],
        printed=frame["hedged"],
        who=frame["label"] + dated.where(frame["as_of_basis"].eq("as_written"), ""),
        what=_LEVEL,
        scope="US forces",
    )
    return frame.rename(columns=names)
