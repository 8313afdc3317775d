"""Against other sources: how many claims they support, or word or scope otherwise."""

import altair as alt
import pandas as pd

from explainer.charts._panels import bars, laid
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar import Layers
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
        subtitle="Each part of a bar is one claim of a report beside one fact from another source",
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
    days = [date_of(article) for _, article in articles.iterrows()]
    articles = articles.assign(article=articles["label"], day=days, at=range(len(articles)))
    articles = articles[["source_id", "article", "at", "day"]]
    frame = tables.comparisons.merge(articles, on="source_id").astype({"verdict": str})
    frame["told"] = frame["verdict"].map(tables.labels("comparisons", "verdict"))
    return frame.sort_values(["at", "id"], kind="stable", ignore_index=True)


def rows(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of the bars: of all reports together, then of each, a part a comparison."""
    names = _names(tables)
    each = frame[["verdict", "told"]].assign(
        panel=frame["article"] + ", " + frame["day"],
        name=frame["told"] + ": " + frame["says"],
        count=1,
        row=frame["id"],
    )
    every = each.groupby("verdict", as_index=False).agg(
        {"count": "sum", "row": " ".join, "told": "first"}
    )
    panel, name = f"All reports: {number(len(frame))} comparisons", every["told"] + ", all reports"
    parts = pd.concat([every.assign(panel=panel, name=name), each], ignore_index=True)
    grid = pd.MultiIndex.from_product([parts["panel"].unique(), names], names=["panel", "verdict"])
    parts = grid.to_frame(False).merge(parts, how="left", on=["panel", "verdict"])
    parts = parts.fillna({"count": 0, "row": "", "name": ""}).astype({"count": int})
    parts = parts.assign(finding=parts["verdict"].map(names)).drop(columns="told")
    parts = laid(parts, "panel", "finding", "count")
    return parts.assign(label=parts["total"].astype(str).replace("0", "none"))


def draw(rows: pd.DataFrame, canvas: Canvas) -> Layers:
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
        "A claim compared with several facts counts once for each. A claim that is worded or "
        "scoped differently need not be wrong: often both can hold. Not drawn: "
        f"{number(unfound)} claims on which the pages we saw say nothing, and "
        f"{number(unsought)} for which we looked for no page."
    )


def _description(tables: Tables, frame: pd.DataFrame, finding: str) -> str:
    parts = [
        f"{article}: "
        + ", ".join(
            f"{name} {part['verdict'].eq(code).sum()}" for code, name in _names(tables).items()
        )
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
    outlets = tables.pages.set_index("source_id")["outlet"]
    pages = tables.record.set_index("id")["source_id"].map(outlets)
    frame = frame.assign(page=frame["fact"].map(pages).fillna("none"), row=frame["id"])
    columns = {"article": "Article", "told": "Finding", "says": "What each says"}
    columns |= {"page": "Context page", "row": "row"}
    return frame[list(columns)].rename(columns=columns)
