"""The data package is valid for others' tools, and the version is one."""

import datetime
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

from explainer.data.corrections import releases
from explainer.data.tables import NAMES, book
from explainer.paths import ROOT


def test_frictionless_accepts_the_package():
    """A descriptor that only our own reader understands."""
    command = [
        str(Path(sys.executable).with_name("frictionless")),
        "validate",
        "data/datapackage.json",
        "--json",
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
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


# Required and known keys: https://github.com/citation-file-format/citation-file-format/blob/1.2.0/schema-guide.md
CFF_REQUIRED = {"authors", "cff-version", "message", "title"}
CFF_KNOWN = CFF_REQUIRED | {
    "abstract",
    "commit",
    "contact",
    "date-released",
    "doi",
    "identifiers",
    "keywords",
    "license",
    "license-url",
    "preferred-citation",
    "references",
    "repository",
    "repository-artifact",
    "repository-code",
    "type",
    "url",
    "version",
}


def test_the_citation_file_is_valid():
    """A CITATION.cff that GitHub and reference managers refuse, or that differs from the data's descriptor and the changelog."""
    held, package = yaml.safe_load((ROOT / "CITATION.cff").read_text()), book().descriptor
    assert (
        CFF_REQUIRED <= held.keys() <= CFF_KNOWN
        and held["cff-version"] == "1.2.0"
        and held["type"] in ("software", "dataset")
    )
    assert all(
        {"name"} <= author.keys() or {"family-names", "given-names"} <= author.keys()
        for author in held["authors"]
    )
    assert all(isinstance(held[key], str) and held[key] for key in ("message", "title", "version"))
    assert isinstance(held["date-released"], datetime.date)
    assert (held["title"], held["license"], held["keywords"]) == (
        package["title"],
        package["licenses"][0]["name"],
        package["keywords"],
    )
    assert [author["name"] for author in held["authors"]] == [
        maker["title"] for maker in package["contributors"]
    ]
    last = releases((ROOT / "CHANGELOG.md").read_text())[0]
    assert (held["version"], held["date-released"].isoformat()) == (last.version, last.date)


def test_locks_are_exact_and_name_no_index():
    """A range, an address or a path in a lock file."""
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-lab.txt"):
        for line in (ROOT / name).read_text().splitlines():
            assert re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[\w.+!-]+( ; .+)?", line), (
                f"{name}: {line}"
            )
