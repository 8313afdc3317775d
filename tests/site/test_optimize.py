"""The finished pages: rules that are used stay, others go, nothing unused is shipped, the policy is strict."""

import re
from pathlib import Path

import pytest

from explainer.charts.figure import registry
from explainer.data.manifest import published
from explainer.paths import ROOT, SITE
from explainer.site.document import inner, parse, parts, serialize
from explainer.site.icons import GLYPHS, draw
from explainer.site.optimize import policy, tighten
from explainer.site.stylesheet import known, pruned, rules, vocabulary

USED = vocabulary(
    [parse('<div class="here" id="it" data-mode="x"><a href="#">x</a></div>')],
    ['element.classList.add("scrolled"); document.createElement("dialog")'],
)
ALL = [*published(), "search"]


def sheet(folder: Path, text: str, used: set[str] | None = USED) -> str:
    """Return a style sheet as it is shipped: made with those names that the sheets know."""
    (folder / "styles").mkdir(exist_ok=True)
    (folder / "styles/a.css").write_text(text, encoding="utf-8")
    if used is not None:
        used = known(used, [path.read_text() for path in (folder / "styles").glob("*.css")])
    return "".join(map(str, pruned(rules(folder / "styles/a.css", folder, used))))


@pytest.mark.parametrize(
    "rule",
    [
        ".here{color:red}",
        "#it{color:red}",
        "a:hover{color:red}",
        '.here>a::before{content:"a, b"}',
        "[data-mode=dark] .here{color:red}",
        ".scrolled{color:red}",
        "dialog::backdrop{color:red}",
        ".here:not(.gone){color:red}",
        "@media print{.here{color:red}}",
        "@page :first{margin:1cm}",
        ".here{width:calc(1px + 2%)}",
        ".here{--a:1;width:var(--a)}",
        ".here{animation:turn 1s}@keyframes turn{from{color:red}50%{color:blue}}",
        ".here{color:red!important}",
        ".here{background:url(\"data:image/svg+xml,%3Csvg a='b'/%3E\")}",
        ".here{color:red;color:blue;color:red}",
    ],
)
def test_a_rule_that_is_used_stays_as_it_is(tmp_path, rule):
    """A state, a pseudo-element or a value that the minifier loses or changes."""
    assert sheet(tmp_path, rule) == rule


def test_a_name_that_no_sheet_knows_changes_no_sheet():
    """A sheet of the theme read again because a page has a new word: a second in each build."""
    sheets = [".here>A::before{color:red}", ".md\\:row[DATA-mode]{--tint:1}"]
    every = {"a", ".here", ".md:row", "[data-mode", "--tint", "table", ".draft", "#it", "[hidden"}
    assert known(every, sheets) == {"a", ".here", ".md:row", "[data-mode", "--tint"}


@pytest.mark.parametrize(
    "rule",
    [
        ".gone{color:red}",
        "#gone{color:red}",
        "table{color:red}",
        ".here .gone{color:red}",
        ".gone:hover{color:red}",
        "[data-gone]{color:red}",
        "@media print{.gone{color:red}}",
        ".here{--unused:1}",
        ".here{--a:var(--b)}.here{--b:1}",
        "@keyframes turn{from{color:red}}",
        "@font-face{font-family:Gone;src:url(gone.woff2)}",
        "/* nothing */",
        ".here{}",
        '@import "b.css";',
    ],
)
def test_a_rule_that_nothing_uses_goes(tmp_path, rule):
    """Dead weight in the sheet of every page."""
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/b.css").write_text(".gone{color:red}", encoding="utf-8")
    assert sheet(tmp_path, rule) == ""


def test_of_several_selectors_the_used_ones_stay(tmp_path):
    """A whole rule lost for one selector of it, white space kept for its own sake, an address that leads nowhere."""
    assert (
        sheet(tmp_path, ".gone , .here  a ,\n #it { color : red ; background: url(../x.png) }")
        == '.here a,#it{color:red;background:url("x.png")}'
    )


def test_policy_names_each_inline_script_by_its_hash():
    """An inline script that the policy would block, or one that it allows without a hash."""
    known = (
        "sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI="  # of alert(1), as a browser prints it
    )
    made = policy(
        parse(
            "<script>alert(1)</script><script src='x.js'></script>"
            "<script type='application/json'>{}</script>"
        )
    )
    assert f"script-src 'self' '{known}';" in made and made.count("sha256") == 1


def test_page_keeps_what_is_verbatim():
    """White space collapsed in code, a comment left, the policy not first in the head."""
    tree = parse(
        "<html><head>\n  <title>x</title>\n</head>\n\n<body><!-- no -->\n  <pre>a\n\n  <b>b\n\n</b></pre>\n"
        "   <p>c\n d</p></body></html>"
    )
    tighten(tree)
    made = serialize(tree)
    assert made.startswith(
        '<!DOCTYPE html>\n<html><head>\n<meta http-equiv="Content-Security-Policy"'
    )
    assert "<pre>a\n\n  <b>b\n\n</b></pre>\n<p>c\nd</p>" in made and "<!-- no" not in made


# ---------------------------------------------------------------- the built site
def test_no_rule_of_an_embedded_chart_is_in_the_pages():
    """The sheet of the charts to embed joined to that of the pages: small grey text, links as blocks, in the whole book."""
    own = (SITE / "figures/embed.css").read_text(encoding="utf-8")
    assert "p a {" in own and "p a{" not in (SITE / "_static/site.css").read_text(
        encoding="utf-8"
    ).replace("\n", "")
    for path in (SITE / "figures").glob("*.html"):
        assert re.findall(r'rel="stylesheet" href="([^"?]+)', path.read_text(encoding="utf-8")) == (
            ["embed.css"] if path.stem in registry() else []
        ), path.name


@pytest.mark.parametrize("name", ALL)
def test_built_page_has_one_sheet_and_the_policy_first(name):
    """A page that the step passed over; a script that blocks the page, a style or a handler that the policy blocks."""
    html = (SITE / f"{name}.html").read_text(encoding="utf-8")
    assert re.search(r"<head>\s*<meta http-equiv=\"Content-Security-Policy\"", html)
    assert len(re.findall(r'rel="stylesheet"', html)) == 1 and html.count('name="viewport"') == 1
    assert not re.search(r"<style|<[^>]+ (?:style|on[a-z]+)=|<!--|rel=\"preload\"", html)
    assert all(" defer " in tag for tag in re.findall(r"<script [^>]*src=[^>]*>", html))


@pytest.mark.parametrize("tag", ["i", "span"])
def test_a_glyph_is_drawn_where_the_theme_asks_for_it(tag):
    """A button that shows nothing; a glyph that a reader's screen reader reads out; an element whose hooks for style or script are lost."""
    tree = parts(
        f'<p><{tag} class="theme-switch fa-solid fa-moon   fa-lg" data-mode="dark"></{tag}> <i class="other"></i></p>'
    )
    draw(tree)
    assert inner(tree) == (
        f'<p><{tag} class="theme-switch fa-solid fa-moon   fa-lg" data-mode="dark">'
        f'<svg viewbox="0 0 24 24" aria-hidden="true">{inner(parts(GLYPHS["moon"]))}</svg></{tag}> <i class="other"></i></p>'
    )


def test_a_glyph_that_is_not_drawn_stops_the_build():
    """A new control of the theme that would show nothing."""
    with pytest.raises(ValueError, match="rocket"):
        draw(parts('<i class="fa-solid fa-rocket"></i>'))


def test_every_glyph_is_drawn():
    """A button that shows nothing, because markup of a kind that the step does not know asks for a glyph; an image in the sheet, which delays each page."""
    for name in ALL:
        html = (SITE / f"{name}.html").read_text(encoding="utf-8")
        asked = re.findall(r"<\w+ [^>]*\bfa-solid\b[^>]*>(.{4})", html, re.S)
        assert asked and set(asked) == {"<svg"}, name
    assert "data:" not in (SITE / "_static/site.css").read_text(encoding="utf-8")


def test_nothing_unused_is_shipped():
    """Fonts, source maps, locales, scripts of the theme; a sheet that grew past what a phone should load."""
    files = [
        path.relative_to(SITE / "_static").as_posix()
        for path in (SITE / "_static").rglob("*")
        if path.is_file()
    ]
    assert not [
        name
        for name in files
        if re.search(
            r"\.(map|ttf|woff2?|mo|html)$|^(scripts|styles|vendor|locales)/|bootstrap|fontawesome",
            name,
        )
    ]
    assert (SITE / "_static/site.css").stat().st_size < 80_000


def test_the_sheet_of_a_chart_by_itself_stays_with_it():
    """Bare selectors of the embedded charts (`p a`, `svg`) that change every page; an embedded chart that loads the sheet of the whole site."""
    own = re.findall(
        r"^(p a|\.narrow|body) \{ ([\w-]+: [^;]+);",
        (ROOT / "explainer/site/publish/embed.css").read_text(encoding="utf-8"),
        re.M,
    )
    shipped = (SITE / "_static/site.css").read_text(encoding="utf-8")
    assert len(own) == 3 and not re.search(
        r"(?<=})(?:p a|\.narrow)\{|body\{margin:0;padding:\.75rem", shipped
    )
    for name in registry():
        path = SITE / f"figures/{name}.html"
        assert re.findall(
            r'<link rel="stylesheet" href="([^"]+)"', path.read_text(encoding="utf-8")
        ) == ["embed.css"]
