"""How the book was made: the articles, and how far two independent readings agreed."""

import pandas as pd

from explainer.check.reading import agreement as blind_agreement
from explainer.data.tables import Tables
from explainer.pages.figure import table
from explainer.pages.prose import Shown
from explainer.pages.templates import render
from explainer.words.sources import date_of, in_time


def articles(tables: Tables) -> Shown:
    """Return the articles with publisher, kind, day, basis of the day and length."""
    kinds, bases = (
        tables.labels("sources", "outlet_kind"),
        tables.labels("sources", "published_basis"),
    )
    frame = in_time(tables)
    shown = frame.assign(
        Report=frame["outlet"] + ": " + frame["headline"],
        **{"Based in": frame["outlet_country"]},
        Kind=frame["outlet_kind"].astype(str).map(kinds),
        Published=[date_of(row) for _, row in frame.iterrows()],
        **{"Date taken from": frame["published_basis"].astype(str).map(bases)},
        Words=frame["words"],
        Note=frame["note"],
    )
    return Shown(
        table(
            shown[["Report", "Based in", "Kind", "Published", "Date taken from", "Words", "Note"]],
            "Reports",
            csv="../data/sources.csv",
            stacked=True,
        ),
        f"{len(frame)} reports",
    )


def agreement(tables: Tables) -> Shown:
    """Return the agreement of the two readings before they were reconciled, table by table."""
    frame = tables.agreement
    shown = frame.assign(
        Table=frame["table"].map(lambda table: tables.schema(table)["title"]),
        Column=[_title(tables, r.table, r.column) for r in frame.itertuples()],
        First=frame["first"],
        Second=frame["second"],
        Both=frame["both"],
        **{"Same answer": frame["agreed"]},
        Kappa=frame["kappa"].map(lambda k: f"{k:.2f}", na_action="ignore"),
    )
    return Shown(
        table(
            shown[["Table", "Column", "First", "Second", "Both", "Same answer", "Kappa"]],
            "Agreement",
            csv="../data/agreement.csv",
        ),
        f"{len(frame)} rows",
    )


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
    frame = tables.corruption.assign(
        where=[
            f"{r.table}: {_title(tables, r.table, r.column)}"
            for r in tables.corruption.itertuples()
        ]
    )
    passed = frame[frame["caught"] < frame["tried"]].groupby("kind")["where"].agg("; ".join)
    sums = frame.groupby("kind", as_index=False)[["tried", "caught"]].sum().sort_values(["kind"])
    shown = sums.assign(
        Damage=sums["kind"],
        Tried=sums["tried"],
        Caught=sums["caught"],
        Share=[
            f"{100 * c / t:.0f}%" if c < t else "all"
            for c, t in zip(sums["caught"], sums["tried"], strict=True)
        ],
        Passes=sums["kind"].map(passed).fillna(""),
    )
    shown = shown.rename(columns={"Passes": "Not always caught in"})
    return Shown(
        table(
            shown[["Damage", "Tried", "Caught", "Share", "Not always caught in"]],
            "What the check catches",
            csv="../data/corruption.csv",
            stacked=True,
        ),
        f"{len(shown)} kinds",
    )
