"""The articles themselves, where they are at hand: every word, letter and quotation mark as printed."""

import re
from collections.abc import Iterator
from hashlib import sha256

from explainer.data.dataset import Dataset, Problem, Record
from explainer.data.evidence import fragments, words

Span = tuple[int, int]
_QUOTED = re.compile(r"“([^”\n]*)”|\"([^\"\n]*)\"")


def files(data: Dataset) -> Iterator[Problem]:
    """Each article is there, and is the text that its row and its fingerprint describe."""
    for source in data.articles() if data.texts else ():
        text = data.texts.get(source["source_id"])
        if text is None:
            yield source.problem(
                "source_id", f"has no text {source['source_id']}.txt among the articles"
            )
            continue
        for column, value in (
            ("words", str(len(words(text)))),
            ("sha256", sha256(text.encode()).hexdigest()),
        ):
            if source[column] != value:
                yield source.problem(column, f"is {value} in the article")
        if source["headline"] not in plain(text).split("\n"):
            yield source.problem("headline", "is no line of the article")


def verbatim(data: Dataset) -> Iterator[Problem]:
    """Evidence, roles, authors and what is set aside stand in the article letter by letter, runs in their order."""
    for row, text in _read(data):
        for column in ("evidence", "role_as_written", "author", "text", "date_as_written"):
            if (written := row.get(column, "")) and not _in_order(fragments(written), text):
                yield row.problem(column, f"is not in {row['source_id']} letter by letter")


def quotations(data: Dataset) -> Iterator[Problem]:
    """What is coded as quoted stands in quotation marks, what is not does not; headlines are lines by themselves."""
    marked = {
        source: [m.span(m.lastindex) for m in _QUOTED.finditer(plain(text))]
        for source, text in data.texts.items()
    }
    for row, text in _read(data):
        if row.table == "statements":
            inside = _inside(row["evidence"], text, marked[row["source_id"]])
            if inside != (row["form"] == "quote"):
                yield row.problem(
                    "form",
                    f"but the evidence stands {'in' if inside else 'outside'} quotation marks",
                )
            headings = " \n ".join(
                line for line in text.split("\n") if line and line[-1] not in '.?!:,;”"'
            )
            if (row["evidence"] in headings) != (row["form"] == "headline"):
                yield row.problem(
                    "form",
                    f"but the evidence is {'' if row['evidence'] in headings else 'not '}a heading",
                )
        if row.table == "wording" and row["voice"] != "marked":
            inside = any(_inside(term, text, marked[row["source_id"]]) for term in _around(row))
            if inside != (row["voice"] == "quoted"):
                yield row.problem(
                    "voice", f"but the term stands {'in' if inside else 'outside'} quotation marks"
                )


def plain(text: str) -> str:
    """Return an article's text with plain spaces, so that a no-break space is no difference."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def _read(data: Dataset) -> Iterator[tuple[Record, str]]:
    texts = {source: plain(text) for source, text in data.texts.items()}
    return ((row, texts[row["source_id"]]) for row in data.every() if row.get("source_id") in texts)


def _in_order(runs: list[str], text: str) -> bool:
    place = 0
    for run in runs:
        place = text.find(run, place) + len(run)
        if place < len(run):
            return False
    return True


def _inside(evidence: str, text: str, marked: list[Span]) -> bool:
    """Tell whether every run of the evidence stands, at some place, wholly inside quotation marks."""
    return all(
        any(
            start <= m.start() and m.end() <= end
            for m in re.finditer(re.escape(run), text)
            for start, end in marked
        )
        for run in fragments(evidence)
    )


def _around(row: Record) -> list[str]:
    """Return the term as the evidence has it: what stands around it tells which place of the article is meant."""
    quoted = [part for part in re.split('["“”]', row["evidence"]) if row["term"] in part]
    return (
        [row["term"]]
        if "“" in row["evidence"] or '"' in row["evidence"] and quoted
        else [row["evidence"]]
    )
