"""The charts of troop levels: what is a level, on its date, as what it was printed."""

import json
import re
from dataclasses import replace

import pandas as pd
import pytest

from explainer.charts.longline import KINDS, iraq, syria
from explainer.data.tables import book
from explainer.words.record import facts
from explainer.words.troops import numbers

FIGURES = (iraq, syria)
PLACES = ("iraq", "syria")


def changed(row: str, **cells):
    """Return the book with cells of a row of the record changed."""
    record = book().record.copy()
    for column, value in cells.items():
        record.loc[record["id"] == row, column] = value
    return replace(book(), record=record)


@pytest.mark.parametrize("place", PLACES)
def test_every_number_of_the_country_is_there_once(place):
    """A number of an article or of the record that is left out in silence, or drawn twice."""
    found, record = numbers(book(), place), facts(book())
    troops = record[record["part"].astype(str).eq("troops") & record["value"].notna()]
    syrian = troops["place"].astype(str).eq("syria")
    ours = book().troops.loc[book().troops["place"] == place, "id"]
    wanted = set(troops.loc[syrian == (place == "syria"), "id"]) | set(ours)
    planned = record.loc[record["measure"] == "planned troop level", "id"]
    assert found["row"].is_unique and wanted <= set(found["row"])
    assert set(found["row"]) - wanted <= set(planned)


def test_only_a_level_of_the_whole_country_has_a_height(drawn):
    """A plan, an event, one base or British troops drawn as if that many of the US were there."""
    found = pd.concat([numbers(book(), place) for place in PLACES]).set_index("row")["kind"]
    record = facts(book()).set_index("id")
    for row, kind in found.items():
        if row.startswith("rec-"):
            fact = record.loc[row]
            level = fact["measure"] == "troop level" and fact["place"] in PLACES
            us = fact["scope"].startswith("US only")
            assert kind == ("level" if level and us else "other")
    for draw in FIGURES:
        for records in drawn(draw).spec("wide")["datasets"].values():
            high = [r for r in records if "value" in r and "kind" in r]
            assert not [r for r in high if r["kind"] == "other"]


@pytest.mark.parametrize("draw", FIGURES)
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_marks_stand_on_their_dates(drawn, draw, canvas):
    """A number of January that stands in June; a number of an article that looks like context."""
    place = "iraq" if draw is iraq else "syria"
    days = numbers(book(), place).set_index("row")["date"].dt.strftime("%Y-%m-%d")
    seen = set()
    for records in drawn(draw).spec(canvas)["datasets"].values():
        for record in records:
            if record.get("row") and "tier" in record:
                assert record["date"] == days[record["row"]]
                assert (record["tier"] == "article") == record["row"].startswith("trp-")
                seen.add(record["row"])
    assert seen == set(days.index)


@pytest.mark.parametrize("draw", FIGURES)
def test_heights_begin_at_zero(drawn, draw):
    """A scale that starts elsewhere makes a small difference large."""

    def scales(part):
        if isinstance(part, dict):
            if part.get("field") == "value":
                yield part["scale"]["domain"][0]
            part = list(part.values())
        for one in part if isinstance(part, list) else []:
            yield from scales(one)

    lows = list(scales({k: v for k, v in drawn(draw).spec("wide").items() if k != "datasets"}))
    assert lows and set(lows) == {0}


def test_a_conflict_stands_side_by_side():
    """Two counts of one time of which one is dropped, or whose label hides who counted."""
    found = numbers(book(), "iraq").set_index("row")
    assert found.loc[["rec-0008", "rec-0009"], "value"].tolist() == [5262, 8892]
    assert "data centre" in found.at["rec-0009", "who"] and "US+UK" in found.at["rec-0002", "who"]
    assert found.at["rec-0015", "printed"] == "at least 2,500"


def test_findings_follow_the_data(drawn):
    """A finding that was typed."""
    later = changed("rec-0025", value=2100)
    assert "2,000" in drawn(syria).finding and "2,100" in syria(later).finding
    bare = replace(book(), troops=book().troops.iloc[:0])
    assert "2,500" not in iraq(bare).finding and iraq(bare).finding != drawn(iraq).finding


def test_many_numbers_are_left_to_the_table(fits):
    """A record that has grown tenfold: a drawing that cannot be read, or numbers lost in silence."""
    record = book().record
    again = [record.assign(id=record["id"] + f"-{i}") for i in range(6)]
    many = replace(
        book(), record=pd.concat(again, ignore_index=True).astype(record.dtypes.to_dict())
    )
    plate = iraq.whole(many)
    assert fits(plate) and "left out" in plate.caption
    assert len(plate.rows) < len(plate.data) == len(numbers(many, "iraq"))


@pytest.mark.parametrize("draw", FIGURES)
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_a_cluster_has_one_label(drawn, draw, canvas):
    """Five reports of one number with a label each; a label that leads to one report of five."""
    ours = set(book().troops.loc[book().troops["place"].eq(draw.__name__), "id"])
    spec = drawn(draw).spec(canvas)
    labels = [r for rs in spec["datasets"].values() for r in rs if "align" in r and "gap" in r]
    (one,) = {r["row"]: r for r in labels if ours & set(r["row"].split())}.values()
    assert ours <= set(one["row"].split()) and f"{len(ours)} reports" in one["text"]


def test_reports_are_counted_where_they_hide_each_other_and_said_to_be_drawn_by_publication(drawn):
    """Five reports of which four can be seen; a number of 2021 that stands in 2024 in silence."""
    for draw in FIGURES:
        plate, troops = drawn(draw), book().troops.query(f"place == '{draw.__name__}'")
        (text,) = plate.rows.loc[plate.rows["text"].str.contains("reports"), "text"]
        counts = [int(n) for n in re.findall(r"(\d+) in [A-Z]", text)]
        assert sum(counts or [len(troops)]) == len(troops)
        assert "reports on the day of publication" in plate.subtitle
        early = set(troops.loc[troops["as_of"] < "2024", "as_of"].str[:4])
        assert set(re.findall(r"to (\d{4})", plate.subtitle)) == early


@pytest.mark.parametrize("draw", FIGURES)
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_the_time_of_the_reports_is_seen(drawn, draw, canvas):
    """A band of a month that is a hairline among twelve years."""
    text = json.dumps({k: v for k, v in drawn(draw).spec(canvas).items() if k != "datasets"})
    (stroke,) = re.findall(r'"type": "rect"[^}]*', text)
    assert "strokeWidth" in stroke


def px_of_one(panel):
    """Return how high one soldier is drawn in a panel."""
    tops = [
        layer["encoding"]["y"]["scale"]["domain"][1]
        for layer in panel["layer"]
        if layer["encoding"].get("y", {}).get("scale")
    ]
    return panel["height"] / max(tops)


def test_eras_stand_in_order_of_time_and_what_has_no_height_looks_so(drawn):
    """2003 to the right of 2026, or before it on a phone, a screen above what the title says; a
    plan that looks like a count of troops."""
    for canvas, way, order in (("wide", "hconcat", 1), ("narrow", "vconcat", -1)):
        eras = drawn(iraq).spec(canvas)[way][::order]
        heads = [" ".join(era["vconcat"][0]["title"]["text"]) for era in eras]
        early, late = (px_of_one(era["vconcat"][0]) for era in eras)
        assert heads == sorted(heads) and heads[0].startswith("2003")
        second = heads[1] if canvas == "wide" else heads[0]  # who reads it has seen the other
        assert f"{round(late / early)} times" in second and sum("times" in h for h in heads) == 1
        for era in eras:
            marks = [m["mark"] for m in era["vconcat"][1]["layer"] if m["mark"]["type"] == "point"]
            assert era["vconcat"][1]["title"]["text"] == ["Not drawn to scale"]
            assert marks and all("strokeDash" in mark for mark in marks)


@pytest.mark.parametrize("draw", FIGURES)
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_the_years_of_the_story_are_named(drawn, draw, canvas):
    """An axis that names 2023 and then nothing, under numbers of 2024 to 2026."""
    ticks = set(re.findall(r'"year": (\d{4})', json.dumps(drawn(draw).spec(canvas))))
    assert {"2024", "2026"} <= ticks


@pytest.mark.parametrize("draw", FIGURES)
def test_what_is_counted_is_a_cell_of_the_table(drawn, draw):
    """A count by words that no row has: refused as soon as another count has the same number."""
    figure = drawn(draw)
    count = (figure.data["Drawn as"] == KINDS["other"]).sum()
    assert f"of which {count} are {KINDS['other']}." in figure.description


@pytest.mark.parametrize("draw", FIGURES)
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_the_title_s_number_has_its_date_and_is_seen_first(drawn, draw, canvas):
    """A number whose day only the title knows; one that a mark of the reports hides."""
    plate = drawn(draw)
    (other,) = plate.rows[plate.rows["bold"] & plate.rows["tier"].eq("context")].itertuples()
    when = numbers(book(), draw.__name__).set_index("row").at[other.row, "when"]
    assert when in plate.finding and when[-4:] in other.text
    for records in plate.spec(canvas)["datasets"].values():
        tiers = [r["tier"] for r in records if r.get("mark") and r["row"] in labelled(plate)]
        assert tiers == sorted(tiers)


def labelled(plate):
    return set(plate.rows.loc[plate.rows["text"].ne(""), "row"])
