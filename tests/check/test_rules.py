"""What the rules read with: numbers in words, and where the words of codes and names stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.check.claims import claims
from explainer.check.matching import named, respelt, spots, stands, supported, tie, uncounted
from explainer.check.numerals import numbers
from explainer.check.rules.numbers import counting
from explainer.data import tables
from explainer.data.dataset import Dataset
from explainer.data.evidence import words
from explainer.paths import DATA

CODES = [
    {"code": "iraq", "words": ["iraq"]},
    {"code": "syria", "words": ["syria"]},
    {"code": "both", "words": ["iraq and syria"]},
    {"code": "elsewhere"},
]
MEASURES = [
    {"code": "attacks", "words": ["attack", "missile strike"]},
    {"code": "strikes", "words": ["strike"]},
    {"code": "injured", "words": ["injured"]},
    {"code": "killed", "words": ["killed"]},
]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("about 2,500 troops", [2500]),
        ("12 troops and one contractor", [12, 1]),
        ("three dozen men, a dozen women", [36, 12]),
        ("twenty-five of a hundred and five", [25, 105]),
        ("one hundred and six soldiers and two", [106, 2]),
        ("23 thousand", [23000]),
        ("Over 23,000", [23000]),
        ("two hundred thousand and five", [200005]),
        ("a 12-month plan", [12]),
        ("one thousand two hundred", [1200]),
        ("the 20th, the 1990s, 1.5 million, 2024-01-09", []),
        ("dozens of men, a man", []),
        ("no one but another one", [1, 1]),
        ("no hundred", []),
        ("", []),
    ],
)
def test_numbers(text, values):
    """A number that is read as another, overlooked, or found where there is none."""
    assert [n.value for n in numbers(words(text))] == values


def test_a_name_in_another_spelling_is_the_same(book):
    """One man with two rows, because two newsrooms write him in two ways."""
    plain = respelt(book.data)
    assert plain("Thabit Al-Abbassi") == plain("Thabet al-Abassi") == plain("Thabet Abassi")
    assert plain("Abbassid, Iraq’s Mohammedan") == "Abbassid, Iraq’s Mohammedan"


def test_the_ends_of_a_range_claim_no_exact_number():
    """A chart of reports from about 2,000 to about 2,500 whose title is refused."""
    exact = [
        c.value for c in claims("8 give 2,000 to 2,500 troops", frozenset()) if c.kind == "exact"
    ]
    assert exact == [8]
    assert 900 in {c.value for c in claims("2 to 900", frozenset()) if c.kind == "number"}


def test_an_article_counts_where_it_may():
    """'a deputy commander' is one man; 'a hundred' is not 1 and 100."""
    assert [
        (n.value, n.first, n.last)
        for n in numbers(words("killed a man and a hundred others"), articles=True)
    ] == [(1, 1, 1), (100, 4, 5)]


@given(st.integers(0, 10**9))
def test_digits_with_and_without_groups(value):
    """A number in digits that is read as another."""
    assert (
        [n.value for n in numbers((f"{value:,}", "men"))]
        == [value]
        == [n.value for n in numbers((str(value), "men"))]
    )


@pytest.mark.parametrize(
    ("evidence", "codes", "ties"),
    [
        ("Around 2,500 troops in Iraq and 900 in Syria", CODES, ["iraq", "syria"]),
        ("eastern Syria, where there are about 900 troops", CODES, ["syria"]),
        ("100 attacks in Iraq and Syria", CODES, ["both"]),
        ("left one in critical condition and injured two others", MEASURES, ["injured", "injured"]),
        ("12 troops and one contractor were injured", MEASURES, ["injured", "injured"]),
        ("300 men", CODES, [None]),
        ("men were killed and more than 30 others", MEASURES, [None]),
        ("3 men killed, more than 30 injured", MEASURES, ["killed", "injured"]),
        ("a brain injury, two US officials", [{"code": "x", "words": ["injury"]}], [None]),
        ("two attacks, one of them on a base", MEASURES, ["attacks", "attacks"]),
        ("killed a guard and two cooks", MEASURES, ["killed"]),
    ],
)
def test_a_number_is_tied_to_what_it_counts(evidence, codes, ties):
    """A number that is taken for another place, or another measure."""
    assert [tie(n, evidence, codes, far=True) for n in numbers(words(evidence))] == ties


@pytest.mark.parametrize(
    ("text", "idle"),
    [
        ("an attack on Tower 22 since then", ["22"]),
        ("three guards killed at Post 9, and 30 hurt", ["9"]),
        ("two senior US officials said four men were killed", ["two"]),
        ("according to three sources, nine died", ["three"]),
        ("killed two officials in the town", []),
        ("two officials were killed, the army said", []),
        ("came under attack in Iraq 40 or more times", []),
        ("Around 900 in the east of Syria", []),
        ("US Kills 12 in Raid", []),
        ("on March 3 in the town of Hit", []),
    ],
)
def test_a_number_counts_something(text, idle):
    """A number that is part of a name, or of those who speak, taken for a toll; or the other way round."""
    known = counting(Dataset(DATA, tables.descriptor(), {}))
    assert [words(text)[at] for at in sorted(uncounted(text, known))] == idle


def test_the_longer_phrase_counts():
    """'Iraq and Syria' that supports 'Iraq'; a missile strike that supports 'strike'."""
    assert supported("in Iraq and Syria, Iraq’s neighbour", CODES) == {"both", "iraq"}
    assert [code for _, _, code in spots(words("a missile strike on a base"), MEASURES)] == [
        "attacks"
    ]


def test_codes_may_share_a_word():
    """A word that two codes have, given to the first alone."""
    assert supported(
        "the end of it", [{"code": "a", "words": ["end"]}, {"code": "b", "words": ["end"]}]
    ) == {"a", "b"}


@pytest.mark.parametrize(
    ("name", "evidence", "found"),
    [
        ("Hamas", "Since the Israel-Hamas war started", True),
        ("al-Sudani", "Al-Sudani’s government condemned it", True),
        ("Sudani", "Al-Sudani said", True),
        ("Roe", "Jane Roebuck said so", False),
        ("IS", "this is … it's so", True),
    ],
)
def test_names(name, evidence, found):
    """A name that is overlooked, or found in another."""
    assert named(name, evidence) is found


@pytest.mark.parametrize(
    ("phrase", "evidence"),
    [
        ("U.S.-led coalition", "the U.S.-led coalition’s forces"),
        ("Shia militia", "mainly Shia militias that"),
        ("dozens of rocket strikes", "a dozen; dozens of rocket strike"),
    ],
)
def test_a_possessive_or_a_plural_is_no_fault(phrase, evidence):
    """A term refused because the article puts an s behind it."""
    assert stands(phrase, evidence) and not stands(phrase + " now", evidence)


@pytest.mark.parametrize(
    ("table", "column", "evidence", "code"),
    [
        ("links", "relation", "launched in retaliation to dozens of rocket strikes", "answers"),
        ("attacks", "qualifier", "dozens of rocket strikes", "several"),
        ("attacks", "measure", "dozens of rocket strikes", "attacks"),
        ("statements", "position", "a gradual reduction of advisers", "forces_leave"),
        ("statements", "position", "to move to bilateral relations", "transition"),
        ("attacks", "measure", "a rocket strike on the base", "attacks"),
    ],
)
def test_words_of_reporters_carry_a_code(table, column, evidence, code):
    """An ordinary word that the codebook does not know, so that a curator would have to code what is false."""
    field = tables.field(tables.resource(tables.descriptor(), table), column)
    assert code in supported(evidence, field["codes"])
