"""Whose words, and which words: counts agree with the evidence, layouts hold with many articles and statements."""

import re
from dataclasses import replace
from xml.etree import ElementTree as Tree

import pytest

from explainer.charts import framings
from explainer.charts.figure import svg
from explainer.data.evidence import words
from explainer.data.tables import book

COPIED = ("statements", "wording")


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_every_row_is_a_link(drawn, canvas):
    """A row that is listed beside the chart and cannot be reached from its mark."""
    plate = drawn(framings.voices)
    linked = set(re.findall(r'#([\w-]+)"', svg(plate.spec(canvas))))
    rows = (
        plate.data[plate.data["Quoted words"] > 0] if "Quoted words" in plate.data else plate.data
    )
    assert set(rows["row"]) <= linked


def test_finding_follows_the_data(drawn):
    """A title that stays when the data changes."""
    tables = book()
    last = tables.sources["source_id"].iloc[-2]
    fewer = replace(
        tables, **{name: (f := getattr(tables, name))[f["source_id"] != last] for name in COPIED}
    )
    assert drawn(framings.voices).finding != framings.voices(fewer).finding


@pytest.mark.parametrize(
    ("articles", "times"), [(1, 1), (7, 1), (30, 1), pytest.param(30, 17, marks=pytest.mark.slow)]
)
def test_holds_with_many(copies, fits, articles, times):
    """A drawing that breaks or grows wider than its canvas with 30 articles or 2,000 statements."""
    assert fits(framings.voices.whole(copies(COPIED, articles, times)))


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


def test_a_side_and_all_add_up(drawn):
    """A heading that is not the sum of the bars below it, or of another whole."""
    parts = framings.rows(framings.quoted(book()))
    for panel, rows in parts.groupby("panel"):
        side, number, _, total, _ = panel.replace(" · ", "·").replace("·", " · ").rsplit(maxsplit=4)
        assert (int(number), int(total)) == (rows["words"].sum(), parts["words"].sum()), side
    assert f"Of {parts['words'].sum()} quoted words" in drawn(framings.voices).finding


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_who_quotes_nobody_says_so(drawn, exported, canvas):
    """A report of the title's that no bar and no number stands for."""
    frame = framings.quoted(book())
    silent = frame.groupby(["article", "side_label"], observed=True)["words"].sum().eq(0).sum()
    drawing = Tree.fromstring(exported(drawn(framings.voices), canvas))
    labels = [text for text in drawing.itertext() if text.strip() == "0"]
    assert len(labels) >= silent > 0
    words = frame.groupby("article")["words"].sum()
    for name in words.index[words.eq(0)]:  # it has none at all, says the count over its text
        found = book().coverage.query("kind == 'quotation' and found == 0")["source_id"]
        assert set(frame.loc[frame["article"].eq(name), "source_id"]) <= set(found)
        assert all(
            name in text
            for text in (drawn(framings.voices).finding, drawn(framings.voices).caption)
        )
