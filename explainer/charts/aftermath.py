"""What happened next: what other sources tell after the joint statement, against its dates."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts._said import due
from explainer.charts.agreed import announcement
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.axes import Heights, Time, iso
from explainer.charts.grammar.labels import Box, levels, strip
from explainer.charts.grammar.marks import PROOF, named, side, words
from explainer.charts.grammar.text import fold, leading
from explainer.charts.longline import short
from explainer.data.dates import days
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words import record
from explainer.words.formats import day, number, spelled

PLAN, CLAIM, SAID, DUE = "plan", "claim", "said", "due"
_KINDS = {SAID: "reported", PLAN: "a plan", CLAIM: "a claim", DUE: "date set for the future"}
_TROOPS = ("troops", "personnel")  # units that stand on the scale of troops
_SHAPES = {CLAIM: "triangle-up", PLAN: "square", SAID: "square"}
MOST = 30  # facts drawn; of more, the latest
LANES = {"iraq": "Iraq", "syria": "Syria"}  # every other place is in Iraq, or Iraq and more
_UNNAMED = "unnamed"  # in `what`: a speaker without a name


@figure
def timeline(tables: Tables) -> Figure:
    """Draw the facts from the month after the joint announcement on, and the deadlines."""
    facts, ahead = happened(tables), deadlines(tables)
    finding, last = _finding(facts, ahead), last_seen(tables)
    shown = int((record.facts(tables)["first"] >= opening(tables)).sum())
    less = f" Drawn are the latest {number(len(facts))} facts." if shown > len(facts) else ""
    told = (facts["text"] + ", " + facts["note"]).groupby(facts["lane"])
    each = " ".join(f"{name}: {'; '.join(parts)}." for name, parts in told)
    cited = facts.assign(source=record.LABEL + ": " + facts["outlet"], said=facts["what"])
    own = {"source": "the reports", "who": "the joint statement, as reported", "kind": "article"}
    table = pd.concat([cited, ahead.assign(said=ahead["text"], **own)])
    table = table.sort_values(["last", "first"], kind="stable", ignore_index=True)
    table = table.assign(sort=table["sort"].map(_KINDS))
    columns = {"when": "When", "lane": "Where", "said": "What", "sort": "Kind"}
    columns |= {"who": "Who says so", "source": "From", "kind": "Kind of page", "row": "row"}
    return Figure(
        rows(tables, facts, ahead),
        draw,
        finding=finding,
        subtitle=(
            "Circle: troop numbers; the higher, the more. Square: what happened or was said; a"
            " plan is placed on the day it was reported. Triangle: a claimed attack."
            f" Grey: after our latest source, of {day(last)}."
        ),
        caption=(
            f"{_lines(ahead)} in the reports; all else is context, from other sources."
            " Plans are not placed by height, because they are not counts. The troop numbers are"
            f" for different places and forces and cannot be compared.{less}"
        ),
        description=(
            f"A timeline from {day(f'{opening(tables):%Y-%m}')} on, with a lane each for"
            f" {' and '.join(LANES.values())}. {finding}. Dates ahead:"
            f" {'; '.join(ahead['text']) or 'none'}. {each}"
        ),
        data=table[list(columns)].rename(columns=columns),
    )


def _lines(ahead: pd.DataFrame) -> str:
    """Return what the lines are, as many as there are dates."""
    if len(ahead) == 1:
        return "The line is the date"
    return f"The {spelled(len(ahead))} lines are the dates" if len(ahead) else "No date stands"


def rows(tables: Tables, facts: pd.DataFrame, ahead: pd.DataFrame) -> pd.DataFrame:
    """Return a row a fact and deadline: `date`, its day or the middle of its time; `value`, how
    many troops were there, if it says so; `sort`; the `side` whose word it is; `text`.
    """
    frame = pd.concat([facts, ahead], ignore_index=True)
    due = frame["sort"].eq(DUE)
    middle = frame["first"] + (frame["last"] - frame["first"]) / 2
    there = frame["unit"].isin(_TROOPS) & frame["sort"].eq(SAID)
    place = (", " + frame["place_label"]).where(~frame["place"].isin(list(LANES)), "")
    counted = frame["number"] + place + " · " + frame["who"].map(short, na_action="ignore")
    end = max([pd.Timestamp(last_seen(tables)), *frame["last"]]) + pd.DateOffset(months=3)
    frame = frame.assign(
        tier="context",
        date=middle.mask(due, frame["last"]),
        exact=True,
        value=frame["value_max"].fillna(frame["value"]).astype(float).where(there),
        side=named(frame["side"].replace({"both": "joint"})).where(~due, ""),
        name=frame["text"],
        text=counted.where(there, frame["text"] + [_who(row) for row in frame.itertuples()]),
        seen=last_seen(tables),
        start=f"{opening(tables):%Y-%m-%d}",
        end=f"{end:%Y-%m-%d}",
    )
    columns = ["lane", "tier", "date", "first", "last", "exact", "value", "sort", "side", "name"]
    return frame[[*columns, "text", "seen", "start", "end", "row"]]


def _who(row: Any) -> str:
    """Return ', a plan' and whose word it is, where the title does not say so."""
    if row.sort == DUE:
        return ""
    plan = ", a plan" * (row.sort == PLAN and "plan" not in row.text.lower())
    who = short(row.who)
    return plan + f" · {who}" * (who.split()[0] not in row.text)


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart:
    """Return for each country a scale of troops, under it what has no number, one time for all."""
    first, end = (pd.Timestamp(rows[name].iloc[0]) for name in ("start", "end"))
    time = Time(first, end, canvas.width - 56)
    # over the highest number the words of the deadline have room
    room, tall = (0.42, 210) if canvas.phone else (0.3, 150)
    most = int(rows[rows["sort"].eq(DUE)].groupby("lane").size().max() or 1)  # one under the other
    heights = Heights(float(rows["value"].max()) * (1 + room * most), tall)
    color = side(rows["side"], canvas)
    unknown = rows[["seen", "end"]].drop_duplicates().set_axis(["first", "last"], axis=1)
    later, parts = alt.Chart(unknown).mark_rect(color=light("faint")), list[Any]()
    for lane, part in rows.groupby("lane"):
        told = part[part["value"].isna() & part["sort"].ne(DUE)]
        shade = later.encode(time.x("first", grid=True), x2="last:T")
        marks = alt.layer(shade, *_numbers(part, time, heights, canvas, color))
        title = alt.Title(
            f"{lane}: troops, as counted or announced", fontSize=canvas.label, frame="group"
        )
        parts.append(marks.properties(width=time.width, height=heights.tall, title=title))
        if len(told):
            told = told[["date", "sort", "side", "name", "text", "row", "seen"]]
            shape = alt.Shape("sort:N", legend=None)
            shape = shape.scale(domain=list(_SHAPES), range=list(_SHAPES.values()))
            look: dict[str, Any] = {"color": color, "shape": shape, "behind": later}
            parts.append(strip(told, time, canvas, filled=False, **look))
    return alt.vconcat(*parts, spacing=10).resolve_scale(color="shared")


def _numbers(
    rows: pd.DataFrame, time: Time, heights: Heights, canvas: Canvas, color: alt.Color
) -> list[alt.Chart]:
    """Return numbers of troops as high as they are large, on their days, and deadlines as rules."""
    x, y, name = time.x(grid=True), heights.y(), alt.Description("name:N")
    rows = rows.drop(columns=["start", "end"])
    due, counted = rows[rows["sort"].eq(DUE)], rows[rows["value"].notna()]
    barred: list[Box] = [(at - 3, 0, at + 3, heights.tall) for at in due["date"].map(time.px)]
    marks = levels(counted, time, heights, canvas, barred, color)
    if due.empty:
        return marks
    late = due["date"].map(time.px) > time.width * 0.55
    align, date = late.map({True: "right", False: "left"}), iso(due["date"])
    due = due[["text", "name", "sort", "row", "seen"]]
    due = due.assign(align=align, date=date, value=heights.top, bold=True, top=True, gap=6)
    if canvas.phone:
        due["text"] = [fold(text, time.width * 0.48, canvas.small) for text in due["text"]]
    lines = 1 + due["text"].str.count("\n")
    due["value"] -= (lines.cumsum() - lines) * leading(canvas.small) * heights.top / heights.tall
    rule = alt.Chart(due).mark_rule(color=light("ink"), strokeWidth=1.5)
    return [rule.encode(x, PROOF, name), words(due, x, y, canvas), *marks]


def _finding(facts: pd.DataFrame, ahead: pd.DataFrame) -> str:
    """Return how many troops were counted in Iraq after the date for the mission's end."""
    dates = ahead.loc[ahead["lane"].eq(LANES["iraq"]), "last"]
    end = dates.min() if len(dates) else facts["first"].min()
    later = facts["lane"].eq(LANES["iraq"]) & facts["sort"].eq(SAID) & facts["first"].gt(end)
    counted = facts[later & facts["measure"].eq("troop level") & facts["number"].ne("")]
    month = day(f"{end:%Y-%m}")
    if counted.empty:
        return f"No source gives a number of troops in Iraq after {month}"
    last = counted.iloc[-1]
    text = f"{last['number']} foreign personnel were counted in the {last['place_label']}"
    return f"{text[0].upper()}{text[1:]} after {month}"


def opening(tables: Tables) -> pd.Timestamp:
    """Return the first day of the month after the latest joint announcement."""
    return (pd.Period(announcement(tables)["start"][:7]) + 1).start_time


def last_seen(tables: Tables) -> str:
    """Return the ISO day of the latest context page, at the earliest: there our knowledge ends."""
    return max(days(published)[0] for published in tables.pages["published"]).isoformat()


def happened(tables: Tables) -> pd.DataFrame:
    """Return those of `record.facts` told after the announcement, in order of time, with `lane`,
    `sort` (`plan`, `claim` or `said`), `who` says so, `text`, `note` and `row`.

    A plan for a day after its page has the days of the page as `first` and `last`, and that later
    date in words as `ahead`.
    """
    facts = record.facts(tables)
    told = facts["source_id"].map(tables.pages.set_index("source_id")["published"])
    pages = pd.DataFrame([days(date) for date in told], facts.index).apply(pd.to_datetime)
    ahead = facts["first"] > pages[1]
    facts = facts.assign(
        ahead=facts["when"].where(ahead, ""),
        when=facts["when"].mask(ahead, told.map(day)),
        first=facts["first"].mask(ahead, pages[0]),
        last=facts["last"].mask(ahead, pages[1]),
    )
    facts = facts[facts["first"] >= opening(tables)].sort_values(["first", "last", "id"]).tail(MOST)
    claimed = facts["counted_by"].str.contains(r"\(claim\)")
    planned = facts["measure"].str.contains(r"\bplan")
    facts = facts.assign(
        lane=_lane(facts["place"]),
        sort=claimed.map({True: CLAIM, False: SAID}).mask(planned, PLAN),
        who=facts["counted_by"].str.replace(r" *\(claim\)", "", regex=True),
        row=facts["id"],
    )
    for name, say in {"text": _text, "note": _note}.items():  # also of no facts, text
        facts[name] = pd.Series([say(row) for row in facts.itertuples()], facts.index, dtype=str)
    return facts.reset_index(drop=True)


def deadlines(tables: Tables) -> pd.DataFrame:
    """Return the articles' deadlines after it: `lane`, `first`, `last`, `text`, `row`."""
    ahead = due(tables)
    ahead = ahead[ahead["first"] >= opening(tables)]
    mentions = tables.mentions.set_index("id")["event_id"]
    places = tables.events.set_index("event_id")["place"].astype(str)
    lane = _lane(ahead["row"].str.split().str[0].map(mentions).map(places))
    return ahead.assign(lane=lane, text=ahead["text"] + ": " + ahead["when"], sort=DUE)


def _lane(places: pd.Series) -> pd.Series:
    return places.astype(str).map(LANES).fillna(LANES["iraq"])


def _text(row: Any) -> str:
    """Return a fact's title, and the figure with its hedge where the title does not have it."""
    if not row.number or f"{row.value:,}" in row.title:
        return row.title
    unit = f" {row.unit}" * (row.unit not in row.title.lower())
    return f"{row.title}{',' if ':' in row.title else ':'} {row.number}{unit}"


def _note(row: Any) -> str:
    """Return when, where, whose word it is and of which kind, and for when a plan is."""
    who = f"{row.who}, {_UNNAMED}" if _UNNAMED in row.what else row.who
    plan = f"a plan{f' for {row.ahead}' * bool(row.ahead)}, says {who}"
    kind = {PLAN: plan, CLAIM: f"claimed by {who}", SAID: f"says {who}"}[row.sort]
    place = [row.place_label] * (row.place not in LANES and row.place_label not in row.title)
    return ", ".join([row.when, *place, kind])
