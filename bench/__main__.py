"""`make bench`: measure weight, time and growth against a stock Jupyter Book, print figures, ratios
and targets.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from bench import growth, lighthouse, report, stock, timing
from bench.copies import ROOT

PARTS = ("weight", "time", "growth")
KEPT = ROOT / "_build/bench.json"


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and keep the results. Return 1 where something could not be measured; a missed
    target is no failure.
    """
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="one part instead of all")
    parser.add_argument(
        "--runs",
        type=int,
        default=1,
        help="runs a page and builds a case, of which the median counts (default 1)",
    )
    parser.add_argument(
        "--times",
        type=int,
        nargs="+",
        default=list(growth.TIMES),
        help="multiples of the data, the first as the base",
    )
    options = parser.parse_args(arguments)
    if options.runs < 1 or min(options.times) < 1:
        parser.error("--runs and --times are 1 or more")
    results, failed = {}, []
    for part in [options.only] if options.only else PARTS:
        say(f"{part}:")
        try:
            results[part] = _measured(part, options)
        except ValueError as error:
            failed.append(f"{part}: {error}")
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(report.text(results), end="")
    failed += report.failures(results)
    for line in failed:
        print(f"bench: not measured: {line}", file=sys.stderr)
    return 1 if failed else 0


def say(line: str) -> None:
    """Say how far it is, apart from the results."""
    print(line, file=sys.stderr, flush=True)


def _measured(part: str, options: argparse.Namespace) -> dict | list:
    if part == "time":
        return timing.measure(options.runs, say)
    if part == "growth":
        return growth.measure(tuple(options.times), say)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        site = lighthouse.measure(ROOT / "_build/html", options.runs, say)
        stock.build(Path(folder) / "stock")
        return {
            "site": site,
            "stock": lighthouse.measure(Path(folder) / "stock/_build/html", options.runs, say),
            "runs": options.runs,
        }


if __name__ == "__main__":
    sys.exit(main())
