"""Who reported what: states, fairness to earlier articles, and an order by how many report it."""

from dataclasses import replace

from bs4 import BeautifulSoup

from explainer.data.tables import book
from explainer.pages import differences


def state(tables, event: str, source: str) -> str:
    frame = differences.cells(tables)
    return frame[(frame["event_id"] == event) & (frame["source_id"] == source)]["state"].item()


def test_every_mention_leads_to_its_words():
    """A mention that is lost on the way to the table, or a cell that says nothing to those who cannot see it."""
    page = BeautifulSoup(differences.coverage(book()).html, "html.parser")
    links, events = page.select("td a.proof"), book().mentions.set_index("id")["event_id"]
    rows = {row for link in links for row in link["data-rows"].split()}
    listed = events[events.isin(events[list(rows & {*events.index})])]
    assert set(listed.index) <= rows
    left = events.nunique() - listed.nunique()
    assert not left or f"{left} more events" in page.get_text()
    assert all(len(link["aria-label"]) > 20 for link in links)


def test_what_most_report_comes_first():
    """An order in time, in which the few events that most articles report are not to be found."""
    told = book().mentions.groupby("event_id")["source_id"].nunique()
    listed = differences.cells(book())["event_id"].drop_duplicates()
    assert set(listed) == set(told.index)
    assert told[listed].is_monotonic_decreasing


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
    """A difference where the articles that report an event say the same."""
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
    assert differences.coverage(tables).text != differences.coverage(fewer).text
