"""How many troops: the numbers that the articles print, and what was announced meanwhile."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts._said import said
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.axes import Time
from explainer.charts.grammar.labels import in_lines, strip
from explainer.charts.grammar.marks import INK, PROOF, SQUARE, Layers, named, side, words
from explainer.charts.grammar.text import heading, leading
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words.event_dates import in_order
from explainer.words.formats import count, day, number
from explainer.words.sources import in_time

_BEFORE = pd.Timedelta(days=14)  # announcements that the first article can be about
_NAMED = 10  # announcements with a label: those with most statements
_TALL = 84  # px of the highest number
_EDGE = pd.Timedelta(days=4)


@figure
def reported(tables: Tables) -> Figure:
    """Draw every troop number by place, article and date, under the announcements."""
    numbers, notices = figures(tables), announcements(tables)
    finding = "; ".join(_level(part) for _, part in numbers.groupby("series", sort=False))
    finding, days = finding or "No report gives a number of US troops", in_time(tables)["day"]
    bare, none = numbers["qualifier"].eq("exact"), numbers["count"].isna()
    silent = "; ".join((numbers["series"] + " in " + numbers["label"])[none])
    unnamed = int(notices["text"].eq("").sum())
    said = notices.assign(series="announcement", label="", printed=notices["title"])
    columns = {"series": "What", "when": "When", "label": "Report", "printed": "Number"}
    table = pd.concat([numbers, said])[[*columns, "row"]].rename(columns=columns)
    return Figure(
        rows(numbers, notices),
        draw,
        finding=finding,
        subtitle="A dot: a number as printed, on the day of its report. Above: what was said.",
        caption=(
            "Each dot is placed on the day of the report; if the report dates the number, that "
            "date is beside it. Each place is counted separately."
            f"{f' {unnamed} announcements have a mark but no label.' * bool(unnamed)}"
        ),
        description=(
            f"Dots on a time axis from {days.iloc[0]} to {days.iloc[-1]}, as high as the numbers of"
            f" each place, with {len(notices)} announcements above. {finding}. {bare.sum()} of"
            f" {len(numbers) - none.sum()} numbers are printed without a hedge. No figure:"
            f" {silent or 'nowhere'}."
        ),
        data=table.reset_index(drop=True),
    )


def rows(numbers: pd.DataFrame, notices: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn: numbers, those of one day and size together, and announcements."""
    dots = numbers.assign(date=numbers["published"])
    keys = {"by": ["series", "date", "count"], "dropna": False, "sort": False, "as_index": False}
    dots = dots.groupby(**keys).agg({"text": "\n".join, "row": " ".join})
    return pd.concat([dots, notices[["date", "side", "text", "row"]]], ignore_index=True)


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart:
    """Draw the announcements over the numbers of each place, on one axis of time."""
    year = Time(rows["date"].min() - _EDGE, rows["date"].max() + _EDGE, canvas.width - 56)
    said, printed = rows[rows["series"].isna()], rows[rows["series"].notna()]
    said, parts = said[["date", "side", "text", "row"]], []
    if len(said):
        parts.append(strip(said, year, canvas, color=side(said["side"], canvas), shape=SQUARE))
    px = printed["count"].max() * 1.12 / _TALL  # what one stands for, in each place
    for name, part in printed.groupby("series", sort=False):
        last = name == printed["series"].iloc[-1]
        parts.append(_place(part.drop(columns="side"), px, year, canvas, last))
    return alt.vconcat(*parts, spacing=12)


def _place(part: pd.DataFrame, px: float, year: Time, canvas: Canvas, last: bool) -> Layers:
    """Return a place: a dot as high as its number, on a stem that leads down to its words."""
    middle, step = year.first + (year.last - year.first) / 2, leading(canvas.small)
    # the outermost words stand lowest, so that no stem runs through others
    part = part.iloc[(part["date"] - middle).abs().argsort(kind="stable")]
    marks = in_lines(part, year, canvas).assign(gap=6, top=True)
    top = 9 + marks["line"] * step
    foot = top + (1 + marks["text"].str.count("\n")) * step
    marks = marks.assign(words=-px * top, foot=-px * foot, stem=marks["count"].fillna(0))
    marks = marks[["date", "count", "stem", "words", "foot", "text", "row", "align", "gap", "top"]]
    scale = alt.Scale(domain=[-px * foot.max(), px * _TALL], nice=False)
    zero = alt.condition("datum.value", alt.value(light("faint")), alt.value(light("rule")))
    ticks: dict[str, Any] = {"format": ",d", "domain": False, "gridColor": zero}
    axis = alt.Axis(values=[0, *marks["count"].dropna().unique()], **ticks)
    names = ("count", "stem", "words")
    dots, stems, lines = (alt.Y(f"{n}:Q", title=None, scale=scale, axis=axis) for n in names)
    x, name = year.x(labels=last, ticks=last, domain=last), alt.Description("text:N")
    base = alt.Chart(marks)
    dot = base.transform_filter("isValid(datum.count)").mark_circle(size=110, opacity=1)
    return alt.layer(
        base.mark_rule().encode(x, stems, PROOF, name, y2="foot:Q"),
        base.mark_rule(strokeWidth=2).encode(x, stems, PROOF, name, y2=alt.datum(0), color=INK),
        dot.encode(x, dots, PROOF, name, color=INK),
        words(marks, x, lines, canvas),
    ).properties(
        width=year.width,
        height=_TALL + foot.max(),
        title=heading(part["series"].iloc[0], canvas),
    )


def figures(tables: Tables) -> pd.DataFrame:
    """Return a row for each place and article, in order of time; no count where none is given."""
    articles = in_time(tables).rename(columns={"day": "when"})
    articles = articles[["source_id", "published", "when", "label", "outlet"]]
    grid = articles.merge(tables.troops[["force", "place"]].drop_duplicates(), how="cross")
    rows = grid.merge(tables.troops, on=["source_id", "force", "place"], how="left")
    rows = rows.sort_values(["place", "force", "published"], kind="stable", ignore_index=True)
    force, place, hedge = (tables.labels("troops", c) for c in ("force", "place", "qualifier"))
    given = rows[rows["count"].notna()]
    hedged = [count(row.count, row.qualifier, hedge) for row in given.itertuples()]
    bare = given["qualifier"].eq("exact").map({True: ", without “about”", False: ""})
    dated = (", as of " + given["as_of"].map(day)).where(given["as_of_basis"].eq("as_written"), "")
    printed = (hedged + bare + dated).reindex(rows.index, fill_value="no figure")
    places = rows["place"].astype(str).map(place)
    return rows.assign(
        place_label=places,
        series=rows["force"].astype(str).map(force) + ", " + places,
        hedged=pd.Series(hedged, given.index, dtype=str),
        printed=printed,
        text=rows["label"] + ": " + printed,
        row=rows["id"].fillna(rows["source_id"]),
    )


def announcements(tables: Tables) -> pd.DataFrame:
    """Return the dated announcements on staying or leaving, from shortly before the first article
    to the last, in order of time; of many, those that most statements belong to have a text.
    """
    events, published = in_order(tables), tables.sources["published"]
    passages = said(tables).groupby("event_id")["row"].agg(" ".join)
    told = events["kind"].eq("announcement") & events["event_id"].isin(passages.index)
    events = events[told & events["precision"].isin(["day", "week", "between"])]
    events = events.assign(date=pd.to_datetime(events["start"]))
    near = events["date"].between(published.min() - _BEFORE, published.max())
    events = events[near].sort_values(["date", "end"], ignore_index=True)
    told = events["event_id"].map(tables.statements["event_id"].value_counts()).fillna(0)
    when = events["when"].astype(str).str.replace(r"^between (\d+) and ", r"\1–", regex=True)
    text = when.str.replace(r" \d{4}$", "", regex=True) + " · " + events["title"]
    return events[["date", "when", "title"]].assign(
        row=events["event_id"].map(passages),
        side=named(events["actor_side"]),
        text=text.where(told.rank(method="first", ascending=False) <= _NAMED, ""),
    )


def _level(part: pd.DataFrame) -> str:
    """Return 'All 5 reports put US troops in Iraq at about 2,500', or the range."""
    given = part.dropna(subset="count")
    low, high = given["count"].min(), given["count"].max()
    some, every = given["source_id"].nunique(), part["source_id"].nunique()
    who = f"All {every} reports" if some == every else f"{some} of {every} reports"
    what = given["hedged"].mode()[0] if low == high else f"{number(low)} to {number(high)}"
    place = part["place_label"].iloc[0]
    where = f" in {place}" if place[0].isupper() else f" {place}"
    where = f", {place}," if part["place"].iloc[0] == "unstated" else where
    return f"{who} {'puts' if some == 1 else 'put'} US troops{where} at {what}"
