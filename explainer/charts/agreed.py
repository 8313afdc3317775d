"""What was agreed: what the joint statement ends, lets go on and leaves open."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts._said import CLAUSES
from explainer.charts._spans import GROUPS, announcement
from explainer.charts._spans import spans as rows_of
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar import PROOF, Time, fold, iso, side
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words.formats import day

_ROOM = pd.DateOffset(months=5)  # after the last date that is given
_LINE = 16  # px of a line of words


@figure
def spans(tables: Tables) -> Figure:
    """Draw the spans that the latest joint announcement sets, and what was said of it that day."""
    table = rows_of(tables)
    finding = _finding(table)
    return Figure.of(
        rows(tables, table),
        draw,
        finding=finding,
        subtitle=(
            "Bar: up to the date that is given. Dashed: no end is given. Dotted: no report says"
        ),
        caption=_caption(tables),
        description=_description(tables, table, finding),
        data=_data(tables, table),
    )


def rows(tables: Tables, table: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each span: `begin`, the day announced; `due`, the date given, if one is;
    `on`, from where it goes on without one; `end`, the last day drawn; `label` and `mark`, the
    words at its begin and end.
    """
    begin = pd.Timestamp(announcement(tables)["start"])
    end = max([begin + pd.DateOffset(years=1), *table["until"].dropna()]) + _ROOM
    sides = tables.labels("statements", "side")
    dated, ends = table["until"].notna(), table["group"].eq("ends")
    who = table["side"].map(sides).fillna("") + (", " + table["who"]).where(
        table["who"].ne(table["side"].map(sides)), ""
    )
    open_ = table["group"].eq("open")
    mark = (
        table["at"]
        .where(dated, "no date given")
        .mask(open_, "?")
        .mask(dated & ~ends, "at least " + table["at"])
    )
    return pd.DataFrame(
        {
            "group": table["group"].map(GROUPS),
            "label": table["text"] + (" – " + who).where(~open_, ""),
            "side": table["side"].map(sides).fillna(""),
            "code": table["side"],
            "begin": f"{begin:%Y-%m-%d}",
            "due": iso(table["until"]),
            "on": iso(table["until"].fillna(begin)).where(~(dated & ends), None),
            "end": f"{end:%Y-%m-%d}",
            "mark": mark,
            "place": iso(table["until"]).where(dated, f"{end:%Y-%m-%d}"),
            "open": open_,
            "row": table["row"],
        }
    )


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.TopLevelMixin:
    """Return a line for each span under its words, groups with a heading."""
    time = Time(
        pd.Timestamp(rows["begin"].min()), pd.Timestamp(rows["end"].max()), canvas.width - 28
    )
    label = [fold(text, time.width, canvas.small) for text in rows["label"]]
    rows = rows.assign(label=label, line=[f"{i}" for i in range(len(rows))])
    order = [
        line for group, part in rows.groupby("group", sort=False) for line in [group, *part["line"]]
    ]
    lines = 1 + max(text.count("\n") for text in label)
    y = alt.Y("line:N", sort=order, title=None, axis=None).scale(domain=order)
    heads = pd.DataFrame({"line": rows["group"].unique(), "begin": rows["begin"].min()})
    base, spoken = alt.Chart(rows).encode(y), rows[~rows["open"]]
    names = dict(zip(spoken["code"], spoken["side"], strict=True))
    color, x = side(names), time.x("begin")
    text: dict[str, Any] = {
        "align": "left",
        "baseline": "bottom",
        "lineBreak": "\n",
        "lineHeight": _LINE,
    }
    above = base.mark_text(
        dy={"expr": f"-10 - {_LINE} * (length(split(datum.label, '\\n')) - 1)"}, **text
    )
    going = base.transform_filter("datum.on && !datum.open").mark_rule(
        strokeWidth=3, strokeDash=[9, 5]
    )
    unknown = base.transform_filter("datum.open").mark_rule(
        strokeWidth=2, strokeDash=[2, 4], color=light("soft")
    )
    until = base.transform_filter("datum.due")
    at_end = base.mark_text(
        align={"expr": "datum.open ? 'left' : 'right'"},
        dx={"expr": "datum.open ? 4 : 0"},
        dy={"expr": "datum.open ? 0 : 18"},
        fontSize={"expr": f"datum.open ? {canvas.title} : {canvas.small}"},
        color=light("soft"),
    )
    return alt.layer(
        alt.Chart(heads)
        .mark_text(fontWeight="bold", fontSize=canvas.label, **{**text, "baseline": "middle"})
        .encode(x, y, text="line:N"),
        going.encode(time.x("on"), color, PROOF, alt.Description("label:N"), x2="end:T"),
        unknown.encode(x, PROOF, alt.Description("label:N"), x2="end:T"),
        until.mark_bar(height=12).encode(x, color, PROOF, alt.Description("label:N"), x2="due:T"),
        until.mark_point(shape="diamond", size=150, color=light("ink")).encode(
            time.x("due"), PROOF
        ),
        above.encode(x, PROOF, text="label:N"),
        at_end.encode(time.x("place"), text="mark:N"),
    ).properties(width=time.width, height=alt.Step(lines * _LINE + 36))


def _finding(rows: pd.DataFrame) -> str:
    """Return what ends and when."""
    ends = rows[rows["group"].eq("ends") & rows["deadline"].ne("")]
    asked = int(rows["group"].eq("open").sum())
    if ends.empty:
        return f"No end has a date, and {asked} questions are open"
    clause = CLAUSES[ends.iloc[0]["code"]]
    rest = f"{asked} questions have no answer" if asked else "the rest is open"
    return f"{clause[0].upper()}{clause[1:]} by {ends.iloc[0]['at']}; {rest}"


def _caption(tables: Tables) -> str:
    event = announcement(tables)
    sources = tables.mentions.loc[
        tables.mentions["event_id"] == event["event_id"], "source_id"
    ].nunique()
    return (
        f"What was announced on {day(event['start'])}, and what was said of it the same day, in the"
        f" words of {sources} of the {len(tables.sources)} articles; the joint statement’s own text"
        " is context, and not drawn. “Until at least” is not an end, and a dashed line is not a"
        " promise to stay: it says that no end was given."
    )


def _description(tables: Tables, rows: pd.DataFrame, finding: str) -> str:
    """Return the spans in words, for listening."""
    dated = rows[rows["until"].notna()].sort_values("until", kind="stable")
    texts = rows["text"] + (", that is: " + rows["deadline"] + " " + rows["at"]).where(
        rows["deadline"] != "", ""
    )
    told = [
        f"{GROUPS[group]}: {'; '.join(text)}."
        for group, text in texts.groupby(rows["group"], sort=False)
    ]
    told = [text.replace("?.", "?").replace("?;", "?") for text in told]
    ends = (
        f" The nearest date is {dated['at'].iloc[0]}, the furthest {dated['at'].iloc[-1]}."
        if len(dated)
        else ""
    )
    return (
        f"Bars on a time axis that begins on {day(announcement(tables)['start'])}. {finding}.{ends}"
        f" {' '.join(told)}"
    )


def _data(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Return a row a span."""
    sides, positions = tables.labels("statements", "side"), tables.labels("statements", "position")
    made = {
        "Group": rows["group"].map(GROUPS),
        "Said by": rows["side"].map(sides).fillna(""),
        "Speaker": rows["who"],
        "Position": rows["code"].map(positions).fillna(""),
        "Words or question": rows["text"],
        "Date": rows["at"].where(rows["at"] != "", "no date given"),
        "What the date means": rows["deadline"],
    }
    return pd.DataFrame(made).assign(row=rows["row"])
