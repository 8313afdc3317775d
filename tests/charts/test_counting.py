"""The chart of counted attacks: each count from its start to its day, at its height, as printed."""

from dataclasses import replace

import pandas as pd
import pytest

from explainer.charts.counting import bodies, start, tallies
from explainer.data.tables import book


def changed(row: str, **cells):
    """Return the book with cells of a row of the record changed."""
    record = book().record.copy()
    for column, value in cells.items():
        record.loc[record["id"] == row, column] = value
    return replace(book(), record=record)


def test_every_count_is_there_and_claims_are_not(drawn):
    """A count of the record that is left out in silence; a claim of an armed group about itself that is taken for a count of attacks."""
    record = book().record
    due = set(record.loc[record["part"].astype(str) == "attacks", "id"])
    assert set(drawn(bodies).data["row"]) == due | {"att-0041"} and "rec-0074" not in due


@pytest.mark.parametrize(
    "what, day, exact",
    [
        ("attacks since 2023-10-17", "2023-10-17", True),
        ("attacks since mid-October 2023", "2023-10-15", False),
        ("attacks since October 2023", "2023-10-01", False),
        ("attacks since 2023-10", "2023-10-01", False),
        ("attacks in quarter Oct-Dec 2023", "2023-10-01", True),
        ("attacks", None, False),
        ("attacks since Ramadan 2023", None, False),
    ],
)
def test_the_start_of_a_count_is_read_as_it_is_known(what, day, exact):
    """A bar that begins on a day nobody gave, as if it had been given; words without a date that become one."""
    assert start(what) == (
        pd.Timestamp(day) if day else pd.NaT,
        exact,
    ) or (day is None and start(what)[0] is pd.NaT)


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_marks_stand_on_their_days(drawn, canvas):
    """A count that moved from its day or its height; an article's count that looks like context."""
    due = tallies(book()).set_index("row")
    seen = set()
    for records in drawn(bodies).spec(canvas)["datasets"].values():
        for record in records:
            if "tier" in record:
                count = due.loc[record["row"]]
                assert record["date"] == f"{count['at']:%Y-%m-%d}"
                assert record["value"] == count["value"] and record["tier"] == count["tier"]
                seen.add(record["row"])
    assert seen == set(due.index)


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_a_floor_is_not_drawn_as_an_exact_number(drawn, canvas):
    """'At least 100' that looks as if it were 100."""
    strokes = set()
    for records in drawn(bodies).spec(canvas)["datasets"].values():
        strokes |= {r["row"] for r in records if r.get("floor") and r.get("upto", 0) > r["value"]}
    hedges = ("at_least", "more_than")
    record = book().record
    floors = set(record.loc[record["qualifier"].astype(str).isin(hedges), "id"]) | {"att-0041"}
    assert strokes == floors & set(tallies(book())["row"])


def test_finding_follows_the_data(drawn):
    """A finding that was typed."""
    assert "127" in drawn(bodies).finding
    assert "137" in bodies(changed("rec-0032", value=137)).finding


@pytest.mark.slow
def test_many_counts_are_left_to_the_table(fits):
    """A record that has grown: a drawing that cannot be read, or counts lost in silence."""
    record = book().record
    again = [record.assign(id=record["id"] + f"-{i}") for i in range(6)]
    many = replace(
        book(), record=pd.concat(again, ignore_index=True).astype(record.dtypes.to_dict())
    )
    plate = bodies.whole(many)
    assert fits(plate) and "left out" in plate.caption
