"""Where the articles differ: each matter with every article's position beside its exact words."""

from html import escape

import pandas as pd

from explainer.prose import Shown
from explainer.render import proof_link
from explainer.sources import labels
from explainer.tables import Tables


def matters(tables: Tables, *kinds: str) -> Shown:
    """Return the matters of the given kinds: question, why it matters, each article's position or silence."""
    frame = tables.topics[tables.topics["kind"].isin(kinds)]
    return Shown("".join(_matter(tables, topic) for topic in frame.to_dict("records")), f"{len(frame)} matters")


def _matter(tables: Tables, topic: dict) -> str:
    rows = tables.disagreements[tables.disagreements["topic_id"] == topic["topic_id"]]
    order = list(labels(tables))
    said = rows[rows["stance"] == "says"].sort_values("source_id", key=lambda s: s.map(order.index))
    lines = "".join(f"<li><b>{escape(text)}</b> {_proofs(tables, group)}</li>" for text, group in said.groupby("says", sort=False))
    return (f'<section class="matter" id="topic-{topic["topic_id"]}"><h3>{escape(topic["question"])}</h3>'
            f"<ul>{lines}{_silent(tables, rows[rows['stance'] == 'silent'])}</ul><p>{escape(topic['why_it_matters'])}</p></section>")


def _proofs(tables: Tables, rows: pd.DataFrame) -> str:
    return " ".join(proof_link(tables, row.id, labels(tables)[row.source_id]) for row in rows.itertuples())


def _silent(tables: Tables, rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    return f'<li class="silent">no word of it {_proofs(tables, rows)}</li>'


def unanswered(tables: Tables) -> Shown:
    """Return the questions that no article answers."""
    frame = tables.topics[tables.topics["kind"] == "unanswered"]
    lines = "".join(f'<li id="topic-{row.topic_id}"><b>{escape(row.question)}</b> {escape(row.why_it_matters)}</li>'
                    for row in frame.itertuples())
    return Shown(f'<ul class="unanswered">{lines}</ul>', f"{len(frame)} questions")
