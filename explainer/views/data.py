"""The data page: the dictionary made from the descriptor, and every table."""

from html import escape

import pandas as pd

from explainer.prose import Shown
from explainer.render import scrolled
from explainer.rows import address, empty, shown
from explainer.tables import NAMES, Tables, key

_LONG = 40  # characters: a cell that wants a wider column


def dictionary(tables: Tables) -> Shown:
    """Return for each file what one row is, its columns with their codes, the download and all rows."""
    return Shown("".join(_file(tables, name) for name in NAMES), f"{len(NAMES)} tables")


def _file(tables: Tables, name: str) -> str:
    schema, frame = tables.schema(name), getattr(tables, name)
    columns = "".join(_column(column) for column in schema["schema"]["fields"])
    path = schema["path"]
    return (f'<section class="file" id="file-{name}"><h2>{escape(schema["title"])}</h2>'
            f"<p>{escape(schema['description'])} {len(frame)} rows. <a href=\"../data/{path}\" download>{path}</a></p>"
            f"<details><summary>Columns and codes of {path}</summary><dl class=\"columns\">{columns}</dl></details>"
            f"<details><summary>All rows of {path}</summary>{_rows(tables, schema, frame)}</details></section>")


def _column(column: dict) -> str:
    kind = column["type"] + (f", in {column['unit']}" if "unit" in column else "")
    need = "required" if column.get("constraints", {}).get("required") else "may be empty"
    codes = "".join(_code(code) for code in column.get("codes", ()))
    return (f"<dt><code>{column['name']}</code> {escape(column['title'])} <small>{escape(kind)}, {need}</small></dt>"
            f"<dd>{escape(column['description'])}{f'<ul>{codes}</ul>' if codes else ''}</dd>")


def _code(code: dict) -> str:
    rule = f" <em>Rule:</em> {escape(code['rule'])}" if "rule" in code else ""
    example = f" <em>Example:</em> {escape(code['example'])}" if "example" in code else ""
    return f"<li><code>{code['code']}</code> {escape(code['label'])}: {escape(code['means'])}{rule}{example}</li>"


def _rows(tables: Tables, schema: dict, frame: pd.DataFrame) -> str:
    columns, anchor = schema["schema"]["fields"], key(schema)
    head = "".join(f'<th scope="col">{column["name"]}</th>' for column in columns)
    body = "".join("<tr>" + "".join(_cell(tables, column, record[column["name"]], anchor, "source_id" in frame) for column in columns) + "</tr>"
                   for record in frame.to_dict("records"))
    return scrolled(f'<table class="data"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>', schema["title"])


def _cell(tables: Tables, column: dict, value: object, anchor: str, proven: bool) -> str:
    text = "" if empty(value) else escape(str(value) if "codes" in column else shown(column, value))
    if column["name"] == anchor and proven:
        return f'<td><a href="{escape(address(tables, str(value)), quote=True)}">{text}</a></td>'
    return f'<td class="long">{text}</td>' if len(text) > _LONG else f"<td>{text}</td>"
