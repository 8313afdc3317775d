"""Coverage: every number, date and quotation of an article, and the row that accounts for it."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from explainer.check.numerals import numbers
from explainer.data import dates
from explainer.data.dataset import Dataset
from explainer.data.evidence import W, fragments, places, words
from explainer.data.files import lines
from explainer.data.grammar import sentences

FILE = "coverage.csv"
KINDS = ("date", "number", "quotation")
COLUMNS = ("source_id", "kind", "found", "cited", "set_aside")
_TOKEN = re.compile(r"\w+(?:[-.,'/:]\w+)*")
_VAGUE = ("dozens", "scores", "hundreds", "thousands", "millions")
_STRAIGHT = str.maketrans("‘’‚‛‐‑‒–—―−\u00a0", "''''------- ")
# Double marks, or single ones that no letter touches from outside: an apostrophe does not open a
# quotation.
_QUOTED = re.compile(
    r"“[^”\n]*”?|\"[^\"\n]*\"?|(?<!\w)‘[^‘\n]*?’(?!\w)|(?<!\w)'(?=\w)[^'\n]*?'(?!\w)"
)

Run = tuple[int, int]  # first word and the word after the last


@dataclass(frozen=True)
class Finding:
    """What an article says in a line that has to be accounted for, and the ids of rows that do."""

    source_id: str
    line: int
    kind: str
    text: str
    cited: tuple[str, ...]
    set_aside: tuple[str, ...]

    @property
    def covered(self) -> bool:
        """Whether a row cites it or sets it aside."""
        return bool(self.cited or self.set_aside)

    def __str__(self) -> str:
        how, rows = ("cited", self.cited) if self.cited else ("set aside", self.set_aside)
        told = f"{how} by {', '.join(rows)}" if rows else "uncovered"
        return f'{self.source_id}.txt:{self.line}: {self.kind} "{self.text}": {told}'


def audit(data: Dataset) -> list[Finding]:
    """Return all findings in the articles of `data`, in the order of the articles and their lines.

    A number or date is cited where rows' evidence covers each of its words; a quotation, of which
    evidence is only a part, where it covers a run of four words in each of its sentences, or all
    of a shorter one. A finding is set aside where rows of `set_aside.csv` are needed to cover it.
    """
    rows = defaultdict(list)
    for row in data.every():
        rows[row.get("source_id", "")].append(row)
    return [
        finding
        for source_id in sorted(source["source_id"] for source in data.articles())
        for finding, _ in account(source_id, data.texts.get(source_id, ""), rows[source_id])
    ]


def account(
    source_id: str, text: str, rows: Iterable[Mapping[str, str]]
) -> Iterator[tuple[Finding, Run]]:
    """Yield each finding in a text, by its `rows`, and its first and last character in its line."""
    run = words(text)
    cited: dict[int, set[str]] = defaultdict(set)
    aside: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        _mark(cited, row.get("evidence", ""), row.get("id") or row.get("person_id", ""), run)
        _mark(aside, row.get("text", ""), row.get("id", ""), run)
    for line, kind, written, (first, after), at in findings(text):
        span = range(first, after)
        by = {row for i in span for row in cited.get(i, ())}
        by_aside = {row for i in span for row in aside.get(i, ())}
        parts = _sentences(written, first) if kind == "quotation" else [span]
        whole = all(_holds(part, cited, kind) for part in parts)
        either = all(_holds(part, {**cited, **aside}, kind) for part in parts)
        by, by_aside = by if whole else set(), by_aside if either and not whole else set()
        rows_of = tuple(sorted(by)), tuple(sorted(by_aside))
        yield Finding(source_id, line, kind, written, *rows_of), (at, at + len(written))


def _sentences(quotation: str, first: int) -> list[range]:
    """Return the words of each sentence of a quotation that begins with the word `first`."""
    found, after = [], first
    for sentence in sentences(quotation):
        length = len(words(sentence))
        found.append(range(after, after + length))
        after += length
    return [part for part in found if part]


def _holds(span: range, marked: Container[int], kind: str) -> bool:
    """Tell whether all of a span is marked; of a quotation's sentence, four words in a row."""
    long = kind == "quotation" and len(span) > W
    parts = [span[i : i + W] for i in range(len(span) - W + 1)] if long else [span]
    return any(all(i in marked for i in part) for part in parts)


def table(
    findings: list[Finding], sources: list[str], others: Iterable[dict[str, str]] = ()
) -> str:
    """Return the content of `coverage.csv`; rows of `others`, not at hand, stay as they are."""
    rows = [tuple(row[column] for column in COLUMNS) for row in others]
    for source_id in sources:
        for kind in KINDS:
            own = [f for f in findings if (f.source_id, f.kind) == (source_id, kind)]
            cited = sum(bool(f.cited) for f in own)
            aside = sum(f.covered for f in own) - cited
            rows.append((source_id, kind, str(len(own)), str(cited), str(aside)))
    return lines([COLUMNS, *sorted(rows)])


def _mark(marked: dict[int, set[str]], written: str, row: str, run: tuple[str, ...]) -> None:
    for fragment in fragments(written) if written else ():
        phrase = words(fragment)
        for place in places(phrase, run):
            for i in range(place, place + len(phrase)):
                marked[i].add(row)


def findings(text: str) -> Iterator[tuple[int, str, str, Run, int]]:
    """Yield line, kind, text, words and first character of each finding, by line and kind."""
    before = 0
    for number, line in enumerate(text.split("\n"), 1):
        tokens = [m.span() for m in _TOKEN.finditer(_even(line))]
        taken = set[int]()
        for written, start in dates.find(_even(line)):
            run = _run(tokens, start, start + len(written))
            taken |= {*range(*run)}
            yield number, "date", written, _shift(run, before), start
        for run in _numbers(line, tokens):
            if run[0] not in taken:
                start, end = tokens[run[0]][0], tokens[run[1] - 1][1]
                yield number, "number", line[start:end], _shift(run, before), start
        for match in _QUOTED.finditer(line):
            if (run := _run(tokens, *match.span()))[0] < run[1]:
                yield number, "quotation", match.group(), _shift(run, before), match.start()
        before += len(tokens)


def _numbers(line: str, tokens: list[Run]) -> list[Run]:
    """Return the words of each number of a line: each word with a digit is one, and 'dozens'."""
    even = _even(line).casefold()
    found = [(n.first, n.last + 1) for n in numbers(tuple(even[a:b] for a, b in tokens))]
    taken = {i for first, after in found for i in range(first, after)}
    others = [
        (i, i + 1)
        for i, (a, b) in enumerate(tokens)
        if i not in taken and (even[a:b] in _VAGUE or any(c.isdecimal() for c in even[a:b]))
    ]
    return sorted(found + others)


def _run(tokens: list[Run], start: int, end: int) -> Run:
    first = bisect_right(tokens, start, key=lambda token: token[1])
    after = bisect_left(tokens, end, key=lambda token: token[0])
    return (first, after) if first < after else (0, 0)


def _shift(run: Run, by: int) -> Run:
    return run[0] + by, run[1] + by


def _even(text: str) -> str:
    """Return `text` with straight marks and in normal form, letter for letter as long."""
    letters = ((unicodedata.normalize("NFKC", c), c) for c in text.translate(_STRAIGHT))
    return "".join(even if len(even) == 1 else c for even, c in letters)
