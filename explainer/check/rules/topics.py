"""Disagreements: enough positions for the kind of topic, each held by its evidence."""

from collections import defaultdict
from collections.abc import Iterator

from explainer.data.dataset import Dataset, Problem
from explainer.data.evidence import fragments, shingles, words


def kinds(data: Dataset) -> Iterator[Problem]:
    """Articles differ, some are silent, or all are: an article without a position is silent."""
    said, saying = defaultdict(set), defaultdict(set)
    for row in data.live("disagreements"):
        if row["stance"] == "says":
            said[row["topic_id"]].add(row["says"])
            saying[row["topic_id"]].add(row["source_id"])
    everyone = {source.key for source in data.articles()}
    for topic in data.live("topics"):
        key, kind, wrong = topic.key, topic["kind"], ""
        if kind in ("contradiction", "framing") and len(said[key]) < 2:
            wrong = f"has {len(said[key])} different positions: two are due"
        if kind == "omission" and (not said[key] or saying[key] == everyone):
            wrong = "is due an article that says something and one that is silent"
        if kind == "unanswered" and said[key]:
            wrong = (
                f"is answered by {', '.join(sorted(saying[key]))}: its kind, question, "
                "why_it_matters and the sentences that say that no report answers follow"
            )
        if wrong:
            yield topic.problem("kind", f"{key} {wrong}")


def events(data: Dataset) -> Iterator[Problem]:
    """A position has words that a row of the matter's event has, too; where each of several has
    those of one event, the matter is about it.
    """
    told: dict[tuple[str, str], set[str]] = defaultdict(set)  # by article and run of four words
    taking = defaultdict(list)
    for row in data.every():
        if event := row.get("event_id"):
            for run in (row.get("role_as_written", ""), *fragments(row.get("evidence", ""))):
                for shingle in shingles(words(run)):
                    told[row.get("source_id", ""), shingle].add(event)
    for row in data.live("disagreements"):
        if row["stance"] == "says":
            own = (s for run in fragments(row["evidence"]) for s in shingles(words(run)))
            events = (told.get((row["source_id"], shingle), set()) for shingle in own)
            taking[row["topic_id"]].append(set[str]().union(*events))
    for topic in data.live("topics"):
        event, positions = topic["event_id"], taking[topic.key]
        common = set.intersection(*positions) if len(positions) > 1 else set()
        if event and positions and event not in set.union(*positions):
            what = "no row of it has words of a position: cite those of a statement or mention"
            yield topic.problem("event_id", what)
        elif common and event not in common:
            yield topic.problem("event_id", f"but each position has words of {min(common)}")


def agreement(data: Dataset) -> Iterator[Problem]:
    """Of two readings no more is alike than both have, and no more in both than in each."""
    for row in data.live("agreement"):
        both, agreed, whole = int(row["both"]), int(row["agreed"]), row["column"] == "rows"
        most = both if whole else agreed
        alike = not row["kappa"] or (float(row["kappa"]) == 1) == (agreed == both)
        if not agreed == most <= both <= min(int(row["first"]), int(row["second"])) or not alike:
            yield row.problem("agreed", f"does not add up with {both} in both readings")
