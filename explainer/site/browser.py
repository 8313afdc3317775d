"""The browser on this machine: Debian's or another's Chromium or Chrome, else Playwright's own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
HOW = (
    "install Chromium or Chrome (Debian: apt-get install chromium), or run '.venv/bin/playwright"
    " install chromium'"
)


def path() -> str | None:
    """Return a browser on this machine: `CHROME_PATH`, else the first by name; None if none."""
    return os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def opened() -> "Iterator[Browser]":
    """Open a headless browser. ValueError where there is none or no Playwright."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        why = "a browser is driven by Playwright: install requirements-dev.txt"
        raise ValueError(why) from None
    with sync_playwright() as play:
        try:
            browser = play.chromium.launch(executable_path=path(), args=FLAGS)
        except Exception as error:  # Playwright's own browser is missing too
            raise ValueError(f"no browser: {HOW} ({str(error).splitlines()[0]})") from error
        try:
            yield browser
        finally:
            browser.close()
