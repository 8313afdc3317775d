"""Coverage: nothing in an article is left out in silence."""

from dataclasses import replace

import pytest

from explainer.__main__ import main
from explainer.check import coverage, run
from explainer.data.dataset import Record
from explainer.paths import DATA


def findings(text, *evidence, aside=()):
    """Return (kind, words, state) of what is found in an invented article with these pieces of evidence."""
    rows = [
        Record({"id": f"x-{i}", "source_id": "a", "evidence": e}, "x", "x.csv", i)
        for i, e in enumerate(evidence)
    ]
    sets = [
        Record({"id": f"s-{i}", "source_id": "a", "text": t}, "set_aside", "s.csv", i)
        for i, t in enumerate(aside)
    ]
    source = Record({"source_id": "a"}, "sources", "sources.csv", 2)
    data = run.Dataset(
        DATA, {}, {"sources": [source], "x": rows, "set_aside": sets}, {}, {"a": text}
    )
    return [
        (f.kind, f.text, "cited" if f.cited else "aside" if f.set_aside else "open")
        for f in coverage.audit(data)
    ]


def test_each_kind_is_found():
    """A number, a date or a quotation that the audit does not see."""
    text = "On Monday, “two men” met 1,200 others.\n\nHe paid $1.5 million in ‘gifts’ to dozens, it's said, 'so to speak', in recent months."
    assert findings(text) == [
        ("date", "Monday", "open"),
        ("number", "two", "open"),
        ("number", "1,200", "open"),
        ("quotation", "“two men”", "open"),
        ("date", "in recent months", "open"),
        ("number", "1.5", "open"),
        ("number", "dozens", "open"),
        ("quotation", "‘gifts’", "open"),
        ("quotation", "'so to speak'", "open"),
    ]


def test_an_apostrophe_opens_no_quotation():
    """A plural's apostrophe taken for a quotation mark."""
    assert findings("the forces' withdrawal, the rulers' wish, Shia’ al-Sudani’s man") == []


def test_a_number_in_a_date_is_not_found_twice():
    """A year that has to be cited as a number, too."""
    assert findings("Sept. 23, 2024, four years after 2020") == [
        ("date", "Sept. 23, 2024", "open"),
        ("date", "four years after", "open"),
        ("date", "2020", "open"),
    ]


def test_every_sentence_of_a_quotation_has_to_be_cited():
    """A long quotation that counts as cited because of its first sentence, or of three words."""
    text = "“One run of U.S. words. And then another run of words.”"
    assert ("quotation", text, "open") in findings(text, "One run of U.S. words.")
    assert ("quotation", text, "open") in findings(text, "One run of", "then another run of")
    assert ("quotation", text, "cited") in findings(text, "One run of U.S", "then another run of")
    assert ("quotation", text, "aside") in findings(
        text, "One run of U.S", aside=["then another run of"]
    )
    assert ("quotation", "“a few words”", "open") in findings("“a few words”", "a few")


def test_a_place_is_covered_and_not_a_word():
    """A second Friday that counts as cited because of the first."""
    text = "He came on Friday to the town. She left on Friday for the sea."
    assert [state for *_, state in findings(text, "came on Friday to")] == ["cited", "open"]


def test_a_quotation_that_is_not_closed_runs_to_the_end_of_its_line():
    """A paragraph of a long quotation that is overlooked."""
    assert findings("“This goes on\nand on") == [("quotation", "“This goes on", "open")]


def test_a_no_break_space_shifts_nothing():
    """Words counted otherwise than in the fingerprint, so that the wrong ones are covered."""
    assert (
        findings("at\u00a0a press … briefing ½ on Friday there", "briefing ½ on Friday there")[-1][
            2
        ]
        == "cited"
    )


def test_the_audit_of_the_invented_articles(invented, capsys):
    """The command's exit status, its report, and the counts that it keeps."""
    arguments = [
        "audit",
        "--data",
        str(invented),
        "--articles",
        str(DATA.parent / "tests" / "invented"),
    ]
    main([*arguments, "--write"])
    assert main(arguments) == 0
    assert capsys.readouterr().out.endswith("0 uncovered\n")
    (invented / "set_aside.csv").write_text(
        "id,source_id,text,reason,note\nset-0001,herald-2031-04,Wed Apr 02 2031,byline,\n"
    )
    assert main(arguments) == 1
    assert 'gazette-2031-03.txt:9: number "four": uncovered' in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["--articles", "nowhere"], ["--articles", "."]])
def test_the_audit_needs_the_articles(invented, capsys, arguments, monkeypatch, tmp_path):
    """A traceback where the texts are not."""
    monkeypatch.chdir(tmp_path)
    assert main(["audit", "--data", str(invented), *arguments]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_stale_counts_are_found(book):
    """Counts that lack an article."""
    source = Record(
        {
            "source_id": "herald-2031-04",
            "kind": "date",
            "found": "3",
            "cited": "1",
            "set_aside": "1",
        },
        "coverage",
        "c.csv",
        2,
    )
    stale = replace(book.data, tables={**book.data.tables, "coverage": [source]})
    from explainer.check.rules.sources import coverage as rule

    assert [str(p).partition(": ")[2] for p in rule(stale)] == [
        "source_id: gazette-2031-03 is not in coverage.csv: run the audit with --write",
    ]


def test_the_book_is_covered_and_the_counts_are_kept(articles):
    """Something in an article of the book that no row cites and none sets aside; counts of an older state."""
    data, problems = run.load(DATA, articles)
    found = coverage.audit(data)
    assert [str(f) for f in found if not f.covered] == []
    assert (DATA / coverage.FILE).read_text(encoding="utf-8") == coverage.table(
        found, [s["source_id"] for s in data.articles()]
    )
