"""The whole book in one archive: all that `make book` and `make lab` need, and the notebooks as they were run."""

from pathlib import Path

from explainer.paths import ROOT
from explainer.site.publish.archive import zipped
from explainer.site.publish.citation import work
from explainer.site.publish.notebooks import FOLDER

NAME = "book.zip"
PARTS = (
    "_config.yml",
    "_toc.yml",
    "_redirects.yml",
    "index.md",
    "chapters",
    "data",
    "explainer",
    "figures",
    "_static",
    "_templates",
    "tools",
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-lab.txt",
    "pyproject.toml",
    "Makefile",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "CITATION.cff",
    "LICENSE",
    "LICENSE-DATA",
)
_JUNK = ("__pycache__",)


def rerun(site: Path) -> None:
    """Write `notebooks/book.zip` into a site that holds the notebooks. ValueError where a part of the book is missing."""
    (site / FOLDER / NAME).write_bytes(archive(site))


def archive(site: Path) -> bytes:
    """Return the ZIP archive of the book: its parts as they lie in the repository, and the site's notebooks."""
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for name in PARTS
        for path in _files(ROOT / name)
    }
    made = {f"{FOLDER}/{path.name}": path.read_bytes() for path in (site / FOLDER).glob("*.ipynb")}
    return zipped(files | made, f"staying-or-leaving-{work().version}")


def _files(path: Path) -> list[Path]:
    """Return the files of a part of the book, without what a run or an editor left there."""
    if not path.exists():
        raise ValueError(f"{path.name}: is missing, and {NAME} would not be the whole book")
    found = path.rglob("*") if path.is_dir() else [path]
    return [
        p
        for p in found
        if p.is_file()
        and not any(part.startswith(".") or part in _JUNK for part in p.relative_to(ROOT).parts)
    ]
