"""The yardstick: a stock Jupyter Book of the same chapters, charts drawn by Altair's default
renderer.
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path

from bench.copies import ROOT, environment
from explainer.data.manifest import pages

PLAIN = Path(__file__).parent / "plain"
_FIRST = "tables = prose.glue("  # in the first cell of every chapter


def build(folder: Path) -> float:
    """Build the stock book in the new folder `folder`, the site in `_build/html` there. Return the
    seconds it took.

    ValueError where it fails, or where a chapter has lost its charts.
    """
    shutil.copytree(PLAIN, folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "_toc.yml", folder)
    for page in pages():
        text = (ROOT / f"{page}.md").read_text(encoding="utf-8")
        if _FIRST not in text:
            raise ValueError(
                f"{page}.md: no cell begins with '{_FIRST}', so its charts cannot be made stock"
            )
        (folder / page).parent.mkdir(exist_ok=True)
        (folder / f"{page}.md").write_text(
            text.replace(_FIRST, f"import plain_charts\n{_FIRST}", 1), encoding="utf-8"
        )
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(folder), "-q"]
    start = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment(folder, ROOT),
        capture_output=True,
        text=True,
        check=False,
    )
    taken = time.perf_counter() - start
    site = folder / "_build/html"
    if done.returncode or not all((site / f"{page}.html").exists() for page in pages()):
        raise ValueError(
            f"the stock book was not built: {(done.stderr or done.stdout).strip()[-1000:]}"
        )
    if not charts(site):
        raise ValueError("the stock book was built without charts")
    return taken


def charts(site: Path) -> int:
    """Return how many charts the pages of a stock book hold: Altair writes one call of its function
    for each.
    """
    return sum(
        path.read_text(encoding="utf-8").count('id="altair-viz-') for path in site.rglob("*.html")
    )
