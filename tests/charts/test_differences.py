"""Who reported what: states, fairness to earlier articles, and a grid that holds with many articles."""

import re
from dataclasses import replace

import pytest

from explainer import theme
from explainer.charts import differences
from explainer.charts._board import Board
from explainer.charts._matrix import columns, path
from explainer.data.tables import book


def state(tables, event: str, source: str) -> str:
    frame = differences.cells(tables)
    return frame[(frame["event_id"] == event) & (frame["source_id"] == source)]["state"].item()


def test_every_linked_cell_has_its_words():
    """A mark that leads to no mention, or that says nothing to those who cannot see it."""
    linked = differences.cells(book()).query("state in ['reported', 'differently']")
    assert linked["mention"].ne("").all() and linked["label"].str.len().gt(20).all()


def test_all_mentions_are_drawn(drawn):
    """A mention that is lost on the way to the chart."""
    assert set(book().mentions["id"]) <= {
        i for cell in drawn(differences.coverage).data["row"] for i in cell.split()
    }


def test_nobody_is_blamed_for_the_future():
    """An article shown as silent on an event that came after it, or that may have."""
    frame = differences.cells(book())
    absent = frame[frame["state"] == "absent"]
    assert len(absent) and (absent["latest"] <= absent["published"]).all()
    late = frame[(frame["latest"] > frame["published"]) & (frame["mention"] == "")]
    assert (late["state"] == "unknown").all()


def test_a_month_is_not_held_against_an_article_of_that_month():
    """A date known to the month taken for the first of it."""
    tables = book()
    article = tables.sources.sort_values("published").iloc[0]
    month = f"{article['published']:%Y-%m}"
    event = tables.mentions.loc[
        tables.mentions["source_id"] != article["source_id"], "event_id"
    ].iloc[0]
    events = tables.events.assign(
        start=tables.events["start"].where(tables.events["event_id"] != event, month),
        end=tables.events["end"].where(tables.events["event_id"] != event, ""),
        precision=tables.events["precision"]
        .astype(str)
        .where(tables.events["event_id"] != event, "month"),
    )
    mentions = tables.mentions[
        ~(
            (tables.mentions["event_id"] == event)
            & (tables.mentions["source_id"] == article["source_id"])
        )
    ]
    assert (
        state(replace(tables, events=events, mentions=mentions), event, article["source_id"])
        == "unknown"
    )


def test_articles_that_agree_do_not_differ():
    """A diamond where the articles that report an event say the same."""
    tables = book()
    before = differences.cells(tables)
    cell = before[before["state"] == "differently"].iloc[0]
    same = replace(tables, disagreements=tables.disagreements.assign(says="the same"))
    assert state(tables, cell["event_id"], cell["source_id"]) == "differently"
    assert (differences.cells(same)["state"] != "differently").all()


def test_finding_follows_the_data(drawn):
    """A title that stays when the data changes."""
    tables = book()
    fewer = replace(tables, mentions=tables.mentions.iloc[:20])
    assert drawn(differences.coverage).finding != differences.coverage(fewer).finding


def test_rows_beyond_the_limit_are_counted_in_the_caption():
    """Events dropped in silence, or the wrong ones: those that most articles report must stay."""
    frame = differences.cells(book())
    kept = differences.most_reported(frame, 5)
    told = frame["mention"].ne("").groupby(frame["event_id"]).sum()
    assert kept["event_id"].nunique() == 5
    assert told[kept["event_id"].unique()].min() >= told.drop(kept["event_id"].unique()).max()
    assert f"{told.size - 5} more events" in differences._caption(frame, kept)


@pytest.mark.parametrize("articles", [1, 2, 7, 8, 13, 30])
@pytest.mark.parametrize("canvas", [theme.WIDE, theme.NARROW], ids=lambda c: c.name)
def test_columns_stay_on_the_canvas(articles, canvas):
    """Columns that leave the page, or symbols wider than their column."""
    lay = columns(articles, canvas)
    assert len(lay["at"]) == articles and lay["at"][-1] + lay["pitch"] / 2 <= Board(canvas).width
    assert lay["title_width"] > 110 and lay["pitch"] > 9
    assert (
        max(abs(float(n)) for n in re.findall(r"[ML]-?([\d.]+)", path("differently", lay["pitch"])))
        <= lay["pitch"] / 2
    )


@pytest.mark.parametrize("articles", [1, 9, 30])
def test_holds_with_many_articles(copies, fits, articles):
    """A drawing that breaks or grows wider than its canvas when articles are added."""
    plate = differences.coverage.whole(copies(("mentions", "disagreements"), articles))
    assert fits(plate)
    assert plate.data["Article"].nunique() == articles
