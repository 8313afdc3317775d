"""Statements on the scale of positions: rows, layout, both compositions."""

from dataclasses import replace

import pandas as pd
import pytest

from explainer import book
from explainer.charts import _scale
from explainer.charts.statements import positions


def test_draws_each_position_of_a_speaker_once(drawn):
    """A statement lost or drawn twice changes what the picture says."""
    table = book().statements
    expected = table[table["form"].isin(["quote", "paraphrase"]) & (table["position"] != "none")][
        "id"
    ]
    assert sorted(drawn(positions).data["row"]) == sorted(expected)


def test_finding_follows_the_data(drawn):
    """A title that stays when the statements change is typed, not computed."""
    tables = book()
    kept = tables.statements[tables.statements["position"] != "mission_ends"]
    assert positions(replace(tables, statements=kept)).finding != drawn(positions).finding


@pytest.mark.parametrize("count", [10, 2000])
def test_holds_as_the_book_grows(again, fits, count):
    """A layout made for today's rows breaks with the next article."""
    tables = book()
    said = again(tables.statements, count)
    days = pd.date_range("2023-12-01", periods=count, freq="12h").strftime("%Y-%m-%d")
    said = said.assign(date=said["date"].where(said["precision"] != "day", days))
    assert fits(positions(replace(tables, statements=said)))


def test_periods_grow_coarser():
    """Two thousand statements over years would make a row for each month."""
    tables = book()
    day = pd.date_range("2023-12-01", periods=len(tables.statements), freq="20D").strftime(
        "%Y-%m-%d"
    )
    made = _scale.cells(
        replace(tables, statements=tables.statements.assign(date=day, precision="day"))
    )
    assert (
        made.groupby(["side", "bucket"]).ngroups <= _scale.ROWS
        or made["bucket"].str.len().max() == 4
    )


def test_full_cell_is_one_mark_with_all_rows():
    """Marks that run out of their column cover the next one."""
    count = _scale.HEAP + 1
    frame = pd.DataFrame(
        {
            "side": "us",
            "bucket": "2024-01",
            "position": "stays",
            "n": count,
            "best": [True] + [False] * (count - 1),
            "row": [f"stm-{i:04}" for i in range(count)],
            "left": 0.0,
        }
    )
    assert list(_scale.heap(frame, 9)["row"]) == [" ".join(frame["row"])]
    assert len(_scale.heap(frame.assign(n=_scale.HEAP).head(_scale.HEAP), 9)) == _scale.HEAP
