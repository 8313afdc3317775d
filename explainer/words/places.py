"""Places: which rows name one, which articles these are of, and what happened there."""

import re
from collections.abc import Iterator

import pandas as pd

from explainer.data.rows import RECORD, article_of
from explainer.data.tables import NAMES, Tables
from explainer.words.formats import day
from explainer.words.sources import labels


def named(tables: Tables) -> pd.DataFrame:
    """Return the places with `row`, the rows that name each, `by`, the articles they are of, and
    `matter`: the last event of these rows whose title names the place; of context, the last title.
    """
    texts, found = list(_texts(tables)), []
    events = tables.events.rename(columns={"event_id": "key", "start": "date"})
    facts = tables.record.rename(columns={"id": "key"})
    for place in tables.places.to_dict("records"):
        names = [place["name"], *filter(None, re.split("; *", place["also_written"]))]
        pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names))
        named = [(row, key) for row, text, key in texts if pattern.search(text)]
        ids = [row for row, _ in named]
        by = [labels(tables).get(article_of(tables, row), RECORD) for row in ids]
        articles = [label for label in labels(tables).values() if label in by]
        titles = events if articles else facts
        titles = titles[titles["key"].isin([key for _, key in named])].sort_values("date")
        who = articles if len(articles) < 3 else [f"{len(articles)} reports"]
        who = who + ["other sources"] * (RECORD in by)
        start, matter = _matter(titles, pattern)
        found.append((" ".join(ids), ", ".join(who), not articles, start, matter))
    frame = tables.places.reset_index(drop=True)[["name", "latitude", "longitude", "precision"]]
    frame = frame.astype({"latitude": float, "longitude": float, "precision": str})
    return frame.join(pd.DataFrame(found, columns=["row", "by", "context", "start", "matter"]))


def _matter(titles: pd.DataFrame, place: re.Pattern[str]) -> tuple[str, str]:
    """Return the day of the last title, and it without its place: 'US strikes, January 2024'."""
    for last in titles[titles["title"].str.contains(place)].tail(1).itertuples():
        bare = re.sub(rf"^({place.pattern}) | (in|on|at|near) .*", "", last.title)
        dated = f"{bare[:1].upper()}{bare[1:]}, {day(last.date[:7]) or 'undated'}"
        return last.date, dated
    return "", ""


def _texts(tables: Tables) -> Iterator[tuple[str, str, str]]:
    """Yield (row id, words, event) of what may name a place: a row's evidence, and context."""
    for name in NAMES:
        frame = getattr(tables, name)
        if name == RECORD:
            told = frame["title"] + " " + frame["what"]
            yield from zip(frame["id"], told, frame["id"], strict=True)
        elif "evidence" in frame and "id" in frame:
            event = frame["event_id"] if "event_id" in frame else frame["id"]
            yield from zip(frame["id"], frame["evidence"], event, strict=True)
