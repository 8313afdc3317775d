"""The answer in one picture: what stands under which question, and what its title may say."""

import json
import re
from dataclasses import replace

import pytest

from explainer.charts._questions import BANDS, GOVERNMENTS
from explainer.charts._said import said
from explainer.charts.index import answer, rows
from explainer.data.tables import book


def changed(**columns):
    """Return the book with columns of its statements changed by functions of the statements."""
    statements = book().statements
    return replace(
        book(), statements=statements.assign(**{c: f(statements) for c, f in columns.items()})
    )


def test_title_follows_the_data(drawn):
    """A title that stays when Washington says that its forces leave is typed, not computed."""
    leave = changed(position=lambda s: s["position"].where(s["side"].ne("us"), "forces_leave"))
    assert answer(leave).finding != drawn(answer).finding


def test_no_term_no_end_date(drawn):
    """The mission would get an end date from a book whose statements name none."""
    undated = changed(evidence=lambda s: s["evidence"].str.replace("September 2025", "some day"))
    assert answer(undated).finding != drawn(answer).finding


def test_statement_stands_where_its_codes_say():
    """A statement under a question that its words are not about, or in another band."""
    coded = book().statements.set_index("id")
    for row in rows(book()).itertuples():
        statement = coded.loc[row.row]
        assert row.concerns == statement["concerns"] and row.band == BANDS[statement["position"]]
        assert row.side == GOVERNMENTS[statement["side"]]


def test_nothing_is_left_out_in_silence(drawn):
    """A statement that is neither drawn nor counted among those that are not."""
    caption = drawn(answer).caption
    undrawn = int(re.search(r"Not shown: (\d+) other statements", caption)[1])
    assert undrawn + len(rows(book())) == len(said(book()))


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_marks_stand_on_their_days(drawn, canvas):
    """A square that moved from its day: it would be the later, or the earlier, statement."""
    spec = drawn(answer).spec(canvas)
    days = {
        record["row"]: record
        for records in spec["datasets"].values()
        for record in records
        if "loose" in record
    }
    drawn_rows = rows(book())
    assert set(days) == set(drawn_rows["row"])
    for row in drawn_rows.itertuples():
        assert days[row.row]["date"] == f"{row.date:%Y-%m-%d}"
    assert "datasets" in json.loads(json.dumps(spec))


def test_days_are_named_once_on_a_phone(drawn):
    """Two axes of the same days, one over the other: they push the second answer off a first screen."""
    axes = [
        layer["encoding"]["x"]["axis"]["labels"]
        for panel in drawn(answer).spec("narrow")["vconcat"]
        for layer in panel["hconcat"][0]["layer"]
        if "axis" in layer["encoding"]["x"]
    ]
    assert axes == sorted(axes) and set(axes) == {False, True}


@pytest.mark.parametrize("count", [10, pytest.param(400, marks=pytest.mark.slow)])
def test_holds_with_few_and_many_statements(again, fits, count):
    """A layout made for today's rows breaks with the next article."""
    assert fits(answer(replace(book(), statements=again(book().statements, count))))
