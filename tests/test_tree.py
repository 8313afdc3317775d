"""The tree keeps its rules: names, direction of imports, no work at import, no junk."""

import ast
import json
import re
from graphlib import TopologicalSorter
from pathlib import Path

from repository import tracked

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


TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES + BENCH}
LONGEST = 500  # lines
TOP = ("explainer", "chapters", "data", "figures", "tests", "bench", "docs", "tools", "_static")
MADE = (
    *("data/data.zip", "data/book.sqlite", "data/book.json", "data/book.xlsx"),
    *("data/croissant.json", "data/dcat.jsonld", "figures/troops_reported.svg"),
)


def module(path: Path) -> str:
    """Return a file's dotted name: `explainer.data.rows`, of a package that of its folder."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {module(path) for path in MODULES}


def imports(tree: ast.AST) -> set[str]:
    """Return the modules of `explainer` that a module, or a part of one, imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "explainer":
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in NAMES else node.module for name in inside}
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("explainer")}
    return found


def room(name: str) -> str:
    """Return the first part of a module's name below `explainer`; the package's own is `data`,
    whose tables it hands on."""
    return (name.split(".") + ["data"])[1]


def test_imports_only_from_the_left():
    """A step back in the flow of the data."""
    for path in MODULES:
        if path == ROOT / "explainer/__init__.py":
            continue
        here = room(module(path))
        wrong = {n for n in imports(TREES[path]) if ORDER.index(room(n)) > ORDER.index(here)}
        assert not wrong, (path, wrong)


def test_no_import_goes_in_a_circle():
    """Two modules that cannot be read one after the other."""
    graph = {module(path): imports(TREES[path]) - {module(path)} for path in MODULES}
    TopologicalSorter(graph).prepare()  # CycleError names the circle


def test_imports_stand_at_the_top():
    """An import hidden in a function, which hides a circle. The command line alone imports what a
    command needs: `check` is called often, and needs no pandas."""
    for path in MODULES:
        late = set().union(
            *(imports(n) for n in ast.walk(TREES[path]) if isinstance(n, ast.FunctionDef))
        )
        assert not late or path.name in ("__main__.py", "commands.py", "__init__.py"), (path, late)


def test_what_is_remembered_notes_what_it_read():
    """A value of `functools.cache` that a second chapter takes, and that a build does not know it read."""
    rooms = ("data", "words", "charts", "pages")
    plain = {"explainer.data.tables.book", "explainer.data.tables.history"}  # note each table
    kept = {
        f"{module(path)}.{function.name}"
        for path in MODULES
        if room(module(path)) in rooms
        for function in ast.walk(TREES[path])
        if isinstance(function, ast.FunctionDef)
        and {"cache", "cached_property"} & {ast.unparse(d) for d in function.decorator_list}
    }
    assert kept == plain | {"explainer.charts.figure._code"}


def test_few_modules_are_loose():
    """A module that belongs in a room."""
    assert len([path for path in MODULES if path.parent == ROOT / "explainer"]) <= 6


def test_modules_are_short_and_explained():
    """A module that cannot be read in one sitting, or does not say what it is for; a star import."""
    for path, tree in TREES.items():
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= LONGEST, path
        assert ast.get_docstring(tree), path
        assert "import *" not in text, path


def test_rooms_say_what_belongs_there():
    """A folder whose purpose has to be guessed."""
    for path in (ROOT / "explainer").glob("*/__init__.py"):
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert "Here belongs" in text, path


def test_the_guides_agree_with_the_tree():
    """A path or a room that a guide names and that is not there, or a room that it does not name."""
    rooms = {path.parent.name for path in (ROOT / "explainer").glob("*/__init__.py")}
    for guide in ("README.md", "CONTRIBUTING.md", "docs/ARCHITECTURE.md"):
        text = (ROOT / guide).read_text(encoding="utf-8")
        named = set(re.findall(r"`([\w./<>-]+/[\w./<>-]*)`", text))
        ours = {n for n in named if n.split("/")[0] in TOP and "<" not in n and n not in MADE}
        assert not {n for n in ours if not (ROOT / n).exists()}, guide
    assert rooms <= set(re.findall(r"explainer/(\w+)/", text)), "docs/ARCHITECTURE.md"
    said = json.loads((ROOT / "figures/words.json").read_text(encoding="utf-8"))["charts"]
    picture = f"![{said['index_answer']['title']}](figures/index_answer.png)"
    assert picture in (ROOT / "README.md").read_text(encoding="utf-8")
    for sheet in sorted((ROOT / "_static").glob("*.*")):
        named = re.findall(r"\bexplainer/[\w/]+\.py\b", sheet.read_text(encoding="utf-8"))
        assert not [name for name in named if not (ROOT / name).exists()], sheet.name


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
        "ARCHITECTURE.md",
        "ISSUE_TEMPLATE",  # where GitHub looks for it
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
    parts = ("[/]root/", r"[/]home/\w+/", "[/]work/", "--(?:extra-)?index[-]url", "[/]simple/")
    parts += (r"\"resolved\"[:]",)  # brackets: not to find itself
    bad = re.compile("|".join(parts))
    text = [f for f in tracked() if not f.endswith((".png", ".svg"))]
    assert not [
        f for f in text if bad.search((ROOT / f).read_text(encoding="utf-8", errors="replace"))
    ]
