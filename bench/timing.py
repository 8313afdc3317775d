"""Time of a build: from nothing, with nothing changed, after a change of one CSV or chapter;
against a stock book from nothing. And of `make serve`, from a saved chapter to the page.
"""

import csv
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from bench import stock
from bench.copies import copy, environment, make_book

CASES = ("cold", "stock", "unchanged", "one_csv", "one_chapter", "served")
CHANGED = "troops"  # the table in which one cell is changed, and the chapter that gets a sentence
AGAIN = 3  # times that a build with nothing to do is measured
LONG = 600  # seconds: `make serve` has shown a change by then, or never


def measure(runs: int, say=print) -> dict:
    """Return seconds: `cold`, `stock`, `unchanged`, `one_csv`, `one_chapter` and `served`, each the
    median of `runs` builds, and under `ran` what changes of a CSV and of a chapter ran again.

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
            _add(tree, "A sentence that stands here for a moment.")
            _again(tree, "one_chapter", taken, ran)
            taken["served"].append(served(tree))
        figures = (f"{name} {values[-1]:.1f} s" for name, values in taken.items())
        say(f"  run {run + 1}: {', '.join(figures)}")
    kept = {name: median(values) for name, values in taken.items()}
    return kept | {"changed": CHANGED, "ran": ran, "runs": runs}


def _again(tree: Path, case: str, taken: dict[str, list[float]], ran: dict[str, str]) -> None:
    seconds, printed = make_book(tree)
    taken[case].append(seconds)
    ran[case] = (re.findall(r"^notebooks: (.*)$", printed, re.M) or ["all notebooks run"])[-1]


def served(tree: Path) -> float:
    """Return the seconds from a saved chapter to the page with the change by `make serve`."""
    _add(tree, "A sentence from before.")  # once it is built, every change is watched for
    command = [sys.executable, "-m", "explainer", "serve", "--port", "0"]
    server = subprocess.Popen(
        command, cwd=tree, env=environment(tree), stdout=subprocess.PIPE, text=True
    )
    try:
        address = server.stdout.readline().split()[0]
        said = next((line for line in server.stdout if "notebooks: " not in line), "")
        if not said.startswith("built in"):
            raise ValueError(f"serve: {said or 'it ended'}")
        time.sleep(1)  # until it watches
        with urlopen(f"{address}_reload", timeout=LONG) as events:
            events.readline()
            start = time.perf_counter()
            _add(tree, "A sentence of now.")
            while events.readline() != b"data: built\n":
                pass
        page = urlopen(f"{address}chapters/{CHANGED}.html", timeout=LONG).read()
        if b"A sentence of now." not in page:
            raise ValueError("serve: the page does not show the change")
        return time.perf_counter() - start
    finally:
        server.terminate()  # the process that builds ends by itself
        server.communicate()


def _add(tree: Path, sentence: str) -> None:
    """Put a sentence at the end of the chapter."""
    with (tree / f"chapters/{CHANGED}.md").open("a", encoding="utf-8") as chapter:
        chapter.write(f"\n{sentence}\n")


def change(file: Path, note: str) -> None:
    """Put `note` into the cell `note` of the first row of a CSV file."""
    with file.open(encoding="utf-8", newline="") as opened:
        header, first, *rest = csv.reader(opened)
    first[header.index("note")] = note
    made = file.with_suffix(".new")
    with made.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows([header, first, *rest])
    shutil.move(made, file)
