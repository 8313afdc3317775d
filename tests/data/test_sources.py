"""Articles are named in a short and unique way, whatever their number."""

from dataclasses import replace

import pandas as pd

from explainer.data.tables import book
from explainer.words.sources import in_time, labels


def test_labels_are_unique():
    """Two articles of one outlet under one label."""
    assert len(set(labels(book()).values())) == len(book().sources)


def test_labels_of_one_outlet_in_one_month_get_the_day():
    """A label that stays the same for two articles of one month."""
    first = book().sources.iloc[[0]]
    again = first.assign(source_id="again", published=first["published"] + pd.Timedelta(days=1))
    frame = in_time(replace(book(), sources=pd.concat([first, again])))
    assert frame["label"].is_unique


def test_inferred_day_says_so():
    """An inferred day of publication that reads like a known one."""
    for source in in_time(book()).itertuples():
        assert source.day.startswith("about ") == (source.published_precision == "about")
