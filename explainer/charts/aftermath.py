"""What happened next: what is told after the joint statement, against the two dates it is reported to set."""

import pandas as pd

from explainer.charts._after import (
    CLAIM,
    DUE,
    LANES,
    PLAN,
    SAID,
    deadlines,
    end,
    happened,
    last_seen,
    opening,
)
from explainer.charts._elapsed import draw
from explainer.charts.figure import Figure, figure
from explainer.data.tables import Tables
from explainer.theme import NARROW, WIDE
from explainer.words import record
from explainer.words.formats import day, number

_KINDS = {SAID: "told or counted", PLAN: "a plan", CLAIM: "a claim", DUE: "a date ahead"}


@figure
def timeline(tables: Tables) -> Figure:
    """Draw the facts from the month after the joint announcement on, the deadlines, and the end of what is known."""
    facts, ahead = happened(tables), deadlines(tables)
    items = pd.concat([facts, ahead, end(tables)], ignore_index=True)
    finding, start = _finding(tables, ahead), opening(tables)
    return Figure(
        finding=finding,
        caption=_caption(tables, facts),
        description=_description(facts, ahead, finding, start),
        data=_data(tables, facts, ahead),
        wide=draw(items, WIDE, finding),
        narrow=draw(items, NARROW, finding),
    )


def _finding(tables: Tables, ahead: pd.DataFrame) -> str:
    """Return where what is known ends, and between which of the dates ahead that is."""
    last = last_seen(tables)
    past = ahead["last"] <= pd.Timestamp(last)
    told = [
        f"{word} {' and '.join(ahead.loc[which, 'when'])}"
        for which, word in ((past, "after"), (~past, "before"))
        if which.any()
    ]
    return f"The last page seen is of {day(last)}" + (
        f", {' and '.join(told)}, the dates ahead in the articles" if told else ""
    )


def _caption(tables: Tables, facts: pd.DataFrame) -> str:
    shown = int((record.facts(tables)["first"] >= opening(tables)).sum())
    less = f" Drawn are the latest {number(len(facts))} facts." if shown > len(facts) else ""
    return (
        "Facts are context: proved by a page’s address, the figure as printed and its place, not by exact words. A plan is not what "
        "happened, and a claim is no count. Numbers of troops are of different bodies, places and scopes: they are no series. A plan "
        "stands at the day it was told." + less
    )


def _description(
    facts: pd.DataFrame, ahead: pd.DataFrame, finding: str, start: pd.Timestamp
) -> str:
    told = [
        f"{name}: "
        + "; ".join(
            f"{row.when}, {row.text}{', a plan' * (row.sort == PLAN)}{', claimed by ' + row.who if row.sort == CLAIM else ''}"
            for row in facts[facts["lane"] == lane].itertuples()
        )
        + "."
        for lane, name in LANES.items()
        if (facts["lane"] == lane).any()
    ]
    return (
        f"A timeline from {day(f'{start:%Y-%m}')} on, with a lane each for {' and '.join(LANES.values())}. {finding}. "
        f"Dates ahead: {'; '.join(ahead['text']) or 'none'}. {' '.join(told)}"
    )


def _data(tables: Tables, facts: pd.DataFrame, ahead: pd.DataFrame) -> pd.DataFrame:
    """Return a row a fact or deadline, in order of time."""
    facts = facts.assign(source=record.LABEL + ": " + facts["outlet"], said=facts["what"])
    ahead = ahead.assign(
        source="the articles",
        said=ahead["text"],
        who="the joint statement, as reported",
        kind="article",
    )
    rows = pd.concat([facts, ahead], ignore_index=True).sort_values(
        ["last", "first"], kind="stable"
    )
    return pd.DataFrame(
        {
            "When": rows["when"],
            "Where": rows["lane"].map(LANES),
            "What": rows["said"],
            "Which": rows["sort"].map(_KINDS),
            "Who says so": rows["who"],
            "From": rows["source"],
            "Kind of page": rows["kind"],
            "row": rows["row"],
        }
    )
