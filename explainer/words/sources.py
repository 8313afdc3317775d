"""How the book names articles: short labels, long citations, their order in time."""

import pandas as pd

from explainer.data.tables import Tables
from explainer.data.tracking import remembered
from explainer.words.formats import day


@remembered
def in_time(tables: Tables) -> pd.DataFrame:
    """Return `sources` in order of publication with `day` in words and `label`, short and unique:
    the outlet's, with month or day where it has several. `url` is "" where it is not one of the
    web.
    """
    frame = tables.sources.sort_values(["published", "source_id"], ignore_index=True)
    label = frame["outlet_short"].astype(str)
    for form in (" %b %Y", " %-d %b %Y"):
        again = label.duplicated(keep=False)
        label = label.where(~again, frame["outlet_short"] + frame["published"].dt.strftime(form))
    days = frame["published"].dt.strftime("%Y-%m-%d").map(day)
    days = days.where(frame["published_precision"] == "day", "about " + days)
    url = frame["url"].where(frame["url"].str.match(r"https?://"), "")
    return frame.assign(label=label, day=days, url=url)


@remembered
def labels(tables: Tables) -> dict[str, str]:
    """Return {source_id: short label}, in order of publication."""
    frame = in_time(tables)
    return dict(zip(frame["source_id"], frame["label"], strict=True))
