"""A date is told as exactly as it is known, wherever the book tells it."""

import re
from dataclasses import replace
from datetime import date
from html import escape, unescape
from types import SimpleNamespace

import pytest

from explainer.data.dates import resolve
from explainer.data.tables import book
from explainer.pages import evidence
from explainer.pages.article import pages
from explainer.site.proof_files import files
from explainer.words.event_dates import in_order, resolved, words


@pytest.mark.parametrize(
    ("start", "end", "precision", "told"),
    [
        ("2024-01-04", "", "day", "4 January 2024"),
        ("2024-01", "", "month", "January 2024"),
        ("2003", "", "year", "2003"),
        ("2024-08-05", "2024-08-11", "week", "between 5 and 11 August 2024"),
        ("2024-01-26", "2024-02-02", "between", "between 26 January and 2 February 2024"),
        ("2022-07", "2023-07", "between", "between July 2022 and July 2023"),
        ("", "2024-01-26", "undated", "no date given; by 26 January 2024 at the latest"),
        ("", "", "undated", "no date given"),
    ],
)
def test_words_keep_the_precision(start, end, precision, told):
    """A week that is told as its Monday."""
    assert words(SimpleNamespace(start=start, end=end, precision=precision)) == told


def test_no_list_makes_a_day_of_an_interval():
    """The overview, a page of an article or the proof in place that names the first day of an interval as the day."""
    loose = book().events[
        book().events["precision"].isin(["week", "between"]) & (book().events["start"] != "")
    ]
    assert len(loose) > 3
    for html in (
        evidence.events(book()).html,
        "".join(page.body for page in pages(book())),
        "".join(files(book()).values()),
    ):
        assert all(words(event) in html for event in loose.itertuples())
    for event in loose.itertuples():
        beside = re.findall(
            rf"<strong>{re.escape(escape(event.title))}</strong> ([^<]*)",
            "".join(page.body for page in pages(book())),
        )
        assert [text.strip() for text in beside] == [words(event)]


def test_events_are_listed_in_order_of_time():
    """A list in the order of ids, in which a reader has to search."""
    html, events = evidence.events(book()).html, in_order(book())
    places = [unescape(html).index(f">{title}<") for title in events["title"]]
    assert places == sorted(places) and list(events["order"]) == sorted(events["order"])


def test_written_dates_are_read_as_their_article_writes_them():
    """A year in one article that is told as the month another gives."""
    told, articles = resolved(book()), book().sources.set_index("source_id")["published"]
    for mention in book().mentions.itertuples():
        if mention.id in told and (
            read := resolve(mention.date_as_written, articles[mention.source_id].date())
        ):
            assert told[mention.id].endswith(f": {words(read)}.")
    assert resolve("2020", date(2024, 1, 9)).precision == "year"


def test_words_that_no_rule_reads_have_the_date_of_their_event():
    """A mention that writes when in words of its own, and is told no date."""
    tables = replace(book(), mentions=book().mentions.assign(date_as_written="some while ago"))
    events = tables.events.set_index("event_id", drop=False)
    mention = next(m for m in tables.mentions.itertuples() if events.at[m.event_id, "start"])
    assert resolved(tables)[mention.id].endswith(f": {words(events.loc[mention.event_id])}.")
