"""The year in one picture: rows, layout, both compositions."""

from dataclasses import replace

import pandas as pd
import pytest

from explainer import book
from explainer.charts import _months, _said, _year
from explainer.charts._lanes import stack
from explainer.charts.grammar import text as _text
from explainer.charts.timeline import year


def test_finding_follows_the_data(drawn):
    """A title that stays when the statements change is typed, not computed."""
    tables = book()
    flipped = tables.statements.assign(
        position=tables.statements["position"].where(tables.statements["side"] != "iraq", "stays")
    )
    assert year(replace(tables, statements=flipped)).finding != drawn(year).finding


@pytest.mark.parametrize("count", [10, 2000])
def test_holds_with_few_and_many_statements(again, fits, count):
    """A layout made for today's rows breaks with the next article."""
    assert fits(year(replace(book(), statements=again(book().statements, count))))


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
    made = _year.spoken(book())
    assert made["n"].sum() == len(made["row"].str.split().explode())
    assert made["row"].str.split().explode().is_unique


def test_axis_leaves_out_empty_months():
    """An empty year would take the room of the crowded months."""
    month = lambda text: pd.Period(text, "M")
    scale = _months.pieces(
        {month("2024-01"), month("2024-02"), month("2024-08")}, {month("2026-09")}, 100, 500, 20, 60
    )
    assert [(p.first.month, p.end.month) for p in scale] == [(1, 3), (8, 9), (9, 10)]
    assert scale[-1].right == pytest.approx(600)
    assert _months.place(scale, pd.Timestamp("2024-02-01")) < _months.place(
        scale, pd.Timestamp("2024-05-01")
    )


def test_stack_keeps_boxes_apart():
    """Labels that share a row and a place cannot be read."""
    boxes = pd.DataFrame({"from_": [0, 5, 10, 12], "to": [9, 20, 30, 40]})
    assert stack(boxes) == [0, 1, 0, 2]


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
    assert _said.span(start, end, precision) == (pd.Timestamp(first), pd.Timestamp(last))


def test_clauses_cover_the_scale():
    """A position without a clause would break the title of a book in which it leads."""
    assert set(_said.CLAUSES) == set(book().labels("statements", "position")) - {"none"}


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
