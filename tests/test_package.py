"""The data package is valid for others' tools, and the version is one."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

from explainer.tables import NAMES, book

ROOT = Path(__file__).resolve().parents[1]


def test_frictionless_accepts_the_package():
    """A descriptor that only our own reader understands."""
    command = [str(Path(sys.executable).with_name("frictionless")), "validate", "data/datapackage.json", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONWARNINGS": "ignore"})
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert {task["name"] for task in json.loads(done.stdout)["tasks"]} >= set(NAMES)


def test_every_table_is_loaded():
    """A file of the descriptor that `Tables` does not know, or the other way round."""
    assert [r["name"] for r in book().descriptor["resources"]] == list(NAMES)


def test_one_version():
    """A version that differs between package, data, citation and changelog."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert book().descriptor["version"] == version
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"] == version
    assert re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.M)[1] == version


def test_locks_are_exact_and_name_no_index():
    """A range, an address or a path in a lock file."""
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-lab.txt"):
        for line in (ROOT / name).read_text().splitlines():
            assert re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[\w.+!-]+( ; .+)?", line), f"{name}: {line}"
