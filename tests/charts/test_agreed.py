"""What the joint statement ends, lets go on and leaves open: rows, layout, both compositions."""

import json
from dataclasses import replace
from xml.etree import ElementTree as Tree

import pandas as pd
import pytest

from explainer import book
from explainer.charts import _spans
from explainer.charts.agreed import spans
from explainer.figures import svg
from explainer.rows import rows
from explainer.theme import NARROW, WIDE


@pytest.fixture(scope="module")
def plate():
    return spans(book())


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


@pytest.mark.parametrize("canvas", [WIDE, NARROW])
def test_no_wider_than_the_canvas(plate, canvas):
    """A wider drawing is shrunk by the page, and its words become too small."""
    assert width(plate.spec(canvas.name)) <= canvas.width


def test_an_end_needs_a_position_of_leaving():
    """'At least until' would be drawn as an end."""
    made = _spans.spans(book())
    ends = made[made["group"] == "ends"]
    assert set(ends["code"]) <= {"mission_ends", "forces_leave"}
    assert made.loc[made["code"] == "stays", "group"].eq("on").all()


def test_deadline_belongs_to_the_statement_that_names_it():
    """A date drawn at the wrong span says what nobody said."""
    tables = book()
    dated = _spans.spans(tables).query("deadline != ''")
    written = tables.mentions.set_index("id")["date_as_written"]
    words = tables.statements.set_index("id")["evidence"]
    for ids in dated["row"].str.split():
        assert any(written[ids[-1]] in words[i] for i in ids[:-1])


def test_finding_follows_the_data(plate):
    """A title that stays when the data change is typed, not computed."""
    tables = book()
    answered = replace(tables, topics=tables.topics[tables.topics["kind"] != "unanswered"])
    moved = tables.events.assign(start=tables.events["start"].where(tables.events["kind"] != "deadline", "2027-03"))
    assert spans(answered).finding != plate.finding
    assert spans(replace(tables, events=moved)).finding != plate.finding


@pytest.mark.parametrize("count", [10, 2000])
def test_holds_as_the_book_grows(count):
    """A layout made for today's rows breaks with the next article."""
    tables = book()
    last = tables.statements.iloc[::-1]  # the joint statement is the latest: keep it in the small book
    said = pd.concat([last] * (count // len(last) + 2), ignore_index=True)
    said = said[said["position"] != "none"].head(count)
    grown = spans(replace(tables, statements=said.assign(id=[f"stm-{i:04}" for i in range(len(said))])))
    assert width(grown.spec("wide")) <= WIDE.width
    assert width(grown.spec("narrow")) <= NARROW.width
