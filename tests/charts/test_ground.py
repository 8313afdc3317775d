"""The map: where places stand, what names them, and what must look approximate."""

import json
import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as Tree

import pytest

from explainer.charts.grammar.labels import meet
from explainer.charts.grammar.locator import View
from explainer.charts.grammar.text import measure, tall
from explainer.charts.ground import COUNTRIES, VIEWS, labelled, places
from explainer.data.manifest import BORDERS
from explainer.data.tables import book
from explainer.paths import DATA
from explainer.theme import DESK, PHONE
from explainer.words.places import named as rows

canvases = pytest.mark.parametrize("canvas", [DESK, PHONE], ids=lambda c: c.name)


def test_each_place_is_named_by_its_rows():
    """A place that no row names, or one that leads to rows about another."""
    named = rows(book())
    assert named["row"].ne("").all() and len(named) == len(book().places)
    assert named["context"].eq(named["by"].eq("other sources")).all() and named["context"].any()


def test_a_place_that_was_not_located_looks_so(drawn, exported):
    """A base drawn as a point, exactly where it is not."""
    near = set(book().places.loc[book().places["precision"].eq("nearest_town"), "name"])
    spec = drawn(places).spec("wide")
    dot, ring = (layer for layer in spec["layer"] if layer["mark"]["type"] == "point")
    rows = spec["datasets"][dot["data"]["name"]]
    assert near == {row["name"] for row in rows if row["precision"] == "nearest_town"}
    assert "nearest_town" in str(ring["transform"]) and ring["data"] == dot["data"]
    scale, key = (ring["encoding"]["strokeDash"][part] for part in ("scale", "legend"))
    assert scale["domain"] == ["nearest_town"] and scale["range"] == [[3, 2]]
    assert key["symbolSize"] == ring["mark"]["size"] > dot["mark"]["size"]  # as large as on the map
    drawing = exported(drawn(places), "wide")
    assert drawing.count('stroke-dasharray="3,2"') == len(near) + 1


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
        assert place.matter.endswith(", undated") or place.matter[-4:].isdigit(), place.name


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_each_event_stands_at_its_place(drawn, exported, canvas):
    """An event that a phone leaves out, or its month: those of three years look like one campaign."""
    words = re.sub(
        r"\s+", " ", " ".join(Tree.fromstring(exported(drawn(places), canvas)).itertext())
    )
    for matter in rows(book())["matter"]:
        *_, year = matter.rpartition(" ")
        assert matter.partition(",")[0] in words and year in words


def test_a_place_without_an_event_says_what_it_is_named_with(drawn):
    """A subtitle that promises an event at each place; an event of a row that does not name the place."""
    named, plate = rows(book()).set_index("name"), drawn(places)
    bare = named[named["matter"].eq("")]
    assert all(f"for {name}, none" in plate.subtitle for name in bare.index)
    for place in plate.rows.set_index("name").loc[bare.index].itertuples():
        at = place.matter.removeprefix("Named with the event at ")
        assert at == "Named with an event elsewhere" or place.row.split()[-1] in named.at[at, "row"]


def test_places_lie_inside_the_map():
    """Latitude and longitude taken for each other."""
    borders = json.loads((DATA / BORDERS).read_text(encoding="utf-8"))
    assert "Natural Earth" in borders["source"]
    for place in book().places.itertuples():
        assert 35.5 < place.longitude < 49.2 and 28.8 < place.latitude < 38.2


def view(canvas):
    return View(*VIEWS[canvas.name], canvas.width - 8, 600 if canvas is DESK else canvas.width - 8)


@canvases
def test_names_of_neighbours_do_not_meet(canvas):
    """Two places a few miles apart whose names cover each other."""
    two = rows(book()).query("name in ('Baghdad', 'Erbil')").assign(latitude=33.3, longitude=43)
    looks = labelled(two, view(canvas), canvas)[0]
    assert len(set(zip(looks["align"], looks["dy"], strict=True))) == 2
    assert meet((0, 0, 2, 2), (1, 1, 3, 3)) and not meet((0, 0, 1, 1), (1, 0, 2, 1))


@canvases
def test_names_keep_off_borders(canvas):
    """A name across a border, of a country or of a place: it says that the place lies in both."""
    part, found = view(canvas), rows(book())
    borders, size = part.borders(), canvas.small
    countries = part.boxes(part.inside(COUNTRIES, size), size)
    assert borders and len(countries) > 3
    texts = labelled(found, part, canvas)
    for text in texts[0].assign(**part.px(texts[0])[["x", "y"]]).itertuples():
        wide, x, y = measure(text.text, size), text.x, text.y + text.dy
        left = x + text.gap if text.align == "left" else x - text.gap - wide
        countries.append(
            (left, y - tall(text.text, size) / 2, left + wide, y + tall(text.text, size) / 2)
        )
    assert not [(box, line) for box in countries for line in borders if meet(box, line)]
    assert not [pair for pair in combinations(countries, 2) if meet(*pair)]


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
