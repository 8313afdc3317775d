"""Borne out: what our own words state, the rows that they stand for say in a word that means it."""

from collections.abc import Iterator

from explainer.check.claims import grounds
from explainer.check.diction import ADDED, diction_of
from explainer.check.proofs import proofs_of
from explainer.check.rules.own_words import held_of
from explainer.check.rules.record import beside_of
from explainer.data.dataset import Dataset, Problem

BORNE = {
    "events": ("title",),
    "topics": ("question",),
    "disagreements": ("says",),
    "record": ("title",),
    "comparisons": ("says", "note"),
}
UNANSWERED = "unanswered"  # a question on which no report has words
_RECKONED = frozenset(("before", "last"))  # by us, from dates
_GROUPS = ("event_id", "topic_id", "source_id")


def stated(data: Dataset) -> Iterator[Problem]:
    """What we state, a row that it stands for says in a word that means the same."""
    held, proofs = held_of(data), proofs_of(data)
    beside, diction = beside_of(data), diction_of(data)
    for table, columns in BORNE.items():
        for row in data.live(table):
            if row.get("kind") == UNANSWERED:
                continue
            keys = [row.key, *(row[c] for c in _GROUPS if row.get(c))]
            near = [row.get("row", ""), row.get("fact", ""), row.get("source_id", "")]
            near += [*beside[row.key], *beside[row.get("row", "")]]
            words = [held.of(key) for key in keys] + [proofs.given(k).words for k in near if k]
            for column in columns:
                own = grounds([row], proofs.labels, without=(column, "note")).words
                if word := diction.strange(row[column], _RECKONED, own, *words, of="rows"):
                    what = f'says "{word}", which no row that it stands for says: {ADDED}'
                    yield row.problem(column, what)
