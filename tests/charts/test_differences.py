"""Who reported what: states, fairness to earlier articles, and a grid that holds with many articles."""

import json
import re
from dataclasses import replace

import altair as alt
import pandas as pd
import pytest

from explainer import theme
from explainer.charts import differences
from explainer.charts._matrix import columns, path
from explainer.charts._pixels import Board
from explainer.figures import svg
from explainer.rows import book_rows
from explainer.tables import book

COPIED = ("mentions", "disagreements")


def copies(tables, articles: int):
    """Return tables with `articles` articles, made of the first ones again, each set eleven days later."""
    sources, rows = [], {name: [] for name in COPIED}
    for i in range(articles):
        old = tables.sources.iloc[[i % len(tables.sources)]]
        name, shift = f"article-{i}", pd.Timedelta(days=11 * (i // len(tables.sources)))
        sources.append(old.assign(source_id=name, published=old["published"] + shift))
        for table in COPIED:
            frame = getattr(tables, table)
            frame = frame[frame["source_id"] == old["source_id"].iloc[0]]
            rows[table].append(frame.assign(source_id=name, id=frame["id"] + f"-{i}"))
    return replace(tables, sources=pd.concat(sources, ignore_index=True),
                   **{name: pd.concat(parts, ignore_index=True) for name, parts in rows.items()})


def width(plate, canvas: str) -> float:
    return float(re.search(r'width="([\d.]+)"', svg(plate.spec(canvas)))[1])


def state(tables, event: str, source: str) -> str:
    frame = differences.cells(tables)
    return frame[(frame["event_id"] == event) & (frame["source_id"] == source)]["state"].item()


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_spec_round_trips(canvas):
    """A specification that Vega-Lite's schema does not accept, or that JSON cannot hold."""
    spec = differences.coverage(book()).spec(canvas)
    again = {k: v for k, v in json.loads(json.dumps(spec)).items() if k != "$schema"}
    assert alt.Chart.from_dict(again).to_dict()["config"] == spec["config"]


def test_every_cell_has_its_row():
    """A mark without proof, or one that leads to a row that does not exist."""
    plate = differences.coverage(book())
    assert not [i for cell in plate.data["row"] for i in cell.split() if i not in book_rows()]
    linked = differences.cells(book()).query("state in ['reported', 'differently']")
    assert linked["mention"].ne("").all() and linked["label"].str.len().gt(20).all()


def test_all_mentions_are_drawn():
    """A mention that is lost on the way to the chart."""
    drawn = {i for cell in differences.coverage(book()).data["row"] for i in cell.split()}
    assert set(book().mentions["id"]) <= drawn


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
    event = tables.mentions.loc[tables.mentions["source_id"] != article["source_id"], "event_id"].iloc[0]
    events = tables.events.assign(start=tables.events["start"].where(tables.events["event_id"] != event, month),
                                  end=tables.events["end"].where(tables.events["event_id"] != event, ""),
                                  precision=tables.events["precision"].astype(str).where(tables.events["event_id"] != event, "month"))
    mentions = tables.mentions[~((tables.mentions["event_id"] == event) & (tables.mentions["source_id"] == article["source_id"]))]
    assert state(replace(tables, events=events, mentions=mentions), event, article["source_id"]) == "unknown"


def test_articles_that_agree_do_not_differ():
    """A diamond where the articles that report an event say the same."""
    tables = book()
    before = differences.cells(tables)
    cell = before[before["state"] == "differently"].iloc[0]
    same = replace(tables, disagreements=tables.disagreements.assign(says="the same"))
    assert state(tables, cell["event_id"], cell["source_id"]) == "differently"
    assert (differences.cells(same)["state"] != "differently").all()


def test_finding_follows_the_data():
    """A title that stays when the data changes."""
    tables = book()
    fewer = replace(tables, mentions=tables.mentions.iloc[:20])
    assert differences.coverage(tables).finding != differences.coverage(fewer).finding


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
    assert max(abs(float(n)) for n in re.findall(r"[ML]-?([\d.]+)", path("differently", lay["pitch"]))) <= lay["pitch"] / 2


@pytest.mark.parametrize("articles", [1, 9, 30])
def test_holds_with_many_articles(articles):
    """A drawing that breaks or grows wider than its canvas when articles are added."""
    plate = differences.coverage(copies(book(), articles))
    assert width(plate, "wide") <= theme.WIDE.width and width(plate, "narrow") <= theme.NARROW.width
    assert plate.data["Article"].nunique() == articles
