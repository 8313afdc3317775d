"""The site in a real browser: silent, private, no wider than the screen, no text over text, proof in one click."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from explainer.guard import ROOT, pages

SITE = ROOT / "_build/html"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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


@pytest.fixture(scope="module")
def browser():
    """Return a browser. Without one the test fails in CI, and is skipped with the reason elsewhere."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as play:
        try:
            found = play.chromium.launch(executable_path=path, args=FLAGS)
        except Exception as error:  # Playwright's own browser is missing too
            message = "no browser: install Chromium, or run '.venv/bin/playwright install chromium'"
            if os.environ.get("CI"):
                pytest.fail(f"{message} ({error})")
            pytest.skip(message)
        yield found
        found.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("name", pages())
def test_page(browser, name, width):
    """A request to another host, an error in the console, a page wider than the screen, text over text."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked, said = [], []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    page.goto((SITE / f"{name}.html").as_uri())
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]
    assert not said
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width >= 360:
        assert not page.evaluate(COLLIDE)
    page.close()


@pytest.mark.parametrize("name", pages())
def test_one_search_is_seen(browser, name):
    """Two search boxes, or none."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((SITE / f"{name}.html").as_uri())
    seen = page.evaluate("""[...document.querySelectorAll('.search-button, .search-button-field, input[type=search]')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().width > 0).length""")
    assert seen == 1
    page.close()


def test_one_click_leads_to_the_words(browser):
    """The promise: from a number on the landing page, one click, to the exact words on the screen."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto((SITE / "index.html").as_uri())
    links = page.locator("a.number, a.proof, figure.chart svg a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert len(links) > 20 and all("chapters/evidence.html#" in link for link in links)
    page.locator("a.number").first.click()
    anchor = page.url.split("#")[1]
    assert page.locator(f'[id="{anchor}"] q.words, [id="{anchor}"] .from a').first.is_visible()
    context.close()
