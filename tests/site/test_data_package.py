"""The data package is valid for others' tools, and the version is one."""

import csv
import datetime
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest
import yaml

from explainer.data.corrections import dates, releases
from explainer.data.dataset import read
from explainer.data.files import digest_of, kept_files
from explainer.data.tables import NAMES, book, history
from explainer.paths import ROOT
from explainer.site.publish import data_package, workbook
from explainer.words.sources import in_time

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def frictionless(descriptor: Path) -> set[str]:
    """Return the names of the tables that the tool Frictionless finds valid: AssertionError for one that is not."""
    command = [
        str(Path(sys.executable).with_name("frictionless")),
        "validate",
        descriptor.name,
        "--json",
    ]
    done = subprocess.run(
        command,
        cwd=descriptor.parent,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return {task["name"] for task in json.loads(done.stdout)["tasks"]}


def test_frictionless_accepts_the_package():
    """A descriptor that only our own reader understands."""
    assert frictionless(ROOT / "data/datapackage.json") >= set(NAMES)


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


def test_what_zenodo_reads_is_what_the_citation_file_says():
    """An archived version under another title, day, licence or name than the one that is cited."""
    held = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    archived = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    assert archived["upload_type"] == held["type"]
    assert archived["license"] == held["license"].lower()
    assert archived["publication_date"] == held["date-released"].isoformat()
    assert [maker["name"] for maker in archived["creators"]] == [a["name"] for a in held["authors"]]
    assert archived["description"] == held["abstract"].strip()
    assert all(archived[key] == held[key] for key in ("title", "version", "keywords"))


@pytest.fixture(scope="module", params=["", "https://example.org/book/"], ids=["here", "there"])
def taken(request, tmp_path_factory) -> tuple[Path, str]:
    """The folder of data of a site with what is made beside the tables, and the site's address."""
    site = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "data", site / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_ADDRESS", request.param)
        data_package.write(site, tmp_path_factory.mktemp("store"))
    return site / "data", request.param


def test_what_is_taken_is_kept_until_anything_that_it_is_made_from_changes(tmp_path, monkeypatch):
    """A file of an older version beside the new tables, or one that is read and not in the key."""
    read_files: set[Path] = set()
    in_key: set[Path] = set()

    def noted(path: Path, *args, opened=Path.open, **kwargs):
        read_files.add(path)
        return opened(path, *args, **kwargs)

    def digested(paths, root, digest=data_package.digest):
        in_key.update(paths := list(paths))
        return digest(paths, root)

    site = Path(shutil.copytree(ROOT / "data", tmp_path / "site/data")).parent
    monkeypatch.setattr(data_package, "digest", digested)
    key = data_package._made_from(site)
    monkeypatch.setattr(Path, "open", noted)
    history.cache_clear()
    made = data_package._made(site)
    assert len(read_files) > len(NAMES)
    assert read_files <= in_key
    monkeypatch.setattr(data_package, "_made", lambda site: pytest.fail("made again"))
    kept_files(tmp_path / "data.zip", key, lambda: made)
    data_package.write(site, tmp_path)
    assert {name: (site / name).read_bytes() for name in made} == made
    for changed in (site / "data/troops.csv", ROOT / "CHANGELOG.md"):
        other = {changed: digest_of(b"other")}
        monkeypatch.setattr(
            data_package,
            "digest",
            lambda paths, root, other=other: repr([other.get(path) for path in paths]),
        )
        assert data_package._made_from(site) != key


def test_the_published_descriptor_says_what_each_file_holds(taken):
    """A hash of another file, a descriptor that others' tools refuse, an article that is not named."""
    folder, base = taken
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert [source.get("path", "") for source in package["sources"]] == [*in_time(book())["url"]]
    repository = json.loads((ROOT / "data/datapackage.json").read_text(encoding="utf-8"))
    kept = {**package, "resources": [{**r, "bytes": 0, "hash": ""} for r in package["resources"]]}
    said = [{**r, "bytes": 0, "hash": ""} for r in repository["resources"]]
    assert kept == {**kept, **repository, "resources": said}
    assert package.get("homepage", "") == base
    assert frictionless(folder / "datapackage.json") >= set(NAMES)


def test_croissant_and_dcat_name_every_file_and_column(taken):
    """A catalogue that promises a file or a column that is not there, or leaves one out."""
    folder, base = taken
    croissant = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    hashes = {
        f"{base}data/{path.name}" if base else path.name: hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in (folder / f"{name}.csv" for name in NAMES)
    }
    assert {f["contentUrl"]: f["sha256"] for f in croissant["distribution"]} == hashes
    fields = {field["@id"] for records in croissant["recordSet"] for field in records["field"]}
    for records in croissant["recordSet"]:
        with (folder / f"{records['name']}.csv").open(encoding="utf-8", newline="") as file:
            assert [field["name"] for field in records["field"]] == next(csv.reader(file))
        referred = [f["references"]["field"]["@id"] for f in records["field"] if "references" in f]
        assert fields.issuperset(referred)
    dcat = json.loads((folder / "dcat.jsonld").read_text(encoding="utf-8"))
    assert {
        d["dcat:downloadURL"]["@id"]: d["spdx:checksum"]["spdx:checksumValue"]
        for d in dcat["dcat:distribution"]
    } == hashes
    prefixes = {key.partition(":")[0] for key in dcat if not key.startswith("@")}
    assert prefixes <= dcat["@context"].keys()


def test_the_workbook_holds_the_tables_as_they_are(taken):
    """A sheet that lacks rows, a month that became a day, a number that became a text, a formula."""
    folder, _ = taken
    content = (folder / "book.xlsx").read_bytes()
    held, _ = read(ROOT / "data")
    assert content == workbook.workbook(held, dates(history())[1])
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = [
            s.get("name")
            for s in Tree.fromstring(file.read("xl/workbook.xml")).iter(f"{SHEET}sheet")
        ]
        assert names == ["dictionary", *NAMES]
        strings = [
            "".join(part.text or "" for part in item.iter(f"{SHEET}t"))
            for item in Tree.fromstring(file.read("xl/sharedStrings.xml"))
        ]
        sheet = Tree.fromstring(file.read(f"xl/worksheets/sheet{names.index('troops') + 1}.xml"))
    assert (
        not list(sheet.iter(f"{SHEET}f")) and sheet.find(f".//{SHEET}pane").get("state") == "frozen"
    )
    rows = []
    for row in sheet.iter(f"{SHEET}row"):
        cells = {re.sub(r"\d", "", cell.get("r")): cell for cell in row}
        rows.append(
            {
                column: strings[int(cell[0].text)] if cell.get("t") == "s" else float(cell[0].text)
                for column, cell in cells.items()
                if len(cell)
            }
        )
    columns = rows.pop(0)
    assert len(rows) == len(held.tables["troops"])
    for row, expected in zip(rows, held.tables["troops"], strict=True):
        for column, name in columns.items():
            text = row.get(column, "")
            assert (f"{text:g}" if isinstance(text, float) else text) == expected[name]


def test_locks_are_exact_and_name_no_index():
    """A range, an address or a path in a lock file."""
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-lab.txt"):
        for line in (ROOT / name).read_text().splitlines():
            assert re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[\w.+!-]+( ; .+)?", line), (
                f"{name}: {line}"
            )
