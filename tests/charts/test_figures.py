"""Figures are complete, drawn within their canvas, and what lies in `figures/` is what the code draws."""

import json
import re
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as Tree

import altair as alt
import pandas as pd
import pytest
from PIL import Image, ImageChops, ImageStat

from explainer import theme
from explainer.charts import figure as module
from explainer.charts.figure import SPEC, credit, credited, files, registry
from explainer.check import passages
from explainer.data.manifest import BORDERS, SAID, figure_files
from explainer.data.rows import address, rows
from explainer.data.tables import book
from explainer.data.tracking import NOTED
from explainer.pages.figure import inline
from explainer.paths import DATA, FIGURES, ROOT

every = pytest.mark.parametrize("name", sorted(registry()))


@pytest.fixture(scope="module")
def drawn(drawn):
    """Return a function that draws a chart of the book, by its name, once."""
    return lambda name: drawn(registry()[name])


@every
def test_says_what_it_shows(drawn, name):
    """A figure without a finding, a caption or a description for those who cannot see it."""
    plate = drawn(name)
    assert len(plate.finding) > 20 and len(plate.caption) > 20 and len(plate.description) > 80
    assert (
        f"{plate.finding.rstrip('.')}. " in plate.description
        and not plate.description.startswith(plate.finding)
    )  # what it shows comes first
    assert plate.finding[:20] in " ".join(
        json.dumps(plate.spec("wide"), ensure_ascii=False).split('", "')
    )


@every
def test_rows_exist(drawn, name):
    """A drawn value without the row that proves it."""
    plate = drawn(name)
    ids = [i for cell in plate.data["row"] for i in str(cell).split()]
    assert ids and not [i for i in ids if i not in rows(book())]


@every
@pytest.mark.parametrize("number", [0, 1], ids=["wide", "narrow"])
def test_fits_its_canvas(drawn, name, number):
    """A drawing wider than the page it was composed for."""
    canvas = (theme.DESK, theme.PHONE)[number]
    width = float(re.search(r'width="([\d.]+)"', inline(drawn(name), canvas.name))[1])
    assert width <= canvas.width + 8


@pytest.mark.slow  # holds every chart against the whole schema
@every
def test_spec_round_trips(drawn, name):
    """A specification that Vega-Lite's schema does not accept. Of the narrow one, made of the same parts, Altair held
    each against it.
    """
    spec = drawn(name).spec("wide")
    again = {k: v for k, v in spec.items() if k != "$schema"}
    assert alt.Chart.from_dict(again).to_dict()["config"] == spec["config"]


@every
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_colours_are_the_books(drawn, name, canvas):
    """A colour from nowhere: it would not follow the dark theme."""
    spec = drawn(name).spec(canvas)
    text = json.dumps({k: v for k, v in spec.items() if k != "datasets"})
    known = {pair[0] for pair in theme.COLOURS.values()}
    assert not set(re.findall(r"#[0-9a-fA-F]{6}\b", text)) - known


@every
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_stands_on_its_own_paper(drawn, exported, name, canvas):
    """Ink on a dark desktop, on which nobody reads it; paper that does not follow the page's theme, or not the whole drawing."""
    alone, shown = exported(drawn(name), canvas), inline(drawn(name), canvas)
    for drawing, paper in (
        (alone, theme.light("paper")),
        (shown, f"var(--c-paper,{theme.light('paper')})"),
    ):
        width, height = re.search(r' width="([\d.]+)" height="([\d.]+)" viewBox', drawing).groups()
        first = re.search(r"<(?:rect|path|g|text|line)\b[^>]*>", drawing)[0]
        assert first.startswith(f'<rect width="{width}" height="{height}" fill="{paper}"')


@every
def test_links_lead_to_rows(drawn, name):
    """A mark that leads to a row that does not exist."""
    links = re.findall(
        r' xlink:href="([^"]*)"', inline(drawn(name), "wide") + inline(drawn(name), "narrow")
    )
    up = "../" * (drawn(name).chapter == "index")  # the landing page stands at the root
    assert links and {up + link for link in links} <= {address(book(), i) for i in rows(book())}


@every
def test_pictures_carry_source_and_credit(drawn, exported, name):
    """A picture that leaves the book without a word on where it comes from, or with one cut off."""
    line = credit(drawn(name))
    assert re.match(r"Source: \S.+ Data and chart: “Staying or Leaving\?”, CC BY 4\.0", line)
    assert "other sources" not in line and ".csv" not in line  # each is named
    assert ("geoshape" in str(drawn(name).spec("wide"))) == ("Natural Earth" in line)
    for canvas in ("wide", "narrow"):
        drawing = exported(drawn(name), canvas)
        root = Tree.fromstring(credited(drawing, line))
        texts = [e for e in root if e.tag.endswith("text")]
        assert " ".join(e.text for e in texts) == line
        assert max(float(e.get("y")) for e in texts) < float(root.get("height"))


@every
def test_no_line_runs_through_a_letter(drawn, exported, name):
    """Words on a grid line or a border: they have paper around them, under their letters."""
    for drawing in (exported(drawn(name), "wide"), exported(drawn(name), "narrow")):
        texts = re.findall(r'<g[^>]*class="mark-text role-mark', drawing)
        assert all('paint-order="stroke"' in text for text in texts)


@pytest.mark.slow  # draws every chart, as pictures, too
@every
def test_committed_files_are_what_the_code_draws(drawn, name):
    """A stale figure. A PNG is compared by what it was drawn from and by its look: the edges of its letters are the machine's."""
    for file, content in files(drawn(name)).items():
        assert (FIGURES / file).is_file(), f"{file} is missing: run 'make figures'"
        if file.endswith(".png"):
            kept, made = Image.open(FIGURES / file), Image.open(BytesIO(content))
            assert kept.info[SPEC] == made.info[SPEC] and kept.size == made.size, (
                f"{file} is stale: run 'make figures'"
            )
            assert (
                ImageStat.Stat(ImageChops.difference(kept.convert("L"), made.convert("L"))).mean[0]
                < 3
            ), f"{file} looks otherwise than what is drawn"
        else:
            assert (FIGURES / file).read_bytes() == content, f"{file} is stale: run 'make figures'"


@pytest.mark.slow  # draws every chart again
@every
def test_a_drawing_rests_on_its_rows(drawn, name, monkeypatch):
    """A drawing that reads more than its rows: a build would keep it when that changes."""
    plate, opened = replace(drawn(name)), []
    read = Path.read_text
    monkeypatch.setattr(Path, "read_text", lambda p, *a, **k: opened.append(p) or read(p, *a, **k))
    NOTED.clear()
    assert plate._made_from("wide") != plate._made_from("narrow")
    assert "T00:00:00" not in json.dumps(plate.drawn("wide"))  # the machine's time zone
    assert not NOTED and {
        p for p in opened if p.is_relative_to(ROOT) and ".venv" not in p.parts
    } <= {DATA / BORDERS}


def point(rows, canvas, size=9):
    """Draw a point."""
    return alt.Chart(rows).mark_point(size=size).encode(x="a:Q")


def test_a_drawing_is_kept_by_what_it_is_made_from(monkeypatch, tmp_path):
    """A chart of old rows or words; one that is drawn again although nothing has changed."""
    monkeypatch.setattr(module, "_drawings", [])
    calls, drawing = [], module.svg
    monkeypatch.setattr(module, "svg", lambda spec: calls.append(spec) or drawing(spec))
    plate = module.Figure(
        pd.DataFrame({"a": [1], "day": pd.Timestamp("2024-01-05")}),
        point, finding="One.", caption="", description="", data=pd.DataFrame(), name="troops_test",
    )  # fmt: skip
    before = plate.svg("wide")
    module.keep_drawings(tmp_path)
    assert before == plate.svg("wide") == replace(plate).svg("wide") and len(calls) == 2
    others = (
        {"rows": plate.rows.assign(a=2)},
        {"rows": plate.rows.astype({"a": float})},
        {"rows": plate.rows.assign(day=pd.Timestamp("2024-01-06"))},
        {"finding": "Two."},
        {"subtitle": "More"},
        {"draw": partial(point, size=4)},
    )
    for change in others:
        calls.clear()
        assert [replace(plate, **change).svg("wide") for _ in range(2)] and len(calls) == 1
    with pytest.raises(TypeError, match="partial"):
        replace(plate, draw=lambda rows, canvas: point(rows, canvas, len(calls))).svg("wide")


def test_nothing_else_lies_in_figures():
    """A figure that no function draws any more."""
    made = {path.name for path in figure_files(registry(), FIGURES)}
    assert {path.name for path in FIGURES.iterdir()} == {*made, SAID}


def test_what_is_said_is_what_the_code_says(drawn):
    """A title, caption or description that was signed, and another that is drawn."""
    words = passages.written(ROOT, {name: drawn(name).words for name in registry()})
    assert (FIGURES / SAID).read_text(encoding="utf-8") == words, "run 'make figures'"


def test_every_figure_is_audited():
    """A figure without an audit of its accessibility, or an audit of one that is gone; a heuristic left out."""
    text = (ROOT / "docs/chartability.md").read_text(encoding="utf-8")
    _, *sections = re.split(r"^## (\w+)$", text, flags=re.M)
    audits = dict(zip(sections[::2], sections[1::2], strict=True))
    assert sorted(audits) == sorted(registry())
    results = {
        name: re.findall(
            r"^\| ([^|]+) \| \w+ \| (pass|fail|n/a) \| [^|]{10,} \|$", audit, flags=re.M
        )
        for name, audit in audits.items()
    }
    assert {len(rows) for rows in results.values()} == {10} and len(
        {tuple(h for h, _ in rows) for rows in results.values()}
    ) == 1
