"""Time of a build: from nothing, with nothing changed, after a change of one CSV; against a stock
book from nothing.
"""

import csv
import re
import shutil
import tempfile
from pathlib import Path
from statistics import median

from bench import stock
from bench.copies import copy, make_book

CHANGED = "troops"  # the table in which one cell is changed
AGAIN = 3  # times that a build with nothing to do is measured


def measure(runs: int, say=print) -> dict:
    """Return seconds: `cold`, `unchanged`, `one_csv` and `stock`, each the median of `runs` builds,
    and what the third ran again.

    Cold builds of the book and of the stock one take turns, so that a slow moment of the machine
    falls on both.
    """
    taken: dict[str, list[float]] = {"cold": [], "stock": [], "unchanged": [], "one_csv": []}
    ran = ""
    for run in range(runs):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            tree = copy(Path(folder) / "book")
            taken["cold"].append(make_book(tree)[0])
            taken["stock"].append(stock.build(Path(folder) / "stock"))
            taken["unchanged"] += [make_book(tree)[0] for _ in range(AGAIN)]
            change(
                tree / "data" / f"{CHANGED}.csv",
                f"Changed by the benchmark, run {'abcdefghij'[run % 10]}.",
            )
            seconds, printed = make_book(tree)
            taken["one_csv"].append(seconds)
            ran = (re.findall(r"^notebooks: (.*)$", printed, re.M) or ["all notebooks run"])[-1]
        say(
            f"  run {run + 1}: "
            + ", ".join(f"{name} {values[-1]:.1f} s" for name, values in taken.items())
        )
    return {name: median(values) for name, values in taken.items()} | {
        "changed": f"{CHANGED}.csv",
        "ran": ran,
        "runs": runs,
    }


def change(file: Path, note: str) -> None:
    """Put `note` into the cell `note` of the first row of a CSV file."""
    with file.open(encoding="utf-8", newline="") as opened:
        header, first, *rest = csv.reader(opened)
    first[header.index("note")] = note
    made = file.with_suffix(".new")
    with made.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows([header, first, *rest])
    shutil.move(made, file)
