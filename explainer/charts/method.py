"""How much of each article is accounted for: numbers, dates and quotations, cited or set aside."""

import altair as alt
import pandas as pd

from explainer.charts._panels import bars, laid
from explainer.charts.figure import Figure, figure
from explainer.data.tables import Tables
from explainer.theme import Canvas, light
from explainer.words.formats import number
from explainer.words.sources import labels

_FATES = {"cited": "used", "set_aside": "left out", "left": "not accounted for"}


@figure
def coverage(tables: Tables) -> Figure:
    """Draw how many numbers, dates and quotations each article has, and what became of them."""
    frame = rows(tables)
    each = frame.groupby("article", sort=False)["count"].sum()
    sums = frame.groupby("fate")["count"].sum().reindex(_FATES, fill_value=0)
    total, left = int(sums.sum()), int(sums["left"])
    known = f"{number(total - left)} of" if left else "All"
    finding = (
        f"{known} {number(total)} dates, numbers and quotations are accounted for:"
        f" {number(sums['cited'])} used, {number(sums['set_aside'])} left out"
    )
    table = tables.coverage.groupby("source_id")[["found", "cited", "set_aside"]].sum()
    table = table.loc[[source for source in labels(tables) if source in table.index]]
    table.insert(0, "Report", table.index.map(labels(tables)))
    names = {"found": "Found", "cited": "Cited", "set_aside": "Left out"}
    return Figure(
        frame,
        draw,
        finding=finding,
        subtitle="Filled: used. Outlined: left out, with the reason on this page, below the chart",
        caption=(
            "Counted by a program over the full text of each report. Statements without a number,"
            " a date or quotation marks are not counted."
        ),
        description=(
            f"Bars, one a report, filled as far as a row cites what was found. {finding}. Found:"
            f" {'; '.join(each.index + ' ' + each.astype(str))}."
        ),
        data=table.assign(row=table.index).rename(columns=names).reset_index(drop=True),
    )


def rows(tables: Tables) -> pd.DataFrame:
    """Return a row for each article, kind of thing and fate of it: how many there are."""
    kinds, names = tables.labels("coverage", "kind"), labels(tables)
    wide = tables.coverage.astype({"kind": str})
    wide = wide.assign(left=wide["found"] - wide["cited"] - wide["set_aside"])
    frame = wide.melt(["source_id", "kind"], list(_FATES), var_name="fate", value_name="count")
    frame = frame.astype({"count": int}).assign(
        article=frame["source_id"].map(names),
        what=frame["kind"].map(kinds),
        rank=frame["source_id"].map(list(names).index),
        order=frame["fate"].map(list(_FATES).index),
        row=frame["source_id"],
    )
    name = frame["article"] + ": " + frame["count"].astype(str) + " " + frame["what"]
    frame = frame.assign(name=name + " " + frame["fate"].map(_FATES))
    frame = frame.sort_values(["rank", "kind", "order"], kind="stable", ignore_index=True)
    return frame[["article", "what", "fate", "count", "name", "row"]]


def draw(rows: pd.DataFrame, canvas: Canvas) -> alt.FacetChart:
    """Return a heading an article, and bars for its numbers, dates and quotations."""
    every = rows.groupby(["what", "fate"], sort=False, as_index=False)
    every = every.agg({"count": "sum", "row": lambda ids: " ".join(dict.fromkeys(ids))})
    every["name"] = "all reports: " + every["count"].astype(str) + " " + every["what"]
    rows = pd.concat([every.assign(article="All reports"), rows], ignore_index=True)
    sums = rows.groupby("article")["count"].transform("sum").astype(str)
    rows = laid(rows.assign(panel=rows["article"] + ": " + sums), "panel", "what", "count")
    used = rows["count"].where(rows["fate"].eq("cited"), 0)
    used = used.groupby([rows["panel"], rows["what"]]).transform("sum").astype(str)
    label = (used + " of " + rows["total"].astype(str) + " used").where(rows["total"] > 0, "0")
    grey = alt.value(light("soft"))
    filled = alt.condition("datum.fate == 'cited'", grey, alt.value(light("paper")))
    rows = rows.assign(label=label)
    return bars(rows, canvas, panel="panel", category="what", color=filled, outline=True)
