"""Charts in a real browser: each mark and each label answers pointer, key and tap with the exact words, and asks nobody for them."""

from contextlib import contextmanager
from itertools import groupby

import pytest

from explainer.charts.figure import registry
from explainer.data.rows import book_rows, events_of
from explainer.data.tables import book
from explainer.paths import SITE
from explainer.words.quotations import inner

POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:"
CHAPTERS = {
    chapter: list(names)
    for chapter, names in groupby(sorted(registry()), lambda name: name.partition("_")[0])
}
_tabs = {}
FEW, SHOWN = 3, 12  # passages that a tooltip and the dialog show
POINT = """async (figure) => { const answers = [];
  for (const a of figure.querySelectorAll('svg a')) {
    if (!a.getClientRects().length) continue;
    a.dispatchEvent(new PointerEvent('pointerover', {bubbles: true, pointerType: 'mouse'}));
    await new Promise(done => setTimeout(done));
    const tip = document.getElementById('chart-tip');
    answers.push({rows: a.dataset.rows, text: tip && !tip.hidden ? tip.textContent : '', name: a.getAttribute('aria-label'), stop: a.tabIndex >= 0,
      kin: [...figure.querySelectorAll('svg a.kin')].filter(b => b.getClientRects().length).map(b => b.dataset.rows), dimmed: Boolean(a.closest('svg.dimmed'))});
  }
  return answers; }"""
# the marks that a finger's tap in the middle reaches: a thin line, or a mark below another, is reached elsewhere
FREE = """(figure) => [...figure.querySelectorAll('svg a:not([tabindex])')].filter(a => {
  if (!a.getClientRects().length) return false;
  a.scrollIntoView({block: 'center', behavior: 'instant'});
  const b = a.getBoundingClientRect();
  return a === document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2)?.closest('a') && (a.dataset.free = 'yes');
}).length"""
MISSED = """(figure) => { const missed = [], steps = [0.1, 0.3, 0.5, 0.7, 0.9];
  for (const a of figure.querySelectorAll('svg a')) {
    if (!a.getClientRects().length) continue;
    a.scrollIntoView({block: 'center', behavior: 'instant'});
    const b = a.getBoundingClientRect(), at = (x, y) => document.elementFromPoint(b.x + x * b.width, b.y + y * b.height)?.closest('a');
    const hits = steps.flatMap(x => steps.map(y => at(x, y)?.dataset.rows === a.dataset.rows || at(x, y)?.querySelector('path, rect'))).filter(Boolean); // of two marks of one day and value one lies below
    if (hits.length < 8) missed.push([hits.length, a.getAttribute('aria-label')]);
  }
  return missed; }"""

# what leads to the same rows as a link and lies under the tooltip
COVERED = """(a) => { const tip = document.getElementById('chart-tip').getBoundingClientRect();
  return [...a.ownerSVGElement.querySelectorAll('a')].filter((b) => { const own = b.getBoundingClientRect();
    return b.dataset.rows === a.dataset.rows && own.left < tip.right && own.right > tip.left && own.top < tip.bottom && own.bottom > tip.top;
  }).map((b) => b.textContent); }"""


@contextmanager
def opened(browser, chapter, width=1280, **options):
    """Open a chapter under the site's strict policy: the page, and lists of what is asked for and said from then on.

    One page for all chapters of a width and options, since each new one is a new process.
    """
    key = (browser, width, *sorted(options.items()))
    if key not in _tabs:
        page = browser.new_page(viewport={"width": width, "height": 900}, **options)
        _tabs[key] = page, *_heard(page)
    page, asked, said = _tabs[key]
    page.mouse.move(0, 0)
    page.goto(
        (SITE / ("index.html" if chapter == "index" else f"chapters/{chapter}.html")).as_uri()
    )
    page.wait_for_load_state("networkidle")
    asked.clear()
    said.clear()  # what the page itself says is the matter of test_browser.py
    yield page, asked, said


def _heard(page):
    """Guard the pages of a tab, and return the lists of what it asks for and says."""
    asked, said = [], []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    page.route(
        "**/*.html",
        lambda route: route.fulfill(content_type="text/html", body=_guarded(route.request.url)),
    )
    return asked, said


def _guarded(url):
    html = (SITE / url.split("/_build/html/")[1].partition("#")[0]).read_text(encoding="utf-8")
    return html.replace(
        "<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}">', 1
    )


def figure(page, name):
    """Return a figure of the page."""
    return page.locator(f"#fig-{name.replace('_', '-')}")


def words(ids):
    """Return what must stand in an answer for the rows with these ids: exact words, or the fact of the record."""
    rows = [book_rows()[i] for i in ids.split()]
    return [
        row.says if row.context else inner(row.words) for row in rows if row.words or row.context
    ]


def keys(ids):
    """Return what makes marks belong together: their rows, and what these speak of."""
    return {*ids.split(), *events_of(book(), ids.split())}


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_mark_and_label_answers(browser, chapter, width):
    """A mark or a label that is dead, under another, says another thing than its mark, lights up a stranger or asks for a file."""
    with opened(browser, chapter, width, has_touch=width == 360) as (page, asked, said):
        for name in CHAPTERS[chapter]:
            drawn = figure(page, name)
            assert drawn.evaluate(MISSED) == [], name
            answers = drawn.evaluate(POINT)
            assert answers and any(answer["stop"] for answer in answers)
            for answer in answers:
                ids = answer["rows"].split()
                first = next(other["name"] for other in answers if other["rows"] == answer["rows"])
                assert answer["text"].startswith(first), (name, answer)
                assert all(
                    text in answer["text"] for text in words(" ".join(ids[:FEW]))
                ) or not set(ids[:FEW]) <= set(book_rows()), (name, answer)
                assert answer["dimmed"] and sorted(answer["kin"]) == sorted(
                    other["rows"] for other in answers if keys(other["rows"]) & keys(answer["rows"])
                ), (name, answer)
            links = drawn.locator("svg:visible a[data-free]")
            assert drawn.evaluate(FREE)
            page.keyboard.press("Escape")  # the last tooltip, which may lie over the first mark
            if width == 360:
                links.first.scroll_into_view_if_needed()
                links.first.tap(force=True)
            else:
                links.first.focus()
                page.keyboard.press("Tab")
                page.keyboard.press("Shift+Tab")
                page.locator("#chart-tip").wait_for()
                page.keyboard.press("Enter")
            dialog = page.locator("dialog.evidence")
            dialog.wait_for()
            shown = links.first.get_attribute("data-rows")
            first = " ".join(shown.split()[:SHOWN])
            assert all(text in dialog.text_content() for text in words(first))
            page.keyboard.press("Escape")
            page.wait_for_function(
                "rows => document.activeElement.dataset.rows === rows", arg=shown
            )
            page.keyboard.press("Escape")  # the tooltip of the mark that has the focus again
        assert not [url for url in asked if "favicon" not in url] and not said


def test_a_tap_in_the_middle_of_a_label_opens_it(browser):
    """A finger between two lines of a label that hits the paper behind them."""
    with opened(browser, "longline", 390, has_touch=True) as (page, *_):
        labels = figure(page, "longline_iraq").locator("svg:visible a:has(text tspan)")
        assert labels.count() > 5
        for label in labels.all():
            label.evaluate("a => a.scrollIntoView({block: 'center', behavior: 'instant'})")
            label.tap(force=True)
            page.locator("dialog.evidence").wait_for()
            page.keyboard.press("Escape")


def test_tooltip_stays_in_reach_and_goes(browser):
    """A tooltip that a reader cannot move onto, that is not tied to its mark, or that does not go."""
    with opened(browser, "troops") as (page, *_):
        link, tip = page.locator("figure.chart svg:visible a").first, page.locator("#chart-tip")
        link.hover(force=True)
        tip.wait_for()
        assert link.get_attribute("aria-describedby") == "chart-tip"
        tip.hover()
        page.wait_for_timeout(400)
        assert tip.is_visible()
        page.keyboard.press("Escape")
        assert not tip.is_visible()


def test_tooltip_covers_nothing_that_it_explains(browser):
    """A tooltip over its mark or over its words; a frame that the next mark cuts."""
    with opened(browser, "ground") as (page, *_):
        for link in figure(page, "ground_places").locator("svg:visible a:has(text)").all():
            page.keyboard.press("Escape")
            link.hover(force=True)
            page.locator("#chart-tip").wait_for()
            assert link.evaluate(COVERED) == []
            assert link.evaluate("a => a.ownerSVGElement.lastElementChild.className.baseVal") == (
                "frame"
            )


def test_tooltip_of_several_rows_says_how_many(browser):
    """A mark that stands for several passages and shows one as if it were all."""
    with opened(browser, "timeline") as (page, *_):
        links = figure(page, "timeline_year").locator("svg:visible a:not([tabindex])")
        many = next(
            link for link in links.all() if len(link.get_attribute("data-rows").split()) > FEW
        )
        rows = many.get_attribute("data-rows").split()
        many.hover(force=True)
        page.locator("#chart-tip").wait_for()
        text = page.locator("#chart-tip").text_content()
        assert f"{len(rows)} passages" in text and f"and {len(rows) - FEW} more" in text
        many.click(force=True)
        page.locator("dialog.evidence").wait_for()
        assert page.locator("dialog.evidence section").count() == len(rows)


def test_text_and_chart_light_each_other_up(browser):
    """A row that stays dark in the text or in another chart; an article whose marks do; a highlight that does not go."""
    with opened(browser, "troops") as (page, *_):
        links = page.locator("figure.chart svg:visible a:not([tabindex])")
        named = {link.get_attribute("data-rows").split()[0]: link for link in links.all()}
        # in sight: a note in the folded glossary may have the row, too
        proofs = 'p a.numeral{0}:is([href$="#{1}"], [data-rows~="{1}"]):visible'
        row = next(i for i in named if page.locator(proofs.format("", i)).count())
        named[row].hover(force=True)
        page.locator(proofs.format(".kin", row)).first.wait_for()
        page.wait_for_timeout(300)

        def opacity(link):
            return float(link.evaluate("a => getComputedStyle(a).opacity"))

        others = [
            link for link in named.values() if "kin" not in (link.get_attribute("class") or "")
        ]
        assert opacity(named[row]) == 1 and others and max(map(opacity, others)) < 0.5
        source = page.locator("figure.chart .sources a").first
        source.hover()
        article = source.get_attribute("href").partition("#")[2]
        lit = {i for i, link in named.items() if "kin" in (link.get_attribute("class") or "")}
        assert lit == {i for i in named if article in (book_rows()[i].source_id, i)}
        page.mouse.move(2, 2)
        page.wait_for_timeout(400)
        assert not page.locator(".kin").count() and not page.locator("svg.dimmed").count()
