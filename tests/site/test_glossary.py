"""Terms on first use: a page explains each term that it names, once, with its proof."""

import pytest

from explainer.data.manifest import pages
from explainer.paths import SITE
from explainer.site.document import Site, inner, parse, parts, text_of
from explainer.site.glossary import PAGE, add_terms, glossary, link

GLOSSARY = """<dl class="simple glossary">
<dt id="term-fleet">fleet<a class="headerlink" href="#term-fleet">#</a></dt>
<dt id="term-navy">grey navy<a class="headerlink" href="#term-navy">#</a></dt>
<dd><p>Ships <a class="numeral" href="../evidence/a.html#stm-1" data-rows="stm-1"></a>.</p></dd>
<dt id="term-navy-board">navy board<a class="headerlink" href="#term-navy-board">#</a></dt>
<dd><p>Admirals.</p></dd></dl>"""


def linked(text: str) -> str:
    """Return a text with the links to the glossary."""
    article = parts(text)
    link(article, glossary(parse(GLOSSARY)))
    return inner(article)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<p>A fleet, the fleet’s.</p>", "<p>A [fleet], the fleet’s.</p>"),
        # two names of one entry; a name inside a longer one
        ("<p>Grey navy and fleet.</p>", "<p>[Grey navy] and fleet.</p>"),
        ("<p>A navy board, a fleet.</p>", "<p>A [navy board], a [fleet].</p>"),
        ("<p>It <b>left</b> the fleet.</p>", "<p>It <b>left</b> the [fleet].</p>"),
        # part of a word, what is drawn, quoted, a heading or a link
        ("<p>A fleeting sub-fleet.</p>", "<p>A fleeting sub-fleet.</p>"),
        ("<h2>The fleet</h2>", "<h2>The fleet</h2>"),
        ('<p><span class="words">fleet</span></p>', '<p><span class="words">fleet</span></p>'),
        ('<p><a href="#x">fleet</a></p>', '<p><a href="#x">fleet</a></p>'),
        ("<ul><li>fleet</li></ul>", "<ul><li>fleet</li></ul>"),
        ("<figure><p>fleet</p></figure>", "<figure><p>fleet</p></figure>"),
    ],
)
def test_a_term_is_linked_where_it_stands_first(text, shown):
    """A term linked twice, in the words of an article or in a part of another word, or not at all."""
    made = linked(text)
    for name in ("fleet", "Grey navy"):
        tag = f'<a class="term" href="#term-fleet" data-rows="stm-1">{name}</a>'
        made = made.replace(tag, f"[{name}]")
    made = made.replace(
        '<a class="term" href="#term-navy-board" data-rows="">navy board</a>', "[navy board]"
    )
    assert made == shown


def test_a_page_brings_its_explanations_along(tmp_path):
    """An explanation that stands on another page only, or whose proof leads nowhere from this one."""
    home = "<html><body><article><p>The fleet left.</p></article></body></html>"
    (tmp_path / "chapters").mkdir()
    for name in pages():
        text = home.replace("<p>", GLOSSARY + "<p>") if f"{name}.html" == PAGE else home
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    site = Site(tmp_path)
    add_terms(site)
    [section] = site.pages["index.html"].find_class("terms")
    assert [e.get("id") for e in section.iter("dt")] == ["term-fleet"]
    assert section.xpath(".//dd//a/@href") == ["evidence/a.html#stm-1"]
    [section] = site.pages["chapters/troops.html"].find_class("terms")
    assert section.xpath(".//dd//a/@href") == ["../evidence/a.html#stm-1"]
    assert not site.pages[PAGE].find_class("terms")
    assert site.pages[PAGE].xpath("//p/a[@class='term']")


def test_each_term_of_the_book_is_proved_and_used():
    """A term that no page names, or that is explained without a proof."""
    site = Site(SITE)
    used = {href for tree in site.pages.values() for href in tree.xpath("//a[@class='term']/@href")}
    for term in glossary(site.pages[PAGE]):
        assert term.explanation.find_class("numeral"), term.names
        assert f"#{term.anchor}" in used, term.names


@pytest.mark.parametrize("script", [True, False])
def test_a_term_is_one_tap_from_its_explanation(browser, script):
    """A term that opens nothing, with a script or without; one that no key opens."""
    context = browser.new_context(
        java_script_enabled=script, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    page.goto((SITE / "index.html").as_uri())
    term = page.locator("a.term").first
    anchor = term.get_attribute("href")
    explained = text_of(parse(page.content()).get_element_by_id(anchor[1:]).getnext())
    term.focus()
    page.keyboard.press("Enter")
    if script:
        panel = page.locator("dialog.evidence[open]")
        panel.wait_for()
        assert panel.locator(".rows > .who").text_content() == term.text_content()
        assert panel.locator(".term").text_content().startswith(explained[:30])
        assert panel.locator("section").count()
    else:
        assert page.locator(f"{anchor} + dd").is_visible()
        assert page.locator(f"{anchor} + dd").evaluate(
            "e => { const box = e.getBoundingClientRect(); return box.top < innerHeight; }"
        )
    context.close()
