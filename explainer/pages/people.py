"""People and institutions: who speaks or is named, on which side, and how each article calls them."""

from html import escape

import pandas as pd

from explainer.data.tables import Tables
from explainer.pages.figure import proof_link, table
from explainer.pages.prose import Shown
from explainer.words import truncate
from explainer.words.sources import labels

_PEOPLE, _ROLES = (60, 40), 8  # listed, and the roles of each: of more than the first, the second
_SPEAKERS = (30, 15)  # in the table, likewise


def named(tables: Tables) -> Shown:
    """Return everybody by side: name, institution, role as each article prints it, statements, exact words."""
    sides, frame = tables.labels("people", "side"), _most_heard(tables)
    parts = [
        f'<h2>{escape(label)}</h2><ul class="people">{"".join(_person(tables, p) for p in group)}</ul>'
        for side, label in sides.items()
        if (group := frame[frame["side"] == side].to_dict("records"))
    ]
    return Shown(
        "".join(parts)
        + truncate.told(
            len(frame), len(tables.people), "people and institutions", "../data/people.csv"
        ),
        f"{len(frame)} people and institutions",
    )


def _most_heard(tables: Tables) -> pd.DataFrame:
    """Return `people`; where they are many, those with most statements, in the order of the file."""
    said = tables.people["person_id"].map(tables.statements["person_id"].value_counts()).fillna(0)
    return tables.people.loc[
        truncate.first(
            said.sort_values(ascending=False, kind="stable").index, *_PEOPLE
        ).sort_values()
    ]


def _person(tables: Tables, person: dict) -> str:
    kinds = tables.labels("people", "kind")
    body = "" if person["institution"] == person["name"] else f", {escape(person['institution'])}"
    note = f'<p class="note">{escape(person["note"])}</p>' if person["note"] else ""
    return (
        f'<li id="{person["person_id"]}"><strong>{escape(person["name"])}</strong> <small>{escape(kinds[person["kind"]])}{body}</small> '
        f"{proof_link(tables, person['person_id'], labels(tables)[person['source_id']])}{_roles(tables, person)}{note}</li>"
    )


def _roles(tables: Tables, person: dict) -> str:
    """Return how each article prints the role, with a link to the first row that has it."""
    said = tables.statements[tables.statements["person_id"] == person["person_id"]]
    said = said.drop_duplicates(["source_id", "role_as_written"])
    shown = truncate.first(said, _ROLES)
    lines = "".join(
        f"<li>“{escape(row.role_as_written)}” {proof_link(tables, row.id, labels(tables)[row.source_id])}</li>"
        for row in shown.itertuples()
    )
    return (
        f'<ul class="roles">{lines}</ul>{truncate.told(len(shown), len(said), "roles", "../data/statements.csv")}'
        if lines
        else ""
    )


def heard(tables: Tables) -> Shown:
    """Return how many statements each person or office has in all articles, most first."""
    said = tables.statements[tables.statements["person_id"] != ""].merge(
        tables.people[["person_id", "name"]], on="person_id"
    )
    counts = said.groupby("name", as_index=False).agg(
        Statements=("id", "size"),
        Quoted=("form", lambda f: (f == "quote").sum()),
        row=("id", " ".join),
    )
    counts = counts.sort_values(["Statements", "name"], ascending=[False, True]).rename(
        columns={"name": "Who"}
    )
    shown = truncate.first(counts, *_SPEAKERS)
    return Shown(
        table(shown, "Statements by speaker", tables, stacked=True)
        + truncate.told(len(shown), len(counts), "speakers", "../data/statements.csv"),
        f"{len(counts)} speakers",
    )
