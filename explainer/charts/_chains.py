"""Attacks, strikes and political acts as trees, tied where an article ties them (`links.csv`)."""

from dataclasses import dataclass, field

import pandas as pd

from explainer.charts._toll import VIOLENCE, counts
from explainer.data.tables import Tables
from explainer.words.event_dates import in_order
from explainer.words.sources import labels

_POLITICS = ("political", "announcement", "talks")
_EXPLICIT = ("answers", "claimed", "follows")  # how much of an answer a relation makes of it
_LAST = 3  # columns: attack, strike, answer, and all that followed the answer


@dataclass
class Node:
    """One event, or what was said of one, with what stands under it. Texts are (words, row id, ...)."""

    event_id: str
    column: int
    kind: str
    side: str
    title: str
    when: str
    row: str
    order: str = ""
    tied: list[tuple[str, str]] = field(default_factory=list)
    also: list[tuple[str, str]] = field(default_factory=list)
    toll: list[tuple[object, str, str]] = field(default_factory=list)
    said: list[tuple[str, str, str]] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    absent: str = ""

    def walk(self) -> list["Node"]:
        """Return this node and all under it, parents first."""
        return [self, *(n for child in self.children for n in child.walk())]


def links(tables: Tables) -> pd.DataFrame:
    """Return `links` with the words that a chart prints for the relation and the article."""
    frame = tables.links.copy()
    relation = frame["relation"].astype(str).map(tables.labels("links", "relation"))
    return frame.assign(words=frame["source_id"].map(labels(tables)) + ": " + relation + " it")


def forest(tables: Tables) -> list[Node]:
    """Return the chains: a tree for each attack or strike that follows from none other.

    A tie is an arrow where it leads onward (attack to strike, either to a political act, political act to a
    later one); of several, the most explicit one, then the one that most articles make. Every other tie, one
    that leads from a strike back to an attack among them, stands under its event in words.
    """
    events = in_order(tables)
    drawn = events[events["kind"].isin([*VIOLENCE, *_POLITICS])]
    ties = links(tables)
    parents = _parents(drawn, ties)
    first = tables.mentions.groupby("event_id")["id"].first()
    nodes = {
        e.event_id: Node(
            e.event_id,
            _column(e.kind, 0),
            e.kind,
            e.actor_side,
            e.title,
            e.when,
            first.get(e.event_id, ""),
            e.order,
        )
        for e in drawn.itertuples()
    }
    for child, parent in parents.items():
        nodes[parent].children.append(nodes[child])
    _write_ties(nodes, ties, parents, events.set_index("event_id")["title"])
    _write_toll(nodes, counts(tables), tables)
    roots = [n for n in nodes.values() if n.kind in VIOLENCE and n.event_id not in parents]
    for root in roots:
        _settle(root)
    return roots


def _column(kind: str, above: int) -> int:
    return VIOLENCE.index(kind) if kind in VIOLENCE else min(_LAST, max(above + 1, len(VIOLENCE)))


def _parents(events: pd.DataFrame, ties: pd.DataFrame) -> dict[str, str]:
    """Return {event: the one it hangs from}."""
    kind, rank = (
        events.set_index("event_id")["kind"].astype(str),
        dict(zip(events["event_id"], range(len(events)))),
    )
    frame = ties[ties["from_event"].isin(kind.index) & ties["to_event"].isin(kind.index)]
    stage = {"attack": 0, "strike": 1}
    begins, ends = (frame[c].map(kind).map(stage).fillna(2) for c in ("from_event", "to_event"))
    later = (
        (ends == 2) & (begins == 2) & (frame["from_event"].map(rank) < frame["to_event"].map(rank))
    )
    frame = frame.assign(explicit=frame["relation"].astype(str).map(_EXPLICIT.index))
    pairs = (
        frame[(begins < ends) | later]
        .groupby(["to_event", "from_event"], sort=True)
        .agg(relation=("explicit", "min"), articles=("id", "size"))
        .reset_index()
    )
    best = pairs.sort_values(["relation", "articles"], ascending=[True, False], kind="stable")
    best = best.drop_duplicates("to_event").set_index("to_event")["from_event"]
    return {child: best[child] for child in rank if child in best.index}


def _write_ties(nodes: dict, ties: pd.DataFrame, parents: dict, titles: pd.Series) -> None:
    """Put each tie under the event it leads to: one link an article."""
    for (end, begin), part in ties[ties["to_event"].isin(nodes)].groupby(
        ["to_event", "from_event"], sort=True
    ):
        lines = list(zip(part["words"], part["id"], strict=True))
        if parents.get(end) == begin:
            nodes[end].tied += lines
        else:
            nodes[end].also += [(f"also tied to “{titles[begin]}”:", ""), *lines]


def _write_toll(nodes: dict, frame: pd.DataFrame, tables: Tables) -> None:
    """Put dead, injured, and acts of more than one under their event, and what others said of a strike."""
    acts = frame["measure"].isin(["attacks", "strikes"])
    shown = frame[~acts | (frame["value"].fillna(0) > 1)]
    shown = shown.groupby(["event_id", "words"], sort=False).agg(
        {
            **{c: "first" for c in ("measure", "target", "value", "actor_side", "silent")},
            "articles": "sum",
            "ids": "sum",
        }
    )
    rival = (
        shown.groupby(["event_id", "measure", "target"], observed=True)["value"].transform("size")
        > 1
    )
    for row, other in zip(shown.reset_index().itertuples(), rival, strict=True):
        names = list(dict.fromkeys(row.articles))
        told = (": " + (names[0] if len(names) == 1 else f"{len(names)} articles")) if other else ""
        text = row.words + (", no number given" if row.silent else "") + told
        if row.event_id in nodes:
            nodes[row.event_id].toll.append((row, text, row.ids[0]))
    people = tables.people.set_index("person_id")["name"]
    said = tables.statements.sort_values("form", kind="stable").drop_duplicates(
        ["event_id", "person_id"]
    )
    for row in said[said["person_id"] != ""].sort_values("id").itertuples():
        node = nodes.get(row.event_id)
        if node and node.kind == "strike" and row.side not in (node.side, "other", "outlet"):
            words = f"“{row.key_words}”" if row.form == "quote" else row.key_words
            node.said.append((f"{people[row.person_id]}: {words}", row.id, row.side))


def _settle(node: Node) -> None:
    """Give each node under this one its column, earliest first, and say what is missing."""
    node.children.sort(key=lambda n: (n.order, n.event_id))
    for child in node.children:
        child.column = _column(child.kind, node.column)
        _settle(child)
    if node.kind == "attack" and not node.children:
        node.absent = "no strike tied to it"
    if node.kind == "strike" and not node.children and not node.said:
        node.absent = "no political act tied to it"
