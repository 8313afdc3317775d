"""The second reading: who read which row, whether it still says that, how to read blind."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from explainer.data.dataset import Dataset, Problem, Record, key_columns
from explainer.data.evidence import fragments, plain
from explainer.data.files import lines, replace

READINGS, ANSWERS = "readings", "answers"
SIGNED = (
    "people", "events", "troops", "attacks", "quantities", "mentions", "statements", "wording",
    "links", "disagreements",
)  # fmt: skip
# of which a reading may be of the whole row, our own words in it included
BESIDE = ("sources", "places", "topics", "record", "comparisons", "set_aside", "corrections")
TOLD = ("corrections",)  # read whole: a row that is withdrawn is told of by one
EVERY = (*SIGNED, *BESIDE)
BLIND, REVIEW, WHOLE = "blind", "review", "whole"
WORDS = "words"  # of a sentence or a chart, not of a row
NUMBERS = ("count", "value")
LETTERS = ascii_lowercase.replace("q", "")  # q stops
DERIVED = ("statements.side", "statements.precision", "events.precision", "troops.as_of_basis")
REFERRED = {"events": "title", "people": "name"}  # what a cell may point at, and how that is called
SHOWN = {"people": "name", "events": "title", "wording": "term"}  # what is coded, beside the words


def unsigned(data: Dataset) -> list[Record]:
    """Return the rows of fact that nobody has read a second time: with any, all is a draft."""
    marks = [row for row in data.tables.get(READINGS, ()) if row["kind"] != WORDS]
    read = {row["row"] for row in marks if row["kind"] != WHOLE}
    whole = read | {row["row"] for row in marks}
    apart = [(table, read if table in SIGNED else whole) for table in (*SIGNED, *TOLD)]
    return [row for table, known in apart for row in data.live(table) if row.key not in known]


def signed(data: Dataset) -> Iterator[Problem]:
    """A row says what it said when it was read; one that was read whole, in its notes, too."""
    if data.ledger is None:
        return
    readings = defaultdict(list)
    for reading in data.tables.get(READINGS, ()):
        if reading["kind"] != WORDS:
            readings[reading["row"], reading["kind"] == WHOLE].append(reading)
    rows = {row.key: row for table in EVERY for row in data.tables.get(table, ())}
    today = max([date.today().isoformat(), *(s["published"] for s in data.articles())])
    for reading in data.tables.get(READINGS, ()):
        if reading["date"] > today:
            yield reading.problem("date", "has not come yet")
    for (key, whole), known in readings.items():
        last = max(known, key=lambda reading: reading["date"])
        if (row := rows.get(key)) is None:
            yield last.problem("row", "was read, and is there no more")
        elif not (row.get("superseded_by") or _digest(row, whole) in {r["digest"] for r in known}):
            how = "'python -m explainer read' shows it without its codes"
            if whole:
                sign = f"read --reader NAME --kind {WHOLE} --already-read FILE'"
                how = (
                    f"with its note and all words, then 'python -m explainer {sign}, its id in FILE"
                )
            was = f"is not as {last['reader']} read it on {last['date']}"
            message = f"{was}: put it back, or have it read again: {how}"
            yield row.problem(next(iter(row)), message)


def _digest(row: Record, whole: bool) -> str:
    return row.whole if whole else row.digest


def sign(
    data: Dataset, folder: Path, rows: Iterable[Record], kind: str, reader: str, day: str
) -> int:
    """Write into `readings.csv` that `reader` has read these rows; return how many are new.

    Their older readings by the same reader, and those of rows that are gone, are dropped.
    """
    alive = {row.key for table in EVERY for row in data.live(table)}
    told = [dict(reading) for reading in data.tables[READINGS]]
    ours = (r for r in told if r["row"] in alive and r["kind"] != WORDS)
    kept = {(r["row"], r["kind"], r["reader"]): r for r in ours}
    before = {place: r["digest"] for place, r in kept.items()}
    for row in rows:
        digest = _digest(row, kind == WHOLE)
        cells = {"row": row.key, "digest": digest, "kind": kind, "reader": reader, "date": day}
        if before.get((row.key, kind, reader)) != digest:
            kept[row.key, kind, reader] = cells
    write(data, folder, READINGS, [*kept.values(), *(r for r in told if r["kind"] == WORDS)])
    return sum(before.get(place) != r["digest"] for place, r in kept.items())


def asked(data: Dataset, table: str) -> list[dict[str, Any]]:
    """Return the columns that a blind reader fills: codes that no rule decides, the events and
    people that a row points at, the position in a matter, and numbers.
    """
    columns = data.columns(table)
    points = _references(data, table)
    coded = [f for f in columns if f.get("codes") and f"{table}.{f['name']}" not in DERIVED]
    return coded + [f for f in columns if f["name"] in (*points, "says", *NUMBERS)]


def choices(data: Dataset, row: Record, column: dict[str, Any]) -> dict[str, str]:
    """Return {answer: its label} of what may stand in a column of this row. Empty for a number."""
    name = column["name"]
    if column.get("codes"):
        return {code["code"]: code["label"] for code in column["codes"]}
    if name == "says":
        alike = [r for r in data.live(row.table) if r["topic_id"] == row["topic_id"]]
        return {says: says for says in sorted({r["says"] for r in alike} - {""})}
    if name in NUMBERS:
        return {}
    table = _references(data, row.table)[name]
    return {other.key: other[REFERRED[table]] for other in data.live(table)}


def session(
    data: Dataset,
    folder: Path,
    reader: str,
    day: str,
    article: str = "",
    ask: Callable[[str], str] = input,
    show: Callable[[str], None] = print,
) -> None:
    """Read rows blind: show each with its words, ask for its codes, sign what agrees. q stops it;
    it goes on there. What differs is kept in `answers.csv`, for both readers to settle, and not
    signed.
    """
    done = {(r["row"], r["reader"]) for name in (READINGS, ANSWERS) for r in data.tables[name]}
    rows = [row for table in SIGNED for row in data.live(table) if (row.key, reader) not in done]
    rows = [row for row in rows if article in ("", row.get("source_id", ""))]
    answers, agreed = [dict(r) for r in data.tables[ANSWERS]], []
    for number, row in enumerate(rows, 1):
        of_row = f"{row.table}, {number} of {len(rows)}: {row.get('source_id', '')}"
        show(f"\n{of_row}\n{context(data, row)}\n")
        given = _codes(data, row, ask, show)
        if given is None:
            break
        differing = {column: code for column, code in given.items() if code != row[column]}
        of = {"row": row.key, "reader": reader, "table": row.table, "date": day}
        answers += [{**of, "column": c, "code": code, "held": row[c]} for c, code in given.items()]
        agreed += [] if differing else [row]
        for column, code in differing.items():
            apart = f"you say {code or 'nothing'}, the row has {row[column] or 'nothing'}"
            show(f"to settle: {row.key}, {column}: {apart}")
    write(data, folder, ANSWERS, answers)
    new = sign(data, folder, agreed, BLIND, reader, day)
    show(f"{new} rows signed; agreement so far:")
    for table, column, both, alike, value in agreement(answers):
        show(f"  {table}.{column}: {alike} of {both} alike, kappa {value:.2f}")


def agreement(answers: Iterable[Mapping[str, str]]) -> list[tuple[str, str, int, int, float]]:
    """Return for each column: table, name, rows, those coded alike, Cohen's kappa (1960)."""
    pairs = defaultdict(list)
    for answer in answers:
        pairs[answer["table"], answer["column"]].append((answer["held"], answer["code"]))
    counted = ((c, both, sum(a == b for a, b in both)) for c, both in sorted(pairs.items()))
    return [(*column, len(both), alike, kappa(both)) for column, both, alike in counted]


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Return Cohen's kappa of two readings: agreement beyond what chance would give."""
    n = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[code] * second[code] for code in first) / n**2
    observed = sum(a == b for a, b in pairs) / n
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


def _codes(
    data: Dataset, row: Record, ask: Callable[[str], str], show: Callable[[str], None]
) -> dict[str, str] | None:
    """Ask for the code of each column. None where the reader stops."""
    given: dict[str, str] = {}
    for column in asked(data, row.table):
        possible = choices(data, row, column)
        lettered = len(possible) <= len(LETTERS)  # of more, the answer itself is typed
        letters = dict(zip(LETTERS, possible, strict=False)) if lettered else {}
        optional = not column.get("constraints", {}).get("required")
        show(f"{column['title']}: {column.get('description', '')}")
        for letter, code in letters.items():
            show(f"  {letter}  {possible[code]}")
        kinds = "id, ? for a list" if possible else "number"
        what = "letter, ? for the rules" if letters else kinds
        while column["name"] not in given:
            answer = ask(f"{what}{', Enter for none' * optional}, q to stop: ").strip()
            if answer == "q":
                return None
            answer = letters.get(answer, answer if possible else answer.replace(",", ""))
            if answer == "?":
                rules = {c["code"]: c for c in column.get("codes", [])}
                for code, label in possible.items():
                    rule = rules.get(code, {})
                    show(f"  {code}  {label}: {rule.get('means', '')} {rule.get('rule', '')}")
            elif answer in possible or (not possible and answer.isdecimal()):
                given[column["name"]] = answer
            elif answer == "" and optional:
                given[column["name"]] = ""
    return given


def context(data: Dataset, row: Record) -> str:
    """Return what a blind reader sees of a row: what it is of, its words, and where the article is
    at hand the paragraphs in which they stand. Of an event, the words of all who mention it; of a
    position in a matter only the matter: whether the article speaks of it is what is asked.
    """
    if row.table == "disagreements":
        topic = next(t for t in data.live("topics") if t.key == row["topic_id"])
        return f"{topic['question']}\n(the words are to be found in the article)"
    proofs = [row] if row.get("evidence") else []
    if row.table == "events":
        proofs = [m for m in data.live("mentions") if m["event_id"] == row.key]
    runs = [(proof["source_id"], run) for proof in proofs for run in fragments(proof["evidence"])]
    around = [
        line
        for source in dict.fromkeys(source for source, _ in runs)
        for line in plain(data.texts.get(source, "")).split("\n")
        if any(run in line for of, run in runs if of == source)
    ]
    own = [f"“{proof['evidence']}”" for proof in proofs]
    of = [row[SHOWN[row.table]]] if row.table in SHOWN else []
    same = ("source_id", "evidence")
    twins = [r.key for r in data.live(row.table) if all(r.get(c) == row.get(c) for c in same)]
    if len(twins) > 1 and row.table != "events":  # several facts in the same words
        of += [f"row {twins.index(row.key) + 1} of {len(twins)} of these words"]
        of += [row["key_words"]] if "key_words" in row else []
    return "\n".join([*of, *around, *own])


def _references(data: Dataset, table: str) -> dict[str, str]:
    """Return {column: table} of the columns that point at events or people."""
    return {
        key["fields"]: key["reference"]["resource"]
        for key in data.resource(table)["schema"].get("foreignKeys", [])
        if key["reference"]["resource"] in REFERRED
    }


def write(data: Dataset, folder: Path, table: str, rows: Iterable[dict[str, str]]) -> None:
    """Write a table, in the order of its key."""
    columns = [f["name"] for f in data.columns(table)]
    key = key_columns(data.resource(table))
    ordered = sorted(rows, key=lambda row: [row[column] for column in key])
    cells = ([row[column] for column in columns] for row in ordered)
    replace(folder / f"{table}.csv", lines([columns, *cells]))
