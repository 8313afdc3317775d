"""Mistakes that a curator could make, of each kind ten or more: how many the check refuses, by rules and by digests."""

import csv
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from explainer.check import ledger, passages, prose, run
from explainer.data.dataset import WITHOUT_IDS, Dataset, Ledger, Record

FLOOR = {  # of each kind, how many of a hundred the rules alone refuse, and how many together with the digests
    "negation lost": (90, 100),
    "right words, wrong speaker or event": (90, 100),
    "third hand told as first": (85, 100),
    "paraphrase as quotation": (100, 100),
    "scope, place": (100, 100),
    "our own words": (70, 95),
    "joined runs": (100, 100),
    "characters": (100, 100),
    "bookkeeping": (45, 100),
    "context": (75, 100),
    "prose": (80, 100),
    "chart": (60, 100),
}
GONE = "(gone)"
READ = (  # sentences that were held against their proofs
    "The Pentagon had no plans to withdraw its troops {proof}`stm-0002`.",
    "There are about 1,200 US troops in Iraq {proof}`trp-0001`.",
    "Karim Saleh wants the mission to end {proof}`stm-0004`.",
)
SAID = {  # and what is said at a chart
    "title": "About 1,200 US troops are in Iraq, 300 in Syria",
    "subtitle": "A dot a number, on the day of its report.",
    "caption": "Iraq and Syria are counted separately. No report says who counted.",
    "description": "Dots, one a report. About 1,200 US troops are in Iraq, 300 in Syria. Gazette: about 1,200, 300; Herald: 1,200.",
    "rows": ["trp-0001", "trp-0002", "trp-0003"],
}


def mistakes() -> dict[tuple[int, str], list[dict[str, str]]]:
    """Return the edits of each mistake, by its number and kind."""
    found = defaultdict(list)
    with (Path(__file__).parent / "mistakes.csv").open(encoding="utf-8", newline="") as file:
        for edit in csv.DictReader(file):
            found[int(edit["mistake"]), edit["kind"]].append(edit)
    return found


def made(data: Dataset, edits: list[dict[str, str]]) -> Dataset:
    """Return the data with a mistake in it. KeyError where an edit changes nothing."""
    by_row = defaultdict(dict)
    for edit in edits:
        by_row[edit["row"]][edit["column"]] = edit["value"]
    tables = {}
    for name, rows in data.tables.items():
        tables[name] = []
        for row in rows:
            cells = by_row.pop(row.key, {}) if name not in WITHOUT_IDS else {}
            if GONE not in cells:
                assert not set(cells) - set(row), cells
                tables[name].append(
                    Record(dict(row) | cells, name, row.file, row.line) if cells else row
                )
    if by_row:
        raise KeyError(f"no row {list(by_row)}")
    return replace(data, tables=tables)


def told(data: Dataset, folder: Path, edit: dict[str, str]) -> tuple[bool, bool]:
    """Return whether a sentence, or another word at a chart, is refused by rules, and because nobody
    has read it."""
    sentences = [*READ, edit["value"]] if edit["kind"] == "prose" else READ
    said = SAID | ({edit["column"]: edit["value"]} if edit["kind"] == "chart" else {})
    (folder / "figures").mkdir(exist_ok=True)
    (folder / "index.md").write_text("# A page\n\n" + "\n".join(sentences), encoding="utf-8")
    words = passages.written(folder, {"troops_reported": said})
    (folder / passages.CHARTS).write_text(words, encoding="utf-8")
    by_rules = bool([*prose.check(data, folder), *passages.charts(data, folder)])
    return by_rules, by_rules or bool(list(passages.check(data, folder)))


def signed(data: Dataset, folder: Path) -> Dataset:
    """Return the data with the mark of who read what is told."""
    told(data, folder, {"kind": ""})
    cells = [
        {"row": one.place, "digest": one.digest, "kind": "words", "reader": "Ann", "date": "2031"}
        for one in passages.passages(folder)
    ]
    readings = [Record(row, "readings", "data/readings.csv", i) for i, row in enumerate(cells, 2)]
    return replace(data, tables=data.tables | {"readings": readings})


@pytest.fixture(scope="module")
def refused(book, tmp_path_factory) -> dict[str, list[tuple[int, bool, bool]]]:
    """Return by kind the number of each mistake, and whether it is refused by rules, and with digests."""
    found = defaultdict(list)
    counted = {"agreement": ledger.digest_of(book.data.tables["agreement"])}
    published = Ledger("1.0.0", ledger.digests(book.data), counted)
    folder = tmp_path_factory.mktemp("told")
    read = signed(book.data, folder)
    for (number, kind), edits in mistakes().items():
        if kind in ("prose", "chart"):
            by_rules, both = told(read, folder, edits[0])
        else:
            data = made(book.data, edits)
            by_rules = bool(run.judge(data))
            both = by_rules or bool(run.judge(replace(data, ledger=published)))
        found[kind].append((number, by_rules, both))
    return found


def test_mistakes_of_each_kind_are_refused(refused, record_property):
    """A rule that was lost: fewer mistakes of a kind are refused than before."""
    lines, low = [], []
    for kind, outcomes in refused.items():
        rules, both = (100 * sum(o[i] for o in outcomes) / len(outcomes) for i in (1, 2))
        lines.append(f"{kind:38}{len(outcomes):4}{rules:9.0f} %{both:9.0f} %")
        if len(outcomes) < 10 or rules < FLOOR[kind][0] or both < FLOOR[kind][1]:
            low.append((kind, rules, both, [n for n, r, _ in outcomes if not r]))
    every = [o for outcomes in refused.values() for o in outcomes]
    total = [100 * sum(o[i] for o in every) / len(every) for i in (1, 2)]
    head = f"{'mistakes refused':42}{'by rules':>11}{'and digests':>11}"
    last = f"{'all':38}{len(every):4}{total[0]:9.0f} %{total[1]:9.0f} %"
    record_property("told", "\n".join([head, *lines, last]))
    assert not low
    assert total[0] >= 82 and total[1] >= 98


def test_no_mistake_is_none(book):
    """A mistake that changes nothing, or that the invented data has already."""
    assert run.judge(book.data) == []
    for edits in mistakes().values():
        apart = edits[0]["row"] in ("prose", "chart")
        assert apart or made(book.data, edits) != book.data


def test_what_was_read_is_no_mistake(book, tmp_path):
    """Sentences and a chart that are refused as they were read."""
    read = signed(book.data, tmp_path)
    assert told(read, tmp_path, {"kind": ""}) == (False, False)
