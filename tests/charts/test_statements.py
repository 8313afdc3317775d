"""Statements on the scale of positions: rows, layout, both compositions."""

import json
from dataclasses import replace
from xml.etree import ElementTree as Tree

import pandas as pd
import pytest

from explainer import book
from explainer.charts import _scale
from explainer.charts.statements import positions
from explainer.figures import svg
from explainer.rows import rows
from explainer.theme import NARROW, WIDE


@pytest.fixture(scope="module")
def plate():
    return positions(book())


def width(spec):
    return float(Tree.fromstring(svg(spec)).get("width"))


def test_specs_round_trip(plate):
    """A spec that JSON cannot hold is not published."""
    for canvas in ("wide", "narrow"):
        assert json.loads(json.dumps(plate.spec(canvas))) == plate.spec(canvas)


def test_every_mark_is_proved(plate):
    """A mark without a row, or with a row that does not exist, breaks the promise of the book."""
    known = rows(book())
    assert all(ids and all(i in known for i in ids.split()) for ids in plate.data["row"])


def test_draws_each_position_of_a_speaker_once(plate):
    """A statement lost or drawn twice changes what the picture says."""
    table = book().statements
    expected = table[table["form"].isin(["quote", "paraphrase"]) & (table["position"] != "none")]["id"]
    assert sorted(plate.data["row"]) == sorted(expected)


@pytest.mark.parametrize("canvas", [WIDE, NARROW])
def test_no_wider_than_the_canvas(plate, canvas):
    """A wider drawing is shrunk by the page, and its words become too small."""
    assert width(plate.spec(canvas.name)) <= canvas.width


def test_finding_follows_the_data(plate):
    """A title that stays when the statements change is typed, not computed."""
    tables = book()
    kept = tables.statements[tables.statements["position"] != "mission_ends"]
    assert positions(replace(tables, statements=kept)).finding != plate.finding


@pytest.mark.parametrize("count", [10, 2000])
def test_holds_as_the_book_grows(count):
    """A layout made for today's rows breaks with the next article."""
    tables = book()
    said = pd.concat([tables.statements] * (count // len(tables.statements) + 1), ignore_index=True).head(count)
    days = pd.date_range("2023-12-01", periods=count, freq="12h").strftime("%Y-%m-%d")
    said = said.assign(id=[f"stm-{i:04}" for i in range(count)], date=said["date"].where(said["precision"] != "day", days))
    grown = positions(replace(tables, statements=said))
    assert width(grown.spec("wide")) <= WIDE.width
    assert width(grown.spec("narrow")) <= NARROW.width


def test_periods_grow_coarser():
    """Two thousand statements over years would make a row for each month."""
    tables = book()
    day = pd.date_range("2023-12-01", periods=len(tables.statements), freq="20D").strftime("%Y-%m-%d")
    made = _scale.cells(replace(tables, statements=tables.statements.assign(date=day, precision="day")))
    assert made.groupby(["side", "bucket"]).ngroups <= _scale.ROWS or made["bucket"].str.len().max() == 4


def test_full_cell_is_one_mark_with_all_rows():
    """Marks that run out of their column cover the next one."""
    count = _scale.HEAP + 1
    frame = pd.DataFrame({"side": "us", "bucket": "2024-01", "position": "stays", "n": count, "best": [True] + [False] * (count - 1),
                          "row": [f"stm-{i:04}" for i in range(count)], "left": 0.0})
    assert list(_scale.heap(frame, 9)["row"]) == [" ".join(frame["row"])]
    assert len(_scale.heap(frame.assign(n=_scale.HEAP).head(_scale.HEAP), 9)) == _scale.HEAP
