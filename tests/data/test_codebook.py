"""The codebook: complete, and not older than the descriptor."""

import json

import pytest

from explainer.__main__ import main
from explainer.check import run
from explainer.data.codebook import text
from explainer.paths import DATA

PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
CODES = [
    (r["name"], f["name"], c)
    for r in PACKAGE["resources"]
    for f in r["schema"]["fields"]
    for c in f.get("codes", [])
]


def test_it_is_not_stale(invented):
    """`data/README.md` edited by hand, or left behind by the descriptor."""
    (invented / "README.md").write_text(text(PACKAGE), encoding="utf-8")
    assert run.run(invented) == []
    (invented / "README.md").write_text(text(PACKAGE).replace("| day |", "| hour |"), "utf-8")
    assert "README.md: is not what the descriptor says" in str(run.run(invented)[0])


@pytest.mark.parametrize("resource", PACKAGE["resources"], ids=lambda r: r["name"])
def test_every_column_is_explained(resource):
    """A column without a word on what it holds."""
    written = text(PACKAGE)
    assert f"## {resource['path']}\n" in written
    for field in resource["schema"]["fields"]:
        assert field["title"] and field["description"]
        assert f"| `{field['name']}` |" in written


def test_every_code_is_explained():
    """A code without meaning, or one that the codebook leaves out."""
    written = text(PACKAGE)
    for table, column, code in CODES:
        assert code["label"] and code["means"], f"{table}.{column}: {code['code']}"
        assert f"| `{code['code']}` | {code['label']} | " in written


def test_a_table_keeps_its_cells():
    """A bar in a description that breaks a table."""
    package = json.loads(json.dumps(PACKAGE))
    package["resources"][0]["schema"]["fields"][0]["description"] = "one | two"
    assert "one \\| two" in text(package)


def test_the_command_prints_and_writes(invented, capsys):
    """The command and the function differ."""
    assert main(["codebook", "--data", str(invented)]) == 0
    assert capsys.readouterr().out == text(PACKAGE)
    assert main(["codebook", "--data", str(invented), "--write"]) == 0
    assert (invented / "README.md").read_text(encoding="utf-8") == text(PACKAGE)
