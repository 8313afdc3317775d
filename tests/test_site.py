"""The built site: pages, links, anchors, and the promise that each shown number leads to its words."""

import re
from html import unescape
from pathlib import Path

import pytest

from explainer.figures import registry
from explainer.guard import pages, problems
from explainer.numbers import numbers
from explainer.rows import book_rows
from explainer.tables import book

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build/html"


@pytest.fixture(scope="module", autouse=True)
def built():
    """Fail, not skip, where the site was not built: `make test` builds it first."""
    assert (SITE / "index.html").is_file(), "no site: run 'make book'"


def page(name: str) -> str:
    """Return a page's HTML."""
    return (SITE / f"{name}.html").read_text(encoding="utf-8")


def test_pages_links_and_anchors():
    """A page that is missing, a link that leads nowhere, a thing from another host."""
    assert not list(problems(SITE))


@pytest.mark.parametrize("name", pages())
def test_numbers_in_prose_are_those_of_the_data(name):
    """A page built from older data, a number whose link lies."""
    made = {(value.rows[0] if len(value.rows) == 1 and not value.how else f"num-{key}", value.text) for key, value in numbers(book()).items()}
    shown = re.findall(r'<a class="number" href="[^"#]*#([^"]+)">([^<]*)</a>', page(name))
    assert not [pair for pair in shown if (pair[0], unescape(pair[1])) not in made]
    assert len(shown) >= 1 or name in ("chapters/data",)


@pytest.mark.parametrize("name", pages())
def test_one_title_one_header_one_search(name):
    """Two headers with a search box each, as an unpinned theme shows them; a page without its own title."""
    html = page(name)
    assert len(re.findall(r'<h1>[^<]*<a class="headerlink"', html)) == 1  # the theme prints another one on paper
    assert '<header class="bd-header' not in html
    assert re.search(r"<title>[^<]*Staying or Leaving", html) and 'name="description"' in html


def test_each_figure_stands_in_its_chapter():
    """A figure that was not drawn into its page."""
    for name in registry():
        chapter = name.partition("_")[0]
        html = page("index" if chapter == "index" else f"chapters/{chapter}")
        assert html.count(f'id="fig-{name.replace("_", "-")}"') == 1
        assert html.count('<div class="wide"><svg') >= 1


def test_evidence_page_holds_the_words():
    """An anchor without the words it promises."""
    html = unescape(page("chapters/evidence"))
    missing = [row.id for row in book_rows().values() if row.words and row.table != "sources"
               and not re.search(rf'<li id="{row.id}"><q class="words">', html)]
    assert not missing


def test_downloads_are_the_files_of_the_repository():
    """A download that differs from what was checked."""
    for folder in ("data", "figures"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                assert (SITE / folder / path.relative_to(ROOT / folder)).read_bytes() == path.read_bytes()


def test_no_article_stands_in_the_site():
    """More of an article than the evidence: run by the curator's own tool where the texts are; here the limit holds."""
    for row in book_rows().values():
        assert len(row.words.split()) <= 41
