"""Where the articles differ: each matter with every article's position beside its exact words."""

from html import escape

import pandas as pd

from explainer.data.tables import Tables
from explainer.pages.figure import proof_link
from explainer.pages.prose import Shown
from explainer.words import truncate
from explainer.words.sources import in_time, labels

_MATTERS = (24, 12)  # of a kind: where there are more than the first, the second are listed
_POSITIONS, _ARTICLES = 8, 8  # of a matter, and the articles named with each


def matters(tables: Tables, *kinds: str) -> Shown:
    """Return the matters of the given kinds: question, why it matters, each article's position or silence."""
    frame = tables.topics[tables.topics["kind"].isin(kinds)]
    shown = truncate.first(frame, *_MATTERS)
    return Shown(
        "".join(_matter(tables, topic) for topic in shown.to_dict("records"))
        + truncate.told(len(shown), len(frame), "matters", "../data/topics.csv"),
        f"{len(frame)} matters",
    )


def _matter(tables: Tables, topic: dict) -> str:
    rows = tables.disagreements[tables.disagreements["topic_id"] == topic["topic_id"]]
    order = list(labels(tables))
    said = rows[rows["stance"] == "says"].sort_values("source_id", key=lambda s: s.map(order.index))
    positions = list(said.groupby("says", sort=False))
    kept = truncate.first(positions, _POSITIONS)
    lines = "".join(
        f"<li><b>{escape(text)}</b> {_proofs(tables, group)}</li>" for text, group in kept
    )
    folded = truncate.told(len(kept), len(positions), "positions", "../data/disagreements.csv")
    return (
        f'<section class="matter" id="topic-{topic["topic_id"]}"><h3>{escape(topic["question"])}</h3>'
        f"<ul>{lines}{_silent(tables, topic, rows)}</ul>{folded}<p>{escape(topic['why_it_matters'])}</p></section>"
    )


def _proofs(tables: Tables, rows: pd.DataFrame) -> str:
    shown = truncate.first(rows, _ARTICLES)
    return " ".join(
        proof_link(tables, row.id, labels(tables)[row.source_id]) for row in shown.itertuples()
    ) + truncate.more(len(shown), len(rows))


def _silent(tables: Tables, topic: dict, rows: pd.DataFrame) -> str:
    """Return the articles that say nothing of a matter, each with the row that says so, if there is one.

    Of a matter that only some report these are all others of the event's day or later: no row need say so.
    """
    begun = tables.events.set_index("event_id")["start"].get(topic["event_id"], "")
    looked = rows[rows["stance"] == "silent"].set_index("source_id")["id"]
    saying = set(rows.loc[rows["stance"] == "says", "source_id"])
    quiet = [
        a
        for a in in_time(tables).itertuples()
        if a.source_id in looked.index
        or topic["kind"] == "omission"
        and a.source_id not in saying
        and f"{a.published:%Y-%m-%d}" >= begun
    ]
    shown = truncate.first(quiet, _ARTICLES)
    links = " ".join(
        proof_link(tables, looked.get(a.source_id, a.source_id), labels(tables)[a.source_id])
        for a in shown
    )
    return (
        f'<li class="silent">no word of it {links}{truncate.more(len(shown), len(quiet))}</li>'
        if quiet
        else ""
    )


def unanswered(tables: Tables) -> Shown:
    """Return the questions that no article answers."""
    frame = tables.topics[tables.topics["kind"] == "unanswered"]
    shown = truncate.first(frame, *_MATTERS)
    lines = "".join(
        f'<li id="topic-{row.topic_id}"><b>{escape(row.question)}</b> {escape(row.why_it_matters)}</li>'
        for row in shown.itertuples()
    )
    return Shown(
        f'<ul class="unanswered">{lines}</ul>{truncate.told(len(shown), len(frame), "questions", "../data/topics.csv")}',
        f"{len(frame)} questions",
    )
