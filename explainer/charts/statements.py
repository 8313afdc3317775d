"""Who said what: statements on the scale from staying to leaving."""

import pandas as pd

from explainer.charts import _scale, _steps
from explainer.charts._said import LEAVING, said
from explainer.charts.figure import Figure, figure
from explainer.data.tables import Tables
from explainer.words.formats import day


@figure
def positions(tables: Tables) -> Figure:
    """Draw every statement of a speaker on the scale of positions, by side and period, with the deciding words."""
    finding = _finding(tables)
    return Figure(
        finding=finding,
        caption=_caption(tables),
        description=_description(tables, finding),
        data=_data(tables),
        wide=_scale.draw(tables, finding),
        narrow=_steps.draw(tables, finding),
    )


def _finding(tables: Tables) -> str:
    """Return how many statements of either side name an end."""
    rows, sides = said(tables), tables.labels("statements", "side")
    iraq, us = (_share(rows[rows["side"] == side]) for side in ("iraq", "us"))
    text = f"{iraq} statements from {sides['iraq']} say that the mission ends or that forces leave; from {sides['us']} alone, {us}"
    return text[0].upper() + text[1:]


def _share(rows: pd.DataFrame) -> str:
    return f"{rows['position'].isin(LEAVING).sum() or 'none'} of {len(rows)}"


def _caption(tables: Tables) -> str:
    left = tables.statements["side"].eq("outlet") & tables.statements["position"].ne("none")
    return (
        "Each mark is one statement by a speaker as one article gives it; the same sentence in two articles is two "
        "marks. Words are the article’s, in quotation marks where it quotes; the name is the speaker’s. Columns are "
        "codes with a written rule, not distances: “mission ends” is about the coalition, “forces leave” about "
        f"troops. Left out: {left.sum()} headlines and sentences in which an outlet itself takes a position."
    )


def _description(tables: Tables, finding: str) -> str:
    """Return the matrix in words, for listening."""
    rows, names, sides = said(tables), _scale.positions(tables), tables.labels("statements", "side")
    rows = rows.assign(month=rows["first"].dt.to_period("M"))
    counts = rows.groupby(["side", "position"], observed=True).size()
    parts = [
        f"{sides[side]}: " + ", ".join(f"{names[code]} {n}" for (_, code), n in group.items())
        for side, group in counts.groupby(level=0, observed=True)
    ]
    top = rows.dropna(subset="month").groupby(["side", "position", "month"], observed=True).size()
    full = (
        f" Most in one month: {sides[top.idxmax()[0]]}, {names[top.idxmax()[1]]}, {day(str(top.idxmax()[2]))}, {top.max()}."
        if len(top)
        else ""
    )
    return (
        f"Marks in a table: rows are sides and months, columns the {len(names)} positions from staying to leaving. "
        f"{finding}.{full} {'. '.join(parts)}."
    )


def _data(tables: Tables) -> pd.DataFrame:
    """Return a row a statement."""
    rows, names, sides = (
        _scale.cells(tables),
        _scale.positions(tables),
        tables.labels("statements", "side"),
    )
    made = {
        "Side": rows["side"].map(sides),
        "When": rows["when"],
        "Position": rows["position"].map(names),
        "Deciding words": rows["words"],
        "Speaker": rows["who"],
        "Through": rows["via"],
        "Article": rows["article"],
    }
    return pd.DataFrame(made).assign(row=rows["row"])
