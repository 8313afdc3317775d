"""Numbers of troops: what each article gives, and what the record has for a country."""

import pandas as pd

from explainer.data.tables import Tables
from explainer.words import record
from explainer.words.formats import count, day
from explainer.words.sources import in_time

PLACES = {  # a country and its parts
    "iraq": ("iraq", "baghdad", "anbar", "ain_al_asad", "kurdistan", "erbil"),
    "syria": ("syria",),
}
LEVEL, PLANNED = "troop level", "planned troop level"


def figures(tables: Tables) -> pd.DataFrame:
    """Return a row for each place and article, in order of time; no count where none is given."""
    articles = in_time(tables).rename(columns={"day": "when"})
    articles = articles[["source_id", "published", "when", "label", "outlet", "outlet_short"]]
    grid = articles.merge(tables.troops[["force", "place"]].drop_duplicates(), how="cross")
    rows = grid.merge(tables.troops, on=["source_id", "force", "place"], how="left")
    rows = rows.sort_values(["place", "force", "published"], kind="stable", ignore_index=True)
    force, place, hedge = (tables.labels("troops", c) for c in ("force", "place", "qualifier"))
    given = rows[rows["count"].notna()]
    hedged = [count(row.count, row.qualifier, hedge) for row in given.itertuples()]
    bare = given["qualifier"].eq("exact").map({True: ", without “about”", False: ""})
    dated = (", as of " + given["as_of"].map(day)).where(given["as_of_basis"].eq("as_written"), "")
    printed = (hedged + bare + dated).reindex(rows.index, fill_value="no figure")
    places = rows["place"].astype(str).map(place)
    series = rows["force"].astype(str).map(force) + ", " + places
    return rows.assign(
        place_label=places,
        series=series.str.replace(r", (?=[A-Z])", " in ", regex=True),
        hedged=pd.Series(hedged, given.index, dtype=str),
        printed=printed,
        row=rows["id"].fillna(rows["source_id"]),
    )


def numbers(tables: Tables, place: str) -> pd.DataFrame:
    """Return a row for each number of a country, in order of time; an article's is of its day.

    `tier`: "article" or "context"; `kind`: "level" (US forces in the whole country) or "other" (a
    plan, an event, a part of the country or of the forces, or other forces, too);
    `first`, `last` and `date`, the middle; `printed`, with its hedge.
    """
    found = pd.concat([_context(tables, place), _articles(tables, place)], ignore_index=True)
    middle = found["first"] + (found["last"] - found["first"]) / 2
    found = found.assign(date=middle, value=found["value"].astype(float))
    return found.sort_values(["date", "tier"], ascending=[True, False], ignore_index=True)


def _context(tables: Tables, place: str) -> pd.DataFrame:
    facts = record.facts(tables)
    troops = facts["part"].astype(str).eq("troops") | facts["measure"].eq(PLANNED)
    facts = facts[facts["place"].astype(str).isin(PLACES[place]) & troops & facts["value"].notna()]
    here, us = facts["place"].astype(str).eq(place), record.us_only(facts)
    whole = here & facts["measure"].eq(LEVEL)
    kind = pd.Series("other", facts.index).mask(whole & us, "level")
    columns = ["first", "last", "value", "when", "scope", "counted_by"]
    return facts[columns].assign(
        tier="context",
        kind=kind,
        printed=facts["number"],
        who=[record.counter(row) for row in facts.itertuples()],
        what=facts["measure"] + (", " + facts["place_label"]).where(~here, ""),
        row=facts["id"],
    )


def _articles(tables: Tables, place: str) -> pd.DataFrame:
    frame = figures(tables)
    frame = frame[frame["place"].eq(place) & frame["count"].notna()]
    dated = " (dated " + frame["as_of"].map(day) + ")"
    names = {"published": "first", "count": "value", "outlet": "counted_by"}
    frame = frame.assign(
        tier="article",
        kind="level",
        last=frame["published"],
        printed=frame["hedged"],
        who=frame["label"] + dated.where(frame["as_of_basis"].eq("as_written"), ""),
        what=LEVEL,
        scope="US forces",
    )
    return frame.rename(columns=names)
