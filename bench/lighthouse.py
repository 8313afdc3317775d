"""Lighthouse, mobile preset, over every page of a built site: four scores, weight, and the
simulated phone's times.
"""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from bench.copies import ROOT
from explainer.site.web_server import served

SCORES = ("performance", "accessibility", "best-practices", "seo")
_AUDITS = {
    "kib": ("total-byte-weight", 1024),
    "lcp": ("largest-contentful-paint", 1000),  # KiB, seconds, unitless, ms
    "cls": ("cumulative-layout-shift", 1),
    "tbt": ("total-blocking-time", 1),
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)
PROGRAM = ROOT / "bench/node_modules/lighthouse/cli/index.js"
LIMIT = 180  # seconds for a page


def measure(site: Path, runs: int, say=print) -> dict[str, dict[str, float]]:
    """Return {page: figures} of every page of a site, each figure the median of `runs` runs.

    Figures: the four scores (0-100), `kib` transferred, `lcp` in seconds, `cls`, `tbt` in
    milliseconds, `elsewhere`: requests to other hosts, `unanswered`: those of them that brought
    nothing. ValueError where a page cannot be measured.
    """
    measured = {}
    with served(site) as address:
        for page in pages(site):
            found = [read(_run(f"{address}/{page}.html")) for _ in range(runs)]
            measured[page] = {name: median(one[name] for one in found) for name in found[0]}
            say(
                f"  {page}: {' '.join(f'{measured[page][score]:.0f}' for score in SCORES)},"
                f" {measured[page]['kib']:.0f} KiB"
            )
    return measured


def pages(site: Path) -> list[str]:
    """Return all pages of a built site, without `.html`, the landing page first."""
    found = [
        path.relative_to(site).with_suffix("").as_posix()
        for path in site.rglob("*.html")
        if not any(part.startswith("_") for part in path.relative_to(site).parts)
    ]
    if not found:
        raise ValueError(f"{site.name}: no site is built there")
    return sorted(found, key=lambda page: (page != "index", page))


def read(report: dict) -> dict[str, float]:
    """Return the figures of one of Lighthouse's reports. ValueError where the report says that it
    failed.
    """
    if error := report.get("runtimeError"):
        raise ValueError(
            f"Lighthouse could not measure {report.get('requestedUrl')}:"
            f" {error.get('message') or error.get('code')}"
        )
    found: dict[str, float] = {}
    for score in SCORES:
        value = report["categories"][score]["score"]
        if value is None:
            raise ValueError(
                f"Lighthouse gave no score for {score} of {report.get('requestedUrl')}"
            )
        found[score] = 100 * value
    for name, (audit, unit) in _AUDITS.items():
        found[name] = report["audits"][audit]["numericValue"] / unit
    here = urlsplit(report["finalDisplayedUrl"]).netloc
    requests = [
        item
        for item in report["audits"]["network-requests"]["details"]["items"]
        if item["url"].startswith("http") and urlsplit(item["url"]).netloc != here
    ]
    return found | {
        "elsewhere": len(requests),
        "unanswered": sum(item.get("statusCode", -1) <= 0 for item in requests),
    }


def _run(address: str) -> dict:
    node, browser = (
        shutil.which("node"),
        os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, BROWSERS)), None),
    )
    if not node or not PROGRAM.exists():
        raise ValueError(
            "Lighthouse is missing: install Node.js 18.20 or newer with npm (Debian: apt-get"
            " install npm), then 'make bench'"
        )
    if not browser:
        raise ValueError(
            "no browser: install Chromium or Chrome (Debian: apt-get install chromium), or set"
            " CHROME_PATH"
        )
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            node,
            str(PROGRAM),
            address,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            f"--chrome-flags={FLAGS}",
            f"--only-categories={','.join(SCORES)}",
            "--disable-full-page-screenshot",
            "--no-enable-error-reporting",
        ]
        try:
            done = subprocess.run(
                command,
                env={**os.environ, "CHROME_PATH": browser},
                capture_output=True,
                text=True,
                timeout=LIMIT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ValueError(f"Lighthouse did not finish {address} within {LIMIT} s") from None
        if not report.exists():
            raise ValueError(
                f"Lighthouse could not measure {address}: {done.stderr.strip()[-300:]}"
            )
        return json.loads(report.read_text(encoding="utf-8"))
