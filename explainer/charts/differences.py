"""Where the sources differ: which article reports which event, and whether those who do tell it alike."""

import pandas as pd

from explainer.charts._matrix import matrix
from explainer.charts.figure import Figure, figure
from explainer.data.tables import Tables
from explainer.theme import NARROW, WIDE
from explainer.words.event_dates import in_order, interval
from explainer.words.formats import day
from explainer.words.sources import in_time

STATES = {
    "reported": "reported",
    "differently": "reported, articles differ",
    "absent": "not reported",
    "unknown": "after the article, or no date to tell",
}
_EVENTS = 60  # rows that a page can hold: beyond it, those that most articles report
_DIFFER = ("contradiction", "framing")
_UNDATED, _AHEAD = "No date given", "Still ahead at the last article"


@figure
def coverage(tables: Tables) -> Figure:
    """Draw events by articles: reported, reported while articles differ on it, not reported, not yet."""
    every = cells(tables)
    frame, articles = most_reported(every), in_time(tables)
    finding = _finding(every, len(articles))
    return Figure(
        finding=finding,
        caption=_caption(every, frame),
        description=_description(every, articles, finding),
        data=_data(frame),
        wide=matrix(frame, articles, STATES, WIDE, finding),
        narrow=matrix(frame, articles, STATES, NARROW, finding),
    )


def events(tables: Tables) -> pd.DataFrame:
    """Return the reported events in order of time with `section`, `short` (the date within its section), `latest`.

    `latest` is the last day on which the event can have begun: only later articles are said to be silent.
    """
    frame, opening = in_order(tables), tables.sources["published"].min().year - 1
    frame, last = (
        frame[frame["event_id"].isin(tables.mentions["event_id"])].copy(),
        tables.sources["published"].max(),
    )
    frame["section"] = [_section(e, opening, last) for e in frame.itertuples()]
    frame["short"] = [_short(e) for e in frame.itertuples()]
    frame["latest"] = [_latest(e) for e in frame.itertuples()]
    return (
        frame.assign(undated=frame["section"] == _UNDATED)
        .sort_values("undated", kind="stable")
        .reset_index(drop=True)
    )


def _section(event, opening: int, last: pd.Timestamp) -> str:
    if not event.start:
        return _UNDATED
    if pd.Period(event.order).start_time > last:
        return _AHEAD
    return f"Before {opening}" if int(event.order[:4]) < opening else event.order[:4]


def _short(event) -> str:
    if not event.start:
        return f"by {day(event.end)}" if event.end else "no date"
    ranged = event.precision in ("week", "between") and event.end
    return (interval(event.start, event.end) if ranged else day(event.start)).removesuffix(
        f" {event.section}"
    )


def _latest(event) -> pd.Timestamp:
    ranged = event.precision in ("week", "between") and event.end
    return pd.Period(event.end if ranged else event.order).end_time.normalize()


def cells(tables: Tables) -> pd.DataFrame:
    """Return a row for each event and article: `state` (a key of STATES), `row`, `href`, `label`.

    An article that mentions the event differs where a matter about the event, a contradiction or a framing, has
    two positions or more among the articles that mention it, and this article takes one of them.
    """
    articles = in_time(tables)[["source_id", "label", "published"]].rename(
        columns={"label": "article"}
    )
    columns = ["event_id", "title", "when", "section", "short", "latest"]
    frame = events(tables)[columns].merge(articles, how="cross")
    keys = ["event_id", "source_id"]
    told = tables.mentions.groupby(keys)["id"].agg(" ".join).rename("mention").reset_index()
    frame = (
        frame.merge(told, on=keys, how="left")
        .merge(_positions(tables), on=keys, how="left")
        .fillna({"mention": ""})
    )
    frame["state"] = [_state(c) for c in frame.itertuples()]
    frame["row"] = (frame["matter"].fillna("") + " " + frame["mention"]).str.strip()
    frame["row"] = frame["row"].where(frame["row"] != "", frame["event_id"])
    frame["label"] = [_label(c) for c in frame.itertuples()]
    return frame.assign(href=frame["row"].str.split().str[0])


def _positions(tables: Tables) -> pd.DataFrame:
    """Return event, article, ids and words of the positions in the matters on which articles differ."""
    keys = ["event_id", "source_id"]
    rows = tables.disagreements.merge(
        tables.topics[["topic_id", "question", "kind", "event_id"]], on="topic_id"
    )
    rows = rows[(rows["stance"] == "says") & rows["kind"].isin(_DIFFER) & (rows["event_id"] != "")]
    rows = rows.merge(tables.mentions[keys].drop_duplicates(), on=keys)
    rows = rows[rows.groupby("topic_id")["says"].transform("nunique") > 1]
    rows = rows.assign(words=rows["question"] + " " + rows["says"])
    return rows.groupby(keys).agg(matter=("id", " ".join), words=("words", " ".join)).reset_index()


def _state(cell) -> str:
    if cell.mention:
        return "differently" if isinstance(cell.matter, str) else "reported"
    return "unknown" if cell.latest > cell.published else "absent"


def _label(cell) -> str:
    words = f". {cell.words}" if cell.state == "differently" else ""
    return f"{cell.article}: {cell.title}, {STATES[cell.state]}{words}"


def most_reported(frame: pd.DataFrame, limit: int = _EVENTS) -> pd.DataFrame:
    """Return the cells of the `limit` events that most articles report, in their order."""
    told = frame["mention"].ne("").groupby(frame["event_id"]).sum()
    kept = told.sort_values(ascending=False, kind="stable").index[:limit]
    return frame[frame["event_id"].isin(kept)].reset_index(drop=True)


def _counts(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each event: how many articles report it, could have, and whether they differ."""
    return (
        frame.assign(
            told=frame["mention"] != "",
            differ=frame["state"] == "differently",
            able=frame["state"] != "unknown",
        )
        .groupby(["event_id", "title"], sort=False)[["told", "differ", "able"]]
        .sum()
        .reset_index()
    )


def _finding(frame: pd.DataFrame, articles: int) -> str:
    counts = _counts(frame)
    alone, whole = (counts["told"] == 1).sum(), (counts["told"] == articles).sum()
    return (
        f"{alone or 'None'} of {len(counts)} events {'stands' if alone == 1 else 'stand'} in one article alone, {whole or 'none'} in "
        f"{f'all {articles}' if articles > 1 else 'more'}; on {(counts['differ'] > 0).sum() or 'none'} the reports differ"
    )


def _caption(every: pd.DataFrame, frame: pd.DataFrame) -> str:
    more = every["event_id"].nunique() - frame["event_id"].nunique()
    return (
        "A row is an event, a column an article. A diamond marks a matter on which the articles that report the event "
        "contradict each other or frame it otherwise; both may be right. A ring means that the article does not speak of "
        "the event, not that it should have: a report on something else owes nobody a full account. No mark stands where "
        "the event came after the article, or could have."
        + (
            f" {more} more events, in fewer articles each, stand in the table of events."
            if more
            else ""
        )
    )


def _description(frame: pd.DataFrame, articles: pd.DataFrame, finding: str) -> str:
    counts = _counts(frame)
    told = counts[counts["told"] == counts["told"].max()]
    each = (
        frame[frame["mention"] != ""]
        .groupby("article")["event_id"]
        .nunique()
        .reindex(articles["label"], fill_value=0)
    )
    could = ((counts["told"] == 1) & (counts["able"] > 1)).sum()
    listed = (
        " Events reported: " + ", ".join(f"{a} {n}" for a, n in each.items()) + "."
        if len(each) <= 8
        else ""
    )
    return (
        f"A grid of {len(counts)} events by {len(articles)} articles, both in order of time. {finding}. "
        f"{could} of the events in one article alone could have stood in another as well. In most articles "
        f"({counts['told'].max()}): {'; '.join(told['title'].head(3))}. "
        f"Most events stand in {each.idxmax()}, {each.max()}; fewest in {each.idxmin()}, {each.min()}.{listed}"
    )


def _data(frame: pd.DataFrame) -> pd.DataFrame:
    drawn = frame[frame["state"] != "unknown"]
    return pd.DataFrame(
        {
            "Event": drawn["title"],
            "When": drawn["when"],
            "Article": drawn["article"],
            "How": drawn["state"].map(STATES),
            "row": drawn["row"],
        }
    ).reset_index(drop=True)
