"""The registry of figures, named after their modules and functions, and their exporter."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial, wraps
from importlib import import_module
from io import BytesIO
from pathlib import Path
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as Tree

import altair as alt
import pandas as pd
import vl_convert as vlc
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from explainer.charts.grammar.text import fold, leading, title
from explainer.check import passages
from explainer.data.files import digest, digest_of, kept
from explainer.data.manifest import BORDERS, SAID
from explainer.data.rows import address, article_of
from explainer.data.tables import Tables
from explainer.paths import DATA, FIGURES, ROOT
from explainer.theme import DESK, FONT, PHONE, Canvas, dress, letters, light
from explainer.words import truncate
from explainer.words.record import facts
from explainer.words.sources import labels

DECIMALS = 6  # of a number in a specification or a figure's CSV
_SVG = "http://www.w3.org/2000/svg"
_CREDIT, _EDGE = 12, 4  # px: the letters of the credit, and the room around it
PIXELS = 2  # PNG: device pixels a CSS pixel
SPEC = "Specification"  # PNG: the key of the digest of what it was drawn from
_PALETTE = 128  # PNG: colours, shades of smooth edges included
ALIVE_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
SUFFIXES = {"wide": "", "narrow": "_narrow"}  # of the files of a canvas
_VEGA_BASE = "https://vega.github.io/vega-datasets/"  # vl-convert's, before a relative address
_WORDS = 'class="mark-text role-mark'  # of the marks that are words
_HALO = f'stroke="{light("paper")}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'

Tree.register_namespace("", _SVG)
Tree.register_namespace("xlink", "http://www.w3.org/1999/xlink")

Draw = Callable[[pd.DataFrame, Canvas], alt.TopLevelMixin]
_registry: dict[str, Callable[[Tables], "Figure"]] = {}
_drawings: list[Path] = []  # where drawings are kept from build to build: nowhere outside a build


@dataclass(frozen=True)
class Figure:
    """A chart in both compositions, `wide` and `narrow`, with all that has to be said beside it.

    `draw(rows, canvas)` rests on its rows and on nothing else: what it takes beside them is given
    to it by `functools.partial`. So a build knows a drawing again by what it was made from.

    `finding` is the title, computed from the data; `description` is written for listening. `data`
    holds the drawn rows under readable names, its column `row` the ids of those that prove each.

    What leads to its proof encodes `grammar.marks.PROOF`, and `description`, the link's name; a
    text names itself. `spec` turns the ids into the address of the first one,
    `explainer.pages.figure.inline` into a link that names them all.
    """

    rows: pd.DataFrame = field(repr=False)
    draw: Draw = field(repr=False)
    finding: str
    caption: str
    description: str
    data: pd.DataFrame = field(repr=False)
    subtitle: str = ""
    base: str = ""  # whose work lies under the marks, as its credit says
    name: str = ""
    tables: Any = field(default=None, repr=False)  # Tables, once the figure is registered

    def on(self, canvas: Canvas, subtitle: str = "") -> alt.TopLevelMixin:
        """Return the composition for a canvas, as Altair's chart; without rows, words say so."""
        none = alt.Chart(alt.Data(values=[{}])).mark_text(align="left", text="Nothing to draw.")
        chart = none.encode(alt.XValue(0)) if self.rows.empty else self.draw(self.rows, canvas)
        return dress(chart.properties(title=title(self.finding, canvas, subtitle)), canvas)

    @property
    def words(self) -> dict[str, Any]:
        """What is said at the chart in our own words, and the ids of the rows behind it."""
        rows = dict.fromkeys(row for cell in self.data["row"] for row in str(cell).split())
        said = (self.finding, self.subtitle, self.caption, self.description)
        return {**dict(zip(passages.PARTS, said, strict=True)), "rows": list(rows)}

    def svg(self, canvas: str) -> str:
        """Return 'wide' or 'narrow' as SVG with row ids as links, drawn or kept by a build."""
        if not _drawings:
            return svg(self.drawn(canvas))
        file, key = _drawings[-1] / f"{self.name}_{canvas}.svg", self._made_from(canvas)
        return kept(file, key, lambda: svg(self.drawn(canvas)))

    def _made_from(self, canvas: str) -> str:
        """Return the digest of all that a composition is drawn from: rows, words, code."""
        call = self.draw if isinstance(self.draw, partial) else partial(self.draw)
        if getattr(call.func, "__closure__", None):
            raise TypeError(f"{self.name}: give `draw` what it takes beside rows by `partial`")
        rows = self.rows.to_json(orient="split", date_format="iso", double_precision=15)
        made_from = (
            _code(), call.func.__module__, call.func.__qualname__, call.args, call.keywords,
            canvas, self.finding, self.subtitle, self.description,
            rows, list(map(repr, self.rows.dtypes)), self.rows.attrs,
        )  # fmt: skip
        written = json.dumps(made_from, default=pd.Timestamp.isoformat)  # nothing else is known
        return digest_of(written.encode())

    @property
    def chapter(self) -> str:
        """The chapter the figure belongs to: the first part of its name."""
        return self.name.partition("_")[0]

    @property
    def label(self) -> str:
        """The anchor of the figure in its page."""
        return "fig-" + self.name.replace("_", "-")

    def drawn(self, canvas: str) -> dict[str, Any]:
        """Return the specification of 'wide' or 'narrow' with row ids as its links."""
        chart = self.on(DESK if canvas == DESK.name else PHONE, self.subtitle)
        return rounded({**chart.to_dict(), "description": self.description})

    def spec(self, canvas: str) -> dict[str, Any]:
        """Return the exported specification of 'wide' or 'narrow': addresses are its links."""
        text = json.dumps(self.drawn(canvas))
        spec: dict[str, Any] = json.loads(text.replace('"field": "row"', '"field": "href"'))
        for record in (record for records in spec["datasets"].values() for record in records):
            if record.get("row"):
                record["href"] = address(self.tables, record["row"].split()[0])
        return spec

    @property
    def alive(self) -> dict[str, Any]:
        """The specification for JupyterLab: Vega-Lite 5, without links to pages of the site."""
        spec = json.loads(json.dumps(self.drawn("wide")).replace('"href"', '"detail"'))
        return {**spec, "$schema": ALIVE_SCHEMA}


def figure(function: Callable[[Tables], Figure]) -> Callable[[Tables], Figure]:
    """Register a chart function under `<module>_<function>`, which names what it draws.

    Of too many articles the latest are drawn, and the caption says so; `whole` draws all.
    """
    name = f"{function.__module__.rpartition('.')[2]}_{function.__name__}"

    def whole(tables: Tables) -> Figure:
        return replace(function(tables), name=name, tables=tables)

    @wraps(function)
    def drawn(tables: Tables) -> Figure:
        part = truncate.latest(tables)
        plate = whole(part)  # addresses are those of the whole book
        return replace(plate, tables=tables, caption=plate.caption + truncate.caption(part, tables))

    drawn.whole = whole  # type: ignore[attr-defined]  # a function carries its variant
    _registry[name] = drawn
    return drawn


def registry() -> dict[str, Callable[[Tables], Figure]]:
    """Import all of `explainer.charts` and return {figure name: function}, sorted by name."""
    package = import_module("explainer.charts")
    for module in iter_modules(package.__path__):
        import_module(f"explainer.charts.{module.name}")
    return dict(sorted(_registry.items()))


def keep_drawings(folder: Path) -> None:
    """Keep drawings in `folder`, and take from it what the same code drew of the same rows."""
    _drawings[:] = [folder]


@cache
def _code() -> str:
    """Return the digest of the code and the packages that draw, and of the map's borders."""
    rooms = (ROOT / "explainer" / room for room in ("charts", "data", "words"))
    code = [path for room in rooms for path in room.rglob("*.py")]
    files = [*code, *(ROOT / "explainer").glob("*.py"), ROOT / "requirements.txt", DATA / BORDERS]
    return digest(files, ROOT)


def rounded(value: Any) -> Any:
    """Return what JSON can hold with every float rounded to six decimals: what is compared byte by
    byte must not show the last bits, which Pythons and processors add up otherwise.
    """
    return json.loads(json.dumps(value), parse_float=lambda digits: round(float(digits), DECIMALS))


def files(plate: Figure, old: Mapping[str, bytes] = MappingProxyType({})) -> dict[str, bytes]:
    """Return {file name: content} of a figure's CSV, and of Vega-Lite, SVG and PNG of both
    compositions, the pictures with source and credit.

    `old` holds files as they lie there. A PNG is drawn again with its SVG only, and names what it
    was drawn from: its pixels differ from machine to machine, by the edges of letters.
    """
    table = plate.data.round(DECIMALS).to_csv(index=False, lineterminator="\n")
    made = {f"{plate.name}.csv": table.encode()}
    for canvas, suffix in SUFFIXES.items():
        spec, name = plate.spec(canvas), plate.name + suffix
        drawing = credited(svg(spec), credit(plate))
        # with the fonts that keep its words inside on a machine without Arial
        alone = drawing.replace(">", f"><style>{letters()}</style>", 1).encode()
        text = json.dumps(spec, indent=1, ensure_ascii=False) + "\n"
        made |= {f"{name}.vl.json": text.encode(), f"{name}.svg": alone}
        png = old.get(f"{name}.png") if old.get(f"{name}.svg") == alone else None
        made[f"{name}.png"] = png or packed(
            vlc.svg_to_png(drawing, scale=PIXELS), digest_of(drawing.encode())
        )
    return made


def svg(spec: dict[str, Any]) -> str:
    """Return the drawing of a Vega-Lite specification as SVG, the same at each call.

    Vega numbers clip paths through all drawings of a process: they are numbered anew. A symbol of
    a legend inherits its mark's `href` and name: it is no link. Words get paper around them, so
    that no line runs through a letter.
    """
    drawing = vlc.vegalite_to_svg(spec).replace(_VEGA_BASE, "")
    drawing = drawing.replace(_WORDS, f"{_HALO} {_WORDS}")
    drawing = drawing.replace(' aria-label="undefined"', "")
    drawing = re.sub(r'<a xlink:href="[^"]*undefined">(.*?)</a>', r"\1", drawing, flags=re.S)
    ids: dict[str, str] = {}
    return re.sub(r"\bclip\d+\b", lambda m: ids.setdefault(m[0], f"clip{len(ids) + 1}"), drawing)


def credit(plate: Figure) -> str:
    """Return where a figure's data comes from and whose work it is, for a picture elsewhere."""
    used = {article_of(plate.tables, row) for cell in plate.data["row"] for row in cell.split()}
    names = [name for source, name in labels(plate.tables).items() if source in used]
    ours = facts(plate.tables)
    ours = ours[ours["id"].isin(" ".join(plate.data["row"]).split())]
    text = ", ".join(dict.fromkeys([*names, *ours["label"]]))
    return f"Source: {text}. {plate.base}Data and chart: “Staying or Leaving?”, CC BY 4.0"


def credited(drawing: str, text: str) -> str:
    """Return an SVG with a line of text, or several, under it; the drawing keeps its size."""
    root = Tree.fromstring(drawing)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    lines = fold(text, width - 2 * _EDGE, _CREDIT).split("\n")
    whole = height + len(lines) * leading(_CREDIT) + _EDGE
    root.attrib |= {"height": f"{whole:g}", "viewBox": f"0 0 {width:g} {whole:g}"}
    for paper in root.findall(f"{{{_SVG}}}rect"):  # the background is as high as the drawing was
        paper.set("height", f"{whole:g}")
    style = {"font-family": FONT, "font-size": f"{_CREDIT}px", "fill": light("soft")}
    for number, line in enumerate(lines, 1):
        at = {"x": f"{_EDGE}", "y": f"{height + number * leading(_CREDIT):g}"}
        Tree.SubElement(root, f"{{{_SVG}}}text", at | style).text = line
    return Tree.tostring(root, encoding="unicode")


def packed(png: bytes, digest: str = "") -> bytes:
    """Return a PNG with a palette, a fifth of the bytes, and the digest of its SVG."""
    made, told = BytesIO(), PngInfo()
    if digest:
        told.add_text(SPEC, digest)
    picture = Image.open(BytesIO(png)).convert("RGB")
    picture = picture.quantize(_PALETTE, dither=Image.Dither.NONE)
    picture.save(made, "PNG", optimize=True, pnginfo=told)
    return made.getvalue()


def export(tables: Tables, folder: Path = FIGURES) -> list[Path]:
    """Write figures and their words into `folder`, remove what is none; return what changed."""
    folder.mkdir(exist_ok=True)
    old = {path.name: path.read_bytes() for path in folder.iterdir()}
    plates = [draw(tables) for draw in registry().values()]
    made = dict(one for plate in plates for one in files(plate, old).items())
    made[SAID] = passages.written(ROOT, {plate.name: plate.words for plate in plates}).encode()
    for name in old.keys() - made.keys():
        (folder / name).unlink()
    changed = [folder / name for name in made if old.get(name) != made[name]]
    for path in changed:
        path.write_bytes(made[path.name])
    return changed
