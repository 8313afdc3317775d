"""The landing page: four key numbers."""

from html import escape

from explainer.counts import Number
from explainer.numbers import numbers
from explainer.prose import Shown, linked
from explainer.render import at
from explainer.sources import date_of
from explainer.tables import Tables


def key_numbers(tables: Tables) -> Shown:
    """Return the four numbers a reader should leave with, each linked to its proof."""
    made = numbers(tables)
    attacks = tables.attacks[tables.attacks["measure"] == "attacks"].dropna(subset="value").sort_values("value").iloc[-1]
    articles = tables.sources.set_index("source_id")
    source = articles.loc[attacks["source_id"]]
    told = tables.mentions[tables.mentions["event_id"] == "joint-statement-2024-09"]["source_id"]
    last = " and ".join(dict.fromkeys(articles.loc[told, "outlet"]))
    one = tables.troops[tables.troops["place"] == "iraq"]["count"].nunique() == 1
    cards = [
        ("troops_iraq", "US troops in Iraq", f"{'the same in all' if one else 'lowest and highest of the'} {made['articles_with_iraq_figure'].text} reports that give a number"),
        (attacks["id"].replace("-", "_"), "attacks on US forces", f"in {tables.labels('attacks', 'scope')[attacks['scope']]}, "
         f"from {made['date_' + attacks['event_id'].replace('-', '_')].text} to {date_of(source)}, as {source['outlet']} counts"),
        ("date_coalition_mission_ends_2025_09", "end of the coalition’s mission in Iraq, at the latest", f"according to the joint statement, as reported by {last}"),
        ("date_syria_mission_until_2026_09", "earliest end of the coalition forces’ presence in parts of Syria", "according to the same statement"),
    ]
    items = "".join(_card(key, made[key], what, scope) for key, what, scope in cards)
    return Shown(at("index", f'<ul class="cards">{items}</ul>'), "four key numbers")


def _card(key: str, value: Number, what: str, scope: str) -> str:
    return f"<li><b>{linked(key, value)}</b> {escape(what)} <small>{escape(scope)}</small></li>"
