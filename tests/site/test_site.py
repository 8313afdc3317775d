"""The built site: pages, links, anchors, and the promise that each shown number leads to its words."""

import json
import re
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
import yaml
from structured import faults

from explainer.charts.figure import registry
from explainer.data.dataset import DESCRIPTOR
from explainer.data.manifest import SAID, pages, published
from explainer.data.rows import book_rows, rows
from explainer.data.tables import book
from explainer.pages import prose
from explainer.pages.corrections import edition
from explainer.pages.evidence import counted
from explainer.paths import ROOT, SITE
from explainer.site.document import Site, parse, parts, text_of
from explainer.site.link_checker import problems
from explainer.site.publish import address as site
from explainer.site.publish.redirects import REDIRECTS
from explainer.words.numbers import numbers
from explainer.words.quotations import inner
from explainer.words.sources import in_time


@pytest.fixture(scope="module", autouse=True)
def built():
    """Fail, not skip, where the site was not built: `make test` builds it first."""
    assert (SITE / "index.html").is_file(), "no site: run 'make book'"


def page(name: str) -> str:
    """Return a page's HTML."""
    return (SITE / f"{name}.html").read_text(encoding="utf-8")


def test_pages_links_and_anchors():
    """A page that is missing, a link that leads nowhere, a thing from another host."""
    assert not list(problems(Site(SITE)))


@pytest.mark.parametrize("name", pages())
def test_numbers_in_prose_are_those_of_the_data(name):
    """A page built from older data, a number without its proof."""
    article = next(parse(page(name)).iter("article"))
    for notes in article.find_class("notes"):
        notes.drop_tree()
    text = text_of(article)
    marked = article.find_class("numeral")
    proved = {
        row for e in marked for row in (e.get("data-rows") or e.get("href").split("#")[1]).split()
    }
    for key, value in numbers(book(), prose.named(Path(name).name)).items():
        assert value.text in text and prose.place(key, value) in proved, key


@pytest.mark.parametrize("name", published())
def test_each_page_says_when(name):
    """A page that does not say when it was published and corrected, and how far its sources reach."""
    [line] = parse(page(name)).find_class("edition")
    assert text_of(line) == text_of(parts(edition(book())))
    assert line.xpath("ancestor::article") and line.xpath("count(a)") == 3


@pytest.mark.parametrize("name", published())
def test_one_title_one_header_one_search(name):
    """Two headers with a search box each, as an unpinned theme shows them; a page without its own title."""
    html = page(name)
    assert (
        len(re.findall(r'<h1>[^<]*<a class="headerlink"', html)) == 1
    )  # the theme prints another one on paper
    assert '<header class="bd-header' not in html
    assert re.search(r"<title>[^<]*Staying or Leaving", html) and 'name="description"' in html


@pytest.mark.parametrize("name", published())
def test_no_markdown_is_left(name):
    """A backtick that a reader sees: a code of a description that was taken for plain text."""
    text = re.sub(r"(?s)<(script|style|pre|code|svg)\b.*?</\1>", "", page(name))
    assert "`" not in re.sub(r"<[^>]+>", "", text)


def test_each_figure_stands_in_its_chapter():
    """A figure that was not drawn into its page."""
    for name in registry():
        chapter = name.partition("_")[0]
        html = page("index" if chapter == "index" else f"chapters/{chapter}")
        assert html.count(f'id="fig-{name.replace("_", "-")}"') == 1
        assert html.count('<div class="wide"><svg') >= 1


def test_evidence_pages_hold_the_words():
    """An anchor without the words it promises, or with other words; a page without its article's name, day or neighbours."""
    for source, article in book().sources.set_index("source_id").iterrows():
        html = unescape(page(f"evidence/{source}"))
        missing = [
            row.id
            for row in book_rows().values()
            if row.source_id == source
            and row.words
            and row.table != "sources"
            and f'<li id="{row.id}"><span class="words">“{inner(row.words)}”</span>' not in html
        ]
        assert not missing
        assert f"<title>{article['outlet']}: {article['headline']} — The evidence" in html
        assert 'class="left-prev"' in html or 'class="right-next"' in html


def test_markup_that_validators_ask_for():
    """A caption in the middle of its figure, a label without a role, one of two fields, a form without a button or a button without a name."""
    for name, tree in Site(SITE).pages.items():
        for figure in tree.iter("figure"):
            children = [child.tag for child in figure]
            assert "figcaption" in (children[0], children[-1]), name
        assert not tree.xpath("//pre[@aria-label][not(@role)]"), name
        assert not tree.xpath("//label[count(.//input | .//output | .//select) > 1]"), name
        assert not tree.xpath("//form[not(.//button[@type='submit'])]"), name
        for button in tree.iter("button"):
            assert button.get("type") and (
                button.get("aria-label") or button.text_content().strip()
            ), name


def test_quotation_marks_are_text():
    """Words whose marks a style sheet writes: who copies a denial pastes it without them, as if the book had said it."""
    assert not re.search(
        "open-quote|quotes:|“|”", (SITE / "_static/site.css").read_text(encoding="utf-8")
    )
    assert not [name for name in published() if re.search(r"<q[ >]", page(name))]


def test_every_page_of_an_article_is_of_an_article():
    """A page of an article that is no more, or one that the guard does not know of."""
    assert sorted(f"evidence/{path.stem}" for path in (SITE / "evidence").glob("*.html")) == sorted(
        set(published()) - set(pages())
    )


def test_the_download_has_every_row_at_its_address():
    """A row that `rows.csv` leaves out, or whose address there leads nowhere; a count of other rows than `numbers.csv` says."""
    held = pd.read_csv(SITE / "evidence/rows.csv", keep_default_na=False)
    assert list(held["id"]) == [row.id for row in rows(book()).values()]
    for address_, part in held.groupby(held["address"].str.partition("#")[0])["address"]:
        html = page(address_.removesuffix(".html"))
        assert not [a for a in part if f'id="{a.partition("#")[2]}"' not in html]
    behind = pd.read_csv(SITE / "evidence/numbers.csv", keep_default_na=False)
    assert {key: tuple(filter(None, part)) for key, part in behind.groupby("number")["row"]} == {
        key: n.rows for key, n in counted(book()).items()
    }


def test_the_script_has_every_row_once():
    """A row that the dialog cannot show, or a file of an article that is no more."""
    files = {
        path.stem: json.loads(
            path.read_text(encoding="utf-8").partition("]=")[2].removesuffix(";\n")
        )
        for path in (SITE / "_static/rows").glob("*.js")
    }
    where, counted, order = files.pop("where"), files.pop("numbers"), files.pop("articles")
    assert order == [*in_time(book())["source_id"], "record"]
    assert set(files) == {*book().sources["source_id"], "record"} == set(where)
    held = [row for told in files.values() for row in told["rows"]]
    assert sorted(held) == sorted(
        row.id
        for row in book_rows().values()
        if row.table not in ("events", "places", "topics", "agreement", "corrections")
    )
    assert {i for ids in where.values() for i in ids} == {*held, *book().events["event_id"]}
    shown = {
        anchor
        for name in pages()
        for anchor in re.findall(
            r'[" #](num-[\w-]+)(?=[" ])', re.sub(r'id="[^"]+"', "", page(name))
        )
    }
    assert (
        set(counted["groups"])
        == shown
        == set(re.findall(r'<li id="(num-[^"]+)">', page("chapters/evidence")))
    )


def test_downloads_are_the_files_of_the_repository():
    """A download that differs from what was checked."""
    for folder in ("data", "figures"):
        for path in (ROOT / folder).rglob("*"):
            # the descriptor says more where it is published; what is said at charts is the check's
            if path.is_file() and path.name not in (DESCRIPTOR, SAID):
                assert (
                    SITE / folder / path.relative_to(ROOT / folder)
                ).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", pages())
def test_each_page_says_what_it_is(name):
    """Structured data or a preview that is missing, stands twice or lacks what its readers require."""
    head = page(name).partition("</head>")[0]
    assert not list(
        faults(
            [
                json.loads(text)
                for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', head)
            ]
        )
    )
    for tag in (
        'property="og:title"',
        'property="og:description"',
        'name="twitter:card"',
        'name="description"',
    ):
        assert head.count(tag) == 1, tag
    assert (
        head.count('rel="canonical"')
        == head.count('property="og:url"')
        == head.count('property="og:image"')
        == bool(site.address())
    )


def test_what_stands_beside_the_pages():
    """A site without its page for unknown addresses or its redirects; a feed or sitemap without an address, or none with one."""
    assert (SITE / "robots.txt").is_file() and page("404").count('name="description"') == 1
    assert all((SITE / old).is_file() for old in yaml.safe_load(REDIRECTS.read_text()))
    assert (SITE / "sitemap.xml").is_file() == (SITE / "feed.xml").is_file() == bool(site.address())


def test_no_article_stands_in_the_site():
    """More of an article than the evidence: run by the curator's own tool where the texts are; here the limit holds."""
    for row in book_rows().values():
        assert len(row.words.split()) <= 41
