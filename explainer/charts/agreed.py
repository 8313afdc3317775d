"""What was agreed: what the joint statement ends, lets go on and leaves open."""

import pandas as pd

from explainer.charts._bars import draw
from explainer.charts._spans import GROUPS, announcement
from explainer.charts._spans import spans as rows_of
from explainer.charts.figure import Figure, figure
from explainer.data.tables import Tables
from explainer.theme import NARROW, WIDE
from explainer.words.formats import day


@figure
def spans(tables: Tables) -> Figure:
    """Draw the spans that the latest joint announcement sets, and what was said of it on the same day."""
    rows = rows_of(tables)
    finding = _finding(rows)
    return Figure(
        finding=finding,
        caption=_caption(tables),
        description=_description(tables, rows, finding),
        data=_data(tables, rows),
        wide=draw(tables, finding, WIDE),
        narrow=draw(tables, finding, NARROW),
    )


def _finding(rows: pd.DataFrame) -> str:
    """Return what ends and when, and how many questions stay open."""
    ends = rows[rows["group"].eq("ends") & rows["deadline"].ne("")]
    end = (
        f"{ends.iloc[0]['deadline']} in {ends.iloc[0]['at']}" if len(ends) else "No end has a date"
    )
    asked = int(rows["group"].eq("open").sum())
    return f"{end}; nothing else is given an end, and {asked} question{'s stay' if asked != 1 else ' stays'} open"


def _caption(tables: Tables) -> str:
    event = announcement(tables)
    sources = tables.mentions.loc[
        tables.mentions["event_id"] == event["event_id"], "source_id"
    ].nunique()
    return (
        f"What was announced on {day(event['start'])}, and what was said of it the same day, in the words of "
        f"{sources} of the {len(tables.sources)} articles; the joint statement’s own text is context, and not drawn. “Until "
        "at least” is not an end, and a dashed line is not a promise to stay: it says that no end was given."
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
    return f"Bars on a time axis that begins on {day(announcement(tables)['start'])}. {finding}.{ends} {' '.join(told)}"


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
