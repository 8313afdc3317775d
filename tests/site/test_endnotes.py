"""The proofs of a page: a claim has one numeral, a numeral has the exact words."""

import json

import pytest

from explainer.site.document import inner, parse, text_of
from explainer.site.endnotes import MOST, add_notes, settle, told

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


def made(text: str, name: str = "chapters/troops.html") -> str:
    """Return an article's HTML with its numerals and notes."""
    tree = parse(f"<html><body><article>{text}</article></body></html>")
    settle(tree)
    add_notes(tree, name, HELD)
    return inner(tree.body)


def link(row: str, page: str = "../evidence/a.html") -> str:
    """Return a link of a list as the pages have it."""
    return f'<a class="proof" href="{page}#{row}">A</a>'


def numeral(rows: str, kind: str = "") -> str:
    """Return a proof as Sphinx writes it, before the build numbers it."""
    return f'<a class="numeral {kind}" href="x.html#{rows.split()[0]}" data-rows="{rows}"></a>'


def read(html: str) -> str:
    """Return the text of a page without its notes, each numeral in brackets."""
    tree = parse(html)
    for notes in tree.find_class("notes"):
        notes.drop_tree()
    for one in tree.find_class("numeral"):
        one[0].drop_tree()
        one.text = f"[{one.get('data-rows') or one.get('href').partition('#')[2]}]"
    return text_of(tree)


def test_a_row_is_one_note_however_often_it_is_cited():
    """Words listed twice, a number that leads to other words, words that are not escaped."""
    html = made(link("trp-1") + link("dis-2") + link("trp-1"))
    assert [part[0] for part in html.split('data-note="')[1:]] == ["1", "2", "1"]
    notes = parse(html).xpath("//section[@class='notes']//li")
    assert [text_of(note) for note in notes] == [
        "“about <12> tanks” (A & Co, 3 March 2031, trp-1).",
        "The report does not mention it (A & Co, 3 March 2031, dis-2).",
    ]
    assert "&lt;12&gt;" in html
    assert notes[0].xpath("a/@href") == ["../evidence/a-2031.html#trp-1"]


def test_numerals_count_from_one_and_lead_to_their_rows():
    """A gap in the numerals of a screen, a second one for the same rows, one whose rows cannot all
    be reached without a script, a link that is not announced.
    """
    html = made(
        f"<p>One {link('dis-2')}{numeral('trp-1')}. Two {numeral('trp-1 dis-2', 'context')}, one"
        f" {numeral('trp-1')}.</p>"
    )
    marks = parse(html).find_class("numeral")
    assert [mark.text_content() for mark in marks] == ["1", "2", "1"]
    assert [mark.get("href") for mark in marks] == ["x.html#trp-1", "#note-2", "x.html#trp-1"]
    assert [mark.get("aria-label") for mark in marks] == ["proof 1", "proof 2, context", "proof 1"]
    note = parse(html).xpath("//li[@id='note-2']")[0]
    assert [a.text for a in note.iter("a")] == ["trp-1", "dis-2"]
    assert 'data-note="3"' in html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        # behind the point, without a space
        (f"<p>It left {numeral('trp-1')}, they say.</p>", "It left,[trp-1] they say."),
        (f"<p>It left {numeral('trp-1')} <em>soon</em>.</p>", "It left[trp-1] soon."),
        (f"<p><b>It left</b> {numeral('trp-1')}.</p>", "It left.[trp-1]"),
        # a number's proof joins the claim's
        (
            f"<p>Of 9{numeral('num-two', 'counted')} in <b>May{numeral('dis-2', 'counted')}</b> it"
            f" left {numeral('trp-1')}. So.</p>",
            "Of 9 in May it left.[num-two dis-2 trp-1] So.",
        ),
        # without one it stands at the end of the sentence, or behind the number
        (
            f"<p>There are 9{numeral('num-two', 'counted')} of 12{numeral('dis-2', 'counted')}"
            f" tanks. It left {numeral('trp-1')}.</p>",
            "There are 9 of 12 tanks.[num-two dis-2] It left.[trp-1]",
        ),
        (
            f"<p><b>There are 9{numeral('num-two', 'counted')}.</b> It left {numeral('trp-1')}.</p>",
            "There are 9.[num-two] It left.[trp-1]",
        ),
        (f"<li>9{numeral('num-two', 'counted')} tanks</li>", "9[num-two] tanks"),
        # two claims keep two, two proofs in a row are one
        (f"<p>A {numeral('trp-1')}; b {numeral('dis-2')}.</p>", "A;[trp-1] b.[dis-2]"),
        (f"<p>A {numeral('trp-1')} {numeral('dis-2')}.</p>", "A.[trp-1 dis-2]"),
    ],
)
def test_a_claim_ends_in_one_numeral(text, shown):
    """A numeral for every number, before the comma, at the wrong sentence, or lost."""
    assert read(made(text)) == shown


def test_a_counted_number_says_how_and_quotes_its_rows():
    """A count without its rule, or without its words; pages of words for a count of hundreds."""
    assert "2: Counted. “about <12> tanks” (A & Co, 3 March 2031, trp-1). The report" in text_of(
        parse(made(link("num-two")))
    )
    many = made(link("num-many"))
    assert f"9: Counted. ({MOST + 1} rows, at" in many and "tanks" not in many
    assert 'href="../evidence/a-2031.html#num-many"' in many


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
