"""The chart of troop numbers: every number with its hedge, on its day, under the announcements."""

from dataclasses import replace

import pandas as pd
import pytest

from explainer import book
from explainer.charts.troops import announcements, figures, reported
from explainer.data.rows import rows


def test_every_number_is_drawn_and_proved(drawn):
    """A row of troops.csv that is left out, or a proof that leads nowhere."""
    ids = set(" ".join(drawn(reported).data["row"]).split())
    assert set(book().troops["id"]) <= ids <= set(rows(book()))
    spec = drawn(reported).spec("wide")
    marks = {i for r in sum(spec["datasets"].values(), []) for i in str(r.get("row", "")).split()}
    assert set(book().troops["id"]) <= marks


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_each_number_stands_alone_over_its_words(drawn, canvas):
    """A line over months without a number; a label that lies at another report's dot."""
    spec = drawn(reported).spec(canvas)
    places = [part for part in spec["vconcat"] if "title" in part]
    assert len(places) == figures(book())["series"].nunique() and "'type': 'line'" not in str(spec)
    rows = [r for rows in spec["datasets"].values() for r in rows if "stem" in r and "text" in r]
    assert {i for r in rows for i in r["row"].split()} >= set(book().troops["id"])
    for row in rows:
        assert row["foot"] < row["words"] < 0 <= row["stem"] == (row["count"] or 0)
    for place in places:  # one scale for all
        ys = [m["encoding"]["y"] for m in place["layer"] if "field" in m["encoding"].get("y", {})]
        assert len({str(y["scale"]) for y in ys}) == 1


def test_every_article_stands_in_every_series():
    """An article that gives no figure for a place and vanishes, instead of being marked."""
    frame = figures(book())
    assert (frame.groupby("series")["source_id"].nunique() == len(book().sources)).all()
    assert set(frame.loc[frame["count"].isna(), "printed"]) == {"no figure"}


def test_hedge_and_date_of_its_own_are_words():
    """A bare number that looks hedged, a number of another year shown as the article's own."""
    frame = figures(book()).set_index("id")
    troops = book().troops.set_index("id")
    exact = troops.index[troops["qualifier"] == "exact"]
    assert frame.loc[exact, "printed"].str.contains("without “about”").all()
    for row, when in troops.loc[troops["as_of_basis"] == "as_written", "as_of"].items():
        assert when[:4] in frame.loc[row, "printed"]


def test_finding_follows_the_data(drawn):
    """A finding that was typed: it names a range once a number differs, and counts the articles."""
    tables = book()
    other = tables.troops.assign(count=tables.troops["count"].mask(tables.troops.index == 0, 4000))
    assert "to 4,000" in reported(replace(tables, troops=other)).finding
    fewer = replace(tables, troops=tables.troops.iloc[1:])
    assert reported(fewer).finding not in ("", drawn(reported).finding)


def test_only_announcements_around_the_articles():
    """Announcements of other years pulled onto the time axis."""
    dates = announcements(book())["date"]
    assert dates.is_monotonic_increasing and dates.max() <= book().sources["published"].max()


@pytest.mark.slow
def test_thirty_articles(grown, fits):
    """A layout that breaks or widens when articles and announcements grow sixfold."""

    def later(frame, i):
        return frame.assign(published=frame["published"] + i * pd.Timedelta(days=31))

    def larger(frame, i):
        return frame.assign(count=frame["count"] + 700 * i)

    assert fits(reported.whole(grown(5, "events", "mentions", sources=later, troops=larger)))


def third(place: str):
    """Return a book in which one report gives a number for a third place, beside an aside."""
    tables = book()
    one = tables.troops.iloc[[0]].assign(id="trp-9999", count=350)
    one["place"] = pd.Categorical([place], categories=tables.troops["place"].cat.categories)
    aside = tables.events.iloc[[0]].assign(event_id="aside", title="A eulogy", kind="announcement")
    aside = aside.assign(start="2024-01-20", end="", precision="day")
    return replace(
        tables,
        troops=pd.concat([tables.troops, one], ignore_index=True),
        events=pd.concat([tables.events, aside], ignore_index=True),
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "where"),
    [
        ("elsewhere", " outside Iraq and Syria"),
        ("unstated", ", place not stated,"),
    ],
)
def test_a_third_place_has_a_lane(fits, place, where):
    """Words of a third place that cover those of another, and a title that says 'for place not stated'."""
    figure = reported(third(place))
    assert (
        f"1 of {len(book().sources)} reports puts US troops{where} at about 350" in figure.finding
    )
    assert fits(figure)
    lanes = [part for part in figure.spec("wide")["vconcat"] if "title" in part]
    assert len(lanes) == figures(third(place))["series"].nunique() == 3


def test_an_announcement_on_something_else_is_left_out():
    """A eulogy over the numbers of troops."""
    assert "A eulogy" not in set(announcements(third("elsewhere"))["title"])
