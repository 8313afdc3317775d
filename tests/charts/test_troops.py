"""What the chart of troop numbers must keep, with the real data and with data made to break it."""

from dataclasses import replace

import pandas as pd
import pytest

from explainer import book
from explainer.charts._reported import fan, telling, ticks
from explainer.charts.troops import announcements, figures, reported
from explainer.data.rows import rows
from explainer.words.formats import day


def test_every_number_is_drawn_and_proved(drawn):
    """Catches a row of troops.csv that is left out, and a proof that leads nowhere."""
    ids = set(" ".join(drawn(reported).data["row"]).split())
    assert set(book().troops["id"]) <= ids <= set(rows(book()))


def test_every_article_stands_in_every_series():
    """Catches an article that gives no figure for a place and vanishes, instead of being marked."""
    frame = figures(book())
    assert (frame.groupby("series")["source_id"].nunique() == len(book().sources)).all()
    assert set(frame.loc[frame["count"].isna(), "printed"]) == {"no figure"}


def test_hedge_and_date_of_its_own_are_words():
    """Catches a bare number that looks hedged, and a number of another year shown as the article's own."""
    frame = figures(book()).set_index("id")
    troops = book().troops.set_index("id")
    assert (
        frame.loc[troops.index[troops["qualifier"] == "exact"], "printed"]
        .str.contains("no hedge")
        .all()
    )
    for row, when in troops.loc[troops["as_of_basis"] == "as_written", "as_of"].items():
        assert day(when) in frame.loc[row, "printed"]


def test_finding_follows_the_data(drawn):
    """Catches a finding that was typed: it names a range once a number differs, and counts the articles."""
    tables = book()
    other = tables.troops.assign(count=tables.troops["count"].mask(tables.troops.index == 0, 4000))
    assert "to 4,000" in reported(replace(tables, troops=other)).finding
    fewer = replace(tables, troops=tables.troops.iloc[1:])
    assert reported(fewer).finding not in ("", drawn(reported).finding)


def test_no_stem_crosses_a_label():
    """Catches lanes in an order that lets a stem run through another label of its half."""
    items = pd.DataFrame({"x": [10.0, 20, 30, 500, 520, 520], "text": ["a long label"] * 6})
    placed = fan(items, 350)
    for row in placed.itertuples():
        reach = (row.x, row.x + 70) if row.align == "left" else (row.x - 70, row.x)
        crossing = placed[
            (placed["lane"] > row.lane) & placed["x"].between(*reach, inclusive="neither")
        ]
        assert crossing.empty


def test_halves_do_not_share_a_lane_when_they_meet():
    """Catches labels of the left half that run into those of the right half."""
    items = pd.DataFrame({"x": [100.0, 500], "text": ["x" * 60, "y" * 60]})
    assert fan(items, 350)["lane"].nunique() == 2
    assert fan(items.assign(text="short"), 350)["lane"].nunique() == 1


def test_labels_of_many_dots_are_the_telling_ones():
    """Catches thirty labels on one line, and the loss of the dot where the number changes."""
    given = pd.DataFrame({"printed": ["about 2,500"] * 14 + ["3,000"] + ["about 2,500"] * 15})
    named = telling(given)
    assert named.sum() <= 6 and named[0] and named[29] and named[14]


@pytest.mark.parametrize(
    "most, last", [(900, 500), (2500, 2000), (160_000, 150_000), (7, 6), (1, 1), (3000, 3000)]
)
def test_ticks_are_few_and_round(most, last):
    """Catches an axis with ten numbers, or with none, when the size of the numbers changes."""
    assert ticks(most)[0] == 0 and ticks(most)[-1] == last and len(ticks(most)) <= 4


def test_only_announcements_around_the_articles():
    """Catches announcements of other years pulled onto the time axis."""
    dates = announcements(book())["date"]
    assert dates.is_monotonic_increasing and dates.max() <= book().sources["published"].max()


def test_thirty_articles(grown, fits):
    """Catches a layout that breaks or widens when articles and announcements grow sixfold."""
    later = lambda frame, i: frame.assign(published=frame["published"] + i * pd.Timedelta(days=31))
    larger = lambda frame, i: frame.assign(count=frame["count"] + 700 * i)
    assert fits(reported.whole(grown(5, "events", "mentions", sources=later, troops=larger)))
