"""Disagreements: enough positions for the kind of topic, and no position that its evidence does
not hold.
"""

from collections import defaultdict
from collections.abc import Iterator

from explainer.check.numerals import numbers
from explainer.data.dataset import Dataset, Problem
from explainer.data.dates import find
from explainer.data.evidence import words
from explainer.data.grammar import NEGATION


def kinds(data: Dataset) -> Iterator[Problem]:
    """Articles differ in a contradiction or a framing, some are silent in an omission, all in
    what nobody answers.

    Silence needs no row: an article is silent where no row of it says something.
    """
    said, saying = defaultdict(set), defaultdict(set)
    for row in data.live("disagreements"):
        if row["stance"] == "says":
            said[row["topic_id"]].add(row["says"])
            saying[row["topic_id"]].add(row["source_id"])
    everyone = {source["source_id"] for source in data.articles()}
    for topic in data.live("topics"):
        key, kind = topic["topic_id"], topic["kind"]
        if kind in ("contradiction", "framing") and len(said[key]) < 2:
            yield topic.problem(
                "kind", f"{key} has {len(said[key])} different positions: two are due"
            )
        if kind == "omission" and (not said[key] or saying[key] == everyone):
            yield topic.problem(
                "kind", f"{key} is due an article that says something and one that is silent"
            )
        if kind == "unanswered" and said[key]:
            yield topic.problem(
                "kind",
                f"{key} is answered by {', '.join(sorted(saying[key]))}: its kind, question, "
                "why_it_matters and the sentences that say that no report answers follow",
            )


def positions(data: Dataset) -> Iterator[Problem]:
    """A number in a position can be read in its evidence."""
    for row in data.live("disagreements"):
        dated = {word for written, _ in find(row["says"]) for word in words(written)}
        proved = {n.value for n in numbers(words(row["evidence"]))}
        for n in numbers(words(row["says"])):
            if n.value not in proved and words(row["says"])[n.first] not in dated:
                yield row.problem(
                    "says", f'has {n.value}, which is not in the evidence "{row["evidence"]}"'
                )
                break
        if row["says"].startswith("yes") and NEGATION.search(row["evidence"]):
            yield row.problem("says", f'is not what "{row["evidence"]}" says')
