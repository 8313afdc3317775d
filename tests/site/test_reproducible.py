"""The same bytes twice: one commit, built again elsewhere, at another hour and in another time zone."""

import os
import subprocess
import sys

from repository import copied

from explainer.paths import SITE


def test_two_builds_are_the_same_bytes(tmp_path):
    """A date of the build, a path of the machine, an order that depends on chance, a random id."""
    copy = copied(tmp_path / "elsewhere" / "deeper" / "book")
    there = {
        "PYTHONPATH": str(copy),
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "11",
        "LC_ALL": "C",
        "SITE_PDF": "1" if (SITE / "pdf").exists() else "",
    }
    made = subprocess.run(
        [sys.executable, "-m", "explainer", "build"],
        cwd=copy,
        env={**os.environ, **there},
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    here = {path.relative_to(SITE): path.read_bytes() for path in SITE.rglob("*") if path.is_file()}
    other = copy / "_build/html"
    again = {
        path.relative_to(other): path.read_bytes() for path in other.rglob("*") if path.is_file()
    }
    assert set(here) == set(again)
    assert not [str(name) for name in here if here[name] != again[name]]
