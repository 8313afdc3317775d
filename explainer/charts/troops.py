"""How many troops: the numbers that the articles print for each place, and what was announced meanwhile."""

import pandas as pd

from explainer.charts._reported import wide
from explainer.charts._running import narrow
from explainer.charts.figure import Figure, figure
from explainer.data.tables import Tables
from explainer.theme import NARROW, WIDE
from explainer.words.event_dates import in_order
from explainer.words.formats import count, day, number
from explainer.words.sources import date_of, in_time

_BEFORE = pd.Timedelta(days=14)  # announcements that the first article can be about
_NAMED = 10  # announcements with a label: those with most statements


@figure
def reported(tables: Tables) -> Figure:
    """Draw every troop number by place, article and date, and the announcements between them."""
    rows, notices = figures(tables), announcements(tables)
    finding = _finding(rows, notices)
    left = (~notices["named"]).sum()
    places = " and ".join(dict.fromkeys(rows["place_label"]))
    return Figure(
        finding=finding,
        caption="A dot is a number as one article prints it, at the day of the article; a date of its own is written beside "
        f"it. That a number is printed again does not show that anybody counted again. {places} are separate "
        "scopes and are not added up."
        + (f" {left} announcements have a tick but no label." if left else ""),
        description=_description(finding, rows, notices),
        data=_data(rows, notices),
        wide=wide(rows, notices, WIDE, finding),
        narrow=narrow(rows, notices, NARROW, finding),
    )


def figures(tables: Tables) -> pd.DataFrame:
    """Return a row for each place and article, in order of publication, without a count where none is given."""
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
    return rows.assign(href=rows["row"]).reset_index(drop=True)


def _printed(row, hedge: dict[str, str]) -> str:
    if pd.isna(row.count):
        return "no figure"
    bare = ", no hedge" if row.qualifier == "exact" else ""
    dated = f", dated {day(row.as_of)}" if row.as_of_basis == "as_written" else ""
    return count(row.count, row.qualifier, hedge) + bare + dated


def announcements(tables: Tables) -> pd.DataFrame:
    """Return the dated announcements from shortly before the first article to the last, in order of time."""
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
            "href": row,
            "text": [f"{_short(e)} · {e.title}" for e in events.itertuples()],
        }
    ).reset_index(drop=True)


def _short(event) -> str:
    first, last = day(event.start, year=False), day(event.end, year=False) if event.end else ""
    if not last:
        return first
    return (
        f"{first.split()[0]}–{last}" if first.split()[1] == last.split()[1] else f"{first}–{last}"
    )


def _finding(rows: pd.DataFrame, notices: pd.DataFrame) -> str:
    between = notices["date"].between(rows["published"].min(), rows["published"].max()).sum()
    first, *others = (_level(part) for _, part in rows.groupby("series", sort=False))
    return "; ".join(
        [f"{first}, with {between} announcements between the first and the last", *others]
    )


def _level(part: pd.DataFrame) -> str:
    """Return 'All 5 articles print 2,500 for US forces in Iraq, 4 with a hedge', or the range where they differ."""
    given = part.dropna(subset="count")
    low, high, hedged = (
        given["count"].min(),
        given["count"].max(),
        int((given["qualifier"].astype(str) != "exact").sum()),
    )
    shown = number(low) + (f" to {number(high)}" if high > low else "")
    told, every = given["source_id"].nunique(), part["source_id"].nunique()
    who = f"All {every}" if told == every else f"{told} of {every}"
    with_hedge = f", {hedged} with a hedge" if hedged else ""
    return f"{who} articles print {shown} for {part['force_label'].iloc[0]} in {part['place_label'].iloc[0]}{with_hedge}"


def _description(finding: str, rows: pd.DataFrame, notices: pd.DataFrame) -> str:
    bare, dated = (
        rows[~rows["hedged"] & rows["count"].notna()],
        rows[rows["as_of_basis"].astype(str) == "as_written"],
    )
    silent = rows[rows["count"].isna()]
    return (
        f"Dots on a time axis from {rows['published_words'].iloc[0]} to {rows['published_words'].iloc[-1]}, a line a place, "
        f"with {len(notices)} announcements as ticks. {finding}. {len(bare)} of {rows['count'].notna().sum()} numbers are "
        f"printed without a hedge, {len(dated)} with a date of their own. No figure: "
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
