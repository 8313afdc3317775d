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
        Article=frame["outlet"] + ": " + frame["headline"],
        Country=frame["outlet_country"],
        Kind=frame["outlet_kind"].astype(str).map(kinds),
        Published=[date_of(row) for _, row in frame.iterrows()],
        Basis=frame["published_basis"].astype(str).map(bases),
        Words=frame["words"],
        Note=frame["note"],
    )
    return Shown(
        table(
            shown[["Article", "Country", "Kind", "Published", "Basis", "Words", "Note"]],
            "Articles",
            csv="../data/sources.csv",
            stacked=True,
        ),
        f"{len(frame)} articles",
    )


def agreement(tables: Tables) -> Shown:
    """Return the agreement of the two readings before they were reconciled, table by table."""
    frame = tables.agreement
    shown = frame.assign(
        Table=frame["table"],
        Column=frame["column"],
        First=frame["first"],
        Second=frame["second"],
        Both=frame["both"],
        Alike=frame["agreed"],
        Kappa=frame["kappa"].map(lambda k: f"{k:.2f}", na_action="ignore"),
    )
    return Shown(
        table(
            shown[["Table", "Column", "First", "Second", "Both", "Alike", "Kappa"]],
            "Agreement",
            csv="../data/agreement.csv",
        ),
        f"{len(frame)} rows",
    )


def blind(tables: Tables) -> Shown:
    """Return for each column that blind readers filled how many rows they filled as the row was,
    before anything was settled.
    """
    columns = blind_agreement(tables.answers.astype(str).to_dict("records"))
    shown = pd.DataFrame(columns, columns=["Table", "Column", "Read", "Alike", "Kappa"])
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
    """Return how much of each kind of damage the check catches, and in which columns some of it
    passes.
    """
    frame = tables.corruption.assign(
        where=tables.corruption["table"] + "." + tables.corruption["column"]
    )
    passed = frame[frame["caught"] < frame["tried"]].groupby("kind")["where"].agg(", ".join)
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
    shown = shown.rename(columns={"Passes": "Passes, in part, in"})
    return Shown(
        table(
            shown[["Damage", "Tried", "Caught", "Share", "Passes, in part, in"]],
            "What the check catches",
            csv="../data/corruption.csv",
            stacked=True,
        ),
        f"{len(shown)} kinds",
    )
