"""The year in one picture: rows, layout, both compositions."""

import json
from dataclasses import replace
from xml.etree import ElementTree as Tree

import pandas as pd
import pytest

from explainer import book
from explainer.charts import _board, _months, _said, _year
from explainer.charts._lanes import stack
from explainer.charts.index import year
from explainer.figures import svg
from explainer.rows import rows
from explainer.theme import NARROW, WIDE


@pytest.fixture(scope="module")
def plate():
    return year(book())


def width(spec):
    return float(Tree.fromstring(svg(spec)).get("width"))


def many(tables, statements=0, sources=0):
    """Return the tables with statements and articles repeated under new ids and days."""
    said, read = tables.statements, tables.sources
    if statements:
        said = pd.concat([said] * (statements // len(said) + 1), ignore_index=True).head(statements)
        said = said.assign(id=[f"stm-{i:04}" for i in range(len(said))])
    if sources:
        read = pd.concat([read] * (sources // len(read) + 1), ignore_index=True).head(sources)
        read = read.assign(source_id=[f"{s}-{i}" if i >= len(tables.sources) else s for i, s in enumerate(read["source_id"])],
                           published=read["published"] + pd.to_timedelta(range(len(read)), unit="D"))
    return replace(tables, statements=said, sources=read)


def test_specs_round_trip(plate):
    """A spec that JSON cannot hold is not published."""
    for canvas in ("wide", "narrow"):
        assert json.loads(json.dumps(plate.spec(canvas))) == plate.spec(canvas)


def test_every_mark_is_proved(plate):
    """A mark without a row, or with a row that does not exist, breaks the promise of the book."""
    known = rows(book())
    assert all(ids and all(i in known for i in ids.split()) for ids in plate.data["row"])


@pytest.mark.parametrize("canvas", [WIDE, NARROW])
def test_no_wider_than_the_canvas(plate, canvas):
    """A wider drawing is shrunk by the page, and its words become too small."""
    assert width(plate.spec(canvas.name)) <= canvas.width


def test_finding_follows_the_data(plate):
    """A title that stays when the statements change is typed, not computed."""
    tables = book()
    flipped = tables.statements.assign(position=tables.statements["position"].where(tables.statements["side"] != "iraq", "stays"))
    assert year(replace(tables, statements=flipped)).finding != plate.finding


@pytest.mark.parametrize("case", [{"statements": 2000}, {"sources": 30}, {"statements": 10}])
def test_holds_as_the_book_grows(case):
    """A layout made for today's rows breaks with the next article."""
    grown = year(many(book(), **case))
    assert width(grown.spec("wide")) <= WIDE.width
    assert width(grown.spec("narrow")) <= NARROW.width


def test_one_mark_an_occasion():
    """The same sentence in several articles would look like several occasions."""
    made = _year.spoken(book())
    assert made["n"].sum() == len(made["row"].str.split().explode())
    assert made["row"].str.split().explode().is_unique


def test_axis_leaves_out_empty_months():
    """An empty year would take the room of the crowded months."""
    month = lambda text: pd.Period(text, "M")
    scale = _months.pieces({month("2024-01"), month("2024-02"), month("2024-08")}, {month("2026-09")}, 100, 500, 20, 60)
    assert [(p.first.month, p.end.month) for p in scale] == [(1, 3), (8, 9), (9, 10)]
    assert scale[-1].right == pytest.approx(600)
    assert _months.place(scale, pd.Timestamp("2024-02-01")) < _months.place(scale, pd.Timestamp("2024-05-01"))


def test_stack_keeps_boxes_apart():
    """Labels that share a row and a place cannot be read."""
    boxes = pd.DataFrame({"from_": [0, 5, 10, 12], "to": [9, 20, 30, 40]})
    assert stack(boxes) == [0, 1, 0, 2]


def test_fold_fits():
    """A line that is longer than its room leaves the drawing."""
    text = _board.fold("transition to an enduring bilateral security partnership", 140, 12)
    assert _board.measure(text, 12) <= 140


@pytest.mark.parametrize(("start", "end", "precision", "first", "last"), [
    ("2024-01-08", "", "day", "2024-01-08", "2024-01-08"), ("2024-02", "", "month", "2024-02-01", "2024-02-29"),
    ("2024-09-16", "", "week", "2024-09-16", "2024-09-22"), ("2024-01-05", "2024-01-09", "between", "2024-01-05", "2024-01-09")])
def test_span_of_a_date(start, end, precision, first, last):
    """A month drawn as its first day claims more than the article says."""
    assert _said.span(start, end, precision) == (pd.Timestamp(first), pd.Timestamp(last))


def test_clauses_cover_the_scale():
    """A position without a clause would break the title of a book in which it leads."""
    assert set(_said.CLAUSES) == set(book().labels("statements", "position")) - {"none"}


def test_telling_prefers_a_date_then_a_quotation():
    """The label of a group would be the first row of the file."""
    made = pd.DataFrame({"key_words": ["no plans", "not aware", "by September 2025"], "form": ["paraphrase", "quote", "paraphrase"],
                         "position": ["no_plan"] * 3})
    assert list(_said.telling(made).rank()) == [1, 2, 3]
