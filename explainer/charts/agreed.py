"""What was agreed: what the joint statement ends, lets go on and leaves open."""

import altair as alt
import pandas as pd

from explainer.charts._said import CLAUSES
from explainer.charts._spans import GROUPS, announcement
from explainer.charts._spans import spans as spans_of
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar import PROOF, Layers, Time, fold, iso, leading, named, side, words
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words.formats import day

_ROOM = pd.DateOffset(months=5)  # after the last date that is given


@figure
def spans(tables: Tables) -> Figure:
    """Draw the spans that the latest joint announcement sets, and what was said of it that day."""
    table = spans_of(tables)
    finding = _finding(table)
    return Figure.of(
        rows(tables, table),
        draw,
        finding=finding,
        subtitle=(
            "Bar: up to the date that is given. Dashed: no end is given. Dotted: no report says."
        ),
        caption=_caption(tables),
        description=_description(tables, table, finding),
        data=_data(tables, table),
    )


def rows(tables: Tables, table: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each span: `begin`, the day announced; `due`, the date given, if one is;
    `on`, from where it goes on without one; `end`, the last day drawn; `text`, its words.
    """
    begin = pd.Timestamp(announcement(tables)["start"])
    end = max([begin + pd.DateOffset(years=1), *table["until"].dropna()]) + _ROOM
    who, dated = named(table["side"]), table["until"].notna()
    asked, ends = table["group"].eq("open"), table["group"].eq("ends")
    speaker = (", " + table["who"]).where(table["who"].ne(who), "")
    given = pd.Series(", no date given", table.index).where(~dated, "")
    return pd.DataFrame(
        {
            "group": table["group"].map(GROUPS),
            "text": table["text"] + (" · " + who + speaker + given).where(~asked, ""),
            "side": who.where(~asked, ""),
            "begin": f"{begin:%Y-%m-%d}",
            "due": iso(table["until"]),
            "on": iso(table["until"].fillna(begin)).where(~(dated & ends), None),
            "end": f"{end:%Y-%m-%d}",
            "open": asked,
            "row": table["row"],
        }
    )


def draw(rows: pd.DataFrame, canvas: Canvas) -> Layers:
    """Return a line for each span under its words, groups with a heading."""
    first, last = (pd.Timestamp(rows[name].iloc[0]) for name in ("begin", "end"))
    time = Time(first, last, canvas.width - 28)
    rows = rows.assign(text=[fold(text, time.width, canvas.small) for text in rows["text"]])
    lines = 1 + rows["text"].str.count("\n")
    new = rows["group"].ne(rows["group"].shift())
    line = (lines + 1.6 + 1.8 * new).cumsum() - 1.6 - lines  # where the words begin
    rows = rows.assign(line=line, bar=line + lines + 0.4, top=True, gap=0)
    domain = [rows["bar"].max() + 0.8, 0.2]
    scale = alt.Scale(domain=domain, nice=False, zero=False)
    y, bar = (alt.Y(f"{name}:Q", axis=None, scale=scale) for name in ("line", "bar"))
    heads = rows[new].assign(line=line - 1.4, text=rows["group"], row="")
    heads = heads[["begin", "line", "text", "row", "top", "gap"]]
    spoken = rows[~rows["open"]]
    color, x = side(spoken["side"], canvas), time.x("begin")
    base = alt.Chart(rows).encode(bar, PROOF, alt.Description("text:N"))
    going = base.transform_filter("datum.on && !datum.open").mark_rule(
        strokeWidth=3, strokeDash=[9, 5]
    )
    unknown = base.transform_filter("datum.open").mark_rule(
        strokeWidth=2, strokeDash=[2, 4], color=light("soft")
    )
    until = base.transform_filter("datum.due")
    asked = rows[rows["open"]][["end", "bar"]].assign(text="?")
    mark = alt.Chart(asked).mark_text(
        align="left", dx=4, fontSize=canvas.title, color=light("soft")
    )
    return alt.layer(
        words(heads, x, y, canvas, fontSize=canvas.label, fontWeight="bold"),
        going.encode(time.x("on"), color, x2="end:T"),
        unknown.encode(x, x2="end:T"),
        until.mark_bar(height=12).encode(x, color, x2="due:T"),
        until.mark_point(shape="diamond", size=150, color=light("ink")).encode(time.x("due")),
        words(rows[["begin", "line", "text", "row", "top", "gap"]], x, y, canvas),
        mark.encode(time.x("end"), bar, text="text:N"),
    ).properties(width=time.width, height=(domain[0] - domain[1]) * leading(canvas.small))


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
    mentions = tables.mentions[tables.mentions["event_id"].eq(event["event_id"])]
    return (
        f"What was announced on {day(event['start'])}, and what was said of it the same day, in the"
        f" words of {mentions['source_id'].nunique()} of the {len(tables.sources)} articles; the"
        " joint statement’s own text is context, and not drawn. “Until at least” sets no end. A"
        " dashed line shows that no end was given; it is no promise to stay."
    )


def _description(tables: Tables, rows: pd.DataFrame, finding: str) -> str:
    """Return the spans in words, for listening."""
    meant = (", that is: " + rows["deadline"] + " " + rows["at"]).where(rows["deadline"].ne(""), "")
    groups = (rows["text"] + meant).groupby(rows["group"], sort=False)
    told = " ".join(f"{GROUPS[group]}: {'; '.join(text)}." for group, text in groups)
    told = told.replace("?.", "?").replace("?;", "?")
    dated = rows[rows["until"].notna()].sort_values("until", kind="stable")
    dates = ", ".join(dated["at"]) or "none"
    begin = day(announcement(tables)["start"])
    return f"Bars on a time axis that begins on {begin}. {finding}. Dates given: {dates}. {told}"


def _data(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Return a row a span."""
    sides, positions = tables.labels("statements", "side"), tables.labels("statements", "position")
    rows = rows.assign(
        group=rows["group"].map(GROUPS),
        side=rows["side"].map(sides).fillna(""),
        code=rows["code"].map(positions).fillna(""),
        at=rows["at"].where(rows["at"] != "", "no date given"),
    )
    columns = {"group": "Group", "side": "Said by", "who": "Speaker", "code": "Position"}
    columns |= {"text": "Words or question", "at": "Date", "deadline": "What the date means"}
    return rows[[*columns, "row"]].rename(columns=columns)
