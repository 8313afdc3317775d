"""What is drawn and listed of a book that has grown: as much as can be read, and where all of it is to be found.

A page must not grow with the data. Numbers are counted from all rows; only drawings and lists are folded, and each says so.
"""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from explainer.data.tables import NAMES, Tables
from explainer.words.formats import number
from explainer.words.sources import in_time

ARTICLES = 8  # drawn in a chart
_APART = (
    "sources",
    "people",
    "places",
    "events",
    "topics",
    "corrections",
    "record",
    "agreement",
    "corruption",
)  # not rows of one article, or looked up by their key


def latest(tables: Tables) -> Tables:
    """Return the latest articles with their rows and the events that these mention; all of `tables` where they are few."""
    if len(tables.sources) <= ARTICLES:
        return tables
    kept = in_time(tables)["source_id"].tail(ARTICLES)
    ours = {
        name: frame[frame["source_id"].isin(kept)]
        for name in NAMES
        if name not in _APART
        for frame in [getattr(tables, name)]
    }
    told = ours["mentions"]["event_id"]
    ours |= {
        "sources": tables.sources[tables.sources["source_id"].isin(kept)],
        "events": tables.events[tables.events["event_id"].isin(told)],
        "topics": tables.topics[tables.topics["topic_id"].isin(ours["disagreements"]["topic_id"])],
    }
    return replace(tables, **{name: frame.reset_index(drop=True) for name, frame in ours.items()})


def caption(drawn: Tables, tables: Tables) -> str:
    """Return what a caption adds where a drawing shows the latest articles only; "" where it shows all."""
    if drawn is tables:
        return ""
    return (
        f" Drawn and counted here: the latest {number(len(drawn.sources))} of {number(len(tables.sources))} articles. "
        "The files of the data page hold the rows of all."
    )


def first(items: Sequence, most: int, to: int | None = None) -> Sequence:
    """Return the items where they are at most `most`, else the first `to` (`most` where not given)."""
    return items if len(items) <= most else items[: most if to is None else to]


def told(shown: int, total: int, what: str, address: str) -> str:
    """Return the paragraph that says how much of a list is shown, with a link to the CSV that holds all; "" where all is."""
    if shown == total:
        return ""
    name = address.rpartition("/")[2]
    return (
        f'<p class="fold">{number(shown)} of {number(total)} {escape(what)} are shown; '
        f'<a href="{escape(address, quote=True)}" download>{escape(name)}</a> holds all.</p>'
    )


def more(shown: int, total: int) -> str:
    """Return "and 12 more" for a line that is cut; "" where it is not."""
    return f" and {number(total - shown)} more" if shown < total else ""
