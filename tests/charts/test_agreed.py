"""What the joint statement ends, lets go on and leaves open: rows, layout, both compositions."""

from dataclasses import replace

import pandas as pd
import pytest

from explainer.charts import agreed
from explainer.charts._terms import said_of_it, terms
from explainer.charts.aftermath import timeline
from explainer.charts.agreed import spans
from explainer.charts.index import answer
from explainer.data.tables import book
from explainer.theme import DESK, PHONE


def test_an_end_needs_a_position_of_leaving():
    """'At least until' would be drawn as an end."""
    made = terms(book())
    ends = made[made["group"] == "ends"]
    assert set(ends["code"]) <= {"mission_ends", "forces_leave"} == set(agreed._ENDS)
    assert made.loc[made["code"] == "stays", "group"].eq("on").all()


def test_deadline_belongs_to_the_statement_that_names_it():
    """A date drawn at the wrong span says what nobody said."""
    tables = book()
    dated = terms(tables).query("deadline != ''")
    written = tables.mentions.set_index("id")["date_as_written"]
    words = tables.statements.set_index("id")["evidence"]
    for ids in dated["row"].str.split():
        assert any(written[ids[-1]] in words[i] for i in ids[:-1])


def test_a_change_of_the_us_mission_is_not_the_work_of_a_commission():
    """The change of the US mission drawn as one line with a commission's work, which goes on."""
    table = terms(book()).query("code == 'transition'")
    concerns = book().statements.set_index("id")["concerns"].astype(str)
    for ids in table["row"].str.split():
        assert len({concerns[i] for i in ids if i in concerns.index}) == 1


def test_a_date_says_which_way_it_binds():
    """One mark that means 'no later than' in one row and 'at least until' in the next."""
    made = agreed.rows(book(), terms(book()))
    of = made.groupby("mark")["due"].agg(lambda due: due.notna().all())
    assert of.to_dict() == {"latest": True, "earliest": True, "no end date": False}
    assert made.loc[made["mark"].eq("latest"), "text"].str.contains("no later than").all()
    assert made.loc[made["mark"].eq("earliest"), "text"].str.contains("at least").all()


def test_what_goes_on_is_said_by_one():
    """A line that gives one speaker's name to another's words."""
    speakers = book().statements.set_index("id")["person_id"]
    for ids in terms(book()).query("group == 'on'")["row"].str.split():
        assert len({speakers[i] for i in ids if i in speakers.index}) == 1


def later(about: str, **columns):
    """Return the book with another report of the day, in which the statement that continues in
    Syria says the same of Iraq, and a deadline of its own: its year, or the place `about`.
    """
    tables = book()
    old = said_of_it(tables).query("position == 'stays' and about != ''").iloc[0]
    said = tables.statements.set_index("id", drop=False).loc[[old["row"]]]
    said = said.assign(id="stm-9999", source_id="other", person_id="pentagon", side="us", **columns)
    event = tables.events[tables.events["kind"].eq("deadline")].head(1)
    event = event.assign(event_id="later", place=about, start="2027", precision="year")
    told = tables.mentions[tables.mentions["event_id"].eq(old["event_id"])].head(1)
    told = pd.concat([told, told.assign(event_id="later", id="men-9998", date_as_written="2027")])
    more = {
        "statements": said,
        "events": event.assign(actor_side="us"),
        "mentions": told.assign(source_id="other", id=["men-9997", "men-9998"]),
        "sources": tables.sources.tail(1).assign(source_id="other"),
    }
    return replace(
        tables,
        **{
            name: pd.concat([table, rows], ignore_index=True).astype(table.dtypes.to_dict())
            for name, rows in more.items()
            for table in [getattr(tables, name)]
        },
    )


def test_a_date_is_of_its_own_article_and_place():
    """A year that one report gives for Iraq, drawn as the end of what another says of Syria."""
    words = "will stay in Iraq until at least September 2026, and through 2027"
    before, made = (terms(t).set_index("row") for t in (book(), later("iraq", evidence=words)))
    old = before[before["deadline"].ne("")]
    assert made.loc[old.index, "at"].tolist() == old["at"].tolist()
    assert made.loc["stm-9999 men-9998", "at"] == "2027"
    elsewhere = terms(later("syria", evidence=words)).set_index("row")
    assert elsewhere.loc["stm-9999", "at"] == "September 2026"  # what its own words say


def test_a_date_without_a_day_is_drawn(drawn):
    """'Through 2027', said on a day that no report gives: no bar, and a title that denies the date."""
    none = {"date": "", "precision": "undated", "event_id": "later", "concerns": "us_forces"}
    tables = later("iraq", evidence="will stay in Iraq through 2027", **none)
    assert "2027" in terms(tables)["at"].tolist()
    assert "one said on a day that no report gives" in spans(tables).caption
    assert "The troops did not" not in answer(tables).finding


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


@pytest.mark.parametrize("chart", [spans, answer, timeline])
def test_no_deadline_is_known(chart):
    """A chart that needs a date ahead: the first articles on a matter may have none."""
    tables = replace(book(), events=book().events.query("kind != 'deadline'"))
    assert all(chart(tables).drawn(canvas.name) for canvas in (DESK, PHONE))
