"""A correction on its whole way: check, page, changelog, diff; and what is refused."""

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from explainer.__main__ import main
from explainer.check import run
from explainer.data.corrections import corrections, followed, releases, written
from explainer.data.dataset import Record
from explainer.data.tables import book, history, load
from explainer.pages import article
from explainer.pages import corrections as page
from explainer.pages.templates import marked
from explainer.paths import CHANGELOG
from explainer.site import proof_files

REASON = "The figure of the sentence before was taken."


def correct(folder: Path, **cells: str) -> Path:
    """Correct the last troop number of the invented data: 1,200 was read as 1,300. Return the folder."""
    path = folder / "troops.csv"
    with path.open(encoding="utf-8", newline="") as read:
        rows = list(csv.DictReader(read))
    old = rows[-1]
    rows[-1:] = [old | {"count": "1300", "superseded_by": "trp-0004"}, old | {"id": "trp-0004"}]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(old), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    entry = {
        "id": "cor-0001",
        "date": "2026-05-02",
        "version": "1.0.0",
        "row": "trp-0003",
        "reason": REASON,
    } | cells
    with (folder / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(entry), lineterminator="\n")
        writer.writeheader()
        writer.writerow(entry)
    return folder


def test_a_correction_passes_the_check(invented):
    """A correction that could never be made."""
    assert run.run(correct(invented)) == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            {"row": "trp-0002"},
            "data/corrections.csv:2: row: trp-0002 is no row that another supersedes",
        ),
        (
            {"row": "trp-0002"},
            "data/troops.csv:4: superseded_by: trp-0004 corrects trp-0003, and corrections.csv has no line",
        ),
        (
            {"version": "9.10.0"},
            "data/corrections.csv:2: version: 9.10.0 is later than that of the data, ",
        ),
        ({"date": "2031-05-32"}, "data/corrections.csv:2: date: 2031-05-32 is not a day"),
        ({"reason": ""}, "data/corrections.csv:2: reason: is empty and required"),
    ],
)
def test_a_correction_that_does_not_fit(invented, cells, expected):
    """A correction without its row, its day or its reason; a superseded row without its correction."""
    assert any(str(problem).startswith(expected) for problem in run.run(correct(invented, **cells)))


def test_corrections_stand_in_order(invented):
    """A line between older ones, which a reader of the feed never meets."""
    data, _ = run.load(correct(invented))
    first = data.tables["corrections"][0]
    later = [
        Record(
            dict(first) | {"id": "cor-0002", "date": "2026-05-01", "version": "0.9.0"},
            "corrections",
            first.file,
            3,
        )
    ]
    said = [
        str(p)
        for p in run.judge(replace(data, tables=data.tables | {"corrections": [first, *later]}))
    ]
    assert any(
        "row: trp-0003 stands in line 2 already" in line for line in said
    )  # of the schema: looked at first
    later[0]["row"] = "trp-0001"
    said = [
        str(p)
        for p in run.judge(replace(data, tables=data.tables | {"corrections": [first, *later]}))
    ]
    assert any("date: 2026-05-01 is before the correction above it" in line for line in said)
    assert any("version: 0.9.0 is before that of the correction above it" in line for line in said)


def test_the_page_shows_both_rows(invented):
    """A correction that hides what stood there before, its day or its reason."""
    html = page.made(load(correct(invented), superseded=True)).html
    assert '<li id="cor-0001">' in html and "2 May 2026" in html and REASON in html
    assert (
        '<a class="proof" href="../evidence/herald-2031-04.html#trp-0003">trp-0003</a>' in html
        and "Count: 1300" in html
        and "Count: 1200" in html
    )
    assert html.count("The US keeps 1,200 troops in Iraq") == 2 and 'trp-0004">trp-0004</a>' in html


def test_a_corrected_row_keeps_its_address(invented):
    """A link to a row from before its correction that leads nowhere; a corrected row that looks as if it still held."""
    tables, past = load(correct(invented)), load(invented, superseded=True)
    herald = next(made for made in article.pages(tables, past) if made.name == "herald-2031-04")
    old = herald.body.partition('<li id="trp-0003">')[2].partition("</li>")[0]
    assert (
        'replaced by <a href="#trp-0004">trp-0004</a>' in old
        and '<li id="trp-0004">' in herald.body
    )
    assert "replaced by" not in herald.body.partition('<li id="trp-0004">')[2].partition("</li>")[0]
    assert (
        herald.description
        == next(made for made in article.pages(tables) if made.name == "herald-2031-04").description
    )


def test_the_dialog_of_a_corrected_row_says_so():
    """A corrected row that a reader opens and takes for one that holds, or cannot open."""
    last = history().troops.iloc[[-1]]
    past = replace(
        history(),
        troops=pd.concat(
            [history().troops, last.assign(id="trp-9999", superseded_by=last["id"])],
            ignore_index=True,
        ),
    )
    told = "".join(proof_files.files(book(), past).values())
    assert f"Corrected; replaced by {last['id'].item()}." in told
    follows = followed(history())
    withdrawn = sum(row == later for row, later in follows.items())
    assert told.count("Corrected; replaced by") == 1 + len(follows) - withdrawn
    assert told.count("Withdrawn, not replaced.") == withdrawn


def test_a_long_list_is_folded_and_says_so(invented, monkeypatch):
    """A page that grows with every correction, or that leaves out the older ones in silence."""
    tables = load(correct(invented), superseded=True)
    [one] = page.corrections(tables)
    monkeypatch.setattr(page, "corrections", lambda _: [one] * 100)
    html = page.made(tables).html
    listed = html.count("<li id=")
    assert len(corrections(history())) <= listed < 100
    assert f"{listed} of 100 corrections, the latest," in html
    assert 'href="../data/corrections.csv"' in html


def test_the_page_without_a_correction():
    """An empty list where a sentence belongs."""
    assert (
        "No row has been corrected"
        in page.made(replace(history(), corrections=history().corrections.iloc[:0])).html
    )


def test_the_page_escapes(invented):
    """A reason that becomes markup, on the page or in the changelog."""
    tables = load(
        correct(invented, reason="<img src=x onerror=hit()> `x` [a](javascript:b)"), superseded=True
    )
    assert "<img" not in page.made(tables).html and "&lt;img" in page.made(tables).html
    line = next(
        line
        for line in written(CHANGELOG.read_text(), corrections(tables)).splitlines()
        if "Corrected on" in line
    )
    assert r"\<img src=x onerror=hit()\> \`x\` \[a\](javascript:b)" in line
    assert marked(line.removeprefix("- ")) == (
        "Corrected on 2026-05-02: <code>trp-0003</code>, now <code>trp-0004</code>. "
        "&lt;img src=x onerror=hit()&gt; `x` [a](javascript:b)"
    )


def test_the_changelog_tells_the_corrections_of_the_data(invented, capsys):
    """A correction that the changelog does not tell; a line of it that the data does not have."""
    data = correct(invented)
    kept = data.parent / "CHANGELOG.md"
    shutil.copy(CHANGELOG, kept)
    command = ["changelog", "--data", str(data)]
    assert main(command) == 1 and "changelog --write" in capsys.readouterr().out
    assert main([*command, "--write"]) == 0 and main(command) == 0
    assert (
        f"### Data\n- Corrected on 2026-05-02: `trp-0003`, now `trp-0004`. {REASON}\n- First version"
        in kept.read_text()
    )
    kept.write_text(kept.read_text().replace("Corrected on 2026-05-02", "Corrected on 2026-05-03"))
    assert main(command) == 1
    kept.write_text("# Changelog\n\n## 0.9.0 (2031-01-01)\n")
    capsys.readouterr()
    assert main([*command, "--write"]) == 1
    assert (
        capsys.readouterr().err
        == "explainer: CHANGELOG.md: has no section ### Data under ## 1.0.0: the corrections of that version belong there\n"
    )
    assert kept.read_text() == "# Changelog\n\n## 0.9.0 (2031-01-01)\n"


def test_the_changelog_of_the_book():
    """A changelog that differs from the book's own corrections."""
    text = CHANGELOG.read_text(encoding="utf-8")
    assert written(text, corrections(load(superseded=True))) == text


def test_releases():
    """A version without a day, a continued line cut off."""
    found = releases(
        "# C\n\n## 1.1.0 (2026-05-02)\n### Data\n- one\n  two\n- three\n\n## 1.0.0 (2026-05-01)\n"
    )
    assert [(r.version, r.date, r.sections) for r in found] == [
        ("1.1.0", "2026-05-02", {"Data": ["one two", "three"]}),
        ("1.0.0", "2026-05-01", {}),
    ]
    with pytest.raises(ValueError, match=r"^CHANGELOG.md:3: ## soon is not of the form"):
        releases("# C\n\n## soon\n")


def test_a_withdrawn_row_and_one_corrected_in_place():
    """A withdrawn row shown as its own correction; a row corrected in place set beside itself."""
    made = corrections(history())
    shown = BeautifulSoup(page.made(history()).html, "html.parser")
    withdrawn, changed = [c for c in made if not c.new], [c for c in made if c.in_place]
    assert withdrawn and changed
    told = {entry["id"]: entry.get_text(" ") for entry in shown.select("ol.corrections > li")}
    for correction in withdrawn:
        assert "Withdrawn, not replaced." in told[correction.id]
        assert f"`{correction.old.id}`, withdrawn." in CHANGELOG.read_text(encoding="utf-8")
    for correction in changed:
        assert "Before" not in told[correction.id] and "Now" in told[correction.id]
