"""What the chains and the toll must keep, with the real data and with data made to break them."""

import json
from dataclasses import replace
from xml.etree import ElementTree as Tree

import pandas as pd
import pytest

from explainer import book
from explainer.charts._chains import forest
from explainer.charts._toll import counts, marks
from explainer.charts.ground import chains, toll
from explainer.figures import svg
from explainer.rows import rows
from explainer.theme import NARROW, WIDE

FIGURES = (chains, toll)
SIZES = {"wide": WIDE.width, "narrow": NARROW.width}


def drawn_width(plate, canvas):
    return float(Tree.fromstring(svg(plate.spec(canvas))).get("width"))


@pytest.mark.parametrize("draw", FIGURES)
def test_specs_are_plain_json_and_fit_their_canvas(draw):
    """Catches a value that JSON cannot hold, and a composition wider than its page."""
    plate = draw(book())
    for canvas, width in SIZES.items():
        spec = plate.spec(canvas)
        assert json.loads(json.dumps(spec, allow_nan=False)) == spec
        assert drawn_width(plate, canvas) <= width


@pytest.mark.parametrize("draw", FIGURES)
def test_every_drawn_row_exists(draw):
    """Catches a proof that leads nowhere, and a drawn row without one."""
    known, data = rows(book()), draw(book()).data
    assert all(cell and set(cell.split()) <= set(known) for cell in data["row"])


@pytest.mark.parametrize("draw", FIGURES)
@pytest.mark.parametrize("canvas", SIZES)
def test_every_link_of_the_drawing_is_in_the_table_beside_it(draw, canvas):
    """Catches a mark whose row the data table leaves out."""
    plate = draw(book())
    hrefs = {row["href"].partition("#")[2] for part in plate.spec(canvas)["datasets"].values() for row in part if row.get("href")}
    assert hrefs and hrefs <= set(" ".join(plate.data["row"]).split())


def test_every_count_is_drawn():
    """Catches a row of attacks.csv that the toll drops in silence."""
    assert set(" ".join(toll(book()).data["row"]).split()) == set(book().attacks["id"])


def test_unlike_scopes_stay_apart():
    """Catches two counts joined over different places, measures, targets or hedges."""
    every = book().attacks.set_index("id")
    for ids in counts(book())["ids"]:
        assert len(every.loc[ids, ["event_id", "scope", "measure", "target", "qualifier"]].drop_duplicates()) == 1


def test_findings_follow_the_data():
    """Catches a finding that was typed."""
    tables = book()
    fewer = replace(tables, links=tables.links[tables.links["relation"] == "answers"])
    assert chains(fewer).finding != chains(tables).finding
    numbered = replace(tables, attacks=tables.attacks.dropna(subset="value"))
    assert toll(numbered).finding != toll(tables).finding


def test_an_arrow_needs_a_link_row():
    """Catches a chain that is drawn from the order of time alone."""
    roots = forest(replace(book(), links=book().links.iloc[:0]))
    assert all(not root.children for root in roots)


def test_no_event_is_drawn_twice_and_circles_end():
    """Catches an endless chain where articles tie two political acts both ways, and a strike tied back to an attack."""
    tables = book()
    back = tables.links.assign(from_event=tables.links["to_event"], to_event=tables.links["from_event"],
                               id="lnk-9" + tables.links["id"].str[-3:])
    both = replace(tables, links=pd.concat([tables.links, back], ignore_index=True))
    names = [node.event_id for root in forest(both) for node in root.walk()]
    assert len(names) == len(set(names)) and set(names) >= {n.event_id for r in forest(tables) for n in r.walk()}
    assert drawn_width(chains(both), "narrow") <= NARROW.width


@pytest.mark.parametrize("measure, number, height", [("killed", 1, 12), ("injured", 13, 24), ("attacks", 100, 28)])
def test_marks_break_into_rows(measure, number, height):
    """Catches marks that run out of their column: a row has room for twelve large ones or 25 small ones."""
    row = pd.Series({"measure": measure, "value": number, "actor_side": "us"})
    assert marks(row, 176)["height"] == height
    assert marks(row, 176)["path"].count("M") == number


def test_many_articles_and_events():
    """Catches a layout that breaks or widens with 30 articles, 100 events, 900 counts and 300 ties."""
    tables = grown(book(), 30)
    for draw in FIGURES:
        plate = draw(tables)
        for canvas, width in SIZES.items():
            assert drawn_width(plate, canvas) <= width
            assert float(Tree.fromstring(svg(plate.spec(canvas))).get("height")) < 9000


def grown(tables, times):
    """Repeat articles, events and what hangs on them under new ids."""
    def again(frame, columns):
        parts = [frame.assign(**{c: frame[c] + f"-{i}" for c in columns if c in frame}) for i in range(times)]
        return pd.concat([frame, *parts], ignore_index=True).astype(frame.dtypes.to_dict())
    keys = ["id", "event_id", "source_id", "from_event", "to_event"]
    names = ("sources", "events", "mentions", "attacks", "links", "statements")
    return replace(tables, **{name: again(getattr(tables, name), keys) for name in names})
