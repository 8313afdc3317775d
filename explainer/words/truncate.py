"""What is drawn and listed of a book that has grown: as much as can be read. Numbers count all
rows; only drawings and lists are cut, and say so, by `caption` and the macros of `pages/templates`.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from explainer.data.tables import NAMES, Tables
from explainer.words.formats import number
from explainer.words.sources import in_time

ARTICLES = 12  # drawn in a chart
MOST = 40  # things in a list
LINE = 16  # links in a line
FEW = 12  # rows that are shown with their words; of more, their ids
_APART = (  # not rows of one article, or looked up by their key
    "sources", "people", "places", "events", "topics", "corrections", "record", "agreement",
    "readings", "answers", "corruption",
)  # fmt: skip


def truncate(items: Sequence[Any], most: int | None = None, last: bool = False) -> Sequence[Any]:
    """Return the first of the items, or the `last` ones: at most `most`, by default `MOST`."""
    most = MOST if most is None else most
    return items[-most:] if last else items[:most]


def latest(tables: Tables) -> Tables:
    """Return the latest articles with their rows and events; all of few `tables`."""
    if len(tables.sources) <= ARTICLES:
        return tables
    kept = in_time(tables)["source_id"].tail(ARTICLES)
    frames = {name: getattr(tables, name) for name in NAMES if name not in _APART}
    ours = {name: frame[frame["source_id"].isin(kept)] for name, frame in frames.items()}
    mentioned, asked = ours["mentions"]["event_id"], ours["disagreements"]["topic_id"]
    ours |= {
        "sources": tables.sources[tables.sources["source_id"].isin(kept)],
        "events": tables.events[tables.events["event_id"].isin(mentioned)],
        "topics": tables.topics[tables.topics["topic_id"].isin(asked)],
    }
    return replace(tables, **{name: frame.reset_index(drop=True) for name, frame in ours.items()})


def caption(drawn: Tables, tables: Tables) -> str:
    """Return what a caption adds where only the latest articles are drawn, else ""."""
    if drawn is tables:
        return ""
    part = f"{number(len(drawn.sources))} of {number(len(tables.sources))} reports"
    where = "The files of the data page hold the rows of all."
    return f" Drawn and counted here: the latest {part}. {where}"
