"""Corruption: the data damaged one cell at a time, to measure how much of it the check finds."""

import csv
import io
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TextIO

from explainer.check.rules import cells, keys, undecided
from explainer.check.run import STAGES, Rule
from explainer.data.dataset import WITHOUT_IDS, Dataset, Record
from explainer.data.evidence import words

SEED = 2024
SAMPLE = (
    2  # rows for each file, column and kind; three times as many where the damage is of few columns
)
FILE = "corruption.csv"
COLUMNS = ("kind", "table", "column", "tried", "caught")
_PROSE = (
    "evidence",
    "headline",
    "role_as_written",
    "term",
    "key_words",
    "named_as",
    "date_as_written",
    "text",
)
_HEDGES = re.compile(r"\b(?:about|around|approximately|at least|over|more than) ", re.I)
_OTHER_WORDS = ("orange", "seldom", "Lisbon", "quietly", "seven")

Damage = Callable[[str, dict[str, Any], Dataset, random.Random], str | None]


def _digit(value: str, column: dict[str, Any], data: Dataset, chance: random.Random) -> str | None:
    places = [i for i, c in enumerate(value) if c.isdecimal()]
    if not places:
        return None
    i = chance.choice(places)
    return value[:i] + chance.choice([d for d in "0123456789" if d != value[i]]) + value[i + 1 :]


def _swapped_digits(
    value: str, column: dict[str, Any], data: Dataset, chance: random.Random
) -> str | None:
    places = [
        m.start()
        for m in re.finditer(r"(?=(\d)(\d))", value)
        if value[m.start()] != value[m.start() + 1]
    ]
    if not places:
        return None
    i = chance.choice(places)
    return value[:i] + value[i + 1] + value[i] + value[i + 2 :]


def _shifted(days: int) -> Damage:
    def shift(
        value: str, column: dict[str, Any], data: Dataset, chance: random.Random
    ) -> str | None:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return None
        return (date.fromisoformat(value) + timedelta(days * chance.choice((1, -1)))).isoformat()

    return shift


def _year(value: str, column: dict[str, Any], data: Dataset, chance: random.Random) -> str | None:
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return None
    return str(int(value[:4]) + chance.choice((1, -1))) + value[4:]


def _code(value: str, column: dict[str, Any], data: Dataset, chance: random.Random) -> str | None:
    others = [c["code"] for c in column.get("codes", []) if c["code"] != value]
    return chance.choice(others) if value and others and "side" not in column["name"] else None


def _side(value: str, column: dict[str, Any], data: Dataset, chance: random.Random) -> str | None:
    others = [c["code"] for c in column.get("codes", []) if c["code"] != value]
    return chance.choice(others) if "side" in column["name"] else None


def _word(value: str, column: dict[str, Any], data: Dataset, chance: random.Random) -> str | None:
    if column["name"] not in _PROSE or not value:
        return None
    parts = value.split(" ")
    i = chance.choice([i for i, part in enumerate(parts) if words(part)])
    return " ".join([*parts[:i], chance.choice(_OTHER_WORDS), *parts[i + 1 :]])


def _key(table: str, name: str) -> Damage:
    def swap(
        value: str, column: dict[str, Any], data: Dataset, chance: random.Random
    ) -> str | None:
        others = [row[name] for row in data.tables[table] if row[name] != value]
        wanted = {
            "person_id": ("person_id", "via_person_id"),
            "event_id": ("event_id", "from_event", "to_event"),
        }
        return (
            chance.choice(others) if value and column["name"] in wanted.get(name, (name,)) else None
        )

    return swap


def _hedge(value: str, column: dict[str, Any], data: Dataset, chance: random.Random) -> str | None:
    if column["name"] == "qualifier":
        return "exact" if value not in ("exact", "") else None
    counted = any(f["name"] == "qualifier" for f in data.columns(column["table"]))
    return (
        _HEDGES.sub("", value, count=1)
        if counted and column["name"] == "evidence" and _HEDGES.search(value)
        else None
    )


def _emptied(
    value: str, column: dict[str, Any], data: Dataset, chance: random.Random
) -> str | None:
    return "" if value and column["name"] not in ("note", "author", "url") else None


def _markup(value: str, column: dict[str, Any], data: Dataset, chance: random.Random) -> str:
    return value + chance.choice(
        ("<b>x</b>", "<script>x()</script>", " [x](y)", " {x}`y`", " &lt;x", " javascript:x")
    )


def _formula(value: str, column: dict[str, Any], data: Dataset, chance: random.Random) -> str:
    return chance.choice(("=", "+", "-", "@")) + "SUM(1)" + value


def _space(value: str, column: dict[str, Any], data: Dataset, chance: random.Random) -> str:
    return chance.choice(
        (value + " ", " " + value, value + "\u00a0", value + "\u200b", value + "\t")
    )


KINDS: dict[str, Damage] = {
    "digit changed": _digit,
    "digits swapped": _swapped_digits,
    "date moved a day": _shifted(1),
    "date moved a week": _shifted(7),
    "date moved a year": _year,
    "another code": _code,
    "side flipped": _side,
    "word changed": _word,
    "article swapped": _key("sources", "source_id"),
    "person swapped": _key("people", "person_id"),
    "event swapped": _key("events", "event_id"),
    "topic swapped": _key("topics", "topic_id"),
    "hedge dropped": _hedge,
    "cell emptied": _emptied,
    "markup injected": _markup,
    "formula injected": _formula,
    "hidden space": _space,
}
INJECTED = (
    "markup injected",
    "formula injected",
    "hidden space",
)  # counted for all columns of a table together
WIDE = ("digit changed", "digits swapped", "cell emptied")  # possible in most columns
_FIRST = 20  # outcomes after which the time of all can be told
ROWS = ("row dropped", "row duplicated", "row copied under a new id")
# Rules that look at each table by itself: of those that nobody damaged they would say nothing.
_ALONE = (undecided.cells, cells.cells, keys.keys)

Outcome = tuple[str, str, str, str, bool]  # kind, file, column, what was done, caught


def measure(data: Dataset, sample: int = SAMPLE, seed: int = SEED) -> Iterator[Outcome]:
    """Damage a fair sample of the cells and rows of valid `data`, one at a time, and tell what
    the check finds.

    `sample` rows or more are drawn for each file, column and kind of damage that changes
    something there, from those that no other row corrects.
    """
    chance, check = random.Random(seed), _Check(data)
    for table, records in data.tables.items():
        if table in WITHOUT_IDS:
            continue
        held = [
            row for row in records if not row.get("superseded_by")
        ]  # the others are shown as wrong
        for column in ({**column, "table": table} for column in data.columns(table)):
            for kind, damage in KINDS.items():
                done = 0
                for record in chance.sample(held, len(held)):
                    value = damage(record[column["name"]], column, data, chance)
                    if value is not None and value != record[column["name"]]:
                        changed = Record(
                            dict(record) | {column["name"]: value}, table, record.file, record.line
                        )
                        new = [changed if r is record else r for r in records]
                        yield (
                            kind,
                            table,
                            column["name"],
                            f"{record.file}:{record.line}: {value}",
                            check.finds(table, new),
                        )
                        done += 1
                    if done == (1 if kind in INJECTED else sample if kind in WIDE else 3 * sample):
                        break
        for record in chance.sample(held, min(len(held), 4 * sample)):
            at = f"{record.file}:{record.line}"
            yield (
                ROWS[0],
                table,
                "",
                at,
                check.finds(table, [r for r in records if r is not record]),
            )
            yield ROWS[1], table, "", at, check.finds(table, [*records, record])
            yield (
                ROWS[2],
                table,
                "",
                at,
                check.finds(table, [*records, _renamed(record, records)]),
            )


def announced(data: Dataset, outcomes: Iterable[Outcome], to: TextIO) -> Iterator[Outcome]:
    """Yield `outcomes`, and write to `to` how many there are, what is done and how long the
    rest takes.

    How many is known from the last measurement, `data`'s own table of it, where there is one: a
    line at the first and then at each tenth of them; else a line every 500.
    """
    expected = sum(int(row["tried"]) for row in data.tables.get(Path(FILE).stem, ()))
    step, start = max(1, expected // 10) if expected else 500, time.monotonic()
    for done, outcome in enumerate(outcomes, 1):
        if done % step == 0 or done == _FIRST:
            took = time.monotonic() - start
            left = f", about {took / done * max(0, expected - done):.0f} s left" if expected else ""
            total = f" of about {expected}" if expected else ""
            print(f"damage: {done}{total} tried, {took:.0f} s{left}", file=to, flush=True)
        yield outcome


def table(outcomes: list[Outcome]) -> str:
    """Return the content of `corruption.csv`: tried and caught for each kind, table and column."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    found: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    for kind, name, column, _, caught in outcomes:
        found[kind, name, "any" if kind in INJECTED else column or "row"].append(caught)
    writer.writerows((*place, len(caught), sum(caught)) for place, caught in sorted(found.items()))
    return out.getvalue()


def rates(outcomes: list[Outcome]) -> dict[str, tuple[int, int]]:
    """Return {kind: (tried, caught)}, in the order of the kinds."""
    found: dict[str, list[bool]] = defaultdict(list)
    for kind, *_, caught in outcomes:
        found[kind].append(caught)
    return {kind: (len(found[kind]), sum(found[kind])) for kind in (*KINDS, *ROWS) if kind in found}


class _Check:
    """The rules over data without a problem of which one table is changed: those that do not read
    it would find nothing, and one problem is enough.
    """

    def __init__(self, data: Dataset):
        self._data = data
        self._last: dict[str, Rule] = {}  # which found the last damage in a table: tried first
        self._stages = [sorted(map(self._read, stage), key=lambda r: r[0]) for stage in STAGES]

    def _read(self, rule: Rule) -> tuple[float, Rule, set[str]]:
        """Return how long a rule takes, and which tables it reads."""
        tables, start = _Noting(self._data.tables), time.process_time()
        if problem := next(rule(replace(self._data, tables=tables)), None):
            raise ValueError(f"the data is not in order: {problem}")
        return time.process_time() - start, rule, tables.noted

    def finds(self, table: str, records: list[Record]) -> bool:
        """Tell whether the check finds a problem with these rows in the place of a table's."""
        changed = replace(self._data, tables=self._data.tables | {table: records})
        alone = replace(self._data, tables={table: records})
        for stage in self._stages:
            rules = [rule for _, rule, read in stage if table in read]
            if (last := self._last.get(table)) in rules:
                rules = [last, *rules]
            for rule in rules:
                if next(rule(alone if rule in _ALONE else changed), None):
                    self._last[table] = rule
                    return True
        return False


class _Noting(dict[str, list[Record]]):
    """Tables that note which of them are read."""

    def __init__(self, tables: dict[str, list[Record]]):
        super().__init__(tables)
        self.noted: set[str] = set()

    def __getitem__(self, name: str) -> list[Record]:
        self.noted.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None, /) -> Any:
        self.noted.add(name)
        return super().get(name, default)

    def items(self) -> Any:
        self.noted.update(self)
        return super().items()

    def values(self) -> Any:
        self.noted.update(self)
        return super().values()


def _renamed(record: Record, records: list[Record]) -> Record:
    key = next(iter(record))
    last = records[-1][key]
    new = (
        f"{last[:4]}{len(records) + 1:04}"
        if re.fullmatch(r"[a-z]{3}-\d{4,}", last)
        else f"{last}-x"
    )
    return Record(dict(record) | {key: new}, record.table, record.file, record.line)
