"""Schema: what is wrong with a file, a cell or a key is said in one line, with the line, and never in a traceback."""

import json

import pytest

from explainer.check import run
from explainer.data.dataset import Problem


def said(folder) -> list[str]:
    """Return what the check says of a folder."""
    return [str(problem) for problem in run.run(folder)]


def edit(path, change):
    """Change the bytes of a file."""
    path.write_bytes(change(path.read_bytes()))


def test_the_invented_data_has_no_problem(invented):
    """The tests below would find problems that were there before."""
    assert said(invented) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda b: b"\xef\xbb\xbf" + b, "data/troops.csv:1: begins with a byte-order mark"),
        (
            lambda b: b.replace(b"\n", b"\r\n"),
            "data/troops.csv:1: has a carriage return: lines end in LF alone",
        ),
        (lambda b: b.rstrip(b"\n"), "data/troops.csv:4: does not end in one line end"),
        (lambda b: b + b"\n", "data/troops.csv:6: does not end in one line end"),
        (lambda b: b.replace(b"about", b"ab\xf6ut", 1), "data/troops.csv: is not UTF-8 (byte "),
        (
            lambda b: b.replace(b"place,count", b"count,place", 1),
            "data/troops.csv:1: the columns are id,source_id,force,count,place,",
        ),
        (lambda b: b"", "data/troops.csv:1: the columns are ; they should be id,"),
        (
            lambda b: b.replace(b",exact,", b",exact,,", 1),
            "data/troops.csv:4: 13 cells instead of 12",
        ),
        (lambda b: b.replace(b'"about', b'"ab"out', 1), "data/troops.csv:2: is not CSV: "),
        (
            lambda b: b.replace(b'"about', b'"ab\nout', 1),
            "data/troops.csv:2: evidence: ab\\nout 1,200 US troops in Iraq and 300 in Syria has the control",
        ),
        (lambda b: b.replace(b'"about', b'"ab\x00out', 1), "data/troops.csv:2: "),
    ],
)
def test_a_file_that_is_not_as_it_should_be(invented, change, expected):
    """Bytes that another program would read otherwise."""
    edit(invented / "troops.csv", change)
    assert any(line.startswith(expected) for line in said(invented)), said(invented)


def test_a_missing_and_an_unreadable_file(invented):
    """A traceback instead of a line."""
    (invented / "troops.csv").unlink()
    (invented / "people.csv").unlink()
    (invented / "people.csv").mkdir()
    assert "data/troops.csv: is missing" in said(invented)
    assert any(line.startswith("data/people.csv: cannot be read: ") for line in said(invented))


def test_a_file_that_nothing_describes(invented):
    """A CSV beside the others that no rule looks at."""
    (invented / "more.csv").write_text("a\n1\n")
    assert said(invented) == ["data/more.csv: is not in datapackage.json"]


def described(package, table, column):
    """Return the field of a descriptor."""
    schema = next(r for r in package["resources"] if r["name"] == table)["schema"]
    return next(f for f in schema["fields"] if f["name"] == column)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda p: p.clear(), "is not a Data Package of tables: KeyError: 'resources'"),
        (
            lambda p: p["resources"][0].pop("schema"),
            "is not a Data Package of tables: KeyError: 'schema'",
        ),
        (
            lambda p: described(p, "troops", "count").update(type="float"),
            "troops.count: type float is none of string, integer, number, date",
        ),
        (
            lambda p: described(p, "troops", "place")["constraints"]["enum"].reverse(),
            "troops.place: `codes` and `constraints.enum` differ",
        ),
        (
            lambda p: described(p, "troops", "id")["constraints"].update(pattern="("),
            "is not a Data Package of tables: ",
        ),
        (
            lambda p: p["resources"][0]["schema"].update(primaryKey="nothing"),
            "sources: a key names the column nothing, which is not there",
        ),
        (
            lambda p: p["resources"][1]["schema"]["foreignKeys"][0]["reference"].update(
                resource="no"
            ),
            "people: a key refers to no, which is not there",
        ),
        (
            lambda p: p["resources"][0].update(path="../x.csv"),
            "sources: path ../x.csv leads out of the folder",
        ),
    ],
)
def test_a_descriptor_that_cannot_be_used(invented, change, expected):
    """A slip in the descriptor that switches the check off, or breaks it."""
    package = json.loads((invented / "datapackage.json").read_text(encoding="utf-8"))
    change(package)
    (invented / "datapackage.json").write_text(json.dumps(package))
    assert any(line.startswith(f"data/datapackage.json: {expected}") for line in said(invented)), (
        said(invented)
    )


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff", b"[]", b"null", b'{"resources": [1]}', b"[" * 100_000]
)
def test_a_descriptor_that_is_none(invented, content):
    """A descriptor that ends in a traceback."""
    (invented / "datapackage.json").write_bytes(content)
    assert len(said(invented)) == 1


@pytest.mark.parametrize(
    ("row", "cells", "expected"),
    [
        ("trp-0001", {"count": "1.5"}, "count: 1.5 is not a whole number"),
        ("trp-0001", {"count": "01200"}, "count: 01200 is not a whole number"),
        ("trp-0001", {"count": ""}, "count: is empty and required"),
        ("trp-0001", {"count": "-1"}, "count: -1 is less than 0"),
        ("trp-0001", {"place": "moon"}, "place: moon is none of iraq, syria"),
        ("trp-0001", {"as_of": "March"}, "as_of: March does not match "),
        ("trp-0001", {"source_id": "no-such"}, "source_id: no-such is no source_id of sources"),
        ("trp-0001", {"superseded_by": "trp-0009"}, "superseded_by: trp-0009 is no id of troops"),
        ("trp-0002", {"superseded_by": "trp-0001"}, "superseded_by: trp-0001 is not a later row"),
        (
            "trp-0001",
            {"superseded_by": "trp-0001"},
            "superseded_by: trp-0001 corrects trp-0001, and corrections.csv has no line",
        ),
        (
            "trp-0001",
            {"superseded_by": "trp-0003"},
            "superseded_by: trp-0003 is a row of another article",
        ),
        (
            "trp-0001",
            {"superseded_by": "trp-0002"},
            "superseded_by: trp-0002 corrects trp-0001, and corrections.csv has no line with the day and the reason",
        ),
        ("trp-0002", {"id": "trp-0001"}, "id: trp-0001 stands in line 2 already"),
        (
            "trp-0002",
            {"id": "trp-0007"},
            "id: trp-0007 is out of order, or a row before it is gone: trp-0002 belongs here",
        ),
        ("trp-0002", {"id": "troop-2"}, "id: troop-2 does not match "),
        (
            "herald-2031-04",
            {"published": "2031-02-30"},
            "published: 2031-02-30 is no date",
        ),
        (
            "herald-2031-04",
            {"published": "0031-04-02"},
            "published: 0031-04-02 is no date",
        ),
        ("herald-2031-04", {"url": "herald.example"}, "url: herald.example is not a web address"),
        (
            "herald-2031-04",
            {"source_id": "a-2031-04"},
            "source_id: a-2031-04 is out of order: it comes before gazette-2031-03",
        ),
        ("agr-0002", {"kappa": "1.5"}, "kappa: 1.5 is more than 1"),
        ("agr-0002", {"kappa": "x"}, "kappa: x is not a number"),
        (
            "men-0002",
            {"event_id": "briefing-2031-03-10"},
            "event_id+source_id: briefing-2031-03-10 + gazette-2031-03 stands in line 2 already",
        ),
    ],
)
def test_a_cell_that_breaks_the_descriptor(book, row, cells, expected):
    """A value that the descriptor rules out."""
    assert any(line.startswith(expected) for line in book.broken(row, **cells)), book.broken(
        row, **cells
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "begins like a formula"),
        ("+x", "begins like a formula"),
        ("-x", "begins like a formula"),
        ("@x", "begins like a formula"),
        ("a\tb", "has the control character U+0009"),
        ("a\u200bb", "has the control character U+200B"),
        ("a\u202eb", "has the control character U+202E"),
        ("a\u2028b", "has the control character U+2028"),
        ("a\nb", "has the control character U+000A"),
        ("a ", "has stray white space"),
        (" a", "has stray white space"),
        ("a  b", "has stray white space"),
        ("a\u00a0b", "has stray white space"),
        ("a<b", "has markup: <"),
        ("a>b", "has markup: >"),
        ("a&lt;b", "has markup: &lt;"),
        ("`a`", "has markup: `"),
        ("[a](b)", "has markup: [a]("),
        ("{a}", "has markup: {a}"),
        ("javascript:a", "has markup: javascript:"),
        ("e\u0301", "is not in Unicode's normal form C"),
    ],
)
def test_nothing_hides_in_a_cell(book, value, expected):
    """Markup, a formula, or a character that nobody sees, in a note."""
    assert any(expected in line for line in book.broken("strikes", note=value))


def test_a_negative_number_is_no_formula(book):
    """Kappa may be negative."""
    assert book.broken("agr-0002", kappa="-0.5") == []


def test_rows_that_stand_twice(book):
    """A row copied whole, or under a new key."""
    assert any("stands in line 4 already" in line for line in book.repeated("trp-0003"))
    assert any(
        "again, but for the key" in line for line in book.repeated("trp-0003", id="trp-0004")
    )


def test_a_row_that_is_gone(book):
    """A deleted row: rows are superseded."""
    assert any("a row before it is gone" in line for line in book.without("trp-0001"))


def test_a_corrected_row_is_looked_at_no_more(book):
    """A correction that could never pass, because the old row is wrong."""

    def correct(row):
        if row.get("id") != "trp-0003":
            return [row]
        return [row | {"count": "1300", "superseded_by": "trp-0004"}, row | {"id": "trp-0004"}]

    assert book.changed(correct) == [
        "superseded_by: trp-0004 corrects trp-0003, and corrections.csv has no line with the day and the reason"
    ]


def test_a_problem_is_one_line():
    """A value that breaks the report into several lines, or drives the terminal."""
    assert (
        str(Problem("data/troops.csv", 5, "count", "25000", "is not in the evidence"))
        == "data/troops.csv:5: count: 25000 is not in the evidence"
    )
    assert "\n" not in str(Problem("f", 1, "c", "a\nb\x1b[2J", "m"))
    assert len(str(Problem("f", None, "", "x" * 500, "m"))) < 80
