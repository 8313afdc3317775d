"""What the book consists of, from contents, descriptor and figures, not what lies in a folder."""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from explainer.data.dataset import ARTICLE, CONTEXT, DESCRIPTOR
from explainer.data.files import yaml_of
from explainer.paths import CONTENTS, ROOT

FIGURE_FILES = tuple(
    f"{canvas}.{kind}" for canvas in ("", "_narrow") for kind in ("png", "svg", "vl.json")
) + (".csv",)
SAID = "words.json"  # beside the figures: what is said at each of them, for the check
QUESTIONS = "questions.sql"  # ready ones, for the page of questions and whoever takes the data
BORDERS = "region.geojson"  # of the map; its own text says where they come from
# Folders and files that the book is made from. A build looks for changes in them; the archive of
# the book holds them.
PARTS = (
    "_config.yml", "_toc.yml", "_redirects.yml", "index.md", "chapters", "data", "figures",
    "explainer", "_static", "_templates", "docs", "tools", "pyproject.toml", "requirements.txt",
    "requirements-dev.txt", "requirements-lab.txt", "conftest.py", "Makefile", "README.md",
    "CONTRIBUTING.md", "CHANGELOG.md", "CITATION.cff",
    "LICENSE", "LICENSE-DATA",
)  # fmt: skip
_KINDS = {  # folders of which every file with such an end of its name belongs to the book
    "explainer": (
        ".py", ".html", ".xhtml", ".opf", ".xml", ".xmp", ".sql", ".svg", ".css", ".woff2", ".txt",
        ".md", ".js", ".json",
    ),
    "_static": (".css", ".js", ".svg", "licences.txt"),
    "_templates": (".html",),
    "docs": (".md",),
    "tools": (".sh", ".py", ".json"),
}  # fmt: skip


def pages(contents: Path = CONTENTS) -> list[str]:
    """Return the pages that `_toc.yml` names, the landing page first."""
    content = yaml_of(contents.read_text(encoding="utf-8"))
    parts = content.get("parts", [content])
    return [content["root"], *(chapter["file"] for part in parts for chapter in part["chapters"])]


def published(root: Path = ROOT) -> list[str]:
    """Return every page of the book in `root`: chapters, and the evidence of each source."""
    tiers = _tiers(root / "data")
    articles = [f"evidence/{source}" for source, tier in tiers.items() if tier == ARTICLE]
    context = ["evidence/record"] * (CONTEXT in tiers.values())
    return [*pages(root / "_toc.yml"), *articles, *context]


def _tiers(folder: Path) -> dict[str, str]:
    with (folder / "sources.csv").open(encoding="utf-8", newline="") as file:
        return {row["source_id"]: row["tier"] for row in csv.DictReader(file)}


def data_files(folder: Path) -> list[Path]:
    """Return the files of a folder of data, in the order of the descriptor, then those beside."""
    package = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    articles = (source for source, tier in _tiers(folder).items() if tier == ARTICLE)
    named = [
        *(DESCRIPTOR, "README.md"),
        *(resource["path"] for resource in package["resources"]),
        *(f"fingerprints/{source}.txt" for source in articles),
    ]
    beside = [folder / name for name in (BORDERS, "generated.txt", QUESTIONS)]
    beside += sorted((folder / "releases").glob("*.*.*.txt"))
    return [*(folder / name for name in named), *(path for path in beside if path.exists())]


def figure_files(names: Iterable[str], folder: Path) -> list[Path]:
    """Return the files of the figures with these names in a folder."""
    return [folder / f"{name}{kind}" for name in names for kind in FIGURE_FILES]


def book_files(figures: Iterable[str], root: Path = ROOT) -> list[Path]:
    """Return every file that the book in `root` is made from. `figures` are names."""
    listed = {
        "chapters": [root / f"{page}.md" for page in pages(root / "_toc.yml") if "/" in page],
        "data": data_files(root / "data"),
        "figures": [*figure_files(figures, root / "figures"), root / "figures" / SAID],
    }
    for part in PARTS:
        if part not in listed:
            listed[part] = _of_kinds(root / part, _KINDS[part]) if part in _KINDS else [root / part]
    return sorted(path for paths in listed.values() for path in paths)


def unknown(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Yield each file of `chapters`, `data` and `figures` that is no part of the book, and why."""
    named = {root / f"{page}.md" for page in pages(root / "_toc.yml")}
    chapters = {path.stem for path in named}
    known = {*named, *data_files(root / "data"), root / "figures" / SAID}
    why = {
        "chapters": "_toc.yml does not name it",
        "data": "the descriptor does not name it",
        "figures": "no figure has it",
    }
    for folder, reason in why.items():
        for path in sorted((root / folder).rglob("*")):
            chart = path.name.partition("_")[0] in chapters and path.name.endswith(FIGURE_FILES)
            if path.is_file() and path not in known and not (chart and folder == "figures"):
                yield path.relative_to(root).as_posix(), reason


def _of_kinds(folder: Path, kinds: tuple[str, ...]) -> list[Path]:
    def hidden(path: Path) -> bool:
        return any(p.startswith((".", "__pycache__")) for p in path.relative_to(folder).parts)

    return [p for p in folder.rglob("*") if p.name.endswith(kinds) and not hidden(p)]
