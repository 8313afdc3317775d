"""Words: evidence within limits, and verbatim as all that repeats an article's words."""

import re
from collections import defaultdict
from collections.abc import Iterator

from explainer.check.matching import carried, named, stands, stems
from explainer.data.dataset import Dataset, Problem, Record
from explainer.data.evidence import (
    JOINT,
    W,
    around,
    fragments,
    lengths,
    printed,
    together,
    unproven,
    words,
)
from explainer.data.grammar import HEDGE, HEDGED, NEGATED, NEGATION, UNDONE, clause

# A note that waives a rule tells of the article, or quotes it.
_TELLING = re.compile(r"\b(?:article|report|sentence|clause|headline|outlet)\b|[“‘'\"]")
PROSE, QUOTED, RUNS = 15, 25, 3  # words of a reporter's prose, quoted words, runs of words


def limits(data: Dataset) -> Iterator[Problem]:
    """Evidence is at most three runs of four words or more, 15 of prose and 25 quoted."""
    for row in data.every():
        evidence = row.get("evidence", "")
        runs, (prose, quoted), marked = fragments(evidence), lengths(evidence), False
        if row.get("form") == "quote":
            marked = bool(quoted or '"' in evidence or "“" in evidence)
            prose, quoted = 0, prose
        short = next((run for run in runs if run and len(words(run)) < W), "")
        for wrong, message in (
            (len(runs) > RUNS, f"joins {len(runs)} runs of words: {RUNS} at the most"),
            (short, f'has a run of fewer than {W} words: "{short}"'),
            (marked, "has a quotation mark: a quotation is nothing but the quoted words"),
            (prose > PROSE, f"has {prose} words outside quotation marks: {PROSE} at the most"),
            (quoted > QUOTED, f"has {quoted} quoted words: {QUOTED} at the most"),
        ):
            if wrong:
                yield row.problem("evidence", message)


def verbatim(data: Dataset) -> Iterator[Problem]:
    """Evidence, headlines, roles, what is set aside: letter by letter in the fingerprint."""
    for row in data.every():
        if not (known := data.fingerprints.get(row.get("source_id", ""))):
            continue
        for column in ("evidence", "headline", "role_as_written", "text"):
            runs = fragments(row.get(column, ""))
            for run in (run for run in runs if len(words(run)) >= W):
                where = f"{row['source_id']} with other capitals or marks, or is two passages of it"
                if unproven(run, known.hashes):
                    yield row.problem(column, f'is not in {row["source_id"]} word by word: "{run}"')
                elif not printed(run, known):
                    yield row.problem(column, f'is in {where}: "{run}"')


def joined(data: Dataset) -> Iterator[Problem]:
    """Runs that one fact rests on are of one paragraph, unless `note` says what connects them."""
    for table in ("statements", "troops", "attacks", "quantities", "links"):
        for row in data.live(table):
            known, runs = data.fingerprints.get(row["source_id"]), fragments(row["evidence"])
            told = {*words(row["evidence"])} & {
                word for word in words(row["note"]) if len(word) > 3
            }
            apart = len(runs) > 1 and known and known.letters and not together(runs, known)
            if apart and not told:
                how = "what connects them stands in `note`, in a word of theirs"
                yield row.problem("evidence", f"joins runs of different paragraphs: {how}")


def polarity(data: Dataset) -> Iterator[Problem]:
    """A negation or a hedge around the words that prove a row is in them, or told of in `note`."""
    named = defaultdict(list)
    for row in data.every():
        if row.table in ("people", "wording", "troops", "attacks", "quantities"):
            named[row["source_id"]].append(row["evidence"])
    for table in ("statements", "links", "disagreements"):
        for row in data.live(table):
            evidence, runs = row["evidence"], fragments(row["evidence"])
            known, matter = data.fingerprints.get(row["source_id"]), table == "disagreements"
            if not known or not evidence or (matter and _names(row, named[row["source_id"]])):
                continue
            around_it = "".join(around(run, known) for run in runs)
            told = evidence + " " + (row["note"] if _TELLING.search(row["note"]) else "")
            signs = [(NEGATED, NEGATION, "negation"), (HEDGED, HEDGE, "hedge")]
            for sign, pattern, what in signs[: 1 if matter or row.get("position") == "none" else 2]:
                if sign in around_it and not pattern.search(told):
                    how = "stands in its clause: take it in, or tell of it in `note`"
                    yield row.problem("evidence", f"leaves out the {what} that {how}")


def _names(row: Record, others: list[str]) -> bool:
    """Tell whether a position is a name, a title or a number, which no negation turns: in its
    evidence word by word, or in a row that names or counts.
    """
    same = set(words(row["says"])) <= {*words(row["evidence"])}
    return same or any(row["evidence"] in other for other in others)


def turned(data: Dataset) -> Iterator[Problem]:
    """A code does not turn its own words round, and key words do not leave out their negation."""
    codes = data.codes("statements", "position")
    for row in data.live("statements"):
        key, position = row["key_words"], row["position"]
        run = next((run for run in fragments(row["evidence"]) if key in run), "")
        left = clause(key, run)
        negations = {match.group() for match in NEGATION.finditer(left)}
        if position == "no_plan" and negations and not NEGATION.search(key):
            yield row.problem("key_words", f'leave out the negation of "{left.strip()}"')
        ahead = UNDONE.search(left[: max(left.find(key), 0)]) if position != "none" else None
        if ahead and not UNDONE.search(key):
            yield row.problem(
                "key_words", f'leave out "{ahead[0]}", without which they are no fact'
            )
        own = [phrase for phrase in carried(codes, position) if phrase in left.casefold()]
        for word in sorted(negations) if position not in ("none", "no_plan") else ():
            told = _TELLING.search(row["note"]) and word in words(row["note"])
            if not told and not any(word in phrase for phrase in own):
                how = f'another position is due, or `note` says why in spite of "{word}"'
                yield row.problem("position", f'stands against "{word}" in "{left.strip()}": {how}')


def repeated(data: Dataset) -> Iterator[Problem]:
    """Key words, terms, names and written dates stand in the evidence."""
    mentioned = {(m["event_id"], m["source_id"]): m["evidence"] for m in data.live("mentions")}
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


def roles(data: Dataset) -> Iterator[Problem]:
    """Each word of a role too short for a fingerprint stands in words that are verified."""
    known: dict[str, set[str]] = defaultdict(set)
    for row in data.every():
        for column in ("evidence", "role_as_written"):
            if len(run := words(row.get(column, ""))) >= W:
                known[row.get("source_id", "")] |= {*run, *stems(run)}
    names = {person.key: words(person["named_as"]) for person in data.live("people")}
    for row in data.live("statements"):
        if 0 < len(role := words(row["role_as_written"])) < W:
            name = names.get(row["person_id"], ())
            short = (word.removeprefix("al-") for word in name)
            sure = known[row["source_id"]].union(name, short, ("the", "a", "an"))
            if strange := next((word for word in stems(role) if word not in sure), ""):
                what = f'has "{strange}", which is in no evidence of {row["source_id"]}'
                yield row.problem("role_as_written", what)
