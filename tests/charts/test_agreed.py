"""What the joint statement ends, lets go on and leaves open: rows, layout, both compositions."""

from dataclasses import replace

import pytest

from explainer import book
from explainer.charts import agreed
from explainer.charts.agreed import spans


def test_an_end_needs_a_position_of_leaving():
    """'At least until' would be drawn as an end."""
    made = agreed.agreed(book())
    ends = made[made["group"] == "ends"]
    assert set(ends["code"]) <= {"mission_ends", "forces_leave"} == set(agreed._ENDS)
    assert made.loc[made["code"] == "stays", "group"].eq("on").all()


def test_deadline_belongs_to_the_statement_that_names_it():
    """A date drawn at the wrong span says what nobody said."""
    tables = book()
    dated = agreed.agreed(tables).query("deadline != ''")
    written = tables.mentions.set_index("id")["date_as_written"]
    words = tables.statements.set_index("id")["evidence"]
    for ids in dated["row"].str.split():
        assert any(written[ids[-1]] in words[i] for i in ids[:-1])


def test_finding_follows_the_data(drawn):
    """A title that stays when the data change is typed, not computed."""
    tables = book()
    answered = replace(tables, topics=tables.topics[tables.topics["kind"] != "unanswered"])
    moved = tables.events.assign(
        start=tables.events["start"].where(tables.events["kind"] != "deadline", "2027-03")
    )
    assert spans(answered).finding != drawn(spans).finding
    assert spans(replace(tables, events=moved)).finding != drawn(spans).finding


@pytest.mark.parametrize("count", [10, pytest.param(2000, marks=pytest.mark.slow)])
def test_holds_as_the_book_grows(again, fits, count):
    """A layout made for today's rows breaks with the next article."""
    tables = book()
    last = tables.statements.iloc[
        ::-1
    ]  # the joint statement is the latest: keep it in the small book
    said = again(last[last["position"] != "none"], count)
    assert fits(spans(replace(tables, statements=said)))
