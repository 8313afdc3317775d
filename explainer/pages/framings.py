"""Each report, its own framing: the words that the articles choose for the same things."""

from typing import Any

import pandas as pd

from explainer.data.tables import Tables
from explainer.pages.prose import Shown, figure
from explainer.words import truncate
from explainer.words.sources import in_time

_THINGS = 20  # named on one page


def terms(tables: Tables) -> Shown:
    """Return a table of the words that the articles choose, things by articles."""
    part = truncate.latest(tables)
    frame, articles = named(part), in_time(part)
    every = list(dict.fromkeys(frame["referent"]))
    kept = truncate.truncate(every, _THINGS)
    finding = _finding(frame, len(articles))
    caption = (
        "Things for which the reports use the greatest number of different terms come first. A"
        " report may use a word once or often, and a choice of word proves no intention."
    )
    things = [_row(frame[frame["referent"] == thing], articles) for thing in kept]
    left, values = len(every) - len(kept), {"articles": list(articles["label"]), "things": things}
    template = "framings_terms.html"
    return figure(template, part, tables, finding, caption, left, "more things", **values)


def _row(words: pd.DataFrame, articles: pd.DataFrame) -> tuple[str, list[Any]]:
    cells = []
    for article in articles.itertuples():
        ours = words[words["source_id"] == article.source_id].to_dict("records")
        cells.append((article.label, ours))
    return words["thing"].iloc[0], cells


def named(tables: Tables) -> pd.DataFrame:
    """Return a row for each term, by thing and article: its own words first, of these the shortest.

    Its columns beside those of `wording`: `thing`, `side` and `whose` of the speaker quoted, "" in
    the outlet's own voice; `variety`, how many terms there are for the thing; `alone`, whether one
    article alone uses it; `unshared`, how many such terms there are for the thing.
    """
    things, sides = tables.labels("wording", "referent"), tables.labels("people", "side")
    side = tables.people.set_index("person_id")["side"].astype(str)
    articles = list(in_time(tables)["source_id"])
    frame = tables.wording.astype({"referent": str, "voice": str})
    word = frame["term"].str.casefold()
    frame["variety"] = word.groupby(frame["referent"]).transform("nunique")
    users = frame["source_id"].groupby([frame["referent"], word]).transform("nunique")
    frame["alone"] = users == 1
    frame["unshared"] = word.where(frame["alone"]).groupby(frame["referent"]).transform("nunique")
    frame["thing"] = frame["referent"].map(things)
    frame["side"] = frame["person_id"].map(side).where(frame["voice"] == "quoted", "")
    frame["whose"] = frame["side"].map(sides).fillna("")
    frame["order"] = frame["referent"].map(list(things).index)
    frame["at"] = frame["source_id"].map(articles.index)
    frame["own"] = frame["voice"].eq("outlet")
    frame["length"] = frame["term"].str.len()
    by = {"unshared": False, "order": True, "at": True, "own": False, "alone": False}
    by |= {"length": True, "id": True}
    return frame.sort_values(list(by), ascending=list(by.values()), kind="stable").reset_index(
        drop=True
    )


def _finding(frame: pd.DataFrame, articles: int) -> str:
    things = frame.drop_duplicates("referent")
    most = things.sort_values("variety", ascending=False, kind="stable").head(3)
    parts = [f"{n} for {thing}" for n, thing in zip(most["variety"], most["thing"], strict=True)]
    listed = " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
    return f"Many terms: {articles} report{'s' * (articles != 1)} use at least {listed}"
