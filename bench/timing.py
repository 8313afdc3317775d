"""Time of a build: from nothing, with nothing changed, after a change of one CSV or chapter;
against a stock book from nothing.
"""

import csv
import re
import shutil
import tempfile
from pathlib import Path
from statistics import median

from bench import stock
from bench.copies import copy, make_book

CASES = ("cold", "stock", "unchanged", "one_csv", "one_chapter")
CHANGED = "troops"  # the table in which one cell is changed, and the chapter that gets a sentence
AGAIN = 3  # times that a build with nothing to do is measured


def measure(runs: int, say=print) -> dict:
    """Return seconds: `cold`, `stock`, `unchanged`, `one_csv` and `one_chapter`, each the median of
    `runs` builds, and under `ran` what the last two ran again.

    Cold builds of the book and of the stock one take turns, so that a slow moment of the machine
    falls on both.
    """
    taken: dict[str, list[float]] = {name: [] for name in CASES}
    ran = {}
    for run in range(runs):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            tree, word = copy(Path(folder) / "book"), "abcdefghij"[run % 10]
            taken["cold"].append(make_book(tree)[0])
            taken["stock"].append(stock.build(Path(folder) / "stock"))
            taken["unchanged"] += [make_book(tree)[0] for _ in range(AGAIN)]
            change(tree / "data" / f"{CHANGED}.csv", f"Changed by the benchmark, run {word}.")
            _again(tree, "one_csv", taken, ran)
            with (tree / f"chapters/{CHANGED}.md").open("a", encoding="utf-8") as chapter:
                chapter.write("\nA sentence that stands here for a moment.\n")
            _again(tree, "one_chapter", taken, ran)
        figures = (f"{name} {values[-1]:.1f} s" for name, values in taken.items())
        say(f"  run {run + 1}: {', '.join(figures)}")
    kept = {name: median(values) for name, values in taken.items()}
    return kept | {"changed": CHANGED, "ran": ran, "runs": runs}


def _again(tree: Path, case: str, taken: dict[str, list[float]], ran: dict[str, str]) -> None:
    seconds, printed = make_book(tree)
    taken[case].append(seconds)
    ran[case] = (re.findall(r"^notebooks: (.*)$", printed, re.M) or ["all notebooks run"])[-1]


def change(file: Path, note: str) -> None:
    """Put `note` into the cell `note` of the first row of a CSV file."""
    with file.open(encoding="utf-8", newline="") as opened:
        header, first, *rest = csv.reader(opened)
    first[header.index("note")] = note
    made = file.with_suffix(".new")
    with made.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows([header, first, *rest])
    shutil.move(made, file)
