"""The site for everybody: axe, keyboard, fingers, paper; private and silent whichever way it is opened."""

import re

import pytest

from explainer.paths import SITE

FORBIDDEN = "document.addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"


def opened(browser, address: str, width: int = 1280, **options):
    """Return a page that was opened, and what it said and asked for."""
    page = browser.new_context(viewport={"width": width, "height": 800}, **options).new_page()
    heard = {"said": [], "asked": []}
    if options.get("java_script_enabled", True):
        page.add_init_script(FORBIDDEN)
    page.on("console", lambda m: heard["said"].append(m.text))
    page.on("pageerror", lambda e: heard["said"].append(str(e)))
    page.on("request", lambda r: heard["asked"].append(r.url))
    page.goto(address)
    page.wait_for_load_state("load")
    return page, heard


def address(name: str) -> str:
    """Return the address of a page as a file."""
    return (SITE / f"{name}.html").as_uri()


def whole(page) -> None:
    """Have the rows and tables that are far below the screen laid out too: a browser measures them when they come near."""
    page.evaluate(
        "document.querySelectorAll('ul.rows > li, .scroll').forEach(e => { e.style.contentVisibility = 'visible'; })"
    )


def until(page, expression: str) -> None:
    """Wait until the expression holds: Playwright's own wait evaluates text in the page, which the policy refuses."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {expression}")


def test_policy_is_in_force(browser, served):
    """A policy that a browser does not read: a foreign script, an inline handler, an eval must be refused."""
    page, heard = opened(browser, f"{served}/index.html")
    page.evaluate("""() => {
      document.body.append(Object.assign(document.createElement('script'), {src: 'http://localhost:9/x.js'}));
      document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.inline = 1'}));
      document.body.insertAdjacentHTML('beforeend', '<p style="color:red">x</p>');
    }""")
    page.wait_for_timeout(200)
    refused = " ".join(heard["said"])
    assert page.evaluate("window.inline") is None
    assert (
        "policy: script-src-elem http://localhost:9" in refused
        and "policy: script-src-elem inline" in refused
        and "policy: style-src-attr" in refused
    )
    page.context.close()


def test_theme_is_the_systems_until_chosen_and_the_only_thing_kept(browser, served):
    """A switch that does nothing, a choice forgotten on the next page, a page that keeps more than it."""
    page, heard = opened(browser, f"{served}/index.html", color_scheme="dark")
    theme = "document.documentElement.dataset.theme"
    assert page.evaluate(theme) == "dark"
    page.locator(".theme-switch-button").click()
    assert page.evaluate(theme) == "light"
    page.goto(f"{served}/chapters/troops.html")
    assert page.evaluate(theme) == "light"
    assert (
        page.evaluate("({...localStorage})") == {"mode": "light"}
        and not page.context.cookies()
        and not heard["said"]
    )
    page.context.close()


@pytest.mark.parametrize("way", ["file", "http"])
def test_search_by_key_finds_a_page(browser, served, way):
    """Ctrl+K that opens nothing, a form that the policy stops, a search that finds nothing or stores the words."""
    page, heard = opened(
        browser, address("chapters/troops") if way == "file" else f"{served}/chapters/troops.html"
    )
    page.keyboard.press("Control+k")
    field = page.locator("#pst-search-dialog input")
    assert field.evaluate("e => e === document.activeElement")
    page.keyboard.type("withdrawal")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=withdrawal")
    page.locator("ol.found a").first.wait_for()
    page.wait_for_timeout(500)
    assert not heard["said"]
    assert page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]") == [[], []]
    page.locator("ol.found a").first.click()
    page.wait_for_url("**/*.html*")
    assert page.locator("h1").first.is_visible()
    page.context.close()


def test_dialogs_give_the_focus_back(browser):
    """A trap: the menu of a phone, the search or a proof that does not close, or loses the reader's place."""
    page, heard = opened(browser, address("chapters/troops"), 360)
    for opener, dialog in (
        (".primary-toggle", "#pst-primary-sidebar-modal"),
        (".secondary-toggle", "#pst-secondary-sidebar-modal"),
        (".bd-header-article .search-button", "#pst-search-dialog"),
        ("a.numeral >> nth=0", "dialog.evidence"),
    ):
        page.locator(opener).focus()
        page.keyboard.press("Enter")
        page.locator(f"{dialog}[open]").wait_for()
        assert page.evaluate(f"document.querySelector('{dialog}').contains(document.activeElement)")
        page.keyboard.press("Escape")
        until(page, f"!document.querySelector('{dialog}').open")
        assert page.locator(opener).evaluate("e => e === document.activeElement"), opener
    page.locator(".primary-toggle").click()
    page.locator("#pst-primary-sidebar-modal nav a[href$='statements.html']").click()
    page.wait_for_url("**/statements.html")
    assert not heard["said"]
    page.context.close()


def test_menu_folds_away_at_a_desk(browser):
    """A button that does nothing at a desk."""
    page, _ = opened(browser, address("index"))
    page.locator(".primary-toggle").click()
    until(
        page,
        "getComputedStyle(document.querySelector('#pst-primary-sidebar')).visibility === 'hidden'",
    )
    page.locator(".primary-toggle").click()
    until(
        page,
        "getComputedStyle(document.querySelector('#pst-primary-sidebar')).visibility === 'visible'",
    )
    page.context.close()


def test_menu_is_there_without_a_script(browser):
    """A reader on a phone without JavaScript, who cannot leave the page but to its neighbours."""
    page, _ = opened(browser, address("chapters/troops"), 360, java_script_enabled=False)
    assert (
        page.locator("#pst-primary-sidebar nav a").first.is_visible()
        and not page.locator(".primary-toggle").is_visible()
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("#pst-primary-sidebar nav a[href$='statements.html']").click()
    page.wait_for_url("**/statements.html")
    page.context.close()


@pytest.mark.parametrize("name", ["index", "chapters/statements", "search"])
def test_keyboard_goes_through_the_page(browser, name):
    """A skip link that skips nothing, a thing that cannot be reached, a focus that cannot be seen, a trap."""
    page, _ = opened(browser, address(name))
    wanted = page.evaluate("""() => {
      document.activeElement.blur();
      const all = [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')].filter(e => e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}) && !e.closest('dialog'));
      all.forEach((e, i) => e.dataset.test = i);
      return all.length;
    }""")
    if name != "search":  # there the field is focused first
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
        until(page, "document.activeElement.getBoundingClientRect().top >= 0")
    reached = set()
    for _ in range(wanted + 5):
        state = page.evaluate("""() => { const e = document.activeElement, s = getComputedStyle(e);
          const frame = e.closest('.bd-search');
          const seen = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none' || frame && getComputedStyle(frame).boxShadow !== 'none';
          return [e.dataset.test ?? null, seen, e.outerHTML.slice(0, 120)]; }""")
        if state[0] is not None:
            assert state[1], f"no visible focus: {state[2]}"
            reached.add(state[0])
        page.keyboard.press("Tab")
    assert len(reached) == wanted
    page.context.close()


def test_skip_link_leads_to_the_text(browser):
    """A skip link after which the next key is still in the menu."""
    page, _ = opened(browser, address("index"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.context.close()


def test_code_can_be_copied(browser, served):
    """A copy button that copies nothing, or is lost, once a chapter shows code."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    html = (
        (SITE / "chapters/method.html")
        .read_text(encoding="utf-8")
        .replace("</article>", "<pre>make book</pre></article>", 1)
    )
    page.route(
        "**/method.html",
        lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"),
    )
    page.goto(f"{served}/chapters/method.html")
    button = page.locator("button.copy").last  # the first are those of the charts' codes to embed
    button.click()
    until(page, "[...document.querySelectorAll('button.copy')].pop().textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()") == "make book"
    context.close()


@pytest.mark.parametrize(
    ("width", "script"), [(360, True), (1280, False)], ids=["script", "no-script"]
)
def test_an_address_leads_to_its_row_and_stays_there(browser, width, script):
    """A row that is not where its address leads, because the rows above it got their height later."""
    name = "evidence/rudaw-2024-01"
    ids = re.findall(r'<li id="([^"]+)"', (SITE / f"{name}.html").read_text(encoding="utf-8"))
    page, _ = opened(browser, address(name), width, java_script_enabled=script)
    put_off = "[...document.querySelectorAll('ul.rows > li')].some(e => getComputedStyle(e).contentVisibility === 'auto')"
    if script:
        until(page, f"!{put_off}")  # by and by all is laid out
    else:
        assert page.evaluate(put_off)
    for row in (ids[len(ids) // 2], ids[-30], ids[3]):
        page.goto(f"{address(name)}#{row}")  # the first time a way within the page
        tops = []
        for _ in range(3):
            page.wait_for_timeout(150)
            tops.append(
                page.locator(f"[id='{row}']").evaluate("e => e.getBoundingClientRect().top")
            )
        assert 0 <= tops[0] <= 160 and max(tops) - min(tops) < 1, (row, tops)
    page.context.close()
    page, _ = opened(browser, f"{address(name)}#{ids[-30]}", width, java_script_enabled=script)
    page.wait_for_timeout(300)
    assert (
        0
        <= page.locator(f"[id='{ids[-30]}']").evaluate("e => e.getBoundingClientRect().top")
        <= 160
    )  # below the bar at the top, with air
    page.context.close()


STOPS = "[...document.querySelectorAll('article a, article button, article summary')].filter(e => e.tabIndex >= 0 && e.checkVisibility()).length"


def test_the_keyboard_goes_from_list_to_list_and_by_arrows_from_row_to_row(browser):
    """Five hundred stops for the Tab key before the end of a page; a row that no key reaches, or that an address leads past."""
    name = "evidence/rudaw-2024-01"
    page, _ = opened(browser, address(name), java_script_enabled=False)
    assert page.locator("ul.rows > li a").count() > 300 and not page.locator(".keys").is_visible()
    page.close()
    page, _ = opened(browser, address(name))
    assert page.locator(".keys").is_visible() and page.evaluate(STOPS) < 80
    focused = "document.activeElement.closest('ul.rows > li')?.id"
    lists = page.locator("ul.rows").evaluate_all(
        "lists => lists.map(l => [...l.children].filter(r => r.querySelector('a')).map(r => r.id))"
    )
    rows = next(ids for ids in lists if len(ids) > 20)
    page.locator(f"[id='{rows[0]}'] a").first.focus()
    reached = [rows[0]]
    for _ in rows[1:]:
        page.keyboard.press("ArrowDown")
        reached.append(page.evaluate(focused))
    assert reached == rows
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == rows[-2]
    for _ in range(page.locator(f"[id='{rows[-2]}'] a").count()):
        page.keyboard.press("Tab")
    assert page.evaluate(focused) not in rows  # past the whole list, not into its next row
    page.goto(address("evidence/record"))
    assert page.locator("ul.rows > li").count() > 50 and page.evaluate(STOPS) < 80
    assert page.locator(".keys").is_visible()
    page.goto(f"{address(name)}#{rows[10]}")
    # The way within a page is over before its script hears of it.
    until(page, f"document.getElementById('{rows[10]}').querySelector('a').tabIndex === 0")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == rows[10]


def test_text_far_below_is_found_and_reached(browser):
    """A row that search in the page does not find, or that loses its place when it is reached by key."""
    page, _ = opened(browser, address("evidence/rudaw-2024-01"), 360)
    words = page.locator("ul.rows > li .words").last.text_content()
    assert page.evaluate(
        "words => { getSelection().removeAllRanges(); return window.find(words); }", words[:40]
    )
    link = page.locator("ul.rows > li a").last
    link.focus()
    until(
        page,
        "(r => r.height > 0 && r.top >= 0 && r.bottom <= innerHeight)(document.activeElement.getBoundingClientRect())",
    )
    page.context.close()


@pytest.mark.parametrize(
    "asks", [{"reduced_motion": "reduce"}, {"forced_colors": "active"}], ids=["motion", "colours"]
)
def test_what_the_system_asks_for(browser, asks):
    """A transition for a reader whom motion makes ill; a chart in colours of ours where the system forces its own."""
    page, _ = opened(browser, address("chapters/troops"), **asks)
    if "reduced_motion" in asks:
        assert page.evaluate(
            "[...document.querySelectorAll('*')].every(e => getComputedStyle(e).transitionDuration.split(',').every(t => parseFloat(t) === 0))"
        )
    else:
        assert (
            page.evaluate(
                "getComputedStyle(document.documentElement).getPropertyValue('--c-side-us').trim()"
            )
            == "CanvasText"
        )
    page.context.close()
