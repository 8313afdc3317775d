"""The same bytes twice: one commit, built again elsewhere, at another hour and in another time zone,
and after changes that were taken back.
"""

import os
import subprocess
import sys
from pathlib import Path

from repository import copied

from bench.timing import change
from explainer.paths import SITE

ELSEWHERE = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "11", "LC_ALL": "C"}


def built(book: Path, **settings: str) -> dict[str, bytes]:
    """Build a copy of the book and return the files of its site."""
    pdf = "1" if (SITE / "pdf").exists() else ""
    done = subprocess.run(
        [sys.executable, "-m", "explainer", "build"],
        cwd=book,
        env={**os.environ, **ELSEWHERE, "PYTHONPATH": str(book), "SITE_PDF": pdf, **settings},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return files(book / "_build/html")


def files(site: Path) -> dict[str, bytes]:
    """Return {name: content} of the files of a site."""
    return {str(p.relative_to(site)): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def test_two_builds_are_the_same_bytes(tmp_path):
    """A date of the build, a path of the machine, an order that depends on chance, a random id; a page
    that keeps something of what was changed since: the copy is built from nothing with changes, then
    again without them, and is the book that was built here from nothing.
    """
    book, here = copied(tmp_path / "elsewhere" / "deeper" / "book"), files(SITE)
    changed = {name: book / name for name in ("data/troops.csv", "chapters/troops.md")}
    before = {name: path.read_bytes() for name, path in changed.items()}
    change(changed["data/troops.csv"], "Changed by a test.")
    with changed["chapters/troops.md"].open("a", encoding="utf-8") as chapter:
        chapter.write("\nA sentence that stands here for a moment.\n")
    other = built(book, DRAFT="1")
    assert b"for a moment" in other["chapters/troops.html"]
    for name, path in changed.items():
        path.write_bytes(before[name])
    again = built(book)
    assert not [name for name in here if again.get(name) != here[name]]
    assert set(again) == set(here)
