"""Tables: typed as the descriptor says, frozen, corrected rows left out."""

from dataclasses import FrozenInstanceError

import pandas as pd
import pytest

from explainer.data.tables import NAMES, book, descriptor, field, load, resource
from explainer.paths import DATA

PACKAGE = descriptor()


def test_every_file_of_rows_is_a_table():
    """A file of the descriptor that charts cannot reach, or a table that no file fills."""
    assert set(NAMES) <= {r["name"] for r in PACKAGE["resources"]}
    assert {p.name for p in DATA.glob("*.csv")} == {r["path"] for r in PACKAGE["resources"]}


def test_columns_have_the_type_of_the_descriptor(invented):
    """A number that is text, a day that is text, a code that sorts by its letters."""
    tables = load(invented)
    for name in NAMES:
        frame, schema = getattr(tables, name), tables.schema(name)
        assert list(frame.columns) == [f["name"] for f in schema["schema"]["fields"]]
        for column in schema["schema"]["fields"]:
            dtype = frame[column["name"]].dtype
            if column["type"] == "integer":
                assert dtype == "Int64"
            elif column["type"] == "number":
                assert dtype == "Float64"
            elif column["type"] == "date" or (name, column["name"]) == (
                "sources",
                "published",
            ):  # of the articles alone: a day
                assert pd.api.types.is_datetime64_any_dtype(dtype)
            elif "codes" in column:
                assert list(frame[column["name"]].cat.categories) == [
                    c["code"] for c in column["codes"]
                ]
                assert frame[column["name"]].cat.ordered
            else:
                assert pd.api.types.is_string_dtype(dtype)


def test_no_row_is_lost(invented):
    """A cell with a comma, a quotation mark or the word 'NA' that the reader of CSV makes something else of."""
    path = invented / "troops.csv"
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace(",,,\n", ",,NA,\n")
        .replace(",,\n", ',"a ""b"", c",\n', 1),
        encoding="utf-8",
    )
    tables = load(invented)
    assert len(tables.troops) == 3
    assert tables.troops["evidence"].iloc[0] == "about 1,200 US troops in Iraq and 300 in Syria"
    assert 'a "b", c' in set(tables.troops["note"])
    assert not tables.troops["date_as_written"].isna().any()


def test_a_missing_number_stays_missing(invented):
    """A count that nobody gave, drawn as zero."""
    assert load(invented).attacks["value"].isna().sum() == 1


def test_corrected_rows_are_left_out(invented):
    """A row that was corrected, drawn beside its correction."""
    path = invented / "troops.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(
        "".join(
            [
                *lines[:3],
                lines[3].rstrip("\n").rpartition(",")[0] + ",trp-0004\n",
                lines[3].replace("trp-0003", "trp-0004"),
            ]
        )
    )
    assert list(load(invented).troops["id"]) == ["trp-0001", "trp-0002", "trp-0004"]
    assert len(load(invented, superseded=True).troops) == 4


def test_tables_are_frozen(invented):
    """A chart that puts a table of its own in the place of the data."""
    with pytest.raises(FrozenInstanceError):
        load(invented).troops = None


def test_labels_come_from_the_descriptor():
    """A label typed into a chart because the descriptor's was out of reach."""
    expected = {
        c["code"]: c["label"] for c in field(resource(PACKAGE, "statements"), "position")["codes"]
    }
    assert book().labels("statements", "position") == expected


def test_a_name_that_is_not_there_is_named():
    """A message without the name that was looked for."""
    with pytest.raises(KeyError, match="no table 'nothing'"):
        resource(PACKAGE, "nothing")
    with pytest.raises(KeyError, match="no column 'nothing'"):
        field(resource(PACKAGE, "troops"), "nothing")
    assert book() is book()
