"""Every page in a real browser, opened twice from a disk: once as a reader has it, once on paper without a script.
From a host: test_firefox.py.

One visit answers many questions, since opening a page takes longer than any of them.
"""

from pathlib import Path

import axe_playwright_python
import pytest

from explainer.data.manifest import published
from explainer.paths import SITE

ALL = [*published(), "search"]
# of one template, of which axe needs no more than the first and the last article's
ALIKE = [name for name in ALL if name.startswith("evidence/") and name != "evidence/record"][1:-1]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# of many rows of one make the first, for the second colour scheme: axe takes long, and their classes are the same
FIRST_ONES = {
    "exclude": [
        ["ul.rows > li:nth-child(n+13)"],
        ["tbody tr:nth-child(n+6)"],
        ["section.file:nth-of-type(n+7)"],
    ]
}
RUN = """rows => axe.run(rows ?? document, {preload: false, resultTypes: ['violations'],
  rules: {'target-size': {enabled: true}, 'label-content-name-mismatch': {enabled: true}}})"""
LISTEN = """
  window.moved = [];
  new PerformanceObserver(list => moved.push(...list.getEntries().map(e => e.value)))
    .observe({type: 'layout-shift', buffered: true});
  document.addEventListener('securitypolicyviolation',
    e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI));"""
WHOLE = """document.querySelectorAll('ul.rows > li, .scroll')
  .forEach(e => { e.style.contentVisibility = 'visible'; })"""
KEPT = "[Object.keys(localStorage), Object.keys(sessionStorage)]"
TALLEST = 5000  # px of a page that is read through, at a desk and with what is folded closed
UNFOLD = "document.querySelectorAll('details.compared').forEach(d => { d.open = true; })"
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"
SEARCHES = """[...document.querySelectorAll('.search-button, .search-button-field, input[type=search]:not(.filter input)')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().width > 0).length"""
GLYPHS = """[...document.querySelectorAll('*')].flatMap(e => ['::before', '::after']
  .map(p => [e.outerHTML.slice(0, 80), getComputedStyle(e, p).content]))
  .filter(([, c]) => /[\\ue000-\\uf8ff]/.test(c))"""
COLLIDE = """() => {
  const bad = [];
  for (const svg of document.querySelectorAll('figure.chart svg')) {
    if (!svg.getClientRects().length) continue;
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim())
      .flatMap(t => { const k = [...t.querySelectorAll('tspan')]; return k.length ? k : [t]; })
      .map(e => ({s: e.textContent, b: e.getBoundingClientRect()})).filter(t => t.b.width > 0);
    texts.forEach((t, i) => {
      const a = t.b;
      if (a.left < frame.left - 1.5 || a.right > frame.right + 1.5) bad.push('outside: ' + t.s);
      for (const u of texts.slice(i + 1)) {
        const w = Math.min(a.right, u.b.right) - Math.max(a.left, u.b.left);
        const h = Math.min(a.bottom, u.b.bottom) - Math.max(a.top, u.b.top);
        if (w > 1.5 && h > 3) bad.push('over each other: ' + t.s + ' | ' + u.s);
      }
    });
  }
  return bad;
}"""
# 24 px, or far enough from the next (WCAG 2.5.8, spacing); links in a sentence are as low as their
# line. A mark that is crowded has the same link in the figure's table, at full size (exception
# "equivalent").
SMALL = """() => {
  const all = [...document.querySelectorAll('a[href], button, input, summary')]
    .filter(e => e.checkVisibility({visibilityProperty: true}));
  const box = e => {
    const b = e.getBoundingClientRect(), h = getComputedStyle(e, '::before');
    const hit = h.position === 'absolute' && h.content !== 'none';
    return {w: Math.max(b.width, hit ? parseFloat(h.width) : 0),
            h: Math.max(b.height, hit ? parseFloat(h.height) : 0)}; };
  const large = e => { const b = box(e); return b.w >= 23.5 && b.h >= 23.5; };
  const inTables = new Set([...document.querySelectorAll('figure.chart table a')].filter(large)
    .map(e => e.getAttribute('href')));
  const centre = e => { const b = e.getBoundingClientRect();
    return [b.left + b.width / 2, b.top + b.height / 2]; };
  const marks = [...document.querySelectorAll('figure.chart svg a')]
    .filter(e => e.checkVisibility()).map(e => [e, centre(e)]);
  const crowded = e => { const [x, y] = centre(e);
    return marks.some(([o, [p, q]]) => o !== e && Math.hypot(p - x, q - y) < 24
      && o.getAttribute('href') !== e.getAttribute('href')); };
  return all.filter(e => !large(e)).filter(e => {
    if (e.closest('svg')) return crowded(e) && !inTables.has(e.getAttribute('href'));
    return !(e.matches('.headerlink, .skip-link a, a.number')
      || e.closest('p, blockquote, h1, h2, h3') && !e.matches('a.proof, a.numeral'));
  }).map(e => { const b = box(e);
    return `${e.outerHTML.slice(0, 110)} ${Math.round(b.w)}x${Math.round(b.h)}`; });
}"""

LARGE = "html { font-size: 200% !important; }"  # what WCAG 1.4.4 asks for
SPACED = (  # what WCAG 1.4.12 asks for
    "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
    " word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"
)
CUT = """css => {
  const sheet = new CSSStyleSheet(), bad = [];
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  for (const e of document.querySelectorAll('details')) e.open = true;
  for (const e of document.querySelectorAll('ul.rows > li, .scroll, section.matter')) e.style.contentVisibility = 'visible';
  for (const e of document.querySelectorAll('body *')) {
    const s = getComputedStyle(e), hides = way => ['hidden', 'clip'].includes(way);
    if (!e.checkVisibility({visibilityProperty: true}) || e.closest('svg') || e.clientWidth < 2 || !e.textContent.trim()) continue;
    if (hides(s.overflowX) && e.scrollWidth > e.clientWidth + 1 || hides(s.overflowY) && e.scrollHeight > e.clientHeight + 1) bad.push(e.outerHTML.slice(0, 100));
  }
  return [document.documentElement.scrollWidth - innerWidth, bad];
}"""


def heard(page) -> tuple[list[str], list[str]]:
    """Return two lists that fill: what the page says in the console, and the addresses it asks."""
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    return said, asked


def breaches(page, rows: dict | None) -> list[tuple[str, str]]:
    """Return the rules of axe-core that the page breaks, or some of its `rows`, each with the element."""
    return [
        (v["id"], node["html"][:200])
        for v in page.evaluate(RUN, rows)["violations"]
        for node in v["nodes"]
        # axe joins the lines of a drawing's label without a space
        if not (v["id"] == "label-content-name-mismatch" and "data-rows" in node["html"])
    ]


@pytest.fixture(scope="module")
def tab(browser):
    """A page for one visit after the other, since each new one is a new process: every script comes
    after the first paint, and nothing moves by itself, so that a colour is measured when it is there.
    """
    page = browser.new_context(reduced_motion="reduce").new_page()

    def late(route):
        page.wait_for_timeout(100)
        route.continue_()

    page.route("**/*.js*", late)
    page.add_init_script(LISTEN)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def paper(browser):
    """A page without scripts, for one visit after the other."""
    context = browser.new_context(
        viewport={"width": 680, "height": 800}, color_scheme="dark", java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def moved(page, address: str) -> list[float]:
    """Return how far a page moves while it loads."""
    for _ in range(3):  # a page that moves does so each time; a busy machine, once
        page.goto(address)
        page.wait_for_timeout(150)
        if not (shifts := page.evaluate("moved")):
            break
    return shifts


@pytest.mark.parametrize("name", [*ALL, "404"])
def test_as_a_reader_has_it(tab, served, name):
    """A page that moves while it loads, says a word in the console, asks a host, keeps a thing, is
    wider than a screen, sets words over each other, breaks a rule of axe in light or dark, has
    targets that a finger misses, two searches, or a box for a glyph that is not there; a chapter
    that nobody would read to its end; one that scrolls sideways, or cuts words, with letters twice
    as large or set wider, on a phone.
    """
    # The page for unknown addresses starts its links at the root of a host, and cannot be a file.
    there = f"{served}/404.html" if name == "404" else (SITE / f"{name}.html").as_uri()
    page, (said, asked) = tab, heard(tab)
    page.set_viewport_size({"width": 412, "height": 823})
    assert moved(page, there) == []
    page.evaluate(WHOLE)
    page.evaluate(AXE)
    for width in (1280, 768, 360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert not page.evaluate(SIDEWAYS), width
        if width >= 360:
            assert not page.evaluate(COLLIDE), width
        if width == 1280 and name in published():
            assert page.evaluate(SEARCHES) == 1
        if width == 1280 and not name.startswith("evidence/"):
            assert page.evaluate("document.documentElement.scrollHeight") <= TALLEST
            page.evaluate(UNFOLD)
        scheme = {1280: "light", 360: "dark"}.get(width)  # the colours are those of any width
        if scheme and name not in ALIKE:
            page.emulate_media(color_scheme=scheme)
            assert not breaches(page, FIRST_ONES if scheme == "dark" else None), width
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    if name != "404":  # a list with one link a line
        assert not page.evaluate(SMALL)
    assert not page.evaluate(GLYPHS)
    page.set_viewport_size({"width": 390, "height": 800})
    for css in (LARGE, SPACED):
        assert page.evaluate(CUT, css) == [0, []]
    page.evaluate("dispatchEvent(new Event('beforeunload'))")
    assert page.evaluate(KEPT) == [[], []] and not page.context.cookies()
    assert not said
    own = (served, "data:") if name == "404" else ("file:", "data:")
    assert not [url for url in asked if not url.startswith(own)]


@pytest.mark.parametrize("name", ALL)
def test_on_paper_and_without_a_script(paper, name):
    """A print without its title, with controls on it, with markers but not their words, with a
    figure cut in two; a page that needs a script, or says a word without one.
    """
    page, (said, asked) = paper, heard(paper)
    page.emulate_media(media="screen")
    page.goto((SITE / f"{name}.html").as_uri())
    assert not page.evaluate(SIDEWAYS)
    page.emulate_media(media="print")
    assert page.locator("h1").first.is_visible()
    assert not page.evaluate("""[...document.querySelectorAll(
        'header, nav, .bd-header-article, footer, .skip-link, button, figure .beside')]
        .filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 100))""")
    if name in published():
        marked = page.locator("[data-note], a.numeral").evaluate_all(
            "all => all.map(a => Number(a.dataset.note ?? a.textContent))"
        )
        notes = page.locator("section.notes li").count()
        assert set(marked) == set(range(1, notes + 1))
    assert page.evaluate(
        "[...document.querySelectorAll('section.notes')].every(e => e.checkVisibility())"
    )
    assert page.evaluate("""[...document.querySelectorAll('figure.chart')].every(e =>
        getComputedStyle(e).breakInside === 'avoid'
        && e.getBoundingClientRect().height < 247 / 25.4 * 96)""")  # A4 less margins
    ground = "getComputedStyle(document.documentElement).getPropertyValue('--c-paper').trim()"
    assert page.evaluate(ground) == "#fefefc"
    assert page.evaluate("""[...document.querySelectorAll('*')]
        .every(e => getComputedStyle(e).contentVisibility !== 'auto')""")  # nothing left blank
    assert not said and not [url for url in asked if not url.startswith(("file:", "data:"))]


def test_half_a_page_shows_no_caption_in_the_place_of_its_drawing(browser, served):
    """Catches a caption that is painted where the drawing will stand, and jumps when that arrives:
    it comes first in the text, and the drawing is long.
    """
    page = browser.new_page()
    whole = (SITE / "index.html").read_text(encoding="utf-8")
    half = whole[: whole.index("</svg>", whole.index("</figcaption>"))]
    page.route("**/index.html", lambda route: route.fulfill(body=half, content_type="text/html"))
    for opened in (False, True):
        page.goto(f"{served}/index.html")
        caption = page.locator("figure.chart > figcaption").first
        assert caption.is_visible() is opened
        page.unroute("**/index.html")
    page.close()
