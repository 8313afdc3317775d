"""The landing page: the key numbers."""

import pandas as pd
from markupsafe import Markup

from explainer.data.rows import rows
from explainer.data.tables import Tables
from explainer.pages.prose import Shown, counted, place, proof
from explainer.pages.templates import render
from explainer.words.counts import Number
from explainer.words.formats import number, spelled
from explainer.words.numbers import numbers
from explainer.words.record import LABEL
from explainer.words.sources import in_time

_ENDS, _STAYS = "date_coalition_mission_ends_2025_09", "date_syria_mission_until_2026_09"


def key_numbers(tables: Tables) -> Shown:
    """Return the five numbers a reader should leave with, each linked to its proof."""
    made = numbers(tables, keys(tables))
    attacks = _attacks(tables)
    begun = _begun(attacks)
    articles = in_time(tables).set_index("source_id")
    source = articles.loc[attacks["source_id"]]
    told = tables.mentions[tables.mentions["event_id"] == "joint-statement-2024-09"]["source_id"]
    outlets = list(dict.fromkeys(articles.loc[told, "outlet"]))
    last = " and ".join(outlets)
    if len(outlets) > 3:
        last = f"{outlets[0]} and {number(len(outlets) - 1)} others"
    since = Markup("in {}, from {} to {}, writes {}").format(
        tables.labels("attacks", "scope")[attacks["scope"]],
        counted(tables, begun, made[begun], "index"),
        source["day"],
        source["outlet"],
    )
    stated = Markup("{}, on the joint statement").format(last)
    stay = "coalition forces to stay in parts of Syria at least until then"
    cards = [
        ("troops_iraq", "US troops in Iraq", _printed(tables, "iraq")),
        ("troops_syria", "US troops in Syria", _printed(tables, "syria")),
        (_key(attacks["id"]), "attacks on US forces", since),
        (_ENDS, "end of the coalition’s mission in Iraq, at the latest", stated),
        (_STAYS, stay, stated + _otherwise(tables, made[_STAYS])),
    ]
    listed = [
        {"anchor": place(key, made[key]), "text": made[key].text, "what": what, "scope": scope}
        for key, what, scope in cards
    ]
    html = render("index_key_numbers.html", tables, "index", cards=listed)
    return Shown(html, f"{len(cards)} key numbers")


def keys(tables: Tables) -> frozenset[str]:
    """Return the keys of the numbers that the landing page shows beside those of its text."""
    attacks = _attacks(tables)
    of_attacks = (_key(attacks["id"]), _begun(attacks))
    return frozenset(("troops_iraq", "troops_syria", *of_attacks, _ENDS, _STAYS))


def _printed(tables: Tables, place: str) -> str:
    rows = tables.troops[tables.troops["place"] == place]
    given = "in" if rows["count"].nunique() == 1 else "lowest and highest of"
    reports = rows["source_id"].nunique()
    if reports == len(tables.sources):
        return f"{given} all {spelled(reports)} reports"
    return f"{given} the {spelled(reports)} reports that give a number"


def _otherwise(tables: Tables, date: Number) -> Markup:
    """Return what another source has otherwise of a date, by the first comparison that does."""
    words = tables.mentions[tables.mentions["id"].isin(date.rows)]["evidence"].str.cat(sep=" … ")
    compared = tables.comparisons[tables.comparisons["evidence"].map(words.__contains__)]
    other = ~compared["verdict"].isin(["supported", "worded_differently"])
    differing = compared[other].dropna(subset="fact")
    if differing.empty:
        return Markup()
    fact = rows(tables)[differing["fact"].iloc[0]]
    return Markup(". {}: {}{}").format(LABEL, fact.says, proof(tables, [fact], "index"))


def _attacks(tables: Tables) -> pd.Series:
    """Return the row with the largest number of attacks."""
    counted = tables.attacks[tables.attacks["measure"] == "attacks"].dropna(subset="value")
    return counted.sort_values("value").iloc[-1]


def _begun(attacks: pd.Series) -> str:
    return f"date_{_key(attacks['event_id'])}"


def _key(row: str) -> str:
    return row.replace("-", "_")
