"""What happened after the last joint announcement: facts of the record, and the deadlines that
the articles report.
"""

from typing import Any

import pandas as pd

from explainer.charts._spans import announcement
from explainer.charts._year import due
from explainer.data.dates import days
from explainer.data.tables import Tables
from explainer.words import record
from explainer.words.formats import day

MOST = 30  # facts drawn; of more, the latest
LANES = {"iraq": "Iraq", "syria": "Syria"}  # every other place is in Iraq, or Iraq and more
PLAN, CLAIM, SAID, DUE = "plan", "claim", "said", "due"
_UNNAMED = "unnamed"  # in `what`: a speaker without a name
_COLOURS = {
    "both": "joint",
    "iran": "other",
    "press": "outlet",
}  # sides of the record that the palette has under another name
_PLANNED, _CLAIMED = (
    r"\bplan",
    r"\(claim\)",
)  # how the record names them: in `measure`, and in `counted_by`


def opening(tables: Tables) -> pd.Timestamp:
    """Return the first day of what is told here: of the month after the latest joint
    announcement.
    """
    return (pd.Period(announcement(tables)["start"][:7]) + 1).start_time


def last_seen(tables: Tables) -> str:
    """Return the day on which the knowledge of the book ends, ISO: the latest publication of a
    context page, at the earliest it can be.
    """
    return max(days(published)[0] for published in tables.pages["published"]).isoformat()


def happened(tables: Tables) -> pd.DataFrame:
    """Return the facts told after the announcement, in order of time: those of `record.facts`
    and more columns.

    `lane`; `sort` (`plan`, `claim` or `said`); `first` and `last`, the days on which it was or
    was told: of a plan for a day after its page, those of the page; `ahead`, that later date in
    words, else ""; `who` says or counts so; `text`, `row`, `href`, `label`.
    """
    facts = record.facts(tables)
    told = tables.pages.set_index("source_id")["published"]
    pages = [days(told[source]) for source in facts["source_id"]]
    later = [first.date() > page[1] for first, page in zip(facts["first"], pages, strict=True)]
    facts = facts.assign(
        ahead=facts["when"].where(pd.Series(later, facts.index), ""),
        first=[
            pd.Timestamp(page[0]) if ahead else first
            for first, page, ahead in zip(facts["first"], pages, later, strict=True)
        ],
        last=[
            pd.Timestamp(page[1]) if ahead else last
            for last, page, ahead in zip(facts["last"], pages, later, strict=True)
        ],
        when=[
            day(told[row.source_id]) if ahead else row.when
            for row, ahead in zip(facts.itertuples(), later, strict=True)
        ],
    )
    facts = (
        facts[facts["first"] >= opening(tables)]
        .sort_values(["first", "last", "id"], kind="stable")
        .tail(MOST)
    )
    sort = (
        facts["counted_by"]
        .str.contains(_CLAIMED)
        .map({True: CLAIM, False: SAID})
        .mask(facts["measure"].str.contains(_PLANNED), PLAN)
    )
    facts = facts.assign(
        lane=facts["place"].astype(str).where(facts["place"].eq("syria"), "iraq"),
        sort=sort,
        colour="side-" + facts["side"].astype(str).replace(_COLOURS),
        who=facts["counted_by"].str.replace(r" *\(claim\)", "", regex=True),
        row=facts["id"],
        href=facts["id"],
    )
    facts["text"] = [_text(row) for row in facts.itertuples()]
    facts["note"] = [_note(row) for row in facts.itertuples()]
    return facts.assign(
        label=f"{record.LABEL}, " + facts["when"] + ": " + facts["what"]
    ).reset_index(drop=True)


def deadlines(tables: Tables) -> pd.DataFrame:
    """Return the deadlines after the announcement as the articles report them: `lane`, `first`,
    `last`, `text`, `note`, `row`, `href`, `label`.
    """
    ahead = due(tables)
    ahead = ahead[ahead["first"] >= opening(tables)].drop(columns="lane")
    places = tables.events.set_index("event_id")["place"].astype(str)
    at = tables.mentions.set_index("id")["event_id"].map(places)
    lane = ahead["href"].map(at)
    text, note = ahead["text"] + ": " + ahead["when"], "as the articles report it"
    return ahead.assign(
        lane=lane.where(lane.eq("syria"), "iraq"), text=text, note=note, sort=DUE
    ).reset_index(drop=True)


def _text(row: Any) -> str:
    """Return a fact's title and, after it, the figure with its hedge, where the title does not
    have it.
    """
    if not row.number or f"{row.value:,}" in row.title:
        return row.title
    return f"{row.title}{',' if ':' in row.title else ':'} {row.number}" + f" {row.unit}" * (
        row.unit not in row.title.lower()
    )


def _note(row: Any) -> str:
    """Return the quiet line: when, where the title is not enough, whose word it is and of which
    kind, and for when a plan is.
    """
    who = f"{row.who}, {_UNNAMED}" if _UNNAMED in row.what else row.who
    kind = {
        PLAN: f"a plan{f' for {row.ahead}' * bool(row.ahead)}, says {who}",
        CLAIM: f"claimed by {who}",
        SAID: f"says {who}",
    }[row.sort]
    return ", ".join(
        [
            row.when,
            *[row.place_label] * (row.place not in LANES and row.place_label not in row.title),
            kind,
        ]
    )
