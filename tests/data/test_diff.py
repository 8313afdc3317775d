"""What `explainer diff` tells: each change in words, nothing where there is none, one line where it cannot read."""

import json
import shutil

import pytest
from test_corrections import REASON, correct

from explainer.__main__ import main


@pytest.fixture
def old(invented, tmp_path):
    """The invented data before it is changed."""
    return shutil.copytree(invented, tmp_path / "old" / "data")


def told(capsys, *arguments) -> tuple[int, list[str]]:
    """Return the exit status of `diff` and the lines it printed, errors included."""
    status = main(["diff", *map(str, arguments)])
    printed = capsys.readouterr()
    return status, (printed.out + printed.err).splitlines()


def edited(folder, name, before, after):
    """Change a file of the data by replacing text that has to be there."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_nothing_changed(old, invented, capsys):
    """A change that is none."""
    status, lines = told(capsys, old, invented)
    assert status == 0 and len(lines) == 1 and lines[0].startswith("Nothing changed: ")


def test_a_correction(old, invented, capsys):
    """A correction told as one row gone and another new; one without its reason."""
    correct(invented)
    edited(old, "troops.csv", "1200,exact", "1300,exact")
    status, lines = told(capsys, old, invented)
    assert status == 0
    assert (
        "Troop numbers: trp-0003 in the report of The Herald (2031-04-02) was corrected and is now trp-0004: Count changed from 1,300 to 1,200 "
        f"(“The US keeps 1,200 troops in Iraq”). Reason, of 2026-05-02: {REASON}"
    ) == lines[0]
    assert lines[-1].startswith("Rows: 1 corrected; ")


def test_a_changed_cell_is_told_in_words(old, invented, capsys):
    """Codes and bare ids where a reader needs names; a hedge that is lost."""
    edited(invented, "troops.csv", "iraq,1200,about", "syria,1300,at_least")
    _, lines = told(capsys, old, invented)
    assert "in the report of The Gazette (2031-03-11): " in lines[0]
    assert (
        "Place changed from Iraq to Syria" in lines[0]
        and "changed from about 1,200 to at least 1,300" in lines[0]
    )
    assert "(“about 1,200 US troops in Iraq and 300 in Syria”)" in lines[0] and lines[
        -1
    ].startswith("Rows: 1 changed; ")


def test_rows_tables_and_columns_that_come_and_go(old, invented, capsys):
    """A row, table or column that appears or goes in silence."""
    lines = (invented / "troops.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (invented / "troops.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    package = json.loads((old / "datapackage.json").read_text())
    package["resources"] = [r for r in package["resources"] if r["name"] != "set_aside"]
    package["version"] = "0.9.0"
    next(r for r in package["resources"] if r["name"] == "links")["schema"]["fields"].insert(
        1, {"name": "age", "type": "string", "title": "Age"}
    )
    edited(old, "links.csv", "id,source_id", "id,age,source_id")
    edited(old, "links.csv", "lnk-0001,", "lnk-0001,,")
    text = (old / "links.csv").read_text(encoding="utf-8").splitlines()
    (old / "links.csv").write_text(
        "\n".join(
            [
                text[0],
                *(line if ",," in line[:10] else line.replace(",", ",,", 1) for line in text[1:]),
            ]
        )
        + "\n"
    )
    (old / "set_aside.csv").unlink()
    (old / "datapackage.json").write_text(json.dumps(package))
    _, lines = told(capsys, old, invented)
    version = json.loads((invented / "datapackage.json").read_text(encoding="utf-8"))["version"]
    assert lines[0] == f"Version 0.9.0 became {version}."
    assert any(
        "trp-0003 in the report of The Herald (2031-04-02) was removed (“The US keeps" in line
        for line in lines
    )
    assert any("the column age is gone." in line for line in lines) and any(
        "the table set_aside is new" in line for line in lines
    )
    assert lines[-1].startswith("Rows: 1 removed; ")


def test_hostile_strings_stay_text(old, invented, capsys):
    """A cell that drives the terminal, or breaks a line in two."""
    edited(invented, "troops.csv", "The US keeps 1,200", "The US \x1b[2J\u202e\u2028 keeps 1,200")
    _, lines = told(capsys, old, invented)
    assert (
        len(lines) == 2
        and not any(c in line for line in lines for c in "\x1b\u202e\u2028")
        and r"\x1b[2J\u202e\u2028" in lines[0]
    )


@pytest.mark.parametrize("harm", ["missing", "half", "no csv", "bytes"])
def test_what_cannot_be_read_is_one_line(old, invented, tmp_path, capsys, harm):
    """A traceback, or half a comparison, where one side is broken."""
    place, path = invented, invented / "troops.csv"
    if harm == "missing":
        place = tmp_path / "nowhere"
    elif harm == "half":
        path.write_bytes(path.read_bytes()[:-20])
    elif harm == "bytes":
        path.write_bytes(b"\xff\xfe")
    else:
        path.unlink()
    status, lines = told(capsys, old, place)
    assert status == 1 and len(lines) == 1 and lines[0].startswith(f"explainer: {place}"), lines
