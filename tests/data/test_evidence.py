"""Evidence: what is verbatim is accepted, what is not is rejected, and the file is to the letter of the design."""

import unicodedata
from hashlib import blake2b

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.check.matching import stands
from explainer.data import evidence
from explainer.data.evidence import (
    JOINT,
    W,
    fingerprint,
    lengths,
    normalise,
    parse,
    unproven,
    words,
)

WORDS = st.lists(
    st.text("abcdefghijklmnop", min_size=1, max_size=6), min_size=12, max_size=40, unique=True
)


def article(run):
    return fingerprint("invented", " ".join(run).encode())


@settings(deadline=None)  # a busy machine is no fault
@given(WORDS, st.data())
def test_a_verbatim_run_is_accepted(run, data):
    """A quotation that stands in the article, refused."""
    first = data.draw(st.integers(0, len(run) - W))
    last = data.draw(st.integers(first + W, len(run)))
    assert not unproven(" ".join(run[first:last]), article(run).hashes)


@settings(deadline=None)
@given(WORDS, st.data(), st.sampled_from(("changed", "dropped", "swapped", "doubled")))
def test_an_altered_run_is_rejected(run, data, how):
    """A word changed, dropped, swapped or doubled inside a quotation, accepted."""
    first = data.draw(st.integers(0, len(run) - W - 2))
    last = data.draw(st.integers(first + W + 2, len(run)))
    cited = run[first:last]
    i = data.draw(st.integers(1, len(cited) - 2))
    if how == "changed":
        cited = [*cited[:i], "zzz", *cited[i + 1 :]]
    elif how == "dropped":
        cited = [*cited[:i], *cited[i + 1 :]]
    elif how == "swapped":
        cited = [*cited[: i - 1], cited[i], cited[i - 1], *cited[i + 1 :]]
    else:
        cited = [*cited[:i], cited[i], *cited[i:]]
    assert unproven(" ".join(cited), article(run).hashes)


@settings(deadline=None)  # a busy machine is no fault
@given(WORDS, st.data())
def test_fragments_are_verified_one_by_one(run, data):
    """A fragment of fewer than four words, or one that is not in the article, hidden behind a good one."""
    good, other = " ".join(run[:W]), " ".join(run[-W:])
    assert not unproven(good + JOINT + other, article(run).hashes)
    assert unproven(good + JOINT + " ".join(run[-W + 1 :]), article(run).hashes)
    assert unproven(good + JOINT + " ".join(reversed(run[:W])), article(run).hashes) == [
        " ".join(reversed(run[:W]))
    ]


@given(WORDS)
def test_a_fingerprint_is_read_as_it_was_written(run):
    """A file that does not come back as it was."""
    made = article(run)
    assert parse(str(made)) == made


@given(st.text())
def test_any_text_can_be_normalised(text):
    """A character that breaks the normalisation, or makes it depend on how often it is done."""
    assert normalise(normalise(text)) == normalise(text) or "\u0345" in unicodedata.normalize(
        "NFKD", text
    )
    assert isinstance(words(text), tuple)


def test_the_file_is_to_the_letter():
    """Another program could not recompute the fingerprint."""
    text = "One two, three: four FIVE"
    hashes = sorted(
        blake2b(s, digest_size=8).hexdigest()
        for s in (b"one two three four", b"two three four five")
    )
    lines = str(fingerprint("a-2031-01", text.encode())).split("\n")
    assert [line.partition(": ")[0] for line in lines[:6]] == [
        "# source_id",
        "# w",
        "# hash",
        "# normalisation",
        "# words",
        "# sha256",
    ]
    assert (
        lines[0] == "# source_id: a-2031-01" and lines[1] == "# w: 4" and lines[4] == "# words: 5"
    )
    assert lines[6].startswith("# letters: ") and lines[7] == "# paragraphs of sentences: 0"
    assert lines[8:10] == hashes and lines[-1] == ""
    printed = [
        blake2b(f"#{run}".encode(), digest_size=5).hexdigest()
        for run in ("One two, three: four", "two, three: four FIVE", text)
    ]
    assert set(printed) <= set(lines[10:]) and all(len(line) == 10 for line in lines[10:-1])


TEXT = (
    "US Denies Talks\n\n“At no point did we discuss the withdrawal of US forces,” Jane Roe said. The mission may end next year, officials said.\n\n"
    "He called the strike “a violation of the law of nations” and left for Baghdad.\n"
)


@pytest.mark.parametrize(
    ("run", "places"),
    [
        ("At no point did we discuss", '"'),
        ("“At no point did we discuss", " "),
        ("at no point did we discuss", ""),
        ("the withdrawal of US forces,” Jane Roe said", '"'),
        ("the withdrawal of U.S. forces", ""),
        ("the withdrawal of US forces", '"'),
        ("the withdrawal of US forces.", ""),
        ("US forces,” Jane Roe", '"'),
        ("US forces” Jane Roe", ""),
        ("called the strike “a violation of the law", " "),
        ("called the strike a violation", ""),
        ("the strike “a violation of the law of nations” and left", " "),
        ("US forces,” Jane Roe said. The mission may", '"'),
        ("left for Baghdad. US Denies", ""),
        ("three words only", ""),
        ("Jane Roe said. He called", ""),
    ],
)
def test_letters_and_marks_show_without_the_article(run, places):
    """A changed capital, comma or quotation mark, or two passages joined, taken for what was printed."""
    assert "".join(sorted(evidence.printed(run, fingerprint("a", TEXT.encode())))) == places


def test_a_fingerprint_knows_what_stands_around_words():
    """A negation, a hedge or a speaker that was cut off; runs of two paragraphs joined."""
    known = fingerprint("a", TEXT.encode())
    assert "!" in evidence.around(
        "the withdrawal of US forces", known
    ) and "?" not in evidence.around("the withdrawal of US forces", known)
    assert "?" in evidence.around("end next year, officials", known)
    assert evidence.spoken_by(
        "the withdrawal of US forces", "Roe", known
    ) and not evidence.spoken_by("The mission may end", "Roe", known)
    assert evidence.together(["the withdrawal of US forces", "The mission may end"], known)
    assert not evidence.together(["the withdrawal of US forces", "a violation of the law"], known)
    assert evidence.place_of(
        "violation", "called the strike “a violation of the law of nations” and left for", known
    ) == {'"'}
    assert evidence.place_of(
        "left", "called the strike “a violation of the law of nations” and left for", known
    ) == {" "}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2,500 troops", ("2,500", "troops")),
        ("al-Sudani don’t U.S. and/or", ("al-sudani", "don't", "u.s", "and/or")),
        ("“quoted,” ‘single’ ‚low‛ „low‟", ("quoted", "single", "low", "low")),
        ("a – b — c ‑d e−f g‐h", ("a", "b", "c", "d", "e-f", "g-h")),
        ("at\u00a0a press", ("at", "a", "press")),
        ("don`t", ("don", "t")),
        ("STRASSE Straße", ("strasse", "strasse")),
        ("", ()),
    ],
)
def test_words(text, expected):
    """A word that is cut or joined otherwise than the design says."""
    assert words(text) == expected


def test_every_dash_is_a_hyphen():
    """A dash that a new version of Unicode has and we do not know."""
    dashes = [chr(c) for c in range(0x110000) if unicodedata.category(chr(c)) == "Pd"]
    assert {normalise(d) for d in dashes} == {"-"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.replace("# w: 4\n", ""), "the header"),
        (lambda t: t.replace("# words: 9", "# words: many"), "not a number"),
        (lambda t: t + "0123\n", "not a hash"),
        (lambda t: t.replace("\n", "\r\n"), "is not a number"),
        (lambda t: t + "0" * 16 + "\n", "form"),
        (lambda t: t.rstrip("\n"), "form"),
        (lambda t: "", "the header"),
    ],
)
def test_a_damaged_file_is_refused(change, message):
    """A fingerprint file that somebody edited."""
    text = str(fingerprint("a", b"one two three four five six seven eight nine"))
    with pytest.raises(ValueError, match=message):
        parse(change(text))


def test_lengths_count_prose_and_quotation_apart():
    """Quoted words counted as a reporter's, or the other way round."""
    assert lengths('he said “two words” and "three more words" left') == (4, 5)
    assert lengths("no marks at all") == (4, 0)
    assert lengths("an open “mark to the end") == (2, 4)


def test_a_phrase_stands_in_one_fragment():
    """Words that only meet across a joint, taken for a phrase."""
    assert stands("two three", "one two three … four five")
    assert not stands("three four", "one two three … four five")
    assert not stands("", "one two three")


def test_every_evidence_of_the_book_is_verbatim(articles):
    """The fingerprints in the repository are not those of the articles."""
    from explainer.data.tables import DATA

    for path in sorted((DATA / "fingerprints").glob("*.txt")):
        made = fingerprint(path.stem, (articles / path.name).read_bytes())
        assert str(made) == path.read_text(encoding="utf-8")
    assert evidence.W == 4
