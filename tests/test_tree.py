"""The tree keeps its rules: names, direction of imports, no work at import, no junk."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from explainer.paths import ROOT

MODULES = sorted((ROOT / "explainer").rglob("*.py"))
BENCH = sorted([*(ROOT / "bench").glob("*.py"), *(ROOT / "bench/plain").glob("*.py")])
# Left to right, the way the data flows: a module imports only from its own room and those before it.
ORDER = [
    "paths",
    "theme",
    "arguments",
    "data",
    "check",
    "words",
    "charts",
    "pages",
    "site",
    "__main__",
]


def tracked() -> list[str]:
    """Return the files git tracks, or would."""
    out = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in out.stdout.splitlines() if (ROOT / name).exists()]


def place(path: Path) -> str:
    """Return the first part of a module's name below `explainer`."""
    return path.relative_to(ROOT / "explainer").parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Return the parts of `explainer` that a module imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.ImportFrom)
            and node.module
            and node.module.split(".")[0] == "explainer"
        ):
            parts = node.module.split(".")
            names |= (
                {parts[1]}
                if len(parts) > 1
                else {a.name if a.name in ORDER else "data" for a in node.names}
            )
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_only_from_the_left(path):
    """A step back in the flow of the data."""
    if (here := place(path)) == "__init__":
        return
    assert here in ORDER
    wrong = {n for n in imported(path) if n != here and ORDER.index(n) > ORDER.index(here)}
    assert not wrong


@pytest.mark.parametrize("path", MODULES + BENCH, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_are_short_and_explained(path):
    """A module that cannot be read in one sitting, or does not say what it is for; a star import."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 260
    assert ast.get_docstring(ast.parse(text))
    assert "import *" not in text


@pytest.mark.parametrize("path", MODULES + BENCH, ids=lambda p: str(p.relative_to(ROOT)))
def test_public_functions_are_documented(path):
    """A public function that does not say what it returns."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = [
        n.name
        for n in tree.body
        if isinstance(n, (ast.FunctionDef, ast.ClassDef))
        and not n.name.startswith("_")
        and not ast.get_docstring(n)
        and not any(getattr(d, "id", "") == "counted" for d in n.decorator_list)
    ]
    assert not bare


def test_names():
    """Drifting case, spaces, junk."""
    special = {
        "Makefile",
        "LICENSE",
        "LICENSE-DATA",
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "CITATION.cff",
        "postBuild",
    }
    name = re.compile(r"[a-z0-9_.][a-z0-9_.-]*")
    assert not [
        f
        for f in tracked()
        for part in f.split("/")
        if part not in special and not name.fullmatch(part)
    ]


def test_nothing_names_a_machine():
    """A path of a machine, an index address, a resolved download in the tree."""
    parts = (
        "/root/",
        r"/home/\w+/",
        "/work/",
        "--(?:extra-)?index-url",
        "/simple/",
        '"resolved":',
    )  # split: not to find itself
    bad = re.compile("|".join(parts))
    text = [f for f in tracked() if not f.endswith((".png", ".svg"))]
    assert not [
        f for f in text if bad.search((ROOT / f).read_text(encoding="utf-8", errors="replace"))
    ]
