"""What a sentence of ours claims: numbers, dates, names, hedges, negations; and what rows give."""

import re
from collections.abc import Container, Iterable, Set
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from explainer.check.numerals import numbers
from explainer.data.dataset import Record
from explainer.data.dates import MONTHS, days, exists, find, overlap, resolve
from explainer.data.evidence import places, words
from explainer.data.grammar import NEGATION

Interval = tuple[date, date]
Meaning = Interval | tuple[int, int] | int | None  # days; month and day; month; no day at all
_ISO = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b")
_ID = re.compile(r"\b[a-z]{3}-\d{4,}\b")
_OF_MONTH = re.compile(rf"\d.*(?:{'|'.join(month[:3].title() for month in MONTHS)})")
_DIGITS = re.compile(r"(?<![^\s—–])[^\s—–]*\d[^\s—–]*")
_READABLE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)?(?:-[a-z]+)*")
_EDGES = ".,;:?!()[]“”\"‘’'…/"
QUOTED = re.compile(r"“([^”]*)”|‘([^’]*(?:’(?=\w)[^’]*)*)’(?!\w)|\"([^\"]*)\"")
# Words that put a bound, a share or a vague number; those of a group may stand for each other.
_HEDGE = re.compile(
    r"\b(?:(?P<about>about|around|approximately|roughly|nearly|almost)(?= [\d“]|"
    r" an? (?:hundred|dozen)| (?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|"
    r"thirty|forty|fifty)\b)"
    r"|(?P<least>at least|no fewer than|no less than)"
    r"|(?P<over>(?:more than|over|well over|above) (?=\d|half|an? (?:hundred|dozen)))"
    r"|(?P<most>at most|up to (?=\d)|no more than|fewer than|less than (?=\d)|under (?=\d))"
    r"|(?P<exact>exactly|precisely)|(?P<several>(?:several|numerous|multiple|"
    r"countless)(?! (?:articles|reports|facts|countries|newsrooms|outlets|pages|sources|"
    r"rows|questions|words)))"
    r"|(?P<dozens>dozens|scores)|(?P<hundreds>hundreds?(?! and)|thousands?)|"
    r"(?P<half>half(?! of the (?:sentence|year))|a third|a quarter of|two thirds))\b",
    re.I,
)
_BOUND_BEFORE = re.compile(  # one goes for all numbers of its clause
    r"\b(?:about|around|approximately|roughly|nearly|almost|least|than|over|above|most|up to|under|"
    r"close to|below|(?:floor|mark) of|or) |\d to $",
    re.I,
)
_BOUND_AFTER = re.compile(r" (?:or (?:more|fewer|less)|as a floor|at least|at most|to(?= \d))\b")
# Columns of which the words are an article's or a page's, so that they may be quoted.
_VERBATIM = (
    "evidence", "term", "key_words", "role_as_written", "headline", "text", "date_as_written",
    "printed_figure",
)  # fmt: skip
_NO_WORDS = (
    "id", "row", "fact", "from_event", "to_event", "note", "sha256", "url", "superseded_by",
)  # fmt: skip
NUMBERED = ("count", "value", "value_max")
_BOUNDS = {  # what a qualifier puts on its number
    "about": "about",
    "at_least": "least",
    "more_than": "over",
    "at_most": "most",
    "fewer_than": "most",
    "nearly": "about",
    "several": "several",
}
# What we count ourselves, in small numbers spelled out: the articles and the parties, not what is
# reported of them.
_COUNTS = frozenset(words(
    "articles article outlets outlet reports report accounts governments states sides capitals"
    " readings rows newsrooms words things ways sentences publishers countries labels questions"
    " answers pages"
))  # fmt: skip
CLAUSE = re.compile(
    r"[.,;:](?=\s|$)|[–—…]|(?<!\w)'[^']*'(?!\w)|\b(?:but|while|although|though|which|and)\b"
)
_REPORTS = re.compile(
    r"(?<!as )(?<!not )\b"
    r"(?:(?:each|every|all)|(?P<n>two|three|four|five|six|[2-9]))(?: of)?(?: the| these)?"
    r"(?: (?:two|three|four|five|six|[2-9]))?"
    r"(?: (?:earlier|later|first|last|other))? (?:articles?|reports?|outlets?)\b",
    re.I,
)
# Names that are one: a state, its people and its seat.
ALIASES = tuple(
    frozenset(names.split())
    for names in (
        "us u.s america american americans washington united states usa",
        "iraq iraqi iraqis baghdad",
        "isis is isil islamic state",
        "syria syrian",
        "pentagon department defense defence",
        "israel israeli gaza",
        "iran iranian",
        "general gen brigadier brig major maj",
        "centcom central command",
        "crs congress congressional",
        "pmf popular mobilization forces",
    )
)


@dataclass(frozen=True)
class Claim:
    """Something that a sentence claims: its kind, as it is written there, and what it means."""

    kind: str  # number, exact (a number without a bound), date, name, hedge, negation, quotation
    written: str
    value: Any


@dataclass
class Grounds:
    """What rows give for a claim to rest on."""

    words: set[str] = field(default_factory=set)
    values: set[int] = field(default_factory=set)
    dates: list[Interval] = field(default_factory=list)
    months: set[int] = field(default_factory=set)  # written without a year
    hedges: set[str] = field(default_factory=set)
    bounded: set[int] = field(default_factory=set)  # values that a row has under a bound
    exact: set[int] = field(default_factory=set)  # and those that one has without
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    negated: bool = False

    def add(self, other: "Grounds", phrases: bool = True) -> None:
        """Take in what other rows give, their phrases only where they are verbatim."""
        self.words |= other.words
        self.values |= other.values
        self.months |= other.months
        self.hedges |= other.hedges
        self.bounded |= other.bounded
        self.exact |= other.exact
        self.dates += other.dates
        self.phrases += other.phrases if phrases else []
        self.negated |= other.negated

    def give(self, claim: Claim) -> bool:
        """Tell whether a claim is found here."""
        if claim.kind == "number":
            return claim.value in self.values
        if claim.kind == "exact":
            return claim.value not in self.bounded - self.exact
        if claim.kind == "date":
            meets = any(_meets(claim.value, interval) for interval in self.dates)
            return meets or bool({claim.value, _month(claim.value)} & self.months)
        if claim.kind == "hedge":
            return claim.value in self.hedges
        if claim.kind == "negation":
            return self.negated
        if claim.kind == "quotation":
            return any(places(claim.value, phrase) for phrase in self.phrases)
        return known(claim.value, self.words)


def known(name: str, among: Set[str]) -> bool:
    """Tell whether a name, or another for the same, is among words."""
    return name in among or any(name in group and group & among for group in ALIASES)


@lru_cache(maxsize=1 << 12)
def claims(text: str, names: frozenset[str]) -> tuple[Claim, ...]:
    """Return what a text claims, of which the words `names` are names wherever they stand."""
    quoted = ((m.group(), words(m.group())) for m in QUOTED.finditer(text))
    found = [Claim("quotation", written, run) for written, run in quoted if run]
    bare = _ID.sub(" ", QUOTED.sub(lambda m: " “” ", text))
    left = bare
    for written in _ISO.findall(left):
        found.append(Claim("date", written, days(written) if exists(written) else None))
    left = _ISO.sub(" ", left)
    for written, _ in find(left):
        meant = _meaning(written)
        if meant or _OF_MONTH.search(written):  # no such day: it means nothing that a row gives
            found.append(Claim("date", written, meant))
            left = left.replace(written, " ", 1)
    found += _numbers(left)
    found += [Claim("hedge", m.group().strip(), m.lastgroup) for m in _HEDGE.finditer(bare)]
    found += [Claim("name", word, name) for word, name in _names(left, names)]
    if negation := NEGATION.search(bare):
        found.append(Claim("negation", negation.group(), True))
    return tuple(found)


def grounds(
    rows: Iterable[Record],
    labels: dict[tuple[str, str], dict[str, str]] | None = None,
    without: Container[str] = (),
) -> Grounds:
    """Return what rows give in all columns but `without`: words, numbers, days, hedges, denials."""
    given, columns = Grounds(), dict[str, list[str]]()
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        if (table := row.table) not in columns:
            told = (column for column in row if column not in _NO_WORDS and column[-3:] != "_id")
            columns[table] = [column for column in told if column not in without]
        for column in columns[table]:
            cell = row.get(column)
            if cell and (table, column, cell) not in seen:
                if column not in ("start", "qualifier"):  # they go with another cell of each row
                    seen.add((table, column, cell))
                _take(given, row, column, (labels or {}).get((table, column), {}))
    return given


def _take(given: Grounds, row: Record, column: str, names: dict[str, str]) -> None:
    cell = row[column]
    if cell in names:
        given.words.update(words(names[cell].replace("-", " ")))
    if cell.isdecimal() and column in NUMBERED:
        given.values.add(int(cell))
    elif cell[0].isdecimal() and exists(cell):
        given.dates.append(days(cell, row.get("end", "") if column == "start" else ""))
    else:
        given.add(read(cell), column in _VERBATIM)
    if column == "qualifier":
        numbers_of = {int(row[c]) for c in NUMBERED[:2] if row.get(c, "").isdecimal()}
        (given.bounded if cell in _BOUNDS else given.exact).update(numbers_of)
        given.hedges |= {_BOUNDS[cell]} if cell in _BOUNDS else set()


@lru_cache(maxsize=1 << 14)
def read(cell: str) -> Grounds:
    """Return what one cell gives."""
    given = Grounds(words=set(split(cell)), phrases=[run := words(cell)])
    given.values = {number.value for number in numbers(run, articles=True)}
    given.hedges = {m.lastgroup or "" for m in _HEDGE.finditer(cell)}
    for written, _ in find(cell):
        meant = _meaning(written)
        if isinstance(meant, int):
            given.months.add(meant)
        elif isinstance(meant, tuple) and isinstance(meant[0], date):
            given.dates.append(meant)
    given.negated = bool(NEGATION.search(cell))
    return given


@lru_cache(maxsize=1 << 14)
def split(cell: str) -> frozenset[str]:
    """Return the words of a cell, whole and in their parts, without a possessive."""
    run = {word.removesuffix("'s") for word in words(cell)}
    parted = " ".join(word for word in run if not word.startswith("non-"))
    return frozenset(run.union(re.findall("[^-/'. ]+", parted)))


def _meaning(written: str) -> Meaning:
    """Return what a date means, as far as its words go."""
    if not any(c.isdecimal() for c in written):
        said = written.casefold()
        return next((i for i, month in enumerate(MONTHS, 1) if said.endswith(month)), None)
    meant = resolve(written, date(2099, 12, 31))
    if meant and re.search(r"\d{4}", written):
        return days(meant.start, meant.end)
    return (int(meant.start[5:7]), int(meant.start[8:])) if meant and meant.start[8:] else None


def _month(value: Meaning) -> int:
    """Return the month that an interval is, 0 where it is longer or shorter."""
    if not isinstance(value, tuple) or isinstance(value[0], int):
        return 0
    return value[0].month if 1 < (value[1] - value[0]).days < 31 else 0


def _meets(value: Meaning, interval: Interval) -> bool:
    first, last = interval
    if isinstance(value, int):
        count = (last.year - first.year) * 12 + last.month - first.month
        return count < 11 and (value - first.month) % 12 <= min(count, 2)
    if value is None or isinstance(value[0], date):
        return value is not None and overlap(value, interval)
    on = (f"{year}-{value[0]:02}-{value[1]:02}" for year in {first.year, last.year})
    return any(exists(day) and overlap(days(day), interval) for day in on)


def _numbers(text: str) -> list[Claim]:
    found = []
    for match in _DIGITS.finditer(text):
        begun = max(text.rfind(mark, 0, match.start()) for mark in ".;:") + 1
        before = _BOUND_BEFORE.search(text, begun, match.start())
        bare = not (before or _BOUND_AFTER.match(text, match.end()))
        token = match.group().strip(_EDGES).removesuffix("’s").removesuffix("'s")
        if re.fullmatch(r"[A-Z]{1,3}-\d+", token):
            continue  # a name: 'the K-1 base'
        readable = _READABLE.fullmatch(token)
        value = int(readable[1].replace(",", "")) if readable else None
        found.append(Claim("number", token, value))
        found += [Claim("exact", token, value)] if bare and readable else []
    plain = words(_DIGITS.sub(" ", text))
    for n in numbers(plain):
        compound = n.value < 20 and "-" in plain[n.last]  # 'a two-step plan'
        if n.value > 1 and not compound and not _COUNTS & set(plain[n.last + 1 : n.last + 6]):
            found.append(Claim("number", " ".join(plain[n.first : n.last + 1]), n.value))
    return found


def _names(text: str, names: frozenset[str]) -> Iterable[tuple[str, str]]:
    for sentence in re.split(r"(?<=[.?!:])\s+|\n", text):
        for i, token in enumerate(re.findall(r"[^\s—–]+", sentence)):
            bare = token.strip(_EDGES)
            run = words(bare)
            if not run or bare == bare.lower():
                continue
            name = run[0].removesuffix("'s")
            parts = [name] if name in names else [p for p in re.split("[-/]", name) if p]
            for part in parts:
                capital = i and bare[:1].isupper() and part == parts[0] and len(part) > 1
                if part in names or capital:
                    yield bare, part


def reports(text: str) -> list[tuple[str, int]]:
    """Return of how many reports a text says something: as written, and the number, 0 for all."""
    found = ((m.group(), m["n"]) for m in _REPORTS.finditer(text))
    return [(written, numbers(words(n))[0].value if n else 0) for written, n in found]
