"""Troop numbers of one country, of articles and of the record, each as what it is: a level of
the whole country, or something else.
"""

from typing import Any

import pandas as pd

from explainer.data.tables import Tables
from explainer.words import record
from explainer.words.formats import count, day
from explainer.words.sources import date_of, in_time

PLACES = {  # a country and its parts
    "iraq": ("iraq", "baghdad", "anbar", "ain_al_asad", "kurdistan", "erbil"),
    "syria": ("syria",),
}
KINDS = {"level": "level", "scope": "level, another scope", "other": "not a level"}
_LEVEL, _PLANNED, _US = "troop level", "planned troop level", "US only"
_DRAWN = 30  # numbers of the record in one drawing: the latest, so that words have room


def numbers(tables: Tables, place: str) -> pd.DataFrame:
    """Return a row for each number of a country, in order of time: those of the articles at the
    day of the article.

    `tier`: "article" or "context"; `kind`: "level" (US forces in the whole country), "scope" (a
    level of others, too) or "other" (a plan, an event, a part of the country or of the forces);
    `first`, `last` and `x0`, the middle; `value`, `printed` with its hedge, `who`, `when`,
    `what`; `text` in words; `scope`, `counted_by` and `row`.
    """
    found = pd.concat([_context(tables, place), _articles(tables, place)], ignore_index=True)
    middle = found["first"] + (found["last"] - found["first"]) / 2
    # an article says who prints, and a level needs no further word
    what = (": " + found["what"]).where(found["kind"].eq("other"), "")
    text = found["printed"] + what + " · " + found["who"] + ", " + found["when"]
    found = found.assign(x0=middle, text=text, value=found["value"].astype(float))
    order = {"by": ["x0", "tier"], "ascending": [True, False]}
    return found.sort_values(**order, kind="stable", ignore_index=True)


def _context(tables: Tables, place: str) -> pd.DataFrame:
    facts = record.facts(tables)
    troops = facts["part"].astype(str).eq("troops") | facts["measure"].eq(_PLANNED)
    ours = facts["place"].astype(str).isin(PLACES[place]) & troops & facts["value"].notna()
    facts = facts[ours]
    here, us = facts["place"].astype(str).eq(place), facts["scope"].str.startswith(_US)
    whole = here & facts["measure"].eq(_LEVEL)
    kind = pd.Series("other", facts.index).mask(whole, "scope").mask(whole & us, "level")
    columns = ["first", "last", "value", "when", "scope", "counted_by"]
    return facts[columns].assign(
        tier="context",
        kind=kind,
        printed=facts["number"],
        who=[_who(row) for row in facts.itertuples()],
        what=facts["measure"] + (", " + facts["place_label"]).where(~here, ""),
        row=facts["id"],
    )


def _who(row: Any) -> str:
    """Return who counted, with the scope where it is not plainly that of US forces: 'DMDC
    count', 'Reuters, US+UK'.
    """
    scope = row.scope.removeprefix(_US).strip(" ,()")
    return scope if row.counted_by in scope else ", ".join(filter(None, (row.counted_by, scope)))


def _articles(tables: Tables, place: str) -> pd.DataFrame:
    given = tables.troops[tables.troops["place"].eq(place) & tables.troops["count"].notna()]
    frame = in_time(tables).merge(given, on="source_id")
    hedges = tables.labels("troops", "qualifier")
    dated = [
        f" (dated {day(r.as_of)})" * (r.as_of_basis == "as_written") for r in frame.itertuples()
    ]
    return pd.DataFrame(
        {
            "tier": "article",
            "kind": "level",
            "first": frame["published"],
            "last": frame["published"],
            "value": frame["count"],
            "printed": [count(r.count, r.qualifier, hedges) for r in frame.itertuples()],
            "who": frame["label"] + pd.Series(dated, frame.index, dtype=str),
            "when": [date_of(article) for _, article in frame.iterrows()],
            "what": _LEVEL,
            "scope": "US forces",
            "counted_by": frame["outlet"],
            "row": frame["id"],
        }
    )


def kept(found: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers that are drawn: those of the articles, and of the record the latest."""
    return found.drop(index=found.index[found["tier"].eq("context")][:-_DRAWN])
