"""What happened next: which facts belong to it, whose word each is, and where the knowledge ends."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from explainer import book
from explainer.charts import _after
from explainer.charts._after import CLAIM, PLAN
from explainer.charts._board import surface
from explainer.charts.aftermath import timeline
from explainer.charts.grammar.text import measure
from explainer.paths import DATA
from explainer.theme import NARROW, WIDE
from explainer.words.numbers import numbers


def test_every_later_fact_is_drawn_and_no_earlier_one():
    """A fact after the joint statement that is left out; one from before it."""
    tables = book()
    assert f"{_after.opening(tables):%Y-%m-%d}" == "2024-10-01"
    assert set(_after.happened(tables)["id"]) == set(
        tables.record.loc[tables.record["date"] >= "2024-10", "id"]
    )


def test_deadlines_are_the_articles():
    """A deadline that is not of an article, or one of the two that is missing."""
    tables, ahead = book(), _after.deadlines(book())
    told = tables.mentions.set_index("id")["event_id"]
    assert set(ahead["href"].map(told)) == {
        "coalition-mission-ends-2025-09",
        "syria-mission-until-2026-09",
    }
    assert not ahead["row"].str.contains("rec-").any()


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_context_is_hollow_and_the_articles_filled(drawn, canvas):
    """A fact of the record that looks like one of the articles, or the reverse."""
    plate = drawn(timeline)
    spec = plate.wide.to_dict() if canvas == "wide" else plate.narrow.to_dict()
    seen = {True: set(), False: set()}
    for layer in spec["layer"]:
        mark = layer["mark"]
        if mark["type"] == "point":
            seen[mark["filled"]] |= {
                row["row"].split()[0] for row in spec["datasets"][layer["data"]["name"]]
            }
    end = _after.end(book())["href"].iloc[0]
    assert seen[False] == set(_after.happened(book())["id"])
    assert seen[True] == set(_after.deadlines(book())["href"]) | {end}


def test_claims_are_claimed_and_plans_are_plans():
    """A claim or a plan that reads like something that happened; an unnamed official that passes for the Pentagon."""
    rows = _after.happened(book())
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
    rows, last = _after.happened(book()), _after.last_seen(book())
    assert (rows["last"].dt.strftime("%Y-%m-%d") <= last).all()
    ahead = rows[rows["ahead"] != ""]
    assert len(ahead) and all(f"for {row.ahead}" in row.note for row in ahead.itertuples())


def test_the_last_day_is_computed(drawn):
    """A day typed into a sentence; an end of knowledge that a new page does not move."""
    tables = book()
    last = _after.last_seen(tables)
    days = re.findall(
        r"\d{4}-\d\d-\d\d(?=,day,,http)", (DATA / "sources.csv").read_text(encoding="utf-8")
    )
    assert last == max(days) and numbers(tables)["last_page_seen"].rows == (
        _after.end(tables)["row"].iloc[0],
    )
    moved = replace(
        tables,
        pages=tables.pages.assign(
            published=tables.pages["published"].where(
                tables.pages["published"] != last, "2026-10-02"
            )
        ),
    )
    assert (
        _after.last_seen(moved) == "2026-10-02"
        and numbers(moved)["last_page_seen"].text == "2 October 2026"
    )
    assert "and before" in drawn(timeline).finding and "and before" not in timeline(moved).finding
    assert numbers(tables)["last_page_seen"].text in drawn(timeline).finding


def test_nothing_known_stands_below_the_end(drawn):
    """A fact drawn after the last page was seen."""
    spec = drawn(timeline).narrow.to_dict()
    marks = {
        row["row"].split()[0]: row["y"]
        for rows in spec["datasets"].values()
        for row in rows
        if row.get("row") and "path" in row and row["label"]
    }
    end = [
        row["y"]
        for rows in spec["datasets"].values()
        for row in rows
        if row.get("label", "").startswith("Context. Last page seen")
    ][0]
    known = set(_after.happened(book())["id"]) - {_after.end(book())["href"].iloc[0]}
    assert all(marks[i] < end for i in known)


@pytest.mark.parametrize("canvas", [WIDE, NARROW], ids=lambda c: c.name)
def test_words_stay_inside_and_apart(drawn, canvas):
    """A label that is cut by the edge of the drawing, or lies over another."""
    plate = drawn(timeline)
    spec = (plate.wide if canvas is WIDE else plate.narrow).to_dict()
    boxes = []
    for layer in spec["layer"]:
        if layer["mark"]["type"] == "text":
            for row in spec["datasets"][layer["data"]["name"]]:
                high = (row["text"].count("\n") + 1) * layer["mark"]["lineHeight"]
                boxes.append(
                    (
                        row["x"],
                        row["y"],
                        row["x"]
                        + measure(
                            row["text"],
                            canvas.small
                            * (1.07 if layer["mark"].get("fontWeight") == "bold" else 1),
                        ),
                        row["y"] + high,
                    )
                )
    assert all(
        x >= 0 and x2 <= surface(canvas) + 1 and y >= 0 and y2 <= spec["height"] + 1
        for x, y, x2, y2 in boxes
    )
    assert not [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] - 1 and b[1] < a[3] - 1
    ]


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
        and f"latest {_after.MOST} facts" in plate.caption
        and len(plate.data) == _after.MOST + 2
    )
    assert "Drawn are" not in timeline(tables).caption
