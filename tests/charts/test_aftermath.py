"""What happened next: which facts belong to it, whose word each is, and where the knowledge ends."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from explainer import book
from explainer.charts import aftermath
from explainer.charts.aftermath import CLAIM, DUE, PLAN, SAID, timeline
from explainer.paths import DATA
from explainer.theme import DESK, PHONE
from explainer.words.numbers import numbers


def test_every_later_fact_is_drawn_and_no_earlier_one():
    """A fact after the joint statement that is left out; one from before it."""
    tables = book()
    assert f"{aftermath.opening(tables):%Y-%m-%d}" == "2024-10-01"
    assert set(aftermath.happened(tables)["id"]) == set(
        tables.record.loc[tables.record["date"] >= "2024-10", "id"]
    )


def test_deadlines_are_the_articles():
    """A deadline that is not of an article, or one of the two that is missing."""
    tables, ahead = book(), aftermath.deadlines(book())
    told = tables.mentions.set_index("id")["event_id"]
    assert set(ahead["row"].str.split().str[0].map(told)) == {
        "coalition-mission-ends-2025-09",
        "syria-mission-until-2026-09",
    }
    assert not ahead["row"].str.contains("rec-").any()


def rows(plate, canvas: str) -> list[dict]:
    """Return the drawn facts and deadlines, once each."""
    drawn = plate.spec(canvas)["datasets"].values()
    return [row for rows in drawn for row in rows if "sort" in row and "date" in row]


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_every_mark_stands_at_its_day_and_its_number(drawn, canvas):
    """A mark moved from its date, a height that is no number of troops, or a part's beside the whole's, a fact that is not drawn."""
    shown = rows(drawn(timeline), canvas)
    facts = aftermath.happened(book())
    middle = facts["first"] + (facts["last"] - facts["first"]) / 2
    days = {row: f"{day:%Y-%m-%d}" for row, day in zip(facts["row"], middle, strict=True)}
    there = facts["unit"].isin(["troops", "personnel"]) & facts["sort"].eq(SAID)
    there &= facts["measure"].eq("troop level")  # 1,100 are a part of 2,000
    troops = facts[there].set_index("row")
    assert {row["row"] for row in shown if row["sort"] != DUE} == set(facts["row"])
    for row in shown:
        if row["sort"] != DUE:
            assert row["date"] == days[row["row"]] and row["date"] <= row["seen"]
            assert bool(row.get("value")) == (row["row"] in troops.index)  # a plan has no height
            numbers = troops.loc[row["row"], ["value", "value_max"]] if row.get("value") else []
            assert not row.get("value") or row["value"] in numbers.dropna().tolist()


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_context_is_outlined_and_no_shape_is_new(drawn, canvas):
    """A fact beyond the articles that looks like one of theirs."""
    panels = drawn(timeline).spec(canvas)["vconcat"]
    marks = [layer["mark"] for panel in panels for layer in panel["layer"]]
    points = [mark for mark in marks if mark["type"] == "point"]
    assert points and not any(mark["filled"] for mark in points)


def test_claims_are_claimed_and_plans_are_plans():
    """A claim or a plan that reads like something that happened; an unnamed official that passes for the Pentagon."""
    rows = aftermath.happened(book())
    raw = book().record.set_index("id")
    assert (
        set(rows.loc[rows["sort"] == CLAIM, "id"])
        == {i for i in rows["id"] if "(claim)" in raw.at[i, "counted_by"]}
        != set()
    )
    assert rows.loc[rows["sort"] == CLAIM, "note"].str.contains("claimed by").all()
    assert (
        set(rows.loc[rows["sort"] == PLAN, "id"])
        == {i for i in rows["id"] if raw.at[i, "measure"].startswith("plan")}
        != set()
    )
    assert rows.loc[rows["sort"] == PLAN, "note"].str.contains("a plan").all()
    assert (
        rows.loc[rows["what"].str.contains("unnamed"), "note"].str.endswith("unnamed").all()
        and rows["what"].str.contains("unnamed").any()
    )


def test_a_plan_stands_at_the_day_it_was_told():
    """A plan for a day after the last page, drawn as if it had come true."""
    rows, last = aftermath.happened(book()), aftermath.last_seen(book())
    assert (rows["last"].dt.strftime("%Y-%m-%d") <= last).all()
    ahead = rows[rows["ahead"] != ""]
    assert len(ahead) and all(f"for {row.ahead}" in row.note for row in ahead.itertuples())


def test_the_last_day_is_computed(drawn):
    """A day typed into a sentence; an end of knowledge that a new page does not move."""
    tables = book()
    last = aftermath.last_seen(tables)
    days = re.findall(
        r"\d{4}-\d\d-\d\d(?=,day,,http)", (DATA / "sources.csv").read_text(encoding="utf-8")
    )
    assert last == max(days)
    assert all(row["seen"] == last for row in rows(drawn(timeline), "wide"))
    moved = replace(
        tables,
        pages=tables.pages.assign(
            published=tables.pages["published"].where(
                tables.pages["published"] != last, "2026-10-02"
            )
        ),
    )
    assert (
        aftermath.last_seen(moved) == "2026-10-02"
        and numbers(moved)["last_page_seen"].text == "2 October 2026"
    )
    subtitle = " ".join(drawn(timeline).spec("wide")["title"]["subtitle"])
    assert numbers(tables)["last_page_seen"].text in subtitle


@pytest.mark.parametrize("canvas", [DESK, PHONE])
def test_two_dates_of_a_country_stand_one_under_the_other(canvas):
    """Two labels printed over each other, and a caption that counts the lines of before."""
    rows = aftermath.rows(book())
    ahead = rows[rows["sort"].eq(DUE)]
    more = ahead.assign(lane=ahead["lane"].iloc[0], last=ahead["last"] + pd.DateOffset(months=3))
    more = pd.concat([ahead, more], ignore_index=True)
    rows = pd.concat([rows[rows["sort"].ne(DUE)], more], ignore_index=True)
    spec = aftermath.draw(rows, canvas).to_dict()
    panels = [[r for r in rows if r.get("bold")] for rows in spec["datasets"].values()]
    heights = [[label["value"] for label in labels] for labels in panels if labels]
    assert max(map(len, heights)) == len(more) - 1
    assert all(len(set(values)) == len(values) for values in heights)
    assert aftermath._lines(more) == "The four lines are the dates"
    assert aftermath._lines(ahead) in timeline(book()).caption


@pytest.mark.slow
def test_holds_as_the_record_grows(fits):
    """A drawing that grows with the record, or cuts it in silence."""
    tables = book()
    many = pd.concat(
        [tables.record.assign(id=tables.record["id"] + "-0" * i) for i in range(9)],
        ignore_index=True,
    )
    plate = timeline(replace(tables, record=many.astype(tables.record.dtypes.to_dict())))
    assert (
        fits(plate)
        and f"latest {aftermath.MOST} facts" in plate.caption
        and len(plate.data) == aftermath.MOST + 2
    )
    assert "Drawn are" not in timeline(tables).caption
