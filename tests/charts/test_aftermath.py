"""What happened next: which numbers belong to it, what kind each is, and where the knowledge ends."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from explainer.charts import aftermath
from explainer.charts.aftermath import DUE, FLOOR, PLANNED, STATED, timeline
from explainer.data.tables import book
from explainer.paths import DATA, ROOT
from explainer.theme import DESK, PHONE
from explainer.words.numbers import numbers


def test_every_later_fact_is_drawn_or_told():
    """A fact after the joint statement that neither the chart nor its chapter has; one from before it."""
    tables, text = book(), (ROOT / "chapters/aftermath.md").read_text(encoding="utf-8")
    start = aftermath.opening(tables)
    assert f"{start:%Y-%m-%d}" == "2024-10-01"
    drawn = set(aftermath.rows(tables)["row"])
    later = set(tables.record.loc[tables.record["date"] >= "2024-10", "id"])
    assert {row for row in drawn if row.startswith("rec-")} <= later
    assert later <= set(re.findall(r"rec-\d+", text))


def test_deadlines_are_the_articles():
    """A deadline that is not of an article, or one of the two that is missing."""
    tables = book()
    told, ahead = tables.mentions.set_index("id")["event_id"], aftermath.rows(tables)
    ahead = ahead.loc[ahead["sort"].eq(DUE), "row"]
    assert set(ahead.str.split().str[0].map(told)) == {
        "coalition-mission-ends-2025-09",
        "syria-mission-until-2026-09",
    }
    assert not ahead.str.contains("rec-").any()


def test_a_part_is_no_level_beside_the_whole():
    """1,100 of 2,000, one base, a region or forces of others as a number of US troops in a country."""
    raw, table = book().record.set_index("id"), aftermath.rows(book())
    given = raw.loc[table.loc[table["sort"].ne(DUE), "row"]]
    assert set(given["place"]) == set(aftermath.PLACES) and set(given["unit"]) <= {
        "troops",
        "personnel",
    }
    assert given["measure"].isin(["troop level", "planned troop level"]).all()
    assert given["scope"].str.startswith("US only").all()


def test_a_plan_is_no_count():
    """A plan that looks or reads like troops that were there, in a mark or in the title."""
    table = aftermath.rows(book())
    plans = table[table["sort"].eq(PLANNED)]
    raw = book().record.set_index("id")["measure"]
    assert len(plans) and raw[plans["row"]].str.startswith("plan").all()
    assert plans["text"].str.startswith("plan: ").all()
    assert not table.loc[table["sort"].eq(STATED), "text"].str.contains("plan").any()
    for number in plans["number"]:
        assert re.search(rf"(?<!a plan for ){number}", timeline(book()).finding) is None


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_every_mark_stands_at_its_day_and_its_number(drawn, canvas):
    """A mark moved from its date or its number, or one that is not drawn."""
    spec, table = drawn(timeline).spec(canvas), aftermath.rows(book())
    marks = [r for rows in spec["datasets"].values() for r in rows if "sort" in r]
    given = table[table["sort"].ne(DUE)].set_index("row")
    assert {row["row"] for row in marks} == set(given.index)
    for row in marks:
        assert row["date"] == f"{given.at[row['row'], 'date']:%Y-%m-%d}"
        assert row["value"] == given.at[row["row"], "value"]
        # "at least" is not drawn as exactly that many
        floor = given.at[row["row"], "number"].startswith("at least") and row["sort"] == STATED
        assert (row["mark"] == FLOOR) == floor
    panels = spec["vconcat" if canvas == "narrow" else "hconcat"]
    scales = [
        layer["encoding"]["y"]["scale"]
        for p in panels
        for layer in p["layer"]
        if "y" in layer["encoding"]
    ]
    assert len({str(scale["domain"]) for scale in scales}) == 1 and scales[0]["domain"][0] == 0
    ticks = panels[0]["layer"][0]["encoding"]["y"]["axis"]["values"]
    assert (
        ticks[0] == 0 and ticks[-2] < given["value"].max() <= ticks[-1]
    )  # none beside other words


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_context_is_outlined(drawn, canvas):
    """A number beyond the articles that looks like one of theirs."""
    spec = drawn(timeline).spec(canvas)
    panels = spec["vconcat" if canvas == "narrow" else "hconcat"]
    marks = [layer["mark"] for panel in panels for layer in panel["layer"]]
    points = [mark for mark in marks if mark["type"] == "point"]
    assert len(points) == 2 and not any(mark["filled"] for mark in points)


def test_the_last_day_is_computed(drawn):
    """An end of knowledge that a new page does not move."""
    tables = book()
    last = aftermath.last_seen(tables)
    days = re.findall(
        r"\d{4}-\d\d-\d\d(?=,day,,http)", (DATA / "sources.csv").read_text(encoding="utf-8")
    )
    assert last == max(days)
    for canvas in ("wide", "narrow"):
        drawn_to = [r for rows in drawn(timeline).spec(canvas)["datasets"].values() for r in rows]
        assert [r["date"] for r in drawn_to if r.get("dash") == [2, 4]] == [last]
    published = tables.pages["published"]
    moved = tables.pages.assign(published=published.where(published != last, "2026-10-02"))
    moved = replace(tables, pages=moved)
    assert aftermath.last_seen(moved) == "2026-10-02"
    assert numbers(moved)["last_page_seen"].text == "2 October 2026"


@pytest.mark.parametrize("canvas", [DESK, PHONE])
def test_two_dates_of_a_country_stand_one_under_the_other(canvas):
    """Two labels printed over each other."""
    rows = aftermath.rows(book())
    ahead = rows[rows["sort"].eq(DUE)]
    more = ahead.assign(where=ahead["where"].iloc[0], date=ahead["date"] + pd.DateOffset(months=3))
    plate = timeline(book())
    spec = plate.draw(pd.concat([rows, more], ignore_index=True), canvas).to_dict()
    panels = [[r for r in rows if r.get("top")] for rows in spec["datasets"].values()]
    heights = [[label["value"] for label in labels] for labels in panels if labels]
    assert max(map(len, heights)) == len(more) + 1
    assert all(len(set(values)) == len(values) for values in heights)


@pytest.mark.slow
def test_holds_as_the_record_grows(fits):
    """A drawing that grows with the record."""
    tables = book()
    many = pd.concat(
        [tables.record.assign(id=tables.record["id"] + "-0" * i) for i in range(9)],
        ignore_index=True,
    )
    plate = timeline(replace(tables, record=many.astype(tables.record.dtypes.to_dict())))
    assert fits(plate) and plate.data.groupby(["Where", "Kind"]).size().max() == aftermath.MOST
