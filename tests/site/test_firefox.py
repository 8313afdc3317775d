"""The site in Firefox: a silent console, charts on paper, pointer and keyboard, copied words with their marks."""

import io
import re
import time
import unicodedata

import firefox as browsers
import pytest
from pypdf import PdfReader
from repository import lacking

from explainer.data.manifest import published
from explainer.paths import SITE

ALL = [*published(), "search"]
DRAWN = [
    name for name in ALL if 'class="wide"' in (SITE / f"{name}.html").read_text(encoding="utf-8")
]
TEXTS = "[...document.querySelectorAll('figure.chart .%s svg text')].map(e => e.textContent)"

# Of each mark and each line of a label the points of a grid, in its own coordinates: a browser's box may count the stroke.
# A mark that another covers counts as hit: whether marks are too crowded is asked in Chromium.
MISSED = """(() => { const best = {}, steps = [0.1, 0.3, 0.5, 0.7, 0.9];
  for (const e of document.querySelectorAll('figure.chart > *')) e.style.contentVisibility = 'visible';
  for (const a of document.querySelectorAll('figure.chart svg a')) {
    if (!a.checkVisibility()) continue;
    scrollBy({top: a.getBoundingClientRect().top - innerHeight / 2, behavior: 'instant'}); // scrollIntoView stops at the drawing
    for (const e of a.querySelectorAll('path, rect, text, line, circle')) {
      const b = e.getBBox(), to = e.getScreenCTM();
      const at = (x, y) => new DOMPoint(b.x + x * b.width, b.y + y * b.height).matrixTransform(to);
      const hits = steps.flatMap(x => steps.map(y => at(x, y))).filter(p => document.elementFromPoint(p.x, p.y)?.closest('a'));
      best[a.dataset.rows] = Math.max(best[a.dataset.rows] ?? 0, hits.length);
    }
  }
  const missed = Object.entries(best).filter(([, hits]) => hits < 8);
  if (!Object.keys(best).length) missed.push('no mark');
  return missed; })()"""


@pytest.fixture(scope="module")
def firefox():
    """Return a Firefox. Without one the tests fail in CI, and are skipped with the reason elsewhere."""
    try:
        with browsers.opened() as found:
            yield found
    except ValueError as error:
        lacking(error)


def until(firefox, expression: str) -> None:
    """Wait until the expression holds in the page."""
    for _ in range(300):
        if firefox.evaluate(f"Boolean({expression})"):
            return
        time.sleep(0.1)
    pytest.fail(f"never: {expression}")


def plain(text: str) -> str:
    """Return a text without spaces and ligatures, which a PDF puts elsewhere than the page."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def test_every_page_is_silent(firefox, served):
    """A breach of the policy, an error or a warning in the console: Firefox fetches the next page beforehand, Chromium does not."""
    for name in ALL:
        firefox.goto(f"{served}/{name}.html")
    time.sleep(1)  # what is fetched beforehand is fetched when nothing else is to do
    assert firefox.console(served) == []


@pytest.mark.parametrize("name", DRAWN)
def test_paper_has_every_chart_once(firefox, served, name):
    """A print without its charts, with only a part of one, or with both drawings of it."""
    firefox.goto(f"{served}/{name}.html")
    wide, narrow = (
        set(map(plain, firefox.evaluate(TEXTS % canvas))) for canvas in ("wide", "narrow")
    )
    printed = plain(
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(firefox.printed())).pages)
    )
    assert wide and not {text for text in wide if text not in printed}
    elsewhere = plain(
        firefox.evaluate(
            "document.querySelectorAll('.narrow').forEach(e => e.remove()) ?? document.body.textContent"
        )
    )
    assert not {text for text in narrow if text not in elsewhere and text in printed}


def test_keyboard(firefox, served):
    """A skip link that is not first, a search that Ctrl+K does not open, a proof that Enter does not, or that loses the reader's place."""
    firefox.goto(f"{served}/chapters/troops.html")
    firefox.press("Tab")
    assert firefox.evaluate("document.activeElement.textContent") == "Skip to main content"
    firefox.press("Control", "k")
    assert firefox.evaluate("document.activeElement.closest('dialog').id") == "pst-search-dialog"
    firefox.press("Escape")
    firefox.evaluate("document.querySelector('article a.numeral').focus()")
    firefox.press("Enter")
    until(firefox, "document.querySelector('dialog.evidence[open] blockquote')")
    firefox.press("Escape")
    until(firefox, "document.activeElement === document.querySelector('article a.numeral')")


def test_a_mark_that_is_reached_by_key_is_seen(firefox, served):
    """A reader whose focus is on a mark far below the screen: Firefox scrolls to no link inside a drawing."""
    firefox.goto(f"{served}/chapters/aftermath.html", 360)
    links = "document.querySelectorAll('figure.chart .narrow svg a')"
    for place in ("0", f"{links}.length >> 1", f"{links}.length - 1"):
        firefox.evaluate(f"{links}[{place}].focus({{preventScroll: true}})")
        assert firefox.evaluate(
            "(box => box.top >= 0 && box.bottom <= innerHeight)(document.activeElement.getBoundingClientRect())"
        )


def test_pointer(firefox, served):
    """A marker or a mark of a chart that a click or the pointer does not reach."""
    firefox.goto(f"{served}/chapters/troops.html")
    for selector in ("article p a.numeral", "figure.chart .wide svg a"):
        firefox.click(selector)
        until(firefox, "document.querySelector('dialog.evidence[open] blockquote')")
        firefox.click("dialog.evidence .close")
        until(firefox, "!document.querySelector('dialog.evidence[open]')")
    firefox.hover("figure.chart .wide svg a")
    until(firefox, "document.querySelector('.chart-tip:not([hidden]) .words')")


def test_copied_words_keep_their_marks(firefox, served):
    """Exact words that are pasted without their quotation marks."""
    firefox.goto(f"{served}/evidence/rudaw-2024-01.html")
    assert firefox.evaluate(
        "(getSelection().selectAllChildren(document.querySelector('ul.rows li .words')), String(getSelection()))"
    ).startswith("“")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", DRAWN)
def test_every_mark_can_be_hit(firefox, served, name, width):
    """A mark under another thing, or an outline or a line of text that a click falls through."""
    firefox.goto(f"{served}/{name}.html", width)
    assert firefox.evaluate(MISSED) == []


@pytest.mark.parametrize("way", ["file", "http"])
def test_search_and_questions(firefox, served, way):
    """An index or an engine that Firefox refuses to load, from a file above all."""
    start = SITE.as_uri() if way == "file" else served
    firefox.goto(f"{start}/search.html?q=Sulaimani")
    until(firefox, "document.querySelector('.found a')?.hash === '#soleimani'")
    firefox.goto(f"{start}/chapters/ask.html#sql=SELECT%20id%20FROM%20troops_current")
    until(firefox, "document.querySelector('.answer td a')")
    mine = (f"{start}/search.html", f"{start}/chapters/ask.html")  # not a page of a test before
    assert not [line for line in firefox.console(start) if any(page in line for page in mine)]
