"""The check: every rule over the data, one report."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from explainer.check import ledger, passages, prose, reading
from explainer.check import rules as subjects
from explainer.check.rules import articles as texts
from explainer.check.rules import calendar, cells, keys, quoting, record, undecided
from explainer.data import dataset, evidence
from explainer.data.dataset import Dataset, Problem

Rule = Callable[[Dataset], Iterator[Problem]]
SUBJECTS = [import_module(f"{subjects.__name__}.{m.name}") for m in iter_modules(subjects.__path__)]


def rules(subject: ModuleType) -> tuple[Rule, ...]:
    """Return the rules of a module: its public functions from a Dataset to Problems."""
    made = {"data": Dataset, "return": Iterator[Problem]}
    own = (f for f in vars(subject).values() if isfunction(f) and f.__module__ == subject.__name__)
    return tuple(f for f in own if f.__name__[0] != "_" and f.__annotations__ == made)


OPEN: tuple[Rule, ...] = (undecided.cells,)
SCHEMA: tuple[Rule, ...] = (cells.cells, keys.keys, keys.references, keys.shared)
DATES: tuple[Rule, ...] = (cells.conditions, calendar.shapes, record.tiers, record.pages)
ARTICLES = (*rules(texts), quoting.covering)
LEDGER: tuple[Rule, ...] = (ledger.frozen, ledger.generated, reading.signed, cells.dictionary)
_ELSEWHERE = {*OPEN, *SCHEMA, *DATES, *ARTICLES, *LEDGER}
MEANING = tuple(r for s in SUBJECTS for r in rules(s) if r not in _ELSEWHERE)
STAGES = (OPEN, SCHEMA, DATES, MEANING + ARTICLES + LEDGER)


def run(
    folder: Path, articles: Path | None = None, some: bool = False, draft: bool = False
) -> list[Problem]:
    """Return what is wrong with the data in `folder` and the chapters beside it, file by file.

    With the folder `articles` evidence is compared letter by letter; with `some` it need not have
    all of them. Of a `draft` nobody has to have read the sentences.
    """
    return examine(folder, articles, some, draft)[1]


def examine(
    folder: Path,
    articles: Path | None = None,
    some: bool = False,
    draft: bool = False,
    drawn: bool = True,
) -> tuple[Dataset | None, list[Problem]]:
    """Return the data in `folder`, None where it cannot be read, and what `run` finds there."""
    data: Dataset | None = None
    gc.disable()  # a million rows hold no circles, and it would look through them again and again
    try:
        data, problems = load(folder, articles)
        if data is not None and not problems:
            problems = [p for p in judge(data) if not (some and texts.MISSING in p.message)]
            problems = problems or list(prose.check(data, folder.parent))
            if drawn:
                problems = problems or list(passages.charts(data, folder.parent))
            if not draft:
                problems = problems or list(passages.check(data, folder.parent))
    finally:
        if data is not None:
            data.made.clear()  # proofs hold the data that hold them: a circle
        gc.enable()
    order = sorted(set(problems), key=lambda p: (p.file, p.line or 0, p.column, p.message))
    return data, order


def load(folder: Path, articles: Path | None = None) -> tuple[Dataset | None, list[Problem]]:
    """Read all that the check looks at. Return it, or None, and what is wrong with the files."""
    data, problems = dataset.read(folder)
    if data is None:
        return None, problems
    for path in sorted((folder / "fingerprints").glob("*")):
        with _noting(problems, f"{folder.name}/fingerprints/{path.name}"):
            data.fingerprints[path.stem] = found = evidence.parse(path.read_bytes().decode("utf-8"))
            if path.name != (due := f"{found.source_id}.txt"):
                raise ValueError(f"is the fingerprint of {found.source_id}, which is kept in {due}")
    with _noting(problems, folder.name):
        data = replace(data, ledger=ledger.read(folder))
    if articles and not articles.is_dir():
        problems.append(Problem(str(articles), None, "", "", "is no folder of articles"))
    for path in sorted(articles.glob("*.txt")) if articles else ():
        with _noting(problems, path.name):
            data.texts[path.stem] = text = path.read_bytes().decode("utf-8")
            if wrong := evidence.unfit(text):
                raise ValueError(wrong)
    return data, problems


@contextmanager
def _noting(problems: list[Problem], file: str) -> Iterator[None]:
    """Note why a file could not be read."""
    try:
        yield
    except (OSError, ValueError) as error:
        problems.append(Problem(file, None, "", "", dataset.reason(error)))


def judge(data: Dataset) -> list[Problem]:
    """Return what the rules find, stage by stage, up to one that finds something."""
    for stage in STAGES:
        if problems := [problem for rule in stage for problem in rule(data)]:
            return problems
    return []


def unread(data: Dataset, draft: bool) -> int:
    """Return how many rows nobody has read again; of a `draft`, sentences and charts, too."""
    words = passages.check(data, data.folder.parent) if draft else ()
    return len(reading.unsigned(data)) + sum(1 for _ in words)


def summary(data: Dataset, unread: int, articles: bool = False) -> str:
    """Return the line that a check without problems prints."""
    cited = sum(bool(row.get("evidence")) for row in data.every())
    there = len(data.texts.keys() & {source["source_id"] for source in data.articles()})
    some = "" if there == len(data.articles()) else f", {there} of them"
    how = f"by fingerprint{some} and letter by letter" if articles else "by fingerprint"
    count = sum(len(stage) for stage in STAGES) - (0 if articles else len(ARTICLES))
    rows = sum(map(len, data.tables.values()))
    proved = f"{cited} pieces of evidence from {len(data.articles())} articles verified {how}"
    draft = f"; {unread} rows or sentences were read by nobody else: a draft" if unread else ""
    held = f"{rows} rows in {len(data.tables)} files"
    return f"{data.folder.name}: {held}, {proved}, {count} rules, no problem{draft}"
