"""The data page: the dictionary made from the descriptor, and every table."""

from html import escape

import pandas as pd

from explainer.data.rows import address, empty, shown
from explainer.data.tables import NAMES, Tables, key
from explainer.pages.corrections import marked
from explainer.pages.figure import scrolled
from explainer.pages.prose import Shown
from explainer.pages.quickstart import STARTS
from explainer.words import truncate

_ROWS = 20  # of a table: its file is the download, and each row stands with its words on the page of its article
_LONG = 40  # characters: a cell that wants a wider column


def dictionary(tables: Tables) -> Shown:
    """Return a list of the files, and for each what one row is, its columns with their codes, the download and all rows."""
    menu = "".join(
        f'<li><a href="#file-{name}">{escape(tables.schema(name)["title"])}</a></li>'
        for name in NAMES
    )
    return Shown(
        f'<nav class="articles" aria-label="Tables"><ul>{menu}</ul></nav>{"".join(_file(tables, name) for name in NAMES)}',
        f"{len(NAMES)} tables",
    )


def take(tables: Tables) -> Shown:
    """Return the downloads, each with what it is (its weight is added when it is made), and how to begin with them."""
    package = tables.descriptor
    version = f"{package['name']}-data-{package['version']}.zip"
    licence = package["licenses"][0]
    rows = "".join(
        f'<li><a class="download" href="../{path}" download>{escape(path.rpartition("/")[2])}</a> {escape(what)}</li>'
        for path, what in (
            (
                f"data/{version}",
                f"All of it: CSV files, descriptor, dictionary, fingerprints, licence, checksums. Version {package['version']}.",
            ),
            ("data/data.zip", "The same, at an address that always holds the newest version."),
            (
                "data/book.sqlite",
                "All tables in one SQLite file, with types, keys and the meaning of each code: for sqlite3, Datasette, DB Browser.",
            ),
            (
                "data/book.json",
                "All tables in one JSON object. Each table alone is there, too, under its own name.",
            ),
            (
                "data/datapackage.json",
                "The schema: what each column and code means, as a Data Package descriptor.",
            ),
            (
                "notebooks/book.zip",
                "The whole book to run again: chapters, code, data, locked packages.",
            ),
        )
    )
    return Shown(
        f'<ul class="downloads">{rows}</ul><p>{escape(licence["title"])}. Each CSV and JSON file keeps its address: '
        f"<code>data/troops.csv</code>, <code>data/troops.json</code>.</p>{''.join(map(_start, STARTS))}",
        "downloads",
    )


def _start(name: str) -> str:
    where, code = STARTS[name]
    return f'<section class="start" id="start-{name.lower()}"><h3>{name}</h3><p>{escape(where)}:</p><pre tabindex="0" aria-label="{name}">{escape(code)}</pre></section>'


def _file(tables: Tables, name: str) -> str:
    schema, frame = (
        tables.schema(name),
        pd.concat([tables.sources, tables.pages], ignore_index=True)
        if name == "sources"
        else getattr(tables, name),
    )
    columns = "".join(_column(column) for column in schema["schema"]["fields"])
    path = schema["path"]
    return (
        f'<section class="file" id="file-{name}"><h2>{escape(schema["title"])}</h2>'
        f'<p>{marked(schema["description"])} {len(frame)} rows. <a href="../data/{path}" download>{path}</a></p>'
        f'<details><summary>Columns and codes of {path}</summary><dl class="columns">{columns}</dl></details>'
        f"<details><summary>{'Rows' if len(frame) > _ROWS else 'All rows'} of {path}</summary>{_rows(tables, schema, frame)}</details></section>"
    )


def _column(column: dict) -> str:
    kind = column["type"] + (f", in {column['unit']}" if "unit" in column else "")
    need = "required" if column.get("constraints", {}).get("required") else "may be empty"
    codes = "".join(_code(code) for code in column.get("codes", ()))
    return (
        f"<dt><code>{column['name']}</code> {escape(column['title'])} <small>{marked(kind)}, {need}</small></dt>"
        f"<dd>{marked(column['description'])}{f'<ul>{codes}</ul>' if codes else ''}</dd>"
    )


def _code(code: dict) -> str:
    rule = f" <em>Rule:</em> {marked(code['rule'])}" if "rule" in code else ""
    example = f" <em>Example:</em> {marked(code['example'])}" if "example" in code else ""
    return f"<li><code>{code['code']}</code> {escape(code['label'])}: {marked(code['means'])}{rule}{example}</li>"


def _rows(tables: Tables, schema: dict, frame: pd.DataFrame) -> str:
    columns, anchor, shown = schema["schema"]["fields"], key(schema), truncate.first(frame, _ROWS)
    head = "".join(f'<th scope="col">{column["name"]}</th>' for column in columns)
    body = "".join(
        "<tr>"
        + "".join(
            _cell(tables, column, record[column["name"]], anchor, "source_id" in frame)
            for column in columns
        )
        + "</tr>"
        for record in shown.to_dict("records")
    )
    return scrolled(
        f'<table class="data"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>',
        schema["title"],
    ) + truncate.told(len(shown), len(frame), "rows", f"../data/{schema['path']}")


def _cell(tables: Tables, column: dict, value: object, anchor: str, proven: bool) -> str:
    text = "" if empty(value) else escape(str(value) if "codes" in column else shown(column, value))
    if column["name"] == anchor and proven:
        return f'<td><a href="{escape(address(tables, str(value)), quote=True)}">{text}</a></td>'
    return f'<td class="long">{text}</td>' if len(text) > _LONG else f"<td>{text}</td>"
