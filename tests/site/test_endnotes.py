"""The notes on paper: a marker has a number, a number has the exact words."""

import json

import pytest

from explainer.site.document import inner, parse
from explainer.site.endnotes import MOST, add_notes, told

FILE = {
    "source": {"outlet": "A & Co", "date": "3 March 2031", "headline": "H", "url": ""},
    "rows": {"trp-1": {"words": "about <12> tanks"}, "dis-2": {}},
    "groups": {
        "num-two": {
            "text": "2",
            "how": "Counted.",
            "count": 2,
            "rows": [["a-2031", "trp-1"], ["a-2031", "dis-2"]],
        },
        "num-many": {
            "text": "9",
            "how": "Counted.",
            "count": MOST + 1,
            "rows": [["a-2031", "trp-1"]] * (MOST + 1),
        },
    },
}


@pytest.fixture(autouse=True)
def held(tmp_path):
    """Write the rows as the site's script has them, and read them."""
    (tmp_path / "a-2031.js").write_text(
        f'(window.bookData??={{}})["a-2031"]={json.dumps(FILE)};\n', encoding="utf-8"
    )
    (tmp_path / "where.js").write_text(
        '(window.bookData??={})["where"]={"a-2031":["trp-1"]};\n', encoding="utf-8"
    )
    HELD.update(told(tmp_path))


HELD: dict = {}


def made(text: str, name: str = "troops.html") -> str:
    """Return an article's HTML with its notes."""
    tree = parse(f"<html><body><article>{text}</article></body></html>")
    add_notes(tree, name, HELD)
    return inner(tree.body)


def link(row: str, page: str = "../evidence/a.html") -> str:
    """Return a marker as the pages have it."""
    return f'<a class="proof" href="{page}#{row}">A</a>'


def test_a_row_is_one_note_however_often_it_is_cited():
    """Words listed twice, a number that leads to other words, words that are not escaped."""
    html = made(link("trp-1") + link("dis-2") + link("trp-1"))
    assert [part[0] for part in html.split('data-note="')[1:]] == ["1", "2", "1"]
    assert html.endswith(
        "<ol><li>“about &lt;12&gt; tanks” (A &amp; Co, 3 March 2031, trp-1).</li>"
        "<li>The report does not mention it (A &amp; Co, 3 March 2031, dis-2).</li></ol></section></article>"
    )


def test_a_counted_number_says_how_and_quotes_its_rows():
    """A count without its rule, or without its words; pages of words for a count of hundreds."""
    assert (
        "<li>2: Counted. “about &lt;12&gt; tanks” (A &amp; Co, 3 March 2031, trp-1). The report"
        in made(link("num-two"))
    )
    many = made(link("num-many"))
    assert f"9: Counted. {MOST + 1} rows" in many and "tanks" not in many


def test_where_the_words_stand_already_there_is_no_note():
    """The evidence twice on its own page, notes on what is folded away, a note on nothing."""
    for text in (
        link("trp-1", ""),
        link("trp-1", "troops.html"),
        f"<details>{link('trp-1')}</details>",
        f"<table>{link('trp-1')}</table>",
        link("gone-1"),
    ):
        assert made(text) == f"<article>{text}</article>"
