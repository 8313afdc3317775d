"""The same bytes twice: one commit, built again elsewhere, at another hour and in another time zone."""

import os
import shutil
import subprocess
import sys

from explainer.paths import ROOT, SITE


def test_two_builds_are_the_same_bytes(tmp_path):
    """A date of the build, a path of the machine, an order that depends on chance, a random id."""
    copy = tmp_path / "elsewhere" / "deeper" / "book"
    names = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(lambda n: (ROOT / n).is_file(), names.splitlines()):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy / name)  # not copy2: other times of change
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
