"""What was agreed: what the joint statement ends, lets go on and leaves open."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts._terms import announcement, said_of_it, terms
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.axes import Time, iso, utc
from explainer.charts.grammar.marks import PROOF, Layers, side, words
from explainer.charts.grammar.text import fold, leading
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words.formats import day, spelled

_ENDS = {"mission_ends": "The mission was to end", "forces_leave": "The forces were to leave"}


@figure
def spans(tables: Tables) -> Figure:
    """Draw the spans that the latest joint announcement sets, and what was said of it that day."""
    table, event = terms(tables), announcement(tables)
    finding, date = _finding(table), day(event["start"])
    told = tables.mentions.loc[tables.mentions["event_id"].eq(event["event_id"]), "source_id"]
    told = tables.sources.loc[tables.sources["source_id"].isin(told), "outlet_short"].unique()
    by = " and ".join(told) if len(told) < 3 else f"{len(told)} outlets"
    late = int(said_of_it(tables)["first"].isna().sum())
    more = f", and {spelled(late)} said on a day that no report gives" * (late > 0)
    asked = f" The open questions are those that all {spelled(len(tables.sources))} reports leave."
    means = ", that is: " + (table["deadline"] + " " + table["at"]).str.strip()
    each = table["text"] + means.where(table["until"].notna(), "")
    each = each.groupby(table["heading"], sort=False).agg("; ".join)
    read = " ".join(f"{heading}: {texts}." for heading, texts in each.items())
    positions = tables.labels("statements", "position")
    columns = {"heading": "Group", "side": "Said by", "who": "Speaker", "code": "Position"}
    columns |= {"text": "Words or question", "at": "Date", "deadline": "What the date means"}
    data = table.assign(code=table["code"].map(positions).fillna(""))[[*columns, "row"]]
    return Figure(
        rows(tables, table) if len(table) else table,
        draw,
        finding=finding,
        subtitle="Bar and diamond: to the date given. Square: words that give no end date.",
        caption=(
            f"What was announced on {date}, and what was said of it the same day{more}, in the"
            f" words of {by}; quotation marks show what it quotes. The joint statement’s own text"
            " (context) is not shown." + asked * ("open" in set(table["group"]))
        ),
        description=(
            f"Bars on a time axis that begins on {date}. {finding}."
            f" {read.replace('?.', '?').replace('?;', '?')}"
        ),
        data=data.rename(columns=columns),
    )


def rows(tables: Tables, table: pd.DataFrame) -> pd.DataFrame:
    """Return a row a span or question: `begin`, the day announced; `due`, the date given, if one
    is; `mark`, what it means, in a word `at` it; `end`, the last day drawn; `open`, a question.
    """
    begin, due, asked = announcement(tables)["start"], table["until"], table["group"].eq("open")
    end = max([pd.Timestamp(begin) + pd.DateOffset(years=1), *due.dropna()])
    bound = table["deadline"].str.extract("(latest|earliest)$")[0]
    who = table["side"] + (", " + table["who"]).where(table["who"].ne(table["side"]), "")
    return table[["heading", "side", "row"]].assign(
        text=table["text"] + (" · " + who).mask(asked, ""),
        begin=begin,
        due=iso(due),
        at=iso(due).fillna(begin),
        mark=bound.fillna("date given").mask(due.isna(), "no end date"),
        end=f"{end + pd.DateOffset(months=6):%Y-%m-%d}",
        open=asked,
    )


def draw(rows: pd.DataFrame, canvas: Canvas) -> Layers:
    """Return a line for each span under its words, groups with a heading, and the questions."""
    first, last = (pd.Timestamp(rows[name].iloc[0]) for name in ("begin", "end"))
    time = Time(first, last, canvas.width - 16)
    rows = rows.assign(text=[fold(text, time.width, canvas.small) for text in rows["text"]])
    lines, under = 1 + rows["text"].str.count("\n"), 1.6 + 0.3 * rows["due"].notna()
    under = under.mask(rows["open"], 0.3)
    new = rows["heading"].ne(rows["heading"].shift())
    line = (lines + under + 1.8 * new).cumsum() - under - lines  # where the words begin
    rows = rows.assign(line=line, bar=line + lines + 0.5, top=True, gap=0)
    domain = [rows["bar"].max() + 0.4, 0]
    scale = alt.Scale(domain=domain, nice=False, zero=False, padding=0)
    y, bar = (alt.Y(f"{name}:Q", axis=None, scale=scale) for name in ("line", "bar"))
    label = ["begin", "at", "line", "bar", "text", "row", "top", "gap"]
    heads = rows[new].assign(line=line - 1.4, text=rows["heading"], row="")
    spoken, dates = rows[~rows["open"]], sorted({first, *pd.to_datetime(rows["due"].dropna())})
    form = f"utcFormat(datum.value, '%j %Y') == '{first:%j %Y}' ? '%-d %b %Y' : '%b %Y'"
    axis: dict[str, Any] = {"values": [utc(day) for day in dates], "orient": "top"}
    axis |= {"labelExpr": f"utcFormat(datum.value, {form})", "labelOverlap": True}
    axis |= {"labelAlign": alt.Undefined, "labelFlush": True, "domain": False}
    color, begin = side(spoken["side"], canvas), time.x("begin", **axis)
    base = alt.Chart(spoken).encode(begin, bar, PROOF, alt.Description("text:N"))
    until, endless = (base.transform_filter(test) for test in ("datum.due", "!datum.due"))
    diamond: dict[str, Any] = {"shape": "diamond", "size": 170, "fill": light("ink")}
    diamond |= {"stroke": light("paper"), "strokeWidth": 1.5}  # seen on a bar as light as ink
    gap = 12 + 24 * spoken["due"].isna()  # beside a diamond; a stub, which is no length of time
    beside = spoken.assign(text=spoken["mark"], top=False, gap=gap)
    return alt.layer(
        words(heads[label], begin, y, canvas, fontSize=canvas.label, fontWeight="bold"),
        endless.mark_rule(strokeWidth=3, strokeDash=[5, 3], x2Offset=30).encode(
            color, x2="begin:T"
        ),
        endless.mark_square(size=120, opacity=1, xOffset=5.5).encode(color),
        until.mark_bar(height=12).encode(color, x2="due:T"),
        until.mark_point(**diamond).encode(time.x("due", **axis)),
        words(rows[label], begin, y, canvas),
        words(beside[label], time.x("at", **axis), bar, canvas),
    ).properties(width=time.width, height=(domain[0] - domain[1]) * leading(canvas.small))


def _finding(rows: pd.DataFrame) -> str:
    """Return what ends and when."""
    dated = rows[rows["group"].eq("ends") & rows["deadline"].ne("")]
    asked = int(rows["group"].eq("open").sum())
    if dated.empty:
        return f"No end has a date, and the reports leave {asked} questions open"
    rest = f"{asked} questions have no answer in the reports" if asked else "the rest is open"
    return f"{_ENDS[dated.iloc[0]['code']]} no later than {dated.iloc[0]['at']}; {rest}"
