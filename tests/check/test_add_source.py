"""Taking an article in: both its row and its fingerprint, or neither and one clear line."""

import pytest

from explainer.__main__ import main
from explainer.check import add_source, run
from explainer.data.evidence import fingerprint

TEXT = "A Headline of Some Words\n\nOn Monday “two of us” went to the town with 1,200 others.\n"
GIVEN = [
    "--outlet",
    "The Tribune",
    "--published",
    "2031-05-06",
    "--kind",
    "newspaper",
    "--country",
    "Nowhere",
]


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def add(invented, article, *more):
    """Run the command on a file."""
    return main(["add-source", str(article), *GIVEN, *more, "--data", str(invented)])


def state(invented):
    """Return all files of a folder with their bytes."""
    return {
        path.relative_to(invented): path.read_bytes()
        for path in invented.rglob("*")
        if path.is_file()
    }


def test_an_article_is_taken_in(invented, article, capsys):
    """The row at its place, the fingerprint, and the list of what to curate."""
    assert add(invented, article) == 0
    out = capsys.readouterr().out
    assert (
        'thetribune-2031-05.txt:3: date "Monday": uncovered' in out
        and 'quotation "“two of us”": uncovered' in out
    )
    assert "source_id: thetribune-2031-05 is cited by no row" in out
    made = fingerprint("thetribune-2031-05", TEXT.encode())
    assert (invented / "fingerprints" / "thetribune-2031-05.txt").read_text(
        encoding="utf-8"
    ) == str(made)
    row = next(
        r for r in run.load(invented)[0].tables["sources"] if r["source_id"] == "thetribune-2031-05"
    )
    assert (row["headline"], row["words"], row["sha256"], row["outlet_short"]) == (
        "A Headline of Some Words",
        str(made.words),
        made.sha256,
        "The Tribune",
    )


def test_a_row_stands_in_order(invented, article):
    """A row put at the end, so that the file is out of order."""
    assert (
        add(invented, article, "--short", "Fax", "--url", "https://fax.example/2031/05/06/x") == 0
    )
    assert [r["source_id"] for r in run.load(invented)[0].tables["sources"]] == [
        "fax-2031-05",
        "gazette-2031-03",
        "herald-2031-04",
        "register-2030-12",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"one two three", "has fewer than 4 words"),
        (b"a b c d \x00 e", "is binary, not a text"),
        (b"\xff\xfe a b c d", "is not UTF-8 (byte 1)"),
        (b"caf\xe9 a b c d", "is not UTF-8 (byte 4)"),
        (b"\x89PNG\r\n\x1a\n", "is not UTF-8 (byte 1)"),
    ],
)
def test_a_file_that_is_no_article_is_refused(invented, article, content, message, capsys):
    """A file that is taken in although nothing can be cited from it."""
    before = state(invented)
    article.write_bytes(content)
    assert add(invented, article) == 1
    err = capsys.readouterr().err
    assert message in err and err.count("\n") == 1
    assert state(invented) == before


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--published", "6 May"], "published: 6 May is not a day in the form YYYY-MM-DD"),
        (["--kind", "blog"], "outlet_kind: blog is none of "),
        (
            ["--url", "https://tribune.example/2031/05/07/x"],
            "published: 2031-05-06 is not in the address",
        ),
        (["--url", "tribune.example"], "url: tribune.example is not a web address"),
        (
            ["--basis", "inferred"],
            "note: the cell is empty: how was the day of publication inferred?",
        ),
        (["--source-id", "Tribune 5"], "source_id: Tribune 5 does not match"),
        (
            ["--source-id", "herald-2031-04"],
            "the id is that of herald-2031-04 already; give another with --source-id",
        ),
        (["--headline", "<b>x</b>"], "headline: <b>x</b> has markup: <"),
        (
            ["--outlet", "Other", "--short", "Herald"],
            "outlet_short: Herald stands in line 3 already",
        ),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused(invented, article, more, message, capsys):
    """A row that the check would complain of at once."""
    before = state(invented)
    assert add(invented, article, *more) == 1
    assert message in (err := capsys.readouterr().err) and err.count("\n") == 1
    assert state(invented) == before


def test_the_same_text_is_refused(invented, article, capsys):
    """One article counted twice."""
    assert add(invented, article) == 0
    assert add(invented, article, "--source-id", "tribune-2031-05-b") == 1
    assert "the text is that of thetribune-2031-05 already" in capsys.readouterr().err


def test_a_missing_file_and_broken_data(invented, article, tmp_path, capsys):
    """A traceback instead of a line."""
    assert add(invented, tmp_path / "none.txt") == 1
    (invented / "people.csv").unlink()
    assert add(invented, article) == 1
    assert capsys.readouterr().err == (
        f"explainer: {tmp_path / 'none.txt'}: is missing\n"
        "explainer: the data is not in order: data/people.csv: is missing\n"
    )


def test_both_files_or_neither(invented, article, monkeypatch, capsys):
    """A fingerprint without its row, because the disk was full in between."""
    before, replace, calls = state(invented), add_source.os.replace, []

    def full(source, target):
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(add_source.os, "replace", full)
    assert add(invented, article) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert state(invented) == before
