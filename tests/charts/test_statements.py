"""Statements on the scale of positions: rows, layout, both compositions."""

from dataclasses import replace

import pandas as pd
import pytest

from explainer.charts._said import said
from explainer.charts.statements import positions
from explainer.data.tables import book


def test_draws_each_position_of_a_speaker_once(drawn):
    """A statement lost or drawn twice changes what the picture says."""
    table = book().statements
    expected = table[table["form"].isin(["quote", "paraphrase"]) & (table["position"] != "none")][
        "id"
    ]
    elsewhere = said(book()).query("about != ''")["row"]
    assert (
        len(elsewhere) and f"and {len(elsewhere)} about another country" in drawn(positions).caption
    )
    assert sorted([*drawn(positions).data["row"], *elsewhere]) == sorted(expected)


def test_finding_follows_the_data(drawn):
    """A title that stays when the statements change is typed, not computed."""
    tables = book()
    kept = tables.statements[tables.statements["position"] != "mission_ends"]
    assert positions(replace(tables, statements=kept)).finding != drawn(positions).finding


@pytest.mark.parametrize("count", [10, pytest.param(2000, marks=pytest.mark.slow)])
def test_holds_as_the_book_grows(again, fits, count):
    """A layout made for today's rows breaks with the next article."""
    tables = book()
    said = again(tables.statements, count)
    days = pd.date_range("2023-12-01", periods=count, freq="12h").strftime("%Y-%m-%d")
    said = said.assign(date=said["date"].where(said["precision"] != "day", days))
    assert fits(positions(replace(tables, statements=said)))


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_what_the_title_counts_is_drawn(drawn, canvas):
    """A total in the title that nobody can find in the picture, or bars of other lengths than their numbers."""
    (parts,) = drawn(positions).spec(canvas)["datasets"].values()
    for side in ("Baghdad", "Washington"):
        ours = [part for part in parts if part["side"] == side]
        said = [part for part in ours if part["row"]]
        assert all(part["panel"] == f"{side}: {len(said)} statements" for part in ours)
        assert f"{len(said)} statements by {side}" in drawn(positions).finding or side != "Baghdad"
        for end in ("mission should or will end", "forces should or will leave"):
            count = sum(part["says"] == end for part in said)
            labels = {p["label"].split(",")[0] for p in ours if p["says"] == end and p["last"]}
            assert labels == {str(count or "none")}
            assert str(count or "none") in drawn(positions).finding
    for part in parts:
        assert part["end"] - part["start"] == bool(part["row"])
