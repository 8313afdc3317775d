"""Growth: time of the check and of the build, and weight of the heaviest page, with many times the
data.
"""

import gzip
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from statistics import median
from urllib.parse import unquote, urlsplit

from bench.copies import ROOT, copy, environment, make_book
from bench.grow import grow
from bench.lighthouse import pages
from explainer.site.web_server import LEVEL

TIMES = (1, 10, 100, 1000)
BUILT = 100  # times the data up to which the book is built: see README.md
REPEATED = 10  # times the data up to which the check is measured three times
LIMIT = 600  # seconds for a build
_CHECK = """import sys, time; from pathlib import Path; from explainer.check.run import run
start = time.perf_counter(); found = run(Path(sys.argv[1]))
print(time.perf_counter() - start); print(*found[:1])"""


def measure(times: tuple[int, ...] = TIMES, say=print) -> list[dict]:
    """Return for each multiple: `times`, `rows`, seconds of `check` and `build`, `pages` with the
    KiB of each, and `failed`.

    `build` and `pages` are None where the book was not built; `failed` says why where it should
    have been. ValueError where grown data does not pass the check.
    """
    found = []
    for number in times:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            data = Path(folder) / "data"
            row = {
                "times": number,
                "rows": grow(ROOT / "data", data, number),
                "build": None,
                "pages": None,
                "failed": "",
            }
            row["check"] = median(_check(data) for _ in range(3 if number <= REPEATED else 1))
            if number <= BUILT:
                row |= _built(copy(Path(folder) / "book"), data)
        say(
            f"  {number} times: check {row['check']:.1f} s"
            + (
                f", build {row['build']:.1f} s"
                if row["build"]
                else f", {row['failed'] or 'not built'}"
            )
        )
        found.append(row)
    return found


def weight(site: Path, page: str) -> float:
    """Return the KiB, gzipped, of a page's HTML and of the site's own files that it loads by
    script, link or image.

    What a style sheet or a script loads in turn is not in it: Lighthouse's figure has that, for the
    data as it is.
    """
    path = site / f"{page}.html"
    text = path.read_text(encoding="utf-8")
    loaded = {
        (path.parent / unquote(urlsplit(address).path)).resolve()
        for address in _Loads(text).found
        if not urlsplit(address).netloc and not urlsplit(address).scheme
    }
    return (
        sum(
            len(gzip.compress(file.read_bytes(), LEVEL))
            for file in {path.resolve(), *loaded}
            if file.is_file()
        )
        / 1024
    )


class _Loads(HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag in ("script", "img") and values.get("src"):
            self.found.append(values["src"])
        if (
            tag == "link"
            and set((values.get("rel") or "").split()) & {"stylesheet", "preload", "icon"}
            and values.get("href")
        ):
            self.found.append(values["href"])


def _built(tree: Path, data: Path) -> dict:
    for path in (*(tree / "data").glob("*.csv"), tree / "data" / "fingerprints"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(data, tree / "data", dirs_exist_ok=True)
    (tree / "data/generated.txt").unlink(missing_ok=True)  # of the tables as they were
    changelog = [sys.executable, "-m", "explainer", "changelog", "--write"]
    subprocess.run(changelog, cwd=tree, env=environment(tree), check=True)
    try:
        seconds, _ = make_book(tree, LIMIT)
    except subprocess.TimeoutExpired:
        return {"failed": f"not built within {LIMIT} s"}
    except ValueError as error:
        return {"failed": str(error)}
    site = tree / "_build/html"
    return {"build": seconds, "pages": {page: weight(site, page) for page in pages(site)}}


def _check(data: Path) -> float:
    done = subprocess.run(
        [sys.executable, "-c", _CHECK, str(data)],
        cwd=ROOT,
        env=environment(ROOT),
        capture_output=True,
        text=True,
        check=False,
    )
    seconds, _, problem = done.stdout.partition("\n")
    if done.returncode or problem.strip():
        raise ValueError(
            f"the check of grown data: {problem.strip() or done.stderr.strip()[-300:]}"
        )
    return float(seconds)
