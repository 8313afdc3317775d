"""The data page: the dictionary made from the descriptor, and every table."""

from typing import Any

import pandas as pd

from explainer.data.rows import empty, shown
from explainer.data.tables import NAMES, Tables, key
from explainer.pages.prose import Shown
from explainer.pages.quickstart import STARTS
from explainer.pages.templates import render


def dictionary(tables: Tables) -> Shown:
    """Return the files, and for each its columns with codes, the download, the first rows."""
    files = [{**tables.schema(name), **_file(tables, name)} for name in NAMES]
    html = render("data_dictionary.html", tables, files=files, cell=_cell)
    return Shown(html, f"{len(NAMES)} tables")


def take(tables: Tables) -> Shown:
    """Return the downloads, whose weights are added later, and how to begin with them."""
    html = render("data_take.html", tables, package=tables.descriptor, starts=STARTS)
    return Shown(html, "downloads")


def _file(tables: Tables, name: str) -> dict[str, Any]:
    schema, frame = tables.schema(name), getattr(tables, name)
    if name == "sources":
        frame = pd.concat([tables.sources, tables.pages], ignore_index=True)
    return {
        "columns": schema["schema"]["fields"],
        "records": frame.to_dict("records"),
        "key": key(schema),
        "proven": "source_id" in frame,  # its rows stand on the pages of their articles
    }


def _cell(column: dict[str, Any], value: object) -> str:
    if empty(value):
        return ""
    return str(value) if "codes" in column else shown(column, value)
