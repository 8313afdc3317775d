"""The map: where places stand, what names them, and what must look approximate."""

import json
from dataclasses import replace

import pytest

from explainer.charts.grammar.labels import meet
from explainer.charts.ground import _labels, places, rows
from explainer.data.manifest import BORDERS
from explainer.data.tables import book
from explainer.paths import DATA
from explainer.theme import DESK, PHONE


def test_each_place_is_named_by_its_rows():
    """A place that no row names, or one that leads to rows about another."""
    named = rows(book())
    assert named["row"].ne("").all() and len(named) == len(book().places)
    assert named["context"].eq(named["by"].eq("other sources")).all() and named["context"].any()


def test_a_place_that_was_not_located_looks_so(drawn, exported):
    """A base drawn as a point, exactly where it is not."""
    near = set(book().places.loc[book().places["precision"].eq("nearest_town"), "name"])
    spec = drawn(places).spec("wide")
    (dot,) = (layer for layer in spec["layer"] if layer["mark"]["type"] == "point")
    rows = spec["datasets"][dot["data"]["name"]]
    assert near == {row["name"] for row in rows if row["precision"] == "nearest_town"}
    scale = dot["encoding"]["strokeDash"]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True))["nearest_town"] == [3, 2]
    assert len(exported(drawn(places), "wide").split('stroke-dasharray="3,2"')) > len(near)


def test_what_is_told_of_a_place_is_an_event_of_its_rows():
    """An event that no row of the place proves; another source's, where the reports tell of one."""
    tables = book()
    events = tables.events.set_index("event_id")["title"]
    for place in rows(tables).query("matter != ''").itertuples():
        ids, title = set(place.row.split()), place.matter.partition(",")[0].lower()
        frames = (f for f in (tables.attacks, tables.mentions, tables.statements))
        keys = [k for f in frames for k in f.loc[f["id"].isin(ids), "event_id"].dropna()]
        own = tables.record.loc[tables.record["id"].isin(ids), "title"]
        told = own if place.context else [events[k] for k in keys if k in events]
        assert any(title in one.lower() for one in told), place.name


def test_places_lie_inside_the_map():
    """Latitude and longitude taken for each other."""
    borders = json.loads((DATA / BORDERS).read_text(encoding="utf-8"))
    assert "Natural Earth" in borders["source"]
    for place in book().places.itertuples():
        assert 35.5 < place.longitude < 49.2 and 28.8 < place.latitude < 38.2


@pytest.mark.parametrize("canvas", [DESK, PHONE], ids=lambda c: c.name)
def test_names_of_neighbours_do_notmeet(canvas):
    """Two places a few miles apart whose names cover each other."""
    two = rows(book()).query("name in ('Baghdad', 'Erbil')").assign(latitude=33.3, longitude=43)
    looks = _labels(two, 3000, canvas)
    assert len(set(zip(looks["align"], looks["up"], strict=True))) == 2
    assert meet((0, 0, 2, 2), (1, 1, 3, 3)) and not meet((0, 0, 1, 1), (1, 0, 2, 1))


@pytest.mark.parametrize("canvas", [DESK, PHONE], ids=lambda c: c.name)
def test_a_name_keeps_off_borders_where_it_can(canvas):
    """A name across a border although the other side of its place is free of any."""
    one = rows(book()).query("name == 'Shaddadi'")  # in Syria, west of Iraq's border
    assert _labels(one, 4000 if canvas is DESK else 2000, canvas)["align"] == ["right"]


def test_holds_without_places_of_articles(fits):
    """A book whose articles name no place of the map."""
    bare = replace(book(), places=book().places[book().places["name"].eq("Harir")])
    assert fits(places(bare))


def test_the_title_of_a_shared_event_is_no_word_of_an_article():
    """An article that is said to name a place which only the title of an event names."""
    one = book().mentions.iloc[[0]].assign(evidence="a drone attack on a base")
    titles = book().events.assign(title="Attack near Qaim")
    bare = replace(book(), mentions=one, events=titles)
    found = rows(bare).set_index("name").loc["Qaim", "row"].split()
    assert one["id"].iloc[0] not in found
