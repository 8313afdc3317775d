"""The data to take: archive, SQLite file, workbook, JSON files, what catalogues read."""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from pathlib import Path

from explainer.data.corrections import dates
from explainer.data.dataset import Dataset, read
from explainer.data.files import digest, kept_files
from explainer.data.manifest import data_files
from explainer.data.tables import history
from explainer.paths import CHANGELOG, ROOT
from explainer.site.publish.address import address
from explainer.site.publish.archive import zipped
from explainer.site.publish.catalogues import catalogues
from explainer.site.publish.database import cell, database, metadata
from explainer.site.publish.workbook import workbook

# addresses that stay from version to version
ARCHIVE, DATABASE, TOGETHER, WORKBOOK = "data.zip", "book.sqlite", "book.json", "book.xlsx"
METADATA = "metadata.json"  # what Datasette reads beside the SQLite file
FOR_ASKING = "_static/ask/book.js"  # the SQLite file once more, for a page opened as a file
BESIDE = ("LICENSE-DATA", "CITATION.cff")  # what goes into the archive from outside the folder


def write(site: Path, store: Path) -> None:
    """Write what is taken into the folder `data` of a site that holds the CSV files; it is kept in
    the folder `store`. ValueError, with file and line, where the data cannot be read.
    """
    files = kept_files(store / "data.zip", _made_from(site), lambda: _made(site))
    for name, content in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _made_from(site: Path) -> str:
    """Return a digest of all that is read to make them: data, code, settings."""
    code = [
        path for kind in ("*.py", "*.sql", "*.json") for path in (ROOT / "explainer").rglob(kind)
    ]
    code.append(ROOT / "requirements.txt")
    texts = [CHANGELOG, ROOT / "_config.yml", *(ROOT / name for name in BESIDE)]
    here = digest([*code, *texts, *data_files(ROOT / "data")], ROOT)
    return f"{here} {digest(data_files(site / 'data'), site)} {address()}"


def _made(site: Path) -> dict[str, bytes]:
    """Return {path in the site: content} of what is made of the CSV files in its folder `data`."""
    held, problems = read(site / "data")
    if held is None or problems:
        raise ValueError(str(problems[0]))
    tables, base = history(), database(held)
    made = {
        **catalogues(held, tables, address()),
        **json_files(held),
        WORKBOOK: workbook(held, dates(tables)[1]),
        DATABASE: base,
        METADATA: json.dumps(metadata(held.package, DATABASE), indent=1).encode() + b"\n",
        **dict.fromkeys((ARCHIVE, f"{title(held)}.zip"), archive(held)),
    }
    script = f'window.bookDatabase="{b64encode(base).decode()}";\n'.encode()
    return {f"data/{name}": content for name, content in made.items()} | {FOR_ASKING: script}


def title(held: Dataset) -> str:
    """Return the name of this version of the data: of its archive, and of the folder in it."""
    return f"{held.package['name']}-data-{held.package['version']}"


def archive(held: Dataset) -> bytes:
    """Return the ZIP archive of the data, with licence, citation and checksums."""
    paths = data_files(held.folder)
    files = {path.relative_to(held.folder).as_posix(): path.read_bytes() for path in paths}
    return zipped(files | {name: (ROOT / name).read_bytes() for name in BESIDE}, title(held))


def json_files(held: Dataset) -> dict[str, bytes]:
    """Return {file name: content}: each table as an array of records, and all in one object.
    Numbers are numbers, dates are ISO 8601 text, an empty cell is null.
    """
    tables = {
        r["name"]: [
            {c["name"]: cell(c, row[c["name"]]) for c in r["schema"]["fields"]}
            for row in held.tables[r["name"]]
        ]
        for r in held.package["resources"]
    }
    kept = ("name", "title", "description", "version", "licenses")
    about = json.dumps({key: held.package[key] for key in kept}, ensure_ascii=False)
    texts = {name: _lines(rows) for name, rows in tables.items()}
    together = ",\n".join(f'"{name}": {text}' for name, text in texts.items())
    texts = {f"{name}.json": text for name, text in texts.items()}
    texts[TOGETHER] = f'{about[:-1]}, "tables": {{\n{together}\n}}}}'
    return {name: f"{text}\n".encode() for name, text in texts.items()}


def _lines(rows: Iterable[Mapping[str, object]]) -> str:
    """Return a table as JSON, a line a row: Python's own indent takes ten times as long."""
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"
