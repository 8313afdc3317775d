"""The search, typed in a real browser: what a reader looks for stands among the first hits."""

from urllib.parse import quote

import pytest
from test_access import opened, until

from explainer.data import manifest
from explainer.paths import SITE
from explainer.site.document import Site
from explainer.site.publish.search_index import FILE, found

PERSON, ROW = "evidence/antiwar-2024-01.html#soleimani", "evidence/wenews-2024-01.html#stm-0042"
PREMIER = "evidence/wenews-2024-01.html#al-sudani"


@pytest.fixture(scope="module")
def searched(browser):
    """Return a function that types a query on the search page and returns what the page says, and
    each hit as its address and text.
    """
    page, heard = opened(browser, (SITE / "search.html").as_uri())

    def search(query: str) -> tuple[str, list[tuple[str, str]]]:
        page.locator("[data-search] input").fill("")
        until(page, "document.querySelector('[data-search] output').textContent === ''")
        page.locator("[data-search] input").fill(query)
        until(page, "document.querySelector('[data-search] output').textContent !== ''")
        hits = page.locator(".found > li").evaluate_all(
            "all => all.map(li => [li.querySelector('a').href, li.textContent])"
        )
        told = page.locator("[data-search] output").text_content()
        return told, [(link.removeprefix(f"{SITE.as_uri()}/"), text) for link, text in hits]

    yield search
    page.context.close()
    assert not heard["said"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Soleimani", PERSON),
        ("Solemani", PERSON),
        ("Sulaimani", PERSON),
        ("soleim", PERSON),
        ("Sudani", PREMIER),
        ("al-Sudani", PREMIER),
        ("al‑Sudani", PREMIER),
        ("Sudání", PREMIER),
        ("stm-0042", ROW),
        ("prevent resurgence stm-0042", ROW),
        ("POLITICO", "evidence/antiwar-2024-01.html#politico"),
    ],
)
def test_the_first_hit(searched, query, first):
    """A name that is found in one spelling alone, a row that its id does not find."""
    assert searched(query)[1][0][0] == first


@pytest.mark.parametrize(
    ("query", "among", "first"),
    [
        ("2,500", "chapters/troops.html#how-many-troops", 3),
        ("2500", "chapters/troops.html#how-many-troops", 3),
        ("2 500", "chapters/troops.html#how-many-troops", 3),
        ("127", "chapters/counting.html#how-many-attacks-and-who-counts-them", 3),
        ("127", "evidence/record.html#rec-0032", 9),
        ("withdraw", "chapters/differences.html#topic-words-on-plans", 3),
        ("September 2025", "chapters/agreed.html#what-was-agreed", 3),
        ("Ain al-Assad", "evidence/rudaw-2024-01.html#ain-al-asad-attack-2024-01", 3),
        ("troops in Syria", "chapters/differences.html#topic-syria-troops", 4),
    ],
)
def test_among_the_first_hits(searched, query, among, first):
    """A number that the search drops; a section that other pages hide."""
    assert among in [link for link, _ in searched(query)[1][:first]]


def test_numbers_are_not_guessed(searched):
    """Another number in the place of the one that was looked for."""
    assert searched("2,501") == ("Nothing found. Try fewer or other words.", [])
    assert all("127" in text for _, text in searched("127")[1])


def test_chapters_come_before_corrections(searched):
    """The page of what was wrong, in the place of what holds."""
    links = [link for link, _ in searched("withdraw")[1]]
    assert links[0].startswith("chapters/") and not any("corrections" in link for link in links)


def test_it_says_what_it_found(searched):
    """A guess that is passed off as a hit, a silence where nothing was found, cells glued together."""
    assert searched("Soleimani")[0].endswith("found, best matches first")
    assert searched("Solemani")[0].startswith("Nothing has these words. ")
    assert searched("xyzzyx") == ("Nothing found. Try fewer or other words.", [])
    told, hits = searched('"not aware of any plans"')
    assert "found" in told and "not aware of any plans" in hits[0][1]
    assert not [text for _, text in searched("Iraq and Syria")[1] if "2024Iraq" in text]


def test_every_page_and_row_can_be_found():
    """A chapter, an article or a row with words that the index lacks."""
    entries = found(Site(SITE))
    pages = {entry["at"].partition(".html")[0] for entry in entries}
    assert pages == set(manifest.published())
    assert (SITE / FILE).read_text(encoding="utf-8").startswith("window.bookIndex={")


@pytest.mark.parametrize("way", ["file", "http"])
def test_by_key_and_for_a_screen_reader(browser, served, way):
    """A search that needs a pointer, says nothing aloud, has no button, or loads before it is used."""
    start = SITE.as_uri() if way == "file" else served
    page, heard = opened(browser, f"{start}/search.html", 360)
    form = page.get_by_role("search")
    assert form.get_by_role("button", name="Search").is_visible()
    assert not [url for url in heard["asked"] if FILE in url]
    page.keyboard.insert_text("soleimani")  # where the focus is; one search
    page.get_by_role("status").get_by_text("found").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.found') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url("**/evidence/*.html#soleimani")
    page.goto(f"{start}/search.html?q={quote('2,500')}")
    page.locator(".found a").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not heard["said"]
    page.context.close()


def test_without_javascript_it_leads_on(browser):
    """A search page that is a dead end without scripts."""
    page, _ = opened(browser, (SITE / "search.html").as_uri(), java_script_enabled=False)
    page.locator("noscript a, .bd-article a").first.click()
    assert page.locator("ul.articles a").first.is_visible()
    page.context.close()
