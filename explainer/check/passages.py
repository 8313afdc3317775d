"""What the book's sentences and charts say: who held it against its proofs, and when."""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from itertools import combinations
from pathlib import Path
from typing import Any

from explainer.check.claims import claims, grounds
from explainer.check.diction import ADDED, Diction, diction_of
from explainer.check.matching import bodies
from explainer.check.proofs import Proofs, proofs_of
from explainer.check.prose import PART, chapters, sentences
from explainer.check.reading import READINGS, WORDS, write
from explainer.check.rereading import of_all
from explainer.check.rules.own_words import known_names
from explainer.data.changelog import MADE
from explainer.data.dataset import Dataset, Problem, Record
from explainer.data.evidence import short_digest
from explainer.data.manifest import SAID

CHARTS = f"figures/{SAID}"  # what is said at each chart; `explainer figures` writes it
DESCRIPTOR = "data/datapackage.json"
CHANGELOG = "CHANGELOG.md"
WHOLE = "whole"  # of a file, as the place of a passage
_SAID = ("title", "description", "label", "means", "rule", "example")
_TITLES = {
    "_toc.yml": "its titles and their order",
    "_config.yml": "its title",
    "data/questions.sql": "its questions",
    "CITATION.cff": "what it says of the data",
}
_SIGN = f"'python -m explainer read --reader NAME --kind {WORDS}'"
PARTS = ("title", "subtitle", "caption", "description")
_OF_THE_DRAWING = {  # words on how a picture is drawn, not on what its rows say
    "aftermath_timeline": ("October 2024",),  # where its axis begins
    "ground_places": ("Sulaymaniyah", "Natural", "Earth", "CC", "4.0", "Wikipedia", "exactly"),
    "method_coverage": ("Method",),  # the page
    "index_answer": ("December 2023", "two"),  # where its axis begins; its panels
    "statements_positions": ("two",),  # panels
}
_LITERAL = re.compile(  # a comment and a docstring give nothing; a tree of the code takes 0.1 s
    r"#.*|^ *\"{3}[\s\S]*?\"{3}|\"{3}([\s\S]*?)\"{3}"
    r"|\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'",
    re.M,
)
_SHOWN = 40  # rows behind a chart that a reader is shown


@dataclass(frozen=True)
class Passage:
    """What is said by a sentence or heading of a page, or at a chart (`place`), and the rows behind
    it: `text` is a sentence's source with the ids of its proofs, white space made even; of one that
    speaks of all reports, `articles` are these: with another, it is read again.
    """

    place: str
    file: str
    line: int | None
    text: str
    rows: tuple[str, ...]
    articles: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Ten hexadecimal digits of where it stands and what it says, and of which reports."""
        return short_digest(json.dumps([self.place, self.text, *self.articles]))

    def problem(self, message: str) -> Problem:
        """Return the problem that `message` tells of it."""
        return Problem(self.file, self.line, "", f"“{self.text}”", message)


def passages(root: Path) -> Iterator[Passage]:
    """Yield each sentence and heading of the pages in `root`, then each chart's words."""
    pages = [(name, path.read_text(encoding="utf-8")) for path, name in chapters(root)]
    reports = tuple(sorted(path.stem for path in (root / "data/fingerprints").glob("*.txt")))
    for name, page in pages:
        for one in sentences(page, name, headings=True):
            place, rows = name.removesuffix(".md"), tuple(dict.fromkeys(one.rows))
            of = reports if of_all(" ".join(one.text.split())) else ()
            yield Passage(place, name, one.line, one.source, rows, of)
        yield _whole(name, page, "the order of its sentences, its headings and cells")
    for name, what in _TITLES.items() if pages else ():
        if (root / name).exists():
            yield _whole(name, (root / name).read_text(encoding="utf-8"), what)
    if pages and (root / CHANGELOG).exists():
        lines = (root / CHANGELOG).read_text(encoding="utf-8").splitlines()
        ours = "\n".join(one for one in lines if not one.startswith(MADE))
        yield _whole(CHANGELOG, ours, "its versions, and what it tells of them")
    if pages and (root / DESCRIPTOR).exists():
        package = json.loads((root / DESCRIPTOR).read_text(encoding="utf-8"))
        yield _whole(DESCRIPTOR, " ".join(_labels(package)), "its titles, labels and rules")
    for name, said in _said(root).items():
        text = " / ".join(said[part] for part in PARTS if said[part])
        yield Passage(name, CHARTS, None, text, tuple(said["rows"]))


def _whole(name: str, text: str, what: str) -> Passage:
    """Return the passage that stands for all of a file, so that no part of it moves unread."""
    digest = short_digest(" ".join(text.split()))
    return Passage(f"{WHOLE}/{name}", name, None, f"{what}: {digest}", ())


def _labels(part: Any) -> Iterator[str]:
    """Yield what a descriptor says in words: titles, descriptions, labels, rules."""
    if isinstance(part, dict):
        yield from (part[key] for key in _SAID if isinstance(part.get(key), str))
    for inner in part.values() if isinstance(part, dict) else part:
        if isinstance(inner, dict | list):
            yield from _labels(inner)


def literals(path: Path) -> str:
    """Return a digest of every text in a module but its docstrings, however lines break."""
    texts = "".join(map("".join, _LITERAL.findall(path.read_text(encoding="utf-8"))))
    return short_digest(texts)


def code(root: Path) -> dict[str, str]:
    """Return {module: digest of its words} of all that draws in `root`."""
    modules = sorted((root / "explainer/charts").rglob("*.py"))
    return {path.relative_to(root).as_posix(): literals(path) for path in modules}


def unread(data: Dataset, root: Path) -> list[Passage]:
    """Return what nobody has held against its proofs as it now is."""
    read = {reading["digest"] for reading in _readings(data)}
    return [passage for passage in passages(root) if passage.digest not in read]


def charts(data: Dataset, root: Path) -> Iterator[Problem]:
    """Yield what is said at a chart that no row of it and no count has, or that is not drawn so."""
    yield from _stale(root)
    proofs, names, diction = proofs_of(data), known_names(data), diction_of(data)
    for name, said in _said(root).items():
        drawn = list(_drawn(root / f"figures/{name}.csv"))
        given, shown = proofs.of(said["rows"]), grounds(drawn)
        counted, grouped = _counts(drawn[1:]), _grouped(drawn[1:])
        counted |= _tallies(data, proofs.held(said["rows"]))
        if said["title"].rstrip(".") not in said["description"]:
            yield Problem(CHARTS, None, name, said["title"], "is not what the description says")
        for part, text in ((part, said[part]) for part in PARTS):
            wrong = []
            for claim in claims(text, names):
                if not (
                    claim.kind == "negation"
                    or (claim.kind == "number" and claim.value in counted | grouped.keys())
                    or claim.written in _OF_THE_DRAWING.get(name, ())
                    or given.give(claim)
                    or (shown.give(claim) and claim.kind != "exact")
                ):
                    wrong.append(f'says "{claim.written}", which no row of the chart gives')
            word = diction.strange(text, given.words, shown.words, of="charts")
            if word and part != "caption":  # which tells how to read the picture
                wrong.append(f'says "{word}", which no row of the chart says: {ADDED}')
            others = bodies(text, proofs.concerned) - proofs.names(said["rows"])
            wrong += [f"names {one}, and no row of the chart" for one in others if said["rows"]]
            wrong += _untied(text, drawn[1:], counted, grouped, diction)
            yield from (Problem(CHARTS, None, name, f"“{text}”", message) for message in wrong)


def _stale(root: Path) -> Iterator[Problem]:
    """Yield each module and each drawing that says other words than `make figures` wrote."""
    if (root / CHARTS).exists():
        drawn = _file(root)["code"]
        for module, digest in code(root).items():
            if drawn.get(module) != digest:
                message = f"has other words than {CHARTS}: run 'make figures'"
                yield Problem(module, None, "", "", message)
    for name, said in _said(root).items():
        path = root / f"figures/{name}.vl.json"
        description = json.dumps(said["description"], ensure_ascii=False)
        if path.exists() and description not in path.read_text(encoding="utf-8"):
            message = "says other words than its drawing: 'make figures'"
            yield Problem(CHARTS, None, name, "", message)


def _untied(
    text: str,
    drawn: Sequence[Record],
    counted: set[int],
    grouped: dict[int, list[str]],
    diction: Diction,
) -> Iterator[str]:
    """Yield what is wrong where a number stands with a name of rows that do not have it."""
    rows = [diction.facts(" ".join(row.values())) for row in drawn]
    names = set[str]().union(*rows).difference(*rows[:1] and [set[str].intersection(*rows)])
    for part in PART.split(text):
        values = [c.value for c in claims(part, frozenset()) if c.kind == "number"]
        said = diction.facts(part) & names
        one = len(values) == 1 or (values and " of " in part)  # '15 of 16'
        value = values[-1] if one else None
        if value in counted:  # of the whole, unless somebody is named
            said &= diction.facts(" ".join(re.findall(r"\b[A-Z]\w+", part)))
        if value and said:
            held = [diction.facts(cells) for cells in grouped.get(value, ())]
            with_rows = zip(rows, drawn, strict=True)
            held += [cells for cells, row in with_rows if value in grounds([row]).values]
            if held and (strange := said.difference(*held)):
                yield f'has {value} with "{min(strange)}", which no row or count of it has'


def _counts(drawn: Sequence[Record]) -> set[int]:
    """Return a figure's counts as a whole: its rows, sums, and different cells of a column."""
    columns = [[row[column] for row in drawn] for column in (drawn[0] if drawn else ())]
    sums = {sum(int(cell) for cell in column if cell.isdecimal()) for column in columns}
    return {0, len(drawn), *sums, *(len(set(column)) for column in columns)}


def _grouped(drawn: Sequence[Record]) -> dict[int, list[str]]:
    """Return of each number that is counted or summed over one cell or two, these cells."""
    found: Counter[tuple[str, ...]] = Counter()
    for row in drawn:
        groups = [of for size in (1, 2) for of in combinations(row.items(), size)]
        for of in groups:
            cells = [f"{column}={cell}" for column, cell in of]
            found["rows", *cells] += 1
            for column, cell in row.items():
                if cell.isdecimal():
                    found[column, *cells] += int(cell)
    grouped = defaultdict(list)
    for (_, *group), value in found.items():
        grouped[value].append(" ".join(cell.partition("=")[2] for cell in group))
    return grouped


def _tallies(data: Dataset, rows: Sequence[Record]) -> set[int]:
    """Return a chart's rows counted by table, article and code, and its tables' rows by code, also
    without those of the code `none`, for which a picture has no place; and what is found in all
    reports of each kind.
    """
    found: Counter[tuple[str, ...]] = Counter((row.table,) for row in rows)
    for table in {row.table for row in rows}:
        coded = [f["name"] for f in data.columns(table) if f.get("codes")]
        for row in rows:
            if row.table == table:
                columns = (*coded, "source_id", "person_id")
                found.update((column, "shown", row.get(column, "")) for column in columns)
        for row in data.live(table):
            some = "none" not in [row[column] for column in coded]
            found.update((table, column, row[column]) for column in coded)
            found.update((column, row[column], "some") for column in coded if some)
    for row in data.tables.get("coverage", ()):
        for column in ("found", "cited", "set_aside"):
            found["coverage", row["kind"], column] += int(row[column])
    return {*found.values(), len(rows), len({row.get("source_id") for row in rows})}


def _drawn(path: Path) -> Iterator[Record]:
    """Yield the rows of a figure's own table, column names among them."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for number, cells in enumerate(csv.reader(StringIO(text)), 1):
        row = {str(i): cell for i, cell in enumerate(cells)}
        yield Record(row, path.stem, path.name, number)


def check(data: Dataset, root: Path) -> Iterator[Problem]:
    """Yield each passage that is not as it was read, and where one that was read is gone."""
    new: Counter[str] = Counter()
    every, read = list(passages(root)), {reading["digest"] for reading in _readings(data)}
    unread = [passage for passage in every if passage.digest not in read]
    edited = {passage.file for passage in unread if not passage.place.startswith(WHOLE)}
    for passage in unread:
        new[passage.place] += 1
        if passage.place.startswith(WHOLE) and passage.file in edited:
            continue  # whoever reads what is new there signs the whole, too
        how = f"hold it against its proofs, then {_SIGN} signs it"
        draft = "DRAFT=1 before 'make' takes it as a draft"
        yield passage.problem(f"is not as anybody read it: {how}; {draft}")
    gone = defaultdict(list)
    for reading in outdated(data, every):
        gone[reading["row"]].append(reading)
    for place, readings in gone.items():
        if len({reading["digest"] for reading in readings}) > new[place]:
            less = f"says less than {readings[0]['reader']} read on {readings[0]['date']}"
            how = f"put it back, or see that what is left is right without it, then {_SIGN}"
            yield readings[0].problem("row", f"{less}: a sentence is gone: {how}")


def others(root: Path, shown: dict[str, tuple[str, str]]) -> Iterator[Problem]:
    """Yield each chart of which a page shows another title or caption than `make figures` wrote."""
    for name, said in _said(root).items():
        words = tuple(" ".join(said[part].split()) for part in ("title", "caption"))
        if shown.get(name, words) != words:
            yield Problem(CHARTS, None, "", name, "says other words than the page: 'make figures'")


def outdated(data: Dataset, every: Iterable[Passage]) -> list[Record]:
    """Return the readings of what no longer says what was read: the next signature drops them."""
    now = {passage.digest for passage in every}
    return [reading for reading in _readings(data) if reading["digest"] not in now]


def sign(
    data: Dataset, root: Path, read: Iterable[Passage], reader: str, day: str, folder: Path
) -> int:
    """Sign these passages as held against their proofs by `reader`; count the new marks."""
    now = {passage.digest for passage in passages(root)}
    before = {(r["digest"], r["reader"]) for r in _readings(data)}
    kept = [dict(r) for r in data.tables[READINGS] if r["kind"] != WORDS or r["digest"] in now]
    signed = {"kind": WORDS, "reader": reader, "date": day}
    new = (one for one in read if (one.digest, reader) not in before)
    added = {one.digest: {"row": one.place, "digest": one.digest, **signed} for one in new}
    write(data, folder, READINGS, [*kept, *added.values()])
    return len(added)


def session(
    data: Dataset,
    root: Path,
    reader: str,
    day: str,
    folder: Path,
    value: Callable[[str], str],
    ask: Callable[[str], str] = input,
    show: Callable[[str], None] = print,
) -> None:
    """Show each unread passage beside its proofs; ask whether it says more; sign what does not.

    q stops it. `value` gives the text of a counted number by its key.
    """
    proofs, waiting = proofs_of(data), unread(data, root)
    signed, more = list[Passage](), list[Passage]()
    for number, passage in enumerate(waiting, 1):
        show(f"\n{passage.place}, {number} of {len(waiting)}:\n{passage.text}\n")
        for line in evidence(proofs, passage, value):
            show(f"  {line}")
        answer = ""
        while answer not in ("y", "n", "q"):
            answer = ask("does it say no more than its proofs? y, n, q to stop: ").strip()[:1]
        if answer == "q":
            break
        (signed if answer == "y" else more).append(passage)
    new = sign(data, root, signed, reader, day, folder)
    show(f"{new} signed; {len(waiting) - len(signed)} are left")
    for passage in more:
        show(f"to mend: {passage.problem('says more than its proofs')}")


def evidence(proofs: Proofs, passage: Passage, value: Callable[[str], str]) -> Iterator[str]:
    """Yield a line for each row behind a passage, and for each counted number its text."""
    for key in passage.rows[:_SHOWN]:
        if held := proofs.held([key]):
            yield told(held[0])
        elif text := value(key):
            yield f"{key}: {text}, counted over the data"
    if len(passage.rows) > _SHOWN:
        yield f"and {len(passage.rows) - _SHOWN} rows more: {CHARTS} names them"


def told(row: Record) -> str:
    """Return what a row says, in one line: its words first, then its other cells."""
    words = row.get("evidence") or row.get("what") or row.get("title") or row.get("name") or ""
    apart = ("id", "evidence", "superseded_by", "sha256", "url", "words")
    rest = [f"{c}={v}" for c, v in row.items() if v and c not in apart and v != words]
    return f"{row.key}: “{words}” ({'; '.join(rest)})"


def written(root: Path, words: dict[str, dict[str, Any]]) -> str:
    """Return the content of `figures/words.json`: each chart's words, the digests of the code."""
    parts: dict[str, dict[str, Any]] = {"charts": words, "code": code(root)}
    texts = []
    for part, held in parts.items():
        told = {name: json.dumps(value, ensure_ascii=False) for name, value in held.items()}
        lines = ",\n".join(f'  "{name}": {told[name]}' for name in sorted(told))
        texts.append(f' "{part}": {{\n{lines}\n }}')
    return "{\n" + ",\n".join(texts) + "\n}\n"


def _readings(data: Dataset) -> Sequence[Record]:
    return [row for row in data.tables.get(READINGS, ()) if row["kind"] == WORDS]


def _said(root: Path) -> dict[str, dict[str, Any]]:
    return _file(root)["charts"] if (root / CHARTS).exists() else {}


def _file(root: Path) -> dict[str, dict[str, Any]]:
    content: dict[str, dict[str, Any]] = json.loads((root / CHARTS).read_text(encoding="utf-8"))
    return content
