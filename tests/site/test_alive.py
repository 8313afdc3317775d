"""Charts in a real browser: nothing is loaded before a reader reaches; then they respond, in place, and lead to the words."""

from contextlib import contextmanager

import pytest

from explainer.charts.figure import registry
from explainer.data.rows import book_rows
from explainer.pages.prose import inner
from explainer.paths import SITE

POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:"
WATCH = """() => { window.seen = {shift: 0, broken: [], styles: 0};
  new PerformanceObserver(list => list.getEntries().forEach(e => { seen.shift += e.value; })).observe({type: 'layout-shift'});
  document.addEventListener('securitypolicyviolation', e => seen.broken.push(e.violatedDirective + ' ' + e.blockedURI)); }"""
WAKE = """async ([id, canvas]) => {
  const box = document.querySelector(`#${id} .${canvas}`), size = () => JSON.stringify(box.querySelector('svg').getBoundingClientRect());
  const links = () => JSON.stringify([...box.querySelectorAll('svg a')].map(a => [a.getAttribute('href'), a.getAttribute('aria-label')]));
  const before = [size(), links()], styles = document.querySelectorAll('style').length;
  box.dispatchEvent(new PointerEvent('pointerover', {bubbles: true, pointerType: 'mouse'}));
  for (let i = 0; i < 400 && !box.querySelector('svg.alive'); i++) await new Promise(done => setTimeout(done, 50));
  const svg = box.querySelector('svg'), named = name => document.getElementById(svg.getAttribute('aria-' + name))?.textContent;
  return {alive: svg.classList.contains('alive'), size: size() === before[0], links: links() === before[1],
          named: Boolean(named('labelledby') && named('describedby')), styles: document.querySelectorAll('style').length - styles};
}"""
every = pytest.mark.parametrize("name", sorted(registry()))
INK = "a => getComputedStyle(a.querySelector('path, text')).fill"


@contextmanager
def opened(
    browser, chart="troops_reported", width=1280, blocked=(), changed=(), policy=False, **options
):
    """Open the page of a chart: the page, its figure, and lists of what was asked for and said."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    for pattern in blocked:
        page.route(pattern, lambda route: route.abort())
    for old, new in changed:
        page.route(
            "**/charts/*.js",
            lambda route: route.fulfill(
                content_type="text/javascript", body=_read(route.request.url).replace(old, new)
            ),
        )
    if policy:
        page.route(
            "**/*.html",
            lambda route: route.fulfill(content_type="text/html", body=_guarded(route.request.url)),
        )
    chapter = chart.partition("_")[0]
    page.goto(
        (SITE / ("index.html" if chapter == "index" else f"chapters/{chapter}.html")).as_uri()
    )
    page.wait_for_load_state("networkidle")
    page.evaluate(WATCH)
    said.clear()  # what the page itself says is the matter of test_browser.py
    page.figure = page.locator(f"#fig-{chart.replace('_', '-')}")
    yield page, asked, said
    context.close()


def _guarded(url):
    return _read(url).replace(
        "<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}">', 1
    )


def _read(url):
    return (SITE / url.split("/_build/html/")[1].partition("#")[0]).read_text(encoding="utf-8")


def alive(page):
    """Point at the figure, wait until it responds, return its links."""
    page.figure.locator("svg:visible").first.scroll_into_view_if_needed()
    page.figure.locator("svg:visible").first.hover(position={"x": 5, "y": 5})
    page.figure.locator("svg.alive:visible").wait_for(timeout=30_000)
    return page.figure.locator("svg:visible a")


def row_of(link):
    """Return the row that a link leads to."""
    return book_rows()[link.get_attribute("href").partition("#")[2]]


@every
@pytest.mark.parametrize("width", [360, 1280])
def test_every_figure_comes_alive(browser, name, width):
    """A chart that Vega draws otherwise than the page, elsewhere, with eval, with a style of its own, or not without noise."""
    with opened(browser, name, width, policy=True) as (page, asked, said):
        for canvas in ("wide", "narrow"):
            assert page.evaluate(WAKE, [f"fig-{name.replace('_', '-')}", canvas]) == {
                "alive": True,
                "size": True,
                "links": True,
                "named": True,
                "styles": 0,
            }
        seen = page.evaluate("seen")
        assert not said and not seen["broken"] and not seen["shift"]
        assert not [url for url in asked if not url.startswith(("file:", "data:"))]


def test_nothing_is_loaded_before_a_reader_reaches(browser):
    """Vega on a page where nobody asked for it, or twice, or for a finger that only swipes past."""
    with opened(browser) as (page, asked, _):
        loaded = lambda: [url for url in asked if "vega.js" in url]
        page.mouse.wheel(0, 200)
        page.evaluate(
            "document.querySelector('figure.chart svg').dispatchEvent(new PointerEvent('pointerover', {bubbles: true, pointerType: 'touch'}))"
        )
        page.wait_for_timeout(300)
        assert not loaded()
        alive(page)
        page.set_viewport_size({"width": 400, "height": 900})
        alive(page)
        assert len(loaded()) == 1


def test_tooltip_has_the_exact_words(browser):
    """A tooltip without the words, out of reach, or one that does not go."""
    with opened(browser) as (page, *_):
        link, tip = alive(page).first, page.locator("#chart-tip")
        link.hover(force=True)
        tip.wait_for()
        assert inner(row_of(link).words) in tip.text_content()
        assert link.get_attribute("aria-describedby") == "chart-tip"
        tip.hover()
        page.wait_for_timeout(400)
        assert tip.is_visible()
        page.keyboard.press("Escape")
        assert not tip.is_visible()


def test_tooltip_of_several_rows_says_how_many(browser):
    """A mark that stands for several passages and shows one as if it were all."""
    with opened(browser, "index_year") as (page, *_):
        links = alive(page)
        many = next(
            link for link in links.all() if len(link.get_attribute("data-rows").split()) > 3
        )
        many.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        page.locator("#chart-tip").wait_for()
        rows = many.get_attribute("data-rows").split()
        text = page.locator("#chart-tip").text_content()
        assert f"{len(rows)} passages" in text and f"and {len(rows) - 3} more" in text
        page.keyboard.press("Enter")
        page.locator("dialog.evidence").wait_for()
        assert page.locator("dialog.evidence section").count() == len(rows)


def test_keyboard_keeps_its_place(browser):
    """A reader on the fifth mark whom the swap sends back to the top; a mark that Enter does not open."""
    with opened(browser) as (page, *_):
        page.figure.locator("svg:visible a").nth(3).focus()
        page.keyboard.press("Tab")
        page.figure.locator("svg.alive:visible").wait_for(timeout=30_000)
        assert (
            page.evaluate(
                "[...document.querySelectorAll('figure.chart svg.alive a')].indexOf(document.activeElement)"
            )
            == 4
        )
        page.locator("#chart-tip").wait_for()
        page.keyboard.press("Enter")
        dialog = page.locator("dialog.evidence")
        dialog.wait_for()
        assert (
            inner(row_of(page.figure.locator("svg:visible a").nth(4)).words)
            in dialog.text_content()
        )
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('figure.chart svg.alive a')")


@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_first_tap_opens_the_proof(browser, canvas):
    """A tap that is lost because the drawing is exchanged under the finger; a focus that gets lost with it."""
    with opened(browser, width=360 if canvas == "narrow" else 1280, has_touch=True) as (page, *_):
        link = page.figure.locator(f".{canvas} svg a").nth(2)
        words = inner(row_of(link).words)
        link.scroll_into_view_if_needed()
        link.tap(force=True)
        page.locator("dialog.evidence").wait_for()
        assert words in page.locator("dialog.evidence").text_content()
        page.figure.locator(f".{canvas} svg.alive").wait_for(timeout=30_000)
        page.locator("dialog.evidence .close").click()
        assert page.evaluate("document.activeElement.closest('svg.alive') !== null")


def test_what_belongs_together_lights_up(browser):
    """A mark whose row elsewhere on the page stays in the dark, or under which nothing is dimmed."""
    with opened(browser) as (page, *_):
        links = alive(page)
        named = {link.get_attribute("href").partition("#")[2]: link for link in links.all()}
        row = next(i for i in named if page.locator(f'p a.proof[href$="#{i}"]').count())
        named[row].hover(force=True)
        page.locator(f'p a.proof.kin[href$="#{row}"]').first.wait_for()
        page.wait_for_timeout(300)
        opacity = lambda link: float(link.evaluate("a => getComputedStyle(a).opacity"))
        others = [
            link for i, link in named.items() if "kin" not in (link.get_attribute("class") or "")
        ]
        assert opacity(named[row]) == 1 and others and max(map(opacity, others)) < 0.5
        source = page.figure.locator(".sources a").first
        source.hover()
        lit = page.locator("figure.chart svg a.kin")
        page.wait_for_timeout(300)
        assert {row_of(link).source_id or row_of(link).id for link in lit.all()} >= {
            source.get_attribute("href").partition("#")[2]
        }
        page.mouse.move(2, 2)
        page.wait_for_timeout(400)
        assert not page.locator(".kin").count() and not page.locator("svg.dimmed").count()


@pytest.mark.parametrize("missing", ["**/vega.js", "**/charts/troops_reported.js", "**/keys.js"])
def test_without_its_files_the_drawing_stays(browser, missing):
    """A chart that vanishes or makes noise where a file does not arrive; a proof that no longer opens."""
    with opened(browser, blocked=[missing]) as (page, _, said):
        page.figure.locator("svg:visible").first.hover(position={"x": 5, "y": 5})
        page.wait_for_timeout(1500)
        assert not page.locator("svg.alive").count()
        assert not [
            text for text in said if "ERR_FAILED" not in text
        ]  # the browser's own word on the file that is not there
        page.figure.locator("svg:visible a").first.click(force=True)
        page.locator("dialog.evidence").wait_for()


def test_another_drawing_is_refused(browser):
    """A specification that says other words than the page: the reader would read what nobody checked."""
    with opened(browser, changed=[("2,500", "2,600")]) as (page, _, said):
        page.figure.locator("svg:visible").first.hover(position={"x": 5, "y": 5})
        page.wait_for_timeout(3000)
        assert not page.locator("svg.alive").count() and not said
        assert page.evaluate("Boolean(window.vegaEmbed)")


def test_theme_is_followed_without_a_reload(browser):
    """A chart that keeps the colours of the other theme."""
    with opened(browser, color_scheme="light") as (page, *_):
        link = alive(page).first
        page.evaluate("document.documentElement.dataset.theme = 'light'")
        light = link.evaluate(INK)
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        assert link.evaluate(INK) != light


def test_resizing_shows_the_other_composition(browser):
    """A phone turned on its side that keeps the narrow chart, or shows none."""
    with opened(browser, width=1280) as (page, *_):
        alive(page)
        page.set_viewport_size({"width": 400, "height": 900})
        assert (
            page.figure.locator(".narrow svg").is_visible()
            and not page.figure.locator(".wide svg").is_visible()
        )
        alive(page)
        assert page.figure.locator(".narrow svg.alive").is_visible()


@every
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_every_mark_can_be_hit(browser, name, canvas):
    """A mark under another thing, or an outline or lines of text that a click falls through."""
    with opened(browser, name, 1280 if canvas == "wide" else 360) as (page, *_):
        missed = page.figure.evaluate(
            """(figure, canvas) => { const missed = [], steps = [0.1, 0.3, 0.5, 0.7, 0.9];
          for (const a of figure.querySelectorAll(`.${canvas} svg a`)) {
            a.scrollIntoView({block: 'center', behavior: 'instant'});
            const b = a.getBoundingClientRect(), at = (x, y) => document.elementFromPoint(b.x + x * b.width, b.y + y * b.height)?.closest('a');
            const hits = steps.flatMap(x => steps.map(y => at(x, y)?.getAttribute('href') === a.getAttribute('href'))).filter(Boolean);
            if (hits.length < 8) missed.push([hits.length, a.getAttribute('aria-label')]);
          }
          return missed; }""",
            canvas,
        )
        assert not missed
