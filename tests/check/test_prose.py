"""The check of sentences: what a chapter says is found in the rows that the sentence cites."""

import pytest

from explainer.check import prose

TRUE = (
    "The Pentagon had no plans to withdraw its troops {proof}`stm-0002`.",
    "On {glue:}`date_briefing_2031_03_10` the Pentagon said so {proof}`stm-0002`.",
    "About 1,200 US troops are in Iraq, and 300 in Syria {proof}`trp-0001 trp-0002`.",
    "The Gazette has Jane Roe say “not aware of any request to leave” {proof}`stm-0003`.",
    "In January 2020 two men were killed in Baghdad {proof}`att-0005`.",
    "Both reports give a number; The Herald prints it without a hedge {proof}`trp-0003`.",
    "{glue:}`articles` articles give a figure for Iraq; {glue:}`troops_syria` one for Syria.",
    "**Saleh wants the mission to end.** He said so twice {proof}`stm-0004 stm-0006`.",
    "It is a question of words.",
    "The mission should end, said Karim Saleh. {proof}`stm-0004` That was in March 2031 {proof}`stm-0004`.",
    "The Register counts about 1,500 in June 2029 {proof}`rec-0001`.",
    "No article says who counted.",
)
FALSE = (
    ("The Pentagon had no plans to withdraw.", 'has no proof for "Pentagon": '),
    (
        "There are 1,300 troops in Iraq {proof}`trp-0001`.",
        'says "1,300", which no row that it cites gives: no row has it',
    ),
    (
        "There are 300 troops in Iraq {proof}`trp-0003`.",
        'says "300", which no row that it cites gives: trp-0001, trp-0002',
    ),
    ("Three dozen attacks were counted {proof}`att-0003`.", 'says "three dozen", which no row'),
    ("The US has 1.2k troops in Iraq {proof}`trp-0003`.", 'says "1.2k", which no row'),
    ("At most 1,200 US troops are in Iraq {proof}`trp-0001`.", 'says "At most", which no row'),
    ("There are 1,200 US troops in Iraq {proof}`trp-0001`.", 'says "1,200" without the bound'),
    ("In May 2031 Saleh called for an end {proof}`stm-0004`.", 'says "May 2031", which no row'),
    ("In April Jane Roe denied it {proof}`stm-0003`.", 'says "April", which no row'),
    (
        "Jane Roe called for an end of the mission {proof}`stm-0004`.",
        'says "Jane", which no row that it cites gives: ',
    ),
    (
        "The Herald has the denial {proof}`stm-0003`.",
        'says "Herald", which no row that it cites gives: herald-2031-04',
    ),
    (
        "The Pentagon said “we will never leave” {proof}`stm-0002`.",
        "says “we will never leave”, which no row that it cites gives",
    ),
    (
        "The Pentagon will withdraw its troops {proof}`stm-0002`.",
        'says "withdraw" plainly, and its proofs only deny it',
    ),
    (
        "The Pentagon said that it had been asked to leave {proof}`stm-0002`.",
        "says plainly what the rows that it cites deny",
    ),
    (
        "The minister has not called for an end of the mission {proof}`stm-0004`.",
        'says "not", and no row that it cites denies anything',
    ),
    (
        "The minister never said that the mission of the coalition should end {proof}`stm-0002 stm-0004`.",
        'says "The minister never said that the mission of the coalition should end", and',
    ),
    ("Washington announced a withdrawal.", "has no proof for what somebody said or did"),
    ("It came so {proof}`stm-0099`.", "cites stm-0099, which is no row"),
    (
        "It came so {proof}`register-2030-12`.",
        "cites register-2030-12, another source: cite a fact",
    ),
    ("It came so {proof}`how-many`.", "cites how-many, which has no words of a source"),
    (
        "A strike in Tehran killed two {proof}`att-0005`.",
        'says "Tehran", which no row that it cites gives',
    ),
)


def said(book, text, tmp_path, page="troops"):
    (tmp_path / "chapters").mkdir()
    (tmp_path / f"chapters/{page}.md").write_text(
        f"---\nx: y\n---\n\n# A page\n\n```{{code-cell}}\nx = 9\n```\n\n{text}\n"
    )
    return [(p.line, p.value, p.message) for p in prose.check(book.data, tmp_path)]


@pytest.mark.parametrize("text", TRUE, ids=range(len(TRUE)))
def test_a_true_sentence_passes(book, text, tmp_path):
    """A sentence that its proofs give, refused."""
    assert said(book, text, tmp_path) == []


@pytest.mark.parametrize(("text", "expected"), FALSE, ids=range(len(FALSE)))
def test_a_false_sentence_is_refused(book, text, expected, tmp_path):
    """A number, date, name, quotation or denial that no proof of the sentence gives."""
    found = said(book, text, tmp_path)
    assert found and all(line == 11 for line, _, _ in found)
    assert any(message.startswith(expected) for _, _, message in found), found


def test_the_message_quotes_the_sentence(book, tmp_path):
    """A refusal of which nobody can tell where in the paragraph it is."""
    (found,) = said(
        book, "So it is. There are 1,300 troops in Iraq {proof}`trp-0001`. And on.", tmp_path
    )
    assert found[1] == "“There are 1,300 troops in Iraq .”"


def test_pages_about_the_book_prove_what_they_quote(book, tmp_path):
    """A chapter on the method that may not name a number of its own, or may quote what nobody said."""
    found = said(
        book, "The check runs 64 rules. It knows “a word that nobody wrote”.", tmp_path, "method"
    )
    assert [message[:30] for _, _, message in found] == ['has no proof for "“a word that'] or found


@pytest.mark.parametrize(
    ("later", "says"),
    [
        ("stm-0003", "cites stm-0002, which was wrong: stm-0003 stands in its place"),
        ("stm-0002", "cites stm-0002, which was wrong: no row takes its place"),
    ],
)
def test_a_proof_that_was_wrong_is_refused(book, later, says, tmp_path, monkeypatch):
    """A sentence that rests on a row that was corrected since: its link would lead nowhere."""
    row = next(row for row in book.data.tables["statements"] if row.key == "stm-0002")
    monkeypatch.setitem(row, "superseded_by", later)
    found = said(book, TRUE[0], tmp_path)
    assert says in [message for _, _, message in found]
