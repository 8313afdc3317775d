"""Words: evidence within its limits and verbatim; every other cell that repeats an article's
words, too.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from explainer.check.matching import named, stands, stems
from explainer.data.dataset import Dataset, Problem, Record
from explainer.data.evidence import (
    JOINT,
    Fingerprint,
    W,
    around,
    fragments,
    lengths,
    printed,
    together,
    unproven,
    words,
)
from explainer.data.grammar import HEDGE, HEDGED, NEGATED, NEGATION, clause

_ARTICLES = ("the", "a", "an")
# A note that waives a rule tells of the article, or quotes it.
_TELLING = re.compile(r"\b(?:article|report|sentence|clause|headline|outlet)\b|[“‘'\"]")
PROSE, QUOTED, RUNS = 15, 25, 3  # words of a reporter's prose, quoted words, runs of words


def limits(data: Dataset) -> Iterator[Problem]:
    """Evidence is at most three runs of four words or more, 15 of prose and 25 quoted; a
    quotation is all quoted.
    """
    for row in data.every():
        if not (evidence := row.get("evidence", "")):
            continue
        runs, (prose, quoted) = fragments(evidence), lengths(evidence)
        if len(runs) > RUNS:
            yield row.problem("evidence", f"joins {len(runs)} runs of words: {RUNS} at the most")
        if short := next((run for run in runs if len(words(run)) < W), None):
            yield row.problem("evidence", f'has a run of fewer than {W} words: "{short}"')
        if row.get("form") == "quote":
            if quoted or '"' in evidence or "“" in evidence:
                yield row.problem(
                    "evidence", "has a quotation mark: a quotation is nothing but the quoted words"
                )
            prose, quoted = 0, prose
        if prose > PROSE:
            yield row.problem(
                "evidence", f"has {prose} words outside quotation marks: {PROSE} at the most"
            )
        if quoted > QUOTED:
            yield row.problem("evidence", f"has {quoted} quoted words: {QUOTED} at the most")


def verbatim(data: Dataset) -> Iterator[Problem]:
    """Evidence, headlines, roles and what is set aside stand in their article to the letter, by
    its fingerprint.
    """
    known = data.fingerprints
    for row in data.every():
        for column in ("evidence", "headline", "role_as_written", "text"):
            written = row.get(column, "")
            if row.get("source_id") not in known or (
                column != "evidence" and len(words(written)) < W
            ):
                continue
            wrong = unproven(written, known[row["source_id"]].hashes) if written else []
            for run in fragments(written) if written else ():
                if len(words(run)) >= W and run in wrong:
                    yield row.problem(column, f'is not in {row["source_id"]} word by word: "{run}"')
                elif len(words(run)) >= W and not printed(run, known[row["source_id"]]):
                    yield row.problem(
                        column,
                        f"is in {row['source_id']} with other capitals or marks, or is two "
                        f'passages of it: "{run}"',
                    )


def joined(data: Dataset) -> Iterator[Problem]:
    """Runs that one fact rests on are of one paragraph, unless `note` says what connects them."""
    for table in ("statements", "troops", "attacks", "quantities", "links"):
        for row in data.live(table):
            known, runs = data.fingerprints.get(row["source_id"]), fragments(row["evidence"])
            if (
                known
                and known.letters
                and len(runs) > 1
                and not _share(row["note"], row["evidence"])
                and not together(runs, known)
            ):
                yield row.problem(
                    "evidence",
                    "joins runs of different paragraphs: what connects them stands in `note`, in a "
                    "word of theirs",
                )


def _share(note: str, evidence: str) -> bool:
    """Tell whether a note has a longer word of the evidence."""
    return any(len(word) > 3 and word in words(evidence) for word in words(note))


def polarity(data: Dataset) -> Iterator[Problem]:
    """A negation or a hedge around the words that prove a row is in them; a code does not turn
    its own words round.
    """
    named = defaultdict(list)
    for row in data.every():
        if row.table in ("people", "wording", "troops", "attacks", "quantities"):
            named[row["source_id"]].append(row["evidence"])
    for table in ("statements", "links", "disagreements"):
        for row in data.live(table):
            known = data.fingerprints.get(row["source_id"])
            if known and row["evidence"] and not _names(row, named[row["source_id"]]):
                yield from _cut(row, known)
    codes = {code["code"]: code.get("words", []) for code in data.codes("statements", "position")}
    for row in data.live("statements"):
        if row["position"] in ("none", "no_plan"):
            continue
        run = next((run for run in fragments(row["evidence"]) if row["key_words"] in run), "")
        left = clause(row["key_words"], run)
        negations = {
            m.group()
            for m in NEGATION.finditer(left)
            if not any(
                m.group() in phrase and phrase in left.casefold()
                for phrase in codes[row["position"]]
            )
        }
        for word in sorted(negations):
            if not (_TELLING.search(row["note"]) and word in words(row["note"])):
                yield row.problem(
                    "position",
                    f'stands against "{word}" in "{left.strip()}": another position is '
                    f'due, or `note` says why in spite of "{word}"',
                )


def _names(row: Record, others: list[str]) -> bool:
    """Tell whether a position in a matter is a name, a title or a number, which no negation turns:
    its words are those of the evidence, or the evidence is in a row that names or counts.
    """
    if row.table != "disagreements":
        return False
    same = set(words(row["says"])) <= {*words(row["evidence"])}
    return same or any(row["evidence"] in other for other in others)


def _cut(row: Record, known: Fingerprint) -> Iterator[Problem]:
    runs = fragments(row["evidence"])
    signs = [(NEGATED, NEGATION, "negation"), (HEDGED, HEDGE, "hedge")]
    decides = row.table != "disagreements" and row.get("position") != "none"
    for sign, pattern, what in signs[: 1 + decides]:
        told = row["note"] if _TELLING.search(row["note"]) else ""
        if any(sign in around(run, known) for run in runs) and not pattern.search(
            row["evidence"] + " " + told
        ):
            yield row.problem(
                "evidence",
                f"leaves out the {what} that stands in its clause: take it in, or tell of "
                f"it in `note`",
            )
    key = row.get("key_words", "")
    left = clause(key, next((run for run in runs if key and key in run), ""))
    if row.get("position") == "no_plan" and NEGATION.search(left) and not NEGATION.search(key):
        yield row.problem("key_words", f'leave out the negation of "{left.strip()}"')


def repeated(data: Dataset) -> Iterator[Problem]:
    """Key words, terms, names and written dates stand in the evidence; of a role too short for a
    fingerprint, each word
    stands in some words of the article that are verified."""
    known: dict[str, set[str]] = defaultdict(set)
    for row in data.every():
        for column in ("evidence", "role_as_written"):
            if len(run := words(row.get(column, ""))) >= W:
                known[row.get("source_id", "")] |= {*run, *stems(run)}
    mentioned = {(m["event_id"], m["source_id"]): m["evidence"] for m in data.live("mentions")}
    names = {person["person_id"]: words(person["named_as"]) for person in data.live("people")}
    for row in data.every():
        for column in ("key_words", "term", "named_as", "date_as_written"):
            if not (written := row.get(column, "")):
                continue
            proof = row["evidence"]
            if row.table == "statements" and column == "date_as_written":
                proof += JOINT + mentioned.get((row["event_id"], row["source_id"]), "")
            there = named(written, proof) if column == "named_as" else stands(written, proof)
            if not there or (column == "term" and written not in proof):
                yield row.problem(column, f'is not in the evidence "{row["evidence"]}"')
        role = words(row.get("role_as_written", ""))
        sure = known[row.get("source_id", "")], names.get(row.get("person_id", ""), ()), _ARTICLES
        strange = [w for w in stems(role) if not any(w in among for among in sure)]
        if strange and len(role) < W:
            yield row.problem(
                "role_as_written",
                f'has "{strange[0]}", which is in no evidence of {row["source_id"]}',
            )
