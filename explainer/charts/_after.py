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
# how the record names them: in `measure`, and in `counted_by`
_PLANNED, _CLAIMED = r"\bplan", r"\(claim\)"


def opening(tables: Tables) -> pd.Timestamp:
    """Return the first day of the month after the latest joint announcement."""
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
    words, else ""; `who` says or counts so; `text`, `note` and `row`.
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
    claimed = facts["counted_by"].str.contains(_CLAIMED)
    planned = facts["measure"].str.contains(_PLANNED)
    facts = facts.assign(
        lane=facts["place"].astype(str).where(facts["place"].eq("syria"), "iraq"),
        sort=claimed.map({True: CLAIM, False: SAID}).mask(planned, PLAN),
        who=facts["counted_by"].str.replace(r" *\(claim\)", "", regex=True),
        row=facts["id"],
    )
    text, note = ([f(row) for row in facts.itertuples()] for f in (_text, _note))
    return facts.assign(text=text, note=note).reset_index(drop=True)


def deadlines(tables: Tables) -> pd.DataFrame:
    """Return the deadlines after the announcement as the articles report them: `lane`, `first`,
    `last`, `text`, `row`.
    """
    ahead = due(tables)
    ahead = ahead[ahead["first"] >= opening(tables)]
    mentions = tables.mentions.set_index("id")["event_id"]
    places = tables.events.set_index("event_id")["place"].astype(str)
    lane = ahead["row"].str.split().str[0].map(mentions).map(places)
    lane = lane.where(lane.eq("syria"), "iraq")
    return ahead.assign(lane=lane, text=ahead["text"] + ": " + ahead["when"], sort=DUE)


def _text(row: Any) -> str:
    """Return a fact's title and, after it, the figure with its hedge, where the title does not
    have it.
    """
    if not row.number or f"{row.value:,}" in row.title:
        return row.title
    unit = f" {row.unit}" * (row.unit not in row.title.lower())
    return f"{row.title}{',' if ':' in row.title else ':'} {row.number}{unit}"


def _note(row: Any) -> str:
    """Return when, where the title is not enough, whose word it is and of which kind, and for
    when a plan is.
    """
    who = f"{row.who}, {_UNNAMED}" if _UNNAMED in row.what else row.who
    plan = f"a plan{f' for {row.ahead}' * bool(row.ahead)}, says {who}"
    kind = {PLAN: plan, CLAIM: f"claimed by {who}", SAID: f"says {who}"}[row.sort]
    place = [row.place_label] * (row.place not in LANES and row.place_label not in row.title)
    return ", ".join([row.when, *place, kind])
