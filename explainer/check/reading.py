"""The second reading: who read which row, whether it still says what was read, and how to read
blind.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from explainer.data.dataset import Dataset, Problem, Record, read
from explainer.data.evidence import fragments, plain
from explainer.data.files import replace

READINGS, ANSWERS = "readings", "answers"
SIGNED = (
    "people",
    "events",
    "troops",
    "attacks",
    "quantities",
    "mentions",
    "statements",
    "wording",
    "links",
    "disagreements",
)
BLIND, REVIEW = "blind", "review"
NUMBERS = ("count", "value")
DERIVED = ("side", "precision", "as_of_basis")  # a rule decides these from other cells


def unsigned(data: Dataset) -> list[Record]:
    """Return the rows of fact that nobody has read a second time: as long as there are any, the
    data is a draft.
    """
    read = {row["row"] for row in data.tables.get(READINGS, ())}
    return [row for table in SIGNED for row in data.live(table) if row.key not in read]


@cache
def unread(folder: Path) -> int:
    """Return how many rows of a folder of data nobody has read a second time."""
    data, _ = read(folder)
    return len(unsigned(data)) if data is not None else 0


def signed(data: Dataset) -> Iterator[Problem]:
    """A row says what it said when it was read: no cell that carries meaning changes in silence."""
    if data.ledger is None:
        return
    readings = defaultdict(list)
    for reading in data.tables.get(READINGS, ()):
        readings[reading["row"]].append(reading)
    rows = {row.key: row for table in SIGNED for row in data.live(table)}
    for key, known in readings.items():
        row = rows.get(key)
        if row is not None and row.digest not in {reading["digest"] for reading in known}:
            last = max(known, key=lambda reading: reading["date"])
            yield row.problem(
                next(iter(row)),
                f"is not as {last['reader']} read it on {last['date']}: put it back, or "
                f"have it read again "
                "('python -m explainer read' shows it without its codes)",
            )


def sign(
    data: Dataset, folder: Path, rows: Iterable[Record], kind: str, reader: str, day: str
) -> int:
    """Write into `readings.csv` that `reader` has read these rows; return how many are new.

    A reading of a row that has changed since by the same reader is replaced; one of a row that is
    gone is dropped.
    """
    alive = {row.key for table in SIGNED for row in data.live(table)}
    kept = {
        (r["row"], r["kind"], r["reader"]): dict(r)
        for r in data.tables[READINGS]
        if r["row"] in alive
    }
    before = {place: r["digest"] for place, r in kept.items()}
    for row in rows:
        cells = {"row": row.key, "digest": row.digest, "kind": kind, "reader": reader, "date": day}
        if before.get((row.key, kind, reader)) != row.digest:
            kept[row.key, kind, reader] = cells
    _write(data, folder, READINGS, (kept[place] for place in sorted(kept)))
    return sum(before.get(place) != r["digest"] for place, r in kept.items())


def asked(data: Dataset, table: str) -> list[dict[str, Any]]:
    """Return the columns of a table that a blind reader codes: those with codes that no rule
    decides, and numbers.
    """
    columns = data.columns(table)
    coded = [f for f in columns if f.get("codes") and f["name"] not in DERIVED]
    return coded + [f for f in columns if f["name"] in NUMBERS]


def session(
    data: Dataset,
    folder: Path,
    reader: str,
    day: str,
    article: str = "",
    ask: Callable[[str], str] = input,
    show: Callable[[str], None] = print,
) -> None:
    """Read rows blind: show each with its words and their place, ask for its codes, compare, sign
    what agrees.

    It can be stopped with q and goes on where it stopped. What does not agree is kept in
    `answers.csv`, for both
    readers to settle, and is not signed.
    """
    done = {(r["row"], r["reader"]) for name in (READINGS, ANSWERS) for r in data.tables[name]}
    rows = [
        row
        for table in SIGNED
        for row in data.live(table)
        if (row.key, reader) not in done
        and asked(data, table)
        and article in ("", row.get("source_id", ""))
    ]
    answers, agreed = [dict(r) for r in data.tables[ANSWERS]], []
    for number, row in enumerate(rows, 1):
        show(
            f"\n{row.table}, {number} of {len(rows)}: "
            f"{row.get('source_id', '')}\n{_context(data, row)}\n"
        )
        given = _codes(asked(data, row.table), ask, show)
        if given is None:
            break
        differing = {column: code for column, code in given.items() if code != row[column]}
        answers += [
            {
                "row": row.key,
                "column": column,
                "reader": reader,
                "code": code,
                "held": row[column],
                "date": day,
            }
            for column, code in given.items()
        ]
        agreed += [] if differing else [row]
        for column, code in differing.items():
            show(
                f"to settle: {row.key}, {column}: you say {code}, the row has "
                f"{row[column] or 'nothing'}"
            )
    _write(
        data, folder, ANSWERS, sorted(answers, key=lambda a: (a["row"], a["column"], a["reader"]))
    )
    new = sign(data, folder, agreed, BLIND, reader, day)
    show(f"{new} rows signed; agreement so far:")
    for line in agreement(answers, {row.key: row.table for t in SIGNED for row in data.tables[t]}):
        show(line)


def agreement(answers: Iterable[dict[str, str]], tables: dict[str, str]) -> list[str]:
    """Return for each column the share of codes alike and Cohen's kappa (1960), in words."""
    pairs = defaultdict(list)
    for answer in answers:
        pairs[f"{tables.get(answer['row'], '')}.{answer['column']}"].append(
            (answer["held"], answer["code"])
        )
    return [
        f"  {column}: {sum(a == b for a, b in both)} of {len(both)} alike, kappa {kappa(both):.2f}"
        for column, both in sorted(pairs.items())
    ]


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Return Cohen's kappa of two readings: agreement beyond what their frequencies of codes
    would give by chance.
    """
    n = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[code] * second[code] for code in first) / n**2
    observed = sum(a == b for a, b in pairs) / n
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


def _codes(
    columns: list[dict[str, Any]], ask: Callable[[str], str], show: Callable[[str], None]
) -> dict[str, str] | None:
    """Ask for the code of each column. None where the reader stops."""
    given: dict[str, str] = {}
    for column in columns:
        letters = {chr(ord("a") + i): code for i, code in enumerate(column.get("codes", []))}
        show(f"{column['title']}: {column.get('description', '')}")
        for letter, code in letters.items():
            show(f"  {letter}  {code['label']}")
        while column["name"] not in given:
            answer = ask(
                "letter, ? for the rules, q to stop: "
                if letters
                else "number, Enter for none, q to stop: "
            ).strip()
            if answer == "q":
                return None
            if answer == "?":
                for letter, code in letters.items():
                    show(
                        f"  {letter}  {code['label']}: {code.get('means', '')} "
                        f"{code.get('rule', '')}"
                    )
            elif answer in letters:
                given[column["name"]] = letters[answer]["code"]
            elif not letters and (answer == "" or answer.replace(",", "").isdecimal()):
                given[column["name"]] = answer.replace(",", "")
    return given


def _context(data: Dataset, row: Record) -> str:
    """Return the words of a row in the paragraph in which they stand, where the article is at
    hand.
    """
    runs = fragments(row["evidence"]) if row.get("evidence") else []
    lines = plain(data.texts.get(row.get("source_id", ""), "")).split("\n")
    around = [line for line in lines if any(run in line for run in runs)]
    own = f"“{row['evidence']}”" if runs else row.get("title", "")
    return "\n".join([*dict.fromkeys(around), own])


def _write(data: Dataset, folder: Path, table: str, rows: Iterable[dict[str, str]]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, [f["name"] for f in data.columns(table)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    replace(folder / f"{table}.csv", out.getvalue())
