"""What happened on the ground: attacks, strikes and what followed, and the dead and injured."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from explainer.data.dates import as_of
from explainer.data.evidence import words
from explainer.data.tables import Tables
from explainer.data.tables import field as data_field
from explainer.pages.prose import Shown, figure
from explainer.words import truncate
from explainer.words.event_dates import in_order
from explainer.words.formats import day, number
from explainer.words.sources import in_time, labels

VIOLENCE = ("attack", "strike")
_PEOPLE = ("killed", "critically_injured", "injured")
_COLUMNS = {
    "Attacks or strikes": ("attacks", "strikes"),
    "Killed": ("killed",),
    "Injured": ("critically_injured", "injured"),
}
_STAGE = {"war": 0, "attack": 1, "strike": 2, "political": 3, "announcement": 3, "talks": 3}
# How much of an answer a relation makes of it.
_EXPLICIT = ("answers", "claimed", "follows", "amid")
_MISSING = "number not given"
_CHAINS, _EVENTS = 16, 30  # more are not read on one page


@dataclass(frozen=True)
class Proof:
    """A row behind a fact, the short name of its article, and what our note says of a tie."""

    id: str
    article: str
    note: str = ""


@dataclass(frozen=True)
class Count:
    """One number of attacks, strikes or people, as one or several articles give it.

    `hedge` is printed before `value`, or stands for it where no number is given; `by` names the
    office that an article cites.
    """

    event: str
    measure: str
    value: str
    hedge: str
    what: str
    place: str
    by: str
    rows: tuple[Proof, ...]

    @property
    def text(self) -> str:
        """The count in words: 'at least 100 attacks', 'killed, number not given'."""
        if self.hedge == _MISSING:
            return f"{self.what}, {self.hedge}"
        return " ".join(filter(None, [self.hedge, self.value, self.what]))


Ties = list[tuple[str, list[Proof]]]  # (relation, the articles that make it)


@dataclass
class Card:
    """One event of a chain, what an article ties it to, and the cards that follow from it."""

    id: str
    title: str
    when: str
    order: str
    stage: int
    side: str
    kind: str
    row: str
    above: str = ""  # the title of the card that this one hangs under
    ties: Ties = field(default_factory=list)
    also: list[tuple[str, Ties]] = field(default_factory=list)
    toll: list[Count] = field(default_factory=list)
    said: list[dict[str, str]] = field(default_factory=list)
    then: list["Card"] = field(default_factory=list)

    @property
    def missing(self) -> str:
        """What no article tells of an attack or a strike: what came after it."""
        if self.then or self.said:
            return ""
        follows = {
            1: "No report ties a US strike to this.",
            2: "No report ties a reaction to this.",
        }
        return follows.get(self.stage, "")

    def walk(self) -> list["Card"]:
        """Return this card and all that follow from it, earlier ones first."""
        return [self, *(card for after in self.then for card in after.walk())]


def chains(tables: Tables) -> Shown:
    """Return attacks, strikes and political acts as cards, tied only as an article ties them."""
    part = truncate.latest(tables)
    every = forest(part)
    longest = sorted(every, key=lambda root: -len(root.walk()))[:_CHAINS]
    kept = [root for root in every if root in longest]
    finding = _chains_finding(every, len(tables.links))
    caption = (
        "A card sits below another only if a report links the two; its first line says how."
        " Order does not prove cause."
    )
    left, what = len(every) - len(kept), "shorter chains"
    template = "ground_chains.html"
    return figure(template, part, tables, finding, caption, left, what, chains=kept)


def forest(tables: Tables) -> list[Card]:
    """Return the chains that hold an attack or a strike: a tree of cards for each, in order of
    time.

    A tie leads onward: from a war to an attack, to a strike, to a political act, and from one of
    these to a later one. A card stands under one other: of several, the one that its ties most make
    it an answer to, then the one that most articles tie it to. The others are named on it.
    """
    events = in_order(tables)
    drawn = events[events["kind"].isin(list(_STAGE))]
    first = tables.mentions.drop_duplicates("event_id").set_index("event_id")["id"]
    kinds, sides = tables.labels("events", "kind"), tables.labels("events", "actor_side")
    cards = {
        e.event_id: Card(
            id=e.event_id,
            title=e.title,
            when=e.when,
            order=e.order,
            stage=_STAGE[e.kind],
            side=e.actor_side,
            kind=_kind(kinds[e.kind], e.actor_side, sides),
            row=first[e.event_id],
        )
        for e in drawn.itertuples()
        if e.event_id in first
    }
    parents = _tie(tables, cards)
    _fill(tables, cards)
    roots = [card for card in cards.values() if card.id not in parents]
    return [root for root in roots if any(card.stage in (1, 2) for card in root.walk())]


def _kind(kind: str, side: str, sides: dict[str, str]) -> str:
    """Return whose act it was: 'Washington: strike', 'Attack, attacker not stated', 'War'."""
    if side == "unstated":
        return f"{kind.capitalize()}, attacker not stated"
    return kind.capitalize() if kind == "war" else f"{sides[side]}: {kind}"


def _tie(tables: Tables, cards: dict[str, Card]) -> dict[str, str]:
    """Hang each card under the one it follows from; return {card: that one}."""
    ties = tables.links[
        tables.links["from_event"].isin(cards) & tables.links["to_event"].isin(cards)
    ]
    rank = dict(zip(cards, range(len(cards)), strict=True))
    pairs: dict[str, list[tuple[int, int, str, Ties]]] = {}
    for (begin, end), rows in ties.groupby(["from_event", "to_event"], sort=True):
        stages, relations = (cards[begin].stage, cards[end].stage), _relations(tables, rows)
        onward = stages[0] < stages[1] or stages == (3, 3) and rank[begin] < rank[end]
        explicit = min(_EXPLICIT.index(relation) for relation in rows["relation"].astype(str))
        pairs.setdefault(end, []).append(
            (explicit if onward else len(_EXPLICIT), -len(rows), begin, relations)
        )
    parents = {}
    for end, options in pairs.items():
        options.sort(key=lambda option: option[:3])
        if options[0][0] < len(_EXPLICIT):
            *_, parents[end], cards[end].ties = options.pop(0)
            cards[end].above = cards[parents[end]].title
        cards[end].also = [(cards[begin].title, relations) for *_, begin, relations in options]
    for end in sorted(parents, key=lambda event: (cards[event].order, event)):
        cards[parents[end]].then.append(cards[end])
    return parents


def _relations(tables: Tables, rows: pd.DataFrame) -> Ties:
    names, articles = tables.labels("links", "relation"), labels(tables)
    return [
        (
            names[relation],
            [Proof(row.id, articles[row.source_id], row.note) for row in part.itertuples()],
        )
        for relation, part in rows.groupby(rows["relation"].astype(str), sort=True)
    ]


def _fill(tables: Tables, cards: dict[str, Card]) -> None:
    """Write on the cards who was hurt, and what others than Washington said of its strikes."""
    for count in counts(tables):
        if count.event in cards and (count.measure in _PEOPLE or count.value not in ("", "1")):
            cards[count.event].toll.append(count)
    people = tables.people.set_index("person_id")["name"]
    said = tables.statements[tables.statements["person_id"] != ""]
    said = said.sort_values("form", kind="stable").drop_duplicates(["event_id", "person_id"])
    for row in said.sort_values("id").itertuples():
        card = cards.get(row.event_id)
        if card and card.stage == 2 and row.side not in (card.side, "other", "outlet"):
            words = f"“{row.key_words}”" if row.form == "quote" else row.key_words
            article = labels(tables)[row.source_id]
            speaker = people[row.person_id]
            card.said.append({"id": row.id, "speaker": speaker, "words": words, "article": article})


def _chains_finding(chains: list[Card], links: int) -> str:
    cards = [card for root in chains for card in root.walk()]
    told = [card.ties for card in cards] + [ties for card in cards for _, ties in card.also]
    every, order = (
        sum(len(rows) for ties in told for relation, rows in ties if relation in kept)
        for kept in ({relation for ties in told for relation, _ in ties}, {"after", "amid"})
    )
    return (
        f"The chart shows {every} of the {links} links that the reports make between events; of"
        f" these, {order or 'none'} give{'s' * (order == 1)} no cause"
    )


def counts(tables: Tables) -> list[Count]:
    """Return each different count of an event, in order of time.

    Articles that print the same number of the same thing in the same place are one count, in order
    of publication. Nothing is added up.
    """
    events = in_order(tables)[["event_id", "kind"]]
    articles = list(in_time(tables)["source_id"])
    rank = {event: n for n, event in enumerate(events["event_id"])}
    frame = tables.attacks.merge(events, on="event_id").merge(
        tables.sources[["source_id", "published"]], on="source_id"
    )
    targets = frame.groupby("event_id")["target"].transform("nunique")
    offices = tables.people.set_index("person_id")["name"]
    alike: dict[Count, list[Proof]] = {}
    order = sorted(frame.index, key=lambda i: articles.index(frame.at[i, "source_id"]))
    for row in (frame.loc[i] for i in order):
        several = targets[row.name] > 1 or row["kind"] not in VIOLENCE
        aim = several and row["target"] != "unstated"
        by = f", citing {offices[row['person_id']]}" if row["person_id"] else ""
        proof = Proof(row["id"], labels(tables)[row["source_id"]])
        alike.setdefault(_count(tables, row, aim, by), []).append(proof)
    joined = [Count(**{**vars(count), "rows": tuple(rows)}) for count, rows in alike.items()]
    measures = list(tables.labels("attacks", "measure"))
    return sorted(joined, key=lambda c: (rank[c.event], not c.value, measures.index(c.measure)))


def _count(tables: Tables, row: pd.Series, aim: bool, by: str) -> Count:
    acts, missing = row["measure"] not in _PEOPLE, pd.isna(row["value"])
    many = not missing and row["value"] > 1
    noun = tables.labels("attacks", "measure")[row["measure"]]
    whom = tables.labels("attacks", "target")[row["target"]]
    hedge = "" if row["qualifier"] in ("exact", "named") else _printed(tables, row)
    what = [
        noun.removesuffix("s") if acts and not missing and not many else noun,
        f"by {day(as_of(row['evidence'], row['published'].date()))}" if acts and many else "",
        (f"on {whom}" if acts else f"({whom})") if aim else "",
    ]
    scope = tables.labels("attacks", "scope")[row["scope"]]
    return Count(
        event=row["event_id"],
        measure=row["measure"],
        value="" if missing else number(row["value"]),
        hedge=_MISSING if row["qualifier"] == "unnumbered" else hedge,
        what=" ".join(filter(None, what))
        + " (named; the report gives no number)" * (row["qualifier"] == "named"),
        place="place not stated" if row["scope"] == "unstated" else scope,
        by=by,
        rows=(),
    )


def _printed(tables: Tables, row: pd.Series) -> str:
    """Return the article's own words of quantity, "several", "tens of thousands", or the code's."""
    codes = data_field(tables.schema("attacks"), "qualifier")["codes"]
    code = next(code for code in codes if code["code"] == row["qualifier"])
    text = " ".join(words(row["evidence"]))
    own = [word for word in code.get("words", ()) if f" {word} " in f" {text} "]
    first = min(own, key=lambda word: (f" {text} ".find(f" {word} "), -len(word)), default="")
    return str(first or code["label"].split(",")[0])


def toll(tables: Tables) -> Shown:
    """Return a table of events by acts, killed and injured, as each article counts them."""
    part = truncate.latest(tables)
    every, events = counts(part), in_order(part)
    held = {count.event for count in every}
    inside = [e for e in events.itertuples() if e.event_id in held and e.kind in VIOLENCE]
    kept = truncate.truncate(inside, _EVENTS)
    beyond = [e for e in events.itertuples() if e.event_id in held and e.kind not in VIOLENCE]
    names = part.labels("events", "kind")
    sections = [
        *((f"{names[k].capitalize()}s", [e for e in kept if e.kind == k]) for k in VIOLENCE),
        *((f"Not comparable: {e.title}", [e]) for e in beyond),
    ]
    finding = _toll_finding([c for c in every if c.event in {e.event_id for e in inside}])
    caption = (
        "Each number keeps its “about” or “at least”, its place and its report. Numbers for"
        " different places and periods are not added up: a series may include attacks that also"
        " have a row of their own."
    )
    listed = [(name, [_row(e, every) for e in rows]) for name, rows in sections if rows]
    left, values = len(inside) - len(kept), {"columns": list(_COLUMNS), "sections": listed}
    template = "ground_toll.html"
    return figure(template, part, tables, finding, caption, left, "more events", **values)


def _row(event: Any, every: list[Count]) -> dict[str, Any]:
    ours = [count for count in every if count.event == event.event_id]
    return {
        "title": event.title,
        "when": event.when,
        "comparable": event.kind in VIOLENCE,
        "cells": [
            (name, [count for count in ours if count.measure in measures])
            for name, measures in _COLUMNS.items()
        ],
    }


def _toll_finding(shown: list[Count]) -> str:
    every, silent = (
        sum(len(count.rows) for count in shown if not bare or not count.value)
        for bare in (False, True)
    )
    if not silent:
        return f"Each of {every} mentions of attacks, strikes, dead and injured has a number"
    return (
        f"The toll is incomplete: {silent} of {every} mentions of attacks, strikes, dead "
        "and injured are without a number"
    )
