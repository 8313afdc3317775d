"""What charts need to come alive is made from what the page shows, and is the same in each build."""

import json

import pytest

from explainer import theme
from explainer.charts.figure import SPECS, registry
from explainer.data.tables import book
from explainer.pages.figure import mimebundle
from explainer.site import live


@pytest.fixture
def plate():
    """Return a figure of the book."""
    return registry()["troops_reported"](book())


def test_specs_are_read_from_the_executed_notebook(plate, tmp_path):
    """A chart that comes alive from other data than the page shows."""
    data, metadata = mimebundle(plate)
    output = {"output_type": "execute_result", "data": data, "metadata": metadata}
    (tmp_path / "a.ipynb").write_text(
        json.dumps(
            {"cells": [{"cell_type": "markdown"}, {"cell_type": "code", "outputs": [output]}]}
        ),
        encoding="utf-8",
    )
    found = live.specs(tmp_path / "a.ipynb")
    assert (
        found == {plate.name: {canvas: plate.spec(canvas) for canvas in ("wide", "narrow")}}
        and SPECS in metadata
    )


def test_script_follows_the_theme(plate):
    """A colour that stays light on dark paper."""
    text = live.script(plate.name, {canvas: plate.spec(canvas) for canvas in ("wide", "narrow")})
    assert (
        not [pair for pair in theme.COLOURS.values() if pair[0] in text] and "var(--c-ink)" in text
    )
    assert json.loads(text.partition("=")[2].partition("=")[2].rstrip(";\n"))["wide"]["layer"]


def test_bundle_is_the_same_twice():
    """Two builds with other bytes, or a bundle that leaves names in the page."""
    assert live.bundle() == live.bundle() and live.bundle().startswith("(()=>{")


def test_keys_tie_rows_to_events():
    """A statement that does not light up with its event, or a number with what it counts."""
    keys, statement = live.keys(book()), book().statements.iloc[0]
    assert keys["rows"][statement["id"]] == [statement["source_id"], statement["event_id"]]
    assert keys["groups"] and all(i in keys["rows"] for ids in keys["groups"].values() for i in ids)
