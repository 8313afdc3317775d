"""What happened next: what other sources tell after the joint statement, against its dates."""

from typing import Any

import altair as alt
import pandas as pd

from explainer.charts._said import due
from explainer.charts.agreed import announcement
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.axes import Heights, Time, iso
from explainer.charts.grammar.labels import Box, levels, strip
from explainer.charts.grammar.marks import NAME, PROOF, Layers, named, side, words
from explainer.charts.grammar.text import fold, heading, leading
from explainer.charts.longline import short
from explainer.data.dates import days
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words import record
from explainer.words.formats import day, number, spelled

PLAN, CLAIM, SAID, DUE = "plan", "claim", "said", "due"
_KINDS = {SAID: "reported", PLAN: "a plan", CLAIM: "a claim", DUE: "date set for the future"}
_SHAPES = {CLAIM: "triangle-up", PLAN: "square", SAID: "square"}
_TROOPS = ("troops", "personnel")  # units that stand on the scale of troops
MOST = 30  # facts drawn; of more, the latest
LANES = {"iraq": "Iraq", "syria": "Syria"}  # every other place is in Iraq, or Iraq and more


@figure
def timeline(tables: Tables) -> Figure:
    """Draw the facts from the month after the joint announcement on, and the deadlines."""
    table, finding = rows(tables), _finding(rows(tables))
    ahead, facts = (table[table["sort"].eq(DUE) == which] for which in (True, False))
    later = int((record.facts(tables)["first"] >= opening(tables)).sum())
    less = f" Drawn are the latest {number(len(facts))} facts." if later > len(facts) else ""
    each = (facts["name"] + ", " + facts["note"]).groupby(facts["lane"])
    each = " ".join(f"{name}: {'; '.join(parts)}." for name, parts in each)
    columns = {"when": "When", "lane": "Where", "what": "What", "sort": "Kind"}
    columns |= {"who": "Who says so", "source": "From", "kind": "Kind of page", "row": "row"}
    data = table.sort_values(["last", "first"], kind="stable", ignore_index=True)
    return Figure(
        table,
        draw,
        finding=finding,
        subtitle=(
            "Circle: troop numbers; the higher, the more. Square: what happened or was said; a"
            " plan is placed on the day it was reported. Triangle: a claimed attack."
            f" Grey: after our latest source, of {day(last_seen(tables))}."
        ),
        caption=(
            f"{_lines(ahead)} in the reports; all else is context, from other sources."
            " Plans are not placed by height, because they are not counts. The troop numbers are"
            f" for different places and forces and cannot be compared.{less}"
        ),
        description=(
            f"A timeline from {day(f'{opening(tables):%Y-%m}')} on, with a lane each for"
            f" {' and '.join(LANES.values())}. {finding}. Dates ahead:"
            f" {'; '.join(ahead['name']) or 'none'}. {each}"
        ),
        data=data[list(columns)].replace({"sort": _KINDS}).rename(columns=columns),
    )


def _lines(ahead: pd.DataFrame) -> str:
    """Return what the lines are, as many as there are dates."""
    if len(ahead) == 1:
        return "The line is the date"
    return f"The {spelled(len(ahead))} lines are the dates" if len(ahead) else "No date stands"


def rows(tables: Tables) -> pd.DataFrame:
    """Return a row a fact and deadline: `date`, its day or the middle of its time; `value`, how
    many troops were there, if it says so (a part of them is no level beside the whole); `sort`;
    the `side` whose word it is; `text`.
    """
    frame = pd.concat([happened(tables), deadlines(tables)], ignore_index=True)
    there = frame["unit"].isin(_TROOPS) & frame["measure"].eq("troop level")
    there &= frame["sort"].eq(SAID)
    place = (", " + frame["place_label"]).where(~frame["place"].isin(list(LANES)), "")
    counted = frame["number"] + place + " · " + frame["who"].map(short)
    end = max([pd.Timestamp(last_seen(tables)), *frame["last"]]) + pd.DateOffset(months=3)
    return frame.assign(
        lane=frame["place"].astype(str).map(LANES).fillna(LANES["iraq"]),
        tier="context",
        date=frame["first"] + (frame["last"] - frame["first"]) / 2,
        exact=True,
        value=frame["value_max"].fillna(frame["value"]).astype(float).where(there),
        text=counted.where(there, [_labelled(row) for row in frame.itertuples()]),
        seen=last_seen(tables),
        start=opening(tables),
        end=end,
    )


def _labelled(row: Any) -> str:
    """Return a row's title with 'a plan' and whose word it is, where the title does not say so."""
    if row.sort == DUE:
        return row.name
    plan = ", a plan" * (row.sort == PLAN and "plan" not in row.name.lower())
    who = short(row.who)
    return row.name + plan + f" · {who}" * (who.split()[0] not in row.name)


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.VConcatChart:
    """Return for each country a scale of troops, under it what has no number, one time for all."""
    time = Time(rows["start"].iloc[0], rows["end"].iloc[0], canvas.width - 56)
    # over the highest number the words of the deadlines have room, one under the other
    room, tall = (0.5, 180) if canvas.phone else (0.3, 150)
    most = max(rows.loc[rows["sort"].eq(DUE), "lane"].value_counts(), default=1)
    heights = Heights(float(rows["value"].max()) * (1 + room * most), tall)
    color = side(rows["side"], canvas)
    unknown = pd.DataFrame({"first": rows["seen"].head(1), "last": iso(rows["end"].head(1))})
    later, parts = alt.Chart(unknown).mark_rect(color=light("faint")), list[Layers]()
    shade = later.encode(time.x("first", grid=True), x2="last:T")
    shape = alt.Shape("sort:N", legend=None)
    shape = shape.scale(domain=list(_SHAPES), range=list(_SHAPES.values()))
    look: dict[str, Any] = {"color": color, "shape": shape, "filled": False, "behind": later}
    for lane, part in rows.groupby("lane"):
        marks = alt.layer(shade, *_numbers(part, time, heights, canvas, color))
        head = heading(f"{lane}: troops, as counted or announced", canvas)
        parts.append(marks.properties(width=time.width, height=heights.tall, title=head))
        told = part[part["value"].isna() & part["sort"].ne(DUE)]
        told = told[["date", "sort", "side", "name", "text", "row", "seen"]]
        if len(told):
            title = f"{lane}: events, plans, claims"
            parts.append(strip(told, time, canvas, title=title, **look))
    return alt.vconcat(*parts, spacing=10).resolve_scale(color="shared")


def _numbers(
    rows: pd.DataFrame, time: Time, heights: Heights, canvas: Canvas, color: alt.Color
) -> list[alt.Chart]:
    """Return numbers of troops as high as they are large, on their days, and deadlines as rules."""
    columns = ["tier", "date", "first", "last", "exact", "value", "sort", "side", "name", "text"]
    counted = rows.loc[rows["value"].notna(), [*columns, "seen", "row"]]
    ahead = rows.loc[rows["sort"].eq(DUE), ["last", "text", "name", "sort", "row", "seen"]]
    at = ahead["last"].map(time.px)
    barred: list[Box] = [(x - 3, 0, x + 3, heights.tall) for x in at]
    marks = levels(counted, time, heights, canvas, barred, color)
    if ahead.empty:
        return marks
    if canvas.phone:
        ahead["text"] = [fold(text, time.width * 0.48, canvas.small) for text in ahead["text"]]
    align = at.gt(time.width * 0.55).map({True: "right", False: "left"})
    ahead = ahead.rename(columns={"last": "date"}).assign(date=iso(ahead["last"]), align=align)
    lines = 1 + ahead["text"].str.count("\n")
    under = (lines.cumsum() - lines) * leading(canvas.small) * heights.top / heights.tall
    ahead = ahead.assign(value=heights.top - under, bold=True, top=True, gap=6)
    x = time.x(grid=True)
    rule = alt.Chart(ahead).mark_rule(color=light("ink"), strokeWidth=1.5)
    return [rule.encode(x, PROOF, NAME), words(ahead, x, heights.y(), canvas), *marks]


def _finding(rows: pd.DataFrame) -> str:
    """Return how many troops were counted in Iraq after the date for the mission's end."""
    here, ahead = rows["lane"].eq(LANES["iraq"]), rows["sort"].eq(DUE)
    end = rows.loc[here & ahead, "last"].min()
    end = rows["first"].min() if pd.isna(end) else end
    later = here & rows["first"].gt(end) & rows["measure"].eq("troop level")
    counted = rows[later & rows["value"].notna()]
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
    """Return those of `record.facts` told after the announcement, in order of time, with `sort`
    (`plan`, `claim` or `said`), `who` says so, `side`, `name`, `note`, `source` and `row`.

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
    claimed = facts["counted_by"].str.contains(r"\(claim\)").map({True: CLAIM, False: SAID})
    facts = facts.assign(
        side=named(facts["side"].replace({"both": "joint"})),
        sort=claimed.mask(facts["measure"].str.contains(r"\bplan"), PLAN),
        who=facts["counted_by"].str.replace(r" *\(claim\)", "", regex=True),
        source=record.LABEL + ": " + facts["outlet"],
        row=facts["id"],
    )
    facts = facts.assign(name=[_name(row) for row in facts.itertuples()])
    return facts.assign(note=[_note(row) for row in facts.itertuples()]).reset_index(drop=True)


def deadlines(tables: Tables) -> pd.DataFrame:
    """Return the articles' deadlines after it, with the columns of `happened`."""
    ahead = due(tables).loc[lambda deadlines: deadlines["first"] >= opening(tables)]
    name = ahead["text"] + ": " + ahead["when"]
    by = {"source": "the reports", "who": "the joint statement, as reported", "kind": "article"}
    ahead = ahead[["first", "last", "when", "place", "row"]]
    return ahead.assign(sort=DUE, side="", name=name, what=name, **by)


def _name(row: Any) -> str:
    """Return a fact's title, and the figure with its hedge where the title does not have it."""
    if not row.number or f"{row.value:,}" in row.title:
        return row.title
    unit = f" {row.unit}" * (row.unit not in row.title.lower())
    return f"{row.title}{',' if ':' in row.title else ':'} {row.number}{unit}"


def _note(row: Any) -> str:
    """Return when, where, whose word it is and of which kind, and for when a plan is."""
    who = f"{row.who}, unnamed" if "unnamed" in row.what else row.who
    plan = f"a plan{f' for {row.ahead}' * bool(row.ahead)}, says {who}"
    kind = {PLAN: plan, CLAIM: f"claimed by {who}", SAID: f"says {who}"}[row.sort]
    place = [row.place_label] * (row.place not in LANES and row.place_label not in row.title)
    return ", ".join([row.when, *place, kind])
