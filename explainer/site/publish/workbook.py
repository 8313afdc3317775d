"""All tables in one workbook for spreadsheets, which garble CSV: encoding and dates."""

from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from explainer.data.dataset import Dataset
from explainer.site.publish.database import cell

Rows = list[list[str | int | float | None]]
_WIDTHS = {"evidence": 60, "text": 60, "note": 60, "description": 80}  # characters; others: 18
# Cells are what the tables say: no text becomes a formula, a link or a number.
_AS_IS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def workbook(held: Dataset, day: str) -> bytes:
    """Return the tables as an XLSX file: a sheet each, header frozen, the dictionary first. Dates
    are text as in the tables, since `2024-01` is no day. `day` (YYYY-MM-DD) is that of the last
    change.
    """
    made = BytesIO()
    with Workbook(made, _AS_IS) as book:
        created = datetime.fromisoformat(day)
        book.set_properties({"title": held.package["title"], "created": created})
        bold = book.add_format({"bold": True})
        sheets = {"dictionary": _dictionary(held)}
        sheets |= {r["name"]: _rows(held, r) for r in held.package["resources"]}
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_row(0, None, bold)
            sheet.autofilter(0, 0, max(1, len(rows) - 1), len(rows[0]) - 1)
            for i, column in enumerate(rows[0]):
                sheet.set_column(i, i, _WIDTHS.get(str(column), 18))
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)
    return made.getvalue()


def _rows(held: Dataset, resource: dict[str, Any]) -> Rows:
    columns, rows = resource["schema"]["fields"], held.tables[resource["name"]]
    cells = ([cell(column, row[column["name"]]) for column in columns] for row in rows)
    return [[column["name"] for column in columns], *cells]


def _dictionary(held: Dataset) -> Rows:
    """Return a row for each column and each of its codes."""
    rows: Rows = [["table", "column", "code", "title", "description"]]
    for resource in held.package["resources"]:
        for column in resource["schema"]["fields"]:
            name = [resource["name"], column["name"]]
            rows.append([*name, None, column["title"], column["description"]])
            for code in column.get("codes", []):
                rows.append([*name, code["code"], code["label"], code["means"]])
    return rows
