"""Whose words, and which words: counts agree with the evidence, layouts hold with many articles and statements."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from explainer.charts import framings
from explainer.charts._terms import chosen, distinct
from explainer.charts._voices import thin, whole
from explainer.charts.figure import svg
from explainer.data.evidence import words
from explainer.data.tables import book
from explainer.words.sources import in_time

FIGURES = [framings.voices, framings.terms]
COPIED = ("statements", "wording")
every = pytest.mark.parametrize("draw", FIGURES, ids=lambda f: f.__name__)


@every
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_every_row_is_a_link(drawn, draw, canvas):
    """A row that is listed beside the chart and cannot be reached from its mark."""
    plate = drawn(draw)
    linked = set(re.findall(r'#([\w-]+)"', svg(plate.spec(canvas))))
    rows = (
        plate.data[plate.data["Quoted words"] > 0] if "Quoted words" in plate.data else plate.data
    )
    assert set(rows["row"]) <= linked


@every
def test_finding_follows_the_data(drawn, draw):
    """A title that stays when the data changes."""
    tables = book()
    last = tables.sources["source_id"].iloc[-2]
    fewer = replace(
        tables, **{name: (f := getattr(tables, name))[f["source_id"] != last] for name in COPIED}
    )
    assert drawn(draw).finding != draw(fewer).finding


@every
@pytest.mark.parametrize(("articles", "times"), [(1, 1), (7, 1), (30, 1), (30, 17)])
def test_holds_with_many(copies, fits, draw, articles, times):
    """A drawing that breaks or grows wider than its canvas with 30 articles or 2,000 statements."""
    assert fits(draw.whole(copies(COPIED, articles, times)))


def test_quotations_are_counted_whole():
    """A quotation that is counted twice, or a side that loses words."""
    tables, frame = book(), framings.quoted(book())
    quotes = tables.statements[tables.statements["form"] == "quote"]
    assert frame.loc[frame["id"].isin(quotes["id"]), "words"].sum() == sum(
        len(words(e)) for e in quotes["evidence"]
    )
    assert not frame["id"][frame["words"] > 0].duplicated().any()


def test_words_in_marks_inside_a_paraphrase_are_counted():
    """A paraphrase that counts with all its words, or with none of those in quotation marks."""
    tables = book()
    one = tables.statements[tables.statements["form"] == "paraphrase"].head(1)
    made = one.assign(evidence="he called the plan “a very bad idea” and left")
    frame = framings.quoted(replace(tables, statements=made))
    assert frame["words"].sum() == 4


def test_zero_is_said():
    """A side that is quoted nowhere in an article and vanishes instead of standing with zero."""
    frame = framings.quoted(book())
    for side in ("us", "iraq"):
        assert set(frame.loc[frame["side"] == side, "source_id"]) == set(
            book().sources["source_id"]
        )
    none = replace(book(), statements=book().statements[book().statements["form"] == "narration"])
    assert framings.voices(none).finding.startswith("No words")


def test_thin_quotations_become_one_bar(copies):
    """Hair-thin segments, or a bar whose length changes when they are joined."""
    frame = framings.quoted(copies(COPIED, 5, 20))
    assert thin(frame, 0.1) and not thin(frame, 10)
    joined = whole(frame)
    assert (
        joined["words"].sum() == frame["words"].sum()
        and not joined.duplicated(["at", "side"]).any()
    )


def test_terms_are_all_read():
    """A term that is lost, or one of a speaker without marks and side."""
    frame = framings.named(book())
    assert set(frame["id"]) == set(book().wording["id"])
    quoted = frame[frame["voice"] == "quoted"]
    assert quoted["text"].str.startswith("“").all() and (quoted["side"] != "").all()
    assert (frame.loc[frame["voice"] != "quoted", "side"] == "").all()


def test_things_that_differ_most_come_first():
    """An order that follows how often a thing is named, not how many terms one article alone uses."""
    tables = book()
    wording = tables.wording.head(6).assign(
        referent=["presence", "presence", "presence", "gaza_war", "gaza_war", "gaza_war"],
        voice="outlet",
        person_id="",
        source_id=tables.sources["source_id"].iloc[:3].tolist() * 2,
        term=["same", "Same", "same", "one", "two", "same"],
    )
    assert framings.named(replace(tables, wording=wording))["referent"].iloc[0] == "gaza_war"


def test_what_is_left_out_is_counted(copies):
    """Things dropped in silence, or none left where one alone is too tall."""
    tables = copies(COPIED, 30)
    frame = framings.named(tables)
    shown = chosen(frame, in_time(tables))
    more = frame["referent"].nunique() - shown["referent"].nunique()
    assert more > 0 and f"{more} more things" in framings.terms.whole(tables).caption
    tall = pd.concat(
        [frame.head(1).assign(text=f"term {i}") for i in range(900)], ignore_index=True
    )
    assert chosen(tall, in_time(tables))["referent"].nunique() == 1


def test_a_term_stands_once_with_its_users():
    """The same term again for each article where there are many."""
    part = pd.DataFrame(
        {
            "text": ["Withdrawal", "withdrawal", "exit"] + ["withdrawal"] * 3,
            "article": list("abcdef"),
        }
    )
    terms = distinct(part)
    assert terms["text"].tolist() == ["Withdrawal", "exit"]
    assert terms["users"].tolist() == ["a, b, d and 2 more", "c"]
