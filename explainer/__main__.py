"""The command line: one function a command."""

import argparse
import dataclasses
import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.arguments import parser
from explainer.data.files import replace
from explainer.paths import DATA, ROOT
from explainer.site.commands import build, serve
from explainer.site.state import DRAFT

if TYPE_CHECKING:  # each command imports what it needs: `check` is called often
    from explainer.data.dataset import Dataset


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status. What goes wrong is said in one line."""
    options = parser(COMMANDS, ROOT).parse_args(arguments)
    try:
        status: int = options.command(options)
        return status
    except ValueError as error:
        print(f"explainer: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of the output, `head` say, has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("explainer: interrupted: nothing half-written was left in place", file=sys.stderr)
        return 130  # as a shell has it
    except OSError as error:  # a folder that may not be written, a full disk, a file in the way
        parts = ["explainer", error.filename, error.strerror or error]
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            parts.append("let your user write there, or work in a copy of the folder")
        print(*filter(None, parts), sep=": ", file=sys.stderr)
        return 1


def check(options: argparse.Namespace) -> int:
    """Check the data: one line a problem and 1, or one summary line and 0."""
    from explainer.check import passages
    from explainer.check.rereading import due
    from explainer.check.run import examine, summary, unread
    from explainer.data.manifest import unknown

    draft = bool(os.environ.get(DRAFT)) or options.command is article  # rows being decided
    some, drawn = options.command is article, getattr(options, "drawn", True)
    data, problems = examine(options.data, options.articles, some, draft, drawn)
    for problem in problems:
        print(problem)
    if data and not problems and drawn:
        print(summary(data, unread(data, draft), bool(options.articles)))
        asked = {one.text for one in passages.unread(data, options.data.parent)}
        for line in due(data, options.data.parent, asked):
            print(line)
    for name, reason in unknown() if options.data == DATA else ():
        print(f"{name}: {reason}: it is not published")
    return 1 if problems else 0


def audit(options: argparse.Namespace) -> int:
    """Print what each article holds and which row accounts for it; 1 where none does."""
    from explainer.check import coverage
    from explainer.data.evidence import fingerprint

    data = _loaded(options)
    there = [s["source_id"] for s in data.articles() if s["source_id"] in data.texts]
    if not there:
        where = options.articles or "--articles DIR"
        raise ValueError(f"the audit needs articles: {where} has none")
    findings = [finding for finding in coverage.audit(data) if finding.source_id in there]
    for finding in findings:
        if not finding.covered:
            print(finding)
    missing = sum(not finding.covered for finding in findings)
    print(
        f"{len(findings)} numbers, dates and quotations in {len(there)} of {len(data.articles())}"
        f" articles: {sum(bool(f.cited) for f in findings)} cited,"
        f" {sum(bool(f.set_aside) for f in findings)} set aside, {missing} uncovered"
    )
    kept = options.data / coverage.FILE
    others = [row for row in data.live("coverage") if row["source_id"] not in there]
    counted = coverage.table(findings, there, others)
    if options.write:
        replace(kept, counted)
        _write_digest(options.data, kept.stem)
        for source_id, text in data.texts.items():
            if source_id in data.fingerprints:
                file = options.data / "fingerprints" / f"{source_id}.txt"
                replace(file, str(fingerprint(source_id, text.encode())))
    elif not kept.exists() or kept.read_text(encoding="utf-8") != counted:
        file = f"{options.data.name}/{coverage.FILE}"
        print(f"{file}: is not what the audit counts: run it with --write")
        return 1
    return 1 if missing else 0


def corruption(options: argparse.Namespace) -> int:
    """Damage the data one cell at a time, and print how much of it the check finds."""
    from explainer.check import damage

    data = dataclasses.replace(_loaded(options), ledger=None)  # the rules alone
    outcomes = list(damage.announced(data, damage.measure(data), sys.stderr))
    for kind, (tried, caught) in damage.rates(outcomes).items():
        print(f"{kind}: {caught} of {tried}")
    if options.write:
        replace(options.data / damage.FILE, damage.table(outcomes))
        _write_digest(options.data, "corruption")
    return 0


def publish(options: argparse.Namespace) -> int:
    """Write down the digests of all rows as those of the data's version."""
    from explainer.check import ledger
    from explainer.check.run import judge

    data = _loaded(options)
    if problems := judge(data):
        raise ValueError(f"the data is not in order: {problems[0]}")
    path = ledger.publish(options.data, data)
    print(f"{path.name}: {len(ledger.digests(data))} rows are published as version {path.stem}")
    return 0


def read(options: argparse.Namespace) -> int:
    """Read the rows a second time, without seeing their codes, and sign those that agree; or the
    sentences and charts, each beside its proofs.
    """
    from explainer.check import reading

    data, written = _loaded(options), [reading.READINGS]
    try:
        if options.kind == reading.WORDS:
            _read_words(options, data)
        elif options.already_read:
            _sign_rows(options, data)
        else:
            written.append(reading.ANSWERS)
            who = options.reader, options.date, options.source
            reading.session(data, options.data, *who, ask=_ask)
    finally:  # also of who stops in the middle
        for table in written:
            _write_digest(options.data, table)
    return 0


def _ask(question: str) -> str:
    """Return an answer; where the input ends, that of who stops."""
    try:
        return input(question)
    except EOFError:
        print("the input has ended: stopped, as q does; what was read is kept")
        return "q"


def _sign_rows(options: argparse.Namespace, data: "Dataset") -> None:
    from explainer.check import reading

    whole = options.kind == reading.WHOLE
    tables = reading.EVERY if whole else reading.SIGNED
    rows = [row for table in tables for row in data.live(table)]
    if options.already_read == "all":
        current = {r["digest"] for r in data.tables[reading.READINGS]}
        rows = [row for row in rows if (row.whole if whole else row.digest) not in current]
    else:
        wanted = _named_in(options.already_read, {row.key for row in rows}, "row that is read")
        rows = [row for row in rows if row.key in wanted]
    new = reading.sign(data, options.data, rows, options.kind, options.reader, options.date)
    print(f"{new} rows signed as read by {options.reader} ({options.kind})")


def _read_words(options: argparse.Namespace, data: "Dataset") -> None:
    from explainer.check import passages
    from explainer.data.tables import load
    from explainer.words.numbers import numbers

    folder, root = options.data, options.data.parent
    if gone := passages.outdated(data, passages.passages(root)):
        places = ", ".join(sorted({reading["row"] for reading in gone}))
        print(f"{len(gone)} signatures go, of what no longer says what was read: {places}")
    if not options.already_read:
        counts = {key.replace("_", "-"): n.text for key, n in numbers(load(folder)).items()}
        passages.session(
            data, root, options.reader, options.date, folder, lambda key: counts.get(key, ""), _ask
        )
        return
    read = passages.unread(data, root)
    if options.already_read != "all":
        known = {name for one in passages.passages(root) for name in (one.place, one.digest)}
        wanted = _named_in(options.already_read, known, "page, chart or digest")
        read = [one for one in read if one.place in wanted or one.digest in wanted]
    new = passages.sign(data, root, read, options.reader, options.date, folder)
    print(f"{new} sentences and charts signed as read by {options.reader} ({options.kind})")


def _named_in(file: str, known: set[str], what: str) -> set[str]:
    """Return the words of a file. ValueError where one is none of the `known`."""
    wanted = set(Path(file).read_text(encoding="utf-8").split())
    if unknown := wanted - known:
        raise ValueError(f"{file}: {min(unknown)} is no {what}")
    return wanted


def _write_digest(folder: Path, table: str) -> None:
    """Write the digest of a table that a command has just made, as its file now is."""
    from explainer.check import ledger
    from explainer.data import dataset

    data, _ = dataset.read(folder)
    if data is not None:
        ledger.write_table(folder, data, table)


def draft(options: argparse.Namespace) -> int:
    """Draft an article's rows, or go on with them; what its words leave open, `check` lists."""
    from explainer.check import draft as drafts

    if options.undo:
        source_id, rows = drafts.undo(options.data, options.file)
        print(f"{source_id}: {rows} rows taken out; they are kept in {options.file}{drafts.UNDONE}")
        return 0
    taken = ("command", "data", "file", "undo")
    given = {name: value for name, value in vars(options).items() if name not in taken}
    given["published_basis"] = given["published_basis"] or ("address" if options.url else "printed")
    inferred = given["published_basis"] == "inferred"
    given["published_precision"] = "about" if inferred else "day"
    source_id, rows, left = drafts.draft(options.data, options.file, given)
    print(f"{source_id}: {rows} new rows; {left} cells are open: 'make check' lists them")
    if options.published:
        for line in drafts.later(options.file, options.published):
            print(line)
    return 0


def article(options: argparse.Namespace) -> int:
    """Do all that follows a change of rows: fill in, check, count, write, draw, check again."""
    from explainer.check import draft as drafts

    steps = (
        ("rows: filled in, numbered, sorted", lambda _: drafts.settle(options.data) and 0),
        ("what is cited, set aside, left out", audit if options.articles else lambda _: 0),
        ("codebook", codebook),
        ("check", check),
        ("figures", figures),
        ("check of what is drawn", check),
    )
    options.write, failed = True, 0
    for number, (name, step) in enumerate(steps, 1):
        options.drawn = number == len(steps)
        print(f"{number} of {len(steps)}: {name}", flush=True)
        failed = step(options) or failed
        if failed and step is not audit:  # what is left out is told with what the check finds
            return 1
    return 0


def codebook(options: argparse.Namespace) -> int:
    """Print the codebook, or write it into `data/README.md`."""
    from explainer.data import dataset
    from explainer.data.codebook import text

    data, problems = dataset.read(options.data)
    if data is None:
        raise ValueError(problems[0])
    if options.write:
        replace(options.data / "README.md", text(data.package))
    else:
        print(text(data.package), end="")
    return 0


def changelog(options: argparse.Namespace) -> int:
    """Compare the changelog's lines on corrections with the data, or write them: 1 if not equal."""
    from explainer.data.corrections import corrections, releases, written
    from explainer.data.tables import load
    from explainer.paths import CHANGELOG

    kept = options.data.parent / CHANGELOG.name
    text = kept.read_text(encoding="utf-8")
    releases(text)
    wanted = written(text, corrections(load(options.data, superseded=True)))
    if options.write:
        replace(kept, wanted)
    elif wanted != text:
        how = "run 'python -m explainer changelog --write'"
        print(f"{kept.name}: is not what the corrections say: {how}")
        return 1
    return 0


def diff(options: argparse.Namespace) -> int:
    """Print what changed between two versions of the data."""
    from explainer.data.diff import changes, read

    for line in changes(read(options.old), read(options.new)):
        print(line)
    return 0


def figures(options: argparse.Namespace) -> int:
    """Draw the figures, and write those into `figures/` that changed."""
    from explainer.charts.figure import export
    from explainer.data.tables import load
    from explainer.paths import FIGURES

    made = export(load(options.data))
    print(f"{len(made)} files written in {FIGURES.name}/")
    return 0


def _loaded(options: argparse.Namespace) -> "Dataset":
    """Return the data; only generated files may be missing or broken, else ValueError."""
    from explainer.check.run import load
    from explainer.data.dataset import GENERATED

    data, problems = load(options.data, getattr(options, "articles", None))
    problems = [problem for problem in problems if Path(problem.file).stem not in GENERATED]
    if data is None or problems:
        raise ValueError(problems[0])
    return data


_FUNCTIONS = (
    check, audit, corruption, publish, read, draft, article, figures, changelog, diff, build, serve,
    codebook,
)  # fmt: skip
COMMANDS = {function.__name__: function for function in _FUNCTIONS}


if __name__ == "__main__":
    sys.exit(main())
