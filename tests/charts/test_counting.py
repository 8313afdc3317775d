"""The chart of counted attacks: each count from its start to its day, at its height, as printed."""

import json
from dataclasses import replace
from xml.etree import ElementTree as Tree

import pandas as pd
import pytest

from explainer.charts.counting import bodies
from explainer.charts.grammar.marks import SPANS, STEMMED
from explainer.data.tables import book
from explainer.words.attacks import start, tallies


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
    stemmed = set()
    for records in drawn(bodies).spec(canvas)["datasets"].values():
        stemmed |= {r["row"] for r in records if r.get("mark") in STEMMED}
    hedges = ("at_least", "more_than")
    record = book().record
    floors = set(record.loc[record["qualifier"].astype(str).isin(hedges), "id"]) | {"att-0041"}
    assert stemmed == floors & set(tallies(book())["row"])


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_the_key_names_each_mark(drawn, exported, canvas):
    """A mark that only prose explains; a line that begins at the axis, as if it were one of its."""
    plate = drawn(bodies)
    words = " ".join(Tree.fromstring(exported(plate, canvas)).itertext())
    assert set(plate.rows["span"]) <= {*SPANS, ""}
    shown = {*plate.rows["mark"], *plate.rows["span"]} - {STEMMED[0], ""}
    assert shown and all(name in words for name in shown) and "same day" in words
    opened = json.loads(json.dumps(plate.spec(canvas)))
    (first,) = {json.dumps(x["domain"][0]) for x in scales(opened) if x.get("type") == "utc"}
    begins = pd.Timestamp("-".join(str(json.loads(first)[p]) for p in ("year", "month", "date")))
    assert plate.rows["first"].min() - begins >= pd.Timedelta(days=7)


def scales(part):
    """Yield the scales of a specification."""
    if isinstance(part, dict):
        yield from [part["scale"]] if isinstance(part.get("scale"), dict) else []
    for one in part.values() if isinstance(part, dict) else part if isinstance(part, list) else []:
        yield from scales(one)


def test_two_counts_of_one_day_are_tied_at_that_day(drawn):
    """A bar between two counts that stands on another day, or ties what the title does not."""
    rows = drawn(bodies).rows
    pair = rows[rows["pair"]]
    assert pair["date"].nunique() == 1 and pair["area"].nunique() == 1 and len(pair) == 2
    assert pair["bold"].all() and pair["tier"].eq("article").any()


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
