"""Against the record: how many claims of each article the record supports, words or scopes otherwise, or does not hold."""

import pandas as pd

from explainer.charts._verdicts import NONE, SAME, compared, draw
from explainer.charts.figure import Figure, figure
from explainer.data.tables import Tables
from explainer.theme import NARROW, WIDE
from explainer.words.formats import number


@figure
def findings(tables: Tables) -> Figure:
    """Draw for each article a mark a comparison, by what was found."""
    every = compared(tables)
    frame = every[~every["verdict"].isin(NONE)].reset_index(drop=True)
    finding = _finding(tables, frame)
    return Figure(
        finding=finding,
        caption=_caption(every),
        description=_description(tables, frame, finding),
        data=_data(tables, frame),
        wide=draw(tables, frame, WIDE, finding),
        narrow=draw(tables, frame, NARROW, finding),
    )


def _finding(tables: Tables, frame: pd.DataFrame) -> str:
    same, other = (int((frame["verdict"] == code).sum()) for code in (SAME, "conflicting"))
    return (
        f"Other sources support an article in {number(same)} of {number(len(frame))} comparisons, differ from it in wording "
        f"or scope in {number(len(frame) - same - other)}, and conflict with it in {number(other)}"
    )


def _caption(every: pd.DataFrame) -> str:
    unfound, unsought = (int((every["verdict"] == code).sum()) for code in NONE)
    return (
        f"Without a mark: {number(unfound)} claims of which the pages that were seen say nothing, and {number(unsought)} for "
        "which no page was looked for. A claim that was compared with several facts has a mark for each. "
        "Worded or scoped differently need not be wrong: often both can hold."
    )


def _description(tables: Tables, frame: pd.DataFrame, finding: str) -> str:
    labels = tables.labels("comparisons", "verdict")
    names = {code: label for code, label in labels.items() if code not in NONE}
    told = [
        f"{article}: "
        + ", ".join(f"{names[code]} {int((part['verdict'] == code).sum())}" for code in names)
        for article, part in frame.groupby("article", sort=False)
    ]
    return (
        f"Marks in rows, a block for each article in order of time, sorted by what was found. {finding}. "
        f"{'; '.join(told)}."
    )


def _data(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a row a comparison: what was found, what each says, and the page it was compared with."""
    pages = tables.record.merge(tables.pages[["source_id", "outlet"]], on="source_id").set_index(
        "id"
    )["outlet"]
    return pd.DataFrame(
        {
            "Article": frame["article"],
            "Finding": frame["told"],
            "What each says": frame["says"],
            "Context page": frame["fact"].map(pages).fillna("none"),
            "row": frame["id"],
        }
    )
