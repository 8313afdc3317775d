"""The landing page: four key numbers."""

import pandas as pd

from explainer.data.tables import Tables
from explainer.pages.prose import Shown, place
from explainer.pages.templates import render
from explainer.words.formats import number
from explainer.words.numbers import numbers
from explainer.words.sources import date_of


def key_numbers(tables: Tables) -> Shown:
    """Return the four numbers a reader should leave with, each linked to its proof."""
    made = numbers(tables, keys(tables))
    attacks = _attacks(tables)
    begun = _begun(attacks)
    articles = tables.sources.set_index("source_id")
    source = articles.loc[attacks["source_id"]]
    told = tables.mentions[tables.mentions["event_id"] == "joint-statement-2024-09"]["source_id"]
    outlets = list(dict.fromkeys(articles.loc[told, "outlet"]))
    last = (
        " and ".join(outlets)
        if len(outlets) <= 3
        else f"{outlets[0]} and {number(len(outlets) - 1)} others"
    )
    one = tables.troops[tables.troops["place"] == "iraq"]["count"].nunique() == 1
    cards = [
        (
            "troops_iraq",
            "US troops in Iraq",
            f"{'the same in all' if one else 'lowest and highest of the'} "
            f"{made['articles_with_iraq_figure'].text} reports that give a number",
        ),
        (
            attacks["id"].replace("-", "_"),
            "attacks on US forces",
            f"in {tables.labels('attacks', 'scope')[attacks['scope']]}, "
            f"from {made[begun].text} to {date_of(source)}, as {source['outlet']} counts",
        ),
        (
            "date_coalition_mission_ends_2025_09",
            "end of the coalition’s mission in Iraq, at the latest",
            f"according to the joint statement, as reported by {last}",
        ),
        (
            "date_syria_mission_until_2026_09",
            "until then at least, coalition forces in parts of Syria",
            "according to the same statement, in the same report",
        ),
    ]
    listed = [
        {"anchor": place(key, made[key]), "text": made[key].text, "what": what, "scope": scope}
        for key, what, scope in cards
    ]
    html = render("index_key_numbers.html", tables, "index", cards=listed)
    return Shown(html, "four key numbers")


def keys(tables: Tables) -> frozenset[str]:
    """Return the keys of the numbers that the landing page shows beside those of its text."""
    attacks = _attacks(tables)
    return frozenset(
        {
            "troops_iraq",
            "articles_with_iraq_figure",
            attacks["id"].replace("-", "_"),
            _begun(attacks),
            "date_coalition_mission_ends_2025_09",
            "date_syria_mission_until_2026_09",
        }
    )


def _attacks(tables: Tables) -> pd.Series:
    """Return the row with the largest number of attacks."""
    return (
        tables.attacks[tables.attacks["measure"] == "attacks"]
        .dropna(subset="value")
        .sort_values("value")
        .iloc[-1]
    )


def _begun(attacks: pd.Series) -> str:
    return f"date_{attacks['event_id'].replace('-', '_')}"
