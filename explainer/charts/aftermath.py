"""What happened next: how many US troops other sources count or foresee after the last dates."""

import math
from functools import partial

import altair as alt
import pandas as pd

from explainer.charts._said import due
from explainer.charts._terms import announcement
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.axes import Heights, Time, iso
from explainer.charts.grammar.labels import Box, beside, in_lines
from explainer.charts.grammar.marks import MARKS, NAME, PROOF, STEMMED, Layers, marked, words
from explainer.charts.grammar.text import heading, leading
from explainer.data.dates import days
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words import record
from explainer.words.formats import day

STATED, FLOOR, PLANNED, DUE = "stated", "at least that many", "planned", "date in the reports"
_KINDS = {"troop level": STATED, "planned troop level": PLANNED}
_SHAPES = {STATED: "circle", FLOOR: MARKS[STEMMED[1]][0], PLANNED: "M-1,-0.1L1,-0.1L1,0.1L-1,0.1Z"}
PLACES = {"iraq": "Iraq", "syria": "Syria"}  # whole countries: a part is no level beside them
MOST = 8  # numbers drawn of a country: of more, the latest
_TALL = 150  # px, without the words of the dates ahead


@figure
def timeline(tables: Tables) -> Figure:
    """Draw the numbers of US troops after the joint announcement, and its dates, by country."""
    table, start, seen = rows(tables), opening(tables), pd.Timestamp(last_seen(tables))
    finding = _finding(table)
    each = (table["text"] + ", " + table["when"]).groupby(table["where"])
    read = " ".join(f"{name}: {'; '.join(texts)}." for name, texts in each)
    columns = {"when": "When", "where": "Where", "what": "What", "sort": "Kind"}
    columns |= {"who": "Who says so", "source": "From", "row": "row"}
    return Figure(
        table,
        partial(draw, start=start, seen=seen),
        finding=finding,
        subtitle=(
            "A plan is shown at the date that it names, or else on the day of its report. Dotted"
            " axis: after our latest source"
        ),
        caption=(
            "The dates at the vertical lines are from the reports; the numbers are context, from"
            " other sources. A plan is not a withdrawal. Not drawn: numbers that cover only part of"
            " a country or may include other forces; they are in the list below."
        ),
        description=(
            f"Numbers over a time axis from {day(f'{start:%Y-%m}')} on, a panel each for"
            f" {' and '.join(PLACES.values())}. {finding}. {read}"
        ),
        data=table[list(columns)].rename(columns=columns),
    )


def rows(tables: Tables) -> pd.DataFrame:
    """Return a row for each number of US troops in a whole country, and each date ahead, in order
    of time. `date` is its day or the middle of its time, of what is due the last day.
    """
    facts, ahead = record.facts(tables), due(tables).assign(sort=DUE, source="the reports")
    facts["sort"] = facts["measure"].map(_KINDS)
    known = facts["sort"].notna() & facts["value"].notna()
    facts = facts[known & record.us_only(facts)].rename(columns={"id": "row"})
    facts["who"], facts["source"] = facts["counted_by"], record.LABEL + ": " + facts["outlet"]
    facts["text"] = facts["number"].astype(str) + " · " + facts["who"].map(record.short).astype(str)
    facts["text"] = facts["text"].where(facts["sort"].eq(STATED), "plan: " + facts["text"])
    facts["date"] = facts["first"] + (facts["last"] - facts["first"]) / 2
    ahead["text"] = ahead["what"] = ahead["text"] + ": " + ahead["when"]
    ahead = ahead.assign(date=ahead["last"], who="the joint statement, as reported")
    frame = pd.concat([facts, ahead])
    frame = frame[frame["first"].ge(opening(tables)) & frame["place"].isin(list(PLACES))]
    frame = frame.sort_values("date", ignore_index=True)
    frame = frame.groupby(["place", "sort"], observed=True).tail(MOST)
    frame["where"] = frame["place"].astype(str).map(PLACES)
    columns = ["where", "sort", "date", "first", "last", "value", "number", "text", "when", "what"]
    return frame[[*columns, "who", "source", "row"]].astype({"value": float})


def draw(
    rows: pd.DataFrame, canvas: Canvas, start: pd.Timestamp, seen: pd.Timestamp
) -> alt.HConcatChart | alt.VConcatChart:
    """Return a panel for each country, with its numbers as high as they are large, on one scale."""
    last = max([seen, *rows["date"]]) + pd.DateOffset(months=1)
    time = Time(start, last, canvas.width - 42 if canvas.phone else (canvas.width - 110) / 2)
    ahead = rows.loc[rows["sort"].eq(DUE), ["where", "date", "text", "row"]]
    parts = (ahead[ahead["where"].eq(name)] for name in PLACES.values())
    ahead = pd.concat([in_lines(part, time, canvas) for part in parts])
    above = max(ahead["line"] + [text.count("\n") + 1 for text in ahead["text"]], default=0)
    above = leading(canvas.small) * above + 6
    top = max([1, *rows["value"].dropna()])
    step = 10 ** math.floor(math.log10(top))
    most = math.ceil(top / step) * step  # the words of the dates ahead stand above it
    heights = Heights(most * (1 + above / _TALL), _TALL + above)
    ahead["value"] = heights.top * (1 - leading(canvas.small) * ahead["line"] / heights.tall)
    given, panels = rows[rows["sort"].ne(DUE)], list[Layers]()
    known = pd.DataFrame({"date": [start, seen], "last": [seen, last]}).apply(iso)
    axis = alt.Chart(known.assign(value=0, dash=[[1, 0], [2, 4]])).mark_rule(color=light("ink"))
    dash = alt.StrokeDash("dash:N", scale=None)
    # on a phone, whose words are in three lines, a line would strike those in the middle
    y = heights.y(values=[*range(0, most + 1, step)], grid=not canvas.phone)
    axis = axis.encode(time.x(domain=False), y, x2="last:T", strokeDash=dash)
    for name in PLACES.values():
        here, dates = (part[part["where"].eq(name)] for part in (given, ahead))
        layers = alt.layer(axis, *_panel(here, dates, time, heights, canvas))
        title = heading(f"All of {name}: {'' if len(here) else 'no number of '}US troops", canvas)
        panels.append(layers.properties(width=time.width, height=heights.tall, title=title))
    chart = alt.vconcat(*panels) if canvas.phone else alt.hconcat(*panels, spacing=24)
    return chart.resolve_scale(shape="shared")


def _panel(
    given: pd.DataFrame, ahead: pd.DataFrame, time: Time, heights: Heights, canvas: Canvas
) -> list[alt.Chart]:
    """Return the dates ahead as rules, and numbers as marks with their words."""
    x, y = time.x(domain=False), heights.y(grid=False)
    due = [time.px(pd.Timestamp(day)) for day in ahead["date"]]
    barred: list[Box] = [(at - 4, 0, at + 4, heights.tall) for at in due]
    barred.append((0, 0, time.width, heights.tall - _TALL - 12))
    given = given.assign(name=given["text"], bold=given["sort"].eq(STATED))
    broken = " · |(?<=plan:) " if canvas.phone else " · "
    labelled = given.assign(text=given["text"].str.replace(broken, "\n", regex=True))
    labels = beside(labelled, time, heights, canvas, barred)
    shape = alt.Shape("mark:N", legend=alt.Legend(title=None))
    shape = shape.scale(domain=list(_SHAPES), range=list(_SHAPES.values()))
    ahead = ahead.assign(top=True, gap=6, name=ahead["text"])
    rule = alt.Chart(ahead).mark_rule(color=light("soft"), strokeWidth=1).encode(x, PROOF, NAME)
    floor = marked(given.assign(tier="context", printed=given["number"].astype(str))).isin(STEMMED)
    mark = given["sort"].mask(floor & given["sort"].eq(STATED), FLOOR)
    given = given.assign(date=iso(given["date"]), mark=mark)
    given = given[["date", "value", "sort", "mark", "name", "row"]]
    point = alt.Chart(given).mark_point(
        size=120, filled=False, color=light("ink"), fill=light("paper"), strokeWidth=2
    )
    return [rule, words(ahead, x, y, canvas), *labels, point.encode(x, y, PROOF, NAME, shape=shape)]


def _finding(rows: pd.DataFrame) -> str:
    """Return the first and the latest number of each country, said to be a plan if it is one."""
    given = rows[rows["sort"].ne(DUE)]
    plan = given["sort"].eq(PLANNED).map({True: "a plan for ", False: ""})
    each = (plan + given["number"]).groupby(given["where"])
    parts = [f"{name}: {', then '.join(dict.fromkeys(n.iloc[[0, -1]]))}" for name, n in each]
    if not parts:
        return "No source gives a later number of US troops in all of a country"
    return f"US troops in {'; '.join(parts)}"


def opening(tables: Tables) -> pd.Timestamp:
    """Return the first day of the month after the latest joint announcement, or report."""
    start = announcement(tables)["start"] or f"{tables.sources['published'].max():%Y-%m}"
    return (pd.Period(start[:7]) + 1).start_time


def last_seen(tables: Tables) -> str:
    """Return the ISO day of the latest context page, at the earliest: there our knowledge ends."""
    return max(days(published)[0] for published in tables.pages["published"]).isoformat()
