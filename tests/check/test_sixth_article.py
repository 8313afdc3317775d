"""New articles, from text to built site, by what a curator types: the guide's own and three of other make. No Python."""

import csv
import re
from html import unescape
from pathlib import Path

import pytest
import typed
from bs4 import BeautifulSoup
from repository import copied, run

from explainer.check import coverage
from explainer.check import run as check_run
from explainer.data.manifest import pages
from explainer.data.tables import load
from explainer.paths import ROOT
from explainer.words.numbers import numbers
from explainer.words.sources import labels

pytestmark = pytest.mark.slow  # each test stands on the copy of the book that has taken them in
SCRIPTS = typed.scripts()
SOURCES = [script.source for script in SCRIPTS]


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    """Return a copy that has taken the articles in, one after the other, to a green end."""
    tree = copied(tmp_path_factory.mktemp("sixth") / "book")
    for script in SCRIPTS:
        assert "cells are open" in typed.draft(tree, script)
        assert typed.open_cells(tree)
        typed.decide(tree, script)
    run(tree, "-m", "explainer", "article", "--articles", tree.parent / "articles")
    return tree


@pytest.fixture(scope="module")
def built(tree) -> str:
    """Build the site from it, and return what the build says."""
    return run(tree, "-m", "explainer", "build")


@pytest.fixture(scope="module")
def page(tree, built):
    """Return a function from the name of a page to its HTML."""
    site = tree / "_build/html"
    return lambda name: unescape((site / f"{name}.html").read_text(encoding="utf-8"))


def test_nothing_is_open(tree):
    """A cell that the script does not decide, or a row without its number."""
    assert typed.open_cells(tree) == []


def test_the_site_is_whole(tree, built):
    """Rows that the scripts make and the check refuses; a dead link, a page that was not built, a mark that leads to no row."""
    assert f"from {len(load(tree / 'data').sources)} articles verified" in built
    assert "every link and anchor leads somewhere" in built


@pytest.fixture(scope="module")
def data(tree):
    """Return its data with the texts of the articles."""
    data, problems = check_run.load(tree / "data", tree.parent / "articles")
    assert not problems
    return data, coverage.audit(data)


@pytest.mark.parametrize("source", SOURCES)
def test_nothing_of_an_article_is_left_out(tree, data, source):
    """A number, date or quotation without a row, or a count that the audit does not make."""
    found = [f for f in data[1] if f.source_id == source]
    assert found and all(f.covered for f in found)
    counted = (tree / "data/coverage.csv").read_text(encoding="utf-8").splitlines()
    own = [line for line in counted if line.startswith(source)]
    assert coverage.table(found, [source]).splitlines()[1:] == own


def test_a_file_that_did_not_change_stays(tree):
    """A row of another article that a draft rewrites."""
    for path in sorted((ROOT / "data").glob("*.csv")):
        before = path.read_text(encoding="utf-8").splitlines()
        after = (tree / "data" / path.name).read_text(encoding="utf-8").splitlines()
        if path.stem != "coverage":
            assert [line for line in after if line in set(before)] == before, path.name


def test_the_articles_pass_letter_by_letter(tree, articles, tmp_path):
    """An article that fits its fingerprint but not the full-text check."""
    for text in (*articles.glob("*.txt"), *(tree.parent / "articles").glob("*.txt")):
        (tmp_path / text.name).write_bytes(text.read_bytes())
    run(tree, "-m", "explainer", "check", "--articles", tmp_path)
    assert "0 uncovered" in run(tree, "-m", "explainer", "audit", "--articles", tmp_path)


def test_prose_counts_them(tree, page):
    """A sentence that still counts those of before."""
    after, before = (numbers(load(root / "data"))["articles"].text for root in (tree, ROOT))
    told = []
    for name in pages():
        source = (tree / f"{name}.md").read_text(encoding="utf-8")
        text = " ".join(BeautifulSoup(page(name), "html.parser").get_text().split())
        for behind in re.findall(r"\{glue:\}`articles` ([\w ]+)", source):
            told.append(behind)
            assert f"{after} {behind}" in text and f"{before} {behind}" not in text, name
    assert told


def test_no_sentence_breaks(page):
    """A value for one article that became a table of two."""
    for name in pages():
        assert "dtype:" not in page(name) and "Name: outlet" not in page(name), name


def cells(path: Path) -> set[str]:
    """Return all cells of a figure's table."""
    return {c for row in csv.reader(path.read_text(encoding="utf-8").splitlines()) for c in row}


@pytest.mark.parametrize("source", SOURCES)
def test_charts_draw_it(tree, source):
    """An article that fewer charts show than show each of those before."""
    before, after = labels(load(ROOT / "data")), labels(load(tree / "data"))
    everywhere = [p for p in (ROOT / "figures").glob("*.csv") if set(before.values()) <= cells(p)]
    drawn = [p.name for p in everywhere if after[source] in cells(tree / "figures" / p.name)]
    assert len(drawn) >= 2, (drawn, everywhere)


@pytest.mark.parametrize("script", SCRIPTS, ids=SOURCES)
def test_its_rows_stand_on_a_page_of_its_own(data, page, script):
    """A row without its place, or a speaker who is on no page."""
    source = script.source
    html = page(f"evidence/{source}")
    own = [
        row.key
        for name, rows in data[0].tables.items()
        for row in rows
        if name not in ("coverage", "sources") and row.get("source_id") == source
    ]
    assert own and not [key for key in own if f'<li id="{key}">' not in html]
    people = page("chapters/people")
    assert all(p["name"] in people for p in data[0].tables["people"] if p["source_id"] == source)
