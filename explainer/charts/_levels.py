"""Troop numbers of one country, of articles and of the record, each as what it is: a level of
the whole country, or something else.
"""

from typing import Any

import pandas as pd

from explainer.data.tables import Tables
from explainer.words import record
from explainer.words.formats import count, day
from explainer.words.sources import date_of, in_time

PLACES = {
    "iraq": ("iraq", "baghdad", "anbar", "ain_al_asad", "kurdistan", "erbil"),
    "syria": ("syria",),
}  # a country and its parts
KINDS = {"level": "level", "scope": "level, another scope", "other": "not a level"}
_LEVEL, _PLANNED, _US = "troop level", "planned troop level", "US only"
# numbers of the record in one drawing beside those of the articles: the latest, so that words have
# room
_DRAWN = 30


def numbers(tables: Tables, place: str) -> pd.DataFrame:
    """Return a row for each number of a country, in order of time: those of the articles at the
    day of the article.

    `tier`: "article" or "context"; `kind`: "level" (US forces in the whole country), "scope" (a
    level of others, too) or "other" (a plan, an event, a part of the country or of the forces);
    `first`, `last` and `x0`, the middle; `value`, `printed` with its hedge, `who`, `when`,
    `what`, `text` and `label` in words; `scope`, `counted_by` and `row`.
    """
    found = pd.concat([_context(tables, place), _articles(tables, place)], ignore_index=True)
    found["x0"] = found["first"] + (found["last"] - found["first"]) / 2
    found["label"] = [
        f"{'Context' if r.tier == 'context' else 'Article'}: {r.text}" for r in found.itertuples()
    ]
    return (
        found.assign(href=found["row"])
        .sort_values(["x0", "tier"], ascending=[True, False], kind="stable")
        .reset_index(drop=True)
    )


def _context(tables: Tables, place: str) -> pd.DataFrame:
    frame = record.facts(tables)
    ours = frame["place"].astype(str).isin(PLACES[place]) & (
        frame["part"].astype(str).eq("troops") | frame["measure"].eq(_PLANNED)
    )
    frame = frame[ours & frame["value"].notna()].reset_index(drop=True)
    whole = frame["place"].astype(str).eq(place) & frame["measure"].eq(_LEVEL)
    kind = (
        pd.Series("other", frame.index)
        .mask(whole, "scope")
        .mask(whole & frame["scope"].str.startswith(_US), "level")
    )
    who = [_who(row) for row in frame.itertuples()]
    what = [
        row.measure + ("" if str(row.place) == place else f", {row.place_label}")
        for row in frame.itertuples()
    ]
    told = (
        frame["number"].where(kind.ne("other"), frame["number"] + ": " + pd.Series(what, dtype=str))
        + " · "
        + pd.Series(who, dtype=str)
        + ", "
        + frame["when"]
    )
    return pd.DataFrame(
        {
            "tier": "context",
            "kind": kind,
            "first": frame["first"],
            "last": frame["last"],
            "value": frame["value"].astype(float),
            "printed": frame["number"],
            "who": who,
            "when": frame["when"],
            "what": what,
            "text": told,
            "hedged": frame["qualifier"].astype(str).ne("exact"),
            "scope": frame["scope"],
            "counted_by": frame["counted_by"],
            "row": frame["id"],
        }
    )


def _who(row: Any) -> str:
    """Return who counted, with the scope where it is not plainly that of US forces: 'DMDC
    count', 'Reuters, US+UK'.
    """
    scope = row.scope.removeprefix(_US).strip(" ,()")
    return scope if row.counted_by in scope else ", ".join(filter(None, (row.counted_by, scope)))


def _articles(tables: Tables, place: str) -> pd.DataFrame:
    articles = in_time(tables)
    articles = articles.assign(when=[date_of(article) for _, article in articles.iterrows()])
    frame = articles.merge(
        tables.troops[(tables.troops["place"] == place) & tables.troops["count"].notna()],
        on="source_id",
    )
    hedges = tables.labels("troops", "qualifier")
    printed = [count(row.count, row.qualifier, hedges) for row in frame.itertuples()]
    who = [
        row.label + (f" (dated {day(row.as_of)})" if row.as_of_basis == "as_written" else "")
        for row in frame.itertuples()
    ]
    return pd.DataFrame(
        {
            "tier": "article",
            "kind": "level",
            "first": frame["published"],
            "last": frame["published"],
            "value": frame["count"].astype(float),
            "printed": printed,
            "who": who,
            "when": frame["when"],
            "what": _LEVEL,
            "text": [
                f"{p} · {w}, {when}" for p, w, when in zip(printed, who, frame["when"], strict=True)
            ],
            "hedged": frame["qualifier"].astype(str).ne("exact"),
            "scope": "US forces",
            "counted_by": frame["outlet"],
            "row": frame["id"],
        }
    )


def kept(found: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers that are drawn: all of a few; of many of the record, the latest, in
    one drawing with those of the articles.
    """
    context = found[found["tier"] == "context"]
    return found.drop(index=context.index[:-_DRAWN])
