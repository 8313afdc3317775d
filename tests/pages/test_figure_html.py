"""A figure's HTML is complete without a script and lets no data become markup."""

import re
from dataclasses import replace

import altair as alt
import lxml.html
import pandas as pd
import pytest

from explainer import theme
from explainer.charts.figure import Figure, svg
from explainer.data.rows import address
from explainer.data.tables import book
from explainer.pages import figure
from explainer.pages.figure import mimebundle

HOSTILE = "<script>alert(1)</script>\"'&{{x}}"


@pytest.fixture
def plate():
    """Return a figure of one bar whose every text is hostile."""
    frame = pd.DataFrame(
        {"what": [HOSTILE], "value": [1], "row": ["trp-0001"], "href": ["trp-0001"]}
    )
    return Figure(
        frame,
        bar,
        finding=HOSTILE,
        caption=HOSTILE,
        description=HOSTILE,
        data=frame[["what", "value", "row"]],
        name="troops_test",
        tables=book(),
    )


def bar(frame: pd.DataFrame, canvas: theme.Canvas) -> alt.Chart:
    """Draw the figure."""
    mark = alt.Chart(frame).mark_point(color=theme.light("ink"))
    return mark.encode(x="value:Q", y="what:N", href="href:N", description="what:N")


def test_no_data_becomes_markup(plate):
    """A hostile string in a caption, a table, a title or a mark."""
    assert "<script" not in figure.html(plate)


def test_drawing_has_name_and_description(plate):
    """vl-convert drops the description: a drawing that a screen reader cannot name."""
    svg = figure.inline(plate, "wide")
    named = re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', svg)
    assert len(named) == 2 and all(f'id="{i}"' in svg for i in named)


def test_colours_follow_the_page(plate):
    """A hex colour left in an inline drawing does not follow the dark theme."""
    drawn = figure.inline(plate, "wide")
    assert drawn.count(theme.light("ink")) == drawn.count(f"var(--c-ink,{theme.light('ink')})") > 0


def test_names_its_sources(plate):
    """A figure that does not say which articles it draws on, or names others."""
    shown = re.search(r'<p class="sources">(.*?)</p>', figure.html(plate), re.S)[1]
    article = (
        book()
        .sources.set_index("source_id")
        .loc[book().troops.set_index("id").loc["trp-0001", "source_id"]]
    )
    assert (
        shown.count("<a ") == 1
        and article["outlet_short"] in shown
        and address(book(), article.name) in shown
    )


def test_shows_without_the_site(plate):
    """A notebook that is run again has no style sheet: marks without a colour, and every chart twice."""
    html = mimebundle(plate)["text/html"]
    assert '<div class="narrow" hidden>' in html and "var(--c-ink)" not in html


def test_ids_are_unique_between_compositions(plate):
    """Clip paths of two drawings with one id: the second is clipped by the first."""
    ids = re.findall(r'\bid="([^"]+)"', figure.html(plate))
    assert len(ids) == len(set(ids))


def test_a_link_names_all_its_rows(plate):
    """A mark of several rows that gives only one; a label that does not answer as its mark does, or stops the keyboard twice."""
    frame = pd.DataFrame(
        {"value": [1, 2], "row": ["trp-0001 stm-0001", ""], "text": ["one\ntwo", "no row"]}
    )
    base = alt.Chart(frame).encode(x="value:Q", href="row:N")
    chart = base.mark_point().encode(description=alt.value("a mark")) + base.mark_text(
        lineBreak="\n"
    ).encode(text="text:N")
    found = replace(plate, draw=lambda rows, canvas: chart)
    links = re.findall("<a [^>]*>", figure.inline(found, "wide"))
    event = book().statements.set_index("id").loc["stm-0001", "event_id"]
    told = f'xlink:href="{address(book(), "trp-0001")}" data-rows="trp-0001 stm-0001"'
    assert links == [
        f'<a {told} aria-label="a mark" data-events="{event}">',
        f'<a {told} tabindex="-1" aria-hidden="true" data-events="{event}">',
    ]
    exported = found.spec("wide")
    assert [
        record.get("href") for records in exported["datasets"].values() for record in records
    ] == [address(book(), "trp-0001"), None]
    assert (
        "data-rows" not in svg(exported)
        and svg(exported).count(f'href="{address(book(), "trp-0001")}"') == 2
    )


def test_a_chart_is_read_once(plate):
    """An axis read as a row of numbers, a label read after the mark that said it, a title read again."""
    drawn = lxml.html.fragment_fromstring(figure.inline(plate, "wide"))
    read = [
        text.text_content()
        for text in drawn.iter("text")
        if not any(up.tag == "a" or up.get("aria-hidden") for up in (text, *text.iterancestors()))
    ]
    assert not read
    heard = [a for a in drawn.iter("a") if a.get("aria-hidden") is None]
    assert heard and len(heard) == len({frozenset(a.get("data-rows").split()) for a in heard})
    assert all(a.get("tabindex") == "-1" for a in drawn.iter("a") if a.get("aria-hidden"))


def test_links_have_names(plate):
    """A link that a screen reader announces as 'link'."""
    for link in re.findall(r"<a [^>]*>", figure.inline(plate, "wide")):
        assert bool(re.search(r'aria-label="[^"]+"', link)) == ('aria-hidden="true"' not in link)


def test_landing_page_stands_at_the_root(plate):
    """Links of the landing page that climb out of the site."""
    assert "../" not in figure.html(replace(plate, name="index_test"))
    html = figure.html(plate)
    assert (
        html.count(f'href="{address(book(), "trp-0001")}"') == 3 and html.count("../evidence/") == 4
    )  # two drawings, the table; the line of sources


def test_table_links_every_row():
    """A table whose last column is not the proof."""
    html = figure.table(
        pd.DataFrame({"a": [None, 2], "row": ["trp-0001 trp-0002", "stm-0001"]}), tables=book()
    )
    assert html.count("<a ") == 3 and "<td></td>" in html


def test_a_stacked_cell_names_its_column():
    """On a phone a cell without the name that its column's head gives it at a desk."""
    frame = pd.DataFrame({"Who <b>": ["A"], "Said": [2], "row": ["trp-0001"]})
    made = figure.table(frame, tables=book(), stacked=True)
    assert '<th scope="row">A</th>' in made  # names the row
    assert re.findall('data-label="(.*?)"', made) == ["Said", "Exact words"]
    assert "data-label" not in figure.table(frame, tables=book())
