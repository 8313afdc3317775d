"""Coverage: every number, date expression and quotation of an article, and the row that cites it or sets it aside."""

import csv
import io
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from explainer.check.numerals import numbers
from explainer.data import dates
from explainer.data.dataset import Dataset
from explainer.data.evidence import fragments, places, words

FILE = "coverage.csv"
KINDS = ("date", "number", "quotation")
COLUMNS = ("source_id", "kind", "found", "cited", "set_aside")
_TOKEN = re.compile(r"\w+(?:[-.,'/:]\w+)*")
_VAGUE = ("dozens", "scores", "hundreds", "thousands", "millions")
_STRAIGHT = str.maketrans("‘’‚‛‐‑‒–—―−\u00a0", "''''------- ")
# Double marks, or single ones that no letter touches from outside: an apostrophe does not open a quotation.
_QUOTED = re.compile(
    r"“[^”\n]*”?|\"[^\"\n]*\"?|(?<!\w)‘[^‘\n]*?’(?!\w)|(?<!\w)'(?=\w)[^'\n]*?'(?!\w)"
)

Run = tuple[int, int]  # first word and the word after the last


@dataclass(frozen=True)
class Finding:
    """A number, date expression or quotation in an article, and the ids of the rows that account for it."""

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
        rows = (
            "cited by " + ", ".join(self.cited)
            if self.cited
            else "set aside by " + ", ".join(self.set_aside)
        )
        return f'{self.source_id}.txt:{self.line}: {self.kind} "{self.text}": {rows if self.covered else "uncovered"}'


def audit(data: Dataset) -> list[Finding]:
    """Return all findings in the articles of `data`, in the order of the articles and their lines.

    A finding is cited where rows' evidence covers each of its words, set aside where rows of `set_aside.csv`
    are needed to cover them.
    """
    found = []
    for source_id in sorted(source["source_id"] for source in data.articles()):
        text = data.texts.get(source_id, "")
        run = words(text)
        cited, aside = defaultdict(set), defaultdict(set)
        for row in data.every():
            if row.get("source_id") == source_id:
                _mark(
                    cited, row.get("evidence", ""), row.get("id") or row.get("person_id", ""), run
                )
                _mark(aside, row.get("text", ""), row.get("id", ""), run)
        for line, kind, written, (first, after) in _findings(text):
            span = range(first, after)
            by = {row for i in span for row in cited.get(i, ())}
            by_aside = {row for i in span for row in aside.get(i, ())}
            whole = all(i in cited for i in span)
            either = all(i in cited or i in aside for i in span)
            found.append(
                Finding(
                    source_id,
                    line,
                    kind,
                    written,
                    tuple(sorted(by)) if whole else (),
                    tuple(sorted(by_aside)) if either and not whole else (),
                )
            )
    return found


def table(findings: list[Finding], sources: list[str]) -> str:
    """Return the content of `coverage.csv`: for each article and kind, how many are found, cited, set aside."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for source_id in sorted(sources):
        for kind in KINDS:
            own = [f for f in findings if (f.source_id, f.kind) == (source_id, kind)]
            cited = sum(bool(f.cited) for f in own)
            writer.writerow((source_id, kind, len(own), cited, sum(f.covered for f in own) - cited))
    return out.getvalue()


def _mark(marked: dict[int, set[str]], written: str, row: str, run: tuple[str, ...]) -> None:
    for fragment in fragments(written) if written else ():
        phrase = words(fragment)
        for place in places(phrase, run):
            for i in range(place, place + len(phrase)):
                marked[i].add(row)


def _findings(text: str) -> Iterator[tuple[int, str, str, Run]]:
    """Yield line, kind, text and words of each finding, by line and kind."""
    before = 0
    for number, line in enumerate(text.split("\n"), 1):
        tokens = [m.span() for m in _TOKEN.finditer(_even(line))]
        dated = [
            (written, _run(tokens, start, start + len(written)))
            for written, start in dates.find(_even(line))
        ]
        for written, run in dated:
            yield number, "date", written, _shift(run, before)
        taken = {i for _, (first, after) in dated for i in range(first, after)}
        for first, after in _numbers(line, tokens):
            if first not in taken:
                yield (
                    number,
                    "number",
                    line[tokens[first][0] : tokens[after - 1][1]],
                    (first + before, after + before),
                )
        for match in _QUOTED.finditer(line):
            if (run := _run(tokens, *match.span()))[0] < run[1]:
                yield number, "quotation", match.group(), _shift(run, before)
        before += len(tokens)


def _numbers(line: str, tokens: list[Run]) -> list[Run]:
    """Return the words of each number of a line: what can be read, every other word with a digit, 'dozens'."""
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
    """Return `text` with straight marks and single characters in normal form, letter for letter as long."""
    return "".join(
        n if len(n := unicodedata.normalize("NFKC", c)) == 1 else c
        for c in text.translate(_STRAIGHT)
    )
