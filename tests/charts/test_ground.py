"""What the chains and the toll must keep, with the real data and with data made to break them."""

from dataclasses import replace

import pandas as pd
import pytest

from explainer import book
from explainer.charts._chains import forest
from explainer.charts._toll import counts, marks
from explainer.charts.ground import chains, toll

FIGURES = (chains, toll)
CANVASES = ("wide", "narrow")


@pytest.mark.parametrize("draw", FIGURES)
@pytest.mark.parametrize("canvas", CANVASES)
def test_every_link_of_the_drawing_is_in_the_table_beside_it(drawn, draw, canvas):
    """Catches a mark whose row the data table leaves out."""
    plate = drawn(draw)
    hrefs = {
        row["href"].partition("#")[2]
        for part in plate.spec(canvas)["datasets"].values()
        for row in part
        if row.get("href")
    }
    assert hrefs and hrefs <= set(" ".join(plate.data["row"]).split())


def test_every_count_is_drawn(drawn):
    """Catches a row of attacks.csv that the toll drops in silence."""
    assert set(" ".join(drawn(toll).data["row"]).split()) == set(book().attacks["id"])


def test_unlike_scopes_stay_apart():
    """Catches two counts joined over different places, measures, targets or hedges."""
    every = book().attacks.set_index("id")
    for ids in counts(book())["ids"]:
        assert (
            len(
                every.loc[
                    ids, ["event_id", "scope", "measure", "target", "qualifier"]
                ].drop_duplicates()
            )
            == 1
        )


def test_findings_follow_the_data(drawn):
    """Catches a finding that was typed."""
    tables = book()
    fewer = replace(tables, links=tables.links[tables.links["relation"] == "answers"])
    assert chains(fewer).finding != drawn(chains).finding
    numbered = replace(tables, attacks=tables.attacks.dropna(subset="value"))
    assert toll(numbered).finding != drawn(toll).finding


def test_an_arrow_needs_a_link_row():
    """Catches a chain that is drawn from the order of time alone."""
    roots = forest(replace(book(), links=book().links.iloc[:0]))
    assert all(not root.children for root in roots)


def test_no_event_is_drawn_twice_and_circles_end(fits):
    """Catches an endless chain where articles tie two political acts both ways, and a strike tied back to an attack."""
    tables = book()
    back = tables.links.assign(
        from_event=tables.links["to_event"],
        to_event=tables.links["from_event"],
        id="lnk-9" + tables.links["id"].str[-3:],
    )
    both = replace(tables, links=pd.concat([tables.links, back], ignore_index=True))
    names = [node.event_id for root in forest(both) for node in root.walk()]
    assert len(names) == len(set(names)) and set(names) >= {
        n.event_id for r in forest(tables) for n in r.walk()
    }
    assert fits(chains(both))


@pytest.mark.parametrize(
    "measure, number, height", [("killed", 1, 12), ("injured", 13, 24), ("attacks", 100, 28)]
)
def test_marks_break_into_rows(measure, number, height):
    """Catches marks that run out of their column: a row has room for twelve large ones or 25 small ones."""
    row = pd.Series({"measure": measure, "value": number, "actor_side": "us"})
    assert marks(row, 176)["height"] == height
    assert marks(row, 176)["path"].count("M") == number


def test_many_articles_and_events(grown, size, fits):
    """Catches a layout that breaks or widens with 30 articles, 100 events, 900 counts and 300 ties."""
    tables = grown(30, "sources", "events", "mentions", "attacks", "links", "statements")
    for draw in FIGURES:
        plate = draw.whole(tables)
        assert fits(plate)
        assert all(size(plate, canvas)[1] < 9000 for canvas in CANVASES)
