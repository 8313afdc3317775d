"""The book in one archive: all that `make book` and `make lab` need, and notebooks as run."""

from pathlib import Path

from explainer.charts.figure import registry
from explainer.data.manifest import book_files
from explainer.paths import ROOT
from explainer.site.publish.archive import zipped
from explainer.site.publish.citation import work
from explainer.site.publish.notebooks import FOLDER

NAME = "book.zip"


def write(site: Path) -> None:
    """Write `notebooks/book.zip` into a site with notebooks. ValueError if a part is missing."""
    (site / FOLDER / NAME).write_bytes(archive(site))


def archive(site: Path) -> bytes:
    """Return the ZIP archive of the book: its files, and the site's notebooks."""
    files = {path.relative_to(ROOT).as_posix(): _read(path) for path in book_files(registry())}
    run = {f"{FOLDER}/{path.name}": path.read_bytes() for path in (site / FOLDER).glob("*.ipynb")}
    return zipped(files | run, f"staying-or-leaving-{work().version}")


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise ValueError(f"{path.name}: is missing, and {NAME} would not be the whole book")
    return path.read_bytes()
