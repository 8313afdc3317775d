"""The site in a real browser: silent, private, no wider than the screen, no text over text, proof in one click."""

import re

import pytest
from test_every_page import COLLIDE

from explainer.charts.figure import registry
from explainer.data.rows import address, book_rows, rows
from explainer.data.tables import book
from explainer.paths import SITE


def test_chart_alone(browser):
    """A chart that another page shows, or a downloaded drawing: words cut off or over each other, without Arial too."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    for name in (
        f"{chart}{end}" for chart in registry() for end in (".html", ".svg", "_narrow.svg")
    ):
        page.goto((SITE / "figures" / name).as_uri())
        assert page.locator("svg text").count(), name
        assert not page.evaluate(COLLIDE.replace("figure.chart svg", "svg")), name
    page.close()


@pytest.mark.parametrize("name", ["chapters/framings", "chapters/method", "chapters/people"])
def test_a_stacked_table_hides_no_column(browser, name):
    """A table of words on a phone, of which a reader sees two columns."""
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto((SITE / f"{name}.html").as_uri())
    boxes = page.locator(".scroll:has(table:is(.stacked, .terms))")
    assert boxes.count()
    assert boxes.evaluate_all("all => all.every(box => box.scrollWidth <= box.clientWidth)")
    heads = page.locator("table.terms tbody th")  # of a thing, over all its terms
    assert heads.evaluate_all(
        "all => all.every(e => e.offsetWidth >= e.closest('.scroll').clientWidth - 2)"
    )
    page.close()


def test_one_click_leads_to_the_words(browser):
    """The promise: from a number on the landing page, one click, to the exact words on the screen."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto((SITE / "index.html").as_uri())
    links = page.locator("a.numeral, a.number, a.proof, figure.chart svg a").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    proved = re.compile(r"evidence/[a-z0-9-]+\.html#|chapters/evidence\.html#num-|#note-\d")
    assert len(links) > 20 and all(map(proved.match, links))
    several = [link for link in links if link[0] == "#"]
    assert several
    for link in [*links[:5], *several[:2]]:
        page.goto((SITE / "index.html").as_uri())
        page.locator(f'a[href="{link}"]:visible').first.click()
        anchor = page.url.split("#")[1]
        words = ".words", ".from a", "a[href*='evidence/']"
        assert page.locator(", ".join(f'[id="{anchor}"] {w}' for w in words)).first.is_visible()
    context.close()


def test_a_panel_says_where_an_error_is_reported(browser):
    """A panel without a way to report, with a form that names another row, or that leads nowhere."""
    index = (SITE / "index.html").as_uri()
    html = (SITE / "index.html").read_text(encoding="utf-8")
    form = '<meta name="report" content="https://example.org/new?row=ROW">'
    for head, leads in (("", "/chapters/corrections.html#report-an-error"), (form, "?row={}")):
        page = browser.new_page()
        page.route(
            index,
            lambda r, *_, h=head: r.fulfill(
                content_type="text/html", body=html.replace("<head>", f"<head>{h}", 1)
            ),
        )
        page.goto(index)
        page.locator("a.numeral[data-rows]").first.click()
        ways = page.locator("dialog.evidence .ways")
        ways.first.wait_for()
        assert ways.count() > 1
        for way in ways.all():
            row = way.locator("text=In the data").get_attribute("href").partition("#")[2]
            link = way.locator("text=Report an error").get_attribute("href")
            assert link.endswith(leads.format(row))
        page.close()


FOCUSED = "e => e === document.activeElement"
COPIED = """[...document.querySelectorAll('article .words')].filter(e => e.checkVisibility()).map(e => { getSelection().selectAllChildren(e.parentNode); return [String(getSelection()), e.textContent]; })"""


@pytest.mark.parametrize("name", ["evidence/rudaw-2024-01", "index", "chapters/against"])
def test_copied_words_keep_their_marks(browser, name):
    """Exact words that are pasted without their quotation marks."""
    page = browser.new_page()
    page.goto((SITE / f"{name}.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    copied = page.evaluate(COPIED)
    assert copied and all(
        words in text and words[0] == "“" and words[-1] == "”" for text, words in copied
    )
    page.close()


@pytest.fixture
def evidence(browser):
    """Return the evidence page, in which an error of a script fails the test."""
    page, said = browser.new_page(viewport={"width": 1280, "height": 800}), []
    page.on("pageerror", lambda e: said.append(str(e)))
    page.goto((SITE / "chapters/evidence.html").as_uri())
    yield page
    page.close()
    assert not said


def test_an_old_address_leads_on(evidence):
    """A permanent address of before, of a row on the one evidence page, that leads nowhere."""
    for row in ("stm-0042", "trp-0001", "ryder", "joint-statement-2024-09"):
        evidence.goto(f"{(SITE / 'chapters/evidence.html').as_uri()}#{row}")
        evidence.wait_for_url(re.compile(rf"/evidence/[a-z0-9-]+\.html#{row}$"))
        assert evidence.locator(f'[id="{row}"] .words').first.is_visible(), row


def test_search_finds_rows_of_every_article(evidence):
    """A search that leaves an article out, shows all there is without a word of it, or leads elsewhere than to the row."""
    box, found = evidence.locator(".filter input"), evidence.locator(".found > li")
    sources = evidence.locator("ul.articles > li").evaluate_all("all => all.map(li => li.id)")
    box.fill("iraq")
    evidence.get_by_text("found, best matches first").wait_for()
    assert found.count() == 20
    evidence.get_by_role("button", name="Show more").click()
    assert found.count() == 40 and found.nth(20).locator("a").evaluate(FOCUSED)
    for source in sources:
        row = next(
            r for r in rows(book()).values() if r.source_id == source and r.table == "statements"
        )
        box.fill(f"{row.id} {row.words.split()[1]}")
        evidence.get_by_text(
            "1 found", exact=True
        ).wait_for()  # the link may stand among the 50 of before
        evidence.locator(f'.found a[href$="/evidence/{source}.html#{row.id}"]').wait_for()
        assert found.count() == 1 and row.words[:10] in found.inner_text()
    box.fill("xyzzyx")
    evidence.get_by_text("Nothing found.").wait_for()
    box.fill("")
    found.first.wait_for(state="detached")


def test_search_folds_what_is_typed_as_the_rows(evidence):
    """Words typed on a keyboard that miss rows, which are set with other marks, or find others than the same words as printed."""
    box, found, told = (
        evidence.locator(".filter input"),
        evidence.locator(".found > li"),
        evidence.locator(".filter output"),
    )
    for typed in (
        ("2,500", "2500", "2\u202f500", "2’500"),
        ("Washington’s", "Washington's", "WASHINGTONS", "washington`s"),
        ("“no plans”", '"no plans"', "«no plans»", "„No Plans“"),
        ("US-led", "us–led", "us\u2011led"),
        ("Sudani", "Sudání", "SUDANI"),
    ):
        answers = []
        for query in typed:
            box.fill("")
            found.first.wait_for(state="detached")
            box.fill(query)
            found.first.wait_for()
            answers.append((told.text_content(), found.all_text_contents()))
        assert all(answer == answers[0] for answer in answers), typed
        if " " in typed[0]:
            assert all("no plans" in text.lower() for text in answers[0][1])


def test_rows_are_there_for_other_scripts(evidence):
    """`bookProof` without the words behind a row, an event or a counted number."""
    row = book_rows()["trp-0001"]
    at = [address(book(), i) for i in (row.id, "joint-statement-2024-09", "num-troops_iraq")]
    of = "at => bookProof.rows(Object.assign(document.createElement('a'), {href: at}))"
    told = evidence.evaluate(of, at[0])
    assert (
        told[0]["words"] == row.words
        and told[0]["source"] == row.source_id
        and told[0]["address"].endswith(at[0].removeprefix(".."))
    )
    assert told[0]["outlet"] and told[0]["date"] and told[0]["url"].count("#:~:text=") == 1
    both = [r for one in at for r in evidence.evaluate(of, one)]
    assert len(both) > 3 and all(r["words"] for r in both)
    assert evidence.evaluate(of, "../evidence/rt-2024-09.html#constructor") == []
