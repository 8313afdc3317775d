"""A book of many articles: no page grows with it, each fold says so, and what is counted stays right."""

import gzip
import re
from dataclasses import replace
from functools import cache
from importlib import import_module

import pandas as pd
import pytest

from explainer.charts import figure as charts
from explainer.charts.figure import Figure, registry
from explainer.data.rows import rows
from explainer.data.tables import NAMES, Tables, book
from explainer.data.tracking import forget
from explainer.pages import figure
from explainer.pages.article import pages
from explainer.pages.prose import chapters
from explainer.paths import ROOT
from explainer.site import proof_files
from explainer.words import truncate
from explainer.words.counts import method
from explainer.words.numbers import numbers
from explainer.words.sources import in_time

TIMES = (
    25  # as many articles, rows, events, people and matters as in the book: far beyond each fold
)
MOST = 3.2  # times as heavy: charts and tables hold up to 12 articles, and the book has five
KEYS = (
    "id",
    "event_id",
    "source_id",
    "from_event",
    "to_event",
    "topic_id",
    "person_id",
    "via_person_id",
    "row",
)
STAY = (
    "agreement",
    "corruption",
    "record",
)  # not of one article: counted over the whole, or found beyond the articles
DATES = ("published", "start", "end", "date")
CELL = re.compile(r"^(charts|[a-z]+)\.(\w+)\(tables(?:, (.*))?\)$", re.M)


@cache
def grown(times: int) -> Tables:
    """Return the book `times` times, each a year later: new articles on new events, people and matters, and on the old ones."""
    tables, frames = book(), {}
    for name in NAMES:
        frame = getattr(tables, name)
        parts = [frame]
        for i in range(1, times if name not in STAY else 1):
            copy = frame.assign(
                **{
                    key: frame[key].where(frame[key] == "", frame[key] + f"-{i}")
                    for key in KEYS
                    if key in frame
                }
            )
            copy = copy.assign(**{day: later(copy[day], i) for day in DATES if day in copy})
            parts.append(copy)
            if name in ("mentions", "disagreements"):
                parts.append(frame.assign(source_id=copy["source_id"], id=copy["id"] + "-old"))
        frames[name] = pd.concat(parts, ignore_index=True).astype(frame.dtypes.to_dict())
    return replace(tables, **frames)


def later(dates: pd.Series, years: int) -> pd.Series:
    """Return dates, whole or ISO text of any precision, so many years later."""
    if dates.dtype.kind == "M":
        return dates + pd.DateOffset(years=years)
    return dates.str.replace(r"^\d{4}", lambda year: str(int(year[0]) + years), regex=True)


@pytest.fixture(autouse=True)
def fingerprints(monkeypatch, drawings):
    """The copies have no fingerprints, of which two numbers are made; what the book shows is drawn."""
    monkeypatch.setattr(charts, "_drawings", [drawings])
    monkeypatch.setattr(method, "_shares", lambda: [(0.1, 0.1), (0.2, 0.2)])
    yield
    forget()  # what was counted with them


def html(chapter: str, tables: Tables) -> str:
    """Return all that the cells of a chapter show of the data, and the list that the evidence page adds."""
    text = (ROOT / ("index.md" if chapter == "index" else f"chapters/{chapter}.md")).read_text(
        encoding="utf-8"
    )
    found = []
    for module, function, arguments in CELL.findall(text):
        if module != "prose":
            shown = getattr(
                import_module(f"explainer.{'charts' if module == 'charts' else 'pages'}.{chapter}"),
                function,
            )
            found.append(shown(tables, *re.findall(r'"([^"]*)"', arguments)))
    if "{counted-numbers}" in text:
        found.append(import_module("explainer.pages.evidence").counted_numbers(tables))
    assert found or chapter not in registry()
    return "".join(figure.html(one) if isinstance(one, Figure) else one.html for one in found)


def weight(text: str) -> int:
    """Return the bytes of a text under gzip."""
    return len(gzip.compress(text.encode()))


@pytest.mark.parametrize("chapter", chapters())
def test_no_page_grows_with_the_book(chapter):
    """A drawing, a table or a list that grows with the data. The layout around it, which does not grow, is left out."""
    before, after = html(chapter, book()), html(chapter, grown(TIMES))
    assert weight(after) < MOST * weight(before), f"{weight(before)} to {weight(after)} bytes"
    assert (
        "are shown;" in after
        or "Drawn and counted here" in after
        or chapter in ("ask", "corrections")
    )  # its fold: tests/test_corrections.py


def test_pages_of_articles_do_not_grow():
    """A page of one article that lists what others say without end."""
    before, after = (
        {page.name: weight(page.body) for page in pages(grown(times))} for times in (1, TIMES)
    )
    assert len(after) == TIMES * len(before)
    assert not [name for name, bytes_ in before.items() if after[name] > 1.5 * bytes_]


def test_what_the_script_loads_does_not_grow():
    """A file of rows or of counted numbers that a reader waits for, and that grows with the book."""
    before, after = (proof_files.files(grown(times)) for times in (1, TIMES))
    assert not [
        name
        for name, text in before.items()
        if name not in ("where", "articles") and weight(after[name]) > 2 * weight(text)
    ]


def test_numbers_are_counted_from_all_rows():
    """A number in the prose that is counted from what is drawn."""
    assert numbers(grown(TIMES))["articles"].text == str(TIMES * len(book().sources))


def test_every_row_can_be_had_and_found():
    """A row of a grown book without an address, or that is in no download."""
    held = [row.id for row in rows(grown(TIMES)).values()]
    lines = proof_files.downloads(grown(TIMES))["rows.csv"].splitlines()[1:]
    assert [line.partition(",")[0] for line in lines] == held and len(held) > TIMES * 400


@pytest.mark.parametrize("name", registry())
def test_a_folded_figure_says_so(name):
    """A drawing of some articles that passes for one of all; a drawing of all that says it is of some."""
    whole, folded = (registry()[name](grown(times)).caption for times in (1, TIMES))
    assert "Drawn and counted here" not in whole
    assert (
        f"Drawn and counted here: the latest {truncate.ARTICLES} of {TIMES * len(book().sources)} reports."
        in folded
    )


def test_the_latest_articles_keep_what_belongs_to_them():
    """A fold that loses a row of an article it keeps, keeps a row of one it drops, or an event that none of them mentions."""
    all_, part = grown(TIMES), truncate.latest(grown(TIMES))
    kept = set(in_time(all_)["source_id"].tail(truncate.ARTICLES))
    for name in (
        "statements",
        "troops",
        "attacks",
        "mentions",
        "wording",
        "links",
        "disagreements",
        "coverage",
    ):
        frame = getattr(all_, name)
        assert getattr(part, name).equals(
            frame[frame["source_id"].isin(kept)].reset_index(drop=True)
        )
    assert set(part.sources["source_id"]) == kept
    assert set(part.events["event_id"]) == set(part.mentions["event_id"])
    assert truncate.latest(book()) is book()


def test_a_fold_says_how_much_it_shows():
    """A list that is cut in silence, or that claims to be."""
    frame = pd.DataFrame({"a": range(figure.ROWS + 1)})
    html = figure.table(frame, csv="../data/x.csv")
    assert f'{figure.ROWS} of {len(frame)} rows are shown; <a href="../data/x.csv"' in html
    assert html.count("<tr>") == 1 + figure.ROWS
    assert "are shown" not in figure.table(frame.head(figure.ROWS), csv="../data/x.csv")
    many = pd.DataFrame({"a": [1], "row": [" ".join(["trp-0001"] * (truncate.LINE + 3))]})
    assert " and 3 more</td>" in figure.table(many, tables=book())
    assert (
        truncate.truncate("abcd", 3) == "abc" and truncate.truncate("abcd", 3, last=True) == "bcd"
    )
