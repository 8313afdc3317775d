"""Corruption: the real data, damaged one cell at a time; how much of it the check finds is printed and kept."""

import io
from dataclasses import replace
from itertools import count

import pytest

from explainer.check import damage, run
from explainer.data.dataset import Record
from explainer.paths import DATA

# What contradicts the evidence, a fingerprint, the schema or another row: here nothing may pass.
ALWAYS = (
    "markup injected",
    "formula injected",
    "hidden space",
    "row duplicated",
    "row copied under a new id",
    "person swapped",
    "hedge dropped",
)
PROVEN = {
    "troops": ("count", "place", "qualifier", "as_of", "as_of_basis", "evidence", "source_id"),
    # not by_side: an article may leave open who acted, and only a reader sees whether it does
    "attacks": ("value", "qualifier", "scope", "evidence", "source_id"),
    "quantities": ("value", "qualifier", "unit", "quantity", "evidence", "source_id"),
    "statements": (
        "date",
        "precision",
        "side",
        "person_id",
        "role_as_written",
        "key_words",
        "evidence",
        "source_id",
    ),
    "mentions": ("evidence", "source_id"),
    "wording": ("term", "evidence", "source_id"),
    "links": ("evidence", "source_id"),
    "disagreements": ("stance", "evidence"),
    "people": ("evidence", "source_id"),
    "sources": ("published", "sha256", "words", "published_basis", "published_precision"),
}
FLOOR = 0.965  # of all that was tried in the tables of the articles
RECORD = 0.87  # and in the record and what is compared with it: no exact words prove a fact, and a finding is a judgement
BESIDE = ("record", "comparisons")


@pytest.fixture(scope="module")
def outcomes():
    data, problems = run.load(DATA)
    assert not problems, "the data has to be in order before it can be damaged"
    return list(damage.measure(replace(data, ledger=None)))  # the rules alone


@pytest.mark.slow
def test_what_contradicts_the_proof_is_found(outcomes):
    """A damaged cell that contradicts its evidence, its fingerprint or another row, and passes."""
    beyond = tuple(
        f"{row.file}:{row.line}: "
        for row in run.load(DATA)[0].live("sources")
        if row["tier"] == "context"
    )
    passed = [
        f"{kind}: {at}"
        for kind, table, column, at, caught in outcomes
        if not caught
        and not (table == "sources" and at.startswith(beyond))
        and (kind in ALWAYS or column in PROVEN.get(table, ()))
    ]
    assert passed == []


@pytest.mark.slow
def test_the_report(outcomes, record_property):
    """The check finds less than it did."""
    rates = damage.rates(outcomes)
    lines = [
        f"  {kind:26} {caught:4} of {tried:4}  {caught / tried:6.1%}"
        for kind, (tried, caught) in rates.items()
    ]
    passed = {
        f"{table}.{column or 'row'} ({kind})" for kind, table, column, _, ok in outcomes if not ok
    }
    lines.append("  passes, in part: " + "; ".join(sorted(passed)))
    record_property(
        "told", "\n".join(["What the check finds of damage done to one cell or row:", *lines])
    )
    pages = tuple(
        f"{row.file}:{row.line}"
        for row in run.load(DATA)[0].live("sources")
        if row["tier"] == "context"
    )
    beside = [
        o
        for o in outcomes
        if o[1] in BESIDE or (o[1] == "sources" and o[3].partition(": ")[0] in pages)
    ]
    for floor, part in ((FLOOR, [o for o in outcomes if o not in beside]), (RECORD, beside)):
        assert sum(caught for *_, caught in part) >= floor * len(part)


@pytest.mark.slow
def test_the_report_is_kept(outcomes):
    """The figures on the page are those of an older state."""
    assert (DATA / damage.FILE).read_text(encoding="utf-8") == damage.table(outcomes)


@pytest.fixture(scope="module")
def few(book):
    return list(damage.measure(book.data, sample=1))


@pytest.mark.parametrize("kind", damage.KINDS)
def test_each_kind_of_damage_is_done(few, kind):
    """A kind of damage that changes nothing, and so is always 'found'."""
    assert any(done == kind for done, *_ in few)


def test_the_same_seed_does_the_same_damage(book, few, monkeypatch):
    """Figures that change from run to run, or with the rules that are taken not to look at what was
    damaged.
    """
    numbers = count()

    def complete(_, table, rows):
        number = next(numbers)
        if number % 9:
            return few[number][-1]
        return bool(run.judge(replace(book.data, tables=book.data.tables | {table: rows})))

    monkeypatch.setattr(damage._Check, "finds", complete)
    assert list(damage.measure(book.data, sample=1)) == few


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda b: b"\xef\xbb\xbf" + b, "byte-order mark"),
        (lambda b: b.replace(b"\n", b"\r\n"), "carriage return"),
        (
            lambda b: b.decode().replace("a", "ä", 1).encode("latin-1", "replace"),
            "columns are|not UTF-8",
        ),
    ],
)
def test_bytes_in_another_form_are_found(invented, change, kind):
    """A file saved by a program that changes its encoding or its line ends."""
    import re

    for path in sorted(invented.glob("*.csv")):
        before = path.read_bytes()
        path.write_bytes(change(before))
        assert any(re.search(kind, str(p)) and path.name in str(p) for p in run.run(invented)), (
            path.name
        )
        path.write_bytes(before)


def test_the_measurement_says_how_far_it_is(book):
    """Minutes without a word, and nobody knows how many."""
    outcomes, said = [("kind", "troops", "count", "at", True)] * 500, io.StringIO()
    counted = [Record({"tried": "1000"}, "corruption", "corruption.csv", 2)]
    data = replace(book.data, tables=book.data.tables | {"corruption": counted})
    assert list(damage.announced(data, outcomes, said)) == outcomes
    lines = said.getvalue().splitlines()
    assert lines[1:] == ["damage: 400 of about 1000 tried in 0 s"]
