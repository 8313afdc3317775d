"""What every drawing must keep, more strictly than `tests/test_figures.py` asks of a figure on its page."""

import json
import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as Tree

import altair as alt
import jupytext
import nbformat
import pandas as pd
import pytest
import vl_convert as vlc
from nbclient import NotebookClient

from explainer.charts import figure
from explainer.charts.figure import registry
from explainer.charts.grammar.axes import Time, iso
from explainer.charts.grammar.labels import lanes, meet
from explainer.charts.grammar.marks import SIDES, named
from explainer.charts.grammar.text import BOLD, measure
from explainer.data.rows import book_rows
from explainer.data.tables import book
from explainer.pages.figure import ALIVE
from explainer.paths import BUILD, FIGURES, ROOT
from explainer.theme import DESK, PHONE

BARE = ("statements", "troops", "record", "comparisons", "events", "mentions", "links", "attacks")
every = pytest.mark.parametrize("chart", registry().values(), ids=registry())


@every
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_spec_is_plain_json(drawn, chart, canvas):
    """A value that JSON cannot hold: such a specification is not published."""
    spec = drawn(chart).spec(canvas)
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


@every
def test_every_row_is_proved(drawn, chart):
    """A drawn row without a proof, or with one that leads nowhere, beside others that have theirs."""
    assert all(ids and set(ids.split()) <= set(book_rows()) for ids in drawn(chart).data["row"])


@pytest.mark.slow
@every
@pytest.mark.parametrize("bare", [("statements",), ("troops", "record"), BARE], ids=len)
def test_a_bare_book_is_drawn(chart, bare):
    """A chart that fails, or is an empty frame, where a book has no statements or no troop numbers yet."""
    plate = chart(replace(book(), **{name: getattr(book(), name).head(0) for name in bare}))
    for canvas in ("wide", "narrow"):
        words = " ".join(Tree.fromstring(figure.svg(plate.drawn(canvas))).itertext())
        assert plate.finding[:12] in words
        assert ("Nothing to draw." in words) == plate.rows.empty


@every
@pytest.mark.parametrize("canvas", [DESK, PHONE], ids=lambda canvas: canvas.name)
def test_no_wider_than_the_canvas(drawn, exported, chart, canvas):
    """A drawing that the page would shrink, and its words with it."""
    drawing = Tree.fromstring(exported(drawn(chart), canvas.name))
    assert float(drawing.get("width")) <= canvas.width


def views(part):
    """Yield the views of a specification: what draws a mark."""
    if isinstance(part, dict) and "mark" in part:
        yield part
    elif isinstance(part, dict):
        for name in ("layer", "hconcat", "vconcat", "concat", "spec"):
            yield from views(part.get(name))
    elif isinstance(part, list):
        for one in part:
            yield from views(one)


@every
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_specification_holds_facts(drawn, chart, canvas):
    """A specification of pixels: who opens it in an editor can change nothing."""
    parts = list(views(drawn(chart).spec(canvas)))
    assert 0 < len(parts) <= 20
    places = [
        part["encoding"][c] for part in parts for c in ("x", "y") if c in part.get("encoding", {})
    ]
    assert all(place.get("scale", {}) is not None for place in places)
    # in px: the names left of bars, and a rule between two views, from both of them
    assert sum("value" in place for place in places) <= 2


@every
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_letters_can_be_read(drawn, exported, chart, canvas):
    """Letters of less than 12 px: too small for a phone, and Lighthouse takes points for them; a link or a name of
    what has none, for which Vega writes "undefined".
    """
    drawing = exported(drawn(chart), canvas)
    sizes = {float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawing)}
    assert sizes and min(sizes) >= 12 and "undefined" not in drawing


@every
def test_a_title_is_read_at_a_glance(drawn, chart):
    """A title that fills a phone before its picture comes."""
    spec = drawn(chart).spec("narrow")
    assert len(spec["title"]["text"]) <= 4


@every
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_no_line_is_faint(drawn, chart, canvas):
    """A line of data that its paper shines through: it loses its contrast."""
    marks = [part["mark"] for part in views(drawn(chart).spec(canvas))]
    assert all(mark.get("opacity", 1) == 1 for mark in marks if mark["type"] == "rule")


def test_lanes_keep_apart():
    """Marks or words in one lane that cover each other."""
    assert lanes([0, 5, 10, 12], [9, 20, 30, 40]) == [0, 1, 0, 2]
    assert lanes([0, 10], [9, 20], gap=2) == [0, 1] and lanes([], []) == []
    assert lanes([0, 0, 10], [9, 9, 20], high=[2, 1, 1]) == [0, 2, 0]


def test_sides_are_named_as_in_the_data():
    """A legend that calls a side otherwise than the tables and the pages."""
    names = book().labels("statements", "side")
    assert {code: names[code] for code in SIDES} == SIDES
    assert set(named(pd.Series(["us", "unstated", "press"]))) == {names["us"], names["other"]}


@every
@pytest.mark.parametrize("canvas", ["wide", "narrow"])
def test_no_label_is_lost(drawn, exported, chart, canvas):
    """A number without its words, because none of the places beside it was free."""
    plate = drawn(chart)
    if not {"value", "text"} <= set(plate.rows):
        return
    words = " ".join(Tree.fromstring(exported(plate, canvas)).itertext())
    texts = plate.rows.loc[plate.rows["value"].notna(), "text"]
    lost = [text for text in texts if not in_order(parts(text), parts(words))]
    assert not lost


def parts(text):
    """Return the words of a text without the dots between its parts: a line may break there."""
    return text.replace("·", " ").split()


def in_order(words, within):
    """Tell whether words stand one after the other in a list of words."""
    return any(within[at : at + len(words)] == words for at in range(len(within)))


@pytest.mark.parametrize(
    ("first", "last", "width", "names"),
    [
        ("2023-12-01", "2024-10-05", 208, "Dec Feb Apr Jun Aug"),  # no quarter begins it
        ("2023-10-01", "2026-10-31", 316, "Oct Jan Apr Jul Oct Jan Apr Jul Oct Jan Apr Jul"),
        ("2014-01-01", "2027-04-01", 268, "2014 2016 2018 2020 2022 2024 2026"),
    ],
)
def test_axis_names_where_it_begins(first, last, width, names):
    """Marks before the first name of an axis: nobody can tell of which month they are."""
    time = Time(pd.Timestamp(first), pd.Timestamp(last), width)
    rows = pd.DataFrame({"date": [first]})
    spec = alt.Chart(rows).mark_point().encode(time.x()).properties(width=width).to_dict()
    drawing = Tree.fromstring(figure.svg(spec))
    written = [" ".join(text.itertext()) for text in drawing.findall(".//{*}text")]
    assert [text[:4].strip() for text in written] == names.split()
    assert first[:4] in written[0]


def lettered(part, x=0.0, y=0.0):
    """Yield (words, box) for each line of text of an SVG: left, top, right, bottom in px."""
    if found := re.match(r"translate\(([-\d.]+),\s*([-\d.]+)\)", part.get("transform", "")):
        x, y = x + float(found[1]), y + float(found[2])
    x, y = x + float(part.get("x", "0")), y + float(part.get("y", "0"))
    lines = part.findall("{*}tspan") or [part]
    size = float(part.get("font-size", "0").removesuffix("px"))
    for line in lines if part.tag.endswith("text") and size else []:
        bold = BOLD if part.get("font-weight") == "bold" else 1
        wide = measure((line.text or "").strip(), size * bold)
        left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[part.get("text-anchor", "start")]
        y += float(line.get("dy", "0"))
        yield (line.text or "").strip(), (left, y - 0.7 * size, left + wide, y + 0.1 * size)
    for child in part:
        yield from lettered(child, x, y)


@pytest.mark.parametrize("file", sorted(FIGURES.glob("*.svg")), ids=lambda file: file.stem)
def test_no_words_meet(file):
    """Words over words, or words that the edge of the drawing cuts off."""
    drawing = Tree.parse(file).getroot()
    boxes = [(words, box) for words, box in lettered(drawing) if words]
    assert len(boxes) > 5
    wide = 1.02 * float(drawing.get("width"))  # letters are measured, not drawn
    cut = [words for words, box in boxes if box[0] < -1 or box[2] > wide]
    met = [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if meet(one, other)]
    assert not cut and not met


@pytest.mark.parametrize(("width", "step"), [(600, "1M"), (150, "3M"), (60, "1Y")])
def test_axis_is_true_and_named_where_there_is_room(width, step):
    """Names of months that run into each other; a day that stands elsewhere than the axis says."""
    time = Time(pd.Timestamp("2023-12-01"), pd.Timestamp("2024-12-01"), width)
    spec = (
        alt.Chart(pd.DataFrame({"date": iso(pd.Series(["2024-06-01"]))}))
        .mark_point()
        .encode(time.x())
        .to_dict()
    )
    x = spec["encoding"]["x"]
    months = [(value["year"], value["month"]) for value in x["axis"]["values"]]
    gaps = {(b[0] - a[0]) * 12 + b[1] - a[1] for a, b in zip(months, months[1:], strict=False)}
    assert gaps <= {{"1M": 1, "3M": 3, "1Y": 12}[step]} and months
    assert x["scale"]["type"] == "utc" and [value["utc"] for value in x["scale"]["domain"]] == [
        True,
        True,
    ]
    assert spec["datasets"].popitem()[1] == [{"date": "2024-06-01"}]
    assert time.px(pd.Timestamp("2024-06-01")) == pytest.approx(width * 183 / 366, abs=0.01)


@pytest.mark.slow
def test_a_chapter_shows_its_charts_alive(monkeypatch):
    """A chapter opened in JupyterLab whose charts stand still; one that other programs see otherwise than the site."""
    # as Jupyter's server tells each kernel that it starts
    monkeypatch.setenv("JPY_SESSION_NAME", "chapters/longline.md")
    notebook = jupytext.read(ROOT / "chapters" / "longline.md")
    where = {"metadata": {"path": str(ROOT / "chapters")}}
    NotebookClient(notebook, kernel_name="python3", resources=where).execute()
    built = nbformat.read(BUILD / "jupyter_execute/chapters/longline.ipynb", 4)
    for program, kind in ((notebook, ALIVE), (built, "text/html")):
        cells = [cell for cell in program.cells if cell.source.startswith("charts.")]
        shown = [output["data"] for cell in cells for output in cell.outputs]
        assert len(shown) == 2 and {frozenset(data) for data in shown} == {
            frozenset({"text/plain", kind})
        }
        for spec in (data[ALIVE] for data in shown if kind == ALIVE):
            assert spec["$schema"].endswith("v5.json") and spec["config"]["mark"]["tooltip"]


@pytest.mark.slow
@every
def test_jupyterlab_draws_what_the_site_draws(drawn, chart):
    """A specification that the Vega-Lite of JupyterLab, 5, draws otherwise, or whose marks lead nowhere."""
    plate = drawn(chart)
    alive, site = (
        vlc.vegalite_to_svg(plate.alive, vl_version="5.21"),
        figure.svg(plate.drawn("wide")),
    )
    alive, site = (Tree.fromstring(drawing) for drawing in (alive, site))
    assert list(alive.itertext()) == list(site.itertext())
    assert alive.get("viewBox") == site.get("viewBox") and not alive.findall(".//{*}a")


def test_the_recipe_for_a_chart_draws_one():
    """A chart that CONTRIBUTING shows and that cannot be drawn any more."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    code = re.search(r"## Add a chart\n.*?```python\n(.*?)```", text, re.S)[1]
    module = {"__name__": "explainer.charts.recipe"}
    exec(code, module)
    plate = module["quoted"](book())
    figure._registry.pop("recipe_quoted")
    assert {"recipe_quoted.svg", "recipe_quoted_narrow.png"} <= set(figure.files(plate))
    assert str(plate.data["count"].max()) in plate.finding
