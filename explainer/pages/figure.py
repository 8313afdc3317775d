"""A figure as HTML: inline SVG in two compositions, caption, articles, data, downloads."""

import os
import re
from typing import Any
from xml.etree import ElementTree as Tree

import pandas as pd
from IPython import get_ipython
from markupsafe import Markup

from explainer.charts.figure import Figure
from explainer.data.rows import RECORD, address, article_of, events_of
from explainer.data.tables import Tables
from explainer.pages.templates import on_page, render
from explainer.theme import COLOURS
from explainer.words.sources import in_time

ROWS = 150  # a table of more rows shows the first ones
ALIVE = "application/vnd.vegalite.v5+json"  # the latest that JupyterLab 4 draws by itself
_SVG = "http://www.w3.org/2000/svg"
_LINKS = f".//{{{_SVG}}}a"
_LINK = "{http://www.w3.org/1999/xlink}href"
_NAMES = {pair[0]: f"--c-{name}" for name, pair in COLOURS.items()}
Tree.register_namespace("", _SVG)
Tree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def show_in_notebooks() -> None:
    """Make IPython show a figure as this module writes it, and alive in a kernel that JupyterLab
    started: it names its session there. Nothing happens outside a notebook.
    """
    if shell := get_ipython():
        opened = hasattr(shell, "kernel") and "JPY_SESSION_NAME" in os.environ
        bundle = alive if opened else mimebundle
        shell.display_formatter.mimebundle_formatter.for_type(Figure, bundle)


def alive(plate: Figure, include: object = None, exclude: object = None) -> dict[str, Any]:
    """Return a figure for JupyterLab, which would draw HTML rather than the chart."""
    return {ALIVE: plate.alive, "text/plain": f"{plate.finding}. {plate.caption}"}


def mimebundle(plate: Figure, include: object = None, exclude: object = None) -> dict[str, str]:
    """Return what a notebook keeps of a figure: HTML and text."""
    return {"text/html": html(plate), "text/plain": f"<{plate.name}: {plate.finding}>"}


def html(plate: Figure) -> str:
    """Return the `<figure>` of a chapter page: whole without a script, all values escaped."""
    assert plate.tables is not None
    named, csv = " ".join(map(str, plate.data["row"])).split(), f"../figures/{plate.name}.csv"
    drawn = {article_of(plate.tables, row) for row in named}
    made = render(
        "figure.html",
        plate.tables,
        plate.chapter,
        figure=plate,
        wide=Markup(inline(plate, "wide")),
        narrow=Markup(inline(plate, "narrow")),
        articles=[a for a in in_time(plate.tables).to_dict("records") if a["source_id"] in drawn],
        context=RECORD in drawn,
        data=table(plate.data, plate.finding, plate.tables, csv, page=plate.chapter),
    )
    return str(made)


def inline(plate: Figure, canvas: str) -> str:
    """Return one composition as SVG for a page.

    Colours become the page's custom properties (so the drawing follows the theme), ids become
    unique in the page, the title and the description are put in (vl-convert drops both). A mark or
    a label whose `href` names rows, `trp-0001 stm-0002`, becomes `<a href="(address of the first)"
    data-rows="trp-0001 stm-0002" data-events="(what these rows speak of)" aria-label="(its
    description, or its own text)">`, which `_static/charts.js` answers by. Of several that lead to
    the same rows the first is the stop for the keyboard, and the one that is named and read aloud;
    axes and keys are not, because title, description and names say it.
    """
    drawing = Tree.fromstring(plate.svg(canvas))
    prefix, stops = f"{plate.label}-{canvas}", set[str]()
    links = drawing.findall(_LINKS)
    names = [_name(link) for link in links]  # before the marks' own labels are taken out
    for element in drawing.iter():
        for name, value in list(element.attrib.items()):
            if name in ("role", "aria-roledescription", "aria-hidden", "aria-label"):
                del element.attrib[name]
            elif name == "id":
                element.set(name, f"{prefix}-{value}")
            else:
                element.set(name, recoloured(value, plain=True).replace("url(#", f"url(#{prefix}-"))
    for link, name in zip(links, names, strict=True):
        _lead(plate, link, name, stops)
    _hush(drawing)
    told = plate.description.replace(
        f"{plate.finding.rstrip('.')}. ", ""
    )  # the name says it already: nobody wants to hear it twice
    for text, tag in ((told, "desc"), (plate.finding, "title")):
        child = Tree.Element(f"{{{_SVG}}}{tag}", id=f"{prefix}-{tag}")
        child.text = text
        drawing.insert(0, child)
    drawing.set("role", "group" if names else "img")
    drawing.set("aria-labelledby", f"{prefix}-title")
    drawing.set("aria-describedby", f"{prefix}-desc")
    return Tree.tostring(drawing, encoding="unicode")


def _lead(plate: Figure, link: Tree.Element, name: str, stops: set[str]) -> None:
    """Give a link its address, rows and name, and the first to its rows a keyboard stop."""
    assert plate.tables is not None
    rows = (link.attrib.pop("href", "") or link.get(_LINK, "")).split()
    stop = " ".join(sorted(rows))
    link.attrib.clear()
    # JupyterLab fails to set an SVG link's `href`; the site has it
    link.set(_LINK, on_page(address(plate.tables, rows[0]), plate.chapter))
    link.set("data-rows", " ".join(rows))
    if stop in stops:
        link.set("tabindex", "-1")
        link.set("aria-hidden", "true")
    else:
        link.set("aria-label", name)
    if events := events_of(plate.tables, rows):
        link.set("data-events", " ".join(events))
    stops.add(stop)


def _hush(element: Tree.Element) -> None:
    """Hide from screen readers the largest parts of a drawing that hold words but no link."""
    for child in element:
        if child.tag == f"{{{_SVG}}}a":
            continue
        if next(child.iter(f"{{{_SVG}}}a"), None) is not None:
            _hush(child)
        elif next(child.iter(f"{{{_SVG}}}text"), None) is not None:
            child.set("aria-hidden", "true")


def _name(link: Tree.Element) -> str:
    """Return the accessible name of a link: the description of the mark inside it, or its text."""
    label = next((e.get("aria-label") for e in link.iter() if e.get("aria-label")), None)
    return " ".join((label or " ".join(link.itertext())).split()) or "Exact words"


def recoloured(text: str, plain: bool = False) -> str:
    """Return `text` with the book's colours as the page's custom properties; with `plain`, each
    keeps its colour on light paper beside, for where there is no page: a notebook.
    """

    def named(match: re.Match[str]) -> str:
        name = _NAMES.get(match[0].lower())
        return f"var({name}{',' + match[0] if plain else ''})" if name else match[0]

    return re.sub(r"#[0-9a-f]{6}\b", named, text, flags=re.I)


def table(
    frame: pd.DataFrame,
    name: str = "The data",
    tables: Tables | None = None,
    csv: str = "",
    stacked: bool = False,
    page: str = "",
) -> Markup:
    """Return a DataFrame as an HTML table. A column `row` of row ids (joined by spaces) becomes
    links. Of a long one the first rows are shown; `csv` has all. On a phone a row of a `stacked`
    table is a block. `page` as for `templates.render`.
    """
    return render(
        "table.html",
        tables,
        page,
        columns=[column for column in frame.columns if column != "row"],
        records=frame.to_dict("records"),
        proof="row" in frame,
        name=name,
        csv=csv,
        stacked=stacked,
        most=ROWS,
    )
