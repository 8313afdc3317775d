"""Against other sources: how many claims they support, or word or scope otherwise."""

import altair as alt
import pandas as pd

from explainer.charts._panels import bars, laid, read_out
from explainer.charts.figure import Figure, figure
from explainer.charts.grammar.marks import INK
from explainer.data.tables import Tables
from explainer.theme import Canvas
from explainer.words.formats import number
from explainer.words.sources import in_time

SAME, CONFLICT = "supported", "conflicting"
NONE = ("not_found", "not_sought")  # nothing to compare: no bar stands for these


@figure
def findings(tables: Tables) -> Figure:
    """Draw for each article a mark a comparison, by what was found."""
    every = compared(tables)
    frame = every[~every["verdict"].isin(NONE)].reset_index(drop=True)
    parts, unfound = rows(tables, frame), every["verdict"].value_counts().reindex(NONE).fillna(0)
    columns = {"article": "Report", "told": "Finding", "says": "What each says"}
    columns |= {"page": "Other source", "id": "row"}
    same, other = (int(frame["verdict"].eq(code).sum()) for code in (SAME, CONFLICT))
    finding = (
        f"Other sources bear out the reports in {number(same)} of {number(len(frame))} comparisons"
        f" and conflict with them in {number(other)}"
    )
    return Figure(
        parts,
        draw,
        finding=finding,
        subtitle="Each part of a bar is one claim of a report beside one fact from another source",
        caption=(
            "A claim compared with several facts counts once for each. Not shown:"
            f" {number(int(unfound.iloc[0]))} claims on which the sources that we read say nothing,"
            f" and {number(int(unfound.iloc[1]))} for which we looked for no source."
        ),
        description=(
            "Bars, a group for each article in order of time, one for each finding."
            f" {finding}. {read_out(parts, 'panel', 'finding')}"
        ),
        data=frame[list(columns)].rename(columns=columns),
    )


def compared(tables: Tables) -> pd.DataFrame:
    """Return a row a comparison, articles in order of publication, in each in file order.

    Columns beside those of the table: `article` (short label), `day`, `at` (its place in time),
    `told` (the finding in words), `page` (the outlet compared with).
    """
    outlets = tables.pages.set_index("source_id")["outlet"]
    pages = tables.record.set_index("id")["source_id"].map(outlets)
    articles = in_time(tables)[["source_id", "label", "day"]].rename(columns={"label": "article"})
    articles["at"] = range(len(articles))
    frame = tables.comparisons.merge(articles, on="source_id").astype({"verdict": str})
    frame["told"] = frame["verdict"].map(tables.labels("comparisons", "verdict"))
    frame["page"] = frame["fact"].map(pages).fillna("none")
    return frame.sort_values(["at", "id"], kind="stable", ignore_index=True)


def rows(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of the bars: of all reports together, then of each, a part a comparison."""
    names = tables.labels("comparisons", "verdict")
    names = {code: label for code, label in names.items() if code not in NONE}
    each = frame[["verdict", "told"]].assign(
        panel=frame["article"],
        name=frame["told"] + ": " + frame["says"],
        count=1,
        row=frame["id"],
    )
    every = each.groupby(["verdict", "told"], as_index=False).agg({"count": "sum", "row": " ".join})
    every["panel"] = f"All reports: {number(len(frame))} comparisons"
    parts = pd.concat([every.assign(name=every["told"] + ", all reports"), each], ignore_index=True)
    grid = pd.MultiIndex.from_product([parts["panel"].unique(), names], names=["panel", "verdict"])
    parts = grid.to_frame(False).merge(parts, how="left", on=["panel", "verdict"])
    parts = parts.fillna({"count": 0, "row": "", "name": ""}).astype({"count": int})
    parts = parts.assign(finding=parts["verdict"].map(names)).drop(columns="told")
    parts = laid(parts, "panel", "finding", "count")
    return parts.assign(label=parts["total"].astype(str).replace("0", "none"))


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.FacetChart:
    """Return a bar for each report and finding."""
    return bars(rows, canvas, panel="panel", category="finding", color=INK)
