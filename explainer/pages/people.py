"""People and institutions: who speaks or is named, on which side, how each article calls them."""

import pandas as pd

from explainer.data.tables import Tables
from explainer.pages.figure import table
from explainer.pages.prose import Shown
from explainer.pages.templates import render
from explainer.words.truncate import truncate


def named(tables: Tables) -> Shown:
    """Return everybody by side, with roles and exact words; of many those most heard."""
    spoken = tables.statements.drop_duplicates(["person_id", "source_id", "role_as_written"])
    roles = {person: rows.to_dict("records") for person, rows in spoken.groupby("person_id")}
    shown = _most_heard(tables)
    people = shown.assign(roles=[roles.get(key, []) for key in shown["person_id"]])
    sides = [
        {"label": label, "people": group}
        for side, label in tables.labels("people", "side").items()
        if (group := people[people["side"] == side].to_dict("records"))
    ]
    values = {"sides": sides, "kinds": tables.labels("people", "kind"), "shown": shown}
    html = render("people_named.html", tables, **values, people=tables.people)
    return Shown(html, f"{len(shown)} people and institutions")


def _most_heard(tables: Tables) -> pd.DataFrame:
    """Return `people`; where they are many, those with most statements, in the file's order."""
    said = tables.people["person_id"].map(tables.statements["person_id"].value_counts()).fillna(0)
    order = said.sort_values(ascending=False, kind="stable").index
    return tables.people.loc[sorted(truncate(order))]


def heard(tables: Tables) -> Shown:
    """Return how many statements each person or office has in all articles, most first."""
    said = tables.statements[tables.statements["person_id"] != ""].merge(
        tables.people[["person_id", "name"]], on="person_id"
    )
    said = said.assign(Who=said["name"], Quoted=said["form"].eq("quote"))
    counts = said.groupby("Who", as_index=False).agg(
        Statements=("id", "size"), Quoted=("Quoted", "sum"), row=("id", " ".join)
    )
    counts = counts.sort_values(["Statements", "Who"], ascending=[False, True])
    html = table(counts, "Statements by speaker", tables, "../data/statements.csv", stacked=True)
    return Shown(html, f"{len(counts)} speakers")
