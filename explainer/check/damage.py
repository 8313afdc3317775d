"""Corruption: the data damaged one cell at a time, to measure how much the check finds."""

import random
import re
import time
from collections import UserDict, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple, TextIO

from explainer.check.rules import cells, keys, undecided
from explainer.check.run import STAGES, Rule
from explainer.data.dataset import WITHOUT_IDS, Dataset, Record
from explainer.data.evidence import words
from explainer.data.files import lines

SEED = 2024
SAMPLE = 2  # rows for each file, column and kind; of damage to few columns three times as many
FILE = "corruption.csv"
COLUMNS = ("kind", "table", "column", "tried", "caught")
_PROSE = (
    "evidence", "headline", "role_as_written", "term", "key_words", "named_as", "date_as_written",
    "text",
)  # fmt: skip
_HEDGES = re.compile(r"\b(?:about|around|approximately|at least|over|more than) ", re.I)
_OTHER_WORDS = ("orange", "seldom", "Lisbon", "quietly", "seven")
_MARKUP = ("<b>x</b>", "<script>x()</script>", " [x](y)", " {x}`y`", " &lt;x", " javascript:x")


class Cell(NamedTuple):
    """A cell to damage: its value, its column as the descriptor has it, its table."""

    value: str
    column: dict[str, Any]
    table: str
    data: Dataset
    chance: random.Random

    @property
    def name(self) -> str:
        """The name of its column."""
        return str(self.column["name"])


Damage = Callable[[Cell], str | None]


def _digit(cell: Cell) -> str | None:
    value, chance = cell.value, cell.chance
    places = [i for i, c in enumerate(value) if c.isdecimal()]
    if not places:
        return None
    i = chance.choice(places)
    return value[:i] + chance.choice([d for d in "0123456789" if d != value[i]]) + value[i + 1 :]


def _swapped_digits(cell: Cell) -> str | None:
    value, pairs = cell.value, re.finditer(r"(?=(\d)(\d))", cell.value)
    places = [m.start() for m in pairs if m[1] != m[2]]
    if not places:
        return None
    i = cell.chance.choice(places)
    return value[:i] + value[i + 1] + value[i] + value[i + 2 :]


def _shifted(cell: Cell, days: int) -> str | None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", cell.value):
        return None
    return str(date.fromisoformat(cell.value) + timedelta(days * cell.chance.choice((1, -1))))


def _year(cell: Cell) -> str | None:
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", cell.value):
        return None
    return str(int(cell.value[:4]) + cell.chance.choice((1, -1))) + cell.value[4:]


def _other_code(cell: Cell, side: bool) -> str | None:
    others = [c["code"] for c in cell.column.get("codes", []) if c["code"] != cell.value]
    damaged = side == ("side" in cell.name) and (side or (cell.value and others))
    return cell.chance.choice(others) if damaged else None


def _word(cell: Cell) -> str | None:
    if cell.name not in _PROSE or not cell.value:
        return None
    parts = cell.value.split(" ")
    i = cell.chance.choice([i for i, part in enumerate(parts) if words(part)])
    return " ".join([*parts[:i], cell.chance.choice(_OTHER_WORDS), *parts[i + 1 :]])


def _key(cell: Cell, table: str, *columns: str) -> str | None:
    """Return the key of another row of `table`; `columns` hold such keys, the first in it."""
    others = [row[columns[0]] for row in cell.data.tables[table] if row[columns[0]] != cell.value]
    return cell.chance.choice(others) if cell.value and cell.name in columns else None


def _hedge(cell: Cell) -> str | None:
    if cell.name == "qualifier":
        return "exact" if cell.value not in ("exact", "") else None
    counted = any(f["name"] == "qualifier" for f in cell.data.columns(cell.table))
    hedged = counted and cell.name == "evidence" and _HEDGES.search(cell.value)
    return _HEDGES.sub("", cell.value, count=1) if hedged else None


def _emptied(cell: Cell) -> str | None:
    return "" if cell.value and cell.name not in ("note", "author", "url") else None


def _space(cell: Cell) -> str:
    value = cell.value
    hidden = (value + " ", " " + value, value + "\u00a0", value + "\u200b", value + "\t")
    return cell.chance.choice(hidden)


KINDS: dict[str, Damage] = {
    "digit changed": _digit,
    "digits swapped": _swapped_digits,
    "date moved a day": partial(_shifted, days=1),
    "date moved a week": partial(_shifted, days=7),
    "date moved a year": _year,
    "another code": partial(_other_code, side=False),
    "side flipped": partial(_other_code, side=True),
    "word changed": _word,
    "article swapped": lambda cell: _key(cell, "sources", "source_id"),
    "person swapped": lambda cell: _key(cell, "people", "person_id", "via_person_id"),
    "event swapped": lambda cell: _key(cell, "events", "event_id", "from_event", "to_event"),
    "topic swapped": lambda cell: _key(cell, "topics", "topic_id"),
    "hedge dropped": _hedge,
    "cell emptied": _emptied,
    "markup injected": lambda cell: cell.value + cell.chance.choice(_MARKUP),
    "formula injected": lambda cell: cell.chance.choice("=+-@") + "SUM(1)" + cell.value,
    "hidden space": _space,
}
INJECTED = ("markup injected", "formula injected", "hidden space")  # counted for all of a table
WIDE = ("digit changed", "digits swapped", "cell emptied")  # possible in most columns
_STEP = 200  # outcomes from one line on how many are done to the next
ROWS = ("row dropped", "row duplicated", "row copied under a new id")
# Rules that look at each table by itself: of those that nobody damaged they would say nothing.
_ALONE = (undecided.cells, cells.cells, cells.conditions, keys.keys, keys.dependencies)

Outcome = tuple[str, str, str, str, bool]  # kind, file, column, what was done, caught


def measure(data: Dataset, sample: int = SAMPLE, seed: int = SEED) -> Iterator[Outcome]:
    """Damage cells and rows of valid `data`, one at a time, and tell what the check finds: of each
    column and kind of damage that changes something there `sample` rows or more.
    """
    chance, check = random.Random(seed), _Check(data)
    for table, records in data.tables.items():
        held = data.live(table)
        for column in data.columns(table) if table not in WITHOUT_IDS else ():
            name = column["name"]
            for kind, damage in KINDS.items():
                left = 1 if kind in INJECTED else sample if kind in WIDE else 3 * sample
                for row in chance.sample(held, len(held)):
                    value = damage(Cell(row[name], column, table, data, chance))
                    if value is not None and value != row[name]:
                        changed = Record(row | {name: value}, table, row.file, row.line)
                        new = [changed if other is row else other for other in records]
                        at = f"{row.file}:{row.line}: {value}"
                        yield kind, table, name, at, check.finds(table, new)
                        left -= 1
                    if not left:
                        break
        few = min(len(held), 4 * sample) if table not in WITHOUT_IDS else 0
        for row in chance.sample(held, few):
            others = [other for other in records if other is not row]
            damaged = (others, [*records, row], [*records, _renamed(row, records)])
            for kind, new in zip(ROWS, damaged, strict=True):
                at = f"{row.file}:{row.line}"
                yield kind, table, "", at, check.finds(table, new)


def announced(data: Dataset, outcomes: Iterable[Outcome], to: TextIO) -> Iterator[Outcome]:
    """Yield `outcomes`, and write to `to` how many of those that `data` tells of are done."""
    expected, start = sum(int(row["tried"]) for row in data.live("corruption")), time.monotonic()
    for done, outcome in enumerate(outcomes, 1):
        if done % _STEP == 0:
            took = f"{time.monotonic() - start:.0f} s"
            print(f"damage: {done} of about {expected} tried in {took}", file=to, flush=True)
        yield outcome


def table(outcomes: list[Outcome]) -> str:
    """Return the content of `corruption.csv`: tried and caught for each kind, table and column."""
    found: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    for kind, name, column, _, caught in outcomes:
        found[kind, name, "any" if kind in INJECTED else column or "row"].append(caught)
    counts = ((*place, len(caught), sum(caught)) for place, caught in sorted(found.items()))
    return lines([COLUMNS, *counts])


def rates(outcomes: list[Outcome]) -> dict[str, tuple[int, int]]:
    """Return {kind: (tried, caught)}, in the order of the kinds."""
    found: dict[str, list[bool]] = defaultdict(list)
    for kind, *_, caught in outcomes:
        found[kind].append(caught)
    return {kind: (len(found[kind]), sum(found[kind])) for kind in (*KINDS, *ROWS) if kind in found}


class _Check:
    """The rules over valid data of which one table is changed, as far as they read that one."""

    def __init__(self, data: Dataset):
        self._data = data
        self._last: dict[str, Rule] = {}  # which found the last damage in a table: tried first
        self._stages = [sorted(map(self._read, stage), key=lambda r: r[0]) for stage in STAGES]

    def _read(self, rule: Rule) -> tuple[float, Rule, set[str]]:
        """Return how long a rule takes, and which tables it reads."""
        tables, start = _Noting(self._data.tables), time.process_time()
        data = replace(self._data, tables=tables)  # type: ignore[arg-type]  # it reads like a dict
        if problem := next(rule(data), None):
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


class _Noting(UserDict[str, list[Record]]):
    """Tables that note which of them are read."""

    def __init__(self, tables: dict[str, list[Record]]):
        super().__init__(tables)
        self.noted: set[str] = set()

    def __getitem__(self, name: str) -> list[Record]:
        self.noted.add(name)
        return super().__getitem__(name)


def _renamed(record: Record, records: list[Record]) -> Record:
    key, last = next(iter(record)), records[-1].key
    numbered = re.fullmatch(r"[a-z]{3}-\d{4,}", last)
    new = f"{last[:4]}{len(records) + 1:04}" if numbered else f"{last}-x"
    return Record(dict(record) | {key: new}, record.table, record.file, record.line)
