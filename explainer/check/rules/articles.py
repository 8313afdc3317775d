"""The articles themselves, where they are at hand: every word, letter and quotation mark as
printed.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256

from explainer.check.numerals import numbers
from explainer.data.dataset import Dataset, Problem, Record
from explainer.data.dates import find
from explainer.data.evidence import fragments, heading, plain, words
from explainer.data.grammar import CLAUSE, SAYS, SENTENCE, UNDONE, WISH, piece

MISSING = "has no text among the articles"
_PARAGRAPH = 30  # words; a caption or a line of the page's own has fewer
_NOT_BODY = re.compile(  # captions, links to other articles, boilerplate
    r"^(?:file )?(?:photo|picture|image)\b|\bphoto\)|[©|]|"
    r"\b(?:read (?:more|also|next)|more from|see also|also read|related:|watch:|getty|copyright|"
    r"newsletter|subscribe|sign up|log in|all rights reserved|follow us|click here|cookies)\b",
    re.I,
)
_ENDS = re.compile(r"[.!?]\s|[.!?]$|\n")


def files(data: Dataset) -> Iterator[Problem]:
    """Each article is there, and is the text that its row and its fingerprint describe."""
    for source in data.articles() if data.texts else ():
        if (text := data.texts.get(source.key)) is None:
            yield source.problem("source_id", f"{MISSING}: {source.key}.txt")
            continue
        count, digest = str(len(words(text))), sha256(text.encode()).hexdigest()
        for column, value in (("words", count), ("sha256", digest)):
            if source[column] != value:
                yield source.problem(column, f"is {value} in the article")
        if source["headline"] not in plain(text).split("\n"):
            yield source.problem("headline", "is no line of the article")


def verbatim(data: Dataset) -> Iterator[Problem]:
    """Evidence, roles, authors and what is set aside stand in the article letter by letter, runs
    in their order.
    """
    for row, text in _read(data):
        for column in ("evidence", "role_as_written", "author", "text", "date_as_written"):
            runs = map(re.escape, fragments(row.get(column, "")))
            if not re.search(".*".join(runs), text, re.S):
                yield row.problem(column, f"is not in {row['source_id']} letter by letter")


def gaps(data: Dataset) -> Iterator[Problem]:
    """What evidence leaves out between two of its runs in one sentence has no negation and no
    hedge, unless `note` has it.
    """
    kept = set(data.package.get("kept", ()))
    for row, text in _read(data):
        runs, place = fragments(row.get("evidence", "")), 0
        for run, later in zip(runs, runs[1:], strict=False):
            end = text.find(run, place) + len(run)
            place = text.find(later, end)
            between = text[end:place]
            lost = kept & {*words(between)} - {*words(row.get("note", ""))}
            for word in sorted(lost) if not _ENDS.search(between) else ():
                what = f'leaves out "{word}" between "{run}" and "{later}"'
                how = "put it into the evidence or into `note`; these words are `kept` in"
                yield row.problem("evidence", f"{what}: {how} datapackage.json")


def wished(data: Dataset) -> Iterator[Problem]:
    """What proves a deadline, or that somebody goes, keeps the word of its clause by which it is
    wanted or planned only, or not yet so, unless `note` has it.
    """
    events = data.by_key("events")
    for row, text in _read(data):
        ahead = row.table == "mentions" and events[row["event_id"]]["kind"] == "deadline"
        if not ahead and row.get("position") not in ("mission_ends", "forces_leave"):
            continue
        at = max(text.find(fragments(row["evidence"])[0]), 0)
        first = max(piece(SENTENCE, text, at)[0], text.rfind("\n", 0, at) + 1)
        for mark in (WISH, UNDONE):
            open_by = mark.search(CLAUSE.split(text[first:at])[-1])
            if open_by and not mark.search(f"{row['evidence']} {row['note']}"):
                what = f'leaves out "{open_by[0]}", by which it is no fact: take it in, or tell of'
                yield row.problem("evidence", f"{what} it in `note`")


def body(data: Dataset) -> Iterator[Problem]:
    """Furniture and what points to another article is no number, date or quotation of the
    article's own paragraphs.
    """
    cited: dict[str, list[str]] = defaultdict(list)
    for row, _ in _read(data):
        cited[row["source_id"]] += fragments(row.get("evidence", ""))
    for row, text in _read(data):
        if row.get("reason") not in ("furniture", "teaser"):
            continue
        line = next((line for line in text.split("\n") if row["text"] in line), "")
        telling = numbers(words(row["text"])) or find(row["text"]) or re.search(r"[“”\"]", line)
        if not telling or heading(line) or _NOT_BODY.search(line):
            continue
        own = [run for run in cited[row["source_id"]] if run in line]
        if own or SAYS.search(line) or line[0] in '“"' or len(words(line)) >= _PARAGRAPH:
            what = f'but "{row["text"]}" stands in a paragraph of the article: cite it in a row, or'
            how = "set it aside as what it is: repeated, not_a_count, not_on_the_matter"
            yield row.problem("reason", f"{what} {how}")


def _read(data: Dataset) -> Iterator[tuple[Record, str]]:
    texts = {source: plain(text) for source, text in data.texts.items()}
    return ((row, texts[row["source_id"]]) for row in data.every() if row.get("source_id") in texts)
