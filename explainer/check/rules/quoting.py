"""How much of an article its evidence gives back: a proof is a pointer, not a reprint."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from explainer.data.dataset import Dataset, Problem
from explainer.data.evidence import W, fragments, places, shingles, words

SHARE = 0.55  # of an article's words, in all evidence together
SHINGLES = 0.4  # of its shingles: fewer than of its words, as the last three of a run begin none
RUN = 30  # words of an article that evidence may cover in a row
_LISTED = 8  # rows in a message
SHORT = 250  # words; of a shorter article a handful of proofs is more than that


def bounded(data: Dataset) -> Iterator[Problem]:
    """All evidence of an article together, corrected rows included, gives back a bounded share."""
    pieces = evidence(data)
    for source in data.articles():
        known = data.fingerprints.get(source.key)
        if not known or known.words < SHORT:
            continue
        found, count = returned(pieces[source.key])
        runs = len(found & known.hashes)
        for what, have, of, most in (
            ("words", count, known.words, SHARE),
            ("runs of four words", runs, len(known.hashes), SHINGLES),
        ):
            if have > most * of:
                given = f"is given back by its evidence to {have / of:.1%} of its {what}"
                less = f"{most:.0%} at the most, {have - int(most * of)} fewer; shorten evidence"
                how = f"{less}, or cite words that another row cites; of one row alone are"
                yield source.problem("source_id", f"{given}: {how} {_alone(data, source.key)}")


def _alone(data: Dataset, source: str) -> str:
    """Return the rows of an article with most words that no other row cites."""
    rows = [row for row in data.every() if row.get("source_id") == source and row.get("evidence")]
    cited = {row.key: returned([row["evidence"]])[0] for row in rows}
    count = Counter(shingle for found in cited.values() for shingle in found)
    alone = sorted((-sum(count[s] == 1 for s in found), key) for key, found in cited.items())
    return ", ".join(f"{key} ({W - 1 - n})" for n, key in alone[:_LISTED] if n)


def covering(data: Dataset) -> Iterator[Problem]:
    """With the articles at hand: a bounded share of them, and no long run, is in evidence."""
    pieces = evidence(data)
    for source in data.articles():
        text = words(data.texts.get(source.key, ""))
        if len(text) < SHORT:
            continue
        cited, first = covered(pieces[source.key], text), 0
        if len(cited) > SHARE * len(text):
            what = f"has {len(cited)} of its {len(text)} words in evidence: {SHARE:.0%} at the most"
            yield source.problem("source_id", what)
        for place in (place for place in range(len(text) + 1) if place not in cited):
            if place - first > RUN:
                run = f"{' '.join(text[first : first + 4])} … {' '.join(text[place - 4 : place])}"
                what = f'has a run of {place - first} words in evidence, "{run}"'
                yield source.problem("source_id", f"{what}: {RUN} at the most")
            first = place + 1


def evidence(data: Dataset) -> dict[str, list[str]]:
    """Return {article: its evidence in all tables}, of corrected rows, too: it is published."""
    pieces: dict[str, list[str]] = defaultdict(list)
    for rows in data.tables.values():
        for row in rows:
            if row.get("evidence"):
                pieces[row.get("source_id", "")].append(row["evidence"])
    return pieces


def returned(pieces: Iterable[str]) -> tuple[set[str], int]:
    """Return the distinct shingles of pieces of evidence, hashed, and how many words they hold.

    Without the article: a run of words has three words more than shingles. Runs are taken to touch
    where the first three words of a shingle are the last three of another, and words that an
    article has twice count once.
    """
    runs = {words(f) for piece in pieces for f in fragments(piece)}
    found = {run[i : i + W] for run in runs for i in range(len(run) - W + 1)}
    ends = {shingle[1:] for shingle in found}
    begun = sum(shingle[:-1] not in ends for shingle in found)
    return {h for shingle in found for h in shingles(shingle)}, len(found) + (W - 1) * begun


def covered(pieces: Iterable[str], text: tuple[str, ...]) -> set[int]:
    """Return where in `text` evidence stands: each run where it stands first."""
    runs = {words(f) for piece in pieces for f in fragments(piece)}
    firsts = ((run, places(run, text)[:1]) for run in runs)
    return {i for run, first in firsts for place in first for i in range(place, place + len(run))}
