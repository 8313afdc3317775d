"""Against other sources: how many claims they support, or word or scope otherwise."""

import altair as alt
import pandas as pd

from explainer.charts._panels import bars, laid
from explainer.charts.figure import Figure, figure
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words.formats import number
from explainer.words.sources import date_of, in_time

SAME, CONFLICT = "supported", "conflicting"
NONE = ("not_found", "not_sought")  # nothing to compare: no bar stands for these


@figure
def findings(tables: Tables) -> Figure:
    """Draw for each article a mark a comparison, by what was found."""
    every = compared(tables)
    frame = every[~every["verdict"].isin(NONE)].reset_index(drop=True)
    finding = _finding(frame)
    return Figure.of(
        rows(tables, frame),
        draw,
        finding=finding,
        subtitle="Of each report, a part of a bar is one claim beside one fact from another source",
        caption=_caption(every),
        description=_description(tables, frame, finding),
        data=_data(tables, frame),
    )


def compared(tables: Tables) -> pd.DataFrame:
    """Return a row a comparison, articles in order of publication, in each in file order.

    Columns beside those of the table: `article` (short label), `day`, `at` (its place in time),
    `told` (the finding in words).
    """
    articles = in_time(tables)
    named = pd.DataFrame(
        {
            "source_id": articles["source_id"],
            "article": articles["label"],
            "at": range(len(articles)),
            "day": [date_of(article) for _, article in articles.iterrows()],
        }
    )
    frame = tables.comparisons.merge(named, on="source_id").astype({"verdict": str})
    frame["told"] = frame["verdict"].map(tables.labels("comparisons", "verdict"))
    return frame.sort_values(["at", "id"], kind="stable").reset_index(drop=True)


def rows(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of the bars: of all reports together, then of each, a part a comparison."""
    names = _names(tables)
    each = (
        frame.drop(columns="row")
        .assign(
            panel=frame["article"] + ", " + frame["day"],
            name=frame["told"] + ": " + frame["says"],
            count=1,
        )
        .rename(columns={"id": "row"})
    )
    every = each.groupby("verdict", as_index=False).agg(
        {"count": "sum", "row": " ".join, "told": "first"}
    )
    every["panel"] = f"All reports: {number(len(frame))} comparisons"
    every["name"] = every["told"] + ", all reports"
    parts = pd.concat([every, *(part for _, part in each.groupby("at"))], ignore_index=True)
    grid = pd.MultiIndex.from_product([parts["panel"].unique(), names], names=["panel", "verdict"])
    parts = grid.to_frame(False).merge(parts, how="left", on=["panel", "verdict"])
    parts = parts.fillna({"count": 0, "row": "", "name": ""}).astype({"count": int})
    parts["finding"] = parts["verdict"].map(names)
    parts = laid(parts, "panel", "finding", "count")
    parts["label"] = parts["total"].astype(str).replace("0", "none")
    fields = [
        "panel",
        "finding",
        "verdict",
        "count",
        "start",
        "end",
        "last",
        "label",
        "name",
        "row",
    ]
    return parts[fields]


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.TopLevelMixin:
    """Return a bar for each report and finding."""
    ink = alt.value(light("ink"))
    return bars(rows, canvas, panel="panel", category="finding", color=ink)


def _finding(frame: pd.DataFrame) -> str:
    same, other = (int((frame["verdict"] == code).sum()) for code in (SAME, CONFLICT))
    return (
        f"Other sources bear out the reports in {number(same)} of {number(len(frame))} comparisons "
        f"and conflict with them in {number(other)}"
    )


def _caption(every: pd.DataFrame) -> str:
    unfound, unsought = (int((every["verdict"] == code).sum()) for code in NONE)
    return (
        "A claim compared with several facts counts for each. Worded or scoped differently "
        f"need not be wrong: often both can hold. Not drawn: {number(unfound)} claims of which "
        f"the pages that were seen say nothing, and {number(unsought)} for which no page was "
        "looked for."
    )


def _description(tables: Tables, frame: pd.DataFrame, finding: str) -> str:
    names = _names(tables)
    parts = [
        f"{article}: "
        + ", ".join(f"{names[code]} {int((part['verdict'] == code).sum())}" for code in names)
        for article, part in frame.groupby("article", sort=False)
    ]
    return (
        "Bars, a group for each article in order of time, one for each finding. "
        f"{finding}. {'; '.join(parts)}."
    )


def _names(tables: Tables) -> dict[str, str]:
    labels = tables.labels("comparisons", "verdict")
    return {code: label for code, label in labels.items() if code not in NONE}


def _data(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a row a comparison: what was found, what each says, the page compared with."""
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
