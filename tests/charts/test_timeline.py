"""The year in one picture: rows, layout, both compositions."""

from dataclasses import replace

import pandas as pd
import pytest

from explainer.charts import _said, timeline
from explainer.charts.grammar import text as _text
from explainer.charts.timeline import rows, year
from explainer.data.tables import book


def test_finding_follows_the_data(drawn):
    """A title that stays when the statements change is typed, not computed."""
    tables = book()
    flipped = tables.statements.assign(
        position=tables.statements["position"].where(tables.statements["side"] != "iraq", "stays")
    )
    assert year(replace(tables, statements=flipped)).finding != drawn(year).finding


@pytest.mark.parametrize("count", [10, pytest.param(2000, marks=pytest.mark.slow)])
def test_holds_with_few_and_many_statements(again, fits, count):
    """A layout made for today's rows breaks with the next article."""
    assert fits(year(replace(book(), statements=again(book().statements, count))))


@pytest.mark.slow
def test_holds_with_thirty_articles(fits):
    """A layout made for five articles of one year; the first five keep their ids, on which the statements hang."""
    read = book().sources
    many = pd.concat(
        [read, *(read.assign(source_id=read["source_id"] + f"-{i}") for i in range(30))],
        ignore_index=True,
    ).head(30)
    many = many.assign(published=many["published"] + pd.to_timedelta(range(30), unit="D"))
    assert fits(year.whole(replace(book(), sources=many)))


def test_one_mark_an_occasion():
    """The same sentence in several articles would look like several occasions."""
    made = _said.spoken(book())
    assert made["n"].sum() == len(made["row"].str.split().explode())
    assert made["row"].str.split().explode().is_unique


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_axis_is_true(drawn, canvas):
    """A month left out or stretched, a mark moved from its day."""
    spec = drawn(year).spec(canvas)
    marks = {row["row"]: row for rows in spec["datasets"].values() for row in rows if "kind" in row}
    table = rows(book())
    assert len(marks) == len(table)
    for row in table.itertuples():
        assert marks[row.row]["date"] == f"{row.date:%Y-%m-%d}"
        assert row.first <= row.date <= row.last
    layers = [layer for lane in spec["vconcat"] for layer in lane["layer"]]
    scales = [layer["encoding"]["x"].get("scale", {}) for layer in layers]
    assert len({str(scale["domain"]) for scale in scales}) == 1
    assert all(scale["type"] == "utc" and len(scale["domain"]) == 2 for scale in scales)
    axis = layers[-1]["encoding"]["x"]["axis"]["values"][-1]
    assert (axis["year"], axis["month"]) > (table["date"].max().year, table["date"].max().month)


def test_nothing_stands_before_what_it_follows():
    """An event drawn before the one that an article ties it to as its reason."""
    tables, table = book(), rows(book())
    events = tables.mentions.set_index("id")["event_id"]
    ground = table[table["lane"].eq(_said.GROUND)]
    place = {events[row.row.split()[0]]: row.date for row in ground.itertuples()}
    ties = tables.links.query("from_event in @place and to_event in @place")
    assert len(place) > 1
    for tie in ties.itertuples():
        assert place[tie.from_event] < place[tie.to_event], tie.id


def test_a_stranger_sees_no_more_than_he_needs():
    """More marks than a reader takes in, two of a side and month, a lane without any; a mark for what one passage tells."""
    table = rows(book())
    assert 8 <= len(table) <= 10 and set(table["lane"]) == set(_said.NAMES)
    spoken = table[table["code"].ne(_said.DUE)]
    assert (
        not spoken.assign(month=spoken["date"].dt.to_period("M"))
        .duplicated(["lane", "month"])
        .any()
    )
    assert table.loc[table["lane"].eq(_said.GROUND), "n"].gt(1).all()
    every = _said.spoken(book()).assign(month=lambda f: f["first"].dt.to_period("M"))
    for row in spoken[spoken["lane"].ne(_said.GROUND)].itertuples():
        same = every[every["lane"].eq(row.lane) & every["month"].eq(row.first.to_period("M"))]
        assert row.n == same.loc[same["code"].isin(list(timeline._DOES)), "n"].max()


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_every_shape_is_in_the_key(drawn, canvas):
    """A mark that nobody explains."""
    layers = [one for lane in drawn(year).spec(canvas)["vconcat"] for one in lane["layer"]]
    shapes = [one["encoding"]["shape"] for one in layers if "shape" in one["encoding"]]
    assert {tuple(shape["scale"]["domain"]) for shape in shapes} == {
        tuple(kind for kind in timeline._SHAPES if kind in set(rows(book())["kind"]))
    }
    assert all(shape["legend"] for shape in shapes)


def test_what_others_foretell_is_in_no_lane():
    """A news agency's prediction as a date that both governments set, or as words of one."""
    table, statements = rows(book()), book().statements.set_index("id")
    assert set(statements.loc[_said.ends(book()).index, "side"]) <= set(_said.LANES)
    for row in table[table["lane"].isin(_said.LANES) & table["code"].ne(_said.DUE)].itertuples():
        assert set(statements.loc[row.row.split(), "side"]) == {row.lane}


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_size_says_nothing(drawn, canvas):
    """A mark that is larger than another, and a caption that takes it back."""
    lanes = drawn(year).spec(canvas)["vconcat"]
    assert all("size" not in layer["encoding"] for lane in lanes for layer in lane["layer"])


def test_fold_fits():
    """A line that is longer than its room leaves the drawing."""
    text = _text.fold("transition to an enduring bilateral security partnership", 140, 12)
    assert _text.measure(text, 12) <= 140


@pytest.mark.parametrize(
    ("start", "end", "precision", "first", "last"),
    [
        ("2024-01-08", "", "day", "2024-01-08", "2024-01-08"),
        ("2024-02", "", "month", "2024-02-01", "2024-02-29"),
        ("2024-09-16", "", "week", "2024-09-16", "2024-09-22"),
        ("2024-01-05", "2024-01-09", "between", "2024-01-05", "2024-01-09"),
    ],
)
def test_span_of_a_date(start, end, precision, first, last):
    """A month drawn as its first day claims more than the article says."""
    known = pd.DataFrame({"start": ["", start], "end": ["", end], "precision": ["day", precision]})
    when, never = _said.dated(known)[["first", "last"]].itertuples(index=False)
    assert when == (pd.Timestamp(first), pd.Timestamp(last)) and pd.isna(never.first)


def test_telling_prefers_a_date_then_a_quotation():
    """The label of a group would be the first row of the file."""
    made = pd.DataFrame(
        {
            "key_words": ["no plans", "not aware", "by September 2025"],
            "form": ["paraphrase", "quote", "paraphrase"],
            "position": ["no_plan"] * 3,
        }
    )
    assert list(_said.telling(made).rank()) == [1, 2, 3]
