"""The data to take: an archive with its version, a SQLite file, a workbook, a JSON file a table,
what catalogues read.
"""

import json
from base64 import b64encode
from pathlib import Path

from explainer.data.contents import data_files
from explainer.data.corrections import dates, history
from explainer.data.dataset import Dataset, read
from explainer.paths import ROOT
from explainer.site.publish import datasette
from explainer.site.publish.address import address
from explainer.site.publish.archive import zipped
from explainer.site.publish.catalogues import catalogues
from explainer.site.publish.database import cell, database
from explainer.site.publish.workbook import workbook

ARCHIVE, DATABASE, TOGETHER, WORKBOOK = (
    "data.zip",
    "book.sqlite",
    "book.json",
    "book.xlsx",
)  # addresses that stay from version to version
METADATA = "metadata.json"  # what Datasette reads beside the SQLite file
FOR_ASKING = "_static/ask/book.js"  # the SQLite file once more, for a page opened as a file
BESIDE = ("LICENSE-DATA", "CITATION.cff")  # what goes into the archive from outside the folder


def write(site: Path) -> None:
    """Write what is taken into the folder `data` of a site that holds the CSV files.

    ValueError, with file and line, where the data cannot be read.
    """
    folder = site / "data"
    held, problems = read(folder)
    if held is None or problems:
        raise ValueError(str(problems[0]))
    tables, base = history(), database(held)
    made = {
        **catalogues(held, tables, address()),
        **json_files(held),
        WORKBOOK: workbook(held, dates(tables)[1]),
        DATABASE: base,
        METADATA: _json(datasette.metadata(held.package, DATABASE)),
        **dict.fromkeys((ARCHIVE, f"{title(held)}.zip"), archive(held)),
    }
    for name, content in made.items():
        (folder / name).write_bytes(content)
    script = site / FOR_ASKING
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(f'window.bookDatabase="{b64encode(base).decode()}";\n', encoding="utf-8")


def title(held: Dataset) -> str:
    """Return the name of this version of the data: of its archive, and of the folder in it."""
    return f"{held.package['name']}-data-{held.package['version']}"


def archive(held: Dataset) -> bytes:
    """Return the ZIP archive of the data: CSV files, descriptor, README, fingerprints, licence,
    citation, checksums.
    """
    paths = data_files(held.folder)
    files = {path.relative_to(held.folder).as_posix(): path.read_bytes() for path in paths}
    return zipped(files | {name: (ROOT / name).read_bytes() for name in BESIDE}, title(held))


def json_files(held: Dataset) -> dict[str, bytes]:
    """Return {file name: content}: each table as an array of records, and all of them in one
    object.

    Numbers are numbers, dates are ISO 8601 text, an empty cell is null.
    """
    tables = {
        r["name"]: [
            {c["name"]: cell(c, row[c["name"]]) for c in r["schema"]["fields"]}
            for row in held.tables[r["name"]]
        ]
        for r in held.package["resources"]
    }
    about = {
        key: held.package[key] for key in ("name", "title", "description", "version", "licenses")
    }
    return {f"{name}.json": _json(rows) for name, rows in tables.items()} | {
        TOGETHER: _json({**about, "tables": tables})
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()
