"""Counting attacks: what each body counted, in which area and since when, and where the number of the articles lies."""

import pandas as pd

from explainer.charts._panes import draw
from explainer.charts._tallies import panels, tallies
from explainer.charts.figure import Figure, figure
from explainer.data.tables import Tables
from explainer.theme import NARROW, WIDE


@figure
def bodies(tables: Tables) -> Figure:
    """Draw the counts of attacks on US forces in small multiples: a panel for each body, area and start."""
    found = tallies(tables)
    parts = panels(found)
    finding, left = _finding(found), len(found) - sum(map(len, parts))
    return Figure(
        finding=finding,
        caption="Each panel is a count of its own: who counts, in which area, since when. Larger in one panel than in another does not mean that there were more attacks: "
        "what counts as one, and on whom, differs. An open mark is context: it is proved by a page’s address, the figure as printed and its place there, not by "
        "exact words."
        + (f" {left} further numbers are left out; the table’s file has them." if left else ""),
        description=_description(finding, parts),
        data=_data(found),
        wide=draw(parts, finding, WIDE),
        narrow=draw(parts, finding, NARROW),
    )


def _finding(found: pd.DataFrame) -> str:
    """Return what the first article prints, what the record has for the same day and area, and how many counts cannot be set beside it."""
    articles, context = found[found["tier"] == "article"], found[found["tier"] == "context"]
    panes = context.groupby(["who", "area", "what"]).ngroups
    if articles.empty:
        return f"No article counts the attacks; the record has {panes} counts that differ in who counts, where or since when"
    one = articles.iloc[0]
    same = context[(context["at"] == one["at"]) & (context["area"] == one["area"])].sort_values(
        "start", na_position="last"
    )
    beside = (
        f"; {same.iloc[0]['who']} counts {same.iloc[0]['printed']} up to that day in that area"
        if len(same)
        else ""
    )
    return f"{one['printed'].capitalize()} {one['what']} ({one['who']}, {one['when']}){beside}; the {panes} counts of the record differ in who counts, where or since when"


def _description(finding: str, parts: list[pd.DataFrame]) -> str:
    told = "; ".join(
        f"{p.iloc[0]['who']}, {p.iloc[0]['area']}, {p.iloc[0]['what']}: "
        + ", ".join(f"{r.printed} by {r.when}" for r in p.itertuples())
        for p in parts
    )
    return f"{len(parts)} small panels on one scale, none of which continues another. {finding}. In order: {told}."


def _data(found: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "from": found["tier"],
            "who counts, or prints": found["who"],
            "area": found["area"],
            "what is counted": found["what"],
            "up to": found["when"],
            "number": found["printed"],
            "row": found["row"],
        }
    )
