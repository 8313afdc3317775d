"""The long line: troop numbers of the record since 2003, with those that the articles print among them."""

import re

import pandas as pd

from explainer.charts import _descent, _eras
from explainer.charts._levels import KINDS, kept, lines, numbers
from explainer.charts.figure import Figure, figure
from explainer.data.tables import Tables
from explainer.words.formats import number

_EXIT = pd.Timestamp(
    "2012-01-01"
)  # Iraq: before it one size of force, after it another; each gets a scale that can be read


@figure
def iraq(tables: Tables) -> Figure:
    """Draw every troop number for Iraq, in two eras, each with its own scale."""
    return _drawn(tables, "iraq")


@figure
def syria(tables: Tables) -> Figure:
    """Draw every troop number for Syria."""
    return _drawn(tables, "syria")


def _drawn(tables: Tables, place: str) -> Figure:
    every = numbers(tables, place)
    shown, joined = kept(every), lines(tables, every)
    eras = [
        part.reset_index(drop=True)
        for before in (True, False)
        for part in [shown[(shown["x0"] < _EXIT) == before]]
        if (part["kind"] != "other").any()
    ]
    name, finding = (
        tables.labels("troops", "place")[place],
        _finding(every, tables.labels("troops", "place")[place]),
    )
    left = len(every) - len(shown)
    return Figure(
        finding=finding,
        caption="An open mark is context: proved by a page’s address, the figure as printed and its place there, not by exact words. No mark means no number in the "
        "record, not no troops. Counts of other bodies or scopes are not joined; a plan, an event or a part has no height. Marks of one time stand side by side."
        + (
            f" {left} earlier numbers of the record are left out; the table’s file has them."
            if left
            else ""
        ),
        description=_description(finding, every, eras, name),
        data=_data(every, name),
        wide=_eras.draw(eras, joined, finding, name),
        narrow=_descent.draw(eras, joined, finding, name),
    )


def _finding(every: pd.DataFrame, name: str) -> str:
    """Return what the articles print, beside the first number of the record that is larger afterwards, or that was the same before."""
    articles, levels = (
        every[every["tier"] == "article"],
        every[(every["tier"] == "context") & (every["kind"] == "level")],
    )
    if articles.empty or levels.empty:
        return f"No article, or no page of the record, has a number of US troops in {name} to set beside the other"
    printed = articles["value"].mode().iloc[0]
    shown, most = number(int(printed)), levels.loc[levels["value"].idxmax()]
    later = levels[(levels["first"] > articles["last"].max()) & (levels["value"] > printed)]
    if len(later):
        return f"The articles print {shown} US troops in {name}; a later figure was {_told(later.iloc[0])}"
    before = levels[(levels["value"] == printed) & (levels["last"] < articles["first"].min())]
    if len(before):
        return f"US troops in {name}: the highest count is {_told(most)}; the articles print {shown}, the level of {before.iloc[0]['when']}"
    return f"US troops in {name}: from {_told(most)} to {_told(levels.iloc[-1])}; the articles print {shown}"


def _told(row: pd.Series) -> str:
    who = re.sub(r" \((.*?)\)", r", \1", row["counted_by"])
    return f"{row['printed']} ({who}, {row['when']})"


def _description(finding: str, every: pd.DataFrame, eras: list[pd.DataFrame], name: str) -> str:
    context = every[every["tier"] == "context"]
    level = context[context["kind"] != "other"]
    told = "; ".join(f"{r.printed}, {r.who}, {r.when}" for r in level.tail(20).itertuples())
    return (
        f"Marks on an axis of time, {name}, in {len(eras)} panel{'s' * (len(eras) > 1)} with a scale of its own. {finding}. {(every['tier'] == 'article').sum()} full marks stand for "
        f"articles, {len(context)} open ones for context pages, of which {(context['kind'] == 'other').sum()} are a plan, an event or a part and no level. "
        f"Levels of the record: {told}."
    )


def _data(every: pd.DataFrame, name: str) -> pd.DataFrame:
    tier = {"article": "article", "context": "context"}
    return pd.DataFrame(
        {
            "from": every["tier"].map(tier),
            "place": name,
            "when": every["when"],
            "number": every["printed"],
            "what": every["what"],
            "who counts, or prints": every["counted_by"],
            "scope": every["scope"],
            "drawn as": every["kind"].map(KINDS),
            "row": every["row"],
        }
    )
