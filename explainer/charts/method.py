"""How much of each article is accounted for: numbers, dates and quotations, cited by a row or set aside."""

import altair as alt
import pandas as pd

from explainer.charts.figure import Figure, figure
from explainer.data.tables import Tables
from explainer.theme import NARROW, WIDE, Canvas, light, title
from explainer.words.sources import labels

_ROW = 26  # px: a line of the chart
_NAMES = 118  # px: room for the names of articles
_COUNTS = {"wide": 215, "narrow": 70}  # px: room for what the bar holds, in words


@figure
def coverage(tables: Tables) -> Figure:
    """Draw for each article how many numbers, dates and quotations it has, and what became of them."""
    frame = _rows(tables)
    found, cited, aside, left = (
        int(frame[c].sum()) for c in ("found", "cited", "set_aside", "left")
    )
    finding = (
        f"{'All ' if not left else f'{found - left} of '}{found} numbers, dates and quotations are accounted for: "
        f"{cited} by rows, {aside} set aside"
    )
    most, least = frame.loc[frame["found"].idxmax()], frame.loc[frame["found"].idxmin()]
    return Figure(
        finding=finding,
        caption="Counted by a program over the full text of each article. Cited: the words stand in the evidence of a row. Set aside: "
        "they stand on the page without belonging to the article, and the list below says why. A count of what was found says "
        "nothing about statements without a number, a date or quotation marks.",
        description=f"Bars, one an article, filled as far as a row cites what was found. {finding}. {most['article']} has most, {most['found']}; {least['article']} fewest, {least['found']}.",
        data=frame[["article", "found", "cited", "set_aside", "row"]].rename(
            columns={
                "article": "Article",
                "found": "Found",
                "cited": "Cited",
                "set_aside": "Set aside",
            }
        ),
        wide=_draw(frame, WIDE, finding),
        narrow=_draw(frame, NARROW, finding),
    )


def _rows(tables: Tables) -> pd.DataFrame:
    """Return one row an article: counts, the words for them, the anchor of its evidence."""
    kinds = tables.labels("coverage", "kind")
    counts = tables.coverage.assign(what=tables.coverage["kind"].astype(str).map(kinds))
    names = labels(tables)
    frame = counts.groupby("source_id", as_index=False)[["found", "cited", "set_aside"]].sum()
    told = {
        i: ", ".join(f"{n} {w}" for n, w in zip(g["found"], g["what"], strict=True))
        for i, g in counts.groupby("source_id")
    }
    frame = frame.assign(
        article=frame["source_id"].map(names),
        left=frame["found"] - frame["cited"] - frame["set_aside"],
        told=frame["source_id"].map(told),
        row=frame["source_id"],
        href=frame["source_id"],
    )
    frame["name"] = frame["article"] + ", " + frame["found"].astype(str) + ": " + frame["told"]
    return frame.sort_values("source_id", key=lambda s: s.map(list(names).index), ignore_index=True)


def _draw(frame: pd.DataFrame, canvas: Canvas, finding: str) -> alt.TopLevelMixin:
    width = canvas.width - _NAMES - _COUNTS[canvas.name]
    shown = frame.assign(
        label=[
            f"{n}: {t}" if not canvas.phone else (f"{n}, {s} aside" if s else str(n))
            for n, t, s in zip(frame["found"], frame["told"], frame["set_aside"], strict=True)
        ]
    )
    base = alt.Chart(shown[["article", "found", "cited", "label", "name", "href"]]).encode(
        y=alt.Y(
            "article:N",
            sort=list(shown["article"]),
            title=None,
            axis=alt.Axis(
                domain=False, ticks=False, labelPadding=6, minExtent=_NAMES - 8, labelLimit=_NAMES
            ),
        ),
        href=alt.Href("href:N"),
        description=alt.Description("name:N"),
    )
    x = {
        "title": None,
        "axis": None,
        "scale": alt.Scale(domain=[0, int(frame["found"].max())], nice=False),
    }
    every = base.mark_bar(height=12, filled=False, stroke=light("ink"), strokeWidth=1).encode(
        x=alt.X("found:Q", **x)
    )
    held = base.mark_bar(height=12, color=light("ink")).encode(x=alt.X("cited:Q", **x))
    words = base.mark_text(align="left", dx=8, color=light("soft"), fontSize=canvas.small).encode(
        x=alt.X("found:Q", **x), text="label:N"
    )
    return (every + held + words).properties(
        width=width,
        height=_ROW * len(frame),
        title=title(finding, canvas, "Filled: cited by a row. Hollow: set aside, with the reason"),
    )
