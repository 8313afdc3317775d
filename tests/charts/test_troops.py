"""The chart of troop numbers: every number with its hedge, a row a report, a column a place."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from explainer.charts.troops import reported
from explainer.charts.troops import rows as rows_of
from explainer.data.rows import rows
from explainer.data.tables import book
from explainer.words.troops import figures


def test_every_number_is_drawn_and_proved(drawn):
    """A row of troops.csv that is left out, or a proof that leads nowhere."""
    ids = set(" ".join(drawn(reported).data["row"]).split())
    assert set(book().troops["id"]) <= ids <= set(rows(book()))
    spec = drawn(reported).spec("wide")
    marks = {i for r in sum(spec["datasets"].values(), []) for i in str(r.get("row", "")).split()}
    assert set(book().troops["id"]) <= marks


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_a_row_a_report_a_column_a_place(drawn, canvas):
    """Two reports that share a dot, a dot of a report without a number, a scale or a
    line that is another place's."""
    spec, frame = drawn(reported).spec(canvas), figures(book())
    for part, (_, own) in zip(spec["concat"], frame.groupby("series", sort=False), strict=True):
        given = part["layer"][0]["encoding"]["x"]["axis"]["values"]
        assert set(given) == {0, *own["count"].dropna()}  # no line of another place's number
    heads = [" ".join(part["title"]["text"]) for part in spec["concat"]]
    assert heads == list(frame["series"].unique())
    tables = spec["datasets"].values()
    rows = {(r["series"], r["report"]) for rows in tables for r in rows if "at" in r}
    assert len(rows) == len(frame)
    scales = {
        str(mark["encoding"]["x"]["scale"])
        for part in spec["concat"]
        for mark in part["layer"]
        if "field" in mark["encoding"]["x"]
    }
    assert len(scales) == 1 and "'domain': [0," in scales.pop()


def test_open_is_of_an_earlier_year():
    """A number of 2021 that looks like one of the report's own day."""
    made, numbers = rows_of(figures(book())), figures(book())
    for dot, number in zip(made.itertuples(), numbers.itertuples(), strict=True):
        older = pd.notna(number.count) and int(number.as_of[:4]) < number.published.year
        assert dot.open == older == ("as of" in dot.text)


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


@pytest.mark.slow
def test_thirty_articles(grown, fits):
    """A layout that breaks or widens when articles grow sixfold."""

    def later(frame, i):
        return frame.assign(published=frame["published"] + i * pd.Timedelta(days=31))

    def larger(frame, i):
        return frame.assign(count=frame["count"] + 700 * i)

    assert fits(reported.whole(grown(5, sources=later, troops=larger)))


def third(place: str):
    """Return a book in which one report gives a number for a third place."""
    tables = book()
    one = tables.troops.iloc[[0]].assign(id="trp-9999", count=350)
    one["place"] = pd.Categorical([place], categories=tables.troops["place"].cat.categories)
    return replace(tables, troops=pd.concat([tables.troops, one], ignore_index=True))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "where"),
    [
        ("elsewhere", " outside Iraq and Syria"),
        ("unstated", " place not stated"),
    ],
)
def test_a_third_place_has_a_column(fits, place, where):
    """A third column beyond the page, and a title that says 'in place not stated'."""
    figure = reported(third(place))
    told = rf"1 of {len(book().sources)}( reports)? gives about 350( US troops)?{where}"
    assert re.search(told, figure.finding)
    assert fits(figure)
    assert len(figure.spec("wide")["concat"]) == figures(third(place))["series"].nunique() == 3
