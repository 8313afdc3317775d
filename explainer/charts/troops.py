"""How many troops: the numbers that the articles print, and what was announced meanwhile."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts.figure import Figure, figure
from explainer.charts.grammar import PROOF, Time, in_lines, iso, side, words
from explainer.charts.grammar.text import leading
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words.event_dates import in_order
from explainer.words.formats import count, day, number
from explainer.words.sources import date_of, in_time

SIDES = {"iraq": "Baghdad", "us": "Washington", "joint": "Both, in one text", "other": "Others"}
_BEFORE = pd.Timedelta(days=14)  # announcements that the first article can be about
_NAMED = 10  # announcements with a label: those with most statements


@figure
def reported(tables: Tables) -> Figure:
    """Draw every troop number by place, article and date, under the announcements."""
    numbers, notices = figures(tables), announcements(tables)
    finding = _finding(numbers)
    unnamed = (~notices["named"]).sum()
    places = " and ".join(dict.fromkeys(numbers["place_label"]))
    return Figure.of(
        rows(numbers, notices),
        draw,
        finding=finding,
        subtitle="Numbers as each article prints them, on its day; above: what was announced.",
        caption=(
            "A dot is a number on the day of the article; a date of its own is written beside it. "
            "That a number is printed again does not show that anybody counted again. "
            f"{places} are counted separately."
            + f" {unnamed} announcements have a mark but no label."
            * bool(unnamed)
        ),
        description=_description(finding, numbers, notices),
        data=_data(numbers, notices),
    )


def rows(numbers: pd.DataFrame, notices: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn: numbers, those of one day and size together, and announcements."""
    groups = numbers.groupby(["series", "published", numbers["count"].fillna(-1)], sort=False)
    dots = groups.agg(
        date=("published", "first"),
        count=("count", "first"),
        text=("text", "\n".join),
        row=("row", " ".join),
        series=("series", "first"),
    )
    said = notices.assign(side=notices["side"].map(SIDES).fillna(SIDES["other"]))
    said["text"] = said["text"].where(said["named"], "")
    return pd.concat([dots, said[["date", "side", "text", "row"]]], ignore_index=True)


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart:
    """Draw the announcements over the numbers, on one axis of time."""
    width = canvas.width - (52 if canvas.phone else 64)
    month = pd.DateOffset(days=4)
    year = Time(rows["date"].min() - month, rows["date"].max() + month, width)
    said, printed = rows[rows["series"].isna()], rows[rows["series"].notna()]
    return alt.vconcat(
        _announced(in_lines(said, year, canvas, 0.62), year, canvas),
        _printed_numbers(printed, year, canvas),
        spacing=10,
    )


def _announced(said: pd.DataFrame, year: Time, canvas: Canvas) -> alt.LayerChart | alt.FacetChart:
    x = year.x(labels=False, ticks=False, domain=False, grid=True)
    lines = int((said["line"] + said["text"].str.count("\n") + 1).max())
    scale = alt.Scale(domain=[lines - 0.5, -0.5], nice=False, zero=False)
    y = alt.Y("line:Q", axis=None, scale=scale)
    marks = alt.Chart(said.drop(columns=["count", "series"])).mark_square(size=110, opacity=1)
    return alt.layer(
        marks.encode(
            x, y, side(SIDES, columns=2 if canvas.phone else 4), PROOF, alt.Description("text:N")
        ),
        words(said[["date", "line", "text", "row", "align"]], x, y, canvas),
    ).properties(width=year.width, height=lines * (canvas.small + 6))


def _printed_numbers(
    printed: pd.DataFrame, year: Time, canvas: Canvas
) -> alt.LayerChart | alt.FacetChart:
    given, silent = printed[printed["count"].notna()], printed[printed["count"].isna()]
    top = float(given["count"].max())
    scale = alt.Scale(domain=[0, top * 1.12], nice=False)
    axis = alt.Axis(tickCount=4, domain=False, ticks=False, gridColor=light("faint"))
    x, y = year.x(), alt.Y("count:Q", title=None, scale=scale, axis=axis)
    level = given.groupby("series")["count"].last()
    silent = silent.assign(count=silent["series"].map(level).fillna(0))
    labels = pd.concat(
        [
            in_lines(part, year, canvas, 0.6)
            for _, part in pd.concat([given, silent]).groupby("series")
        ]
    )
    names = level.rename_axis("text").reset_index(name="count")
    names = names.assign(date=f"{year.first + (year.last - year.first) / 2:%Y-%m-%d}", bold=True)
    dots = given.assign(date=iso(given["date"])).drop(columns=["side"])
    line = alt.Chart(dots).mark_line(color=light("soft"), strokeWidth=1)
    return alt.layer(
        line.encode(x, y, detail="series:N"),
        alt.Chart(dots)
        .mark_circle(size=110, opacity=1, color=light("ink"))
        .encode(x, y, PROOF, alt.Description("text:N")),
        _under(labels, x, y, canvas),
        words(names, x, y, canvas, dy=-12, align="center", dx=0),
    ).properties(width=year.width, height=300 if canvas.phone else 320)


def _under(labels: pd.DataFrame, x: alt.X, y: alt.Y, canvas: Canvas) -> alt.Chart:
    """Return labels under their marks, a line lower for each lane."""
    columns = ["date", "count", "text", "row", "align", "line"]
    return words(
        labels[columns].assign(top=True, gap=-5),
        x,
        y,
        canvas,
        dy={"expr": f"10 + datum.line * {leading(canvas.small)}"},
    )


def figures(tables: Tables) -> pd.DataFrame:
    """Return a row for each place and article, in order of publication, without a count where
    none is given.
    """
    articles = in_time(tables)
    articles = articles.assign(published_words=[date_of(s) for _, s in articles.iterrows()])
    columns = ["source_id", "published", "published_words", "label"]
    series = tables.troops[["force", "place"]].drop_duplicates().sort_values(["place", "force"])
    grid = articles[columns].rename(columns={"label": "article"}).merge(series, how="cross")
    rows = grid.merge(tables.troops, on=["source_id", "force", "place"], how="left").sort_values(
        ["place", "force", "published"], kind="stable"
    )
    force, place, hedge = (tables.labels("troops", c) for c in ("force", "place", "qualifier"))
    rows["place_label"] = rows["place"].astype(str).map(place)
    rows["force_label"] = rows["force"].astype(str).map(force)
    rows["series"] = rows["force_label"] + ", " + rows["place_label"]
    rows["printed"] = [_printed(row, hedge) for row in rows.itertuples()]
    rows["text"] = rows["article"] + ": " + rows["printed"]
    rows["row"] = rows["id"].fillna(rows["source_id"])
    rows["hedged"] = rows["qualifier"].astype(str) != "exact"
    rows["label"] = (
        rows["article"]
        + ", "
        + rows["published_words"]
        + ": "
        + rows["printed"]
        + " "
        + rows["series"]
    )
    return rows.reset_index(drop=True)


def _printed(row: Any, hedge: dict[str, str]) -> str:
    if pd.isna(row.count):
        return "no figure"
    bare = ", no hedge" if row.qualifier == "exact" else ""
    dated = f", dated {day(row.as_of)}" if row.as_of_basis == "as_written" else ""
    return count(row.count, row.qualifier, hedge) + bare + dated


def announcements(tables: Tables) -> pd.DataFrame:
    """Return the dated announcements from shortly before the first article to the last, in
    order of time.
    """
    events = in_order(tables)
    published = tables.sources["published"]
    events = events[
        (events["kind"] == "announcement") & events["precision"].isin(["day", "week", "between"])
    ]
    events = events.assign(date=pd.to_datetime(events["start"]))
    events = events[events["date"].between(published.min() - _BEFORE, published.max())].sort_values(
        ["date", "end"]
    )
    told = tables.statements["event_id"].value_counts()
    rank = events["event_id"].map(told).fillna(0).rank(method="first", ascending=False)
    first = tables.mentions.groupby("event_id")["id"].first()
    row = events["event_id"].map(first)
    return pd.DataFrame(
        {
            "date": events["date"],
            "when": events["when"],
            "title": events["title"],
            "row": row,
            "named": rank <= _NAMED,
            "side": events["actor_side"].astype(str),
            "text": [f"{_short(e)} · {e.title}" for e in events.itertuples()],
        }
    ).reset_index(drop=True)


def _short(event: Any) -> str:
    first, last = day(event.start, year=False), day(event.end, year=False) if event.end else ""
    if not last:
        return first
    return (
        f"{first.split()[0]}–{last}" if first.split()[1] == last.split()[1] else f"{first}–{last}"
    )


def _finding(numbers: pd.DataFrame) -> str:
    """Return 'All 5 reports give the same figure: 2,500 US troops in Iraq', or the range."""
    return "; ".join(_level(part) for _, part in numbers.groupby("series", sort=False))


def _level(part: pd.DataFrame) -> str:
    given = part.dropna(subset="count")
    low, high = given["count"].min(), given["count"].max()
    some, every = given["source_id"].nunique(), part["source_id"].nunique()
    who = f"all {every} reports" if some == every else f"{some} of {every} reports"
    what = number(low) if low == high else f"{number(low)} to {number(high)}"
    place = part["place_label"].iloc[0]
    text = f"{who} give {what} US troops for {place}"
    return text[0].upper() + text[1:]


def _description(finding: str, rows: pd.DataFrame, notices: pd.DataFrame) -> str:
    bare, dated = (
        rows[~rows["hedged"] & rows["count"].notna()],
        rows[rows["as_of_basis"].astype(str) == "as_written"],
    )
    silent = rows[rows["count"].isna()]
    return (
        f"Dots on a time axis from {rows['published_words'].iloc[0]} to"
        f" {rows['published_words'].iloc[-1]}, a line a place, with {len(notices)} announcements as"
        f" ticks. {finding}. {len(bare)} of {rows['count'].notna().sum()} numbers are printed"
        f" without a hedge, {len(dated)} with a date of their own. No figure: "
        + ("; ".join(f"{r.series} in {r.article}" for r in silent.itertuples()) or "nowhere")
        + "."
    )


def _data(rows: pd.DataFrame, notices: pd.DataFrame) -> pd.DataFrame:
    numbers = pd.DataFrame(
        {
            "what": rows["series"],
            "when": rows["published_words"],
            "article": rows["article"],
            "as printed": rows["printed"],
            "row": rows["row"],
        }
    )
    said = pd.DataFrame(
        {
            "what": "announcement",
            "when": notices["when"],
            "article": "",
            "as printed": notices["title"],
            "row": notices["row"],
        }
    )
    return pd.concat([numbers, said], ignore_index=True)
