"""What the tests share: the articles where they are at hand, and a small invented book with rows of
every sort.
"""

import csv
import io
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from repository import lacking

from explainer.check import coverage, run
from explainer.data import evidence
from explainer.data.dataset import Dataset, Record
from explainer.paths import BUILD, DATA, ROOT, SITE
from explainer.site import web_server

# A proxy of the house is not asked for this machine: small letters count before capitals.
for _name in ("no_proxy", "NO_PROXY"):
    os.environ[_name] = ",".join(filter(None, ["127.0.0.1,localhost", os.environ.get(_name)]))

INVENTED = Path(__file__).parent / "invented"
# What takes longest begins first: nobody waits for it at the end.
LONGEST = (
    "test_damage",
    "test_hostile",
    "test_sixth_article",
    "test_every_page",
    "test_pdf",
    "test_growth",
)
TOLD = "told"  # a property of a test: what it measured, for whoever reads its run


def pytest_collection_modifyitems(items):
    """Put the longest first."""
    items.sort(key=lambda item: (*LONGEST, item.path.stem).index(item.path.stem))


def pytest_terminal_summary(terminalreporter):
    """Print what was measured, by whichever process."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for text in (text for name, text in report.user_properties if name == TOLD):
            terminalreporter.write_line(text)


@pytest.fixture(scope="session")
def articles() -> Path:
    """The folder of the real articles. Without it a test is skipped, but not where CI promises it
    by ARTICLES.
    """
    promised = os.environ.get("ARTICLES")
    folder = Path(promised) if promised else ROOT.parent / "shared" / "articles"
    if not folder.is_dir():
        if promised and os.environ.get("CI"):
            pytest.fail(f"ARTICLES promises the articles, and {folder} is not there")
        pytest.skip("the articles are not in the repository, and ARTICLES names no folder of them")
    return folder


@pytest.fixture(scope="session")
def browser():
    """Return a browser. Without one the test fails in CI, and is skipped with the reason elsewhere."""
    from explainer.site.browser import opened  # here: most tests need no browser

    try:
        with opened() as found:
            yield found
    except ValueError as error:
        lacking(error)


@pytest.fixture(scope="session")
def served():
    """Return the address of a server that serves the built site."""

    with web_server.served(SITE) as address:
        yield address


@pytest.fixture(scope="session")
def drawings(tmp_path_factory) -> Path:
    """A folder with what the build keeps of its drawings, for tests that draw the same."""
    folder = tmp_path_factory.mktemp("drawings")
    for path in (BUILD / "kept/drawings").glob("*.svg"):
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def invented(tmp_path, monkeypatch) -> Path:
    """A folder of data on two invented articles: the real descriptor, a row of every sort, no
    problem.
    """
    monkeypatch.delenv("ARTICLES", raising=False)  # they are not of these data
    return write_invented(tmp_path / "data")


@pytest.fixture(scope="session")
def book(tmp_path_factory) -> "Book":
    """The invented data as it is read, to be broken one cell at a time."""
    folder = write_invented(tmp_path_factory.mktemp("invented") / "data")
    return Book(run.load(folder)[0], run.load(folder, INVENTED)[0])


class Book:
    """Valid data, and what the check says when something in it is broken."""

    def __init__(self, data: Dataset, with_texts: Dataset):
        self.data, self.with_texts = data, with_texts

    def broken(self, row: str, /, texts: bool = False, **cells: str) -> list[str]:
        """Return the problems, without their file, when these cells of the row with the key `row`
        are changed.
        """
        return self.changed(lambda r: [r | cells] if next(iter(r.values())) == row else [r], texts)

    def without(self, row: str) -> list[str]:
        """Return the problems when the row with the key `row` is gone."""
        return self.changed(lambda r: [] if next(iter(r.values())) == row else [r])

    def repeated(self, row: str, /, **cells: str) -> list[str]:
        """Return the problems when the row with the key `row` stands once more, with these cells
        changed.
        """
        return self.changed(
            lambda r: [dict(r), r | cells] if next(iter(r.values())) == row else [r]
        )

    def changed(self, change, texts: bool = False) -> list[str]:
        """Return the problems when each row is replaced by those that `change` makes of it."""
        data = self.with_texts if texts else self.data
        tables = {
            name: [Record(new, name, r.file, r.line) for r in rows for new in change(dict(r))]
            for name, rows in data.tables.items()
        }
        return [
            str(problem).partition(": ")[2] for problem in run.judge(replace(data, tables=tables))
        ]


def write_invented(folder: Path) -> Path:
    """Write the invented data into `folder`: its few columns filled up to those of the descriptor."""
    (folder / "fingerprints").mkdir(parents=True)
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    made = {
        path.stem: evidence.fingerprint(path.stem, path.read_bytes())
        for path in INVENTED.glob("*.txt")
    }
    for source_id, printed in made.items():
        (folder / "fingerprints" / f"{source_id}.txt").write_text(str(printed), encoding="utf-8")
    for resource in package["resources"]:
        given = INVENTED / resource["path"]
        rows = (
            list(csv.DictReader(io.StringIO(given.read_text(encoding="utf-8"))))
            if given.exists()
            else []
        )
        with (folder / resource["path"]).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(
                file,
                [f["name"] for f in resource["schema"]["fields"]],
                restval="",
                lineterminator="\n",
            )
            writer.writeheader()
            for row in rows:
                printed = (
                    made.get(row["source_id"]) if resource["name"] == "sources" else None
                )  # a context page has no text
                writer.writerow(
                    row | ({"words": printed.words, "sha256": printed.sha256} if printed else {})
                )
    if (folder / coverage.FILE).exists():
        data, _ = run.load(folder, INVENTED)
        (folder / coverage.FILE).write_text(
            coverage.table(coverage.audit(data), sorted(made)), encoding="utf-8"
        )
    return folder
