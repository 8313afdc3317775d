"""What was agreed: what the joint statement ends, lets go on and leaves open."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts._said import LEAVING, ends, said
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.axes import Time, iso, utc
from explainer.charts.grammar.marks import PROOF, SIDES, Layers, named, side, words
from explainer.charts.grammar.text import fold, leading
from explainer.data.dates import days, find, resolve
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words.formats import day, spelled, when

_ENDS = {"mission_ends": "The mission was to end", "forces_leave": "The forces were to leave"}
DUE: dict[str, Any] = {"shape": "diamond", "size": 170, "fill": light("ink")}
DUE |= {"stroke": light("paper"), "strokeWidth": 1.5}  # seen on a bar as light as ink
GROUPS = {
    "ends": "What ends",
    "on": "What changes or continues",
    "open": "What the reports leave open",
}
# an open question about the presence
OPEN = r"\b(?:troops?|soldiers?|bases?|forces?|mission|coalition|withdraw\w*)\b"


@figure
def spans(tables: Tables) -> Figure:
    """Draw the spans that the latest joint announcement sets, and what was said of it that day."""
    table = agreed(tables)
    finding, event = _finding(table), announcement(tables)
    told = tables.mentions.loc[tables.mentions["event_id"].eq(event["event_id"]), "source_id"]
    told = tables.sources.loc[tables.sources["source_id"].isin(told), "outlet_short"].unique()
    by = " and ".join(told) if len(told) < 3 else f"{len(told)} outlets"
    means = ", that is: " + (table["deadline"] + " " + table["at"]).str.strip()
    late = int(_said_of_it(tables)["first"].isna().sum())
    more = f", and {spelled(late)} said on a day that no report gives" * (late > 0)
    positions, asked = tables.labels("statements", "position"), table["group"].eq("open")
    data = table.assign(
        group=table["group"].map(GROUPS),
        side=table["side"].map(SIDES).fillna(""),
        code=table["code"].map(positions).fillna(""),
        at=table["at"].replace("", "no end date").mask(asked, "no report says"),
    )
    columns = {"group": "Group", "side": "Said by", "who": "Speaker", "code": "Position"}
    columns |= {"text": "Words or question", "at": "Date", "deadline": "What the date means"}
    told = (table["text"] + means.where(table["at"].ne(""), "")).groupby(table["group"], sort=False)
    each = " ".join(f"{GROUPS[group]}: {'; '.join(text)}." for group, text in told)
    return Figure(
        rows(tables, table) if len(table) else table,
        draw,
        finding=finding,
        subtitle="Bar and diamond: to the date given. Dashed: these words give no end date.",
        caption=(
            f"What was announced on {day(event['start'])}, and what was said of it the same day"
            f"{more}, in the words of {by}, in quotation marks where it quotes. The joint"
            " statement’s own text (context) is not shown. A dashed line is no promise to stay."
        ),
        description=(
            f"Bars on a time axis that begins on {day(event['start'])}. {finding}."
            f" {each.replace('?.', '?').replace('?;', '?')}"
        ),
        data=data[[*columns, "row"]].rename(columns=columns),
    )


def rows(tables: Tables, table: pd.DataFrame) -> pd.DataFrame:
    """Return a row a span or question: `begin`, the day announced; `due`, the date given, if one
    is; a dashed line from `on`; `end`, the last day drawn; `text`, its words.
    """
    begin = pd.Timestamp(announcement(tables)["start"])
    end = max([begin + pd.DateOffset(years=1), *table["until"].dropna()]) + pd.DateOffset(months=5)
    who, dated = named(table["side"]), table["at"].ne("")
    asked, ends = table["group"].eq("open"), table["group"].eq("ends")
    speaker = (", " + table["who"]).where(table["who"].ne(who), "")
    return pd.DataFrame(
        {
            "group": table["group"].map(GROUPS),
            "text": table["text"] + (" · " + who + speaker).where(~asked, ""),
            "side": who.where(~asked, ""),
            "begin": f"{begin:%Y-%m-%d}",
            "due": iso(table["until"].where(dated)),
            "on": iso(table["until"].where(dated).fillna(begin)).mask(dated & ends | asked),
            "end": f"{end:%Y-%m-%d}",
            "open": asked,
            "row": table["row"],
        }
    )


def draw(rows: pd.DataFrame, canvas: Canvas) -> Layers:
    """Return a line for each span under its words, groups with a heading, and the questions."""
    first, last = (pd.Timestamp(rows[name].iloc[0]) for name in ("begin", "end"))
    time = Time(first, last, canvas.width - 16)
    rows = rows.assign(text=[fold(text, time.width, canvas.small) for text in rows["text"]])
    lines, under = 1 + rows["text"].str.count("\n"), rows["open"].map({True: 0.3, False: 1.6})
    new = rows["group"].ne(rows["group"].shift())
    line = (lines + under + 1.8 * new).cumsum() - under - lines  # where the words begin
    rows = rows.assign(line=line, bar=line + lines + 0.5, top=True, gap=0)
    domain = [rows["bar"].max() + 0.4, 0]
    scale = alt.Scale(domain=domain, nice=False, zero=False, padding=0)
    y, bar = (alt.Y(f"{name}:Q", axis=None, scale=scale) for name in ("line", "bar"))
    heads = rows[new].assign(line=line - 1.4, text=rows["group"], row="")
    heads = heads[["begin", "line", "text", "row", "top", "gap"]]
    spoken, dates = rows[~rows["open"]], sorted({first, *pd.to_datetime(rows["due"].dropna())})
    form = f"utcFormat(datum.value, '%j %Y') == '{first:%j %Y}' ? '%-d %b %Y' : '%b %Y'"
    axis: dict[str, Any] = {"values": [utc(day) for day in dates], "orient": "top"}
    axis |= {"labelExpr": f"utcFormat(datum.value, {form})", "labelOverlap": True}
    color = side(spoken["side"], canvas)

    def x(field: str) -> alt.X:
        return time.x(field, domain=False, **axis)

    base = alt.Chart(spoken).encode(bar, PROOF, alt.Description("text:N"))
    going, until = (base.transform_filter(test) for test in ("datum.on", "datum.due"))
    reach = base.mark_bar(height=10, opacity=0, color=light("paper"))  # dashes have gaps
    days = pd.DataFrame({"due": iso(pd.Series(dates[1:])), "line": 0, "bar": spoken["bar"].max()})
    return alt.layer(
        alt.Chart(days).mark_rule().encode(x("due"), y, y2="bar:Q"),
        reach.encode(x("begin"), x2="end:T"),
        words(heads, x("begin"), y, canvas, fontSize=canvas.label, fontWeight="bold"),
        going.mark_rule(strokeWidth=3, strokeDash=[9, 5]).encode(x("on"), color, x2="end:T"),
        until.mark_bar(height=12).encode(x("begin"), color, x2="due:T"),
        until.mark_point(**DUE).encode(x("due")),
        words(rows[["begin", "line", "text", "row", "top", "gap"]], x("begin"), y, canvas),
    ).properties(width=time.width, height=(domain[0] - domain[1]) * leading(canvas.small))


def _finding(rows: pd.DataFrame) -> str:
    """Return what ends and when."""
    dated = rows[rows["group"].eq("ends") & rows["deadline"].ne("")]
    asked = int(rows["group"].eq("open").sum())
    if dated.empty:
        return f"No end has a date, and the reports leave {asked} questions open"
    rest = f"the reports leave {asked} questions open" if asked else "the rest is open"
    return f"{_ENDS[dated.iloc[0]['code']]} no later than {dated.iloc[0]['at']}; {rest}"


def announcement(tables: Tables) -> pd.Series:
    """Return the latest reported announcement of both governments; of anyone, if there is none;
    of no words, without any.
    """
    events = tables.events[tables.events["kind"].eq("announcement") & tables.events["start"].ne("")]
    events = events[events["event_id"].isin(said(tables)["event_id"])]
    events = events.sort_values("start", kind="stable")
    joint = events[events["actor_side"].eq("joint")]
    events = joint if len(joint) else events
    return events.iloc[-1] if len(events) else pd.Series("", events.columns)


def agreed(tables: Tables) -> pd.DataFrame:
    """Return a row a span: `group`, `text`, `who`, `side`, `code`, `until` (a day or none),
    `at` in words, `row`.

    Statements of the joint announcement and of that day's briefings are one span a side, position,
    place and date. It ends where a deadline does that one of its statements names, or on a later
    day that its words give.
    """
    rows = _said_of_it(tables).sort_values("telling", ascending=False, kind="stable")
    rows = rows.join(_terms(tables, rows), on="row")
    keys = ["side", "position", "about", "concerns"]
    # an end that an article dates is that of a side; of what goes on, each speaks for himself
    who = rows["person_id"].where(~rows["position"].isin(LEAVING), "")
    own = rows.groupby([*keys, "source_id", who], observed=True)["at"].transform("first")
    rows["term"] = rows["at"].fillna(own).fillna("")  # two dates of a side are two spans
    groups = rows.groupby([*keys, "term", who], observed=True, sort=False, as_index=False)
    best, ids = groups.first(), groups["row"].agg(" ".join)["row"]
    sides, positions = (tables.labels("statements", name) for name in ("side", "position"))
    frame = best.assign(
        group=best["position"].isin(LEAVING).map({True: "ends", False: "on"}),
        text=best["words"],
        code=best["position"].astype(str),
        side=best["side"].astype(str),
        who=best["short"].mask(best["short"].eq(""), best["side"].astype(str).map(sides)),
        row=(ids + " " + best["setter"].fillna("")).str.strip(),
        later=best["side"].ne("joint"),
        rank=best["position"].astype(str).map(list(positions)[::-1].index),
    ).sort_values(["group", "later", "rank"], kind="stable")
    words = ["code", "side", "who", "at", "deadline"]
    frame = pd.concat([frame[["group", "text", "until", "row", *words]], _open(tables)])
    return frame.fillna(dict.fromkeys(words, "")).reset_index(drop=True)


def _said_of_it(tables: Tables) -> pd.DataFrame:
    """Return the statements of the joint announcement's day, and those without a day that set a
    date for what is to come, of articles that tell of it.
    """
    events, latest, rows = tables.events, announcement(tables), said(tables)
    same = events["kind"].eq("announcement") & events["start"].eq(latest["start"])
    that_day = rows["event_id"].isin(events[same]["event_id"])
    telling = tables.mentions.loc[tables.mentions["event_id"].eq(latest["event_id"]), "source_id"]
    undated = rows["first"].isna() & rows["source_id"].isin(telling)
    return rows[that_day | undated & rows["row"].isin(ends(tables).index)]


def _terms(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Return for each statement that gives a date its `until`, `at`, `deadline` and `setter`: the
    deadline that it names; else what its own words say of a day after the announcement.
    """
    terms = {r.Index: (r.last, r.when, r.text, r.row) for r in ends(tables).itertuples()}
    published = tables.sources.set_index("source_id")["published"].dt.date
    last = pd.Timestamp(announcement(tables)["start"])
    for row in rows.itertuples():
        for written, _ in find(row.evidence):
            meant = resolve(written, published[row.source_id])
            until = pd.Timestamp(days(meant.start, meant.end)[1]) if meant else last
            if meant and until > last:
                at = when(meant.start, meant.precision, meant.end)
                terms.setdefault(row.row, (until, at, "", ""))
    columns, known = ["until", "at", "deadline", "setter"], pd.Index(list(terms), dtype=str)
    return pd.DataFrame(list(terms.values()), known, columns)


def _open(tables: Tables) -> pd.DataFrame:
    """Return the questions on the presence that no article answers, with the rows that say so."""
    topics = tables.topics[tables.topics["kind"].eq("unanswered")]
    event = announcement(tables)["event_id"]  # without one no axis begins
    about = (topics["event_id"].eq(event) | topics["question"].str.contains(OPEN)) & bool(event)
    silent = tables.disagreements.groupby("topic_id")["id"].agg(" ".join)
    topics = topics[about & topics["topic_id"].isin(silent.index)]
    rows = topics["topic_id"].map(silent)
    return pd.DataFrame({"group": "open", "text": topics["question"], "row": rows})
