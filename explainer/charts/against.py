"""Against other sources: how many claims they support, or word or scope otherwise."""

import altair as alt
import pandas as pd

from explainer.charts._panels import columns, laid, read_out
from explainer.charts.figure import Figure, figure
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words.formats import number
from explainer.words.sources import in_time

SAME, CONFLICT = "supported", "conflicting"
NONE = ("not_found", "not_sought")  # nothing to compare: no bar stands for these


@figure
def findings(tables: Tables) -> Figure:
    """Draw a column for each finding, in it a bar for each article, and dark what conflicts."""
    every = compared(tables)
    frame = every[~every["verdict"].isin(NONE)].reset_index(drop=True)
    parts, finding = rows(tables, frame), _finding(frame["verdict"])
    against = frame[frame["verdict"].eq(CONFLICT)].itertuples()
    told = [f".\nThe one conflict, {c.article}: {c.says.rstrip('.')}" for c in against]
    unfound = [number(int(every["verdict"].eq(code).sum())) for code in NONE]
    names = {"article": "Report", "told": "Finding", "says": "What each says"}
    names |= {"page": "Other source", "id": "row"}
    return Figure(
        parts,
        draw,
        finding=finding,
        subtitle=(
            "Each part of a bar: one claim of a report beside one fact from another source"
            + (told[0] if len(told) == 1 else "")
        ),
        caption=(
            "Worded differently: the same thing in other words. Wider or narrower: the report says"
            " more, or less, than the source, or speaks of another group, place or period. A claim"
            " compared with several facts counts once for each. Not shown:"
            f" {unfound[0]} claims on which the sources that we read say nothing,"
            f" and {unfound[1]} for which we did not look for a source."
        ),
        description=(
            "Bars, a column for each finding, in it one for each article in order of time."
            f" {finding}. {read_out(parts, 'panel', 'article')}"
        ),
        data=frame[list(names)].rename(columns=names),
    )


def _finding(verdicts: pd.Series) -> str:
    """Return in how many comparisons sources conflict, and in how many they only differ."""
    if verdicts.empty:
        return "No claim of the reports is compared with other sources"
    against, total = verdicts.eq(CONFLICT).sum(), len(verdicts)
    same = verdicts.eq(SAME).sum()
    return (
        f"Of {number(total)} comparisons with other sources, {number(same)} support the reports"
        f" and {number(against)} conflict{'s' if against == 1 else ''}; in the rest the words"
        " differ, or what they cover"
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
    frame["page"] = [pages.get(fact, "none") for fact in frame["fact"]]
    return frame.sort_values(["at", "id"], kind="stable", ignore_index=True)


def rows(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of the bars, a part a comparison, for each finding and compared article."""
    names = tables.labels("comparisons", "verdict")
    grid = [[code for code in names if code not in NONE], frame["article"].unique()]
    grid = pd.MultiIndex.from_product(grid, names=["verdict", "article"])
    parts = frame.assign(count=1, row=frame["id"], name=frame["told"] + ": " + frame["says"])
    parts = parts[["verdict", "article", "count", "name", "row"]]
    parts = grid.to_frame(False).merge(parts, how="left", on=["verdict", "article"])
    parts = parts.fillna({"count": 0, "row": "", "name": ""}).astype({"count": int})
    sums = parts.groupby("verdict")["count"].transform("sum").map(number).astype(str)
    parts["panel"] = sums + " " + parts["verdict"].map(names)
    parts = laid(parts, "panel", "article", "count")
    return parts.assign(label=parts["total"].map(number))


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.FacetChart:
    """Return a column for each finding: a bar for each report, the conflicts dark."""
    quiet = alt.value(light("position-none"))
    dark = alt.condition(f"datum.verdict == '{CONFLICT}'", alt.value(light("ink")), quiet)
    return columns(rows, canvas, panel="panel", category="article", color=dark)
