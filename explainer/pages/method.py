"""How the book was made: the articles, and how far two independent readings agreed."""

import pandas as pd

from explainer.check.reading import agreement as blind_agreement
from explainer.data.tables import Tables
from explainer.pages.figure import table
from explainer.pages.prose import Shown
from explainer.pages.templates import render
from explainer.words.sources import in_time


def articles(tables: Tables) -> Shown:
    """Return the articles with publisher, kind, day, basis of the day and length."""
    frame = in_time(tables)
    columns = {
        "Report": frame["outlet"] + ": " + frame["headline"],
        "Based in": frame["outlet_country"],
        "Kind": _labelled(tables, frame, "outlet_kind"),
        "Published": frame["day"],
        "Date taken from": _labelled(tables, frame, "published_basis"),
        "Words": frame["words"],
        "Note": frame["note"],
    }
    html = table(pd.DataFrame(columns), "Reports", csv="../data/sources.csv", stacked=True)
    return Shown(html, f"{len(frame)} reports")


def _labelled(tables: Tables, frame: pd.DataFrame, column: str) -> pd.Series:
    return frame[column].astype(str).map(tables.labels("sources", column))


def agreement(tables: Tables) -> Shown:
    """Return the agreement of the two readings before they were reconciled, table by table."""
    frame = tables.agreement
    columns = {
        "Table": [tables.schema(table)["title"] for table in frame["table"]],
        "Column": [_title(tables, r.table, r.column) for r in frame.itertuples()],
        "First": frame["first"],
        "Second": frame["second"],
        "Both": frame["both"],
        "Same answer": frame["agreed"],
        "Kappa": frame["kappa"].map("{:.2f}".format, na_action="ignore"),
    }
    html = table(pd.DataFrame(columns), "Agreement", csv="../data/agreement.csv")
    return Shown(html, f"{len(frame)} rows")


def _title(tables: Tables, table: str, column: str) -> str:
    """Return a column's title; of what is none, its own name: 'rows', 'row', 'any'."""
    columns = tables.schema(table)["schema"]["fields"]
    return next((str(c["title"]) for c in columns if c["name"] == column), column)


def blind(tables: Tables) -> Shown:
    """Return for each column how many rows blind readers filled as they were, before settling."""
    columns = blind_agreement(tables.answers.astype(str).to_dict("records"))
    shown = pd.DataFrame(columns, columns=["Table", "Column", "Read", "Same answer", "Kappa"])
    shown["Column"] = [_title(tables, r.Table, r.Column) for r in shown.itertuples()]
    shown["Table"] = [tables.schema(table)["title"] for table in shown["Table"]]
    shown["Kappa"] = shown["Kappa"].map("{:.2f}".format)
    return Shown(table(shown, "Blind reading", csv="../data/answers.csv"), f"{len(shown)} columns")


def set_aside(tables: Tables) -> Shown:
    """Return what no row uses, with the reason."""
    html = render(
        "method_set_aside.html",
        tables,
        passages=tables.set_aside.to_dict("records"),
        reasons=tables.labels("set_aside", "reason"),
    )
    return Shown(html, f"{len(tables.set_aside)} passages")


def corruption(tables: Tables) -> Shown:
    """Return how much of each kind of damage the check catches, and where some passes."""
    frame = tables.corruption
    where = [f"{r.table}: {_title(tables, r.table, r.column)}" for r in frame.itertuples()]
    passes = frame["caught"] < frame["tried"]
    passed = frame.assign(where=where)[passes].groupby("kind")["where"].agg("; ".join)
    sums = frame.groupby("kind", as_index=False)[["tried", "caught"]].sum()
    columns = {
        "Damage": sums["kind"],
        "Tried": sums["tried"],
        "Caught": sums["caught"],
        "Share": [
            f"{100 * r.caught / r.tried:.0f}%" if r.caught < r.tried else "all"
            for r in sums.itertuples()
        ],
        "Not always caught in": sums["kind"].map(passed).fillna(""),
    }
    shown, source = pd.DataFrame(columns), "../data/corruption.csv"
    html = table(shown, "What the check catches", csv=source, stacked=True)
    return Shown(html, f"{len(shown)} kinds")
