"""Mistakes that a curator could make, of each kind ten or more: how many the check refuses, by rules and by digests."""

import csv
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from explainer.check import ledger, prose, run
from explainer.data.dataset import WITHOUT_IDS, Dataset, Ledger, Record

FLOOR = {  # of each kind, how many of a hundred the rules alone refuse, and how many together with the digests
    "negation lost": (100, 100),
    "right words, wrong speaker or event": (90, 100),
    "third hand told as first": (90, 100),
    "paraphrase as quotation": (100, 100),
    "scope, place": (100, 100),
    "our own words": (80, 90),
    "joined runs": (100, 100),
    "characters": (100, 100),
    "bookkeeping": (50, 100),
    "context": (65, 100),
    "prose": (85, 85),
}
GONE = "(gone)"


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


@pytest.fixture(scope="module")
def refused(book, tmp_path_factory) -> dict[str, list[tuple[int, bool, bool]]]:
    """Return by kind the number of each mistake, and whether it is refused by rules, and with digests."""
    found = defaultdict(list)
    published = Ledger("1.0.0", ledger.digests(book.data))
    for (number, kind), edits in mistakes().items():
        if kind == "prose":
            folder = tmp_path_factory.mktemp("prose")
            (folder / "index.md").write_text(f"# A page\n\n{edits[0]['value']}\n", encoding="utf-8")
            by_rules = both = bool(list(prose.check(book.data, folder)))
        else:
            data = made(book.data, edits)
            by_rules = bool(run.judge(data))
            both = by_rules or bool(run.judge(replace(data, ledger=published)))
        found[kind].append((number, by_rules, both))
    return found


def test_mistakes_of_each_kind_are_refused(refused, capsys):
    """A rule that was lost: fewer mistakes of a kind are refused than before."""
    lines, low = [], []
    for kind, outcomes in refused.items():
        rules, both = (100 * sum(o[i] for o in outcomes) / len(outcomes) for i in (1, 2))
        lines.append(f"{kind:38}{len(outcomes):4}{rules:9.0f} %{both:9.0f} %")
        if len(outcomes) < 10 or rules < FLOOR[kind][0] or both < FLOOR[kind][1]:
            low.append((kind, rules, both, [n for n, r, _ in outcomes if not r]))
    every = [o for outcomes in refused.values() for o in outcomes]
    total = [100 * sum(o[i] for o in every) / len(every) for i in (1, 2)]
    with capsys.disabled():
        print(
            f"\n{'mistakes refused':38}{'':4}{'by rules':>11}{'and digests':>11}", *lines, sep="\n"
        )
        print(f"{'all':38}{len(every):4}{total[0]:9.0f} %{total[1]:9.0f} %")
    assert not low
    assert total[0] >= 85 and total[1] >= 95


def test_no_mistake_is_none(book):
    """A mistake that changes nothing, or that the invented data has already."""
    assert run.judge(book.data) == []
    for edits in mistakes().values():
        assert edits[0]["row"] == "prose" or made(book.data, edits) != book.data
